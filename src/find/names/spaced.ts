// Names written with blanks or invisible characters between their characters (郝 勇 平). Law: a view differs
// from its text only by characters left out, and knows where each of its characters stood.

export interface View {
  readonly text: string;
  /** By index in the view: index in the text; one more for the end. */
  readonly at: Int32Array;
}

export const INVISIBLE = new RegExp(
  [
    String.raw`\u034f|`,
    String.raw`[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f`,
    String.raw`\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]`,
  ].join(""),
  "u",
);
const ALL_INVISIBLE = new RegExp(INVISIBLE, "gu");
const HAN = "[\\u3400-\\u9fff]";
const GAP = "[ \\t\\u3000\\u00a0\\u2000-\\u200a]{1,3}";
/** Two to four lone characters with gaps: no Han on either side. */
const SPREAD = new RegExp(`(?<!${HAN})${HAN}(?:${GAP}${HAN}){1,3}(?!${HAN})`, "gu");
/** A quick sign that SPREAD may match. */
const SPREAD_SIGN = new RegExp(`${HAN}${GAP}${HAN}(?!${HAN})`, "u");

/** @returns null where the text needs no view. */
export function squeeze(text: string): View | null {
  const invisible = INVISIBLE.test(text);
  const spread = SPREAD_SIGN.test(text);
  if (!invisible && !spread) return null;
  const kept = new Uint8Array(text.length).fill(1);
  if (invisible) for (let i = 0; i < text.length; i++) if (INVISIBLE.test(text[i]!)) kept[i] = 0;
  if (spread)
    for (const match of text.matchAll(SPREAD)) dropGaps(text, match.index, match.index + match[0].length, kept);
  return viewOf(text, kept);
}

function dropGaps(text: string, start: number, end: number, kept: Uint8Array): void {
  for (let i = start; i < end; i++) if (/\s/u.test(text[i]!)) kept[i] = 0;
}

/** @returns null where nothing is left out. */
function viewOf(text: string, kept: Uint8Array): View | null {
  if (!kept.includes(0)) return null;
  const at = new Int32Array(text.length + 1);
  let out = "";
  let made = 0;
  for (let i = 0; i < text.length; ) {
    const from = i;
    for (; i < text.length && kept[i] === 1; i++) at[made++] = i;
    out += text.slice(from, i);
    while (i < text.length && kept[i] === 0) i++;
  }
  at[made] = text.length;
  return { text: out, at };
}

/** The one spelling of a name or an address: no blanks between Han, nothing invisible. */
export function canonicalName(text: string): string {
  const visible = text.replace(ALL_INVISIBLE, "");
  return /[\u3400-\u9fff]/u.test(visible) ? visible.replace(/\s/gu, "") : visible.replace(/\s+/gu, " ").trim();
}
