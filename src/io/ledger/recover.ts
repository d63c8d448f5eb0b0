// What a folder holds when nobody writes it: the checkpoint's tree, and the entries that came after. Only bytes that
// were never acknowledged are cut; everything else that does not fit is a refusal to start, never a repair.

import { join } from "node:path";
import { openNote, type TreeHead } from "../../record/checkpoint.ts";
import { Edge, type TileFile } from "../../record/edge.ts";
import { damagedBelowSync, framesOf, tornBytesOf } from "../../record/frame.ts";
import { framedEntries, readerOf } from "../../record/tiles.ts";
import { rootOf } from "../../record/tree.ts";
import { GateError } from "../errors.ts";
import type { LedgerKey } from "./key.ts";
import { readOrNull, readTile, segmentsOf } from "./read.ts";

export interface Recovery {
  readonly edge: Edge;
  /** What the checkpoint on disk says. */
  readonly signed: TreeHead;
  /** Partial tiles of that checkpoint. */
  readonly signedFiles: readonly TileFile[];
  /** Entries found behind the checkpoint. */
  readonly entries: number;
  readonly tornBytes: number;
  /** Segments that can go once a checkpoint holds `edge.size` entries. */
  readonly segments: readonly string[];
}

/**
 * @param anchor bytes of the head kept elsewhere, or null.
 * @throws GateError "ledger_unavailable": the signature, the tree, a segment or the anchor does not fit.
 */
export function recover(dir: string, key: LedgerKey, anchor: Buffer | null): Recovery {
  const signed = signedHead(readOrNull(join(dir, "checkpoint")), key, "checkpoint");
  const edge = restoreEdge(dir, signed);
  const signedFiles = edge.snapshot().files;
  const anchored = anchor === null ? null : signedHead(anchor, key, "anchor");
  if (anchored !== null && anchored.size < signed.size) checkOlder(dir, signed, anchored);
  const checkAnchor = (): void => {
    if (anchored !== null && anchored.size === edge.size && !anchored.root.equals(edge.root())) {
      throw refusal(`the first ${edge.size} entries are not those that the anchor names`);
    }
  };
  checkAnchor();
  const tornBytes = replay(dir, edge, checkAnchor);
  if (anchored !== null && anchored.size > edge.size) {
    throw refusal(`the anchor names ${anchored.size} entries and only ${edge.size} are here: the ledger was cut`);
  }
  const segments = segmentsOf(dir).map(({ path }) => path);
  return { edge, signed, signedFiles, entries: edge.size - signed.size, tornBytes, segments };
}

const refusal = (detail: string): GateError => new GateError("ledger_unavailable", `${detail}. Run: yumen verify`);

function signedHead(note: Buffer | null, key: LedgerKey, what: string): TreeHead {
  const head = note === null ? null : openNote(note.toString("utf8"), key.name, key.keyId, key.verify);
  if (head === null || head.origin !== key.name) throw refusal(`the ${what} is not signed by this ledger's key`);
  return head;
}

function restoreEdge(dir: string, signed: TreeHead): Edge {
  const edge = orRefusal("the tiles cannot be read", () =>
    Edge.restore(signed.size, signed.root, tilesOf(dir, signed)),
  );
  if (edge === null) throw refusal(`the tiles do not give the root of the checkpoint at ${signed.size} entries`);
  return edge;
}

function checkOlder(dir: string, signed: TreeHead, anchored: TreeHead): void {
  const reader = readerOf(tilesOf(dir, signed));
  const root = orRefusal("the tiles cannot be read", () => rootOf(anchored.size, reader));
  if (!root.equals(anchored.root)) {
    throw refusal(`the first ${anchored.size} entries are not those that the anchor names`);
  }
}

function tilesOf(dir: string, signed: TreeHead) {
  return (level: number | "entries", index: number): Buffer => {
    const tile = readTile(dir, signed.size, level, index);
    if (tile === null) throw new RangeError(`tile ${level}/${index} is missing`);
    return tile;
  };
}

function orRefusal<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw refusal(`${what}: ${(cause as Error).message}`);
  }
}

/** Adds the segments' entries to the edge; `each` runs after every one. Returns the bytes of the torn tail. */
function replay(dir: string, edge: Edge, each: () => void): number {
  const segments = segmentsOf(dir);
  let tornBytes = 0;
  for (const [nth, { path }] of segments.entries()) {
    const segment = readOrNull(path) ?? Buffer.alloc(0);
    const { frames, goodBytes } = framesOf(segment);
    tornBytes = tornBytesOf(segment, goodBytes);
    // A segment is synced before the next one begins, so only the last can have a torn tail.
    const damaged = tornBytes > 0 && (nth < segments.length - 1 || damagedBelowSync(segment, goodBytes));
    if (damaged) throw refusal(`${path} is damaged at byte ${goodBytes}, in what was on disk`);
    for (const frame of frames) {
      const framed = framedEntries(frame.payload);
      if (framed === null || frame.first > edge.size) throw refusal(`${path} does not continue at ${edge.size}`);
      for (const entry of framed.slice(Math.max(0, edge.size - frame.first))) {
        edge.add(entry);
        each();
      }
    }
  }
  return tornBytes;
}
