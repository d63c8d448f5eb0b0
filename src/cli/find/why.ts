// Why a finding was made, found by leaving things out. Law: the finder is asked again, never guessed at: what the
// answer names is what the finding needs, so it stays true whatever a detector is made of.

import type { Certainty } from "../../words.ts";

/** Characters either side that a detector may look at (find/shared/near.ts), and room for a word cut by them. */
const REACH_UNITS = 32;

interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

/** @returns what stands in a text that is the value of the member `key`. */
type Ask = (text: string, key: string) => readonly Span[];

/** `form`: the value alone. `key`: the member's name. `before`, `after`: that word. `around`: several together. */
export interface Why {
  readonly by: "form" | "key" | "before" | "after" | "around";
  /** The member's name, or the shortest words that make the difference. */
  readonly word?: string;
}

/** @param found in `text`, which is the value of the member `key`; "" for none. */
export function whyOf(ask: Ask, text: string, found: Span, key: string): Why {
  const value = text.slice(found.start, found.end);
  const holds = (before: string, after: string, name: string) =>
    ask(`${before}${value}${after}`, name).some(
      ({ start, end, type }) => type === found.type && start === before.length && end === before.length + value.length,
    );
  if (holds("", "", "")) return { by: "form" };
  if (key !== "" && holds("", "", key)) return { by: "key", word: key };
  const before = text.slice(Math.max(0, found.start - REACH_UNITS), found.start);
  if (holds(before, "", "")) return { by: "before", word: wordBefore(before, (kept) => holds(kept, "", "")) };
  const after = text.slice(found.end, found.end + REACH_UNITS);
  if (holds("", after, "")) return { by: "after", word: wordAfter(after, (kept) => holds("", kept, "")) };
  return { by: "around" };
}

/** The shortest end of `before` that is needed, and of that the shortest start: what lies between is blanked. */
function wordBefore(before: string, holds: (kept: string) => boolean): string {
  let from = 0;
  while (from + 1 < before.length && holds(before.slice(from + 1))) from++;
  const needed = before.slice(from);
  for (let length = 1; length < needed.length; length++) {
    const word = needed.slice(0, length);
    if (holds(word + " ".repeat(needed.length - length))) return word;
  }
  return needed.trim();
}

function wordAfter(after: string, holds: (kept: string) => boolean): string {
  let to = after.length;
  while (to > 1 && holds(after.slice(0, to - 1))) to--;
  const needed = after.slice(0, to);
  for (let from = needed.length - 1; from > 0; from--)
    if (holds(" ".repeat(from) + needed.slice(from))) return needed.slice(from);
  return needed.trim();
}

const CERTAINTIES: Readonly<Record<Certainty, { readonly zh: string; readonly en: string }>> = {
  checksum: { zh: "校验位成立", en: "its check digit holds" },
  key: { zh: "字段名表明", en: "the member's name says so" },
  "format+context": { zh: "格式相符", en: "its form" },
  model: { zh: "模型判断", en: "the model says so" },
  suspect: { zh: "校验位不符", en: "its check digit is wrong" },
};

/** In words. @returns one line */
export function wordsOf(certainty: Certainty, { by, word }: Why, language: "zh" | "en"): string {
  const quoted = word === undefined ? "" : ` “${word}”`;
  const because = {
    zh: { form: "", key: `字段名${quoted}`, before: `前面的${quoted}`, after: `后面的${quoted}`, around: "前后文" },
    en: {
      form: "",
      key: `the name${quoted}`,
      before: `before it${quoted}`,
      after: `after it${quoted}`,
      around: "the words around it",
    },
  }[language][by];
  const said = CERTAINTIES[certainty][language];
  return because === "" ? said : `${said}${language === "zh" ? "；" : "; "}${because}`;
}
