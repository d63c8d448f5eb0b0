// What reads a line once for many: of a bulk (the gate) and of a file (the command). Both give what reading each whole
// would give, faults included.

import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createOutgoing } from "../src/cli/consent/import/outgoing.ts";
import { recordOf } from "../src/cli/consent/import/records.ts";
import type { Incoming } from "../src/io/admin/consents/incoming.ts";
import { readInstant } from "../src/io/admin/consents/instants.ts";
import { consentLines, writeOf } from "../src/io/admin/consents/line.ts";
import { createMapper } from "../src/io/admin/consents/mapping/apply.ts";
import { type MappingInput, mappingSchema } from "../src/io/admin/consents/mapping/schema.ts";
import { createShapes } from "../src/io/admin/consents/shapes.ts";
import { Problem } from "../src/io/admin/problem.ts";
import type { PersonKey, Policy } from "../src/words.ts";

const NOW = Date.parse("2026-06-01T04:00:00.000Z");
const policyOf = (...recipients: readonly string[]) =>
  ({
    exporters: new Map([["acme", { handler: "group" }]]),
    recipients: new Map(recipients.map((id) => [id, {}])),
    purposes: new Map([["support", {}]]),
  }) as unknown as Policy;

function worldOf(policy: () => Policy = () => POLICY): Incoming {
  return {
    policy,
    clock: { nowMs: () => NOW },
    canonicalise: (_type, text) => (/^1\d{10}$/.test(text) ? text : null),
    keys: {
      person: (exporter: string, type: string, text: string) =>
        Buffer.from(`${exporter}/${type}/${text}`).toString("base64url") as PersonKey,
      digest: (text: string) => createHash("sha256").update(text).digest("hex"),
    } as unknown as Incoming["keys"],
  };
}
const POLICY = policyOf("openai");

const GRANT = {
  ...{
    exporter: "acme",
    subject: { type: "cn-mobile", value: "13800138000" },
    recipient: "openai",
    purpose: "support",
  },
  ...{ separate: true, types: ["cn-mobile"], givenAt: "2026-03-01T08:00:00+08:00" },
};
const WITHDRAWAL = { action: "withdraw", exporter: "acme", subject: GRANT.subject, givenAt: GRANT.givenAt };

/** What comes of a line: a write, or what is wrong with it. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { code: error.code, message: error.message, errors: error.errors };
  }
}

const whole = (line: string) =>
  outcomeOf(() => {
    try {
      return writeOf(worldOf(), JSON.parse(line));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new Problem(400, "request_malformed", "The line cannot be read as JSON.");
    }
  });

describe("a line of a bulk", () => {
  // an event without an id is known again by its name: another name, and an import that is run again doubles
  test.each([
    ["~f805f161b39906d3bdcbfb7fd14a0fdf", GRANT],
    [
      "~7f57a89a2da9e6f42789f1696df579aa",
      {
        ...{ ...GRANT, sequence: 7, notice: { id: "n", version: "2", sha256: "ab".repeat(32) }, action: "correct" },
        ...{ validUntil: "2027-01-01T00:00:00Z", sensitiveTypes: ["x"] },
      },
    ],
    [
      "~b9804d8dd5f889dccb2d30dde635940e",
      {
        ...{ ...GRANT, shownAt: "2026-03-01T07:00:00Z", act: "tick", source: "crm", channel: "web", guardian: true },
        ...{ evidence: { sha256: "cd".repeat(32), uri: "https://a.example/b" }, sensitiveNotice: true },
      },
    ],
    ["~4c9111bad52d55b2d461cd743a55c7c4", WITHDRAWAL],
    [
      "~26c6bb33bb2fa0ef682fa275a46277ad",
      { ...WITHDRAWAL, recipient: "openai", purpose: "support", sequence: 3, source: "crm", channel: "web" },
    ],
  ])("the name of an event is what it was in the release before: %s", (name, line) => {
    const read = consentLines();
    for (const _ of [1, 2, 3]) expect(read(worldOf(), JSON.stringify(line)).event!.event).toBe(name);
  });

  const aText = fc.oneof(
    fc.constantFrom(
      "13800138000",
      "13900139000",
      "",
      "2380013800",
      "a\\u0041b",
      "x\\",
      'x\\"y',
      "a\tb",
      "张三",
      "\u2028",
    ),
    fc.string({ maxLength: 8 }),
    fc.constant("9".repeat(513)),
  );
  const anInstant = fc.constantFrom(
    ...["2026-03-01T08:00:00+08:00", "2026-03-01T00:00:00Z", "2026-05-01T00:00:00.123Z", "2027-01-01T00:00:00Z"],
    ...["2026-06-01T04:04:59Z", "2026-06-01T04:05:01Z", "2026-02-30T00:00:00Z", "yesterday", "", "2026-03-01"],
  );
  const aLine = fc
    .record({
      value: aText,
      givenAt: anInstant,
      event: fc.constantFrom(undefined, undefined, "e-1", "e-2", "13800138000", "", "a b", '\\"'),
      more: fc.constantFrom(
        ...["", '"sequence":7,', '"source":"crm",', '"aliases":[{"type":"cn-mobile","value":"13700137000"}],'],
        ...['"recipient":"nobody",', '"givenAt":"2026-01-01T00:00:00Z",', '"value":"1",', '"x":{"value":"1"},', "}"],
        ...[
          '"evidence":{"sha256":"x"},',
          '"notice":{"id":"n","version":"1"},',
          '"event":"e-9",',
          '"types":["\\"givenAt\\":\\"x"],',
        ],
      ),
      isWithdrawal: fc.boolean(),
      late: fc.constantFrom(
        "",
        ',"givenAt":"2026-01-02T00:00:00Z"',
        ',"subject":{"type":"cn-mobile","value":"13600136000"}',
        "x",
      ),
    })
    .map(({ value, givenAt, event, more, isWithdrawal, late }) => {
      const own = event === undefined ? "" : `"event":"${event}",`;
      const rest = isWithdrawal ? "" : '"separate":true,"types":["cn-mobile"],';
      const scope = '"recipient":"openai","purpose":"support",';
      const subject = `"subject":{"type":"cn-mobile","value":"${value}"},`;
      const action = isWithdrawal ? '"action":"withdraw",' : "";
      return `{${action}"exporter":"acme",${subject}${own}${more}${rest}${scope}"givenAt":"${givenAt}"${late}}`;
    });

  test("read with many others it is what it is alone, faults included", () => {
    fc.assert(
      fc.property(fc.array(aLine, { minLength: 1, maxLength: 12 }), (lines) => {
        const read = consentLines();
        // each often enough to have become a shape
        for (const line of [...lines, ...lines, ...lines])
          expect(outcomeOf(() => read(worldOf(), line))).toEqual(whole(line));
      }),
      { numRuns: 200 },
    );
  });

  test("the third of a shape is read the short way, with its id or without", () => {
    for (const line of [GRANT, { ...WITHDRAWAL }, { ...GRANT }]) {
      const shaped = createShapes();
      const texts = ["13800138000", "13900139000", "13700137000"].map((value) =>
        JSON.stringify({ ...line, subject: { type: "cn-mobile", value } }),
      );
      const ways = texts.map((text) => shaped(worldOf(), text) !== null);
      expect(ways).toEqual([false, true, true]);
    }
    const own = createShapes();
    const lines = ["e-1", "e-2", "e-3"].map((event) => {
      const { givenAt, ...rest } = GRANT;
      return JSON.stringify({ ...rest, event, givenAt });
    });
    expect(lines.map((line) => own(worldOf(), line)?.event?.event)).toEqual([undefined, "e-2", "e-3"]);
  });

  test("a policy that moves on amid a body is asked anew", () => {
    let policy = POLICY;
    const world = worldOf(() => policy);
    const read = consentLines();
    const line = JSON.stringify(GRANT);
    for (const _ of [1, 2, 3]) expect(read(world, line).event?.recipient).toBe("openai");
    policy = policyOf("other");
    expect(outcomeOf(() => read(world, line))).toMatchObject({ errors: [{ pointer: "/recipient" }] });
    policy = policyOf("openai");
    expect(read(world, line).event?.recipient).toBe("openai");
  });

  test("of a line that names other identifiers nothing is kept", () => {
    const shaped = createShapes();
    const aliases = [{ type: "cn-mobile", value: "13700137000" }];
    for (const line of [
      { aliases, ...GRANT },
      { ...GRANT, aliases },
      { ...GRANT, aliases, givenAt: GRANT.givenAt },
    ])
      for (const _ of [1, 2, 3]) expect(shaped(worldOf(), JSON.stringify(line))).toBeNull();
  });

  test("an instant read again is the same one; what is none stays none", () => {
    for (const _ of [1, 2]) {
      expect(readInstant("2026-03-01T08:00:00+08:00")).toEqual({
        ms: Date.parse("2026-03-01T00:00:00Z"),
        iso: "2026-03-01T00:00:00.000Z",
      });
      for (const none of ["2026-02-30T00:00:00Z", "2026-03-01", "x".repeat(9_999)])
        expect(readInstant(none)).toBeNull();
    }
  });
});

describe("a row of a file", () => {
  const NAMES = ["tel", "to", "use", "ok", "at", "id", "until"];
  const BASE: MappingInput = {
    ...{ exporter: "acme", subject: { at: "tel", type: "cn-mobile" }, recipient: { at: "to", default: "openai" } },
    ...{ purpose: { at: "use", values: { a: "support", b: "other" } }, types: ["cn-mobile"], separate: true },
    ...{ action: { at: "ok", values: { y: "grant", n: "withdraw" } }, givenAt: { at: "at", format: "YYYY-MM-DD" } },
  };
  const MAPPINGS: readonly MappingInput[] = [
    BASE,
    { ...BASE, event: { at: "id" } },
    { ...BASE, event: { at: "id", default: "none" } },
    { ...BASE, event: { at: "id", values: { x: "e-x" } } },
    { ...BASE, event: "const", validUntil: { at: "until", format: "YYYY-MM-DD" } },
    { ...BASE, event: { at: "tel" }, sequence: { at: "id" }, channel: { at: "tel" } },
    { ...BASE, aliases: [{ at: "id", type: "id" }] },
    { ...BASE, recipient: { at: "/to" }, givenAt: { at: "at", format: "iso" } },
    { ...BASE, subject: { at: "absent", type: "id" }, givenAt: { at: "at", format: "epoch-s" } },
  ];
  const aField = fc.constantFrom(
    "",
    "a",
    "b",
    "y",
    "n",
    "x",
    "1:a",
    '"',
    "\u0000",
    " 13800138000 ",
    "2026-03-01",
    "2026-06-01",
    "１",
  );
  const aRow = fc.record({
    ...{
      tel: aField,
      to: fc.constantFrom("", "openai", "x"),
      use: fc.constantFrom("a", "b", "?"),
      ok: fc.constantFrom("y", "n"),
    },
    ...{
      at: fc.constantFrom("2026-03-01", "2026-05-31", "2026-06-01", "2026-06-02", "", "x", "1772323200"),
      id: aField,
    },
    until: fc.constantFrom("", "2027-01-01", "x"),
  });

  test.each(MAPPINGS.map((mapping, i) => [i, mapping] as const))("mapping %i: as each alone", (_, input) => {
    const mapping = mappingSchema.parse(input);
    const apply = createMapper(mapping);
    fc.assert(
      fc.property(fc.array(aRow, { minLength: 1, maxLength: 10 }), (rows) => {
        const made = createOutgoing(mapping, apply, NAMES);
        for (const [n, row] of [...rows, ...rows].entries()) {
          const fields = NAMES.map((name) => row[name as keyof typeof row]);
          // the clock goes on between
          const nowMs = NOW + n * 60_000;
          const alone = apply(recordOf(NAMES, fields), nowMs);
          const expected = "faults" in alone ? alone : JSON.stringify(alone.line);
          expect(made({ line: n, fields }, nowMs)).toEqual(expected);
        }
      }),
      { numRuns: 80 },
    );
  });

  test("two rows are of one shape only if each field is equal, whatever they are together", () => {
    const mapping = mappingSchema.parse({ ...BASE, purpose: { at: "use" } });
    const made = createOutgoing(mapping, createMapper(mapping), NAMES);
    const lineOf = (to: string, use: string) => {
      const text = made({ line: 1, fields: ["13800138000", to, use, "y", "2026-03-01", "", ""] }, NOW);
      return JSON.parse(text as string) as { recipient: string; purpose?: string };
    };
    expect(lineOf("ab", "")).toMatchObject({ recipient: "ab" });
    expect(lineOf("a", "b")).toMatchObject({ recipient: "a", purpose: "b" });
    expect(lineOf("ab", "")).not.toHaveProperty("purpose");
  });

  test("what is no record says why; JSON is mapped whole", () => {
    const mapping = mappingSchema.parse(BASE);
    const made = createOutgoing(mapping, createMapper(mapping), []);
    expect(made({ line: 1, wrong: "fields_differ" }, NOW)).toEqual({
      faults: [{ pointer: "", detail: "fields_differ" }],
    });
    const record = { tel: "13800138000", use: "a", ok: "y", at: "2026-03-01" };
    expect(JSON.parse(made({ line: 2, record }, NOW) as string)).toMatchObject({
      recipient: "openai",
      action: "grant",
    });
  });
});
