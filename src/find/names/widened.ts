// Names that a comma, a middle dot or a signature's place makes longer than a model saw: `SUN, Guihua`, 买买提·艾力,
// the line below `Best regards`. Law: what is added stands right beside what was found, and looks as its part must.

import type { Stretch } from "./address.ts";
import { isHan } from "./chars.ts";

const CLOSING =
  /(?:[Rr]egards|[Ss]incerely|[Cc]heers|[Tt]hanks|[Tt]hank you|[Yy]ours truly|[Bb]est wishes|此致敬礼|顺颂商祺),?[ \t\r]*$/;
const CLOSING_UNITS = 24;
const LINE_UNITS = 64;
const SIGNATURE = /^\s{0,4}(\p{Lu}[\p{L}.'’-]{1,20}(?:,? \p{Lu}[\p{L}.'’-]{0,20}){0,3})[ \t]*(?=\r?\n|$)/u;
const NOBODY =
  /\b(?:Team|Service|Services|Support|Department|Office|Manager|Sales|Customer|Group|Company|Inc|Ltd|Sent)\b/;
const SURNAME_BEFORE = /(?<![\p{L}\d])\p{Lu}{2,10},? $/u;
const GIVEN_AFTER = /^, \p{Lu}\p{Ll}{1,14}(?:[ -]\p{Lu}?\p{Ll}{1,14})?(?![\p{L}\d])/u;
const ALL_CAPITALS = /^\p{Lu}{2,10}$/u;
const DOT = /[·•‧・]/;
const COMMA = 0x2c;
const SPACE = 0x20;
const DOTTED_UNITS_MIN = 4;
const PART_UNITS_MAX = 6;
/** What stands before a name in a sentence, and after it. */
const NOT_OF_NAME = /[是叫为给让由和与对向把请找问的在了说将及等名我你他她您这那位]/;

/** Names that stand where a letter is signed, in order. */
export function signedIn(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let line = text.indexOf("\n"); line >= 0; line = text.indexOf("\n", line + 1)) {
    if (!CLOSING.test(text.slice(Math.max(0, line - CLOSING_UNITS), line))) continue;
    const match = SIGNATURE.exec(text.slice(line + 1, line + LINE_UNITS));
    if (match === null || NOBODY.test(match[1]!)) continue;
    const start = line + 1 + match[0].indexOf(match[1]!);
    found.push({ start, end: start + match[1]!.length });
  }
  return found;
}

/** Whether a comma or a middle dot stands where more of a name may. */
export function mayWiden(text: string, { start, end }: Stretch): boolean {
  const after = text.charCodeAt(end);
  if (after === COMMA || isDot(after) || isDot(text.charCodeAt(start - 1))) return true;
  if (text.charCodeAt(start - 2) === COMMA && text.charCodeAt(start - 1) === SPACE) return true;
  if (end - start < DOTTED_UNITS_MIN) return false;
  for (let at = start + 1; at < end; at++) if (isDot(text.charCodeAt(at))) return true;
  return false;
}

function isDot(unit: number): boolean {
  return unit === 0xb7 || unit === 0x2022 || unit === 0x2027 || unit === 0x30fb;
}

/** @returns the stretch with what belongs to it on either side. */
export function widened(text: string, { start, end }: Stretch): Stretch {
  return isHan(text.charCodeAt(start)) || isHan(text.charCodeAt(end - 1))
    ? { start: beforeDot(text, start), end: afterDot(text, end) }
    : withComma(text, start, end);
}

function withComma(text: string, start: number, end: number): Stretch {
  if (ALL_CAPITALS.test(text.slice(start, end))) {
    const given = GIVEN_AFTER.exec(text.slice(end, end + 32));
    return { start, end: end + (given?.[0].length ?? 0) };
  }
  const before = text[start - 2] === "," ? SURNAME_BEFORE.exec(text.slice(Math.max(0, start - 13), start)) : null;
  return { start: start - (before?.[0].length ?? 0), end };
}

/** 买买提·|艾力: back over the part before the dot. */
function beforeDot(text: string, start: number): number {
  if (!DOT.test(text[start - 1] ?? "")) return start;
  let at = start - 1;
  while (at > 0 && start - 1 - at < PART_UNITS_MAX && isOfPart(text, at - 1)) at--;
  return at === start - 1 ? start : at;
}

/** 阿尔斯兰·阿不|都: one more character before a border; or the whole part where the name ended before its dot. */
function afterDot(text: string, end: number): number {
  if (DOT.test(text[end] ?? "")) {
    let at = end + 1;
    while (at < text.length && at - end <= PART_UNITS_MAX && isOfPart(text, at)) at++;
    return at === end + 1 || isHan(text.charCodeAt(at)) ? end : at;
  }
  const dotted = DOT.test(text.slice(Math.max(0, end - PART_UNITS_MAX), end));
  return dotted && isOfPart(text, end) && !isHan(text.charCodeAt(end + 1)) ? end + 1 : end;
}

function isOfPart(text: string, at: number): boolean {
  return isHan(text.charCodeAt(at)) && !NOT_OF_NAME.test(text[at]!);
}
