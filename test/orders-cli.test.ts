// suspend, resume, release, proposal, identity: whole commands against a plane; exit codes, both languages, and that
// neither a token nor anybody's number is printed where it should not be.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { register as identity } from "../src/cli/identity.ts";
import { register as proposal } from "../src/cli/proposal.ts";
import { register as release } from "../src/cli/release.ts";
import { register as resume } from "../src/cli/resume.ts";
import { register as status } from "../src/cli/status.ts";
import { register as suspend } from "../src/cli/suspend.ts";
import { holdShelf } from "../src/io/orders/shelves.ts";
import { ranCommand } from "./command.ts";
import { FORWARD, policyOf } from "./decide/cases.ts";
import { openPlane, type Plane } from "./plane.ts";

const MOBILE = "13800138000";
const COMMANDS: Readonly<Record<string, (program: Command) => void>> = {
  identity,
  proposal,
  release,
  resume,
  status,
  suspend,
};
const BLOCK = { ...FORWARD, id: "no-mobile", action: "block" as const, match: { piAny: ["cn-mobile"] } };

let plane: Plane;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "yumen-orders-cli-"));
  const people = { olga: ["operator"], rita: ["reviewer"], anna: ["approver"] } as const;
  plane = await openPlane(people, { policy: policyOf({ rules: [FORWARD, BLOCK] }) });
  for (const [who, token] of Object.entries(plane.tokens)) writeFileSync(join(folder, who), `${token}\n`);
});
afterAll(async () => {
  await plane.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => vi.stubEnv("YUMEN_ADMIN_TOKEN", ""));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

async function yumen(who: string, line: readonly string[], stdin?: string) {
  if (stdin !== undefined) vi.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([stdin]) as never);
  const common = ["--admin", plane.base, "--token-file", join(folder, who)];
  const language = line.includes("--lang") ? [] : ["--lang", "en"];
  const ran = await ranCommand(COMMANDS[line[0]!]!, [...line, ...common, ...language]);
  for (const token of Object.values(plane.tokens)) expect(ran.out + ran.err).not.toContain(token);
  expect(ran.out + ran.err).not.toContain(MOBILE);
  return ran;
}

test("one stops, two resume, from the command line", async () => {
  expect((await yumen("olga", ["suspend", "--list"])).code).toBe(0);
  const shut = await yumen("olga", ["suspend", "recipient", "acme", "--reason", "drill", "--hard", "--lang", "zh"]);
  expect(shut.code).toBe(0);
  const [hold] = /hold_\w{26}/.exec(shut.out)!;
  expect(shut.out).toContain("恢复要两个人");
  const listed = await yumen("olga", ["suspend", "--list"]);
  expect([listed.code, listed.out.includes(hold), listed.out.includes("shut")]).toEqual([1, true, true]);
  const proposed = JSON.parse((await yumen("olga", ["resume", hold, "--reason", "over", "--json"])).out);
  const shown = await yumen("anna", ["proposal", "show", proposed.id]);
  const digest = /--digest (\w{64})/.exec(shown.out)![1]!;
  expect(shown.out).toContain(hold);
  const own = await yumen("olga", ["proposal", "approve", proposed.id, "--digest", digest]);
  expect([own.code, own.err]).toEqual([2, expect.stringMatching(/403/)]);
  const wrong = await yumen("anna", ["proposal", "approve", proposed.id, "--digest", "0".repeat(64)]);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/not the proposal that was shown/)]);
  expect((await yumen("anna", ["proposal", "approve", proposed.id, "--digest", digest])).code).toBe(0);
  expect((await yumen("olga", ["suspend", "--list"])).code).toBe(0);
  expect((await yumen("olga", ["proposal", "list", "--state", "done"])).out).toContain(proposed.id);
  expect((await yumen("olga", ["proposal", "list", "--state", "withdrawn"])).code).toBe(1);
});

test("a hold on a name that policy does not know: the page and the list say that everything is shut", async () => {
  const stored = { of: "recipient" as const, target: "acme-before", reason: "", order: null, by: "olga" };
  const hold = { id: "hold_renamed", ...stored, at: "2026-05-01T00:00:00.000Z", hard: false, file: null };
  const shelf = holdShelf(plane.stores.register);
  await shelf.change(hold.id, () => ({ ...hold, lifted: null }));
  for (const line of [["status"], ["suspend", "--list"]]) {
    const { code, out } = await yumen("olga", line);
    expect([code, out]).toEqual([1, expect.stringMatching(/acme-before.*no such name in policy: everything is shut/)]);
  }
  expect((await yumen("olga", ["status", "--lang", "zh"])).out).toContain("策略里没有这个名字，所以全部停止");
  const lifted = { at: "2026-05-01T00:00:00.000Z", by: ["a", "b"], proposal: "prp_1" };
  await shelf.change(hold.id, (one) => ({ ...one!, lifted }));
});

test("a release: proposed, approved, listed, revoked; identifiers come on standard input", async () => {
  const scope = [
    "--destination",
    "acme-api",
    "--exporter",
    "shop",
    "--reason",
    "the rule is too wide",
    "--ticket",
    "T-1",
  ];
  const line = ["release", "propose", ...scope, "--lift", "false:cn-mobile@/phone", "--lift", "rule:no-mobile"];
  const proposed = await yumen("rita", [...line, "--values-stdin", "--json"], `cn-mobile:${MOBILE}\n`);
  expect(proposed.err).toBe("");
  const { id, digest, body } = JSON.parse(proposed.out);
  expect(body.lifts.map(({ of }: { of: string }) => of)).toEqual(["false-finding", "rule"]);
  expect((await yumen("olga", ["release", "list"])).code).toBe(1);
  expect((await yumen("anna", ["proposal", "approve", id, "--digest", digest])).code).toBe(0);
  const listed = await yumen("olga", ["release", "list", "--standing"]);
  const [name] = /rel_\w+/.exec(listed.out)!;
  expect([listed.code, listed.out]).toEqual([0, expect.stringContaining("false:cn-mobile@/phone(1) rule:no-mobile")]);
  expect((await yumen("olga", ["release", "revoke", name])).code).toBe(0);
  expect((await yumen("olga", ["release", "show", name, "--lang", "zh"])).out).toContain("已撤销");
});

test("identities: a token on standard output once, rotated by its owner, disabled", async () => {
  const added = await yumen("admin", ["identity", "add", "nils", "--roles", "consent,auditor"]);
  expect(added.out).toMatch(/^yumen_nils_[\w-]{43}\n$/);
  writeFileSync(join(folder, "nils"), added.out);
  const rotated = await yumen("nils", ["identity", "rotate", "nils", "--days", "30"]);
  expect((await yumen("nils", ["identity", "list"])).code).toBe(2);
  writeFileSync(join(folder, "nils"), rotated.out);
  expect((await yumen("nils", ["identity", "list"])).out).toMatch(/nils\s+consent,auditor/);
  expect((await yumen("nils", ["identity", "rotate", "olga"])).err).toMatch(/403/);
  expect((await yumen("admin", ["identity", "add", "nils", "--roles", "consent,auditor"])).out).not.toMatch(/yumen_/);
  expect((await yumen("admin", ["identity", "disable", "nils"])).code).toBe(0);
  expect((await yumen("nils", ["identity", "list"])).err).toMatch(/401/);
});

test.each([
  ["nothing to stop", ["suspend"], /yumen suspend recipient/],
  ["no reason", ["suspend", "all"], /why/],
  ["a name that policy does not know", ["suspend", "recipient", "nobody", "--reason", "r"], /\/target/],
  [
    "a lift that is none",
    ["release", "propose", "--destination", "a", "--lift", "law", "--reason", "r", "--ticket", "t"],
    /--lift/,
  ],
  ["a hold that is none", ["resume", "hold_x", "--reason", "r"], /is no hold/],
])("%s: exit 2, and why", async (_what, line, says) => {
  const { code, err } = await yumen("olga", line);
  expect([code, err]).toEqual([2, expect.stringMatching(says)]);
});
