// The streams of characters in which a value may stand, whatever its digits look like and whatever lies between them.

export type Stream = "digits" | "letters" | "han" | "alphanumerics";

/** More than this is searched as it stands: what was written oddly stands in small bodies. */
const UNITS_MAX = 1 << 22;

export function streamsOf(text: string, stream: Stream): readonly string[] {
  if (text.length > UNITS_MAX) return [text];
  const plain = folded(text);
  if (stream === "letters") return [plain.toLowerCase().replace(/[^a-z]/g, "")];
  if (stream === "han") return [plain.replace(/[^\u4e00-\u9fff]/g, "")];
  if (stream === "alphanumerics") return [plain.replace(/[^0-9A-Za-z]/g, "")];
  const asNumerals = plain.replace(NUMERAL, (one) => NUMERALS.get(one)!);
  const asLookalikes = plain.replace(/[0-9OoQIil|]{8,}/g, (run) => run.replace(/[OoQ]/g, "0").replace(/[Iil|]/g, "1"));
  return [...new Set([plain, asNumerals, asLookalikes])].map((one) => one.replace(/[^0-9]/g, ""));
}

/** Every decimal digit of Unicode by its value: they stand in blocks of ten, zero first. */
const DIGITS = new Map<string, string>();
for (let point = 0x80, nth = 0; point < 0x1fc00; point++) {
  const character = String.fromCodePoint(point);
  nth = /\p{Nd}/u.test(character) ? nth + 1 : 0;
  if (nth > 0) DIGITS.set(character, String((nth - 1) % 10));
}
for (const before of [0x2775, 0x277f, 0x2789])
  for (let digit = 1; digit < 10; digit++) DIGITS.set(String.fromCodePoint(before + digit), String(digit));
DIGITS.set("⓿", "0");

const SAME = ["零〇○", "一壹幺弌", "二贰两貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"];
const NUMERALS = new Map(SAME.flatMap((same, digit) => [...same].map((one) => [one, String(digit)] as const)));
const NUMERAL = new RegExp(`[${SAME.join("")}]`, "g");

function folded(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text;
  return text.normalize("NFKC").replace(/[\u0080-\u{10ffff}]/gu, (one) => DIGITS.get(one) ?? one);
}
