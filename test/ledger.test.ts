// The ledger as its callers meet it: order, durability, restart, identity, the second place.

import { generateKeyPairSync } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { runVerify } from "../src/cli/verify.ts";
import type { GateError } from "../src/io/errors.ts";
import { readEntries } from "../src/io/ledger/read.ts";
import { crashImage, entriesOf, entry, freshDir, GOLDEN_ORIGIN, open, removeDirs } from "./golden/fixture.ts";

afterAll(removeDirs);

const many = (count: number, from = 0): string[] => Array.from({ length: count }, (_, n) => entry(from + n));
const refusal = (part: string) =>
  expect.objectContaining({ code: "ledger_unavailable", message: expect.stringContaining(part) });

describe.each(["strict", "batched"] as const)("%s", (durability) => {
  test("order of calls is order of entries, of indexes and of answers", async () => {
    const dir = freshDir();
    const ledger = await open(dir, { durability });
    const answered: number[] = [];
    const indexes = await Promise.all(
      many(700).map(async (each) => {
        const index = await ledger.append(each);
        answered.push(index);
        return index;
      }),
    );
    expect(indexes).toEqual([...indexes.keys()]);
    expect(answered).toEqual(indexes);
    expect(ledger.head().size).toBe(700);
    await ledger.seal(entry(700, "seal"));
    expect(await entriesOf(dir)).toEqual([...many(700), entry(700, "seal")]);
    expect(ledger.head()).toEqual(ledger.signedHead());
    expect(runVerify(dir, {}).text).toContain("ok: no fault");
  });

  test("what was acknowledged survives the process at every moment", async () => {
    const dir = freshDir();
    const ledger = await open(dir, { durability, checkpointMs: 5 });
    for (let n = 0; n < 40; n++) {
      await ledger.append(entry(n));
      if (n % 8 !== 0) continue;
      const image = crashImage(dir);
      const again = await open(image);
      expect(again.head().size).toBe(n + 1);
      await again.close();
      expect(await entriesOf(image)).toEqual(many(n + 1));
      expect(runVerify(image, {}).code).toBe(0);
      await sleep(6);
    }
    await ledger.close();
  });
});

test("what nobody waits for rides along in order, is durable alone soon after, and never keeps a later one waiting", async () => {
  const dir = freshDir();
  const ledger = await open(dir);
  const order: number[] = [];
  const note = (index: number) => order.push(index);
  const first = ledger.appendSoon(entry(0)).then(note);
  await Promise.all([first, ledger.append(entry(1)).then(note)]);
  expect(order).toEqual([0, 1]);
  await ledger.appendSoon(entry(2)); // alone: nothing else comes
  await sleep(120); // its timer has fired with nothing left to write
  expect(await ledger.append(entry(3))).toBe(3);
  const last = ledger.appendSoon(entry(4)); // a close does not wait for the timer
  await ledger.close();
  expect(await last).toBe(4);
  expect(await entriesOf(dir)).toEqual(many(5));
});

test("a restart goes on where the ledger stopped, at any size around a tile's border", async () => {
  const dir = freshDir();
  let size = 0;
  for (const count of [1, 254, 1, 1, 255, 300]) {
    const ledger = await open(dir);
    expect(ledger.recovered).toEqual({ entries: 0, tornBytes: 0 });
    expect(ledger.head().size).toBe(size);
    expect(await Promise.all(many(count, size).map((each) => ledger.append(each)))).toContain(size);
    await ledger.close();
    size += count;
    expect(runVerify(dir, {}).code).toBe(0);
  }
  expect(await entriesOf(dir)).toEqual(many(size));
  // No segment is left, and of partial tiles only those of the head.
  expect(readdirSync(join(dir, "segment"))).toEqual([]);
  const partial = readdirSync(dir, { recursive: true }).filter((path) => /\.p\/\d+$/.test(String(path)));
  expect(partial.map(String).sort()).toEqual(["tile/0/003.p/44", "tile/1/000.p/3", "tile/entries/003.p/44"]);
});

test("a checkpoint follows by itself, and reading a live ledger sees folded and unfolded entries", async () => {
  const dir = freshDir();
  const ledger = await open(dir, { checkpointMs: 10 });
  await Promise.all(many(300).map((each) => ledger.append(each)));
  while (ledger.signedHead().size < 300) await sleep(5);
  await ledger.append(entry(300));
  expect(await entriesOf(dir)).toEqual(many(301));
  const late: number[] = [];
  for await (const { index } of readEntries(dir, 299)) late.push(index);
  expect(late).toEqual([299, 300]);
  await ledger.close();
});

test("an entry that is empty or too long is refused and harms no other", async () => {
  const dir = freshDir();
  const ledger = await open(dir);
  const longest = JSON.stringify("玉".repeat(21_844)) + "x";
  const results = await Promise.allSettled(
    [entry(0), "", longest, `${longest}x`, entry(1)].map((each) => ledger.append(each)),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"]);
  await ledger.close();
  expect(await entriesOf(dir)).toEqual([entry(0), longest, entry(1)]);
});

test("nothing comes after a seal; a closed ledger refuses; closing twice is closing once", async () => {
  const dir = freshDir();
  const ledger = await open(dir);
  const before = ledger.append(entry(0));
  const sealed = ledger.seal(entry(1, "seal"));
  await expect(ledger.append(entry(2))).rejects.toEqual(refusal("closed"));
  await Promise.all([before, sealed]);
  await ledger.close();
  expect(await entriesOf(dir)).toEqual([entry(0), entry(1, "seal")]);
});

describe("one writer", () => {
  test("a folder that is open is not opened again, one that was closed is", async () => {
    const dir = freshDir();
    const ledger = await open(dir);
    await expect(open(dir)).rejects.toEqual(refusal("open in this process"));
    await ledger.close();
    await (await open(dir)).close();
    expect(existsSync(join(dir, "lock"))).toBe(false);
  });

  test.each([
    ["of a dead process", "4194304 1\n"],
    ["of an earlier process with this pid", `${process.pid} 1\n`],
    ["of another process that has got pid 1's number since", "1 999999999999\n"],
    ["cut short by a crash", ""],
  ])("a lock %s is taken over", async (_, text) => {
    const dir = freshDir();
    writeFileSync(join(dir, "lock"), text);
    await (await open(dir)).close();
  });

  test("the lock of a living process is respected", async () => {
    const dir = freshDir();
    writeFileSync(join(dir, "lock"), `${process.ppid} -\n`);
    await expect(open(dir)).rejects.toEqual(refusal(`in use by process ${process.ppid}`));
    expect(readFileSync(join(dir, "lock"), "utf8")).toBe(`${process.ppid} -\n`);
  });
});

describe("a folder that does not fit is not opened", () => {
  const written = async (): Promise<string> => {
    const dir = freshDir();
    const ledger = await open(dir);
    await Promise.all(many(300).map((each) => ledger.append(each)));
    await ledger.close();
    return dir;
  };
  const bend = (path: string, at: number): void => {
    const bytes = readFileSync(path);
    bytes[at < 0 ? bytes.length + at : at]! ^= 1;
    writeFileSync(path, bytes);
  };

  test.each<[string, (dir: string) => void, string]>([
    ["checkpoint changed", (dir) => bend(join(dir, "checkpoint"), 30), "not signed"],
    ["checkpoint gone", (dir) => rmSync(join(dir, "checkpoint")), "no checkpoint"],
    ["tile changed", (dir) => bend(join(dir, "tile/0/001.p/44"), 5), "root"],
    ["tile gone", (dir) => rmSync(join(dir, "tile/1/000.p/1")), "missing"],
    ["last bundle changed", (dir) => bend(join(dir, "tile/entries/001.p/44"), 9), "root"],
    ["last bundle cut", (dir) => writeFileSync(join(dir, "tile/entries/001.p/44"), ""), "root"],
    ["ledger.json changed", (dir) => writeFileSync(join(dir, "ledger.json"), "{}"), "ledger.json"],
    ["vkey changed", (dir) => bend(join(dir, "vkey"), -3), "another key"],
    ["a segment with a gap", (dir) => writeFileSync(join(dir, "segment/0000000000000400"), "yml1"), ""],
  ])("%s", async (name, change, part) => {
    const dir = await written();
    change(dir);
    if (name === "a segment with a gap") {
      // No frame in it was ever whole: a torn tail, not a gap.
      const ledger = await open(dir);
      expect(ledger.recovered).toEqual({ entries: 0, tornBytes: 4 });
      return ledger.close();
    }
    await expect(open(dir)).rejects.toEqual(refusal(part));
    expect(existsSync(join(dir, "lock"))).toBe(false);
  });

  test("another key, another origin", async () => {
    const dir = await written();
    const { privateKey } = generateKeyPairSync("ed25519");
    await expect(open(dir, { signingKey: privateKey })).rejects.toEqual(refusal("another key"));
    await expect(open(dir, { origin: `${GOLDEN_ORIGIN}x` })).rejects.toEqual(refusal("origin"));
    await expect(open(dir, { origin: "a b" })).rejects.toEqual(refusal("space"));
    await expect(open(dir, { signingKey: "no key" })).rejects.toMatchObject({ code: "ledger_unavailable" });
  });
});

describe("the anchor", () => {
  const anchored = async () => {
    const [dir, anchor] = [freshDir(), join(freshDir(), "head")];
    const ledger = await open(dir, { anchor });
    await ledger.append(entry(0));
    await ledger.close();
    const older = { image: crashImage(dir), head: readFileSync(anchor) };
    const again = await open(dir, { anchor });
    await Promise.all(many(300, 1).map((each) => again.append(each)));
    await again.close();
    return { dir, anchor, older };
  };

  test("holds the newest head; an older one is a prefix", async () => {
    const { dir, anchor, older } = await anchored();
    expect(readFileSync(anchor)).toEqual(readFileSync(join(dir, "checkpoint")));
    writeFileSync(anchor, older.head);
    await (await open(dir, { anchor })).close();
    expect(readFileSync(anchor)).toEqual(readFileSync(join(dir, "checkpoint")));
  });

  test("shows a ledger cut to a valid prefix, a rewritten one, and one that began anew", async () => {
    const { dir, anchor, older } = await anchored();
    await expect(open(older.image, { anchor })).rejects.toEqual(refusal("was cut"));
    await expect(open(freshDir(), { anchor })).rejects.toEqual(refusal("was cut"));
    const forged = freshDir();
    const forger = await open(forged);
    await Promise.all(many(301, 5).map((each) => forger.append(each)));
    await forger.close();
    await expect(open(forged, { anchor })).rejects.toEqual(refusal("anchor names"));
    writeFileSync(anchor, older.head);
    await expect(open(forged, { anchor })).rejects.toEqual(refusal("anchor names"));
    expect(runVerify(forged, { since: join(dir, "checkpoint") }).text).toContain("rewritten");
  });

  test("that cannot be written is told and does not stop the ledger", async () => {
    const kinds: string[] = [];
    const ledger = await open(freshDir(), {
      anchor: join(freshDir(), "not-mounted/head"),
      onEvent: ({ kind }) => kinds.push(kind),
    });
    expect(await ledger.append(entry(0))).toBe(0);
    await ledger.close();
    expect(kinds).toEqual(["anchor_failed", "anchor_failed"]);
  });
});

test("100,000 entries: a restart takes less than a second, and reads only the right edge", async () => {
  const dir = freshDir();
  const ledger = await open(dir, { durability: "batched" });
  for (let n = 0; n < 100_000; n += 10_000) await Promise.all(many(10_000, n).map((each) => ledger.append(each)));
  const image = crashImage(dir);
  await ledger.close();
  const startedMs = performance.now();
  const again = await open(dir);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  expect(again.head()).toEqual(ledger.head());
  await again.close();
  // The same after a crash, with whatever of it was not in tiles yet (unfolded: fsyncs of up to 782 files, not timed).
  const recovered = await open(image);
  expect(recovered.head()).toEqual(ledger.head());
  await recovered.close();
});

test("errors name what is wrong and hold no entry", async () => {
  const ledger = await open(freshDir());
  await ledger.close();
  const error = (await ledger.append(entry(4711)).catch((each: unknown) => each)) as GateError;
  expect(error.status).toBe(503);
  expect(JSON.stringify([error.message, error.stack])).not.toContain("4711");
});
