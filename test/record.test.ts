// The record as arithmetic: RFC 8785, RFC 6962 and C2SP vectors first, then properties.

import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical } from "../src/record/canonical.ts";
import { keyIdOf, openNote, signHead, verifierKey } from "../src/record/checkpoint.ts";
import { Edge } from "../src/record/edge.ts";
import { canonicalEntry } from "../src/record/entry.ts";
import { damagedBelowSync, FRAME_HEAD_BYTES, framesOf, sealFrame } from "../src/record/frame.ts";
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from "../src/record/proof.ts";
import { framedBytes, framedEntries, frameEntry, readerOf, tilePath } from "../src/record/tiles.ts";
import { emptyRoot, Frontier, type HashReader, leafHash, nodeHash, rootOf } from "../src/record/tree.ts";
import type { Entry, Json } from "../src/words.ts";
import { goldenKey } from "./golden/fixture.ts";

describe("canonical", () => {
  test("RFC 8785 §3.2.2: the RFC's own example", () => {
    const value = JSON.parse(
      `{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
        "string":"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}`,
    ) as Json;
    expect(canonical(value)).toBe(
      `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
        `"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
    );
  });

  test("RFC 8785 §3.2.3: members are sorted by UTF-16 units", () => {
    const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
    const names = Object.keys(JSON.parse(canonical(value)) as object);
    expect(canonical(value)).toBe(`{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}`);
    expect(names).toHaveLength(7);
  });

  const sparse: Json[] = [];
  sparse[1] = 1;
  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["an undefined member", { a: undefined }],
    ["a hole", sparse],
    ["NaN", Number.NaN],
    ["infinity", [Number.POSITIVE_INFINITY]],
    ["a bigint", 1n],
    ["a function", () => 1],
    ["a lone high surrogate", "a\ud800b"],
    ["a lone low surrogate in a name", { "\udc00": 1 }],
    ["a date", new Date(0)],
  ])("throws on %s", (_, value) => {
    expect(() => canonical(value as Json)).toThrow(TypeError);
  });

  test("a backslash before ud800 is text, not a surrogate; minus zero is zero", () => {
    expect(canonical("\\ud800")).toBe('"\\\\ud800"');
    expect(canonical("😀")).toBe('"😀"');
    expect(canonical(-0)).toBe("0");
  });

  test("canonical text parses to the value it was made of, whatever the order of members", () => {
    const shuffled = (value: Json): Json => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, each]) => [name, shuffled(each as Json)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value as Json);
        expect(canonical(JSON.parse(text) as Json)).toBe(text);
        expect(canonical(shuffled(value as Json))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("an entry over 65,535 bytes of UTF-8 is refused, one of 65,535 is not", () => {
    const rest = canonicalEntry({ v: 1, kind: "start", t: "x", note: "" } as Entry).length;
    const of = (bytes: number) =>
      canonicalEntry({ v: 1, kind: "start", t: "x", note: "n".repeat(bytes - rest) } as Entry);
    expect(of(65_535)).toHaveLength(65_535);
    expect(() => of(65_536)).toThrow(RangeError);
  });
});

/** Leaves in memory, subtrees by definition: slow and obvious. */
const readerOver = (leaves: readonly Buffer[]): HashReader => {
  const read: HashReader = (level, index) =>
    level === 0 ? leaves[index]! : nodeHash(read(level - 1, index * 2), read(level - 1, index * 2 + 1));
  return read;
};
const leavesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, n) => leafHash(Buffer.from(`leaf ${n}`)));

describe("tree", () => {
  // The vectors that certificate-transparency's and Go's implementations are tested with.
  const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];

  test("RFC 6962 vectors", () => {
    const frontier = new Frontier();
    expect(frontier.root().toString("hex")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const leaves = inputs.map((hex) => leafHash(Buffer.from(hex, "hex")));
    for (const [nth, leaf] of leaves.entries()) {
      frontier.append(leaf);
      expect(frontier.root().toString("hex")).toBe(roots[nth]);
      expect(rootOf(nth + 1, readerOver(leaves)).toString("hex")).toBe(roots[nth]);
    }
  });

  test("a frontier taken up again at any size goes on as if it had never stopped", () => {
    const leaves = leavesOf(70);
    const whole = new Frontier();
    for (const [nth, leaf] of leaves.entries()) {
      const resumed = Frontier.of(nth, readerOver(leaves));
      whole.append(leaf);
      resumed.append(leaf);
      expect(resumed.size).toBe(whole.size);
      expect(resumed.root()).toEqual(whole.root());
    }
  });
});

describe("proofs", () => {
  const leaves = leavesOf(600);
  const read = readerOver(leaves);
  const sized = fc.integer({ min: 1, max: 600 }).chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));

  test("an inclusion proof verifies, and with any part of it changed it does not", () => {
    fc.assert(
      fc.property(sized, fc.nat(), fc.integer({ min: 1, max: 255 }), ([index, size], at, flip) => {
        const proof = inclusionProof(index, size, read);
        const root = rootOf(size, read);
        const leaf = leaves[index]!;
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(leaves[(index + 1) % 600]!, index, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, [...proof, root], root)).toBe(false);
        if (size > 1) expect(verifyInclusion(leaf, (index + 1) % size, size, proof, root)).toBe(false);
        if (proof.length === 0) return;
        expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(false);
        const bent = proof.map((hash) => Buffer.from(hash));
        bent[at % bent.length]![at % 32]! ^= flip;
        expect(verifyInclusion(leaf, index, size, bent, root)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test("a consistency proof verifies, and with any part of it changed it does not", () => {
    fc.assert(
      fc.property(sized, fc.nat(), fc.integer({ min: 1, max: 255 }), ([less, size], at, flip) => {
        const old = less + 1;
        const proof = consistencyProof(old, size, read);
        const [oldRoot, root] = [rootOf(old, read), rootOf(size, read)];
        expect(verifyConsistency(old, oldRoot, size, root, proof)).toBe(true);
        expect(verifyConsistency(old, leaves[1]!, size, root, proof)).toBe(false);
        expect(verifyConsistency(old, oldRoot, size, root, [...proof, root])).toBe(false);
        if (proof.length === 0) return;
        expect(verifyConsistency(old, oldRoot, size, root, proof.slice(1))).toBe(false);
        const bent = proof.map((hash) => Buffer.from(hash));
        bent[at % bent.length]![at % 32]! ^= flip;
        expect(verifyConsistency(old, oldRoot, size, root, bent)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [5, 5],
    [-1, 5],
    [0, 0],
  ])("no inclusion proof of entry %i in a tree of %i", (index, size) => {
    expect(() => inclusionProof(index, size, read)).toThrow(RangeError);
    expect(verifyInclusion(leaves[0]!, index, size, [], leaves[0]!)).toBe(false);
  });
});

describe("tiles", () => {
  test.each([
    [0, 0, 256, "tile/0/000"],
    [1, 999, 7, "tile/1/999.p/7"],
    [0, 1_000, 256, "tile/0/x001/000"],
    ["entries", 1_234_067, 256, "tile/entries/x001/x234/067"],
    ["entries", 1_234_067, 1, "tile/entries/x001/x234/067.p/1"],
  ] as const)("C2SP path of level %s, tile %i, width %i", (level, index, width, path) => {
    expect(tilePath(level, index, width)).toBe(path);
  });

  const framed = (text: string): Buffer => {
    const bytes = Buffer.byteLength(text);
    const buffer = Buffer.alloc(framedBytes(bytes));
    frameEntry(buffer, 0, text);
    return buffer;
  };

  test("a bundle whose lengths do not add up is null", () => {
    const bundle = Buffer.concat([framed("玉门关"), framed("x")]);
    expect(framedEntries(bundle)?.map((each) => each.toString("utf8", 2))).toEqual(["玉门关", "x"]);
    for (let cut = 1; cut < bundle.length; cut++) {
      if (cut !== framed("玉门关").length) expect(framedEntries(bundle.subarray(0, cut))).toBeNull();
    }
    expect(framedEntries(Buffer.of(0, 0))).toBeNull();
  });

  test("an edge restored from its tiles at any size hands out the same tiles as one that never stopped", () => {
    const files = new Map<string, Buffer>();
    const edge = new Edge();
    const stops = new Set([0, 1, 255, 256, 257, 511, 512, 700, 66_000]);
    for (let size = 0; size <= 66_000; size++) {
      if (stops.has(size)) {
        const snapshot = edge.snapshot();
        for (const { path, parts } of snapshot.files) files.set(path, Buffer.concat(parts));
        edge.settle(snapshot);
        expect(edge.unsettledBytes).toBe(0);
        const read = (level: number | "entries", index: number): Buffer => {
          const count = level === "entries" ? size : Math.floor(size / 256 ** level);
          return files.get(tilePath(level, index, Math.min(256, count - index * 256)))!;
        };
        const again = Edge.restore(size, snapshot.root, read);
        expect(again?.size).toBe(size);
        expect(again?.root()).toEqual(edge.root());
        const partial = (each: Edge) => each.snapshot().files.map(({ path, parts }) => [path, Buffer.concat(parts)]);
        expect(partial(again!)).toEqual(partial(edge));
        expect(Edge.restore(size, leafHash(Buffer.from("no")), read)).toBeNull();
        expect(rootOf(size, readerOf(read))).toEqual(snapshot.root);
      }
      edge.add(framed(`entry ${size}`));
    }
  });
});

describe("checkpoint", () => {
  const secret = createPrivateKey(goldenKey);
  const open = createPublicKey(secret);
  const raw = open.export({ format: "der", type: "spki" }).subarray(-32);
  const signer = {
    name: "yumen/a/b",
    keyId: keyIdOf("yumen/a/b", raw),
    sign: (text: Buffer) => sign(null, text, secret),
  };
  const accepts = (text: Buffer, signature: Buffer) => verify(null, text, open, signature);
  const note = signHead({ origin: "yumen/a/b", size: 0, root: emptyRoot() }, signer);

  test("the verifier key that signed-note's Go code would make", () => {
    expect(verifierKey("yumen/a/b", raw)).toMatch(/^yumen\/a\/b\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/);
  });

  test("a note opens under its key, also with a foreign signature beside it, and under no other", () => {
    const head = { origin: "yumen/a/b", size: 0, root: emptyRoot() };
    expect(openNote(note, signer.name, signer.keyId, accepts)).toEqual(head);
    expect(openNote(note + "\u2014 sm2.example AAAAAAAA\n", signer.name, signer.keyId, accepts)).toEqual(head);
    expect(openNote(note, "yumen/a/c", signer.keyId, accepts)).toBeNull();
    expect(openNote(note, signer.name, Buffer.alloc(4), accepts)).toBeNull();
  });

  test("no note opens with one byte changed", () => {
    for (let at = 0; at < note.length; at++) {
      const bent = note.slice(0, at) + String.fromCharCode(note.charCodeAt(at) ^ 1) + note.slice(at + 1);
      expect(openNote(bent, signer.name, signer.keyId, accepts), `byte ${at}`).toBeNull();
    }
  });
});

describe("frames", () => {
  const frame = (payload: string, first: number, synced: number): Buffer => {
    const bytes = Buffer.concat([Buffer.alloc(FRAME_HEAD_BYTES), Buffer.from(payload)]);
    sealFrame(bytes, first, synced);
    return bytes;
  };

  test("a cut at any byte keeps the whole frames before it; a flipped bit ends them", () => {
    const [one, two] = [frame("first", 0, 0), frame("second", 1, 37)];
    const segment = Buffer.concat([one, two]);
    for (let cut = 0; cut <= segment.length; cut++) {
      const { frames, goodBytes } = framesOf(segment.subarray(0, cut));
      expect(frames).toHaveLength(cut === segment.length ? 2 : cut >= one.length ? 1 : 0);
      expect(goodBytes).toBe(frames.at(-1)?.end ?? 0);
    }
    for (let bit = 0; bit < segment.length * 8; bit++) {
      const bent = Buffer.from(segment);
      bent[bit >> 3]! ^= 1 << (bit & 7);
      expect(framesOf(bent).frames).toHaveLength(bit >> 3 < one.length ? 0 : 1);
    }
  });

  test("a hole is damage when a later frame says that it was on disk, and a torn tail when none does", () => {
    const one = frame("first", 0, 0);
    const hole = Buffer.alloc(one.length);
    const written = frame("third", 2, one.length * 2);
    const unsynced = frame("third", 2, one.length);
    expect(damagedBelowSync(Buffer.concat([one, hole, written]), one.length)).toBe(true);
    expect(damagedBelowSync(Buffer.concat([one, hole, unsynced]), one.length)).toBe(false);
    expect(damagedBelowSync(Buffer.concat([one, hole]), one.length)).toBe(false);
  });
});
