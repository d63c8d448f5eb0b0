// act: what leaves. The splice is byte-exact, values are stable and never shared, the caller's look-alikes come back.

import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical } from "../src/act/altered.ts";
import { KINDS } from "../src/act/kinds.ts";
import { lookalikes } from "../src/act/lookalike.ts";
import { createMint } from "../src/act/mint.ts";
import { pseudonymize } from "../src/act/pseudonymize.ts";
import {
  ALPHABET,
  checkCharacter,
  isCode,
  LABEL_UNITS_MAX,
  labelOf,
  PSEUDONYM_UNITS_MAX,
  partsOf,
  pseudonymOf,
} from "../src/act/shape.ts";
import { disjoint } from "../src/act/spans.ts";
import { textOf } from "../src/act/strings.ts";
import { tokenize } from "../src/decode/json/tokenize.ts";
import { hold } from "../src/decode/original.ts";
import type { Departure, Doc, Keys } from "../src/words.ts";
import { all, docOf, findingAt, findingsOf, testKeys } from "./act-doc.ts";
import { cpuMs } from "./cpu.ts";

const keys = testKeys();
const ID = "11010519491231002X";
const OTHER_ID = "440305199001011234";

function depart(json: string, needles: Record<string, string>, scope = "s", by: Keys = keys): Departure {
  const doc = docOf(json);
  const findings = findingsOf(doc, needles);
  return pseudonymize(doc, findings, all(findings), scope, by);
}

const textOfBody = (departure: Departure): string => Buffer.from(departure.body).toString("utf8");
const revealed = (departure: Departure): Record<string, string> =>
  Object.fromEntries([...departure.minted].map(([pseudonym, original]) => [pseudonym, original.reveal()]));

/** Replaces by the map alone: what a perfect echo would give back. */
function undo(departure: Departure): unknown {
  const plain = (text: string): string => {
    let out = text;
    for (const [pseudonym, original] of departure.minted)
      out = out.replaceAll(pseudonym, () => `\u0000${original.reveal()}`);
    return out.replaceAll("\u0000", "");
  };
  return JSON.parse(textOfBody(departure), (_key, value: unknown) =>
    typeof value === "string" ? plain(value) : value,
  );
}

describe("the shape", () => {
  const seven = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 7, maxLength: 7 });

  test("two codes differ in at least two characters, and a swap of two shows", () => {
    fc.assert(
      fc.property(seven, fc.nat(7), fc.nat(7), fc.nat(31), (data, i, j, letter) => {
        const code = data + checkCharacter(data);
        const changed = [...code];
        changed[i] = ALPHABET.charAt(letter);
        expect(isCode(changed.join(""))).toBe(changed.join("") === code);
        const swapped = [...code];
        [swapped[i], swapped[j]] = [swapped[j]!, swapped[i]!];
        expect(isCode(swapped.join(""))).toBe(swapped.join("") === code);
      }),
    );
  });

  test("is never longer than PSEUDONYM_UNITS_MAX, whatever the type is called", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom(...Object.keys(KINDS))),
        fc.boolean(),
        seven,
        (type, zh, code) => {
          const pseudonym = pseudonymOf(type, code, zh);
          expect(pseudonym.length).toBeLessThanOrEqual(PSEUDONYM_UNITS_MAX);
          expect(partsOf(pseudonym)).toEqual({ label: labelOf(type, zh), code: code + checkCharacter(code) });
          expect(lookalikes(`x${pseudonym}y`)).toMatchObject([{ start: 1, end: 1 + pseudonym.length }]);
        },
      ),
    );
  });

  test("labels are short and distinct in each language", () => {
    for (const chinese of [true, false]) {
      const labels = Object.keys(KINDS).map((type) => labelOf(type, chinese));
      expect(new Set(labels.map(canonical)).size).toBe(labels.length);
      for (const label of labels) expect(label.length).toBeLessThanOrEqual(LABEL_UNITS_MAX);
    }
  });

  test("an alphabet that the keys do not share is a bug that shows", () => {
    expect(() => checkCharacter("ABCDEFI")).toThrow(RangeError);
  });
});

describe("pseudonymize", () => {
  test("law 7: nothing to hide, the same Uint8Array", () => {
    const doc = docOf(`{"a":"${ID}"}`);
    const departure = pseudonymize(doc, findingsOf(doc, { [ID]: "cn-id" }), [], "s", keys);
    expect(departure.body).toBe(doc.bytes);
    expect(departure.minted.size).toBe(0);
  });

  test("a look-alike alone changes nothing", () => {
    const { body, minted } = depart(`{"a":"${pseudonymOf("person", "7K2QW9X", false)}"}`, {});
    expect(Buffer.from(body).toString()).toContain("<PERSON_7K2QW9X");
    expect(minted.size).toBe(0);
  });

  test("every other byte stays: spacing, escapes, numbers, duplicates", () => {
    const json = `{ "a" : "\\u6211的号 ${ID}\\n", "n": 1.50e3,"a":"${ID}",  "e":"😀\\ud83d\\ude00" }\n`;
    const departure = depart(json, { [ID]: "cn-id" });
    const [pseudonym] = departure.minted.keys();
    expect(textOfBody(departure)).toBe(json.replaceAll(ID, pseudonym!));
    expect(pseudonym).toMatch(/^<身份证_[0-9A-HJKMNP-TV-Z]{8}>$/);
  });

  test("litellm-31959: two people never share one, the same person always does", () => {
    const departure = depart(`{"m":["${ID}","${OTHER_ID}","号码 ${ID}"]}`, { [ID]: "cn-id", [OTHER_ID]: "cn-id" });
    const [a, b, c] = (JSON.parse(textOfBody(departure)) as { m: string[] }).m;
    expect(a).not.toBe(b);
    expect(c).toBe(`号码 ${a}`);
    expect(revealed(departure)).toEqual({ [a!]: ID, [b!]: OTHER_ID });
  });

  test("litellm-41600: the next request of the conversation mints the same, another conversation does not", () => {
    const first = depart(`["${ID}"]`, { [ID]: "cn-id" });
    const next = depart(`["${OTHER_ID}","${ID}"]`, { [ID]: "cn-id", [OTHER_ID]: "cn-id" });
    const elsewhere = depart(`["${ID}"]`, { [ID]: "cn-id" }, "other");
    const [pseudonym] = first.minted.keys();
    expect(next.minted.has(pseudonym!)).toBe(true);
    expect(elsewhere.minted.has(pseudonym!)).toBe(false);
  });

  test("higress-unsalted-hash: the code depends on the key", () => {
    const mine = depart(`["${ID}"]`, { [ID]: "cn-id" }, "s", testKeys("one"));
    const theirs = depart(`["${ID}"]`, { [ID]: "cn-id" }, "s", testKeys("two"));
    expect([...mine.minted.keys()]).not.toEqual([...theirs.minted.keys()]);
  });

  test("two spellings of one value: one pseudonym, and the first spelling comes back", () => {
    const doc = docOf(`["138 0013 8000","13800138000"]`);
    const findings = [
      findingAt(doc, 1, 0, 11, "cn-mobile", "13800138000"),
      findingAt(doc, 0, 0, 13, "cn-mobile", "13800138000"),
    ];
    const departure = pseudonymize(doc, findings, [0, 1], "s", keys);
    expect([...departure.minted.values()].map((original) => original.reveal())).toEqual(["138 0013 8000"]);
    const [a, b] = JSON.parse(textOfBody(departure)) as string[];
    expect(a).toBe(b);
  });

  test("the label speaks the language of the string it first stands in", () => {
    const labels = (json: string): string[] => [...depart(json, { 张三: "person", [ID]: "cn-id" }).minted.keys()];
    expect(labels(`["id ${ID}"]`)[0]).toMatch(/^<CN_ID_/);
    expect(labels(`["证 ${ID}"]`)[0]).toMatch(/^<身份证_/);
    expect(labels(`["张三"]`)[0]).toMatch(/^<姓名_/);
    expect(labels(`["\\u5f20\\u4e09"]`)[0]).toMatch(/^<姓名_/);
  });

  test("numbers become strings, keys are rewritten", () => {
    const departure = depart(`{"${ID}":13800138000,"n":-5}`, { [ID]: "cn-id", "13800138000": "cn-mobile" });
    const [id, mobile] = [...departure.minted.keys()];
    expect(textOfBody(departure)).toBe(`{"${id}":"${mobile}","n":-5}`);
  });

  test("litellm-42130: overlapping findings become one, and nothing of either is left", () => {
    const doc = docOf(`["x11010519491231002X13800138000y"]`);
    const findings = [
      findingAt(doc, 0, 1, 19, "cn-id"),
      findingAt(doc, 0, 12, 30, "cn-mobile"),
      findingAt(doc, 0, 5, 9, "dob"),
    ];
    const departure = pseudonymize(doc, findings, [2, 1, 0, 1], "s", keys);
    expect(textOfBody(departure)).toMatch(/^\["x<CN_ID_.{8}>y"\]$/);
    expect(undo(departure)).toEqual(["x11010519491231002X13800138000y"]);
  });

  test("presidio-1151: adjacent findings stay two and come back", () => {
    const departure = depart(`["张三${ID}"]`, { 张三: "person", [ID]: "cn-id" });
    expect(textOfBody(departure)).toMatch(/^\["<姓名_.{8}><身份证_.{8}>"\]$/);
    expect(undo(departure)).toEqual([`张三${ID}`]);
  });

  test.each([
    { note: "as minted", text: pseudonymOf("person", "7K2QW9X", false) },
    { note: "Chinese", text: pseudonymOf("person", "7K2QW9X", true) },
    { note: "lower case", text: pseudonymOf("person", "7K2QW9X", false).toLowerCase() },
    { note: "full width", text: pseudonymOf("cn-id", "7K2QW9X", false).replace("<", "＜").replace(">", "＞") },
    {
      note: "JSON-escaped once more",
      text: pseudonymOf("cn-id", "7K2QW9X", false).replace("<", "\\u003c").replace(">", "\\u003e"),
    },
    { note: "no brackets", text: pseudonymOf("cn-id", "7K2QW9X", false).slice(1, -1) },
    { note: "markdown", text: pseudonymOf("cn-id", "7K2QW9X", false).replaceAll("_", "\\_") },
    { note: "zero width", text: pseudonymOf("cn-id", "7K2QW9X", false).replace("7K", "7\u200bK") },
    { note: "an unknown label", text: pseudonymOf("made-up", "7K2QW9X", false) },
  ])("threats 24: the caller's look-alike is escaped and comes back literally: $note", ({ text }) => {
    const json = JSON.stringify({ id: ID, said: `before ${text} after`, [text]: 1 });
    const departure = depart(json, { [ID]: "cn-id" });
    const folded = canonical(textOfBody(departure));
    expect(folded).not.toContain(canonical(text));
    expect((undo(departure) as { said: string }).said).toBe(`before ${text} after`);
    expect(Object.values(revealed(departure))).toContain(text);
  });

  test("a code that merely looks like one, wrong check character, is left alone", () => {
    const departure = depart(`["${ID}","<PERSON_7K2QW9X4>"]`, { [ID]: "cn-id" });
    expect(isCode("7K2QW9X4")).toBe(false);
    expect(textOfBody(departure)).toContain("<PERSON_7K2QW9X4>");
  });

  test("clashing codes: the second value gets another one, the same every time; a broken key is refused", () => {
    const clash: Keys = {
      ...keys,
      pseudonym: (_scope, _type, value) => (value.includes("\u001f") ? "BBBBBBB" : "AAAAAAA"),
    };
    const once = depart(`["${ID}","${OTHER_ID}"]`, { [ID]: "cn-id", [OTHER_ID]: "cn-id" }, "s", clash);
    expect(revealed(once)).toEqual({
      [pseudonymOf("cn-id", "AAAAAAA", false)]: ID,
      [pseudonymOf("cn-id", "BBBBBBB", false)]: OTHER_ID,
    });
    const broken: Keys = { ...keys, pseudonym: () => "AAAAAAA" };
    const mint = createMint("s", broken);
    mint.stand("cn-id", "1", hold("1"), false);
    expect(() => mint.stand("cn-id", "2", hold("2"), false)).toThrow(RangeError);
  });

  test("findings in the head are not hidden here; an index out of range is a bug", () => {
    const doc = docOf(`["${ID}"]`);
    const [body] = findingsOf(doc, { [ID]: "cn-id" });
    expect(pseudonymize(doc, [{ ...body!, where: "query" }], [0], "s", keys).body).toBe(doc.bytes);
    expect(() => pseudonymize(doc, [body!], [1], "s", keys)).toThrow(RangeError);
  });

  test("any findings of any text: what is left holds none, and the map gives back the document", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom('"', "\\", "\n", "😀", "张三", ID, "<PERSON_", "\u2028"),
    );
    const texts = fc.array(
      fc.array(piece, { maxLength: 6 }).map((parts) => parts.join("")),
      { minLength: 1, maxLength: 4 },
    );
    const cuts = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(12)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(texts, cuts, (strings, spans) => {
        const clean = strings.map((text) => wellFormed(text));
        const doc = docOf(JSON.stringify(clean));
        const findings = spans.flatMap(([token, start, length]) => {
          const at = token % clean.length;
          const from = border(clean[at]!, start % (clean[at]!.length + 1));
          const to = border(clean[at]!, Math.min(clean[at]!.length, from + length));
          return to > from ? [findingAt(doc, at, from, to, "person")] : [];
        });
        const departure = pseudonymize(doc, findings, all(findings), "s", keys);
        expect(undo(departure)).toEqual(clean);
      }),
      { numRuns: 150 },
    );
  });
});

/** A lone surrogate has no UTF-8: bytes can never hold it. */
function wellFormed(text: string): string {
  return Buffer.from(text.replaceAll("\u0000", ""), "utf8").toString("utf8");
}

/** Not inside a surrogate pair. */
function border(text: string, at: number): number {
  return /^[\udc00-\udfff]/.test(text.slice(at)) ? at - 1 : at;
}

test("with decode's own index: keys, strings, numbers, escapes", () => {
  const bytes = Buffer.from(`{"a\\n${ID}":[13800138000,"\\u8bc1 ${ID}\\"",true,null,-1.50e3],"b":{"c":"${ID}"}}`);
  const tokens = tokenize(bytes);
  if (!("count" in tokens)) throw new Error(tokens.code);
  const doc: Doc = { codec: "json", bytes, tokens, head: [] };
  const findings = [];
  for (let token = 0; token < tokens.count; token++) {
    const kind = tokens.kind[token]! & 0x0f;
    const text = kind >= 2 && kind <= 4 ? textOf(doc, token) : "";
    for (const [value, type] of [
      [ID, "cn-id"],
      ["13800138000", "cn-mobile"],
    ] as const) {
      const at = text.indexOf(value);
      if (at >= 0) findings.push(findingAt(doc, token, at, at + value.length, type));
    }
  }
  const departure = pseudonymize(doc, findings, all(findings), "s", keys);
  const [id, mobile] = [...departure.minted.keys()];
  expect(textOfBody(departure)).toBe(bytes.toString().replaceAll(ID, id!).replace("13800138000", `"${mobile}"`));
});

describe("spans", () => {
  const span = fc
    .tuple(fc.nat(20), fc.integer({ min: 1, max: 8 }))
    .map(([start, length]) => ({ start, end: start + length, type: "t", canonical: "c" }));

  test("come out sorted and disjoint, and cover the same units", () => {
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        const units = (list: readonly { start: number; end: number }[]): number[] =>
          [...new Set(list.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)))].sort(
            (a, b) => a - b,
          );
        const out = disjoint(spans);
        expect(units(out)).toEqual(units(spans));
        for (const [i, one] of out.entries()) if (i > 0) expect(one.start).toBeGreaterThanOrEqual(out[i - 1]!.end);
      }),
    );
  });
});

test("law 6: an original prints as [original] in every way", () => {
  const original = hold(ID);
  for (const printed of [
    `${original}`,
    String(original),
    JSON.stringify({ original }),
    inspect({ original }),
    inspect(original),
  ]) {
    expect(printed).not.toContain(ID);
    expect(printed).toContain("[original]");
  }
  expect(Object.keys(original)).toEqual([]);
});

test("look-alikes are found in linear time in hostile text", () => {
  for (const hostile of [
    "<".repeat(2e5),
    "\\".repeat(2e5),
    "<A_".repeat(1e5),
    "<身份证 ".repeat(5e4),
    `<${"A".repeat(2e5)}`,
    "_".repeat(2e5),
    "A ".repeat(1e5),
  ]) {
    const started = cpuMs();
    lookalikes(hostile);
    expect(cpuMs() - started).toBeLessThan(1_000);
  }
});
