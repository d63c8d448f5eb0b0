// Signed policies: what nobody listed has signed is never taken, loosening takes two, and the bytes that were signed are
// the bytes that decide. Each way around it that we could think of is tried.

import { generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { pino } from "pino";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { register } from "../src/cli/policy.ts";
import { createProgram } from "../src/cli/program.ts";
import { ConfigError, readConfig } from "../src/io/config.ts";
import { readEntries } from "../src/io/ledger/read.ts";
import { readFolder } from "../src/io/policy/folder.ts";
import { type Loaded, loadPolicy } from "../src/io/policy/load.ts";
import { type Admission, createAdmission } from "../src/io/policy/signed/admission.ts";
import { signFolder } from "../src/io/policy/signed/sign.ts";
import { makeKey, readKey, readSigners } from "../src/io/policy/signed/signers.ts";
import { digestOf, signaturesIn, signatureText } from "../src/io/policy/signed/statement.ts";
import { run } from "../src/main.ts";
import type { Entry, LawData } from "../src/words.ts";
import { ranCommand } from "./command.ts";

const law: LawData = { revisions: [], calendar: { off: new Set(), on: new Set(), knownUntil: "2026-12-31" } };
const NOW_MS = Date.parse("2026-11-22T02:00:00Z");
const at = (minutes: number) => new Date(NOW_MS - 3_600_000 + minutes * 60_000);

const root = mkdtempSync(join(tmpdir(), "yumen-signed-"));
afterAll(() => rm(root, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

let files = 0;
const KEYS: Readonly<Record<string, KeyObject>> = Object.fromEntries(
  ["li", "zhao", "wang", "mallory"].map((name) => [name, generateKeyPairSync("ed25519").privateKey]),
);
const SIGNERS = new Map(
  (["li", "zhao", "wang"] as const).map((name) => [
    name as string,
    { name, role: name === "wang" ? ("approver" as const) : ("author" as const), key: publicOf(KEYS[name]!) },
  ]),
);

function publicOf(key: KeyObject): KeyObject {
  return readSignersOf([`{ name: x, role: author, key: ${listed(key)} }`]).get("x")!.key;
}

/** As `keygen` prints it. */
function listed(key: KeyObject): string {
  const { x } = key.export({ format: "jwk" });
  return `ed25519:${Buffer.from(x!, "base64url").toString("base64")}`;
}

function readSignersOf(lines: readonly string[]) {
  const file = join(root, `keys-${++files}.yaml`);
  writeFileSync(file, `keys:\n${lines.map((line) => `  - ${line}\n`).join("")}`);
  return readSigners(file);
}

const BASE = `apiVersion: yumen/v1
exporters: [{ id: acme, name: Acme, ciio: false }]
recipients: [{ id: far, name: Far, country: US, contact: x }]
destinations: [{ id: model, recipient: far, url: https://api.far.example, exporter: acme, purpose: support }]
purposes: [{ id: support, label: x, basis: consent }]
callers: [{ id: app, loopback: true, exporters: acme, destinations: model, purposes: support }]
`;
const STRICT = `${BASE}rules: [{ id: none, why: x, action: block, match: { pi: true } }]\n`;
const LOOSE = `${BASE}rules: [{ id: go, why: x, action: forward, match: {} }]\n`;
const STRICTER = STRICT.replace("match: { pi: true }", "match: {}");

let dir: string;
let data: string;
let admission: Admission;
beforeEach(() => {
  dir = mkdtempSync(join(root, "policies-"));
  data = mkdtempSync(join(root, "data-"));
  admission = createAdmission(SIGNERS, join(data, "policy/accepted.json"));
});

const load = (more: object = {}) => loadPolicy(dir, { law, nowMs: NOW_MS, env: {}, admission, ...more });
const put = (text: string, name = "p.yaml") => writeFileSync(join(dir, name), text);
const sign = (name: string, minutes = 0, key = name) => signFolder(dir, name, KEYS[key]!, at(minutes));
const codes = (loaded: Loaded) => (loaded.ok ? "taken" : loaded.problems.map(({ code }) => code).join());

/** Puts and signs, and says what came of it. */
async function tried(text: string, minutes: number, ...names: readonly string[]): Promise<string> {
  put(text);
  for (const name of names) await sign(name, minutes);
  return codes(await load());
}

describe("who signs", () => {
  test("nobody: refused before anything is parsed", async () => {
    put("not: [yaml");
    expect(codes(await load())).toBe("signature_missing");
    put("{", "policy.sig");
    expect(codes(await load())).toBe("signature_invalid");
  });

  test("the first policy needs two, one of them an approver", async () => {
    expect(await tried(STRICT, 0, "li")).toBe("signature_insufficient");
    expect(await tried(STRICT, 0, "zhao")).toBe("signature_insufficient");
    expect(await tried(STRICT, 0, "wang")).toBe("taken");
  });

  test("what tightens needs one, what loosens two; the message says what loosens", async () => {
    expect(await tried(STRICT, 0, "li", "wang")).toBe("taken");
    expect(await tried(STRICTER, 1, "li")).toBe("taken");
    expect(await tried(LOOSE, 2, "li")).toBe("signature_insufficient");
    const loaded = await load();
    expect(loaded.ok ? "" : loaded.problems[0]!.message.en).toContain("it loosens rules/go");
    expect(await tried(LOOSE, 2, "wang")).toBe("taken");
  });

  test("who asks to admit without asking first is told the same, also of the policy in force", async () => {
    expect(await tried(STRICT, 0, "li", "wang")).toBe("taken");
    const loaded = await load();
    rmSync(join(dir, "policy.sig"));
    const admitted = loaded.ok && admission.admit(await readFolder(dir), loaded.said, [], NOW_MS);
    expect(admitted).toMatchObject({ ok: false, problem: { code: "signature_missing" } });
  });

  test("an approver alone is one", async () => {
    expect(await tried(STRICT, 0, "li", "wang")).toBe("taken");
    expect(await tried(LOOSE, 1, "wang")).toBe("signature_insufficient");
  });

  test("who is not listed, and who signs in another's name, count for nothing", async () => {
    put(STRICT);
    await sign("mallory");
    expect(codes(await load())).toBe("signature_invalid");
    await sign("wang", 0, "mallory");
    await sign("li");
    expect(codes(await load())).toBe("signature_insufficient");
  });

  test("twice is once", async () => {
    put(STRICT);
    await sign("wang");
    const [one] = signaturesIn(readFileSync(join(dir, "policy.sig")))!;
    await signFolder(dir, "wang", KEYS["wang"]!, at(1));
    const [two] = signaturesIn(readFileSync(join(dir, "policy.sig")))!;
    put(signatureText([one!, two!, { ...one!, name: "li" }]), "policy.sig");
    expect(codes(await load())).toBe("signature_insufficient");
  });

  test("a name or a key that is listed twice is no list", () => {
    const line = (name: string, key: string) => `{ name: ${name}, role: approver, key: ${listed(KEYS[key]!)} }`;
    expect(() => readSignersOf([line("a", "li"), line("b", "li")])).toThrow(ConfigError);
    expect(() => readSignersOf([line("a", "li"), line("a", "wang")])).toThrow(ConfigError);
    expect(() => readSignersOf(["{ name: a, role: approver, key: ed25519:AAAA }"])).toThrow(ConfigError);
    expect(() => readSignersOf(["{ name: a, role: king, key: ed25519:AAAA }"])).toThrow(ConfigError);
    expect(() => readSigners(join(root, "absent"))).toThrow(ConfigError);
  });
});

describe("what is signed", () => {
  beforeEach(async () => {
    put(STRICT);
    put("suite: x\n", "a.test.yaml");
    expect(await tried(STRICT, 0, "li", "wang")).toBe("taken");
  });

  test.each([
    ["a byte changed", () => put(`${STRICT}\n`)],
    ["a file added", () => put("apiVersion: yumen/v1\n", "q.yaml")],
    ["a file added by a link", () => symlinkSync("/etc/hostname", join(dir, "q.yml"))],
    ["a file renamed", () => renameSync(join(dir, "p.yaml"), join(dir, "q.yaml"))],
    ["a certificate added", () => put("x", "ca.pem")],
  ])("%s: no signature holds", async (_, change) => {
    change();
    expect(codes(await load())).toBe("signature_invalid");
  });

  test("tests are no part of it, and bring no rules in", async () => {
    put(LOOSE, "b.test.yaml");
    put(LOOSE, "b.people.yaml");
    const loaded = await load();
    expect(loaded.ok && loaded.policy.rules.map(({ id }) => id)).toEqual(["none"]);
  });

  test("a link to a policy file is the bytes it leads to", async () => {
    rmSync(join(dir, "p.yaml"));
    writeFileSync(join(data, "target"), STRICT);
    symlinkSync(join(data, "target"), join(dir, "p.yaml"));
    expect(codes(await load())).toBe("taken");
    writeFileSync(join(data, "target"), LOOSE);
    expect(codes(await load())).toBe("signature_invalid");
  });

  test("the bytes that were verified are those that decide, whatever the disk says by then", async () => {
    const turning: Admission = {
      unsigned(folder, nowMs) {
        const verdict = admission.unsigned(folder, nowMs);
        put(LOOSE);
        return verdict;
      },
      admit: (...all) => admission.admit(...all),
    };
    const loaded = await load({ admission: turning });
    expect(loaded.ok && loaded.policy.rules.map(({ id }) => id)).toEqual(["none"]);
  });

  test("a certificate must be of the folder, and another one takes two", async () => {
    const trusting = (file: string) => STRICT.replace("exporter: acme,", `exporter: acme, tls: { ca: ${file} },`);
    put(rootCertificates[0]!, "ca.pem");
    writeFileSync(join(data, "ca.pem"), rootCertificates[0]!);
    expect(await tried(trusting(join(data, "ca.pem")), 1, "li", "wang")).toBe("ca_unreadable");
    expect(await tried(trusting("ca.pem"), 2, "li", "wang")).toBe("taken");
    put(rootCertificates[1]!, "ca.pem");
    expect(await tried(trusting("ca.pem"), 3, "li")).toBe("signature_insufficient");
    expect(await tried(trusting("ca.pem"), 3, "wang")).toBe("taken");
  });

  test("the digest is of names and bytes, in no other order", async () => {
    const folder = await readFolder(dir);
    const turned = new Map([...folder.files, ["z.yaml", Buffer.from("x")] as const].reverse());
    const straight = new Map([...folder.files, ["z.yaml", Buffer.from("x")] as const]);
    expect(digestOf({ files: turned })).toBe(digestOf({ files: straight }));
    const [a, b] = [new Map([["a", Buffer.from("bc")]]), new Map([["ab", Buffer.from("c")]])];
    expect(digestOf({ files: a })).not.toBe(digestOf({ files: b }));
  });
});

describe("when it was signed", () => {
  test("an older policy cannot be put back with its old signatures, whichever way it goes", async () => {
    expect(await tried(LOOSE, 0, "li", "wang")).toBe("taken");
    const old = readFileSync(join(dir, "policy.sig"));
    expect(await tried(STRICT, 5, "li", "wang")).toBe("taken");
    put(LOOSE);
    put(old.toString(), "policy.sig");
    expect(codes(await load())).toBe("signature_old");
    expect(await tried(LOOSE, 6, "li", "wang")).toBe("taken");
    expect(await tried(STRICT, 6, "li")).toBe("signature_old");
  });

  test("an old signature beside a new one is no second", async () => {
    put(LOOSE);
    await sign("wang", 0);
    const [old] = signaturesIn(readFileSync(join(dir, "policy.sig")))!;
    expect(await tried(STRICT, 5, "li", "wang")).toBe("taken");
    put(LOOSE);
    await sign("li", 6);
    put(signatureText([...signaturesIn(readFileSync(join(dir, "policy.sig")))!, old!]), "policy.sig");
    expect(codes(await load())).toBe("signature_insufficient");
  });

  test("the time is signed too: it cannot be turned forward", async () => {
    expect(await tried(LOOSE, 0, "li", "wang")).toBe("taken");
    const old = signaturesIn(readFileSync(join(dir, "policy.sig")))!;
    expect(await tried(STRICT, 5, "li", "wang")).toBe("taken");
    put(LOOSE);
    put(signatureText(old.map((one) => ({ ...one, at: at(10).toISOString() }))), "policy.sig");
    expect(codes(await load())).toBe("signature_invalid");
  });

  test("what this version cannot read any more cannot be compared: two", async () => {
    expect(await tried(STRICT, 0, "li", "wang")).toBe("taken");
    const kept = join(data, "policy/accepted.json");
    writeFileSync(kept, readFileSync(kept, "utf8").replace("rules:", "formerly: x\\nrules:"));
    expect(await tried(STRICTER, 1, "li")).toBe("signature_insufficient");
  });

  test("from the future: not counted, or it would shut out every later one", async () => {
    expect(await tried(STRICT, 180, "li", "wang")).toBe("signature_invalid");
  });

  test("the policy in force loads again, at each start", async () => {
    expect(await tried(STRICT, 0, "li", "wang")).toBe("taken");
    admission = createAdmission(SIGNERS, join(data, "policy/accepted.json"));
    expect(codes(await load())).toBe("taken");
  });

  test.each([
    ["gone", (file: string) => rmSync(file)],
    ["damaged", (file: string) => writeFileSync(file, "{")],
    ["open to others", (file: string) => chmodSync(file, 0o644)],
  ])("what was taken last is %s: as at first, two", async (_, spoil) => {
    expect(await tried(STRICT, 0, "li", "wang")).toBe("taken");
    spoil(join(data, "policy/accepted.json"));
    expect(await tried(STRICTER, 1, "li")).toBe("signature_insufficient");
    expect(await tried(STRICTER, 1, "wang")).toBe("taken");
  });

  test("what cannot be kept is not taken", async () => {
    admission = createAdmission(SIGNERS, "/dev/null/accepted.json");
    expect(await tried(STRICT, 0, "li", "wang")).toBe("signature_unkept");
  });
});

describe("keys", () => {
  test("are their owner's alone, never written over, never shown", () => {
    const file = join(data, "li.key");
    const line = makeKey(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(listed(readKey(file))).toBe(line);
    expect(() => makeKey(file)).toThrow("already");
    expect(listed(readKey(file))).toBe(line);
    chmodSync(file, 0o640);
    expect(() => readKey(file)).toThrow("open to others");
    chmodSync(file, 0o600);
    const secret = readFileSync(file, "utf8").split("\n")[1]!;
    writeFileSync(file, `-----BEGIN PRIVATE KEY-----\n${secret.slice(4)}\n-----END PRIVATE KEY-----\n`);
    const error = (() => {
      try {
        return readKey(file);
      } catch (thrown) {
        return thrown as Error;
      }
    })();
    expect(`${error}${String((error as Error).cause)}`).not.toContain(secret.slice(4, 20));
  });
});

describe("yumen policy", () => {
  const yumen = (...argv: string[]) => ranCommand(register, ["policy", ...argv]);

  test("keygen, sign, verify: what one prints the next reads", async () => {
    put(STRICT);
    const [key, keys] = [join(data, "li.key"), join(data, "keys.yaml")];
    const made = await yumen("keygen", key, "--name", "li", "--role", "approver");
    writeFileSync(keys, `keys:\n  ${made.out}`);
    expect((await yumen("verify", dir, "--policy-keys", keys)).code).toBe(1);
    expect((await yumen("sign", dir, "--key", key, "--name", "li", "--lang", "en")).out).toMatch(
      /^signed: [0-9a-f]{64} /,
    );
    expect(await yumen("verify", dir, "--policy-keys", keys, "--lang", "en")).toMatchObject({ code: 0, err: "" });
    const said = JSON.parse((await yumen("verify", dir, "--policy-keys", keys, "--json")).out);
    expect(said).toMatchObject({ ok: true, signedBy: ["li"] });
    put(LOOSE);
    expect((await yumen("verify", dir, "--policy-keys", keys)).code).toBe(1);
    await yumen("sign", dir, "--key", key, "--name", "li");
    expect(signaturesIn(readFileSync(join(dir, "policy.sig")))).toHaveLength(1);
  });

  test("what cannot run exits 2", async () => {
    expect((await yumen("sign", dir, "--key", join(data, "absent"), "--name", "li")).code).toBe(2);
    expect((await yumen("keygen", join(data, "k"), "--name", "li", "--role", "king")).code).toBe(2);
    expect((await yumen("verify", dir, "--policy-keys", join(data, "absent"))).code).toBe(2);
  });

  test("is a command of the program", () => {
    expect(createProgram("0").commands.map((command) => command.name())).toContain("policy");
  });
});

test("a gate: refuses to start unsigned, keeps the old policy, and says in its ledger who answers", async () => {
  const keys = join(data, "keys.yaml");
  const lines = ["li", "wang"].map((name) => `  - { name: ${name}, role: approver, key: ${listed(KEYS[name]!)} }\n`);
  writeFileSync(keys, `keys:\n${lines.join("")}`);
  const logged: { readonly code?: string; readonly problems?: readonly string[] }[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const flags = { policies: dir, data, port: "0", adminPort: "0", pretty: "false", policyKeys: keys };
  const release = (reason: string) => `release: { author: li, approvedBy: wang, commit: abc123, reason: ${reason} }\n`;
  put(STRICT + release("first"));
  await expect(run(readConfig(flags, {}), log)).rejects.toMatchObject({ problems: [{ code: "signature_missing" }] });
  const now = () => new Date();
  for (const name of ["li", "wang"]) await signFolder(dir, name, KEYS[name]!, now());
  const gate = await run(readConfig(flags, {}), log);
  put(LOOSE);
  await gate.reload();
  expect(logged.findLast(({ code }) => code === "policy_invalid")!.problems![0]).toContain("signature_invalid");
  put(STRICT + release("second"));
  await signFolder(dir, "li", KEYS["li"]!, new Date(Date.now() + 1_000));
  await gate.reload();
  await gate.close();

  const entries: Entry[] = [];
  for await (const { entry } of readEntries(join(data, "ledger"))) entries.push(JSON.parse(entry.toString()) as Entry);
  const [start, change] = entries.filter(({ kind }) => kind === "start" || kind === "policy_change");
  expect(start).toMatchObject({
    signedBy: ["li", "wang"],
    release: { author: "li", reason: "first", commit: "abc123" },
  });
  expect(change).toMatchObject({ signedBy: ["li"], release: { reason: "second" }, from: start!["policy"] });
  expect(change!["to"]).toBe(start!["policy"]);
});
