// Zstandard against frames that the zstd command made (1.5), and against frames that were broken on purpose.

import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unzstd } from "../src/decode/zstd/unzstd.ts";
import { outcome, read } from "./decode-doc.ts";

/** Name, bytes and first half of the SHA-256 of what was compressed, the frame. */
const FRAMES: readonly (readonly [name: string, bytes: number, digest: string, frame: string])[] = [
  ["nothing", 0, "e3b0c44298fc1c149afbf4c8996fb924", "KLUv/SQAAQAAmenYUQ=="],
  ["one byte", 1, "ca978112ca1bbdcafac231b39a23dc4d", "KLUv/QRYCQAAYVtujKk="],
  ["a run", 5000, "260679791fa8da4dddc6aa3b243c5140", "KLUv/QRYTQAAEEFBAQCD0wMs0LMUrg=="],
  [
    "text, with a checksum",
    2132,
    "6c61386dc8e0f1253e114338e9dee4ac",
    [
      "KLUv/QRoDRgARuVcKXBN0gEIU1VF5+GKcSm4Lwk3ihNji1AAAIBQiwEA4CNlkilJ6en6/2cJZQBRAEgAt0tFweKAeRBo7m2ceGx2",
      "v8+RDy1EWC4Bjd0TFAAJTdEvXdZrEYxMBUgJyEdJc9Lunee5SgyDwsNBQ79UKBdL0xZ/rhWhUYMmYRloyPJWKXBo+g2Pk48Mk6an",
      "CAIGDw3NeRJYKAGWtdP+3M9WVvOKXLc6aDp4ZvUiomFP1qVbaD9lVHVcd1Ynqe7qeqlAWJpf3tJ4ziIk0yFCooGRabBWeCNZbcI7",
      "Rc3qLxGDqVwoFIDmZmh6XSfYc1g9VU/XF9vEHiSrkTCbLvZQ4fNukmHPeso3dOHryK57ZnnMdPTdf0yHyieL/qGj8y8R9ghvwqoj",
      "Ze2LEBKOkUzTQ3RExbsmajnLaeT+nGm/snPqtZfpjn5alXmlpDpo7d0qnUtTkq95bu59n7zV1ZNoZnnFnvJW5zxzfcVfUu0rI5+q",
      "rRkJKe135QqAy6hBJJjNKShIUljGIERAEHKwHSCGqaMZ54pYznowUwReXfFjcN9AnY2zTwEajpb2mqAQc4oYqlRbQD8srey3ilcP",
      "I0+Jvv3+xYUsJp2vPdgys6H3kxTpOVpPwNKouKAtRazE549k7T5XUw2YddhVI0D0gW+Z1gPIhkBrng57XDa8QNUyTUk3I2HHjORh",
      "rtY9cccLv2wUeFdhFSjk4mg5p5eG3xlrAsZibJEp2NdlDiMAW8AtMy/E7bjpM10FYamH2cAb5Kbdix6Zl3twng55o7bfCT0Qqn3W",
      "M1k0qmQypBr9Dh2SP1emICAHCIRlVnlMb02HQvUYddoCzVG5wUDOqEteBdAcvZQ3Ne4DI9WFuoALlA3e7B/QosvBcmw726xAm1BK",
      "esvGWSnu20xo1IXSw2kVGjxX2HmtTWe17GDrVco6wbYGRfYXXHEqtTuA06lriLFUssU4dDdSRAXOOph34q+dKIT/BkF8o4+3Kg1D",
      "uascPUNgF4mFOL8bwQt8WBgVOpoJnmHgleOnGvkAEmE=",
    ].join(""),
  ],
  [
    "rows, four streams",
    3170,
    "513b1e101d24f18d2705cf39dca713a9",
    [
      "KLUv/QBYFQwAFts9IKCnkA7+XxT/9c/G7o77j/D5WADiaXJLmVJKgPFdv4IBQwAvAC8ANI44qvHtDGn903gnz1+ve2hWl05lOTo+",
      "rla0AWFBiAIGDhY0eCCGBKFgQMABMSAIGZ0YEkQBBQRiQJAhQQwgIBIACB35GhfSVFTsRYrsOLjRNEpxZhx+LN/s01s57kah4bZB",
      "Y5vMkG3jomynvGYZjdYq9XC9XVxLna2HxqxvewxpyxJpKdLqhnxUZkTsmDXs2Q1rcc92+GbZfYqklEZyNgIBFkRJGp/Sur/R3Zdx",
      "7Y//+ucQfQvV/A7afM6o+Hu9LpUxPJsMv0aqTfTUfec1A4C1qEGskb3+GdAb5QYRJAQIgZUIRkMfCOYEJDVAqQFKDRBFrLbKlhWC",
      "LQFFDUjqFmRxk5WDxlqiSDpQlBKwmDgQTAYuaohSA0SJqa2qZYXwqas2kUoFN4CCATzBEyBBBEXQBkAQQQ+0A3QwAkoaOAVQBoz8",
      "53yut33ySGxURCU8DUblXaurqgI=",
    ].join(""),
  ],
  [
    "rows, fast",
    3170,
    "513b1e101d24f18d2705cf39dca713a9",
    [
      "KLUv/QRIbRwAFDFbeyJpZCI6IDAsICJ0ZWwiOiAiMTM4MDAiLCAibmFtZSI6ICLlvKDkuIkwIn0sIDEsIDc5MTkxIn0yLCAxNTgz",
      "OCIsMiJ9MywgMjM3NTciLDMifTQsIDMxNjc2Iiw0In01LCA5NTk1NSJ9NiwgNDc1MTQiLDYifTcsIDU1NDMzIiwwIn04LCA2MzM1",
      "MiIsMSJ9OSwgNzEyNzEiLDIifTEwLCAidGVsIjogIjEzODAzIn0xLCA4NzEwOSIsNCJ9MiwgOTUwMjgiLDUifTMsIDEwMjk0NyI2",
      "In00LCAxMDg2NiIsMCJ9NSwgODc4NTEifTYsIDI2NzA0IiwyIn03LCAzNDYyMyIsMyJ9OCwgNDI1NDIiLDQifTksIDUwNDYxIiw1",
      "In0yMCw4MzgwNiJ9MSwgNjYyOTkiLDAifTIsIDc0MjE4IiwxIn0zLCA4MjEzNyIsMiJ9NCwgOTAwNTYiLDMifTUsIDc5NzU0In02",
      "LCAyMDU4OTQiNSJ9NywgMTM4MTMiLDYifTgsIDIxNzMyIiwwIn05LCA5NjUxMSJ9MzAsMzc1NzAiLDIifTEsIDQ1NDg5IiwzIn0y",
      "LCA1MzQwOCIsNCJ9MywgNjEzMjciLDUifTQsIDkyNDY2In01LCA3NzE2NSIsMCJ9NiwgODUwODQiLDEifTcsIDkzMDAzIiwyIn04",
      "LCAzMDA5MjIiMyJ9OSwgODg0MTQifTQwLDE2NzYwIiw1In0xLCAyNDY3OSIsNiJ9MiwgMzI1OTgiLDAifTMsIDQwNTE3IiwxIn00",
      "LCA4NDM2MiJ9NSwgNTYzNTUiLDMifTYsIDY0Mjc0Iiw0In03LCA3MjE5MyIsNSJ9OCwgODAxMTIiLDYifTksIDgwMzEwIn01MCw5",
      "NTk1MCIsMSJ9MSwgNDAzODY5IjIifTIsIDExNzg4IiwzIn0zLCA5NzA3NCJ9NCwgMjc2MjYiLDUifTUsIDM1NTQ1Iiw2In02LCA0",
      "MzQ2NCIsMCJ9NywgNTEzODMiLDEifTgsIDkzMDIyIn05LCA2NzIyMSIsMyJ9XYCyqBEgBKQV8R7TAfA11hAUIjBQJEjs7Dvj3LiT",
      "IPwxJfFr68ByiRJ87CQI/5gSfPJIIHNVlr91EoSPHRIj+NhJUOKFKcEnH9gbEhF83EkQ/liUcoGArz0qy/FzbyEBNy9imYDrK3ZT",
      "L3a1e2XlcrWbvGN6vd+rAmwVpEVwvA==",
    ].join(""),
  ],
];
const LIMIT = 1 << 20;
const frames = FRAMES.map(([, , , frame]) => Buffer.from(frame, "base64"));
const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 32);

/** One literal `a`, then three bytes copied from `back` bytes before. By hand, RFC 8878 §3.1.1. */
const copied = (back: number) => Buffer.from(`28b52ffd2004450000086101540102000${3 + back}`, "hex");

describe("read", () => {
  test("a frame by hand", () => {
    expect(unzstd(Buffer.from("28b52ffd200109000061", "hex"), LIMIT).toString()).toBe("a");
    expect(unzstd(copied(1), LIMIT).toString()).toBe("aaaa");
  });

  test.each(FRAMES)("%s", (_, bytes, expected, frame) => {
    const text = unzstd(Buffer.from(frame, "base64"), LIMIT);
    expect([text.length, digest(text)]).toEqual([bytes, expected]);
  });

  test("frames one after the other, and frames to be skipped", () => {
    const skipped = Buffer.from("5a2a4d1803000000616263", "hex");
    const text = unzstd(Buffer.concat([frames[1]!, skipped, frames[1]!]), LIMIT);
    expect(text.toString()).toBe("aa");
  });

  test("as a content-encoding, and stacked", () => {
    const rows = frames[4]!;
    const doc = read("application/json", rows, "zstd");
    expect(doc).toMatchObject({ codec: "json" });
    expect(JSON.stringify(doc)).not.toContain("undefined");
    expect(read("application/json", rows, "zstd, identity")).toMatchObject({ codec: "json" });
    expect(outcome("application/json", rows)).toBe("content_opaque");
  });
});

describe("refused", () => {
  const rows = frames[4]!;
  const flipped = (frame: number, at: number, bit: number) => {
    const bytes = Buffer.from(frames[frame]!);
    bytes[at] = bytes[at]! ^ bit;
    return bytes;
  };
  const changed = (at: number, byte: number) => Buffer.from(rows).fill(byte, at, at + 1);
  test.each<[string, Buffer]>([
    ["nothing", Buffer.alloc(0)],
    ["only a skipped frame", Buffer.from("502a4d1800000000", "hex")],
    ["a byte after", Buffer.concat([rows, Buffer.alloc(1)])],
    ["cut off", rows.subarray(0, -1)],
    ["another magic number", changed(0, 0x29)],
    ["a reserved bit", changed(4, rows[4]! | 8)],
    ["a dictionary", Buffer.concat([rows.subarray(0, 4), Buffer.from([rows[4]! | 1, 7]), rows.subarray(5)])],
    ["a length that lies", Buffer.from("28b52ffd200209000061", "hex")],
    ["literals that leave bits unread", flipped(3, 9, 4)],
    ["copies that leave bits unread", flipped(2, 15, 32)],
    ["a copy from before the frame", Buffer.concat([frames[1]!, copied(2)])],
  ])("%s", (_, bytes) => {
    expect(() => unzstd(bytes, LIMIT)).toThrow(/broken zstd/);
  });

  test("a bomb", () => {
    // 8,000 blocks of 128 KB of one byte each
    const block = Buffer.from("02001041", "hex");
    const bomb = Buffer.concat([Buffer.from("28b52ffd0058", "hex"), ...new Array<Buffer>(8000).fill(block)]);
    expect(() => unzstd(bomb, LIMIT)).toThrow(/limit/);
    expect(read("application/json", bomb, "zstd")).toMatchObject({ code: "body_too_large" });
    expect(read("application/json", Buffer.from("x"), "zstd")).toMatchObject({ code: "encoding_broken" });
  });
});

test("any change to a frame is read or refused, within the limit, and never anything else", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...frames),
      fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 4 }),
      (frame, changes) => {
        const bytes = Buffer.from(frame);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        try {
          expect(unzstd(bytes, LIMIT).length).toBeLessThanOrEqual(LIMIT);
        } catch (error) {
          expect((error as Error).message).toMatch(/^(?:broken zstd|more than the limit)$/);
        }
      },
    ),
    { numRuns: 3000 },
  );
});
