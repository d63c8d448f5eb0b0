// What the ledger says of a crossing: canonical as built, small enough, and never a value.

import fc from "fast-check";
import { expect, test } from "vitest";
import { KINDS } from "../src/act/kinds.ts";
import { commit, forcedPointer, id, sentence, signature } from "../src/io/policy/fields.ts";
import { canonical, quote } from "../src/record/canonical.ts";
import { crossingTexts, outcomeText, PEOPLE_PER_ENTRY_MAX, stoppedText } from "../src/record/crossing.ts";
import { ENTRY_BYTES_MAX } from "../src/record/entry.ts";
import type { Case, CountKey, Decision, Finding, Individual, Reason } from "../src/words.ts";
import { arrivalOf } from "./sim/demo-world.ts";

const SECRET = "11010519491231002X";
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("cn-id", "客服", '"\\\n\u2028'));

const finding = fc
  .record({
    type: text,
    path: fc.string({ unit: "binary", maxLength: 400 }),
    sensitive: fc.boolean(),
    certainty: fc.constantFrom("checksum", "key"),
  })
  .map(
    (f): Finding =>
      ({
        ...f,
        where: "body",
        token: 0,
        start: 0,
        end: 1,
        byteStart: 0,
        byteEnd: 1,
        identifies: "strong",
        original: { reveal: () => SECRET },
      }) as Finding,
  );

const reason: fc.Arbitrary<Reason> = fc.record(
  { code: text, article: text, path: fc.string({ maxLength: 400 }), type: text, about: text },
  { requiredKeys: ["code", "article"] },
);

function person(i: number): Individual {
  const key = String(i).padStart(22, "k");
  return {
    person: null,
    key: key as Individual["key"],
    countKey: key as CountKey,
    declared: false,
    counted: { nonSensitive: false, sensitive: false, gross: false },
    consent: { receipt: `r-${i}`, notice: { id: "n", version: VERSION } } as Individual["consent"],
    findings: [],
  };
}

/** A version that a cut after 32 units would leave half a character of, with what JSON spells with six bytes. */
const VERSION = `2026-05\u0001${"字".repeat(23)}😀`;

interface Drawn {
  readonly findings: Finding[];
  readonly reasons: Reason[];
  readonly people: number;
  readonly added: number;
  readonly words: string[];
  /** All of them are under fourteen. */
  readonly minors: boolean;
  readonly trace: string | null;
  readonly forced?: string[];
  /** Places of those whom the caller declared. */
  readonly declared?: readonly number[];
  readonly more?: {
    readonly decision?: object & { readonly observedBy?: string };
    readonly legal?: object & { readonly proof?: string };
    readonly flow?: object;
  };
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  findings: fc.array(finding, { maxLength: 70 }),
  reasons: fc.array(reason, { maxLength: 30 }),
  people: fc.integer({ min: 0, max: 1200 }),
  added: fc.integer({ min: 0, max: 1200 }),
  words: fc.array(text, { minLength: 9, maxLength: 9 }),
  minors: fc.boolean(),
  trace: fc.option(fc.constant("0af7651916cd43dd8448eb211c80319c")),
  more: fc
    .record({ proof: text, observedBy: fc.string({ unit: "binary", maxLength: 64 }) }, { requiredKeys: [] })
    .map(({ proof, observedBy }) => ({
      legal: proof === undefined ? {} : { proof },
      decision: observedBy === undefined ? {} : { observedBy },
    })),
  forced: fc.array(fc.string({ unit: "binary", maxLength: 60 }), { maxLength: 16 }),
});

function textsOf(
  { findings, reasons, people, added, words, minors, trace, forced, declared = [], more = {} }: Drawn,
  listed?: readonly string[],
): string[] {
  const [caller, exporter, destination, recipient, purpose, model, rule, basis, hash] = words as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const flow = {
    caller,
    exporter,
    destination,
    recipient,
    purpose,
    model,
    country: "US",
    operation: "inference",
    leaves: "request",
    declared: [],
    provider: "openai-chat",
    ...more.flow,
  };
  const mechanism = people % 2 === 0 ? null : words[people % 3 === 0 ? 2 : 3]!;
  const legal = {
    outcome: "EXEMPT",
    rule: "E7",
    basis,
    revision: "RS-2024",
    mechanism,
    papers: listed ?? words.slice(0, added % 3),
    warnings: [],
    ...more.legal,
  };
  const decision = {
    action: "pseudonymize",
    rule,
    reasons,
    cures: listed ?? words.slice(0, people % 3),
    hide: [0, 2],
    legal,
    ...more.decision,
  } as unknown as Decision;
  const purposes = new Map(words[0] === words[1] ? [] : [[purpose, { basis: { legalBasis: "contract" } }]]);
  const mechanisms = [{ id: words[2], type: "STANDARD_CONTRACT" }];
  // entrusted by somebody else, or not
  const exporters = new Map([[exporter, { handler: people % 2 === 0 ? recipient : exporter }]]);
  // from the end: a finding's number is not its person's
  const ofPerson = (i: number) => (i < findings.length ? [findings.length - 1 - i] : []);
  const individuals = Array.from({ length: people }, (_, i) => ({
    ...{ ...person(i), findings: ofPerson(i) },
    ...{ ...(minors ? { minor: true } : {}), declared: declared.includes(i) },
  }));
  const it = {
    at: "2026-11-22T02:00:00.000Z",
    flow,
    findings,
    individuals,
    policy: { hash, profile: "strict", switches: { b: true, a: "x", B: true }, purposes, mechanisms, exporters },
  } as unknown as Case;
  const newcomers = Array.from({ length: added }, (_, i) => ({
    ...{ key: person(i).countKey, nonSensitive: i % 2 === 1, sensitive: i % 4 > 1 },
  }));
  const scope = (i: number) => ({
    recipients: Array.from({ length: 1 + (i % 2) * 8 }, (_, n) => `${recipient}-${n}`.slice(-64)),
    ...{ nonSensitive: i, sensitive: 2 },
  });
  const counts = {
    ...{ nonSensitive: 1, sensitive: 2, gross: 3 },
    ...(people % 2 === 0 ? {} : { opened: true as const }),
    ...(people % 3 === 0 ? {} : { scoped: Array.from({ length: people % 5 }, (_, i) => scope(i)) }),
  };
  return crossingTexts({
    arrival: arrivalOf(1, SECRET),
    case: it,
    decision,
    counts,
    added: newcomers,
    digest: "d",
    bytesOut: 1,
    asOf: "7",
    salt: "s",
    trace,
    forced,
    unreadDigests: Array<string>(8).fill("d".repeat(22)),
  });
}

test("every entry is canonical as built, fits a bundle, names every person once, and holds no value", () => {
  fc.assert(
    fc.property(drawn, (d) => {
      const texts = textsOf(d);
      const entries = texts.map((one) => JSON.parse(one));
      for (const [i, one] of texts.entries()) {
        expect(one).toBe(canonical(entries[i]));
        expect(Buffer.byteLength(one)).toBeLessThanOrEqual(ENTRY_BYTES_MAX);
        expect(one).not.toContain(SECRET);
      }
      expect(entries[0]).toMatchObject({ lawRule: "E7", forced: d.forced });
      expect(entries[0].counts).toMatchObject({ nonSensitive: 1, sensitive: 2, gross: 3 });
      expect(entries[0].counts.opened).toBe(d.people % 2 === 0 ? undefined : true);
      // of one recipient; those of nine are not told
      const told = d.people % 3 === 0 ? [] : [0, 2, 4].filter((i) => i < d.people % 5).slice(0, 2);
      const scoped: { nonSensitive: number }[] | undefined = entries[0].counts.scoped;
      expect(scoped?.map((one) => one.nonSensitive)).toEqual(told.length === 0 ? undefined : told);
      expect(entries[0].proof).toBe(d.more?.legal?.proof);
      expect(entries[0].observedBy).toBe(d.more?.decision?.observedBy);
      expect(entries[0].cures).toEqual(d.people % 3 === 0 ? undefined : d.words.slice(0, d.people % 3));
      expect(entries[0].papers).toEqual(d.added % 3 === 0 ? undefined : d.words.slice(0, d.added % 3));
      expect("mechanismType" in entries[0]).toBe(entries[0].mechanism === d.words[2]);
      expect(entries[0].legalBasis).toBe(d.words[0] === d.words[1] ? undefined : "contract");
      expect(entries[0].handler).toBe(d.people % 2 === 0 && d.words[3] !== d.words[1] ? d.words[3] : undefined);
      expect(texts.length).toBe(Math.max(1, Math.ceil(Math.max(d.people, d.added) / PEOPLE_PER_ENTRY_MAX)));
      expect(entries.flatMap((entry) => entry.people)).toHaveLength(d.people);
      for (const { people, minors } of entries)
        expect(minors).toEqual(d.minors && people.length > 0 ? [...people.keys()] : undefined);
      expect(entries.flatMap((entry) => entry.new)).toHaveLength(d.added);
      // a digit for each: 0 gross only, 1 non-sensitive, 2 sensitive, 3 both
      for (const entry of entries)
        expect(entry.newAs).toBe(entry.new.length === 0 ? undefined : entry.newAs.padEnd(entry.new.length, "?"));
      expect(entries.map((entry) => entry.newAs ?? "").join("")).toBe("0123".repeat(d.added).slice(0, d.added));
      const listed = d.findings.length <= 50 ? (entries[0].findings as { person?: number }[]) : [];
      // the one person of the entry is told only beside findings that are nobody's
      if (d.people > 1 || (d.people === 1 && listed.length > 1))
        for (const [i, { person }] of listed.entries())
          expect(person).toBe(d.findings.length - 1 - i < d.people ? d.findings.length - 1 - i : undefined);
      else for (const { person } of listed) expect(person).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test("who was declared, and the shape: both or neither, in few bytes", () => {
  const plain = {
    findings: [],
    reasons: [],
    people: 3,
    added: 0,
    minors: false,
    words: Array(9).fill("w"),
    trace: null,
  };
  const entryOf = (flow: object, declared: readonly number[] = []) => {
    const [text] = textsOf({ ...plain, declared, more: { flow } });
    expect(text).toBe(canonical(JSON.parse(text!)));
    return { text: text!, said: JSON.parse(text!) as { declared: unknown; provider?: string } };
  };
  const somebody = { declared: ["k"] };
  expect(entryOf({}).said.declared).toBeNull();
  expect(entryOf(somebody).said.declared).toEqual([]);
  expect(entryOf(somebody, [1]).said.declared).toEqual([1]);
  expect(entryOf({ declared: ["k", "l"] }, [0, 2]).said.declared).toEqual([0, 2]);
  expect(entryOf({}).said.provider).toBeUndefined();
  expect(entryOf({ provider: "any-json" }).said.provider).toBe("any-json");
  // the usual crossing: what it costs
  const [less] = textsOf({ ...plain, people: 1 });
  const before = Buffer.byteLength(less!.replace('"declared":null,', ""));
  const [usual] = textsOf({ ...plain, people: 1, declared: [0], more: { flow: somebody } });
  expect(Buffer.byteLength(usual!) - before).toBe(15);
  // a thousand aliases of one caller: as many as fit
  const all = Array.from({ length: 400 }, (_, i) => i);
  const [many] = textsOf({ ...plain, people: 400, declared: all, more: { flow: somebody } });
  expect(JSON.parse(many!).declared).toEqual(all.slice(0, 8));
  // places are those of all parts
  const parts = textsOf({ ...plain, people: 1000, declared: [900], more: { flow: somebody } });
  expect(parts.map((one) => JSON.parse(one).declared)).toEqual([[900], undefined, undefined]);
});

test("a notice's version is cut between characters, and its control characters are marks", () => {
  const words = Array(9).fill("w");
  const [entry] = textsOf({ findings: [], reasons: [], people: 1, added: 0, minors: false, words, trace: null });
  expect(VERSION.length).toBe(33);
  expect(JSON.parse(entry!).consent[0].version).toBe(`2026-05\ufffd${"字".repeat(23)}\ufffd`);
});

test("what policy takes for an entry takes three bytes a unit there at most", () => {
  const char = fc.oneof(
    fc.integer({ min: 0, max: 0xa0 }).map((code) => String.fromCharCode(code)),
    fc.constantFrom("\ud800", "\udc00", "😀", "批", "\u2028", "\ufeff", '"', "\\", "/"),
  );
  const written = fc.array(char, { minLength: 1, maxLength: 12 }).map((all) => all.join(""));
  const fields = { signature, sentence, forcedPointer, id, commit };
  let taken = 0;
  fc.assert(
    fc.property(written, (text) => {
      for (const field of Object.values(fields))
        for (const tried of [text, `/${text}`]) {
          if (!field.safeParse(tried).success) continue;
          taken++;
          expect(Buffer.byteLength(quote(tried)) - 2).toBeLessThanOrEqual(3 * tried.length);
        }
    }),
    { numRuns: 2_000 },
  );
  expect(taken).toBeGreaterThan(200);
  for (const bad of ["\u0001", "\u001b", "\u007f", "\u009b", "\ud800"])
    for (const field of [signature, sentence]) expect(field.safeParse(`dpo${bad}`).success).toBe(false);
  expect(forcedPointer.safeParse("/a\u0000").success).toBe(false);
  // as a folded block of YAML has it
  expect(sentence.safeParse("two\tlines\nof a reason\n").success).toBe(true);
});

test("the largest entry that can be built still fits", () => {
  const wide = `/${"a".repeat(31)}`.repeat(8); // names that are recorded as they are: others become `*`
  const [id, signed] = ["w".repeat(64), "批".repeat(64)];
  const one = { type: "social-security", path: wide, certainty: "format+context", sensitive: false };
  const findings = Array<unknown>(50).fill(one) as Finding[];
  const reasons = Array.from({ length: 40 }, () => ({
    code: "MECH_NOT_ALLOWED_FOR_ROUTE",
    article: "SA Measures Art.17 / SC template Art.7 / Cert Measures Art.10",
    path: wide,
    type: "social-security",
    about: id,
  }));
  const largest = {
    findings,
    reasons,
    people: PEOPLE_PER_ENTRY_MAX,
    added: PEOPLE_PER_ENTRY_MAX,
    minors: true,
    declared: Array.from({ length: 9 }, (_, i) => PEOPLE_PER_ENTRY_MAX - 1 - i),
    words: Array<string>(9).fill(id),
    trace: "t".repeat(32),
    // RFC 6901 of policy: sixteen, 120 units each
    forced: Array<string>(16).fill(`/${"字".repeat(119)}`),
    more: {
      flow: { model: "m".repeat(128), provider: "anthropic-messages", declared: ["k"] },
      legal: { proof: id, basis: "依".repeat(64), warnings: Array<string>(4).fill("SC_FILING_DUE") },
      decision: {
        observedBy: signed,
        hide: [...findings.keys()],
        unread: Array<unknown>(9).fill({ approvedBy: signed, class: "model-weights", path: wide }),
        lifted: Array<unknown>(9).fill({
          release: `rel_${"0".repeat(60)}`,
          of: "false-finding",
          what: id,
          findings: [],
        }),
      },
    },
  };
  const texts = textsOf(largest, Array<string>(16).fill("c".repeat(28)));
  expect(texts).toHaveLength(1);
  const bytes = Buffer.byteLength(texts[0]!);
  expect(bytes).toBeLessThanOrEqual(ENTRY_BYTES_MAX);
  expect(bytes).toBeGreaterThan(54_000);
  // counted by kind, they are no larger
  const kinds = Object.keys(KINDS).flatMap((type) => Array<unknown>(3).fill({ ...one, type }) as Finding[]);
  const each = (of: number) => kinds.flatMap((_, i) => (i % 3 <= of ? [i] : []));
  const counted = { ...largest.more, decision: { ...largest.more.decision, hide: each(1), remove: each(0) } };
  const [entry] = textsOf({ ...largest, findings: kinds, more: counted }, Array<string>(16).fill("c".repeat(28)));
  expect(JSON.parse(entry!).findings).toHaveLength(kinds.length);
  expect(Buffer.byteLength(entry!)).toBeLessThanOrEqual(ENTRY_BYTES_MAX);
});

test("over fifty findings are counted by kind and by what is done with them, and all are counted", () => {
  const kind = fc.constantFrom("cn-id", "bank-card", "cn-mobile");
  const action = fc.constantFrom("pseudonymize", "block");
  const done = fc.constantFrom("redact", "pseudonymize", "otherwise");
  fc.assert(
    fc.property(fc.array(fc.record({ type: kind, done }), { minLength: 51, maxLength: 80 }), action, (all, action) => {
      const places = (of: readonly string[]) => all.flatMap((one, i) => (of.includes(one.done) ? [i] : []));
      const decision = { action, hide: places(["redact", "pseudonymize"]), remove: places(["redact"]) };
      const findings = all.map(({ type }) => ({ type, path: "/a", certainty: "key", sensitive: false })) as Finding[];
      const words = Array<string>(9).fill("w");
      const plain = { reasons: [], people: 0, added: 0, words, minors: false, trace: null };
      const [entry] = textsOf({ ...plain, findings, more: { decision } });
      const expected = new Map<string, number>();
      for (const { type, done } of all) {
        const said = done === "otherwise" ? (action === "block" ? "block" : "forward") : done;
        expected.set(`${said} ${type}`, (expected.get(`${said} ${type}`) ?? 0) + 1);
      }
      const told = JSON.parse(entry!).findings as { action: string; n: number; type: string }[];
      expect(new Map(told.map(({ action, n, type }) => [`${action} ${type}`, n]))).toEqual(expected);
      expect(told).toHaveLength(expected.size);
      expect(entry).toBe(canonical(JSON.parse(entry!)));
    }),
    { numRuns: 50 },
  );
});

test("papers and cures are listed up to so many: an entry has a size", () => {
  const ids = Array.from({ length: 40 }, (_, i) => `id-${i}`);
  const drawnLess = { findings: [], reasons: [], people: 1, added: 1, minors: false, words: ids, trace: null };
  const [many] = textsOf(drawnLess, ids);
  expect(JSON.parse(many!).papers).toEqual(ids.slice(0, 8));
  expect(JSON.parse(many!).cures).toEqual(ids.slice(0, 16));
});

test("a path is recorded name by name: a name that is no plain identifier is a *, whatever stands beside it", () => {
  const PLAIN = /^(?:\d{1,6}|(?!.*\d{4})[A-Za-z_][\w.-]{0,31})$/;
  const name = fc.oneof(
    fc.constantFrom("messages", "content", "0", "123456", "1234567", "a1", "a1234", "客户", "a b", "", "_x.y-z", "-x"),
    fc.string({ maxLength: 40 }).map((one) => one.replaceAll("/", "")),
    fc.stringMatching(/^[A-Za-z_][A-Za-z_.-]{29,33}$/),
  );
  fc.assert(
    fc.property(fc.array(name, { maxLength: 20 }), (names) => {
      const path = names.map((one) => `/${one}`).join("");
      const shown = names.map((one) => `/${one === "" || PLAIN.test(one) ? one : "*"}`).join("");
      const finding = { type: "cn-mobile", path, certainty: "format", sensitive: false } as unknown as Finding;
      const drawn = {
        findings: [finding],
        reasons: [],
        people: 1,
        added: 0,
        minors: false,
        words: Array(9).fill("w"),
        trace: null,
      };
      const [entry] = textsOf(drawn).map((one) => JSON.parse(one));
      expect(entry.findings[0].path).toBe(shown.length <= 120 ? shown : `${shown.slice(0, 120)}…`);
    }),
    { numRuns: 500 },
  );
});

test("stops and outcomes are canonical as built", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const at = { id: a, t: b, caller: a, destination: b, salt: a };
      const outcome = { id: a, t: b, status: 200, result: b, bytesIn: 1, restored: 0, unrestored: 0 };
      for (const one of [stoppedText(at, a, b), outcomeText(outcome)]) expect(one).toBe(canonical(JSON.parse(one)));
    }),
  );
});
