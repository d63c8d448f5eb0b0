// Characters that stand for a digit, a letter or nothing at all without being one: full width, circled, Chinese
// numerals, zero width. Law: one table for the scanner, which counts them, and for views/fold.ts, which undoes them.

/** What an odd character folds to: a digit, an ASCII letter or `@`, or "" for what nobody sees. */
const FOLDS = new Map<number, string>();

function range(from: number, to: number, fold: (nth: number) => string): void {
  for (let point = from; point <= to; point++) FOLDS.set(point, fold(point - from));
}

const digit = (nth: number) => String(nth % 10);
const latin = (nth: number) => String.fromCharCode(65 + (nth % 26));
const small = (nth: number) => String.fromCharCode(97 + (nth % 26));
const nothing = () => "";

/** Decimal digits of other scripts: Arabic, Persian, Devanagari, Bengali, Thai, Lao, Tibetan, Myanmar, Khmer. */
for (const zero of [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0]) range(zero, zero + 9, digit);
range(0xff10, 0xff19, digit);
range(0xff21, 0xff3a, latin);
range(0xff41, 0xff5a, small);
FOLDS.set(0xff20, "@").set(0xfe6b, "@");
/** Punctuation is full width in Chinese prose: it is folded where something else is, and never a sign of its own. */
const PUNCTUATION = "．－＿＋％＃＆；＼";
const PUNCTUATION_HALF = ".-_+%#&;\\";
for (let i = 0; i < PUNCTUATION.length; i++) FOLDS.set(PUNCTUATION.charCodeAt(i), PUNCTUATION_HALF[i]!);
FOLDS.set(0xb9, "1").set(0xb2, "2").set(0xb3, "3").set(0x2070, "0");
range(0x2074, 0x2079, (nth) => String(nth + 4));
range(0x2080, 0x2089, digit);
/** ① … ⑨, ⑴ … ⑼, ⒈ … ⒐, ⓪ ⓿ ⓵ … ⓽, ❶ … ❾, ➀ … ➈, ➊ … ➒, ㊀ … ㊈, ㈠ … ㈨, Suzhou 〡 … 〩. */
for (const one of [0x2460, 0x2474, 0x2488, 0x24f5, 0x2776, 0x2780, 0x278a, 0x3280, 0x3220, 0x3021])
  range(one, one + 8, (nth) => String(nth + 1));
FOLDS.set(0x24ea, "0").set(0x24ff, "0");
range(0x24b6, 0x24cf, latin);
range(0x24d0, 0x24e9, small);
/** Mathematical digits and letters, five and thirteen styles; digits in boxes and with a comma or full stop. */
range(0x1d7ce, 0x1d7ff, digit);
range(0x1d400, 0x1d6a3, (nth) => (nth % 52 < 26 ? latin(nth % 52) : small((nth % 52) - 26)));
range(0x1fbf0, 0x1fbf9, digit);
range(0x1f101, 0x1f10a, digit);
range(0x1f130, 0x1f149, latin);
range(0x1f150, 0x1f169, latin);
range(0x1f170, 0x1f189, latin);
/** Zero width, soft hyphen, bidirectional marks, joiners, variation selectors, keycaps, combining marks, tags. */
for (const point of [0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x3164, 0xfeff, 0xffa0])
  FOLDS.set(point, "");
range(0x200b, 0x200f, nothing);
range(0x202a, 0x202e, nothing);
range(0x2060, 0x206f, nothing);
range(0xfe00, 0xfe0f, nothing);
range(0x300, 0x36f, nothing);
range(0x20d0, 0x20f0, nothing);
range(0xe0000, 0xe01ef, nothing);
/** Controls of ASCII but tab and line breaks. */
for (let point = 0; point < 0x20; point++) if (point < 0x09 || point > 0x0d) FOLDS.set(point, "");
FOLDS.set(0x7f, "");
/** Letters of other scripts that look like ASCII ones. */
const LOOKALIKES = "АВЕКМНОРСТХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοⅩⅹ";
const LOOKED_LIKE = "ABEKMHOPCTXaeopcyxijsABEZHIKMNOPTYXoXx";
for (let i = 0; i < LOOKALIKES.length; i++) FOLDS.set(LOOKALIKES.charCodeAt(i), LOOKED_LIKE[i]!);

/** Chinese numerals count as digits only among others: 一 is a word first. */
const NUMERALS = new Map<number, string>();
for (const [nth, same] of [
  "零〇○洞",
  "一壹幺弌",
  "二贰两兩貳弍",
  "三叁参參叄弎",
  "四肆",
  "五伍",
  "六陆陸",
  "七柒拐",
  "八捌",
  "九玖勾",
].entries())
  for (const character of same) NUMERALS.set(character.codePointAt(0)!, String(nth));

/** @returns what the character stands for, "" for nothing, undefined for itself. */
export function foldOf(point: number): string | undefined {
  return FOLDS.get(point);
}

/** @returns the digit that a Chinese numeral stands for among digits. */
export function numeralOf(point: number): string | undefined {
  return NUMERALS.get(point);
}

export const PLAIN = 0;
export const ODD_DIGIT = 1;
export const INVISIBLE = 2;
export const ODD_LETTER = 3;
export const NUMERAL = 4;
export const ODD_MARK = 5;
/** 微, of 微信: what follows may be an account without a digit. And what words about health and faith begin with. */
export const WORD = 6;
/** 邮, of 邮箱: what follows may be an address with its signs in words. */
export const MAIL = 7;

/** By code point of the basic plane: PLAIN to MAIL. */
export const KINDS = new Uint8Array(0x10000);
for (const [point, fold] of FOLDS) if (point < 0x10000) KINDS[point] = kindOfFold(fold);
for (const point of NUMERALS.keys()) KINDS[point] = NUMERAL;

for (const character of "微诊病症癌患敏药薪残征犯密") KINDS[character.charCodeAt(0)] = WORD;
KINDS["邮".charCodeAt(0)] = MAIL;

function kindOfFold(fold: string): number {
  if (fold === "") return INVISIBLE;
  if (/[0-9]/.test(fold)) return ODD_DIGIT;
  return /[A-Za-z@]/.test(fold) ? ODD_LETTER : ODD_MARK;
}

/** @returns PLAIN, ODD_DIGIT, INVISIBLE, ODD_LETTER, NUMERAL or ODD_MARK. */
export function oddness(point: number): number {
  if (point < 0x10000) return KINDS[point]! >= WORD ? PLAIN : KINDS[point]!;
  const fold = FOLDS.get(point);
  return fold === undefined ? PLAIN : kindOfFold(fold);
}
