// Where the trigger scanner stops: WebAssembly against its plain twin, bit by bit, and both against a scanner that
// stops at every byte. What is kept in test/corpus first, then every short length, chance, and hostile bytes.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WIDTH } from "../src/find/anchors/clauses.ts";
import { Places } from "../src/find/scan/places.ts";
import { PlainStops } from "../src/find/scan/stops/plain.ts";
import { CHUNK_BYTES, STEP_BYTES, type StopsReader } from "../src/find/scan/stops/reader.ts";
import { SimdStops } from "../src/find/scan/stops/simd.ts";
import { Stops } from "../src/find/scan/stops/stops.ts";
import { TriggerScan } from "../src/find/scan/triggers.ts";
import { Windows } from "../src/find/scan/windows.ts";
import { kept, replayAndTry } from "./corpus/kept.ts";

const simd = SimdStops.made()!;
const plain = new PlainStops();

/** Stops at every byte. */
class Everywhere implements StopsReader {
  readonly bits = new Int32Array(CHUNK_BYTES / 32).fill(-1);
  take(_bytes: Uint8Array, _from: number, to: number, start: number): number {
    return Math.min(to, start + CHUNK_BYTES);
  }
  read(): void {}
}

function stopsOf(reader: StopsReader, bytes: Uint8Array, from: number, to: number): number[] {
  const stops = new Stops(reader, 0);
  stops.over(bytes, from, to);
  const found: number[] = [];
  for (let at = stops.next(from); at < to; at = stops.next(at + 1)) found.push(at);
  stops.done();
  return found;
}

/** What is seen in [from, to): the windows, and who looks there. */
function seenBy(scan: TriggerScan, bytes: Uint8Array, from: number, to: number, raw: boolean): unknown {
  const { windows, odd } = scan;
  scan.over(bytes);
  const isRead = scan.scan(from, to, raw);
  const listed = (all: Windows) =>
    Array.from({ length: all.count }, (_, i) => [
      all.start(i),
      all.end(i),
      ...all.sets.subarray(all.set(i), all.set(i) + all.width),
    ]);
  // an escaped string is read again once something is seen: how much was seen until then is nobody's business
  return raw ? [isRead, windows.count + odd.count > 0] : [isRead, listed(windows), listed(odd)];
}

function agrees(bytes: Uint8Array, from = 0, to = bytes.length): void {
  const fast = stopsOf(simd, bytes, from, to);
  expect(fast).toEqual(stopsOf(plain, bytes, from, to));
}

const scanOf = (stops: Stops) => new TriggerScan(new Windows(WIDTH), new Windows(1), new Places(), stops);
const everywhere = scanOf(new Stops(new Everywhere(), 0));
/** As the gate has it: and with the plain twin, and of short strings, too. */
const READ = [new Stops(), new Stops(simd, 0), new Stops(plain, 0)].map(scanOf);

function sees(bytes: Uint8Array, from = 0, to = bytes.length): void {
  agrees(bytes, from, to);
  const all = seenBy(everywhere, bytes, from, to, false);
  for (const scan of READ) expect(seenBy(scan, bytes, from, to, false)).toEqual(all);
}

/** As a string of a document; and as it stands between quotes there, with its escapes. */
function seesText(text: string): void {
  const bytes = Buffer.from(text);
  sees(bytes);
  const quoted = Buffer.from(JSON.stringify(text));
  sees(quoted, 1, quoted.length - 1);
  const all = seenBy(everywhere, quoted, 1, quoted.length - 1, true);
  for (const scan of READ) expect(seenBy(scan, quoted, 1, quoted.length - 1, true)).toEqual(all);
}

const PIECES = [
  ..."aAeEwWvVxXlLzZ019:@[(\\.,=#%_-+/ \n\"'",
  ..."中微邮一三②１，：。é😀й\u200b\u00ad",
  ...["wechat", "WeChat", "Mywechat", "vx", "VX", "vX", "(at", "[at", "[AT", "(AT", "{at", "Email", "E-mail", "eMail"],
  ...["::", "1:2:3:4", "a1-b2-c3", "a483.e72b.195c", "3C：22：", "fa.ce", "Fade.1", "F.5", "10:00:00.123"],
  ...[
    "AKIA",
    "ASIA",
    "At",
    "AT",
    "AI",
    "Lt",
    "LT",
    "ey",
    "Web",
    "we",
    "Em",
    "LTAI",
    "eyJ",
    "sk-A",
    "ghp_X",
    "-----BEGIN",
    "AIza",
    "xoxb-",
    "github_pat_A1",
  ],
  ...[
    "The",
    "HTTP",
    "TypeError",
    "iPhone",
    "Abcdefghijk",
    "Abcdefghijkl",
    "ABCDEFGHIJKLMNO",
    "YWFhYWFhYWFh",
    "京A12345",
    "京Ab",
    "中A",
  ],
  ...["13800138000", "1990年", "Jan 5, 1990", "1 2 3 4 5 6 7 8", "&#49;", "%31", "=41", "\\u0041", "\\x41", "\\n"],
  ...["x".repeat(13), "字".repeat(5), " ".repeat(17), "é".repeat(9), "1".repeat(33), "y".repeat(60), "汉".repeat(40)],
];
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((all) => all.join(""));
const texts = fc.oneof(
  pieces,
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom(...kept("find"), ...kept("stops")),
);
const edit = fc.tuple(fc.nat(), fc.nat(4), fc.constantFrom(...PIECES));
const mutated = fc.tuple(texts, fc.array(edit, { maxLength: 4 })).map(([text, edits]) => {
  let result = text;
  for (const [where, gone, put] of edits) {
    const at = where % (result.length + 1);
    result = result.slice(0, at) + put + result.slice(at + gone);
  }
  // a lone half of a pair has no bytes
  return Buffer.from(result).toString();
});

test("this machine has WebAssembly with vectors: otherwise nothing here compares anything", () => {
  expect(SimdStops.made()).not.toBeNull();
});

test("what is kept, what chance makes, and what chance makes of what is kept", () => {
  replayAndTry("stops", mutated, seesText, { numRuns: 2500, seed: 20_261_123 });
});

test("bytes that are no text: the same stops, whatever they are", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(20), fc.nat(20), (bytes, before, after) =>
      agrees(bytes, Math.min(before, bytes.length), Math.max(Math.min(before, bytes.length), bytes.length - after)),
    ),
    { numRuns: 4000, seed: 7 },
  );
});

test("every length to 200, every phase of sixteen bytes", () => {
  const filler = ["a", "字", "1", "é", "A", " "].map((one) => Buffer.from(one.repeat(230)));
  for (const [nth, piece] of PIECES.entries()) {
    const bytes = Buffer.from(piece);
    for (let length = nth % 3; length <= 200; length += 3) {
      const around = Buffer.from(filler[(nth + length) % filler.length]!);
      // whole characters before it
      bytes.copy(around, length - (length % 6) + (around[0]! < 0x80 ? length % 6 : 0));
      agrees(around, length % 2, length);
    }
  }
  for (let length = 0; length <= 200; length++) for (const fill of filler) agrees(fill, 0, length);
});

test("what stands at the border of a step or a chunk is seen as anywhere else", () => {
  for (const border of [STEP_BYTES, CHUNK_BYTES, CHUNK_BYTES + STEP_BYTES])
    for (const [nth, piece] of PIECES.entries())
      for (const fill of ["b", "字"]) {
        const width = Buffer.byteLength(fill);
        const back = nth % 20;
        for (let i = 0; i < 4; i++) {
          const filled = fill.repeat(Math.floor((border - i) / width));
          agrees(Buffer.from(`${" ".repeat((border - i) % width)}${filled}${piece}${fill.repeat(9)}`));
        }
        const text = `${fill.repeat(Math.floor((border - back) / width))}${piece}${fill.repeat(9)} Ab ${piece}`;
        sees(Buffer.from(text));
      }
});

test("a string is read as if nothing stood around it", () => {
  const whole = Buffer.from("XAKIA vxA1中vx A1 wechat 12A:1: BWord Word1".repeat(8));
  for (let from = 0; from < 60; from++)
    for (const to of [from + 47, from + 48, from + 49, from + 100, whole.length]) {
      const alone = Uint8Array.from(whole.subarray(from, to));
      expect(stopsOf(simd, whole, from, to)).toEqual(stopsOf(simd, alone, 0, alone.length).map((at) => at + from));
      agrees(whole, from, to);
    }
});

describe("hostile strings", () => {
  test.each(["1", "A", "Aa", ":", "(a", "wec", "[A", "é", "微", "京A", "\\", "E", "1a", "😀", "v中", "vx"])(
    "%j, as long as two chunks and more",
    (piece) => agrees(Buffer.from(piece.repeat((2 * CHUNK_BYTES + 100) / Buffer.byteLength(piece)))),
  );
});

test("words are passed over: of ordinary prose next to nothing is left", () => {
  const prose = Buffer.from(
    "The customer reports that Export does nothing. Summarise it in Chinese: 请翻译，谢谢。".repeat(20),
  );
  expect(stopsOf(simd, prose, 0, prose.length)).toEqual([]);
});
