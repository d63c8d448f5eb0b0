// A policy folder that somebody means ill with, or wrote in haste: no file of it holds up a load, no condition a
// crossing, and no paper opens everything.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkDocuments } from "../src/io/policy/documents.ts";
import { gather } from "../src/io/policy/gather.ts";
import { type Loaded, loadPolicy } from "../src/io/policy/load.ts";
import { render } from "../src/io/policy/problem.ts";
import { readSource } from "../src/io/policy/source.ts";

const law = { revisions: [], calendar: { off: new Set<string>(), on: new Set<string>(), knownUntil: "2026-12-31" } };
const root = mkdtempSync(join(tmpdir(), "yumen-hostile-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const PAPER = "what was agreed\n";
const sha256 = createHash("sha256").update(PAPER).digest("hex");

const folder = () => mkdtempSync(join(root, "p-"));
const loadText = (text: string, dir = folder()): Promise<Loaded> => {
  writeFileSync(join(dir, "p.yaml"), `apiVersion: yumen/v1\n${text}\n`);
  return loadPolicy(dir, { law, env: {}, names: () => null });
};
const codes = (loaded: Loaded) => (loaded.ok ? [] : loaded.problems.map(({ code }) => code));
const said = (loaded: Loaded) => (loaded.ok ? "" : loaded.problems.map((one) => render(one, "en")).join("\n"));

describe("a document", () => {
  const named = (path: string) => `documents: [{ id: d, kind: k, path: "${path}", sha256: ${sha256} }]`;
  /** @param make puts it there. @returns what the load says of it. */
  const load = (path: string, make: (dir: string) => void): Promise<Loaded> => {
    const dir = folder();
    make(dir);
    return loadText(named(path), dir);
  };
  const outside = mkdtempSync(join(root, "outside-"));
  writeFileSync(join(outside, "paper"), PAPER);
  const pipe = (path: string, link?: string) => {
    expect(spawnSync("mkfifo", [path]).status).toBe(0);
    if (link !== undefined) symlinkSync(path, link);
  };
  const hole = (path: string, bytes: number) => {
    writeFileSync(path, "");
    truncateSync(path, bytes);
  };

  test("in the folder, or in one below it", async () => {
    const make = (dir: string) => {
      mkdirSync(join(dir, "..papers"));
      writeFileSync(join(dir, "..papers/d"), PAPER);
    };
    expect(codes(await load("..papers/d", make))).toEqual([]);
  });
  test("behind the links of a ConfigMap", async () => {
    const make = (dir: string) => {
      mkdirSync(join(dir, "..2026_11_22"));
      writeFileSync(join(dir, "..2026_11_22/d"), PAPER);
      symlinkSync("..2026_11_22", join(dir, "..data"));
      symlinkSync("..data/d", join(dir, "d"));
    };
    expect(codes(await load("d", make))).toEqual([]);
  });
  test("of a folder that is a link itself", async () => {
    const dir = folder();
    writeFileSync(join(dir, "d"), PAPER);
    symlinkSync(dir, `${dir}-link`);
    expect(codes(await loadText(named("d"), `${dir}-link`))).toEqual([]);
  });

  test.each<[string, string, (dir: string) => void, string]>([
    ["a pipe without a writer", "d", (dir) => pipe(join(dir, "d")), "document_unreadable"],
    ["a folder", "d", (dir) => mkdirSync(join(dir, "d")), "document_unreadable"],
    ["nothing", "d", () => undefined, "document_unreadable"],
    ["a link to a pipe", "d", (dir) => pipe(join(dir, "e"), join(dir, "d")), "document_unreadable"],
    ["a device behind a link", "d", (dir) => symlinkSync("/dev/zero", join(dir, "d")), "document_outside"],
    ["a device", "/dev/zero", () => undefined, "document_outside"],
    ["a way out", "../outside/paper", () => undefined, "document_outside"],
    ["the folder itself", ".", () => undefined, "document_outside"],
    ["a link out", "d", (dir) => symlinkSync(join(outside, "paper"), join(dir, "d")), "document_outside"],
    ["a folder's link out", "x/paper", (dir) => symlinkSync(outside, join(dir, "x")), "document_outside"],
    ["a hole of 65 MiB", "d", (dir) => hole(join(dir, "d"), 65 * 1024 ** 2), "document_too_large"],
  ])("that is %s", async (_, path, make, code) => {
    const loaded = await load(path, make);
    expect(codes(loaded)).toEqual([code]);
    expect(said(loaded)).toContain("p.yaml:2:");
  });

  test("outside: whether it is there, and what it is, is not said", async () => {
    const [there, not] = [
      await loadText(named(join(outside, "paper")).replace(sha256, "ab".repeat(32))),
      await loadText(named(join(outside, "other")).replace(sha256, "ab".repeat(32))),
    ];
    expect(said(there)).not.toContain(sha256);
    expect([codes(there), codes(not)]).toEqual([["document_outside"], ["document_outside"]]);
  });

  test("many, of which one reader each is done with in its turn", async () => {
    const dir = folder();
    const ids = Array.from({ length: 50 }, (_, n) => `d${n}`);
    for (const id of ids) writeFileSync(join(dir, id), id === "d37" ? "another" : PAPER);
    const items = ids.map((id) => `  - { id: ${id}, kind: k, path: ${id}, sha256: ${sha256} }`);
    expect(codes(await loadText(`documents:\n${items.join("\n")}`, dir))).toEqual(["document_changed"]);
  });

  test("not read in time: an error, and the load goes on", async () => {
    const dir = folder();
    writeFileSync(join(dir, "d"), PAPER);
    const { lists } = gather([readSource("p.yaml", `apiVersion: yumen/v1\n${named("d")}\n`)]);
    const late = new AbortController();
    const started = checkDocuments(lists, dir, late.signal);
    late.abort();
    for (const found of [await started, await checkDocuments(lists, dir, AbortSignal.abort())])
      expect(found.map(({ code }) => code)).toEqual(["document_slow"]);
  });
});

test("a pipe as policy, certificate or secret is refused at once", async () => {
  const dir = folder();
  expect(spawnSync("mkfifo", [join(dir, "pipe.yaml"), join(dir, "ca"), join(dir, "key")]).status).toBe(0);
  const destination = `{ id: m, recipient: far, url: "https://far.example", tls: { ca: ca },
      credentials: { mode: inject, inject: { authorization: "file:key" } } }`;
  const loaded = await loadText(
    `recipients: [{ id: far, name: Far, country: US, contact: x }]\ndestinations:\n  - ${destination}`,
    dir,
  );
  expect(codes(loaded).sort()).toEqual(["ca_unreadable", "file_unreadable", "secret_unreadable"]);
});

describe("what one paper may open", () => {
  const evidence = `documents: [{ id: doc, kind: k, path: paper, sha256: ${sha256} }]`;
  const parties = `recipients: [{ id: far, name: Far, country: US, contact: x }]
purposes: [{ id: p, label: x, basis: consent }]
exporters: [{ id: acme, name: Acme }]`;
  const load = (text: string) => {
    const dir = folder();
    writeFileSync(join(dir, "paper"), PAPER);
    return loadText(`${evidence}\n${parties}\n${text}`, dir);
  };
  const transit = (more: string) => `exemptions: [{ id: t, ground: transit${more} }]`;
  const approval = (more: string) => `approvals: [{ id: a, authority: x, reference: y${more} }]`;
  const proof = (more: string, recall = "0.9") =>
    `proofs: [{ id: p, of: anonymisation, method: m, report: doc, recall: ${recall}, by: lab, from: 2026-01-01, until: 2026-12-31${more} }]`;

  test.each<[string, string, string[]]>([
    ["transit, whole", transit(", purposes: p, until: 2027-01-01, approvedBy: me, evidence: doc"), []],
    [
      "transit of everything",
      transit(", until: 2027-01-01, approvedBy: me, evidence: doc"),
      ["must name at least one"],
    ],
    [
      "transit of all that an exporter sends",
      transit(", exporters: acme, until: 2027-01-01, approvedBy: me, evidence: doc"),
      ["must name at least one"],
    ],
    ["transit for ever", transit(", recipients: far, approvedBy: me, evidence: doc"), ["needs until"]],
    ["transit unsigned", transit(", recipients: far, until: 2027-01-01, evidence: doc"), ["needs approvedBy"]],
    ["transit unevidenced", transit(", recipients: far, until: 2027-01-01, approvedBy: me"), ["needs evidence"]],
    [
      "transit that only says so",
      transit(""),
      ["must name at least one", "needs until", "needs approvedBy", "needs evidence"],
    ],
    ["another ground is judged as before", "exemptions: [{ id: t, ground: hr }]", []],
    ["an approval, whole", approval(", recipients: far, until: 2027-01-01"), []],
    ["an approval of everything", approval(", until: 2027-01-01"), ["must name at least one"]],
    ["an approval for ever", approval(", purposes: p"), ["needs until"]],
    ["a proof, whole", proof(", purposes: p"), []],
    ["a proof of everything", proof(""), ["must name at least one"]],
    ["a proof that found nothing", proof(", purposes: p", "0"), ["above 0"]],
    ["a proof above all", proof(", purposes: p", "1.01"), ["at most 1"]],
    ["an order may be about everything", "orders: [{ id: o, authority: x, reference: y }]", []],
  ])("%s", async (_, text, expected) => {
    const loaded = await load(text);
    const messages = loaded.ok ? [] : loaded.problems.map(({ message }) => message);
    expect(messages).toHaveLength(expected.length);
    for (const one of expected) expect(messages.map(({ en }) => en).join("\n")).toContain(one);
    for (const { zh } of messages) expect(zh).toMatch(/[\u4e00-\u9fff]/);
  });

  const cleaned = `${proof(", purposes: p")}\nrules: [{ id: r, why: w, action: redact, match: {}, proof: p }]`;
  test.each(["off", "keys", "labelled"])("a rule with a proof where names are read %s", async (names) => {
    expect(codes(await load(`names: ${names}\n${cleaned}`))).toEqual(["proof_names_unread"]);
  });
  test("a rule with a proof where all names are read", async () => {
    expect(codes(await load(`names: all\n${cleaned}`))).toEqual([]);
    expect(codes(await load(cleaned))).toEqual(["proof_names_unread"]);
  });

  test("whose a notice and an assessment are is kept, and must exist", async () => {
    const papers = (exporter: string) =>
      `notices: [{ id: n, version: "1", exporters: ${exporter}, recipients: far, purposes: p }]
pipias: [{ id: i, done: true, exporters: ${exporter}, recipients: far, purposes: p, types: [cn-id] }]`;
    const loaded = await load(papers("acme"));
    expect(loaded.ok && loaded.policy.notices[0]!.exporters).toEqual(["acme"]);
    expect(loaded.ok && loaded.policy.pipias[0]!.exporters).toEqual(["acme"]);
    expect(codes(await load(papers("acne")))).toEqual(["exporters_unknown", "exporters_unknown"]);
    const any = await load(papers("acme").replaceAll("exporters: acme, ", ""));
    expect(any.ok && "exporters" in any.policy.notices[0]!).toBe(false);
    expect(any.ok && "exporters" in any.policy.pipias[0]!).toBe(false);
  });
});

test("where its sub-processors are, a recipient keeps data", async () => {
  const storageOf = async (more: string) => {
    const subs = "subProcessors: [{ name: A, country: IN }, { name: B, country: US }, { name: C, country: IN }]";
    const loaded = await loadText(`recipients: [{ id: far, name: Far, country: US, contact: x, ${more}${subs} }]`);
    return loaded.ok && loaded.policy.recipients.get("far")!.storage;
  };
  expect(await storageOf("")).toEqual(["US", "IN"]);
  expect(await storageOf("storage: [DE], ")).toEqual(["DE", "IN", "US"]);
});

describe("a destination", () => {
  const load = (id: string, more: string) =>
    loadText(`recipients: [{ id: far, name: Far, country: US, contact: x }]
destinations: [{ id: ${id}, recipient: far, url: "https://far.example"${more} }]`);

  test("is not named as the gate's own path", async () => {
    const loaded = await load("v1", "");
    expect(codes(loaded)).toEqual(["value_invalid"]);
    expect(said(loaded)).toContain("/v1/decide");
    expect(codes(await load("v1beta", ""))).toEqual([]);
  });
  test("forces at most 16 values", async () => {
    const force = (count: number) =>
      `, force: [${Array.from({ length: count }, (_, n) => `{ pointer: /p${n}, value: 1 }`).join(", ")}]`;
    expect(codes(await load("m", force(16)))).toEqual([]);
    expect(said(await load("m", force(17)))).toContain("at most 16");
  });
  test("forces at places of at most 120 characters", async () => {
    const force = (length: number) => `, force: [{ pointer: "/${"p".repeat(length - 1)}", value: 1 }]`;
    expect(codes(await load("m", force(120)))).toEqual([]);
    expect(said(await load("m", force(121)))).toContain("at most 120");
  });
});

test("a file full of secrets is starred out in time that grows as the file does", () => {
  const text = (count: number) =>
    `keys:\n${Array.from({ length: count }, (_, n) => `  - "Secret-${n} of this line"`).join("\n")}\n`;
  const showAll = (count: number): number => {
    const source = readSource("p.yaml", text(count));
    const before = process.cpuUsage();
    const line = source.place(["keys", count - 1], "value").sourceLine;
    const { user, system } = process.cpuUsage(before);
    expect(line).toMatch(/^ {2}- \*+$/);
    return user + system;
  };
  // fifty thousand took minutes when each copied the whole text
  showAll(1_000);
  expect(showAll(50_000)).toBeLessThan(3_000_000);
});

test("every secret of a line is starred out, at its own length", () => {
  const source = readSource("p.yaml", `a: { key: "Zwei", b: shown, token: [ "Eins", "Drei" ] }\nkey: &k Vier\nx: *k\n`);
  const place = source.place(["a"], "value");
  expect(place.sourceLine).toBe(`a: { key: ******, b: shown, token: [ ******, ****** ] }`);
  expect(source.place(["key"], "value").sourceLine).toBe("key: &k ****");
});
