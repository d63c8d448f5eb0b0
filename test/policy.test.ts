// The policy folder: every mistake has a place and a way out; equal content has an equal hash; secrets stay secret.

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { type Loaded, type LoadOptions, loadPolicy } from "../src/io/policy/load.ts";
import { loadDemoPeople, seedOf } from "../src/io/policy/people.ts";
import { render } from "../src/io/policy/problem.ts";
import { distance, nearest } from "../src/io/policy/suggest.ts";
import { watchPolicy } from "../src/io/policy/watch.ts";
import type { Keys, LawData, PersonKey, Policy } from "../src/words.ts";

const law: LawData = {
  revisions: [],
  calendar: { off: new Set(), on: new Set(), knownUntil: "2026-12-31" },
};
const known = {
  providers: ["any-json", "openai-chat", "anthropic-messages"],
  types: ["cn-mobile", "email", "person", "plate", "openid", "cn-id", "cn-passport", "bank-card"],
  detected: ["cn-mobile", "email", "plate", "openid", "cn-id", "cn-passport", "bank-card"],
  switches: ["hrRequireBoth", "strictSeparateConsent"],
};
const NOW_MS = Date.parse("2026-11-22T00:00:00Z");
const SECRET = "s3cr3t-of-the-destination-0001";
const options: LoadOptions = { law, known, env: { KEY: SECRET }, nowMs: NOW_MS };

const root = mkdtempSync(join(tmpdir(), "yumen-policy-"));
let folders = 0;
afterAll(() => rm(root, { recursive: true, force: true }));

function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(root, `${++folders}-`));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

const GOOD = `apiVersion: yumen/v1
exporters:
  - { id: acme, name: Acme, ciio: false }
recipients:
  - { id: far, name: Far Ltd, country: US, contact: dpo@far.example }
destinations:
  - id: model
    recipient: far
    url: https://api.far.example/base/
    exporter: acme
    purpose: support
purposes:
  - id: support
    label: Support
    basis: consent
mechanisms:
  - id: sc
    type: standard-contract
    exporters: acme
    validFrom: 2026-06-01
    filedDate: 2026-06-10
    validUntil: 2029-05-31
    scope: { recipients: far, purposes: support, categories: [cn-mobile] }
notices:
  - id: note
    version: "1"
    recipients: far
    purposes: support
    recipientName: Far Ltd
    recipientContact: dpo@far.example
    purpose: support
    method: api
    categories: phone
    rights: write to us
    retention: 30 days
pipias:
  - { id: pia, done: true, recipients: far, purposes: support, types: [cn-mobile] }
callers:
  - { id: app, keySha256: "${"0".repeat(64)}", exporters: acme, destinations: model, purposes: support }
rules:
  - id: pass
    why: { zh: 放行, en: pass }
    action: forward
    match: { pi: true }
`;

const load = (text: string, more: Partial<LoadOptions> = {}) =>
  loadPolicy(folder({ "p.yaml": text }), { ...options, ...more });

function good(loaded: Loaded): Policy {
  if (!loaded.ok) throw new Error(loaded.problems.map((p) => render(p, "en")).join("\n"));
  return loaded.policy;
}

function problems(loaded: Loaded) {
  return loaded.ok ? [] : loaded.problems;
}

/** GOOD with one thing changed; the change must hit. */
function spoilt(from: string, to: string): string {
  expect(GOOD).toContain(from);
  return GOOD.replace(from, to);
}

describe("a good policy", () => {
  test("compiles with the documented defaults", async () => {
    const policy = good(await load(GOOD));
    expect(policy.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(policy.profile).toBe("strict");
    expect(policy.language).toBe("zh");
    const model = policy.destinations.get("model")!;
    expect(model).toMatchObject({
      url: "https://api.far.example/base",
      providers: ["openai-chat", "anthropic-messages", "any-json"],
      operations: ["inference", "embedding", "admin"],
      leaves: "request",
      flowKind: "push",
      credentials: { mode: "passthrough" },
      limits: { bodyBytesMax: 8_388_608, headersTimeoutMs: 60_000, bodyTimeoutMs: 300_000, connectTimeoutMs: 10_000 },
    });
    expect(policy.mechanisms[0]).toMatchObject({ type: "STANDARD_CONTRACT", scope: { recipients: ["far"] } });
    expect(policy.notices[0]).toMatchObject({ missing: [], sensitive: false });
    expect(policy.exporters.get("acme")).toMatchObject({ handler: "acme", ciio: false, authorisedByHandler: true });
    expect(policy.rules[0]!.why).toEqual({ zh: "放行", en: "pass" });
    expect(policy.callers.get("app")).not.toHaveProperty("loopback");
  });

  test("what nobody reads leaves only by its class, over a name; left out, nothing does", async () => {
    expect(good(await load(GOOD)).destinations.get("model")!.opaque).toEqual(new Map());
    const said = "opaque: { image: pass, audio: block, approvedBy: dpo, reason: catalogue pictures }";
    const policy = good(await load(spoilt("exporter: acme\n    purpose", `exporter: acme\n    ${said}\n    purpose`)));
    expect(policy.destinations.get("model")!.opaque).toEqual(
      new Map([["image", { approvedBy: "dpo", reason: "catalogue pictures" }]]),
    );
    expect(policy.hash).not.toBe(good(await load(GOOD)).hash);
  });

  test("may lack papers that are only asked for: that is a warning (test/policy-lints.test.ts)", async () => {
    const loaded = await load(GOOD);
    const codes = loaded.ok ? loaded.warnings.map(({ code }) => code) : [];
    expect(codes).toEqual([
      "contract_missing",
      "breach_notice_missing",
      "destination_unclassified",
      "inventory_missing",
      "mechanism_undocumented",
    ]);
  });

  test("may say that a body is one person's record, where the way has plain JSON only", async () => {
    const record = "subjectAt: [{ pointer: /id, type: id, record: true }]";
    const policy = good(
      await load(
        spoilt("purpose: support\npurposes", `purpose: support\n    providers: any-json\n    ${record}\npurposes`),
      ),
    );
    expect(policy.destinations.get("model")!.subjectAt).toEqual([{ pointer: "/id", type: "id", record: true }]);
  });

  test("an exporter that does not say whether it is a CIIO is treated as unknown", async () => {
    const policy = good(await load(spoilt(", ciio: false", "")));
    expect(policy.exporters.get("acme")!.ciio).toBe("unknown");
  });

  test("cannot be changed", async () => {
    const policy = good(await load(GOOD));
    const rules = policy.rules as unknown as { id: string }[];
    expect(() => rules.push({ id: "x" })).toThrow(TypeError);
    expect(() => Object.assign(policy.destinations.get("model")!, { url: "https://elsewhere.example" })).toThrow(
      TypeError,
    );
  });
});

// [what is wrong, from, to, code, line:column, in the English message]
const MISTAKES: readonly (readonly [string, string, string, string, string, string])[] = [
  ["an unknown field", "    action: forward", "    acton: forward", "key_unknown", "43:5", "did you mean action?"],
  ["an unknown top-level field", "rules:", "rule:", "key_unknown", "40:1", "did you mean rules?"],
  ["a field of another place", "url: https", "uri: https", "key_unknown", "9:5", "did you mean url?"],
  ["a missing field", "    recipient: far\n", "", "key_missing", "7:5", "missing field recipient"],
  ["an unknown action", "action: forward", "action: forwrd", "value_unknown", "43:13", "did you mean forward?"],
  [
    "an unknown mechanism type",
    "standard-contract",
    "standard-contrat",
    "value_unknown",
    "18:11",
    "did you mean standard-contract?",
  ],
  [
    "a recipient that is not there",
    "recipient: far\n",
    "recipient: fra\n",
    "recipients_unknown",
    "8:16",
    "did you mean far?",
  ],
  [
    "an exporter that is not there",
    "exporter: acme",
    "exporter: acne",
    "exporters_unknown",
    "10:15",
    "did you mean acme?",
  ],
  [
    "a purpose that is not there",
    "purpose: support\npurposes",
    "purpose: suport\npurposes",
    "purposes_unknown",
    "11:14",
    "did you mean support?",
  ],
  [
    "an unknown kind in a list",
    "categories: [cn-mobile]",
    "categories: [cn-moble]",
    "types_unknown",
    "23:63",
    "did you mean cn-mobile?",
  ],
  [
    "a failure that nobody chooses about",
    "rules:",
    "failures: { ledgerDown: warn }\nrules:",
    "failure_unchosen",
    "40:13",
    "nothing leaves before its entry is durable",
  ],
  [
    "a failure that is no failure",
    "rules:",
    "failures: { contractLapsd: warn }\nrules:",
    "key_unknown",
    "40:13",
    "did you mean contractLapsed?",
  ],
  [
    "a failure's word that is none",
    "rules:",
    "failures: { contractLapsed: pass }\nrules:",
    "value_unknown",
    "40:29",
    "pass is none of warn | block",
  ],
  [
    "a chat as one person's record",
    "purpose: support\npurposes",
    "purpose: support\n    providers: [any-json, openai-chat]\n    subjectAt: [{ pointer: /user, type: id, record: true }]\npurposes",
    "value_invalid",
    "7:5",
    "a chat holds other people's data",
  ],
  [
    "any shape as one person's record",
    "purpose: support\npurposes",
    "purpose: support\n    subjectAt: [{ pointer: /customer/id, type: id, record: true }]\npurposes",
    "value_invalid",
    "7:5",
    "one provider is any-json",
  ],
  [
    "an unknown provider",
    "purpose: support\npurposes",
    "purpose: support\n    providers: [openai-chad]\npurposes",
    "providers_unknown",
    "12:17",
    "did you mean openai-chat?",
  ],
  [
    "an unknown switch",
    "exporters:\n  -",
    "switches: { hrRequiresBoth: false }\nexporters:\n  -",
    "switch_unknown",
    "2:13",
    "did you mean hrRequireBoth?",
  ],
  [
    "a date that does not exist",
    "validUntil: 2029-05-31",
    "validUntil: 2029-02-29",
    "value_invalid",
    "22:17",
    "a real date",
  ],
  [
    "an end before the start",
    "validUntil: 2029-05-31",
    "validUntil: 2026-05-31",
    "value_invalid",
    "22:17",
    "before validFrom",
  ],
  ["plain http to elsewhere", "https://api.far", "http://api.far", "url_invalid", "9:10", "must be https"],
  [
    "a URL with a password",
    "https://api.far",
    "https://me:hunter2@api.far",
    "url_invalid",
    "9:10",
    "no user name or password",
  ],
  ["a URL with a user", "https://api.far", "https://me@api.far", "url_invalid", "9:10", "no user name or password"],
  [
    "an unknown variable",
    "https://api.far.example/base/",
    "$" + "{overses}",
    "url_invalid",
    "9:10",
    "did you mean overseas?",
  ],
  [
    "a raw key instead of its digest",
    "0".repeat(64),
    "my-raw-caller-key",
    "value_invalid",
    "39:27",
    "never the key itself",
  ],
  [
    "a caller with neither key nor loopback",
    ` keySha256: "${"0".repeat(64)}",`,
    "",
    "value_invalid",
    "39:5",
    "one of the two",
  ],
  [
    "unread content passed over nobody's name",
    "exporter: acme\n    purpose",
    "exporter: acme\n    opaque: { image: pass, reason: catalogue }\n    purpose",
    "value_invalid",
    "11:22",
    "needs approvedBy (who signed) and reason: no approvedBy",
  ],
  [
    "… for no reason",
    "exporter: acme\n    purpose",
    "exporter: acme\n    opaque: { image: pass, approvedBy: dpo }\n    purpose",
    "value_invalid",
    "11:22",
    "no reason",
  ],
  [
    "a class that does not exist",
    "exporter: acme\n    purpose",
    "exporter: acme\n    opaque: { images: block }\n    purpose",
    "key_unknown",
    "11:15",
    "did you mean image?",
  ],
  ["a country that does not exist", "country: US", "country: UX", "value_invalid", "5:40", "ISO 3166-1"],
  ["a basis not made out", "basis: consent", "basis: contract", "value_invalid", "15:12", "needs contract:"],
  [
    "text where a list of fields belongs",
    "pi: true }",
    "pi: maybe }",
    "value_invalid",
    "44:18",
    "must be true or false",
  ],
  [
    "an empty match list",
    "match: { pi: true }",
    "match: { caller: [] }",
    "value_invalid",
    "44:22",
    "must not be empty",
  ],
  ["an empty value", "action: forward", "action:", "value_unknown", "43:12", "forward | pseudonymize | redact | block"],
  ["an action of a later version", "action: forward", "action: coarsen", "value_unknown", "43:13", "not built yet"],
  [
    "another action of a later version",
    "action: forward",
    "action: reroute",
    "value_unknown",
    "43:13",
    "not built yet",
  ],
  ["a wrong version", "yumen/v1", "yumen/v2", "value_unknown", "1:13", "did you mean yumen/v1?"],
  ["an upper-case id", "id: pass", "id: E7", "value_invalid", "41:9", "lower-case"],
  [
    "the same key twice",
    "    basis: consent",
    "    basis: consent\n    basis: hr",
    "yaml_syntax",
    "16:5",
    "the same key twice",
  ],
  ["a tab as indent", "    basis: consent", "\tbasis: consent", "yaml_syntax", "15:1", "tabs"],
  [
    "the same id twice",
    "  - id: pass",
    "  - { id: pass, why: x, action: block, match: {} }\n  - id: pass",
    "id_duplicate",
    "42:9",
    "p.yaml:41:11",
  ],
];

describe("a mistake", () => {
  test.each(MISTAKES)("%s", async (_, from, to, code, at, english) => {
    const found = problems(await load(spoilt(from, to), { variables: { overseas: "http://127.0.0.1:8791" } }));
    const hit = found.find((p) => p.code === code && p.message.en.includes(english));
    expect(found.map((p) => `${p.line}:${p.column} ${p.code} ${p.message.en}`)).toContainEqual(
      expect.stringContaining(`${at} ${code}`),
    );
    expect(hit).toMatchObject({ file: expect.stringMatching(/p\.yaml$/), severity: "error" });
    expect(`${hit!.line}:${hit!.column}`).toBe(at);
    expect(hit!.message.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  test.each(MISTAKES)("alone makes no other noise: %s", async (_, from, to) => {
    expect(problems(await load(spoilt(from, to), { variables: { overseas: "http://127.0.0.1:1" } }))).toHaveLength(1);
  });

  test("is shown as rustc would, the caret under the word after Chinese too", async () => {
    const text = spoilt("why: { zh: 放行, en: pass }", "why: { zh: 放行, em: pass }");
    const [found] = problems(await load(text)).filter((p) => p.code === "key_unknown");
    const [head, line, caret] = render(found!, "zh").split("\n");
    expect(head).toMatch(/p\.yaml:42:20 {2}未知字段 em —— 是想写 en 吗？$/);
    expect(line).toBe("  42 │     why: { zh: 放行, em: pass }");
    expect(caret).toBe(`     │ ${" ".repeat(4 + "why: { zh: ".length + 4 + 2)}^^`);
  });
});

const INJECTED = spoilt(
  "    purpose: support\npurposes",
  '    purpose: support\n    credentials: { mode: inject, inject: { authorization: { secret: env:KEY, prefix: "Bearer " } } }\npurposes',
);

const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  [...list].sort((a, b) => ((JSON.stringify(a).length * seed) % 7) - ((JSON.stringify(b).length * seed) % 7));

describe("the hash", () => {
  test("does not see comments, key order, item order or how the folder is cut into files", async () => {
    const { hash } = good(await load(GOOD));
    const whole = parse(GOOD) as Record<string, unknown>;
    const turned = Object.fromEntries(Object.entries(whole).reverse());
    expect(good(await load(`# a comment\n${stringify(turned)}`)).hash).toBe(hash);
    const { rules, apiVersion, ...rest } = whole;
    const dir = folder({ "a.yaml": stringify({ apiVersion, rules }), "b.yml": stringify({ apiVersion, ...rest }) });
    expect(good(await loadPolicy(dir, options)).hash).toBe(hash);
  });

  test("does not see the order of rules, for any order", async () => {
    const whole = parse(GOOD) as { rules: object[] };
    const rules = ["a", "bb", "ccc", "dddd"].map((id) => ({ id, why: id, action: "block", match: {} }));
    const hashes = await fc
      .sample(fc.integer({ min: 1, max: 6 }), 6)
      .reduce<Promise<Set<string>>>(
        async (seen, seed) =>
          (await seen).add(good(await load(stringify({ ...whole, rules: shuffled(rules, seed) }))).hash),
        Promise.resolve(new Set()),
      );
    expect(hashes.size).toBe(1);
  });

  test.each([
    ["action: forward", "action: block"],
    ['version: "1"', 'version: "2"'],
    ["https://api.far", "https://api.near"],
    ["ciio: false", "ciio: true"],
    ["    retention: 30 days\n", ""],
  ])("sees what matters: %s → %s", async (from, to) => {
    expect(good(await load(spoilt(from, to))).hash).not.toBe(good(await load(GOOD)).hash);
  });

  test("does not see the order of lists, except of providers", async () => {
    const of = async (pia: string, providers: string) =>
      good(
        await load(
          spoilt("types: [cn-mobile]", `types: [${pia}]`).replace(
            "    exporter: acme\n",
            `    exporter: acme\n    providers: [${providers}]\n`,
          ),
        ),
      ).hash;
    const one = await of("cn-mobile, email", "openai-chat, any-json");
    expect(await of("email, cn-mobile", "openai-chat, any-json")).toBe(one);
    expect(await of("cn-mobile, email", "any-json, openai-chat")).not.toBe(one);
  });

  test("does not see the order of switches and of injected headers", async () => {
    const of = async (switches: string, inject: string) => {
      const text = `switches: { ${switches} }\n${INJECTED.replace("inject: { authorization:", `inject: { ${inject}, authorization:`)}`;
      return good(await load(text)).hash;
    };
    const [a, b] = ["hrRequireBoth: true", "strictSeparateConsent: true"];
    const one = await of(`${a}, ${b}`, "x-one: env:KEY, x-two: env:KEY");
    expect(await of(`${b}, ${a}`, "x-two: env:KEY, x-one: env:KEY")).toBe(one);
    expect(await of(a, "x-two: env:KEY, x-one: env:KEY")).not.toBe(one);
  });

  test("sees the numbers of the law", async () => {
    const other: LawData = { ...law, calendar: { ...law.calendar, off: new Set(["2026-10-01"]) } };
    expect(good(await load(GOOD, { law: other })).hash).not.toBe(good(await load(GOOD)).hash);
  });
});

describe("a secret", () => {
  test("is read by reference and revealed only on purpose", async () => {
    const policy = good(await load(INJECTED));
    const secret = policy.destinations.get("model")!.credentials.inject.get("authorization")!;
    expect(secret.reveal()).toBe(`Bearer ${SECRET}`);
    for (const printed of [
      inspect(policy, { depth: 20 }),
      JSON.stringify(secret),
      `${secret}`,
      inspect(secret, { showHidden: true }),
    ])
      expect(printed).not.toContain(SECRET);
  });

  test("comes from a file, without its last line break", async () => {
    const dir = folder({ "p.yaml": INJECTED.replace("env:KEY", "file:key.txt"), "key.txt": `${SECRET}\n` });
    const policy = good(await loadPolicy(dir, options));
    expect(policy.destinations.get("model")!.credentials.inject.get("authorization")!.reveal()).toBe(
      `Bearer ${SECRET}`,
    );
  });

  test("changes no hash", async () => {
    const one = good(await load(INJECTED));
    const two = good(await load(INJECTED, { env: { KEY: "another-secret-of-the-destination" } }));
    expect(two.hash).toBe(one.hash);
  });

  test.each([
    ["not set", {}, "is not set"],
    ["empty", { KEY: "" }, "is empty"],
    ["split over lines", { KEY: `${SECRET}\r\nx-evil: 1` }, "no HTTP header may hold"],
  ])("that is %s is a mistake that does not show it", async (_, env, english) => {
    const found = problems(await load(INJECTED, { env }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: "secret_unreadable", line: 12 });
    expect(found[0]!.message.en).toContain(english);
    expect(JSON.stringify(found)).not.toContain(SECRET);
  });

  test.each([
    ["in place of a reference", INJECTED.replace("env:KEY", SECRET)],
    ["in the short form", INJECTED.replace('{ secret: env:KEY, prefix: "Bearer " }', SECRET)],
    ["beside another mistake on its line", INJECTED.replace("env:KEY", SECRET).replace("mode: inject", "mode: injekt")],
    ["as a caller's key", spoilt("0".repeat(64), SECRET)],
    ["in a URL", spoilt("https://api.far", `https://me:${SECRET}@api.far`)],
    ["under a misspelt field", spoilt("    label: Support", `    lable: sk-${SECRET}`)],
    ["under a misspelt inject", INJECTED.replace("inject: {", "injekt: {").replace("env:KEY", SECRET)],
    ["under a misspelt credentials", INJECTED.replace("credentials:", "credentails:").replace("env:KEY", SECRET)],
    ["under a misspelt keySha256", spoilt("keySha256", "keySha265").replace("0".repeat(64), SECRET)],
    ["unquoted to the end of a broken file", `${INJECTED.replace("env:KEY", SECRET)}x: "\n`],
    ["after a stray quote", INJECTED.replace("env:KEY", `"" ${SECRET}`)],
    ["on a line indented by a tab", spoilt("    label: Support", `\tapi_key: ${SECRET}`)],
    ["as an anchor", INJECTED.replace("env:KEY", `*${SECRET}`)],
    ["with its own quote left open", INJECTED.replace("env:KEY", `"${SECRET}`)],
    ["in a broken file", spoilt("    label: Support", `    label: "Bearer ${SECRET}`)],
    ["as the name of a variable of a provider", spoilt("action: forward", `action: sk-${SECRET}`)],
  ])("written into the policy %s is never shown", async (_, text) => {
    const found = problems(await load(text));
    expect(found.length).toBeGreaterThan(0);
    const printed = found.flatMap((p) => [render(p, "zh"), render(p, "en"), JSON.stringify(p)]).join();
    expect(printed).not.toContain(SECRET);
  });
});

describe("a key", () => {
  const second = (how: string) =>
    spoilt(
      "callers:\n",
      `callers:\n  - { id: other, ${how}, exporters: acme, destinations: model, purposes: support }\n`,
    );

  test("that two callers have is a mistake at the second", async () => {
    const found = problems(await load(second(`keySha256: "${"0".repeat(64)}"`)));
    expect(found).toMatchObject([{ code: "caller_ambiguous", line: 40, column: 27 }]);
    expect(found[0]!.message.en).toContain("caller other");
  });

  test("may be missing for one caller only", async () => {
    const two = second("loopback: true").replace(`keySha256: "${"0".repeat(64)}"`, "loopback: true");
    expect(problems(await load(two))).toMatchObject([{ code: "caller_ambiguous", line: 40 }]);
    expect(good(await load(second("loopback: true"))).callers.size).toBe(2);
  });
});

describe("a folder", () => {
  test("that is not there, is empty, or holds no text", async () => {
    for (const [dir, code] of [
      [join(root, "absent"), "folder_unreadable"],
      [folder({ "x.test.yaml": "", "x.people.yaml": "", "notes.txt": "" }), "folder_empty"],
    ] as const)
      expect(problems(await loadPolicy(dir, options))).toMatchObject([{ code, line: 0 }]);
    const dir = folder({ "p.yaml": GOOD, "q.yaml": "" });
    await writeFile(join(dir, "r.yaml"), Uint8Array.of(0x61, 0xff, 0xfe));
    expect(problems(await loadPolicy(dir, options)).map((p) => p.code)).toEqual(["value_invalid", "file_unreadable"]);
  });

  test("with the same id or setting in two files names both places", async () => {
    const dir = folder({
      "a.yaml": GOOD.replace("apiVersion: yumen/v1", "apiVersion: yumen/v1\nprofile: strict"),
      "b.yaml": `apiVersion: yumen/v1\nprofile: gbt45574\ncallers:\n  - ${GOOD.split("\n")[38]!.slice(4)}\n`,
    });
    const found = problems(await loadPolicy(dir, options));
    expect(found.map((p) => `${p.line}:${p.column} ${p.code}`)).toEqual(["2:1 setting_duplicate", "4:11 id_duplicate"]);
    expect(found[1]!.message.en).toContain("a.yaml:40:11");
  });

  test("with a syntax error in one file does not cry about ids that stand there", async () => {
    const [head, tail] = [GOOD.slice(0, GOOD.indexOf("rules:")), GOOD.slice(GOOD.indexOf("rules:"))];
    const dir = folder({
      "a.yaml": `${head}x: "\n`,
      "b.yaml": `apiVersion: yumen/v1\n${tail.replace("{ pi: true }", "{ caller: app }")}`,
    });
    expect(new Set(problems(await loadPolicy(dir, options)).map((p) => p.code))).toEqual(new Set(["yaml_syntax"]));
  });

  test.each([
    [
      "billion laughs",
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [${Array(9).fill("*a")}]\nc: &c [${Array(9).fill("*b")}]\nd: [${Array(9).fill("*c")}]`,
    ],
    ["__proto__", `${GOOD}__proto__: { x: 1 }\n`],
    ["a merge key", spoilt("  - id: pass", "  - <<: { x: 1 }\n    id: pass")],
    ["a tag", spoilt("id: pass", "id: !!js/function pass")],
    ["a key that is a list", spoilt("id: pass", "? [id, x]\n    : pass")],
    ["two documents", `${GOOD}---\n${GOOD}`],
    ["a list at the top", "- 1\n- 2\n"],
    ["a bare word", "hello"],
    ["list items of other kinds", spoilt("rules:", "rules:\n  - 1\n  - [x]\n  -")],
    ["an alias of nothing", spoilt("id: pass", "id: *nothing")],
  ])("holding %s is refused with a place", async (_, text) => {
    const found = problems(await load(text));
    expect(found.length).toBeGreaterThan(0);
    for (const p of found) expect(p).toMatchObject({ line: expect.any(Number), severity: "error" });
    expect(found[0]!.line).toBeGreaterThan(0);
  });

  test("holding anything at all: never throws, and every problem points into its file", async () => {
    const dir = folder({});
    const lines = GOOD.split("\n");
    const cut = fc.tuple(
      fc.nat(lines.length - 1),
      fc.constantFrom("", "- x", "  a: [", "\t", "  - {", "rules: 3", "  id: &x *x", "?", ": :"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 3 }), async (cuts) => {
        const changed = [...lines];
        for (const [at, line] of cuts) changed[at] = line;
        await writeFile(join(dir, "p.yaml"), changed.join("\n"));
        for (const p of problems(await loadPolicy(dir, options))) {
          expect(p.line).toBeGreaterThan(0);
          expect(p.line).toBeLessThanOrEqual(lines.length);
          expect(p.column).toBeGreaterThan(0);
          expect(render(p, "zh").split("\n")).toHaveLength(3);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("reload", () => {
  test("a bad file keeps the old policy; a mended one brings the new", async () => {
    const dir = folder({ "p.yaml": GOOD });
    let current = good(await loadPolicy(dir, options));
    const first = current;
    const heard: string[] = [];
    const watching = watchPolicy(dir, options, (loaded) => {
      heard.push(loaded.ok ? "new" : loaded.problems[0]!.code);
      if (loaded.ok) current = loaded.policy;
    });
    await writeFile(join(dir, "p.yaml"), spoilt("action: forward", "acton: forward"));
    expect((await watching.reload()).ok).toBe(false);
    expect(current).toBe(first);
    await writeFile(join(dir, "p.yaml"), spoilt("action: forward", "action: block"));
    await watching.reload();
    expect(current).not.toBe(first);
    expect(current.rules[0]!.action).toBe("block");
    expect(first.rules[0]!.action).toBe("forward");
    watching.close();
    // the watch may have looked as well, between the two
    expect(heard.filter((what, i) => what !== heard[i - 1])).toEqual(["key_unknown", "new"]);
  });

  test("happens by itself when a file changes", async () => {
    const dir = folder({ "p.yaml": GOOD });
    const heard = new Promise<Loaded>((resolve) => {
      const watching = watchPolicy(dir, options, (loaded) => {
        watching.close();
        resolve(loaded);
      });
    });
    await mkdir(join(dir, "x"));
    await writeFile(join(dir, "p.yaml"), spoilt("action: forward", "action: block"));
    expect(good(await heard).rules[0]!.action).toBe("block");
  });

  test("a listener that throws does not stop later loads", async () => {
    const dir = folder({ "p.yaml": GOOD });
    let calls = 0;
    const watching = watchPolicy(dir, options, () => {
      calls += 1;
      if (calls === 1) throw new Error("bug");
    });
    await expect(watching.reload()).rejects.toThrow("bug");
    expect((await watching.reload()).ok).toBe(true);
    watching.close();
  });
});

describe("did you mean", () => {
  test("never suggests what is more than two edits away, and always a candidate", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "-"), maxLength: 8 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 5 }), (typed, candidates) => {
        const guess = nearest(typed, candidates);
        if (guess === null) return true;
        return candidates.includes(guess) && distance(typed, guess, 99) <= 2;
      }),
    );
  });

  test.each([
    ["acton", "action", 1],
    ["aciton", "action", 1],
    ["", "abc", 3],
    ["same", "same", 0],
    ["kitten", "sitting", 3],
  ])("%s to %s is %i edits", (a, b, edits) => {
    expect(distance(a, b, 99)).toBe(edits);
    expect(distance(b, a, 99)).toBe(edits);
  });
});

test("a certificate that is none is a mistake at its place", async () => {
  const text = spoilt("    exporter: acme\n", "    exporter: acme\n    tls: { ca: ca.pem }\n");
  const absent = problems(await load(text));
  expect(absent).toMatchObject([{ code: "ca_unreadable", line: 11, column: 16 }]);
  expect(problems(await loadPolicy(folder({ "p.yaml": text, "ca.pem": "not a certificate" }), options))).toEqual(
    absent.map((p) => ({ ...p, file: expect.any(String) })),
  );
});

test("a certificate is read into the policy", async () => {
  const text = spoilt("    exporter: acme\n", "    exporter: acme\n    tls: { ca: ca.pem, min: TLSv1.3 }\n");
  const [pem] = rootCertificates;
  const policy = good(await loadPolicy(folder({ "p.yaml": text, "ca.pem": pem! }), options));
  expect(policy.destinations.get("model")!.tls).toEqual({ ca: pem, min: "TLSv1.3" });
});

test("the example in docs/policy.md loads", async () => {
  const example = /```yaml\n(apiVersion[\s\S]*?)```/.exec(readFileSync("docs/policy.md", "utf8"))![1]!;
  expect(good(await load(example.replace("<64 hex>", "a".repeat(64)))).rules).toHaveLength(3);
});

describe("the demo", () => {
  test("loads clean around the days it is made for", async () => {
    const loaded = await loadPolicy("policies/demo", { ...options, env: {} });
    const policy = good(loaded);
    expect(loaded.ok && loaded.warnings).toEqual([]);
    expect([...policy.destinations.keys()]).toEqual(["anthropic", "openai"]);
    for (const notice of policy.notices) expect(notice).toMatchObject({ missing: [], sensitive: true });
    expect(policy.callers.get("demo")!.keySha256).toEqual([]);
  });

  test("goes where its variable says", async () => {
    const variables = { overseas: "http://127.0.0.1:40123" };
    const policy = good(await loadPolicy("policies/demo", { ...options, variables }));
    expect(policy.destinations.get("openai")!.url).toBe("http://127.0.0.1:40123");
  });

  test("its people become links and consent events that hold no raw value", async () => {
    const people = await loadDemoPeople("policies/demo/demo.people.yaml");
    let minted = 0;
    const seen = new Map<string, PersonKey>();
    const keys = {
      person: (...parts: string[]) => {
        const name = parts.join("/");
        if (!seen.has(name)) seen.set(name, `key-${++minted}` as PersonKey);
        return seen.get(name)!;
      },
    } as unknown as Keys;
    const seed = seedOf(people, keys, "2026-11-22T00:00:00.000Z");
    const link = (key: string) => (n: number) => ({ exporter: "example-retail", key, alias: `key-${n}` });
    expect(seed.links.slice(0, 5)).toEqual([...[2, 3, 4, 5].map(link("key-1")), link("key-6")(7)]);
    expect(seed.events.map((e) => [e.person, e.recipient, e.action, e.guardian, e.givenAt])).toEqual([
      ["key-1", "openai", "grant", false, "2026-06-14T16:00:00.000Z"],
      ["key-1", "openai", "grant", false, "2026-06-14T16:00:00.000Z"],
      ["key-1", "anthropic", "grant", false, "2026-06-14T16:00:00.000Z"],
      ["key-6", "openai", "grant", false, "2026-06-14T16:00:00.000Z"],
      ["key-8", "openai", "grant", false, "2026-06-14T16:00:00.000Z"],
      ["key-8", "openai", "withdraw", false, "2026-10-08T01:00:00.000Z"],
      ["key-12", "openai", "grant", true, "2026-06-14T16:00:00.000Z"],
      ["key-14", "openai", "grant", false, "2026-06-14T16:00:00.000Z"],
    ]);
    expect(seed.events.every(({ separate }) => separate)).toBe(true);
    const values = people.flatMap(({ aliases }) => aliases.map(({ value }) => value));
    expect(values.filter((value) => JSON.stringify(seed).includes(value))).toEqual([]);
    // what is changed in the file is a new event to a store that knows the old one
    const [zhang] = people;
    const later = { ...zhang!, consents: zhang!.consents.map((one) => ({ ...one, types: ["email"] })) };
    const names = (of: typeof people) => seedOf(of, keys, "2026-11-23T00:00:00.000Z").events.map(({ event }) => event);
    expect(names(people)).toEqual(seed.events.map(({ event }) => event));
    expect(names([later]).filter((name) => names(people).includes(name))).toEqual([]);
  });
});
