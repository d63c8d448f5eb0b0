// Names in Latin letters: who is found and who is not, in prose, chat, forms and code; gaps, words and hostile bytes.

import { readFileSync, statSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { englishAddresses } from "../src/find/names/address-en.ts";
import { readEnglish } from "../src/find/names/english.ts";
import * as gaps from "../src/find/names/english-gaps.ts";
import { hashOf, placeOf } from "../src/find/names/english-words.ts";
import { Reader } from "../src/find/names/reader.ts";

const MODEL = readFileSync(new URL("../models/names-en.bin", import.meta.url));
const english = readEnglish(new Reader(MODEL));
const found = (text: string) => english.find(text).map(({ start, end }) => text.slice(start, end));

describe("people in English", () => {
  test.each([
    ["I met Peter Lawson at the office yesterday", "Peter Lawson"],
    ["According to Jane Whitfield, the bridge was closed in 1998.", "Jane Whitfield"],
    ["Dr. Okonkwo said the results were normal.", "Okonkwo"],
    ["Dear Mrs. Papadopoulos,\nyour parcel has arrived.", "Papadopoulos"],
    ["Please forward this to Ludwig van Beethoven in accounting.", "Ludwig van Beethoven"],
    ["J. R. Haskell wrote the report with M. Duval.", "J. R. Haskell", "M. Duval"],
    ["Thanks,\nBrigitte", "Brigitte"],
    ["my cousin Siobhan O'Brien and her son Declan", "Siobhan O'Brien", "Declan"],
    ["Patient: Smith-Jones, Rebecca", "Smith-Jones", "Rebecca"],
    ["NAME: MARGARET HOLLOWAY", "MARGARET HOLLOWAY"],
    ["listening to justin bieber all day", "justin bieber"],
    ["Søren Ångström’s letter to José García", "Søren Ångström", "José García"],
    ["Passengers: HOLLOWAY/MARGARET MS and Krüger/Wilhelm", "HOLLOWAY", "MARGARET", "Krüger", "Wilhelm"],
    ["@author Wilhelm Krüger", "Wilhelm Krüger"],
    ["联系人 Helen Foster，电话稍后补充", "Helen Foster"],
  ])("%s", (text, ...names) => {
    expect(found(text)).toEqual(names);
  });

  test.each([
    "The quick brown fox jumps over the lazy dog in New York on Monday.",
    "Turn left on Washington Street and right on Lincoln Avenue.",
    "Toyota and General Motors signed the agreement in Detroit.",
    "I WILL NEVER BUY THIS PHONE AGAIN",
    "java.lang.NullPointerException at com.Example.Main",
    "may the rose and the lily bloom in june",
    "Will you mark this page? May I?",
    "https://example.com/John/Smith?user=Mary.Jones",
    "john.smith@example.com and @maryjones and #JohnSmith",
    "/Users/Margaret/Documents and src/Margaret/Holloway.ts",
    "TCP/IP, Input/Output and Linux/Windows",
    "const Jordan = new Madison(Chelsea.Austin);",
    "我希望你充当 Linux 终端，用 Python 写一个 Hello World",
    "",
    "A",
  ])("nobody: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("a strange surname after a sure given name is part of the name", () => {
    expect(found("Yesterday Margaret Zzyblorq arrived.")).toEqual(["Margaret Zzyblorq"]);
    // of this one the tagger alone takes the given name
    expect(found("Nathan Rajlich Street")).toEqual(["Nathan Rajlich"]);
  });

  test("whoever was named in full is known by the surname alone", () => {
    const text = "Margaret Zzyblorq arrived. In the evening the Zzyblorq file was closed.";
    expect(found(text)).toEqual(["Margaret Zzyblorq", "Zzyblorq"]);
    expect(found("In the evening the Zzyblorq file was closed.")).toEqual([]);
  });

  test("this project's own code names nobody", () => {
    for (const file of ["english.ts", "english-tokens.ts", "tagger.ts", "segment.ts", "decode.ts"])
      expect(found(readFileSync(new URL(`../src/find/names/${file}`, import.meta.url), "utf8"))).toEqual([]);
  });
});

describe("people in code", () => {
  const CODE = readFileSync(new URL("../src/find/names/english-tokens.ts", import.meta.url), "utf8");
  test.each([
    ["/**\n * @author Jane Whitfield <jane@example.com>\n */\n", "Jane Whitfield"],
    ["// Copyright (c) 2019 Matteo Ricci\n", "Matteo Ricci"],
    ["// TODO: ask Peter Lawson about this\n", "Peter Lawson"],
  ])("%j at its head", (line, name) => {
    expect(found(line + CODE)).toEqual([name]);
  });

  const PEOPLE = ["Jane Whitfield", "Olga Petrova", "Peter Lawson", "Luis Ortega", "Abdul Karim", "Priya Raman"];
  test.each<[string, (name: string, i: number) => string]>([
    ["csv", (name, i) => `${i},${name},Boston,u${i}@example.com`],
    ["json", (name, i) => `  { "id": ${i}, "name": "${name}", "age": 30 },`],
    ["log", (name, i) => `2024-05-01 12:00:${10 + i} INFO [UserService] user=${i} name="${name}" action=login`],
  ])("a dump of %s: most of them", (_, row) => {
    const rows = Array.from({ length: 24 }, (_, i) => row(PEOPLE[i % PEOPLE.length]!, i)).join("\n");
    expect(found(rows).length).toBeGreaterThanOrEqual(20);
  });
});

describe("addresses in Latin letters", () => {
  const addresses = (text: string) => [
    ...new Set(englishAddresses(text).map(({ start, end }) => text.slice(start, end))),
  ];

  test.each([
    ["Write to 45 rue de la République\n69002 Lyon\nFrance today.", "45 rue de la République\n69002 Lyon\nFrance"],
    ["He left Hauptstraße 12, 10115 Berlin yesterday", "Hauptstraße 12, 10115 Berlin"],
    ["Via Antonio Gramsci 85\n20121 Milano MI", "Via Antonio Gramsci 85\n20121 Milano MI"],
    ["at 12 Downing Street, London SW1A 2AA, United Kingdom now", "12 Downing Street, London SW1A 2AA, United Kingdom"],
    ["Calle de Alcalá, 42, 28014 Madrid", "Calle de Alcalá, 42, 28014 Madrid"],
    ["Please send it to Kastelen 43, thanks", "Kastelen 43"],
    ["9 Oak Street Suite 4\n Springfield\n Illinois 62704", "9 Oak Street Suite 4\n Springfield\n Illinois 62704"],
    ["Flat 3, 21 Mill Lane\nLeeds LS1 4AP", "Flat 3, 21 Mill Lane\nLeeds LS1 4AP"],
    ["Mail it to P.O. Box 77, Springfield, IL 62704.", "P.O. Box 77, Springfield, IL 62704", "Springfield, IL 62704"],
  ])("%j", (text, ...expected) => {
    expect(addresses(text)).toEqual(expected);
  });

  test.each([
    "Please wait 5 minutes. Call Main Street 5 times",
    "Order 12 Large Boxes Today, Please",
    "2 Large Coffees\nTotal 12500",
    "3 Items\nTotal 4500",
    "Am I 25 years old?",
    "place 5 orders, the avenue 5 years",
    "Oak Street in Springfield",
    "const rows = [12, 45]; // 3 Rows\n",
  ])("none: %j", (text) => {
    expect(addresses(text)).toEqual([]);
  });

  test.each(["1 A ", "1 Big ", "Ab 1\n", "Via A ", "5 Ab, ", "Send it to Ab 1 ", "Abstraat 1 ", "Ab Cd 1, "])(
    "%j without end costs its length",
    (unit) => {
      const half = time(unit.repeat(10_000 / unit.length), englishAddresses);
      expect(time(unit.repeat(20_000 / unit.length), englishAddresses)).toBeLessThan(Math.max(4 * half, 200));
    },
  );
});

describe("what stands between", () => {
  const gap = (text: string, short = false) => gaps.gapIn(text, 0, text.length, short);
  test.each([
    [" ", gaps.SPACE],
    ["  ", gaps.SPACE],
    ["-", gaps.HYPHEN],
    [" - ", gaps.OTHER],
    [", ", gaps.COMMA],
    [". ", gaps.STOP],
    ["! ", gaps.STOP],
    [".", gaps.GLUE],
    [": ", gaps.COLON],
    [' "', gaps.OPEN],
    ['" ', gaps.CLOSE],
    [" @", gaps.SIGN],
    ["_", gaps.GLUE],
    ["/", gaps.SLASH],
    [" / ", gaps.GLUE],
    [" & ", gaps.AND],
    ["先生", gaps.HAN],
    [", \n", gaps.LINE],
    ["，", gaps.COMMA],
    [" (", gaps.OPEN],
  ])("%j", (text, expected) => {
    expect(gap(text)).toBe(expected);
  });

  test("the point after an initial ends no sentence", () => {
    expect(gap(". ", true)).toBe(gaps.DOT);
    expect(gap(". ", false)).toBe(gaps.STOP);
  });
});

describe("words", () => {
  test("are one whatever their case, accents and apostrophes", () => {
    expect(hashOf("Müller")).toBe(hashOf("MULLER"));
    expect(hashOf("O’Brien")).toBe(hashOf("obrien"));
    expect(hashOf("Łukasz")).toBe(hashOf("lukasz"));
    expect(hashOf("Anna")).not.toBe(hashOf("Anne"));
  });

  test("stand in a bucket and under a print that exist", () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        const { bucket, print } = placeOf(hashOf(word));
        expect(bucket >= 0 && bucket < 1 << 15 && print >= 0 && print < 1 << 12).toBe(true);
      }),
    );
  });
});

describe("the model's file", () => {
  test.each([0, 4, 64, 1000, 200_000, MODEL.length - 1])("cut at %i is none", (length) => {
    expect(() => readEnglish(new Reader(MODEL.subarray(0, length)))).toThrow(RangeError);
  });

  test("is within the size that all models share", () => {
    const sizes = ["names.bin", "names-en.bin"].map(
      (file) => statSync(new URL(`../models/${file}`, import.meta.url)).size,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(3 * 1024 * 1024);
  });
});

describe("any text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "John",
      "mary",
      "SMITH",
      "O'Neil",
      "de",
      "J.",
      "Mr. ",
      "\n",
      " ",
      ", ",
      "@",
      "王",
      "{",
      "'s",
      "é",
      "1",
    ),
    fc.string({ unit: "grapheme", maxLength: 5 }),
  );
  test("spans are in order, disjoint, and begin and end in a letter", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        let at = 0;
        for (const { start, end } of english.find(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(text.slice(start, end)).toMatch(/^\p{L}(?:.*\p{L})?$/su);
          at = end;
        }
      }),
    );
  });

  test("the same text is read the same, whatever was read before", () => {
    const text = "Rebecca told Thomas that the Zimmermann file is closed.";
    const before = found(text);
    found("x ".repeat(5000) + "Peter Lawson");
    expect(found(text)).toEqual(before);
  });

  test.each([
    ["one long word", "a".repeat(200_000)],
    ["names without end", "John Smith ".repeat(10_000)],
    ["initials without end", "J. ".repeat(40_000)],
    ["hyphens without end", "Anna-".repeat(16_000)],
    ["apostrophes without end", "'".repeat(300_000)],
    ["one line of signs", "{}".repeat(150_000)],
  ])("%s costs its length", (_, text) => {
    const half = time(text.slice(0, text.length / 2), found);
    expect(time(text, found)).toBeLessThan(Math.max(4 * half, 400));
  });
});

/** Milliseconds of the processor. */
function time(text: string, read: (text: string) => unknown): number {
  const from = process.cpuUsage();
  read(text);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}
