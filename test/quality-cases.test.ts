// Every kind's own cases, by one runner. Law: a kind without enough cases of its own fails here, whoever wrote it.
//
// src/find/<type>/cases.jsonl, one case a line, values made up with valid check digits:
//   why    what the case shows. A border case (the value, or what looks like one, against a letter, a digit, a
//          character of another script, a line break, an end) says where: before, after, inside, between, beside,
//          longer, more, part of, end, start, break, glued, cut, border
//   text   the whole string; key: the name of the member it is the value of, where that matters
//   finds  what findings of THIS kind cover, in order: a substring, or [start, end] in UTF-16 units, or
//          {text, canonical?, certainty?, identifies?}. Empty: a trap. Findings of other kinds are not looked at.

import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { DETECTORS } from "../src/find/all.ts";
import { canonicalise } from "../src/find/canonicalise.ts";
import { find, findInText } from "../src/find/find.ts";
import type { Finding } from "../src/words.ts";

interface Expected {
  readonly text: string;
  readonly canonical?: string;
  readonly certainty?: string;
  readonly identifies?: string;
}

interface Case {
  readonly why: string;
  readonly text: string;
  readonly key?: string;
  readonly finds: readonly (string | readonly [number, number] | Expected)[];
}

type Found = Pick<Finding, "start" | "end" | "certainty" | "identifies" | "original">;

const FOLDER = new URL("../src/find/", import.meta.url).pathname;
const FILES = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("cases.jsonl"));
const CASES_MIN = { positive: 6, trap: 6, border: 3 };
const KEYS = ["why", "text", "key", "finds"];

const BORDER = /\b(?:before|after|inside|between|beside|longer|part of|ends?|starts?|breaks?|more|glued|cut|border)\b/i;

function casesIn(file: string): Case[] {
  const lines = readFileSync(join(FOLDER, file), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Case);
}

/** The string as the value of its member in a JSON body: what the gate meets. */
function inBody(type: string, { text, key }: Case): Found[] {
  const body = Buffer.from(JSON.stringify(key === undefined ? text : { [key]: text }));
  const leaving = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
  const doc = decode({ ...leaving, body }, [], { bodyBytesMax: 1 << 24 });
  if ("code" in doc) throw new Error(doc.code);
  return find(doc, "strict").filter((finding) => finding.type === type && finding.end > finding.start);
}

function expected({ text, finds }: Case): readonly Expected[] {
  return finds.map((one) => {
    if (typeof one === "string") return { text: one };
    return "text" in one ? one : { text: text.slice(one[0], one[1]) };
  });
}

/** What a finding says, as far as the case asks. */
function told(text: string, found: readonly Found[], asked: readonly Expected[]): Expected[] {
  return found.map(({ start, end, certainty, identifies, original }, i) => {
    const all: Expected = { text: text.slice(start, end), canonical: original.reveal(), certainty, identifies };
    const names = ["text", ...Object.keys(asked[i] ?? {})];
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) as unknown as Expected;
  });
}

test("every detector of the registry has cases", () => {
  const types = FILES.map((file) => basename(dirname(file)));
  expect(DETECTORS.map(({ type }) => type).filter((type) => !types.includes(type))).toEqual([]);
});

describe.each(FILES.map((file) => [basename(dirname(file)), casesIn(file)] as const))("%s", (type, cases) => {
  test.each(cases.map((one) => [one.why, one] as const))("%s", (_, one) => {
    expect(Object.keys(one).filter((key) => !KEYS.includes(key))).toEqual([]);
    const asked = expected(one);
    const found = findInText(one.text, "strict", one.key).filter((finding) => finding.type === type);
    expect(told(one.text, found, asked)).toEqual(asked);
    expect(told(one.text, inBody(type, one), asked), "in a JSON body").toEqual(asked);
    for (const { certainty, original } of found)
      if (certainty !== "suspect") expect(canonicalise(type, ` ${original.reveal()} `)).toBe(original.reveal());
  });

  test("has enough cases of each sort, and none twice", () => {
    const counts = {
      positive: cases.filter(({ finds }) => finds.length > 0).length,
      trap: cases.filter(({ finds }) => finds.length === 0).length,
      border: cases.filter(({ why }) => BORDER.test(why)).length,
    };
    for (const [sort, least] of Object.entries(CASES_MIN))
      expect(counts[sort as keyof typeof counts], `${sort} cases`).toBeGreaterThanOrEqual(least);
    expect(new Set(cases.map(({ text, key }) => `${key}\n${text}`)).size).toBe(cases.length);
  });

  test("an empty text is no value", () => {
    expect(canonicalise(type, "")).toBeNull();
  });
});
