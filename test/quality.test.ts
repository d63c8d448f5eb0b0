// The quality bench: its judge, its check digits against published numbers, its generated corpus, and that a text and the
// same text in a chat give the same findings.

import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { find, findInText } from "../src/find/find.ts";

interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly path?: string;
  readonly group?: number;
}
interface Doc {
  readonly id: string;
  readonly part: string;
  readonly text?: string;
  readonly json?: string;
  readonly evasion?: string;
  readonly spans: readonly Span[];
  readonly decoys?: readonly (Span & { readonly kind: string })[];
}
interface Judged {
  readonly gold: readonly { readonly found: boolean; readonly exact: boolean; readonly masked: boolean }[];
  readonly told: readonly { readonly right: boolean; readonly exact: boolean }[];
  readonly decoys: readonly { readonly hit: boolean }[];
}

const load = async <T>(path: string) => (await import(new URL(`../bench/quality/${path}`, import.meta.url).href)) as T;
const { judge, ratesOf, sum, byEvasion } = await load<{
  judge(doc: object, spans: readonly Span[]): Judged;
  sum(judged: readonly Judged[], wanted: () => boolean): Readonly<Record<string, number>>;
  ratesOf(counts: object): Readonly<Record<string, number>>;
  byEvasion(judged: readonly Judged[]): Map<string, Readonly<Record<string, number>>>;
}>("score.mjs");
const { figuresOf } = await load<{ figuresOf(judged: readonly Judged[]): { id: string; met: boolean | null }[] }>(
  "figures.mjs",
);
const { generate } = await load<{ generate(options: { seed: number; half: string }): Doc[] }>("generate.mjs");
const { stringOf } = await load<{ stringOf(doc: Doc, path?: string): string }>("corpus.mjs");
const checks = await load<Readonly<Record<string, (...parts: string[]) => string>>>("generate/checks.mjs");
const { percent } = await load<{ percent(share: number | null): string }>("tables.mjs");

const span = (start: number, end: number, type: string, more: object = {}): Span => ({ start, end, type, ...more });
const docOf = (more: object): Doc =>
  ({ id: "x", part: "b", scope: "STRUCT", text: "x".repeat(50), spans: [], ...more }) as Doc;

describe("judge", () => {
  const one = { spans: [span(10, 20, "CN_MOBILE")] };
  test.each<[string, object, Span[], string]>([
    ["the same span", one, [span(10, 20, "CN_MOBILE")], "found exact masked; right exact"],
    ["a family", one, [span(10, 20, "PHONE")], "found exact masked; right exact"],
    ["a part", one, [span(12, 20, "CN_MOBILE")], "found; right"],
    ["more", one, [span(9, 21, "CN_MOBILE")], "found masked; right"],
    ["touching is not sharing", one, [span(20, 22, "CN_MOBILE")], "; "],
    ["another kind masks", one, [span(10, 20, "CN_ID")], "masked; "],
    ["two halves mask", one, [span(10, 15, "QQ"), span(15, 20, "CN_ID")], "masked; , "],
    ["a gap does not", one, [span(10, 14, "QQ"), span(15, 20, "CN_ID")], "; , "],
    ["out of scope is not told", { ...one, scope: "ADDRESS" }, [span(0, 5, "QQ")], "; "],
    ["recall only: never wrong", { recall_only: ["PERSON"], scope: "STRUCT+PERSON" }, [span(0, 5, "PERSON")], ""],
    [
      "recall only: can be found",
      { recall_only: ["QQ"], spans: [span(0, 5, "QQ")] },
      [span(0, 5, "QQ")],
      "found exact masked; ",
    ],
    ["ignored is neither", { spans: [span(0, 9, "IGNORE")] }, [span(3, 5, "QQ")], ""],
    ["another path", { spans: [span(0, 5, "QQ", { path: "/a" })] }, [span(0, 5, "QQ", { path: "/b" })], "; "],
  ])("%s", (_, doc, spans, expected) => {
    const { gold, told } = judge(docOf(doc), spans);
    const names = (object: object) =>
      Object.entries(object)
        .filter(([, value]) => value === true)
        .map(([name]) => name)
        .join(" ");
    const said =
      gold.length === 0 && told.length === 0 ? "" : `${gold.map(names).join(", ")}; ${told.map(names).join(", ")}`;
    expect(said.trim()).toBe(expected.trim());
  });

  test("a decoy is hit by what counts in its document", () => {
    const doc = docOf({ decoys: [{ ...span(0, 5, ""), kind: "order" }] });
    expect(judge(doc, [span(4, 9, "QQ")]).decoys).toEqual([{ kind: "order", hit: true }]);
    expect(judge(doc, [span(4, 9, "PERSON")]).decoys).toEqual([{ kind: "order", hit: false }]);
  });

  test("pieces of one value are found together or not at all", () => {
    const pieces = [span(0, 4, "QQ", { path: "/a", group: 1 }), span(0, 4, "QQ", { path: "/b", group: 1 })];
    const doc = docOf({ part: "d", evasion: "split", spans: pieces });
    const told = (spans: Span[]) => byEvasion([judge(doc, spans)]).get("split");
    expect(told(pieces)).toEqual({ gold: 1, found: 1, masked: 1 });
    expect(told(pieces.slice(1))).toEqual({ gold: 1, found: 0, masked: 0 });
  });

  test("rates: precision counts what was told, recall what was there", () => {
    const judged = [judge(docOf(one), [span(10, 20, "CN_MOBILE"), span(30, 40, "QQ")]), judge(docOf(one), [])];
    expect(ratesOf(sum(judged, () => true))).toMatchObject({ precision: 0.5, recall: 0.5, f1: 0.5, masked: 0.5 });
  });

  test("a figure without data is neither met nor missed, and all is all", () => {
    expect(figuresOf([]).map(({ met }) => met)).toEqual(figuresOf([]).map(() => null));
    expect([percent(0.9999), percent(1), percent(null)]).toEqual(["99.9", "100.0", "–"]);
  });
});

test.each<[string, string, string[], string]>([
  ["GB 11643", "residentCheck", ["11010519491231002"], "X"],
  ["ISO 7812", "luhnCheck", ["411111111111111"], "1"],
  ["GB 32100", "usccCheck", ["91350100M000100Y4"], "3"],
  ["HKID", "hkidCheck", ["A123456"], "3"],
  ["HKID, two letters", "hkidCheck", ["AB987654"], "3"],
  ["TWID", "twidCheck", ["A12345678"], "9"],
  ["VIN", "vinCheck", ["1M8GDM9AXKP042788"], "X"],
  ["UPU S10", "postalCheck", ["47312482"], "9"],
  ["IBAN", "ibanCheck", ["DE", "370400440532013000"], "89"],
  ["EAN", "eanCheck", ["400638133393"], "1"],
])("check digits agree with a published number: %s", (_, name, parts, expected) => {
  expect(checks[name]!(...parts)).toBe(expected);
});

describe.each(["open", "held-out"])("the generated corpus, %s", (half) => {
  const docs = generate({ seed: 1, half });

  test("is the same for the same seed, and not for another", () => {
    expect(JSON.stringify(generate({ seed: 1, half }))).toBe(JSON.stringify(docs));
    expect(JSON.stringify(generate({ seed: 2, half }))).not.toBe(JSON.stringify(docs));
  });

  test("every part is there, no slot is left, every span holds text", () => {
    expect([...new Set(docs.map(({ part }) => part))].sort()).toEqual(["a", "b", "c", "d"]);
    for (const doc of docs) {
      expect(doc.text ?? doc.json).not.toMatch(/\{~?[A-Z][A-Z_]+\}|\{~|\{#\}|\{zh\}/);
      for (const { start, end, path } of [...doc.spans, ...(doc.decoys ?? [])])
        expect(stringOf(doc, path).slice(start, end).length).toBe(end - start);
    }
  });

  test("a text gives the same findings alone and in a chat", () => {
    const differ = docs.filter(({ part, text }, i) => {
      if (text === undefined || (part !== "d" && i % 8 !== 0)) return false;
      const body = Buffer.from(JSON.stringify({ messages: [{ role: "user", content: text }] }));
      const leaving = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
      const doc = decode({ ...leaving, body }, [], { bodyBytesMax: 1 << 24 });
      if ("code" in doc) throw new Error(doc.code);
      const places = (found: readonly Span[]) =>
        JSON.stringify(found.map(({ start, end, type }) => [start, end, type]));
      const inChat = find(doc, "strict").filter(({ path }) => path === "/messages/0/content");
      return places(inChat) !== places(findInText(text, "strict"));
    });
    expect(differ.map(({ id, evasion }) => `${id} ${evasion ?? ""}`)).toEqual([]);
  });
});

test("the halves share no template of text", () => {
  const skeletons = (half: string) =>
    generate({ seed: 1, half }).flatMap(({ part, text, spans, decoys }) => {
      if (part !== "b" || text === undefined) return [];
      const marks = [...spans, ...(decoys ?? [])].sort((a, b) => b.start - a.start);
      return [
        marks
          .reduce((left, { start, end }) => `${left.slice(0, start)}_${left.slice(end)}`, text)
          .replace(/\d{4}/g, "#"),
      ];
    });
  const held = new Set(skeletons("held-out"));
  expect(skeletons("open").filter((text) => held.has(text))).toEqual([]);
});
