// An e-mail address with blanks around its @: `zhang @163.com`, `li.si2 @ acme.cn`. Law: the domain is one of
// mailboxes, or what stands before is written as no word is; `meet us @ example.com` is prose.

import { matchesOf } from "../shared/pattern.ts";
import { type View, ViewBuilder } from "./view.ts";

const ADDRESS = new RegExp(
  [
    "(?<![A-Za-z0-9._%+-])([A-Za-z0-9][A-Za-z0-9._%+-]{0,63})( {0,2}@ {0,2})",
    String.raw`((?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,4}[A-Za-z]{2,24})(?![A-Za-z0-9_@-])`,
  ].join(""),
  "g",
);
const MAILBOXES = new RegExp(
  [
    String.raw`^(?:(?:vip\.)?(?:163|126|qq|sina|sohu|foxmail)|139|189|yeah|aliyun|gmail|`,
    String.raw`outlook|hotmail|live|yahoo|icloud|me|proton(?:mail)?|tom|21cn|wo|263)\.(?:com|`,
    String.raw`net|cn|me|com\.cn)$`,
  ].join(""),
  "i",
);
const TOP = /\.(?:com|cn|net|org|edu|gov|hk|tw|io|co)$/i;
/** Words of a sentence before an @. */
const WORD = new RegExp(
  [
    "^(?:a|an|and|are|as|at|be|by|call|click|contact|email|e-?mail|find|follow|",
    "for|from|hi|hello|in|is|join|just|live|mail|me|meet|more|now|of|on|or|",
    "out|read|see|send|sign|some|the|this|to|up|us|via|visit|we|with|write|",
    "you|your|account|accounts|address|domain|user|users)$",
  ].join(""),
  "i",
);
const UNLIKE_WORD = /\d|[A-Za-z][._][A-Za-z]/;

/** @returns null where no address is written so. */
export function closed(text: string): View | null {
  if (!text.includes("@")) return null;
  let builder: ViewBuilder | null = null;
  let at = 0;
  for (const { 0: found, 1: local, 2: sign, 3: domain, index } of matchesOf(ADDRESS, text)) {
    if (sign === "@" || !isAddress(local!, domain!)) continue;
    builder ??= new ViewBuilder();
    const before = index + local!.length;
    for (; at < before; at++) builder.add(text[at]!, at);
    builder.add("@", at);
    for (at += sign!.length; at < index + found.length; at++) builder.add(text[at]!, at);
  }
  if (builder === null) return null;
  for (; at < text.length; at++) builder.add(text[at]!, at);
  return builder.done(text.length);
}

function isAddress(local: string, domain: string): boolean {
  if (WORD.test(local) || local.endsWith(".")) return false;
  return MAILBOXES.test(domain) || (UNLIKE_WORD.test(local) && TOP.test(domain));
}
