// Crashes and sick disks. The law under test: what was acknowledged is there, in its place, after anything; what was
// refused never counts while the process lives; a crash may keep more than it acknowledged, never less (design.md law 1).

import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runVerify } from "../src/cli/verify.ts";
import { type Disk, realDisk } from "../src/io/ledger/disk.ts";
import type { OpenedLedger } from "../src/io/ledger/open.ts";
import { segmentsOf } from "../src/io/ledger/read.ts";
import { sealFrame } from "../src/record/frame.ts";
import {
  crashImage,
  entriesOf,
  entry,
  type Fault,
  faultyDisk,
  forgetfulDisk,
  freshDir,
  GOLDEN,
  goldenEntries,
  type Operation,
  open,
  removeDirs,
} from "./golden/fixture.ts";

afterAll(removeDirs);

const tick = (): Promise<void> => new Promise((done) => setTimeout(done, 1));

/** Far away: only a close or an open folds. */
const never = { checkpointMs: 3_600_000 };

/** A crash after three commits: entries 0, 1 and 2 with 3 in one segment, nothing in tiles. */
async function crashedAfterThree(): Promise<string> {
  const dir = freshDir();
  const ledger = await open(dir, never);
  await ledger.append(entry(0));
  await ledger.append(entry(1));
  await Promise.all([2, 3].map((n) => ledger.append(entry(n))));
  const image = crashImage(dir);
  await ledger.close();
  return image;
}

describe("torn tails", () => {
  test("cut at every byte of the last commit: all before it is kept, nothing of it counts", async () => {
    const crashed = await crashedAfterThree();
    const path = segmentsOf(crashed)[0]!.path;
    const bytes = readFileSync(path);
    const last = bytes.lastIndexOf("yml1");
    for (let cut = last; cut <= bytes.length; cut++) {
      const image = crashImage(crashed);
      truncateSync(join(image, "segment", path.slice(-16)), cut);
      const events: unknown[] = [];
      const ledger = await open(image, { onEvent: (event) => events.push(event) });
      const kept = cut === bytes.length ? 4 : 2;
      // Zeros at the end are none of it: the segment may have been prepared with them.
      const left = bytes.subarray(last, cut);
      const tornBytes = cut === bytes.length ? 0 : left.findLastIndex((byte) => byte !== 0) + 1;
      expect(ledger.recovered).toEqual({ entries: kept, tornBytes });
      expect(events).toEqual(tornBytes === 0 ? [] : [{ kind: "torn_tail", bytes: tornBytes }]);
      expect(await ledger.append(entry(kept))).toBe(kept);
      await ledger.close();
      expect((await entriesOf(image)).length).toBe(kept + 1);
      if (cut % 16 === 0) expect(runVerify(image, {}).code).toBe(0);
    }
  });

  test("zeros, noise, and a hole with later pages behind it at the end are torn tails too", async () => {
    const crashed = await crashedAfterThree();
    const name = segmentsOf(crashed)[0]!.path.slice(-16);
    const bytes = readFileSync(join(crashed, "segment", name));
    const hole = Buffer.from(bytes);
    hole.fill(0, bytes.lastIndexOf("yml1"), bytes.lastIndexOf("yml1") + 40);
    for (const [torn, kept] of [
      [Buffer.concat([bytes, Buffer.alloc(4096)]), 4],
      [hole, 2],
    ] as const) {
      const image = crashImage(crashed);
      writeFileSync(join(image, "segment", name), torn);
      const ledger = await open(image);
      expect(ledger.recovered.entries).toBe(kept);
      await ledger.close();
      expect(runVerify(image, {}).code).toBe(0);
    }
  });

  test("damage in what was acknowledged is not a torn tail: the ledger does not start, verify names the place", async () => {
    const crashed = await crashedAfterThree();
    const name = segmentsOf(crashed)[0]!.path.slice(-16);
    const bytes = readFileSync(join(crashed, "segment", name));
    for (let at = 0; at < bytes.lastIndexOf("yml1"); at += 7) {
      const image = crashImage(crashed);
      const bent = Buffer.from(bytes);
      bent[at]! ^= 0x10;
      writeFileSync(join(image, "segment", name), bent);
      await expect(open(image)).rejects.toMatchObject({ code: "ledger_unavailable" });
      expect(runVerify(image, {}).text).toMatch(/segment\/\d+ byte \d+.*frame_invalid/);
    }
  });

  test("a segment that a foreign tool wrote is taken up, and verify reads it as unsigned tail", async () => {
    const image = crashImage(join(GOLDEN, "ledger"));
    const segment = readFileSync(join(GOLDEN, "segment"));
    mkdirSync(join(image, "segment"));
    writeFileSync(join(image, "segment", "0000000000000300"), segment);
    expect(JSON.parse(runVerify(image, { json: true }).text)).toMatchObject({ ok: true, size: 300, tail: 5 });
    const again = await open(image);
    expect(again.recovered).toEqual({ entries: 5, tornBytes: 0 });
    await again.close();
    expect(await entriesOf(image)).toEqual(goldenEntries);
  });
});

describe("segments that do not continue the ledger: not opened, and named by verify", () => {
  const golden = readFileSync(join(GOLDEN, "segment"));
  const border = golden.lastIndexOf("yml1");
  const resealed = (first: number): Buffer => {
    const frame = Buffer.from(golden.subarray(0, border));
    sealFrame(frame, first, 0);
    return frame;
  };
  test.each<[string, Record<string, Buffer>, boolean, RegExp]>([
    ["a commit is missing", { "0000000000000302": resealed(302) }, false, /0302 byte 0: .*index_gap/],
    ["a name that is not its first index", { "0000000000000299": golden }, true, /0299 byte 0: .*index_gap/],
    [
      "a tear in a segment that has a successor",
      {
        "0000000000000300": Buffer.concat([golden.subarray(0, border), Buffer.alloc(9, 1)]),
        "0000000000000302": resealed(302),
      },
      false,
      /0300 byte \d+: .*frame_invalid/,
    ],
    // The start does not read again what tiles hold; the verifier does.
    ["other entries than the tiles hold", { "0000000000000298": resealed(298) }, true, /^entry 298 .*leaf_mismatch/m],
  ])("%s", async (_, segments, opens, named) => {
    const image = crashImage(join(GOLDEN, "ledger"));
    mkdirSync(join(image, "segment"));
    for (const [name, bytes] of Object.entries(segments)) writeFileSync(join(image, "segment", name), bytes);
    const { code, text } = runVerify(image, {});
    expect(code).toBe(1);
    expect(text).toMatch(named);
    if (opens) return (await open(image)).close();
    await expect(open(image)).rejects.toMatchObject({ code: "ledger_unavailable" });
  });
});

/**
 * Appends in small crowds, keeping on after refusals, through `disk` faults; gives what was acknowledged and refused.
 * Small crowds make several commits, a fold in the middle makes tiles, and 300 entries pass a tile's border.
 */
async function workThrough(ledger: OpenedLedger): Promise<{ kept: Map<number, string>; refused: Set<string> }> {
  const kept = new Map<number, string>();
  const refused = new Set<string>();
  const append = (text: string): Promise<void> =>
    ledger.append(text).then(
      (index) => void kept.set(index, text),
      () => void refused.add(text),
    );
  let n = 0;
  for (const crowd of [1, 3, 250, 2, 60, 1]) {
    await Promise.all(Array.from({ length: crowd }, () => append(entry(n++))));
    if (crowd === 250) await (ledger as unknown as { fold(): Promise<void> }).fold().catch(() => {});
  }
  return { kept, refused };
}

async function expectKept(image: string, kept: ReadonlyMap<number, string>): Promise<string[]> {
  const again = await open(image);
  await again.close();
  const entries = await entriesOf(image);
  for (const [index, text] of kept) expect(entries[index]).toBe(text);
  const report = runVerify(image, {});
  expect(report.text).toContain("no fault");
  return entries;
}

describe.each(["strict", "batched"] as const)("faults in pairs, %s", (durability) => {
  const run = async (fault: Fault, wrongAt: number): Promise<boolean> => {
    let wasReached = false;
    let isArmed = false;
    const disk = faultyDisk((_, nth) => {
      const isNow = isArmed && nth === wrongAt;
      wasReached ||= isNow;
      return isNow ? fault : null;
    });
    const dir = freshDir();
    isArmed = true;
    const ledger = await open(dir, { durability, disk, ...never }).catch(() => null);
    if (ledger === null) {
      // The start itself failed: it can be tried again at once, on the same folder.
      await (await open(dir)).close();
      return wasReached;
    }
    const { kept, refused } = await workThrough(ledger);
    await expectKept(crashImage(dir), kept);
    await ledger.close().catch(() => {});
    const entries = await expectKept(dir, kept);
    // The last append went well, so a refused entry was cut off before it: none is there.
    if (kept.has(kept.size - 1) && !refused.has(entry(316)))
      expect(entries.filter((each) => refused.has(each))).toEqual([]);
    return wasReached;
  };

  test.each(["failed", "held"] as const)("each operation once: %s", { timeout: 60_000 }, async (fault) => {
    let reached = 0;
    for (let at = 0; await run(fault, at); at++) reached++;
    expect(reached).toBeGreaterThan(30);
  });
});

describe("a disk that is full for a while", () => {
  test.each([0, 0.5, 0.99])(
    "no half entry counts (%d of each write goes through); it recovers by itself",
    async (torn) => {
      let isFull = false;
      const needsSpace: Operation[] = ["write", "create", "put", "link", "makeFolder"];
      const disk = faultyDisk(
        (operation) => (isFull && needsSpace.includes(operation) ? "failed" : null),
        "ENOSPC",
        torn,
      );
      const dir = freshDir();
      const events: unknown[] = [];
      const ledger = await open(dir, { disk, ...never, onEvent: (event) => events.push(event) });
      await ledger.append(entry(0));
      isFull = true;
      for (const n of [1, 2]) {
        const refused = await Promise.allSettled([ledger.append(entry(n)), ledger.append(entry(n))]);
        for (const each of refused) {
          expect(each).toMatchObject({ status: "rejected", reason: { code: "ledger_unavailable", status: 503 } });
        }
      }
      expect(ledger.head().size).toBe(1);
      await expectKept(crashImage(dir), new Map([[0, entry(0)]]));
      isFull = false;
      expect(await ledger.append(entry(3))).toBe(1);
      expect(events).toEqual([{ kind: "write_failed", detail: "ENOSPC" }, { kind: "write_recovered" }]);
      // The longer, refused commit is cut off, not only written over: nothing of it is left to be taken for a torn tail.
      const image = crashImage(dir);
      const again = await open(image);
      expect(again.recovered).toEqual({ entries: 2, tornBytes: 0 });
      await again.close();
      await ledger.close();
      expect(await entriesOf(dir)).toEqual([entry(0), entry(3)]);
    },
  );

  test("whoever waits behind a failed commit is refused too, in order, and the seal can be tried again", async () => {
    let isFull = true;
    const disk = faultyDisk((operation) => (isFull && operation === "write" ? "failed" : null), "ENOSPC");
    const ledger = await open(freshDir(), { disk, ...never });
    const refused: number[] = [];
    await Promise.all([0, 1, 2].map((n) => ledger.append(entry(n)).catch(() => refused.push(n))));
    expect(refused).toEqual([0, 1, 2]);
    await expect(ledger.seal(entry(3, "seal"))).rejects.toMatchObject({ code: "ledger_unavailable" });
    isFull = false;
    await ledger.seal(entry(4, "seal"));
    expect(ledger.head().size).toBe(1);
  });

  test("an append that came while the failing commit ran is refused with it; the next one is not", async () => {
    let fail = (): void => {};
    let writes = 0;
    const disk: Disk = {
      ...realDisk,
      write: (fd, bytes, position) => {
        if (writes++ > 0) return realDisk.write(fd, bytes, position);
        return new Promise((_, reject) => {
          fail = () => reject(Object.assign(new Error("EIO"), { code: "EIO" }));
        });
      },
    };
    const ledger = await open(freshDir(), { disk, ...never });
    const first = ledger.append(entry(0)).catch(() => "refused");
    while (writes === 0) await tick();
    const second = ledger.append(entry(1)).catch(() => "refused");
    fail();
    expect(await Promise.all([first, second])).toEqual(["refused", "refused"]);
    expect(await ledger.append(entry(2))).toBe(0);
    await ledger.close();
  });

  test("a fold that fails is told, appends go on, and the next fold makes it good", async () => {
    let isFull = true;
    const disk = faultyDisk(
      (operation, nth) => (isFull && operation === "put" && nth > 20 ? "failed" : null),
      "ENOSPC",
    );
    const kinds: string[] = [];
    const dir = freshDir();
    const ledger = await open(dir, { disk, checkpointMs: 1, onEvent: ({ kind }) => kinds.push(kind) });
    let size = 0;
    while (!kinds.includes("fold_failed")) expect(await ledger.append(entry(size))).toBe(size++);
    expect(await ledger.append(entry(size))).toBe(size++);
    isFull = false;
    while (ledger.signedHead().size < size) await new Promise((done) => setTimeout(done, 2));
    await ledger.close();
    expect((await entriesOf(dir)).length).toBe(size);
    expect(runVerify(dir, {}).code).toBe(0);
  });
});

test("what is appended while a fold runs, over tiles' and segments' borders, is in the next fold and not lost with this one", async () => {
  let isPaused = false;
  let isMet = false;
  const disk: Disk = {
    ...realDisk,
    put: async (path, bytes) => {
      for (isMet ||= isPaused; isPaused; ) await tick();
      return realDisk.put(path, bytes);
    },
  };
  const dir = freshDir();
  const ledger = await open(dir, { disk, checkpointMs: 1 });
  // 140 entries of 60 kB pass the 8 MiB of a segment; 4 × 140 pass two tiles.
  const long = (n: number): string => entry(n).replace("dec_", `dec_${"0".repeat(60_000)}`);
  isPaused = true;
  await ledger.append(entry(0));
  while (!isMet) await tick();
  const texts = [entry(0)];
  for (let n = 1; n <= 560; n++) texts.push(n % 4 === 0 ? long(n) : entry(n));
  for (const text of texts.slice(1)) await ledger.append(text);
  expect(segmentsOf(dir).length).toBeGreaterThan(1);
  isPaused = false;
  while (ledger.signedHead().size < 1) await tick();
  isPaused = true;
  const image = crashImage(dir);
  const again = await open(image);
  expect(again.head()).toEqual(ledger.head());
  await again.close();
  isPaused = false;
  await ledger.close();
  for (const folder of [dir, image]) {
    expect(await entriesOf(folder)).toEqual(texts);
    expect(runVerify(folder, {}).code).toBe(0);
  }
});

test("a power cut loses nothing that strict acknowledged, and batched loses no entry from the middle", async () => {
  for (const durability of ["strict", "batched"] as const) {
    const dir = freshDir();
    const ledger = await open(dir, { durability, disk: forgetfulDisk(), ...never });
    for (let n = 0; n < 20; n++) {
      await ledger.append(entry(n));
      const image = crashImage(dir);
      const again = await open(image);
      const { size } = again.head();
      await again.close();
      if (durability === "strict") expect(size).toBe(n + 1);
      expect(await entriesOf(image)).toEqual(Array.from({ length: size }, (_, nth) => entry(nth)));
    }
    await ledger.close();
    expect((await entriesOf(dir)).length).toBe(20);
  }
});
