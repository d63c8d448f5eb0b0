// What the scanner leaves out. Law of this file: a kind that is not asked would have found nothing; the same text with
// every way open everywhere is the judge.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Opened } from "../src/find/anchors/rows.ts";
import { replayAndTry } from "./corpus/kept.ts";

const every = vi.hoisted(() => ({ isOpen: false, wordless: [] as Int32Array[], shut: 0 }));

vi.mock("../src/find/anchors/clauses.ts", async (original) => {
  const real = await original<typeof import("../src/find/anchors/clauses.ts")>();
  const wordless = Int32Array.from(real.WORDLESS);
  every.wordless = [wordless, Int32Array.from(real.WORDLESS)];
  return { ...real, WORDLESS: wordless };
});

vi.mock("../src/find/anchors/rows.ts", async (original) => {
  const real = await original<typeof import("../src/find/anchors/rows.ts")>();
  class Rows extends real.Rows {
    override open(floor: number, start: number, end: number, ways: Int32Array, places: Opened): void {
      if (every.isOpen) return;
      const before = ways.join();
      super.open(floor, start, end, ways, places);
      if (ways.join() !== before) every.shut++;
    }
  }
  return { ...real, Rows };
});

vi.mock("../src/find/scan/places.ts", async (original) => {
  const real = await original<typeof import("../src/find/scan/places.ts")>();
  class Places extends real.Places {
    override lowAt(byte: number): number {
      return every.isOpen ? -1 : super.lowAt(byte);
    }
    override highAt(byte: number): number {
      return every.isOpen ? -1 : super.highAt(byte);
    }
    override nextFrom(byte: number): number {
      return every.isOpen ? byte : super.nextFrom(byte);
    }
  }
  return { ...real, Places };
});

const { findInText } = await import("../src/find/find.ts");
type TextFinding = import("../src/find/find.ts").TextFinding;
const { DETECTORS } = await import("../src/find/all.ts");
const { highOf, lowOf, WIDTH } = await import("../src/find/anchors/clauses.ts");
const { COLONS, DIGITS } = await import("../src/find/scan/bits.ts");
const { Openings } = await import("../src/find/scan/openings.ts");
const { Places } = await import("../src/find/scan/places.ts");
const { Windows } = await import("../src/find/scan/windows.ts");

function openly<T>(work: () => T): T {
  every.isOpen = true;
  every.wordless[0]!.fill(-1);
  const result = work();
  every.wordless[0]!.set(every.wordless[1]!);
  every.isOpen = false;
  return result;
}

/** Type, place and value of each. */
function told(text: string, key: string): string[] {
  return findInText(text, "strict", key).map(lineOf);
}

const lineOf = ({ type, start, end, original }: TextFinding) => `${type} ${start} ${end} ${original.reveal()}`;

/** Five digits behind QQ are seen only where something else nearby was: those are nobody's promise. */
function isSeenAlone(text: string, { type, start, end }: TextFinding): boolean {
  if (end - start < UNITS_MIN) return false;
  const from = Math.max(0, start - LABEL_UNITS);
  return findInText(text.slice(from, end), "strict").some((one) => one.type === type && one.start === start - from);
}

const CASES = readdirSync("src/find", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(`src/find/${entry.name}`).includes("cases.jsonl"))
  .flatMap(({ name }) =>
    readFileSync(`src/find/${name}/cases.jsonl`, "utf8")
      .trim()
      .split("\n")
      .map((line) => ({ ...(JSON.parse(line) as { text?: string; key?: string }), type: name })),
  )
  .filter((one): one is { text: string; key?: string; type: string } => typeof one.text === "string");
/** What is told in a sentence ends where its window does, and windows join where more ways are open. */
const TOLD_IN_WORDS = ["credit", "criminal", "disability", "health", "income", "religion", "sex-life"];
const NUMBERED = CASES.filter(({ type }) => !TOLD_IN_WORDS.includes(type));
const BETWEEN = [" ", "，", "。", "\n", "\\n", "; ", " | ", '", "', "——", "请问这个是什么情况呢，麻烦您看一下。"];

const LABEL_UNITS = 48;
const UNITS_MIN = 6;
/** What comes between, before and instead. */
const PUT = [
  ...["手机", "电话：", "卡号 ", "身份证", "tel", "email: ", "id=", '"sjh":"', "微信号", "QQ", "IP ", "订单号", "版本"],
  ...[
    " ",
    "-",
    ".",
    ":",
    "：",
    "(",
    ")",
    "<",
    ">",
    "|",
    "/",
    "_",
    "@",
    "#",
    "\\n",
    "\n",
    "，",
    "。",
    "、",
    "x",
    "X",
    "0",
    "86",
  ],
  ...["０", "①", "一", "\u200b", "\u0336", "&#49;", "%31", "\\u0031", "<b>", "**", "(at)", " dot ", "MTM3MTIzNDU2Nzk="],
];

describe("a number glued to its label", () => {
  it.each([
    ["电话tel13712345679", "cn-mobile"],
    ["加v13712345679", "cn-mobile"],
    ["ID11010519491231002X。", "cn-id"],
    ["card6222021234567890128", "bank-card"],
    [String.raw`{"note":"\nTEL13712345679"}`, "cn-mobile"],
  ])("%s", (text, type) => {
    expect(findInText(text, "strict").map((found) => found.type)).toEqual([type]);
  });

  it.each(["rev13712345679", "a_tel13712345679", "xtel13712345679", "tel137123456790"])("%s is none", (text) => {
    expect(findInText(text, "strict")).toEqual([]);
  });
});

describe("what a number opens", () => {
  const text = "the latitude and longitude of the place where we met are 31.230416";
  const bytes = Buffer.from(text);
  const start = text.indexOf("31");

  /** Whether a kind is asked about a window there, and at a byte of it, once something was seen. */
  function askedOf(type: string, byte: number, see: (openings: InstanceType<typeof Openings>) => void) {
    const places = new Places();
    const windows = new Windows(WIDTH);
    const openings = new Openings(windows, places);
    openings.over(bytes, 0, bytes.length, false, null);
    see(openings);
    const nth = DETECTORS.findIndex((detector) => detector.type === type);
    const isIn = (low: number, high: number) => ((nth < 32 ? low : high) & (1 << (nth & 31))) !== 0;
    const inWindow =
      windows.count > 0 && isIn(lowOf(windows.sets, windows.set(0)), highOf(windows.sets, windows.set(0)));
    return { inWindow, atRow: isIn(places.lowAt(byte), places.highAt(byte)) };
  }
  const digits = (openings: InstanceType<typeof Openings>) => openings.shaped(0, start, bytes.length, DIGITS);
  const isAsked = (type: string, byte: number) => askedOf(type, byte, digits).atRow;

  it("is the window of a kind that may begin anywhere, and no row: it looks for itself", () => {
    expect(askedOf("geo", start - 48, digits)).toEqual({ inWindow: true, atRow: false });
  });

  it("is all around what is no row of letters and digits", () => {
    const colons = (openings: InstanceType<typeof Openings>) => openings.hit(start, start + 2, COLONS);
    for (const byte of [start, start - 48]) expect(askedOf("mac", byte, colons).atRow).toBe(true);
  });

  it("is open nowhere to those whose words are not said", () => {
    expect(isAsked("qq", start)).toBe(false);
  });
});

describe("with every way open", () => {
  it("the cases of all kinds say the same", () => {
    for (const { text, key = "" } of CASES) expect(told(text, key), text).toEqual(openly(() => told(text, key)));
    expect(CASES.length).toBeGreaterThan(500);
    expect(every.shut).toBeGreaterThan(300);
  });

  it("and so do texts made of three of them", () => {
    const one = fc.nat(NUMBERED.length - 1).map((i) => NUMBERED[i]!.text);
    const texts = fc.tuple(one, fc.constantFrom(...BETWEEN), one, fc.constantFrom(...BETWEEN), one);
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join("");
        expect(told(text, "")).toEqual(openly(() => told(text, "")));
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  it("and so do the kept texts, and what chance puts between cases: labels, signs, disguises", () => {
    const one = fc.nat(NUMBERED.length - 1).map((i) => NUMBERED[i]!.text);
    const put = fc.array(fc.constantFrom(...PUT), { maxLength: 3 }).map((all) => all.join(""));
    const texts = fc
      .array(fc.tuple(one, fc.constantFrom(...BETWEEN), put), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.map(([text, between, label]) => text + between + label).join(""));
    const agrees = (text: string): void => {
      const mine = told(text, "");
      const alone = openly(() =>
        findInText(text, "strict").filter((found) => !mine.includes(lineOf(found)) && isSeenAlone(text, found)),
      );
      expect(alone.map(lineOf), text).toEqual([]);
    };
    replayAndTry("find", texts, agrees, { numRuns: 3000, seed: 8 });
  });
});
