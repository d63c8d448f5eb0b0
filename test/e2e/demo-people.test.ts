// docs/demo.md is its own table: each command with what comes of it. Pasted against a real start, in its order, after the
// four lines that the start prints; then all of it once more. What is left in the ledger holds nobody's number.

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { banner, countsOf, curlOf, TRIES } from "../../src/io/demo/banner.ts";
import { readEntries } from "../../src/io/ledger/read.ts";
import { loadDemo } from "../../src/io/policy/people.ts";
import { freshData, type Gate, ROOT, startGate } from "./gate.ts";

const run = promisify(execFile);
let gate: Gate;
/** Where a stranger stands: the repository, its data beside it. */
let folder: string;
beforeAll(async () => {
  gate = await startGate(freshData());
  folder = mkdtempSync(join(tmpdir(), "yumen-stranger-"));
  for (const name of ["bin", "policies"]) symlinkSync(join(ROOT, name), join(folder, name));
  symlinkSync(gate.data, join(folder, ".yumen"));
});
afterAll(async () => {
  await gate.kill();
  for (const path of [gate.data, folder]) rmSync(path, { recursive: true, force: true });
});

interface Pasted {
  readonly promise: string;
  readonly command: string;
}

const PAGE = readFileSync(join(ROOT, "docs/demo.md"), "utf8");
const [WORDS, ...BLOCKS] = [...PAGE.matchAll(/```sh\n([^`]*)```/g)].map(([, text]) => text!);
const STEPS: readonly Pasted[] = BLOCKS.map((text) => {
  const [first, ...command] = text.trim().split("\n");
  return { promise: first!.replace(/^# /, ""), command: command.join("\n") };
});

/** The ports of this start for those of the page, and the answer's head kept beside. */
const words = () =>
  WORDS!
    .replaceAll("http://127.0.0.1:8787", gate.gate)
    .replace("curl -s ", `curl -s -D ${join(folder, "head")} `)
    .replace('yumen.mjs "$@"', `yumen.mjs "$@" $(case $1 in counts|status|consent) echo --admin ${gate.admin};; esac)`);

async function paste(command: string): Promise<{ code: number; out: string }> {
  const options = { cwd: folder, env: { ...process.env, LANG: "zh_CN.UTF-8", YUMEN_ADMIN_TOKEN: "" } };
  const done = await run("bash", ["-c", `${words()}${command}`], options).catch((failed) => failed);
  return { code: done.code ?? 0, out: done.stdout };
}

async function people(): Promise<string> {
  const { exporters } = JSON.parse((await paste("yumen counts --json")).out);
  const { nonSensitive, sensitive, gross } = exporters[0].counts;
  return `${nonSensitive} / ${sensitive} / ${gross}`;
}

/** What the last answer's head says. */
function header(name: string): string | undefined {
  return new RegExp(`^${name}: (.*?)\\r?$`, "im").exec(readFileSync(join(folder, "head"), "utf8"))?.[1];
}

/** Decision → the reason that the page promises. */
const promised = new Map<string, string>();

async function keeps({ promise, command }: Pasted): Promise<void> {
  const { code, out } = await paste(command);
  const [, exit] = /exit (\d)/.exec(promise) ?? [];
  expect(code).toBe(Number(exit ?? 0));
  const [, prints] = /prints (.+)$/.exec(promise) ?? [];
  if (prints !== undefined) expect(out).toContain(prints);
  const [, action, reason] = /^(forward|pseudonymize|block)(?: (\w+))?/.exec(promise) ?? [];
  if (action === undefined) return;
  expect(header("x-yumen-action")).toBe(action);
  if (reason !== undefined) promised.set(header("x-yumen-decision")!, reason);
}

test("the page promises something of every command", () => {
  expect(STEPS.length).toBeGreaterThan(15);
  for (const { promise, command } of STEPS) {
    expect(promise).toMatch(/^(?:forward|pseudonymize|block \w+|exit \d)(?: · |$)/);
    expect(command).not.toBe("");
  }
});

test("the four lines, and the fifth: phone and ID card are one person", async () => {
  for (const { command } of gate.try) await run("bash", ["-c", command]);
  const ready = JSON.parse(/^\{"ready".*$/m.exec(gate.output())![0]);
  const { stdout } = await run("bash", ["-c", ready.people.command], { cwd: ROOT });
  const [said] = /\d+ \/ \d+ \/ \d+/.exec(ready.people.says)!;
  expect(stdout.split("\n")[0]).toContain(said);
  expect(ready.people.page).toMatch(/docs\/demo\.md$/);
});

test.each(["zh", "en"] as const)("on a terminal the same lines stand, %s", (language) => {
  const here = { admin: gate.admin, data: gate.data, bin: "bin/yumen.mjs", page: "docs/demo.md" };
  const text = banner("1", { gate: gate.gate, overseas: gate.overseas, ...here }, language);
  for (const line of [...TRIES.map((one) => curlOf(one, gate.gate)), countsOf(here), here.page])
    expect(text).toContain(line);
});

describe("the page, as it is pasted", () => {
  test.each(STEPS.map((step) => [step.promise, step.command, step] as const))("%s: %s", async (promise, _, step) => {
    await keeps(step);
    const [, counted] = /people ([\d/ ]+\d)/.exec(promise) ?? [];
    if (counted !== undefined) expect(await people()).toBe(counted);
  });
});

test("all of it once more: the same answers, and nobody is counted again", async () => {
  const before = await people();
  for (const step of STEPS) await keeps(step);
  expect(await people()).toBe(before);
});

test("a second start tells nothing anew: not the people, not the opening, and no consent that was withdrawn", async () => {
  await paste("yumen consent withdraw id:u-1001 --exporter example-retail");
  const before = await people();
  expect(await gate.stop()).toBe(0);
  gate = Object.assign(await startGate(gate.data), {});
  expect(await people()).toBe(before);
  await keeps({ promise: "block consent_withdrawn", command: STEPS[0]!.command });
});

test("the ledger says the promised reasons, who is a child, and no number of anybody", async () => {
  expect(await gate.stop()).toBe(0);
  const entries: Record<string, unknown>[] = [];
  for await (const { entry } of readEntries(join(gate.data, "ledger"))) entries.push(JSON.parse(entry));
  const byId = new Map(entries.map((entry) => [entry["id"], entry]));
  expect(promised.size).toBeGreaterThan(8);
  for (const [id, reason] of promised) {
    const codes = (byId.get(id)!["reasons"] as { code: string }[]).map(({ code }) => code.toLowerCase());
    expect(codes).toContain(reason);
  }
  const children = entries.filter(({ kind, minors }) => kind === "crossing" && minors !== undefined);
  // the boy and the girl, twice each
  expect(children.map(({ action }) => action)).toEqual(["pseudonymize", "block", "pseudonymize", "block"]);
  // of this start, and what the page added
  expect(entries.filter(({ kind, stated }) => kind === "opening" && stated === 1180)).toHaveLength(1);
  const { people: known } = await loadDemo(join(ROOT, "policies/demo/demo.people.yaml"));
  const values = known.flatMap(({ aliases }) => aliases.map(({ value }) => value));
  const text = JSON.stringify(entries);
  expect(values.filter((value) => text.includes(value))).toEqual([]);
});
