// Files that are used again, segments that are prepared, tiles that are written in their place. The law under test:
// none of it is ever seen: a reader, a crash and a sick disk meet the same ledger as without.

import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runVerify } from "../src/cli/verify.ts";
import { type Disk, realDisk } from "../src/io/ledger/disk.ts";
import type { OpenedLedger } from "../src/io/ledger/open.ts";
import { segmentsOf } from "../src/io/ledger/read.ts";
import { Spares } from "../src/io/ledger/spares.ts";
import { sealFrame } from "../src/record/frame.ts";
import {
  crashImage,
  entriesOf,
  entry,
  type Fault,
  faultyDisk,
  filesIn,
  freshDir,
  GOLDEN,
  goldenEntries,
  type Operation,
  open,
  removeDirs,
  steppedDisk,
} from "./golden/fixture.ts";

afterAll(removeDirs);

const never = { checkpointMs: 3_600_000 };
/** Small segments: a prepared one has 8 KiB, some 100 entries. */
const small = { ...never, segmentBytesMax: 2_048 };
const fold = (ledger: OpenedLedger): Promise<void> => (ledger as unknown as { fold(): Promise<void> }).fold();
const spares = (dir: string): string[] => filesIn(dir).filter((path) => path.includes("spare-"));

async function appendAll(ledger: OpenedLedger, from: number, to: number): Promise<void> {
  const wanted = Array.from({ length: to - from }, (_, nth) => from + nth);
  expect(await Promise.all(wanted.map((n) => ledger.append(entry(n))))).toEqual(wanted);
}

/** 528 entries in commits of 24, a fold behind every 48: over tiles' borders, through segments of both kinds. */
async function work(ledger: OpenedLedger, acknowledged: (size: number) => void = () => {}): Promise<void> {
  for (let from = 0; from < 528; from += 24) {
    await appendAll(ledger, from, from + 24);
    acknowledged(from + 24);
    if (from % 48 === 0) await fold(ledger);
  }
}

const expected = (size: number): string[] => Array.from({ length: size }, (_, n) => entry(n));

describe("spares", () => {
  const pool = (dir: string, more: Partial<Disk> = {}, rest = 0) =>
    new Spares(dir, { ...realDisk, ...more }, { kind: "file", rest, max: 3 });
  const file = (dir: string, name: string): string => {
    writeFileSync(join(dir, name), name);
    return join(dir, name);
  };

  test("one is used again when its old name is durably gone, the oldest first, and not before it has rested", async () => {
    const dir = freshDir();
    const all = pool(dir, {}, 1);
    await all.retire(file(dir, "a"));
    await all.retire(file(dir, "b"));
    expect(all.take()).toBeUndefined();
    await all.settle();
    await all.retire(file(dir, "c"));
    expect(readFileSync(all.take()!, "utf8")).toBe("a");
    expect(readFileSync(all.take()!, "utf8")).toBe("b");
    expect(all.take()).toBeUndefined(); // c rests, and its old name may come back
    await all.settle();
    expect(all.take()).toBeUndefined();
  });

  test("what cannot be synced is not used; what comes and goes meanwhile is counted right", async () => {
    const dir = freshDir();
    let run = (): Promise<void> => Promise.reject(new Error("EIO"));
    const all = pool(dir, { syncFolder: () => run() });
    await all.retire(file(dir, "a"));
    await expect(all.settle()).rejects.toThrow("EIO");
    expect(all.take()).toBeUndefined();
    run = () => Promise.resolve();
    await all.settle();
    run = async () => {
      expect(readFileSync(all.take()!, "utf8")).toBe("a");
      await all.retire(file(dir, "late"));
    };
    await all.retire(file(dir, "b"));
    await all.settle();
    expect(readFileSync(all.take()!, "utf8")).toBe("b");
    expect(all.take()).toBeUndefined();
  });

  test("more than the pool holds, and what cannot be renamed into it, is removed; what is not there is no error", async () => {
    const dir = freshDir();
    const all = pool(dir);
    for (const name of ["a", "b", "c", "d"]) await all.retire(file(dir, name));
    expect(filesIn(dir)).toHaveLength(3);
    const elsewhere = freshDir();
    const far = pool(elsewhere, { rename: () => Promise.reject(Object.assign(new Error("EXDEV"), { code: "EXDEV" })) });
    await far.retire(file(elsewhere, "a"));
    await far.retire(join(elsewhere, "nowhere"));
    expect([filesIn(elsewhere), far.take()]).toEqual([[], undefined]);
  });

  test.each(["put", "rename", "link"] as const)(
    "a file exchanged while %s fails is the old one or the new one, and no litter",
    async (what) => {
      for (const fault of ["failed", "held"] as const) {
        const dir = freshDir();
        const disk = faultyDisk((operation) => (operation === what ? fault : null));
        const all = new Spares(dir, disk, { kind: "file", rest: 0, max: 3 });
        const path = file(dir, "head");
        const isDone = await all.exchange(path, Buffer.from("new")).then(
          () => true,
          () => false,
        );
        expect(isDone).toBe(what === "link"); // no spare then, but the new file
        expect(readFileSync(path, "utf8")).toBe(isDone || (what === "rename" && fault === "held") ? "new" : "head");
        await all.settle();
        expect(all.take()).toBeUndefined();
        if (what !== "link") expect(filesIn(dir)).toEqual(["head"]);
      }
    },
  );
});

test("a ledger that goes on makes no file but full tiles, and a closed one holds no spare", async () => {
  const dir = freshDir();
  const ledger = await open(dir, never);
  const folds = async (from: number, to: number): Promise<void> => {
    for (let n = from; n < to; n++) {
      await appendAll(ledger, n * 4, n * 4 + 4);
      await fold(ledger);
    }
  };
  const inodes = (): number[] => filesIn(dir).map((path) => statSync(join(dir, path)).ino);
  await folds(0, 20);
  const before = new Set(inodes());
  await folds(20, 60);
  expect(inodes().filter((ino) => !before.has(ino))).toEqual([]);
  // Over a tile's border: a new level's partial tile, the full ones, and folders that held the old partial ones.
  const folder = statSync(join(dir, "tile/0/000.p")).ino;
  await folds(60, 80);
  const made = filesIn(dir).filter((path) => !before.has(statSync(join(dir, path)).ino));
  expect(made.filter((path) => /^tile.*\d{3}$/.test(path))).toEqual(["tile/0/000", "tile/entries/000"]);
  expect(made.length).toBeLessThanOrEqual(2 + 1);
  expect(existsSync(join(dir, "tile/0/000.p"))).toBe(false);
  const folders = ["tile/0/001.p", "tile/entries/001.p", "tile/1/000.p"].map((path) => statSync(join(dir, path)).ino);
  expect(folders).toContain(folder);
  await ledger.close();
  expect(spares(dir)).toEqual([]);
  expect(await entriesOf(dir)).toEqual(expected(320));
  expect(runVerify(dir, {}).code).toBe(0);
});

const FREQUENT = new Set<Operation>(["write", "put", "makeFolder", "remove"]);

describe("a crash after every step", () => {
  test.each(["strict", "batched"] as const)(
    "%s: nothing acknowledged is lost, nothing old comes back",
    { timeout: 60_000 },
    async (durability) => {
      const dir = freshDir();
      let acknowledged = 0;
      const images: { image: string; size: number; operation: Operation }[] = [];
      let steps = 0;
      const disk = steppedDisk((operation) => {
        // Every step of those that files are used again by; of the others, which the faults below meet too, some.
        if (FREQUENT.has(operation) ? steps++ % 6 === 0 : acknowledged > 240)
          images.push({ image: crashImage(dir), size: acknowledged, operation });
      });
      await (await open(dir)).close();
      const ledger = await open(dir, { ...small, durability, disk });
      await work(ledger, (size) => {
        acknowledged = size;
      });
      await ledger.close();
      const seen = new Set(images.map(({ operation }) => operation));
      expect([...seen]).toEqual(
        expect.arrayContaining(["open", "put", "link", "rename", "remove", "truncate", "write"]),
      );
      for (const { image, size, operation } of images) {
        const verified = runVerify(image, {}).text;
        // The bytes of a commit that is being written are the only fault there may be.
        if (operation !== "write") expect(verified).toContain("no fault");
        const again = await open(image);
        if (operation !== "write") expect(again.recovered.tornBytes).toBe(0);
        const found = again.head().size;
        expect(found).toBeGreaterThanOrEqual(size);
        await again.close();
        expect(await entriesOf(image)).toEqual(expected(found));
        expect(spares(image)).toEqual([]);
        expect(runVerify(image, {}).text).toContain("no fault");
        rmSync(image, { recursive: true });
      }
      expect(images.length).toBeGreaterThan(80);
    },
  );

  test("spares of a killed process, second names of living files among them, are removed and never written", async () => {
    const dir = freshDir();
    const ledger = await open(dir, small);
    await work(ledger);
    expect(spares(dir).length).toBeGreaterThan(8);
    const image = crashImage(dir);
    await ledger.close();
    const living = ["checkpoint", ...filesIn(image).filter((path) => /^tile.*\.p\/|segment\/\d+$/.test(path))];
    for (const [nth, path] of living.entries())
      linkSync(join(image, path), join(image, `segment/spare-file-${nth}99.tmp`));
    mkdirSync(join(image, "segment/spare-folder-9.tmp"));
    const again = await open(image, never);
    // What is there now was made by this start's own fold.
    expect(spares(image).filter((path) => path.includes("99.tmp"))).toEqual([]);
    expect(existsSync(join(image, "segment/spare-folder-9.tmp"))).toBe(false);
    for (let n = 528; n < 600; n += 4) {
      await appendAll(again, n, n + 4);
      await fold(again);
    }
    await again.close();
    expect(await entriesOf(image)).toEqual(expected(600));
    expect(runVerify(image, {}).text).toContain("no fault");
    expect(filesIn(image).filter((path) => path.startsWith("segment/"))).toEqual([]);
  });
});

describe.each(["failed", "held"] as const)("each operation once while files are used again: %s", (fault: Fault) => {
  test("what was acknowledged stays, and the next fold makes the rest good", { timeout: 60_000 }, async () => {
    let isReached = true;
    for (let wrongAt = 0; isReached; wrongAt++) {
      isReached = false;
      let isArmed = false;
      let nth = 0;
      const disk = faultyDisk(() => {
        if (!isArmed || nth++ !== wrongAt) return null;
        isReached = true;
        return fault;
      });
      const dir = freshDir();
      const ledger = await open(dir, { ...small, disk });
      const kept = new Map<number, string>();
      let n = 0;
      const some = (): Promise<unknown> =>
        Promise.all(
          Array.from({ length: 24 }, () => {
            const text = entry(n++);
            return ledger.append(text).then(
              (index) => kept.set(index, text),
              () => {},
            );
          }),
        );
      for (let round = 0; round < 5; round++) {
        await some();
        await fold(ledger);
      }
      isArmed = true;
      for (let round = 0; round < 3; round++) {
        await some();
        await fold(ledger).catch(() => {});
      }
      const image = crashImage(dir);
      await ledger.close().catch(() => {});
      for (const folder of [image, dir]) {
        await (await open(folder)).close();
        const entries = await entriesOf(folder);
        for (const [index, text] of kept) expect(entries[index]).toBe(text);
        expect(runVerify(folder, {}).text).toContain("no fault");
        rmSync(folder, { recursive: true });
      }
      if (!isReached) expect(wrongAt).toBeGreaterThan(45);
    }
  });
});

describe("the zeros behind a prepared segment's commits", () => {
  const golden = readFileSync(join(GOLDEN, "segment"));
  const border = golden.lastIndexOf("yml1");
  const zeros = Buffer.alloc(200_000);
  /** As the first commit of its own segment. */
  const second = Buffer.from(golden.subarray(border));
  sealFrame(second, 302, 0);
  const image = (segments: Record<string, Buffer>): string => {
    const dir = crashImage(join(GOLDEN, "ledger"));
    mkdirSync(join(dir, "segment"));
    for (const [first, bytes] of Object.entries(segments))
      writeFileSync(join(dir, `segment/0000000000000${first}`), bytes);
    return dir;
  };

  test.each<[string, Record<string, Buffer>]>([
    ["are its end", { 300: Buffer.concat([golden, zeros]) }],
    ["are all of one that was never written", { 300: golden, 305: zeros }],
    [
      "are the end of one that has a successor",
      {
        300: Buffer.concat([golden.subarray(0, border), zeros]),
        302: Buffer.concat([second, Buffer.alloc(1)]),
      },
    ],
  ])("%s", async (_, segments) => {
    const dir = image(segments);
    expect(JSON.parse(runVerify(dir, { json: true }).text)).toMatchObject({ ok: true, size: 300, tail: 5 });
    expect(await entriesOf(dir)).toEqual(goldenEntries);
    const events: unknown[] = [];
    const ledger = await open(dir, { onEvent: (event) => events.push(event) });
    expect([ledger.recovered, events]).toEqual([{ entries: 5, tornBytes: 0 }, []]);
    await ledger.close();
    expect(await entriesOf(dir)).toEqual(goldenEntries);
  });

  test.each([0, 1, 31, 32, 65_535, 65_536, 199_999])(
    "with another byte among them at %i are a torn tail",
    async (at) => {
      const bent = Buffer.from(zeros);
      bent[at] = 1;
      const dir = image({ 300: Buffer.concat([golden, bent]) });
      expect(runVerify(dir, {}).text).toMatch(new RegExp(`0300 byte ${golden.length}: .*frame_invalid`));
      const ledger = await open(dir);
      expect(ledger.recovered).toEqual({ entries: 5, tornBytes: at + 1 });
      await ledger.close();
      const followed = image({ 300: Buffer.concat([golden, bent]), 305: zeros });
      await expect(open(followed)).rejects.toMatchObject({ code: "ledger_unavailable" });
    },
  );

  test("in the place of a commit that was on disk are damage", async () => {
    const hole = Buffer.from(golden).fill(0, 0, border);
    const dir = image({ 300: Buffer.concat([hole, zeros]) });
    expect(runVerify(dir, {}).text).toMatch(/0300 byte 0: .*frame_invalid/);
    await expect(open(dir)).rejects.toMatchObject({ code: "ledger_unavailable" });
    const missing = image({ 300: zeros, 302: second });
    expect(runVerify(missing, {}).text).toMatch(/0302 byte 0: .*index_gap/);
    await expect(open(missing)).rejects.toMatchObject({ code: "ledger_unavailable" });
  });
});

describe("a full tile that no checkpoint names", () => {
  const paths = ["tile/0/000", "tile/entries/000"] as const;
  /** 300 entries in segments, a checkpoint of 10. */
  let crashed: string;
  let whole: Map<string, Buffer>;
  beforeAll(async () => {
    const dir = freshDir();
    const ledger = await open(dir, never);
    await appendAll(ledger, 0, 10);
    await fold(ledger);
    await appendAll(ledger, 10, 300);
    crashed = crashImage(dir);
    await ledger.close();
    whole = new Map(paths.map((path) => [path, readFileSync(join(dir, path))]));
  });

  const torn: Record<string, (bytes: Buffer) => Buffer> = {
    empty: () => Buffer.alloc(0),
    "its first half": (bytes) => bytes.subarray(0, bytes.length >> 1),
    "zeros for all of it": (bytes) => Buffer.alloc(bytes.length),
    "zeros for a page": (bytes) => Buffer.from(bytes).fill(0, 4096, 8192),
    whole: (bytes) => bytes,
  };
  test.each(paths.flatMap((path) => Object.keys(torn).map((how) => [path, how] as const)))(
    "%s torn to %s is trusted by nobody and written anew",
    async (path, how) => {
      const dir = crashImage(crashed);
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), torn[how]!(whole.get(path)!));
      expect(await entriesOf(dir)).toEqual(expected(300));
      expect(JSON.parse(runVerify(dir, { json: true }).text)).toMatchObject({ ok: true, size: 10, tail: 290 });
      await (await open(dir)).close();
      expect(readFileSync(join(dir, path)).equals(whole.get(path)!)).toBe(true);
      expect(runVerify(dir, {}).text).toContain("no fault");
      // Once a checkpoint names it, the same tear is a fault.
      if (how === "whole") return;
      writeFileSync(join(dir, path), torn[how]!(whole.get(path)!));
      expect(runVerify(dir, {}).code).toBe(1);
    },
  );

  test.each(paths)("%s that is not torn but other, or longer, is a fault until it is written anew", async (path) => {
    const other = Buffer.from(whole.get(path)!);
    other[40]! ^= 1;
    for (const bytes of [other, Buffer.concat([whole.get(path)!, Buffer.of(0)])]) {
      const dir = crashImage(crashed);
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), bytes);
      expect(runVerify(dir, {}).text).toContain(`${path}: `);
      await (await open(dir)).close();
      expect(runVerify(dir, {}).text).toContain("no fault");
    }
  });

  test("holds no entry that a power cut could still take from its segment, batched", async () => {
    const unsynced = new Set<number>();
    const early: string[] = [];
    const disk: Disk = {
      ...realDisk,
      write: (fd, bytes, at) => realDisk.write(fd, bytes, at).then(() => void unsynced.add(fd)),
      datasync: (fd) => realDisk.datasync(fd).then(() => void unsynced.delete(fd)),
      // A fold's first step: before its timer syncs what waits anyway.
      makeFolder: (path) => {
        if (path.includes("/tile/") && unsynced.size > 0) early.push(path);
        return realDisk.makeFolder(path);
      },
    };
    const ledger = await open(freshDir(), { ...never, durability: "batched", disk });
    await appendAll(ledger, 0, 300);
    expect(unsynced.size).toBe(1);
    await fold(ledger);
    expect(early).toEqual([]);
    await ledger.close();
  });

  test("is more lenient than a partial one, which only ever appears whole", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(20 * 32), whole.get("tile/0/000")!.subarray(0, 19 * 32)]) {
      const dir = crashImage(crashed);
      writeFileSync(join(dir, "tile/0/000.p/20"), bytes);
      expect(runVerify(dir, {}).text).toContain("tile/0/000.p/20: ");
    }
  });

  test("is not opened again when its fold fails behind the checkpoint that names it", async () => {
    const dir = freshDir();
    const puts: string[] = [];
    let isSick = false;
    const disk: Disk = {
      ...realDisk,
      put: (path, bytes) => {
        puts.push(path);
        return realDisk.put(path, bytes);
      },
      syncFolder: (path) => (isSick && path === dir ? Promise.reject(new Error("EIO")) : realDisk.syncFolder(path)),
    };
    const ledger = await open(dir, { ...never, disk });
    await appendAll(ledger, 0, 300);
    isSick = true;
    await expect(fold(ledger)).rejects.toThrow("EIO");
    expect(readFileSync(join(dir, "checkpoint"), "utf8")).toContain("\n300\n");
    await appendAll(ledger, 300, 310);
    isSick = false;
    await ledger.close();
    for (const path of paths) expect(puts.filter((each) => each === join(dir, path))).toHaveLength(1);
    expect(runVerify(dir, {}).text).toContain("no fault");
  });
});

describe("the next segment", () => {
  const prepared = (dir: string): boolean => segmentsOf(dir).some(({ path }) => statSync(path).size === 8_192);

  test("is prepared beside under load, and taken from one that was left", async () => {
    const dir = freshDir();
    const opened: string[] = [];
    const disk: Disk = {
      ...realDisk,
      open: (path) => {
        opened.push(path);
        return realDisk.open(path);
      },
    };
    const ledger = await open(dir, { ...small, disk });
    let size = 0;
    while (!(prepared(dir) && opened.length > 0) && size < 10_000) {
      await appendAll(ledger, size, size + 24);
      size += 24;
      if (size % 96 === 0) await fold(ledger);
    }
    expect(prepared(dir)).toBe(true);
    expect(opened.every((path) => path.includes("spare-segment-"))).toBe(true);
    await ledger.close();
    expect(await entriesOf(dir)).toEqual(expected(size));
  });

  test.each(["create", "open", "truncate", "write", "datasync", "link"] as const)(
    "that cannot be prepared (%s fails) fails no commit: plain ones are used",
    async (operation) => {
      const full = (): Promise<never> => Promise.reject(Object.assign(new Error("ENOSPC"), { code: "ENOSPC" }));
      const fds = new Set<number>();
      const note = async (path: string, opening: Promise<number>): Promise<number> => {
        const fd = await opening;
        if (path.includes("spare-")) fds.add(fd);
        else fds.delete(fd);
        return fd;
      };
      let failures = 0;
      const isOver = (wrong: boolean): boolean => {
        if (wrong) failures++;
        return wrong;
      };
      const on = (fd: number, what: string): boolean => isOver(operation === what && fds.has(fd));
      const disk: Disk = {
        ...realDisk,
        create: (path) =>
          isOver(operation === "create" && path.includes("spare-")) ? full() : note(path, realDisk.create(path)),
        open: (path) => (isOver(operation === "open") ? full() : note(path, realDisk.open(path))),
        truncate: (fd, bytes) => (on(fd, "truncate") ? full() : realDisk.truncate(fd, bytes)),
        write: (fd, bytes, at) => (on(fd, "write") ? full() : realDisk.write(fd, bytes, at)),
        datasync: (fd) => (on(fd, "datasync") ? full() : realDisk.datasync(fd)),
        link: (path, name) =>
          isOver(operation === "link" && /\d{16}$/.test(name)) ? full() : realDisk.link(path, name),
        close: (fd) => {
          fds.delete(fd);
          return realDisk.close(fd);
        },
      };
      const dir = freshDir();
      const events: unknown[] = [];
      const ledger = await open(dir, { ...small, disk, onEvent: (event) => events.push(event) });
      await work(ledger);
      expect(failures).toBeGreaterThan(0);
      // Without the one way to a file there is still the other.
      if (operation !== "open" && operation !== "create") expect(prepared(dir)).toBe(false);
      expect(events).toEqual([]);
      await ledger.close();
      expect(await entriesOf(dir)).toEqual(expected(528));
      expect(spares(dir)).toEqual([]);
    },
  );

  test("whose name is taken, by whom ever, is not written: the commit is refused", async () => {
    const dir = freshDir();
    const ledger = await open(dir, small);
    let size = 0;
    const next = (): string => join(dir, "segment", String(size).padStart(16, "0"));
    // Both ways to a name: the first segment is plain, a later one prepared.
    for (const isReady of [false, true]) {
      while (isReady && !prepared(dir)) await appendAll(ledger, size, ++size);
      for (;;) {
        if (!existsSync(next())) writeFileSync(next(), "another's");
        const isTaken = await ledger.append(entry(size)).then(
          () => false,
          () => true,
        );
        if (isTaken) break;
        rmSync(next(), { force: true });
        size++;
      }
      expect(readFileSync(next(), "utf8")).toBe("another's");
      rmSync(next());
      await appendAll(ledger, size, ++size);
    }
    await ledger.close();
    expect(await entriesOf(dir)).toEqual(expected(size));
  });
});

test("a segment that a fold takes away while it is read does not hide the one behind it", async () => {
  const dir = crashImage(join(GOLDEN, "ledger"));
  mkdirSync(join(dir, "segment"));
  symlinkSync("nowhere", join(dir, "segment/0000000000000200"));
  writeFileSync(join(dir, "segment/0000000000000300"), readFileSync(join(GOLDEN, "segment")));
  expect(await entriesOf(dir)).toEqual(goldenEntries);
});
