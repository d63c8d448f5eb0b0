// The texts that a header's value may be read as. Law: the value as it stands and percent-decoded, and beside it
// whatever a recipient may undo in it: encoded words (RFC 2047), extended parameters (RFC 8187, 2231), cookies,
// Basic, baggage.

import { isUtf8 } from "node:buffer";
import { charsetNamed, decodeAs } from "./charsets/decoders.ts";
import { percentDecoded } from "./percent.ts";

const SIMPLE = /^[^%=\u0080-\uffff]*$/;
const WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=/gi;
const BETWEEN_WORDS = /(\?=)[ \t]+(?==\?)/g;
const EXTENDED = /(?<![A-Za-z0-9-])([A-Za-z0-9-]+)\*(\d*)\*?=(?:"([^"]*)"|([^;,\s]*))/g;
const BASIC = /^basic +([A-Za-z0-9+/_-]+=*)$/i;
/** Headers whose value is a list of names and values. */
const LISTS: ReadonlyMap<string, RegExp> = new Map([
  ["cookie", /[;=]/],
  ["set-cookie", /[;=]/],
  ["baggage", /[,;=]/],
  ["tracestate", /[,=]/],
]);

/**
 * @param name lower case. @param value one character a byte. @returns the value's texts, the value itself first.
 * Throws Refused.
 */
export function headerTexts(name: string, value: string): string[] {
  const texts = [percentDecoded(value, "header")];
  const basic = BASIC.exec(value);
  if (basic !== null) texts.push(fromBytes(Buffer.from(basic[1]!, "base64")));
  const list = LISTS.get(name);
  if (list !== undefined)
    for (const item of value.split(list)) addUnlessKnown(texts, percentDecoded(unquoted(item), "header"));
  if (SIMPLE.test(value)) return texts;
  addUnlessKnown(texts, wordsUndone(value));
  for (const text of extendedParameters(value)) addUnlessKnown(texts, text);
  return texts;
}

function addUnlessKnown(texts: string[], text: string): void {
  if (text !== "" && !texts.includes(text)) texts.push(text);
}

function unquoted(item: string): string {
  return item.trim().replace(/^"(.*)"$/, "$1");
}

/** White space between two words is none (RFC 2047 §6.2). */
function wordsUndone(value: string): string {
  if (!value.includes("=?")) return "";
  return value.replace(BETWEEN_WORDS, "$1").replace(WORD, (_, charset: string, kind: string, text: string) => {
    const bytes = kind.toLowerCase() === "b" ? Buffer.from(text, "base64") : fromQ(text);
    return inCharset(bytes, charset);
  });
}

function fromQ(text: string): Buffer {
  const undone = text.replaceAll("_", " ").replace(/=([0-9a-f]{2})/gi, (_, hex: string) => byteOf(hex));
  return Buffer.from(undone, "latin1");
}

/** `name*=UTF-8''…`, and `name*0*=…; name*1=…` put together. */
function extendedParameters(value: string): string[] {
  const byName = new Map<string, string>();
  for (const [, name, , quoted, token] of value.matchAll(EXTENDED))
    byName.set(name!, (byName.get(name!) ?? "") + (quoted ?? token ?? ""));
  return [...byName.values()].map((text) => {
    const [, charset, encoded] = /^([\w.:-]*)'[^']*'(.*)$/s.exec(text) ?? [null, "utf-8", text];
    const undone = encoded!.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => byteOf(hex));
    return inCharset(Buffer.from(undone, "latin1"), charset!);
  });
}

function byteOf(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function inCharset(bytes: Buffer, name: string): string {
  const charset = charsetNamed(name);
  return (charset === null || charset === "utf-8" ? null : decodeAs(bytes, charset)) ?? fromBytes(bytes);
}

function fromBytes(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? "utf8" : "latin1");
}
