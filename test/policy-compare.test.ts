// What loosens between two policies. Asked of decide on random policies and Cases: whatever leaves under the new policy
// and did not, or not as bare, under the old, the comparison had named a loosening. And of each kind of change, which
// way it goes.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { decide } from "../src/decide/decide.ts";
import { loadLawData } from "../src/io/law-data.ts";
import { type Change, compare, loosens } from "../src/io/policy/compare/compare.ts";
import { nothing } from "../src/io/policy/compare/directions.ts";
import { PARTS } from "../src/io/policy/compare/members.ts";
import { compile } from "../src/io/policy/compile.ts";
import { gather } from "../src/io/policy/gather.ts";
import { KNOWN } from "../src/io/policy/known.ts";
import { checkReferences } from "../src/io/policy/references.ts";
import { LISTS } from "../src/io/policy/schema.ts";
import { readSource, type Source } from "../src/io/policy/source.ts";
import type { Case, ConsentState, Decision, Policy } from "../src/words.ts";
import { AT, caseOf, consent, finding, individual } from "./decide/cases.ts";

type Said = Record<string, unknown>;

const LAW = loadLawData("policies/law");
const TYPES = ["person", "cn-mobile", "bank-card", "uscc"];

/** The policy that all others are made of. */
const BASE = `apiVersion: yumen/v1
exporters: [{ id: shop, name: Shop, ciio: false }]
recipients: [{ id: acme, name: Acme, country: US, contact: x, storage: [US], onwardTo: [cloud] }]
destinations:
  - { id: api, recipient: acme, url: "https://api.example", operations: [inference, batch], limits: { body: 100 }, opaque: { image: pass, approvedBy: a, reason: r } }
purposes:
  - { id: support, label: x, basis: consent }
  - { id: order, label: x, basis: contract, contract: { individualIsParty: true, necessary: true } }
mechanisms:
  - id: sc
    type: standard-contract
    exporters: shop
    validFrom: 2026-01-12
    filedDate: 2026-01-20
    validUntil: 2028-12-31
    scope: { recipients: acme, purposes: [support, order], categories: [person, cn-mobile], onward: [cloud] }
notices:
  - { id: n, version: "1", recipients: acme, purposes: [support, order], recipientName: a, recipientContact: a, purpose: a, method: a, categories: a, rights: a, retention: a, sensitiveNecessity: a, sensitiveImpact: a }
pipias: [{ id: p, done: true, recipients: acme, purposes: [support, order], types: [person, cn-mobile, bank-card], storage: [US], onward: [cloud] }]
proofs: [{ id: pr, of: anonymisation, purposes: [support, order], method: m, report: doc, recall: 0.99, by: lab, from: 2026-01-01, until: 2026-12-31 }]
documents: [{ id: doc, kind: k, path: x, sha256: ${"ab".repeat(32)} }]
callers: [{ id: app, loopback: true, exporters: shop, destinations: api, purposes: [support, order], mayAssert: [subject] }]
rules:
  - { id: go, why: x, action: forward, match: { pi: true } }
  - { id: no-pi, why: x, action: forward, match: { pi: false } }
  - { id: cards, why: x, action: block, match: { piAny: bank-card } }
`;

function read(said: Said | string, name = "p.yaml") {
  const g = gather([typeof said === "string" ? readSource(name, said) : sourceOf(name, said)]);
  const problems = [...g.problems, ...checkReferences(g, KNOWN)];
  if (problems.length > 0) throw new Error(problems.map(({ message, line }) => `${line} ${message.en}`).join("\n"));
  const reached = new Map(g.lists.destinations.map(({ item: { id, url } }) => [id, { url, inject: new Map() }]));
  const stub = new Map([...reached].map(([id, one]) => [id, { ...one, ca: null, proxy: null }]));
  return { g, policy: compile(g, stub, KNOWN, LAW, () => null) };
}

/** Without the way through YAML. */
function sourceOf(file: string, value: Said): Source {
  return {
    file,
    value: JSON.parse(JSON.stringify(value)),
    problems: [],
    place: () => ({ file, line: 1, column: 1, length: 1, sourceLine: "" }),
  };
}

/** null: the edits do not make a policy. */
function readOrNull(said: Said): ReturnType<typeof read> | null {
  try {
    return read(said);
  } catch {
    return null;
  }
}

function changedBy(change: (said: Record<string, Said[]>) => void, from?: Said): Said {
  const said = (from === undefined ? parse(BASE) : structuredClone(from)) as Record<string, Said[]>;
  change(said);
  return said;
}

const comparing = (old: Said | string, next: Said | string): readonly Change[] =>
  compare(read(old).g, read(next).g, KNOWN.impersonal);

const one = <const T extends readonly unknown[]>(...values: T) => fc.constantFrom<T[number]>(...values);

const anyMatch = fc.oneof(
  fc.constantFrom<Said>(
    {},
    { pi: true },
    { pi: false },
    { sensitive: true },
    { piAny: ["cn-mobile"] },
    { piAny: ["bank-card"] },
  ),
  fc.constantFrom<Said>({ piAny: ["cn-mobile", "bank-card"] }, { purpose: ["support"] }, { not: { sensitive: true } }),
  fc.constantFrom<Said>({ any: [{ sensitive: true }, { purpose: "order" }] }, { people: { min: 2 } }, { minor: true }),
);
const anyRule = fc
  .record({
    id: one("go", "no-pi", "cards", "r1", "r2"),
    action: one("forward", "forward", "pseudonymize", "redact", "block"),
    match: anyMatch,
    when: one(undefined, undefined, undefined, "pi.count > 1", "counts.nonSensitive > 10"),
    proof: one(undefined, undefined, "pr"),
  })
  .map(({ when, proof, ...rule }): Said => {
    const mayProve = rule.action === "redact" || rule.action === "pseudonymize";
    return { why: "x", ...rule, ...(when && { when }), ...(proof && mayProve && { proof }) };
  });

type Edit = (said: Record<string, Said[]>) => void;
const sets = (list: string, field: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  values.map((value) => (said) => {
    const item = said[list]?.[0];
    if (item === undefined) return;
    if (value === undefined) delete item[field];
    else item[field] = value;
  });
const scope = (field: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  values.map((value) => (said) => {
    const mechanism = said["mechanisms"]?.[0];
    if (mechanism !== undefined) mechanism["scope"] = { ...(mechanism["scope"] as Said), [field]: value };
  });
const setting = (name: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  values.map((value) => (said) => Object.assign(said, { [name]: value }));
const adds = (list: string, items: fc.Arbitrary<Said>): fc.Arbitrary<Edit> =>
  items.map((item) => (said) => {
    said[list] = [...(said[list] ?? []).filter(({ id }) => id !== item["id"]), item];
  });
const drops = (list: string, ids: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  ids.map((gone) => (said) => {
    if (said[list] !== undefined) said[list] = said[list].filter(({ id }) => id !== gone);
  });

const DAYS = ["2025-01-01", "2026-05-11", "2026-05-12", "2026-05-13", "2027-01-01"];
const days = fc.constantFrom(...DAYS, undefined);
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: adds("rules", anyRule) },
  { weight: 3, arbitrary: drops("rules", one("go", "no-pi", "cards", "r1")) },
  sets("exporters", "ciio", one(true, false, "unknown", undefined)),
  sets("exporters", "stateOrgan", one(true, false)),
  sets("recipients", "country", one("US", "SG", "HK", "CN")),
  sets("recipients", "name", one("Acme", "Evil")),
  sets("recipients", "restricted", fc.boolean()),
  ...["contract", "dueDiligence"].map((paper) =>
    sets(
      "recipients",
      paper,
      fc
        .tuple(days, fc.boolean())
        .map(([until, is]) => (is ? { ...(paper === "contract" ? {} : { on: "2026-01-01" }), until } : undefined)),
    ),
  ),
  sets("recipients", "storage", one(["US"], ["US", "SG"], undefined)),
  sets("recipients", "onwardTo", one([], ["cloud"], ["cloud", "evil"])),
  sets("destinations", "operations", one("inference", ["inference", "batch"])),
  sets("destinations", "flowKind", one("push", "in_country_access")),
  sets("destinations", "opaque", one(undefined, { image: "pass", audio: "pass", approvedBy: "a", reason: "r" })),
  sets(
    "destinations",
    "classification",
    fc.tuple(one("general", "important", "unknown", "core"), days).map(([level, until]) => ({
      ...{ level, until },
      catalogue: "c",
      by: "b",
      on: "2026-01-01",
    })),
  ),
  sets(
    "destinations",
    "observe",
    one(undefined, "law", "policy").map(
      (covers) => covers && { covers, from: "2026-05-01", until: "2026-05-20", approvedBy: "a", reason: "r" },
    ),
  ),
  sets("purposes", "neededTypes", one(undefined, ["person"], ["person", "cn-mobile", "bank-card"])),
  sets("purposes", "foreignAuthority", fc.boolean()),
  sets("mechanisms", "status", one(undefined, "active", "suspended", "pending")),
  sets("mechanisms", "validUntil", days),
  sets("mechanisms", "validFrom", days),
  sets("mechanisms", "type", one("standard-contract", "security-assessment", "certification")),
  sets("mechanisms", "templateModified", one(true, false, undefined)),
  sets("mechanisms", "filedDate", one("2026-01-20", "2026-05-01", undefined)),
  scope("categories", one(["person"], ["person", "cn-mobile", "bank-card"])),
  scope("maxNonSensitive", one(5, 500_000)),
  scope("onward", one([], ["cloud", "evil"])),
  drops("mechanisms", one("sc")),
  adds(
    "mechanisms",
    one({
      id: "sc2",
      type: "security-assessment",
      exporters: "shop",
      validFrom: "2026-01-01",
      validUntil: "2028-12-31",
      scope: { recipients: "acme", onward: ["cloud"] },
    }),
  ),
  sets("notices", "retention", one("", "x")),
  sets("notices", "sensitiveImpact", one("", "x")),
  sets("notices", "purposes", one(["support"], ["support", "order"])),
  sets("notices", "exporters", one(["shop"], undefined)),
  sets("pipias", "exporters", one(["shop"], undefined)),
  sets("pipias", "done", fc.boolean()),
  sets("pipias", "doneOn", days),
  sets("pipias", "types", one(["person"], ["person", "cn-mobile", "bank-card"])),
  sets("pipias", "storage", one(["US"], ["US", "SG"], undefined)),
  sets("pipias", "onward", one([], ["cloud"], ["cloud", "evil"])),
  sets("proofs", "until", one("2026-05-11", "2026-12-31")),
  sets("callers", "purposes", one(["support"], ["support", "order"])),
  adds(
    "exemptions",
    fc.record({
      id: one("e1", "e2"),
      ground: one("contract", "transit"),
      purposes: one("order", "support"),
      until: fc.constantFrom(...DAYS),
    }),
  ),
  drops("exemptions", one("e1", "e2")),
  adds(
    "orders",
    fc.record({
      id: one("o1"),
      authority: one("a"),
      reference: one("r"),
      purposes: one("order", "support"),
      until: fc.constantFrom(...DAYS),
    }),
  ),
  drops("orders", one("o1")),
  adds(
    "approvals",
    fc.record({
      id: one("a1"),
      authority: one("a"),
      reference: one("r"),
      purposes: one("support"),
      until: fc.constantFrom(...DAYS),
    }),
  ),
  drops("approvals", one("a1")),
  adds(
    "restricted",
    fc.record({
      id: one("x1"),
      names: one(["Evil"], ["Evil", "Acme"], ["cloud"]),
      source: one("s"),
      from: fc.constantFrom(...DAYS),
    }),
  ),
  drops("restricted", one("x1")),
  setting("unclassified", one("general", "unknown")),
  setting("failures", one({ lawNotReviewed: "block" }, { calendarUnknown: "block" }, {})),
  setting(
    "failures",
    fc.record(
      {
        classificationLapsed: one("warn", "block"),
        contractLapsed: one("warn", "block"),
        dueDiligenceLapsed: one("warn", "block"),
      },
      { requiredKeys: [] },
    ),
  ),
  setting("profile", one("strict", "gbt45574")),
  setting(
    "switches",
    fc.dictionary(
      one(
        "hrRequireBoth",
        "strictSeparateConsent",
        "transitDutiesChecked",
        "unfiledContractBlocks",
        "removalReclassifies",
        "countBothKinds",
      ),
      fc.boolean(),
      { maxKeys: 2 },
    ),
  ),
);

const policies = fc
  .tuple(fc.array(anyEdit, { maxLength: 4 }), fc.array(anyEdit, { minLength: 1, maxLength: 3 }))
  .map(([first, second]) => {
    const old = changedBy((said) => first.forEach((edit) => void edit(said)));
    return { old, next: changedBy((said) => second.forEach((edit) => void edit(said)), old) };
  });

const anyCase: fc.Arbitrary<Omit<Case, "policy">> = fc
  .record({
    types: fc.subarray(TYPES),
    purpose: one("support", "order"),
    ns: one(0, 0, 99_998, 200_000),
    consents: fc.tuple(
      ...[0, 1].map(() => one(consent({ purpose: "support" }), consent({ purpose: "order" }), consent(), null)),
    ),
    minor: one(false, false, true),
    stale: one(false, false, true),
    unread: one(undefined, undefined, "image" as const),
  })
  .map(({ types, purpose, ns, consents, minor, stale, unread }) => {
    const findings = types.map((type, i) => finding(type, { path: `/${i}` }));
    const { policy: _, ...base } = caseOf(findings, { counts: { nonSensitive: ns, sensitive: 0, gross: 0 }, stale });
    const about = findings.flatMap(({ type }, i) => (type === "uscc" ? [] : [i]));
    const individuals = about.map((i, n) =>
      individual(n, [i], { consent: withPurpose(consents[n % 2] ?? null, purpose), ...(minor ? { minor } : {}) }),
    );
    return {
      ...base,
      at: AT,
      flow: { ...base.flow, destination: "api", purpose },
      individuals,
      ...(unread && { unread: [{ class: unread, kind: "png", path: "/0", digest: "d" } as never] }),
    };
  });

function withPurpose(given: ConsentState | null, purpose: string): ConsentState | null {
  return given === null ? null : { ...given, purpose };
}

/** A crossing is of the way that the policy gives it. */
function judged(c: Omit<Case, "policy">, policy: Policy): Decision {
  const { country } = policy.recipients.get("acme")!;
  return decide({ ...c, flow: { ...c.flow, country }, hidden: new Set(), policy });
}

/** Whether more of it leaves than did. */
function leavesMore(was: Decision, is: Decision): boolean {
  if (is.action === "block") return false;
  if (was.action === "block") return true;
  const kept = (before: readonly number[] | undefined, now: readonly number[] | undefined) =>
    (before ?? []).every((i) => now?.includes(i));
  return !kept(was.hide, is.hide) || !kept(was.remove, is.remove);
}

test("whatever leaves under the new policy and did not under the old: the comparison had named a loosening", () => {
  const seen = { more: 0, silent: 0 };
  const cases = fc.sample(anyCase, 60);
  fc.assert(
    fc.property(policies, ({ old, next }) => {
      const [a, b] = [readOrNull(old), readOrNull(next)];
      if (a === null || b === null) return;
      const changes = compare(a.g, b.g, KNOWN.impersonal);
      if (loosens(changes))
        seen.more += Number(cases.some((c) => leavesMore(judged(c, a.policy), judged(c, b.policy))));
      else {
        seen.silent += 1;
        const names = changes.map(({ what, message, effect }) => `${effect} ${what} ${message.en}`).join("; ");
        for (const c of cases) expect(leavesMore(judged(c, a.policy), judged(c, b.policy)), names).toBe(false);
      }
    }),
    { numRuns: Number(process.env["COMPARE_RUNS"] ?? 150) },
  );
  expect(seen.more).toBeGreaterThan(5);
  expect(seen.silent).toBeGreaterThan(10);
});

test("a policy compared with itself says nothing, however it is cut and ordered", () => {
  const { rules, ...rest } = parse(BASE) as Record<string, Said[]>;
  expect(comparing(BASE, { rules: [...rules!].reverse(), ...rest })).toEqual([]);
  expect(comparing(BASE, BASE)).toEqual([]);
});

test("the table names only fields that are there, and every list", () => {
  expect([...Object.keys(PARTS), "rules"].sort()).toEqual(Object.keys(LISTS).sort());
});

const anyOf = [undefined, ["a", "b"]] as const;
const fewerOf = [["a", "b"], ["a"]] as const;
const [EARLY, LATE] = ["2026-01-01", "2027-01-01"];
const WAY = ["exporters", "destinations", "recipients", "purposes"] as const;
const TEXTS = ["recipientName", "recipientContact", "purpose", "method", "categories", "rights", "retention"];

/** List, field, the looser value, the stricter one. */
const FIELDS: readonly (readonly [keyof typeof PARTS, string, unknown, unknown])[] = [
  ["exporters", "ciio", false, "unknown"],
  ["exporters", "ciio", false, true],
  ["exporters", "stateOrgan", false, true],
  ["recipients", "restricted", false, true],
  ["recipients", "onward", ["a"], ["a", "b"]],
  ["recipients", "storage", ["US"], ["US", "SG"]],
  ["recipients", "contract", { until: LATE }, { until: EARLY }],
  ["recipients", "contract", undefined, { until: EARLY }],
  ["recipients", "dueDiligence", { on: EARLY, until: LATE }, { on: EARLY, until: EARLY }],
  ["recipients", "dueDiligence", { on: EARLY }, { on: EARLY, until: LATE }],
  ["destinations", "classification", { level: "general" }, { level: "general", until: LATE }],
  ["destinations", "operations", ...fewerOf],
  ["destinations", "passes", ...fewerOf],
  ["destinations", "limits", { body: 2 }, { body: 1 }],
  ["destinations", "tls", { min: "TLSv1.2" }, { min: "TLSv1.3" }],
  ["destinations", "observe", { covers: "law", until: LATE }, { covers: "policy", until: LATE }],
  ["destinations", "observe", { covers: "law", until: LATE }, { covers: "law", until: EARLY }],
  ["destinations", "observe", { covers: "law", from: EARLY }, { covers: "law", from: LATE }],
  ["destinations", "observe", { covers: "policy" }, undefined],
  ["destinations", "classification", { level: "general" }, { level: "unknown" }],
  ["destinations", "classification", { level: "important" }, { level: "core" }],
  ["mechanisms", "exporters", ...fewerOf],
  ["mechanisms", "validUntil", LATE, EARLY],
  ["mechanisms", "extendedUntil", LATE, EARLY],
  ["mechanisms", "status", "active", "suspended"],
  ...["filingRejected", "templateModified", "changeNotRefiled"].flatMap((field) => [
    ["mechanisms", field, undefined, true] as const,
    ["mechanisms", field, false, true] as const,
  ]),
  ...["recipients", "purposes", "categories"].flatMap((field) => [
    ["mechanisms", "scope", { [field]: fewerOf[0] }, { [field]: fewerOf[1] }] as const,
    ["mechanisms", "scope", {}, { [field]: ["a"] }] as const,
  ]),
  ["mechanisms", "scope", { onward: ["a"] }, {}],
  ["mechanisms", "scope", {}, { maxNonSensitive: 1 }],
  ["mechanisms", "scope", { maxSensitive: 2 }, { maxSensitive: 1 }],
  ...["exporters", "recipients", "purposes"].map((field) => ["notices", field, ...fewerOf] as const),
  ...[...TEXTS, "sensitiveNecessity", "sensitiveImpact"].map((field) => ["notices", field, "x", " "] as const),
  ["notices", "rights", { zh: "x", en: "x" }, { zh: "x", en: "" }],
  ...["exporters", "recipients", "purposes", "types", "onward", "storage"].map(
    (field) => ["pipias", field, ...fewerOf] as const,
  ),
  ["pipias", "done", true, false],
  ["pipias", "doneOn", EARLY, LATE],
  ["pipias", "doneOn", undefined, EARLY],
  ["callers", "exporters", ["a", "b", "c"], ["a", "b"]],
  ...["destinations", "purposes", "mayAssert", "keySha256"].map((f) => ["callers", f, ...fewerOf] as const),
  ["purposes", "foreignAuthority", false, true],
  ...(["proofs", "approvals"] as const).flatMap((list) => [
    ...WAY.flatMap((field) => [[list, field, ...fewerOf] as const, [list, field, ...anyOf] as const]),
    [list, "from", EARLY, LATE] as const,
    [list, "from", undefined, LATE] as const,
    [list, "until", LATE, EARLY] as const,
    [list, "until", undefined, EARLY] as const,
  ]),
  ...WAY.flatMap((field) => [
    ["orders", field, fewerOf[1], fewerOf[0]] as const,
    ["orders", field, anyOf[1], anyOf[0]] as const,
  ]),
  ["orders", "from", LATE, EARLY],
  ["orders", "from", EARLY, undefined],
  ["orders", "until", EARLY, LATE],
  ["orders", "until", LATE, undefined],
  ...WAY.flatMap((field) => [
    ["duties", field, fewerOf[1], fewerOf[0]] as const,
    ["duties", field, anyOf[1], anyOf[0]] as const,
  ]),
  ["duties", "onOverdue", "alarm", "block"],
  ...["callers", "destinations", "purposes", "recipients", "kinds"].map((f) => ["inventory", f, ...fewerOf] as const),
  ["notices", "supersedes", [{ version: "1", material: false }], [{ version: "1", material: true }]],
  ["notices", "supersedes", undefined, [{ version: "1", material: true }]],
  ["restricted", "names", ["a"], ["a", "b"]],
  ["restricted", "from", LATE, EARLY],
];

describe("a field that turns", () => {
  test.each(FIELDS)("%s %s from %j to %j tightens, and back loosens", (list, field, loose, strict) => {
    const direction = PARTS[list].fields[field]!;
    expect(direction(loose, strict)).toBe("tightens");
    expect(direction(strict, loose)).toBe("loosens");
  });

  test("a caller whose exporters come down to one need not say which any more", () => {
    expect(PARTS.callers.fields["exporters"]!(["a", "b"], ["a"])).toBe("loosens");
  });

  test("a version that no material change replaced says nothing of consents; one text stands for two", () => {
    const { supersedes, rights } = PARTS.notices.fields as Record<string, typeof nothing>;
    expect(supersedes!(undefined, [{ version: "1", material: false }])).toBe("neutral");
    expect(rights!("x", { zh: "x", en: "y" })).toBe("neutral");
  });

  test("each that can tighten is tried", () => {
    const tried = new Set(FIELDS.map(([list, field]) => `${list} ${field}`));
    const directed = Object.entries(PARTS).flatMap(([list, { fields }]) =>
      Object.entries(fields).flatMap(([field, direction]) => (direction === nothing ? [] : [`${list} ${field}`])),
    );
    expect(directed.filter((name) => !tried.has(name))).toEqual(["mechanisms validFrom"]);
    expect(PARTS.mechanisms.fields["validFrom"]!(EARLY, LATE)).toBe("loosens");
  });

  test("what is added and what goes, list by list", () => {
    const ways = Object.entries(PARTS).map(([list, { added, removed }]) => `${list} ${added} ${removed}`);
    expect(ways.filter((way) => !way.endsWith(" loosens tightens"))).toEqual(
      expect.arrayContaining(["exemptions loosens loosens", "ftz loosens loosens", "orders tightens loosens"]),
    );
    expect(ways).toEqual(expect.arrayContaining(["restricted tightens loosens", "documents neutral neutral"]));
    expect(ways.filter((way) => way.endsWith("neutral")).length).toBe(4);
  });
});

const rule = (more: Said): Said => ({ id: "new", why: "x", ...more });
const edit =
  (list: string, change: Said): Edit =>
  (said) =>
    void Object.assign(said[list]![0]!, change);

// [what, edit, effects in order]
const WAYS: readonly (readonly [string, Edit, readonly string[]])[] = [
  ["a block", (s) => s["rules"]!.push(rule({ action: "block", match: { minor: true } })), ["tightens rules/new"]],
  ["a forward", (s) => s["rules"]!.push(rule({ action: "forward", match: {} })), ["loosens rules/new"]],
  [
    "a forward of what is let through",
    (s) => s["rules"]!.push(rule({ action: "forward", match: { sensitive: true } })),
    ["neutral rules/new"],
  ],
  [
    "a pseudonymize",
    (s) => s["rules"]!.push(rule({ action: "pseudonymize", match: { pi: true } })),
    ["loosens rules/new"],
  ],
  ["no forward", (s) => void s["rules"]!.shift(), ["tightens rules/go"]],
  ["no block", (s) => void s["rules"]!.pop(), ["loosens rules/cards"]],
  [
    "a block by another name",
    (s) => void Object.assign(s["rules"]![2]!, { id: "all-cards" }),
    ["tightens rules/all-cards", "neutral rules/cards"],
  ],
  [
    "a wider block",
    (s) => void Object.assign(s["rules"]![2]!, { match: { piAny: ["bank-card", "cn-id"] } }),
    ["tightens rules/cards"],
  ],
  [
    "a narrower block",
    (s) => void Object.assign(s["rules"]![2]!, { match: { piAny: "bank-card", minor: true } }),
    ["loosens rules/cards"],
  ],
  [
    "a block with a condition",
    (s) => void Object.assign(s["rules"]![2]!, { when: "pi.count > 1" }),
    ["loosens rules/cards"],
  ],
  ["a forward with a condition", edit("rules", { when: "pi.count > 1" }), ["tightens rules/go"]],
  ["a forward that hides", edit("rules", { action: "pseudonymize" }), ["tightens rules/go"]],
  ["a forward that removes: the law looks at what is left", edit("rules", { action: "redact" }), ["loosens rules/go"]],
  [
    "a block that only hides",
    (s) => void Object.assign(s["rules"]![2]!, { action: "pseudonymize" }),
    ["loosens rules/cards"],
  ],
  ["another reason", edit("rules", { why: "y" }), ["neutral rules/go"]],
  ["another address", edit("destinations", { url: "https://elsewhere.example" }), ["loosens destinations/api"]],
  ["fewer operations", edit("destinations", { operations: "inference" }), ["tightens destinations/api"]],
  ["a smaller body", edit("destinations", { limits: { body: 50 } }), ["tightens destinations/api"]],
  [
    "nothing passed unread",
    edit("destinations", { opaque: {} }),
    ["tightens destinations/api", "neutral destinations/api"],
  ],
  [
    "a class passed unread",
    edit("destinations", { opaque: { image: "pass", video: "pass", approvedBy: "a", reason: "r" } }),
    ["loosens destinations/api"],
  ],
  [
    "on trial",
    edit("destinations", {
      observe: { covers: "policy", from: "2026-05-01", until: "2026-05-20", approvedBy: "a", reason: "r" },
    }),
    ["loosens destinations/api"],
  ],
  [
    "a forced value",
    edit("destinations", { force: [{ pointer: "/store", value: true }] }),
    ["loosens destinations/api"],
  ],
  [
    "a new caller",
    (s) =>
      s["callers"]!.push({
        id: "b",
        keySha256: "0".repeat(64),
        exporters: "shop",
        destinations: "api",
        purposes: "support",
      }),
    ["loosens callers/b"],
  ],
  [
    "headers that leave: those that do not are not looked at",
    edit("destinations", { headers: "x-a" }),
    ["loosens destinations/api"],
  ],
  ["no caller", (s) => void s["callers"]!.pop(), ["tightens callers/app"]],
  [
    "another key",
    edit("callers", { loopback: undefined, keySha256: "1".repeat(64) }),
    ["loosens callers/app", "loosens callers/app"],
  ],
  [
    "a stop",
    (s) => void Object.assign(s, { orders: [{ id: "o", authority: "a", reference: "r" }] }),
    ["tightens orders/o"],
  ],
  ["a later end", edit("mechanisms", { validUntil: "2029-12-31" }), ["loosens mechanisms/sc"]],
  ["an earlier end", edit("mechanisms", { validUntil: "2027-12-31" }), ["tightens mechanisms/sc"]],
  ["a number", edit("mechanisms", { number: "1" }), ["neutral mechanisms/sc"]],
  ["a blank in a notice", edit("notices", { rights: "" }), ["tightens notices/n"]],
  ["other words in a notice", edit("notices", { rights: "b" }), ["neutral notices/n"]],
  ["the other profile", (s) => void Object.assign(s, { profile: "gbt45574" }), ["loosens profile"]],
  ["names read", (s) => void Object.assign(s, { names: "all" }), ["loosens names"]],
  ["a switch to its default", (s) => void Object.assign(s, { switches: { hrRequireBoth: true } }), []],
  [
    "a switch from its default",
    (s) => void Object.assign(s, { switches: { hrRequireBoth: false } }),
    ["loosens switches.hrRequireBoth"],
  ],
  [
    "a switch that nobody has shown anything of",
    (s) => void Object.assign(s, { switches: { countBothKinds: false } }),
    ["loosens switches.countBothKinds"],
  ],
  [
    "a failure that only warns, where silence blocks",
    (s) => void Object.assign(s, { failures: { lawNotReviewed: "warn" } }),
    ["loosens failures.lawNotReviewed"],
  ],
  [
    "a lapse that only warns, where silence blocks",
    (s) => void Object.assign(s, { failures: { classificationLapsed: "warn" } }),
    ["loosens failures.classificationLapsed"],
  ],
  [
    "one lapse that blocks as silence does, another that only warns",
    (s) => void Object.assign(s, { failures: { contractLapsed: "block", dueDiligenceLapsed: "warn" } }),
    ["neutral failures.contractLapsed", "loosens failures.dueDiligenceLapsed"],
  ],
  [
    "a lapse that blocks, said",
    (s) => void Object.assign(s, { failures: { classificationLapsed: "block" } }),
    ["neutral failures.classificationLapsed"],
  ],
  ["who answers", (s) => void Object.assign(s, { release: { author: "a", reason: "r" } }), ["neutral release"]],
];

describe("a change of", () => {
  test.each(WAYS)("%s", (_, change, expected) => {
    const changes = comparing(BASE, changedBy(change));
    expect(changes.map(({ effect, what }) => `${effect} ${what}`)).toEqual(expected);
    for (const { message } of changes) {
      expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(message.en).not.toMatch(/undefined|[\u4e00-\u9fff]/);
    }
  });
});

test("a change has its place in the new policy, what is gone in the old", () => {
  const [a, b] = [
    read(BASE, "old.yaml"),
    read(
      changedBy((s) => void s["rules"]!.pop()),
      "new.yaml",
    ),
  ];
  expect(compare(a.g, b.g, [])).toMatchObject([{ effect: "loosens", place: { file: "old.yaml", line: 26 } }]);
  expect(compare(b.g, a.g, [])).toMatchObject([{ effect: "tightens", place: { file: "old.yaml", line: 26 } }]);
});
