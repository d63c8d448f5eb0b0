// `yumen consent` against a running admin plane: exit codes, and that the identifier is in the body only.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { register } from "../src/cli/consent.ts";
import { startAdmin } from "../src/io/admin/admin.ts";
import { createTokens, tokensFileOf } from "../src/io/admin/tokens.ts";
import { openKeys } from "../src/io/keys.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { Policy } from "../src/words.ts";

const folder = mkdtempSync(join(tmpdir(), "yumen-consent-"));
createTokens(folder);
let admin = "";
let close = async () => {};
beforeAll(async () => {
  const started = await startAdmin({
    port: 0,
    ...openMemoryStores(),
    keys: (await openKeys(folder)).keys,
    clock: { nowMs: Date.now },
    note: async () => 0,
    tokensFile: tokensFileOf(folder),
    policy: () =>
      ({
        exporters: new Map([["acme", { handler: "acme" }]]),
        recipients: new Map([["openai", {}]]),
        purposes: new Map([["support", {}]]),
      }) as unknown as Policy,
    canonicalise: (_type, text) => text,
    status: () => ({ ready: true, checks: {} }),
    metrics: async () => "",
  });
  admin = `http://127.0.0.1:${started.port}`;
  close = started.close;
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, "log").mockImplementation((line) => void printed.push(String(line)));
  vi.spyOn(console, "error").mockImplementation((line) => void printed.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

/** Runs one command line; returns its exit code. What it printed is in `printed`. */
async function yumen(line: string, stdin?: string): Promise<number> {
  const program = new Command().exitOverride();
  register(program);
  if (stdin !== undefined) vi.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([stdin]) as never);
  await program.parseAsync(["consent", ...line.split(" ")], { from: "user" });
  return Number(process.exitCode);
}
const connected = () => `--exporter acme --admin ${admin} --data ${folder}`;
const SCOPE = "--recipient openai --purpose support";

test("grant, show, withdraw, show: 0, 0, 0, 1, and the identifier is never printed", async () => {
  const mobile = "cn-mobile:13800138000";
  const grant = `grant ${mobile} ${SCOPE} --types cn-mobile,person --separate --notice n@2 ${connected()}`;
  expect(await yumen(`show ${mobile} ${connected()}`)).toBe(1);
  expect(await yumen(grant)).toBe(0);
  expect(await yumen(`show --subject-stdin ${connected()} --json`, `${mobile}\n`)).toBe(0);
  const shown = JSON.parse(printed.at(-1)!);
  expect(shown.states[0]).toMatchObject({ types: ["cn-mobile", "person"], notice: { id: "n", version: "2" } });
  expect(shown.history[0].channel).toBe("cli");
  expect(await yumen(`withdraw ${mobile} ${connected()}`)).toBe(0);
  expect(await yumen(`show ${mobile} ${connected()}`)).toBe(1);
  expect(printed.join("\n")).toMatch(/withdrawn/);
  expect(printed.join("\n")).not.toContain("13800138000");
});

test("a consent whose period is over is none: exit 1", async () => {
  const grant = `grant id:u9 ${SCOPE} --types person --separate --valid-until 2020-01-01T00:00:00Z ${connected()}`;
  expect(await yumen(grant)).toBe(1);
  expect(printed.join("\n")).toMatch(/ended/);
});

test("link joins; a withdrawal of one is of both", async () => {
  expect(await yumen(`link id:u1 id:u2 ${connected()}`)).toBe(0);
  await yumen(`grant id:u1 ${SCOPE} --types person --separate ${connected()}`);
  expect(await yumen(`show id:u2 ${connected()}`)).toBe(0);
  await yumen(`withdraw id:u2 ${SCOPE} ${connected()}`);
  expect(await yumen(`show id:u1 ${connected()}`)).toBe(1);
});

test("receipt: JSON-LD, without the identifier; nobody known is exit 1", async () => {
  await yumen(`grant cn-mobile:13800138077 ${SCOPE} --types person --separate ${connected()}`);
  expect(await yumen(`receipt cn-mobile:13800138077 ${connected()} --json`)).toBe(0);
  const [one] = JSON.parse(printed.at(-1)!)["@graph"];
  expect(one).toMatchObject({
    ...{ "@type": "dpv:ConsentRecord", "dpv:hasConsentStatus": { "@type": "dpv:ConsentGiven" } },
  });
  expect(printed.join("\n")).not.toContain("13800138077");
  expect(await yumen(`receipt id:nobody ${connected()}`)).toBe(1);
});

test("sending an event again changes nothing and is fine", async () => {
  const grant = `grant id:u3 ${SCOPE} --types person --separate --event e-1 ${connected()}`;
  expect([await yumen(grant), await yumen(grant)]).toEqual([0, 0]);
  expect(printed.at(-1)).toMatch(/known already/);
});

test.each([
  ["a subject without a type", "show 13800138000", /<type>:<value>/],
  ["no subject", "show", /one subject/],
  ["one subject to link", "link id:13800138000", /two subjects/],
  ["an unknown recipient", "grant id:13800138000 --recipient x --purpose support --types a --separate", /recipient/],
  ["a notice without a version", `grant id:u ${SCOPE} --types a --separate --notice n`, /@/],
])("%s: exit 2, in words that do not repeat it", async (_why, line, says) => {
  expect(await yumen(`${line} ${connected()}`)).toBe(2);
  expect(printed.join("\n")).toMatch(says);
  expect(printed.join("\n")).not.toContain("13800138000");
});

test("the token stays on this machine or goes over TLS; it comes from the file named, then the environment", async () => {
  expect(await yumen("show id:u --exporter acme --admin http://gate.example:8790")).toBe(2);
  expect(printed.at(-1)).toMatch(/https/);
  expect(await yumen(`show id:u --exporter acme --admin ${admin} --data ${folder}/none`)).toBe(2);
  expect(printed.at(-1)).toMatch(/no token/);
  writeFileSync(join(folder, "wrong"), "wrong\n");
  expect(await yumen(`show id:u ${connected()} --token-file ${folder}/wrong`)).toBe(2);
  expect(printed.at(-1)).toMatch(/^yumen consent: 401/);
  vi.stubEnv("YUMEN_ADMIN_TOKEN", "wrong");
  expect(await yumen(`show id:u ${connected()}`)).toBe(2);
  expect(printed.at(-1)).toMatch(/^yumen consent: 401/);
});

test("no gate there: exit 2 and a way on", async () => {
  expect(await yumen(`show id:u --exporter acme --admin http://127.0.0.1:9 --data ${folder}`)).toBe(2);
  expect(printed.at(-1)).toMatch(/is the gate running/);
});
