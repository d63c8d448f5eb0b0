// The counted on disk: what was learnt of people, in the order in which it was learnt, in blocks of one exporter, year
// and day. Law: a block only grows, so that what a crash leaves is the log up to some commit.
// Key: exporter (UTF-8) ‖ 0x00 ‖ year ‖ day of the year ‖ ordinal (uint16, uint16, uint32; big-endian): a year can be
// read, or dropped, as one range, and its days stand in their order.
// Value: 20 bytes a person: the key's 16, and the number of the reach (uint32, little-endian; its highest bit: in place
// of all that stood before).

import type { CountedRow, SavedBlock } from "../embedded/people.ts";
import { ONLY } from "../embedded/year-people.ts";

export const ROW_BYTES = 20;
const KEY_BYTES = 16;
const TAIL_BYTES = 8;
/** So many rows fill a page of LMDB with its own 16 bytes: the block that grows is one page of every commit. */
const PAGE_ROWS = 204;
/** What comes at once is laid down at once. */
const BLOCK_ROWS_MAX = 16 * PAGE_ROWS;

export interface Block {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** The block that grows, of one exporter, year and day. */
export interface Tail {
  readonly ordinal: number;
  readonly value: Buffer;
}

/** @returns a name for all rows that may stand in one block. */
export function blockNameOf({ exporter, year, day }: Pick<CountedRow, "exporter" | "year" | "day">): string {
  return `${year}/${day}/${exporter}`;
}

/**
 * Lays rows of one block's name behind those that are there.
 * @returns the blocks to be put, and the one that grows on.
 */
export function lay(rows: readonly CountedRow[], tail: Tail | undefined): { blocks: readonly Block[]; tail: Tail } {
  const { exporter, year, day } = rows[0]!;
  const grows = tail !== undefined && tail.value.length < PAGE_ROWS * ROW_BYTES;
  let ordinal = grows ? tail.ordinal : (tail?.ordinal ?? -1) + 1;
  let value = Buffer.concat([grows ? tail.value : Buffer.alloc(0), encodeRows(rows)]);
  const blocks: Block[] = [];
  for (;;) {
    const block = value.subarray(0, BLOCK_ROWS_MAX * ROW_BYTES);
    blocks.push({ key: encodeKey(exporter, year, day, ordinal), value: block });
    value = value.subarray(block.length);
    if (value.length === 0) return { blocks, tail: { ordinal, value: block } };
    ordinal += 1;
  }
}

function encodeRows(rows: readonly CountedRow[]): Buffer {
  const bytes = Buffer.alloc(rows.length * ROW_BYTES);
  rows.forEach(({ key, reach, only }, i) => {
    bytes.write(key, i * ROW_BYTES, "base64url");
    bytes.writeUInt32LE(only ? reach + ONLY : reach, i * ROW_BYTES + KEY_BYTES);
  });
  return bytes;
}

function encodeKey(exporter: string, year: number, day: number, ordinal: number): Buffer {
  const name = Buffer.from(exporter, "utf8");
  if (name.includes(0)) throw new TypeError("an exporter's id holds no NUL");
  const bytes = Buffer.alloc(name.length + 1 + TAIL_BYTES);
  name.copy(bytes);
  bytes.writeUInt16BE(year, name.length + 1);
  bytes.writeUInt16BE(day, name.length + 3);
  bytes.writeUInt32BE(ordinal, name.length + 5);
  return bytes;
}

export interface Decoded extends Omit<SavedBlock, "words"> {
  readonly ordinal: number;
}

export function decodeKey(key: Buffer): Decoded {
  const at = key.length - TAIL_BYTES;
  return {
    exporter: key.toString("utf8", 0, at - 1),
    year: key.readUInt16BE(at),
    day: key.readUInt16BE(at + 2),
    ordinal: key.readUInt32BE(at + 4),
  };
}

const room = new Uint32Array(BLOCK_ROWS_MAX * 5);

/** The words of a block, valid until the next call. Machines that Node runs on are little-endian, but for s390x. */
export function wordsIn(value: Uint8Array): Uint32Array {
  new Uint8Array(room.buffer).set(value);
  return room.subarray(0, value.length / 4);
}
