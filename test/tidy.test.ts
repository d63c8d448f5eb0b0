// Style that fails the build: layers, sizes, banned calls, registries. The guard has a table of its own violations.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FIND_PARTS } from "./tidy/layers.ts";
import { violations } from "./tidy/violations.ts";

const SRC = join(import.meta.dirname, "../src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => path.replaceAll("\\", "/"));

test("src holds to the rules of the house", () => {
  const found = files.flatMap((path) => violations(path, readFileSync(join(SRC, path), "utf8")));
  expect(found).toEqual([]);
});

const folders = (path: string) =>
  readdirSync(join(SRC, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

describe("a registry names exactly the folders beside it", () => {
  test("find/all.ts", async () => {
    const { DETECTORS } = await import("../src/find/all.ts");
    expect(DETECTORS.map((detector) => detector.type).sort()).toEqual(
      folders("find").filter((name) => !FIND_PARTS.has(name)),
    );
  });
  test("decide/all.ts", async () => {
    const { RULES } = await import("../src/decide/all.ts");
    expect(RULES.map((rule) => rule.name).sort()).toEqual(folders("decide/rules"));
  });
  test("decode/providers/all.ts", async () => {
    const { PROVIDERS } = await import("../src/decode/providers/all.ts");
    expect([...PROVIDERS.keys()].sort()).toEqual(folders("decode/providers"));
  });
});

const LAW = "// A law.\n";
const long = (n: number, line = "export const x = 1;") => `${LAW}${`${line}\n`.repeat(n)}`;

test.each([
  ["a stage imports io", "find/find.ts", `${LAW}import { x } from "../io/clock.ts";`, /find knows only words/],
  ["… for its side effects", "find/find.ts", `${LAW}import "../io/clock.ts";`, /find knows only words/],
  ["… lazily", "law/law.ts", `${LAW}const x = () => import("../io/clock.ts");`, /law knows only words/],
  [
    "a stage imports another",
    "law/law.ts",
    `${LAW}import type { X } from "../decide/decide.ts";`,
    /law knows only words/,
  ],
  [
    "a detector imports another",
    "find/cn-id/detector.ts",
    `${LAW}import { x } from "../uscc/detector.ts";`,
    /one unit/,
  ],
  ["a rule imports another", "decide/rules/law/rule.ts", `${LAW}import { x } from "../head/rule.ts";`, /one unit/],
  ["a stage reads a file", "decide/decide.ts", `${LAW}import { readFileSync } from "node:fs";`, /touch the world/],
  ["the gate imports io", "gate.ts", `${LAW}import { x } from "./io/clock.ts";`, /only stages/],
  ["io imports the command line", "io/x.ts", `${LAW}import { x } from "../cli/law.ts";`, /command line/],
  ["words imports", "words.ts", `${LAW}import { x } from "./gate.ts";`, /imports nothing/],
  ["words has logic", "words.ts", `${LAW}export function f() {}`, /types only/],
  ["a package away from home", "io/serve/server.ts", `${LAW}import { z } from "undici";`, /lives in io\/dial/],
  ["a package without a home", "io/x.ts", `${LAW}import x from "left-pad";`, /without a home/],
  ["a package in a stage", "flow/flow.ts", `${LAW}import { z } from "zod";`, /lives in io/],
  ["the time in a stage", "flow/flow.ts", `${LAW}const now = Date.now();`, /Date/],
  ["the time in a stage, otherwise", "flow/flow.ts", `${LAW}const now = new Date();`, /Date/],
  ["chance in a stage", "act/act.ts", `${LAW}const x = Math.random();`, /random/],
  ["waiting in a stage", "act/act.ts", `${LAW}export async function f() {}`, /synchronous/],
  ["printing in a stage", "act/act.ts", `${LAW}console.log(1);`, /io logs/],
  ["the environment in a stage", "act/act.ts", `${LAW}const x = process.env;`, /argument/],
  ["a long file", "io/x.ts", long(301), /302 lines/],
  ["a long gate", "gate.ts", long(201), /202 lines/],
  ["a long line", "io/x.ts", `${LAW}${"x".repeat(121)}`, /121 columns/],
  ["a long function", "io/x.ts", `${LAW}function f() {\n${"  x();\n".repeat(70)}}\n`, /function of 72/],
  [
    "a long method",
    "io/x.ts",
    `${LAW}class A {\n  m(a: number): void {\n${"    x();\n".repeat(70)}  }\n}\n`,
    /function of 72/,
  ],
  ["no law", "io/x.ts", "export const x = 1;", /opens with its law/],
  ["a name that says nothing", "io/utils.ts", LAW, /says nothing/],
  ["a silenced type", "io/x.ts", `${LAW}const x = y as any;`, /type checker/],
  ["an unfinished thought", "io/x.ts", `${LAW}// TODO later`, /unfinished/],
])("tidy sees %s", (_, path, text, says) => {
  expect(violations(path, text).join("\n")).toMatch(says);
});

test.each([
  ["a mention in a comment", "act/act.ts", `${LAW}// never Date.now here`],
  ["a mention in a string", "act/act.ts", `${LAW}const says = "no async";`],
  ["decide imports law", "decide/decide.ts", `${LAW}import { x } from "../law/law.ts";`],
  ["io imports a stage", "io/x.ts", `${LAW}import { x } from "../law/law.ts";`],
  ["an instant made of an argument", "flow/flow.ts", `${LAW}const at = new Date(atMs);`],
])("tidy allows %s", (_, path, text) => {
  expect(violations(path, text)).toEqual([]);
});
