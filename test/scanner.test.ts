// The WebAssembly that is checked in. Law: it is what the AssemblyScript beside it compiles to, byte for byte.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const COMPILE = join(import.meta.dirname, "../scripts/scanner/compile.mjs");
const run = (...args: string[]) => spawnSync(process.execPath, [COMPILE, ...args], { encoding: "utf8" });

test("the bytes checked in are what the source compiles to", () => {
  const { status, stdout, stderr } = run("--check");
  expect([stderr, stdout, status]).toEqual([
    expect.any(String),
    expect.stringMatching(
      /^src\/decode\/json\/runs: \d+ bytes, the same\nsrc\/decode\/signs: \d+ bytes, the same\nsrc\/find\/scan\/stops: \d+ bytes, the same\n$/,
    ),
    0,
  ]);
});

test("it says what it does, and refuses what it does not know", () => {
  expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("Examples") });
  expect(run("--chekc")).toMatchObject({ status: 2, stderr: expect.stringContaining("--chekc?") });
});
