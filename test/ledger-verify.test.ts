// The verifier against a foreign tool's ledger, against the writer, and against whoever changes a folder.

import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyFolder } from "../src/cli/verify/check.ts";
import { readCanonical } from "../src/cli/verify/json.ts";
import { nameOf, parseName } from "../src/cli/verify/layout.ts";
import { hashOfLeaf, merkleRoot, Tiles } from "../src/cli/verify/merkle.ts";
import { register, runVerify } from "../src/cli/verify.ts";
import { canonical } from "../src/record/canonical.ts";
import type { Json } from "../src/words.ts";
import { crashImage, entry, freshDir, GOLDEN, goldenEntries, open, removeDirs } from "./golden/fixture.ts";

afterAll(removeDirs);

const goldenLedger = join(GOLDEN, "ledger");

function filesIn(dir: string): Map<string, Buffer> {
  const names = readdirSync(dir, { recursive: true }).map(String).sort();
  const files = names.filter((name) => statSync(join(dir, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(dir, name))]));
}

async function ledgerOf(entries: readonly string[]): Promise<string> {
  const dir = freshDir();
  const ledger = await open(dir);
  await Promise.all(entries.map((each) => ledger.append(each)));
  await ledger.close();
  return dir;
}

describe("golden: made by test/golden/make.py with python3 and openssl", () => {
  test("verify accepts it, also since its older checkpoint", () => {
    const { code, text } = runVerify(goldenLedger, { since: join(GOLDEN, "checkpoint-200"), json: true });
    expect(JSON.parse(text)).toMatchObject({
      ok: true,
      size: 300,
      tail: 0,
      kinds: { start: 1, crossing: 299 },
      faults: [],
    });
    expect(code).toBe(0);
  });

  test("our writer makes the same folder, byte for byte, from the same entries and key", async () => {
    const ours = filesIn(await ledgerOf(goldenEntries.slice(0, 300)));
    const theirs = filesIn(goldenLedger);
    expect([...ours.keys()]).toEqual([...theirs.keys()]);
    for (const [path, bytes] of theirs) expect(ours.get(path)?.equals(bytes), path).toBe(true);
  });

  test("entries that python's json made are canonical by both of our codes", () => {
    for (const line of goldenEntries) {
      expect(canonical(JSON.parse(line) as Json)).toBe(line);
      expect(readCanonical(Buffer.from(line))).toEqual(JSON.parse(line));
    }
  });
});

test("verify imports node: and its own folder only", () => {
  const folder = new URL("../src/cli/verify/", import.meta.url).pathname;
  const files = [...readdirSync(folder).map((name) => join(folder, name)), join(folder, "../verify.ts")];
  const imports = files.flatMap((file) => {
    const found = [...readFileSync(file, "utf8").matchAll(/(?:\bfrom |\bimport ?\(?)"([^"]+)"/g)];
    return found.map((match) => match[1]!);
  });
  expect(imports.length).toBeGreaterThan(10);
  const foreign = imports.filter((path) => !/^(node:[a-z]+|\.\/(verify\/)?[a-z]+\.ts|commander)$/.test(path));
  expect(foreign).toEqual([]);
});

describe("its own arithmetic", () => {
  test("the tree grown by tiles has the root of the definition, at every size", () => {
    const tiles = new Tiles();
    const leaves: Buffer[] = [];
    for (let size = 0; size < 1_100; size++) {
      if (size % 37 < 3 || size % 256 < 2) expect(tiles.root()).toEqual(merkleRoot(leaves));
      const leaf = hashOfLeaf(Buffer.from(`${size}`));
      leaves.push(leaf);
      tiles.add(leaf);
    }
  });

  test("file names go both ways, and nothing else is one", () => {
    for (const index of [0, 7, 999, 1_000, 1_234_067]) {
      for (const [level, width] of [
        [0, 256],
        ["entries", 1],
        [3, 255],
      ] as const) {
        expect(parseName(nameOf({ level, index, width }))).toEqual({ level, index, width });
      }
    }
    for (const path of [
      "tile/0/1",
      "tile/00/000",
      "tile/0/x000/001",
      "tile/0/000.p/256",
      "tile/0/000.p/0",
      "tile/0/000.p/01",
    ]) {
      expect(parseName(path)).toBeNull();
    }
  });

  test.each([
    ['{"b":1,"a":2}', "members out of order"],
    ['{"a":1,"a":1}', "a duplicate member"],
    ['{"a": 1}', "a space"],
    ['{"a":1.0}', "a long number"],
    ['{"a":1e2}', "an exponent"],
    ['{"a":-0}', "minus zero"],
    ['"\\u0041"', "an escape that is not needed"],
    ['"\\/"', "an escaped slash"],
    ['"\\ud800"', "a lone surrogate"],
    ["\ufeff1", "a byte order mark"],
    ["", "nothing"],
  ])("%j is not canonical: %s", (text) => {
    expect(readCanonical(Buffer.from(text))).toBeUndefined();
  });

  test("the deepest nesting that fits an entry is no crash", async () => {
    const deep = "[".repeat(32_000) + "]".repeat(32_000);
    expect(verifyFolder(await ledgerOf([deep])).faults).toMatchObject([{ place: "entry 0" }]);
  });

  test("bytes that are not UTF-8 are not canonical", () => {
    expect(readCanonical(Buffer.of(0x22, 0xff, 0x22))).toBeUndefined();
    expect(readCanonical(Buffer.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toBeUndefined();
  });
});

describe("what an entry must be", () => {
  const t = "2026-03-01T00:00:00.000Z";
  test.each([
    [`{"kind":"start","t":"${t}","v":2}`, "entry_malformed"],
    [`{"kind":"party","t":"${t}","v":1}`, "entry_malformed"],
    [`{"kind":"crossing","t":"${t}","v":1}`, "entry_malformed"],
    [`{"kind":"start","t":"2026-03-01","v":1}`, "entry_malformed"],
    [`{"kind":"start","t":"2026-13-01T00:00:00.000Z","v":1}`, "entry_malformed"],
    [`[1]`, "entry_malformed"],
    ["null", "entry_malformed"],
    [`{"v":1,"kind":"start","t":"${t}"}`, "entry_not_canonical"],
    ["not json", "entry_not_canonical"],
    [entry(0), "crossing_twice"],
  ])("%s: %s", async (text, code) => {
    const dir = await ledgerOf([entry(0), text, entry(2)]);
    expect(verifyFolder(dir).faults).toEqual([{ place: "entry 1", code }]);
  });

  test("parts of one crossing are one decision; an outcome has the crossing's id", async () => {
    const part = (i: number): string => `{"id":"dec_0","kind":"crossing","part":"${i}/2","t":"${t}","v":1}`;
    expect(verifyFolder(await ledgerOf([part(1), part(2), entry(0, "outcome")])).ok).toBe(true);
    expect(verifyFolder(await ledgerOf([part(1), part(1)])).faults).toEqual([
      { place: "entry 1", code: "crossing_twice" },
    ]);
  });
});

describe("tampering", () => {
  let dir: string;
  let files: Map<string, Buffer>;
  beforeAll(async () => {
    dir = await ledgerOf(Array.from({ length: 260 }, (_, n) => entry(n)));
    files = filesIn(dir);
  });

  const restore = (): void => {
    rmSync(dir, { recursive: true, force: true });
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), bytes);
    }
  };

  type Change = (bytes: Buffer, at: number, byte: number) => Buffer;
  const changes: Record<string, Change> = {
    flip: (bytes, at, byte) =>
      Buffer.concat([bytes.subarray(0, at), Buffer.of(bytes[at]! ^ (1 << (byte & 7))), bytes.subarray(at + 1)]),
    set: (bytes, at, byte) => Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at + 1)]),
    insert: (bytes, at, byte) => Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]),
    delete: (bytes, at) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
    truncate: (bytes, at) => bytes.subarray(0, at),
    repeat: (bytes, at) => Buffer.concat([bytes, bytes.subarray(at)]),
    zero: (bytes, at) => Buffer.concat([bytes.subarray(0, at), Buffer.alloc(bytes.length - at)]),
    swap: (bytes, at) => Buffer.concat([bytes.subarray(at), bytes.subarray(0, at)]),
  };

  test("1,000 random changes to the bytes of a ledger are all found, with a place", () => {
    const paths = [...files.keys()];
    const chosen = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...Object.keys(changes)), fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(chosen, ([path, change, at, byte]) => {
        const bytes = files.get(path)!;
        const changed = changes[change]!(bytes, at % bytes.length, byte);
        if (changed.equals(bytes)) return;
        writeFileSync(join(dir, path), changed);
        const report = verifyFolder(dir);
        writeFileSync(join(dir, path), bytes);
        expect(report.ok).toBe(false);
        expect(report.faults[0]!.place).not.toBe("");
      }),
      { numRuns: 1_000 },
    );
    expect(verifyFolder(dir).ok).toBe(true);
  });

  test("each file removed, and each two of them exchanged, is found", () => {
    const paths = [...files.keys()];
    for (const path of paths) {
      rmSync(join(dir, path));
      expect(verifyFolder(dir).faults, path).toContainEqual({ place: path, code: "file_missing" });
      restore();
      for (const other of paths.filter((each) => each > path)) {
        writeFileSync(join(dir, path), files.get(other)!);
        writeFileSync(join(dir, other), files.get(path)!);
        expect(verifyFolder(dir).ok, `${path} ${other}`).toBe(false);
        restore();
      }
    }
  });

  test("an edited entry is named by its index even when its tile and bundle agree again", () => {
    const bundle = "tile/entries/001.p/4";
    const edited = Buffer.from(files.get(bundle)!.toString("latin1").replace("dec_257", "dec_999"), "latin1");
    writeFileSync(join(dir, bundle), edited);
    const places = verifyFolder(dir).faults.map(({ place }) => place);
    expect(places[0]).toMatch(/^entry 257 \(tile\/entries\/001\.p\/4, tile\/0\/001\.p\/4\)$/);
    const leaf = hashOfLeaf(
      edited.subarray(edited.indexOf("{", edited.indexOf("dec_256") + 8), edited.indexOf("dec_258") - 9),
    );
    const tile = Buffer.from(files.get("tile/0/001.p/4")!);
    leaf.copy(tile, 32);
    writeFileSync(join(dir, "tile/0/001.p/4"), tile);
    expect(verifyFolder(dir).faults).toEqual([{ place: "checkpoint", code: "root_mismatch" }]);
    restore();
  });

  test("a verifier key whose id is not the hash of its name and key is none", () => {
    const vkey = files.get("vkey")!.toString();
    writeFileSync(join(dir, "vkey"), vkey.replace(/\+[0-9a-f]{8}\+/, "+01234567+"));
    expect(verifyFolder(dir).faults).toEqual([{ place: "vkey", code: "key_malformed" }]);
    restore();
  });

  test("files that do not belong are named; temporary ones and the lock are passed over", () => {
    for (const path of ["tile/0/000.p/9", "tile/0/007", "tile/notes", "extra"]) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), "x");
      expect(
        verifyFolder(dir).faults.map(({ place }) => place),
        path,
      ).toEqual([path]);
      restore();
    }
    for (const path of ["lock", "checkpoint.tmp"]) writeFileSync(join(dir, path), "x");
    expect(verifyFolder(dir).ok).toBe(true);
    restore();
  });

  test("a partial tile that a crash left behind passes when it is the tree's, and not when it is not", () => {
    mkdirSync(join(dir, "tile/0/000.p"));
    writeFileSync(join(dir, "tile/0/000.p/9"), files.get("tile/0/000")!.subarray(0, 9 * 32));
    expect(verifyFolder(dir).ok).toBe(true);
    writeFileSync(join(dir, "tile/0/000.p/9"), files.get("tile/0/000")!.subarray(32, 10 * 32));
    expect(verifyFolder(dir).faults).toEqual([{ place: "tile/0/000.p/9", code: "tile_mismatch" }]);
    restore();
  });
});

describe("what only an older head shows", () => {
  test("a ledger cut to a valid prefix is whole in itself; the anchor shows the cut", () => {
    const cut = crashImage(goldenLedger);
    const prefix = crashImage(goldenLedger);
    // The foreign tool's checkpoint of 200 with the tiles of 200 entries: the valid prefix of a thief with an old copy.
    cpSync(join(GOLDEN, "checkpoint-200"), join(cut, "checkpoint"));
    const bundle = readFileSync(join(goldenLedger, "tile/entries/000"));
    let end = 0;
    for (let n = 0; n < 200; n++) end += 2 + bundle.readUInt16BE(end);
    rmSync(join(cut, "tile"), { recursive: true });
    for (const path of ["tile/entries/000.p/200", "tile/0/000.p/200"])
      mkdirSync(dirname(join(cut, path)), { recursive: true });
    writeFileSync(join(cut, "tile/entries/000.p/200"), bundle.subarray(0, end));
    writeFileSync(join(cut, "tile/0/000.p/200"), readFileSync(join(goldenLedger, "tile/0/000")).subarray(0, 6_400));
    expect(runVerify(cut, {}).code).toBe(0);
    const anchor = join(prefix, "checkpoint");
    expect(JSON.parse(runVerify(cut, { anchor, json: true }).text)).toMatchObject({
      faults: [{ place: anchor, code: "cut" }],
    });
  });

  test("history rewritten with the right key is whole in itself; the older checkpoint shows it", async () => {
    const forged = await ledgerOf(goldenEntries.slice(0, 300).map((each, n) => (n === 150 ? entry(150) : each)));
    expect(runVerify(forged, {}).code).toBe(0);
    const since = join(GOLDEN, "checkpoint-200");
    const report = JSON.parse(runVerify(forged, { since, json: true }).text) as object;
    expect(report).toMatchObject({ ok: false, faults: [{ place: since, code: "rewritten" }] });
  });

  test("an older head that is not signed by the ledger's key is a fault", async () => {
    const since = join(freshDir(), "head");
    writeFileSync(since, readFileSync(join(GOLDEN, "checkpoint-200"), "utf8").replace("\n200\n", "\n199\n"));
    expect(verifyFolder(goldenLedger, [{ place: "head", note: readFileSync(since) }]).faults).toEqual([
      { place: "head", code: "signature_invalid" },
    ]);
  });
});

describe("the command", () => {
  test("exit 0, 1 and 2; faults with their place; zh and en", () => {
    expect(runVerify(goldenLedger, {})).toMatchObject({ code: 0, text: expect.stringContaining("ok: no fault") });
    const broken = crashImage(goldenLedger);
    renameSync(join(broken, "tile/0/000"), join(broken, "tile/0/008"));
    expect(runVerify(broken, {}, true)).toMatchObject({
      code: 1,
      text: expect.stringContaining("tile/0/000: 文件缺失"),
    });
    expect(runVerify(join(broken, "nowhere"), {}).code).toBe(2);
    expect(runVerify(join(broken, "vkey"), {}).code).toBe(2);
    expect(runVerify(broken, { since: join(broken, "nowhere") }).code).toBe(2);
    expect(JSON.parse(runVerify(join(broken, "nowhere"), { json: true }).text)).toMatchObject({ ok: false });
    expect(runVerify(freshDir(), {})).toMatchObject({ code: 1, text: expect.stringContaining("vkey") });
  });

  test("is registered", () => {
    const program = new Command();
    register(program);
    const [verify] = program.commands;
    expect(verify?.name()).toBe("verify");
    expect(verify?.options.map(({ long }) => long)).toEqual(["--since", "--anchor", "--json"]);
  });
});
