// What LMDB promised stands after SIGKILL: a child on compiled code is killed in the middle of writing.

import { execFileSync, fork, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import type { CountKey, PersonKey } from "../src/words.ts";

const repository = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "yumen-durable-"));
const dist = join(folder, "dist");

beforeAll(() => {
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const config = join(folder, "tsconfig.json");
  const compilerOptions = { rootDir: join(repository, "src"), outDir: dist, sourceMap: false, incremental: false };
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(repository, "tsconfig.build.json"),
      compilerOptions: { ...compilerOptions, typeRoots: [join(repository, "node_modules/@types")] },
      include: [join(repository, "src/io/stores")],
    }),
  );
  execFileSync("npx", ["tsc", "-p", config], { cwd: repository, stdio: "inherit" });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the child until it has told of `enough` writes, kills it, and says how far it had told. */
async function writeUntilKilled(dir: string, enough: number, mode = ""): Promise<number> {
  const child = fork(join(repository, "test/contracts/durable/child.mjs"), [dist, dir, mode]);
  let told = 0;
  child.on("message", (n: number) => {
    told = n;
    if (n === enough) child.kill("SIGKILL");
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((done) => {
    child.on("close", (...how) => done(how));
  });
  expect([code, signal]).toEqual([null, "SIGKILL"]);
  return told;
}

const keyOf = (n: number) => Buffer.from(n.toString().padStart(16, "0")).toString("base64url");

test("killed right after the promise resolved, three times over: everything told is there", async () => {
  for (const round of [1, 2, 3]) {
    const dir = join(folder, `data-${round}`);
    const told = await writeUntilKilled(dir, round * 7);
    expect(told).toBeGreaterThanOrEqual(round * 7);
    const { people, consent, close } = await openLmdbStores(dir);
    // each person, and as many stated
    expect(people.counts("acme", 2026).nonSensitive).toBeGreaterThanOrEqual(2 * told);
    expect(people.statements("acme", 2026)[0]!.gross).toBeGreaterThanOrEqual(told);
    for (let n = 1; n <= told; n++) {
      expect(people.counted("acme", 2026, keyOf(n) as CountKey).nonSensitive).toBe(true);
      expect(people.reached("acme", 2026, keyOf(n) as CountKey)).toEqual([`recipient-${n % 3}`]);
      const alias = keyOf(n + 1_000_000) as PersonKey;
      const person = consent.resolve("acme", alias);
      expect(consent.state("acme", person, "openai", "support")?.granted).toBe(true);
    }
    await people.admit("acme", 2026, [], { nonSensitive: null, sensitive: null });
    await close();
  }
}, 60_000);

test("killed amid batches, three times into one file: what was told is there, and what was not is whole or absent", async () => {
  const dir = join(folder, "data-batches");
  for (const round of [1, 2, 3]) {
    const told = await writeUntilKilled(dir, round * 4, "batches");
    const { consent, close } = await openLmdbStores(dir);
    const recorded = Number(consent.cursor());
    expect(recorded).toBeGreaterThanOrEqual(told * 700);
    let found = 0;
    for (let n = 700; found < recorded && n < 700_000; n++) {
      const key = keyOf(n) as PersonKey;
      const history = consent.history("acme", key);
      found += history.length;
      const state = consent.state("acme", consent.resolve("acme", key), "openai", "support");
      expect(state?.granted ?? null).toBe(history.length === 1 ? true : null);
      if (n < (told + 1) * 700) expect(history).toHaveLength(1);
      if (history.length === 1) expect(consent.members("acme", key)).toHaveLength(1 + (n % 2));
    }
    expect(found).toBe(recorded);
    await close();
  }
}, 60_000);

test("a full disk refuses, ends no process, and what was promised before is there", async () => {
  const dir = join(folder, "data-full");
  // A limit on file size stands for a full disk: the same writes fail, and it needs no mount.
  const script = join(repository, "test/contracts/durable/child.mjs");
  const limited = ["-c", 'ulimit -f 600; exec "$0" "$@"', process.execPath, script, dist, dir, "full"];
  const child = spawn("bash", limited, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const messages: (number | { refused: string[] })[] = [];
  child.on("message", (message: number) => messages.push(message));
  const code = await new Promise((done) => child.on("close", done));
  expect(code).toBe(0);
  expect(messages.pop()).toEqual({ refused: ["store_unavailable", "store_unavailable", "store_unavailable"] });
  expect(messages.length).toBeGreaterThan(3);

  const { people, close } = await openLmdbStores(dir);
  for (const n of messages as number[]) {
    for (const i of [0, 1, 199]) {
      expect(people.counted("acme", 2026, keyOf(n + i * 1_000) as CountKey).nonSensitive).toBe(true);
    }
  }
  await close();
}, 60_000);

test("a full disk amid batches: what was told is there, what was refused is whole or absent, and then all is well", async () => {
  const dir = join(folder, "data-full-batches");
  const script = join(repository, "test/contracts/durable/child.mjs");
  const limited = ["-c", 'ulimit -f 4000; exec "$0" "$@"', process.execPath, script, dist, dir, "full-batches"];
  const child = spawn("bash", limited, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const messages: (number | { refused: string[] })[] = [];
  child.on("message", (message: number) => messages.push(message));
  expect(await new Promise((done) => child.on("close", done))).toBe(0);
  const { refused } = messages.pop() as { refused: string[] };
  expect([...new Set(refused)]).toEqual(["store_unavailable"]);
  expect(messages.length).toBeGreaterThan(2);

  const { consent, close } = await openLmdbStores(dir);
  const granted = (n: number) => consent.state("acme", keyOf(n) as PersonKey, "openai", "support")?.granted === true;
  for (const one of messages as number[]) for (let i = 0; i < 700; i++) expect(granted(one * 700 + i)).toBe(true);
  let found = 0;
  for (let n = 700; n < 700 * 60; n++) {
    const events = consent.history("acme", keyOf(n) as PersonKey).length;
    expect(events === 1).toBe(granted(n));
    found += events;
  }
  expect(found).toBe(Number(consent.cursor()));
  const [event] = consent.history("acme", keyOf((messages as number[])[0]! * 700) as PersonKey);
  expect((await consent.recordAll([{ event: event! }]))[0]).toMatchObject({ added: false });
  const later = { ...event!, event: "later", person: keyOf(9_999_999) as PersonKey };
  expect((await consent.recordAll([{ event: later }]))[0]).toMatchObject({ added: true, cursor: String(found + 1) });
  await close();
}, 60_000);
