// The XML of office files as events. Law: well-formed enough to be sure of every character; no document type, no entity
// but XML's own.

import { broken } from "../broken.ts";

export interface Attribute {
  /** Without its prefix. */
  readonly name: string;
  readonly value: string;
}

/** Names are without their prefix. */
export interface Sink {
  open(name: string, attributes: readonly Attribute[]): void;
  /** Character data, references undone; of one element in one or more calls. */
  text(text: string): void;
  close(name: string): void;
}

const TAG = /([A-Za-z_][\w.:-]*)((?:[^"'>]|"[^"]*"|'[^']*')*?)(\/?)>/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const REFERENCE = /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));/g;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const DEPTH_MAX = 256;
const NONE: readonly Attribute[] = [];

/** Reads the whole document. Comments and processing instructions come as text of their own. Throws Broken. */
export function readMarkup(bytes: Buffer, sink: Sink): void {
  const xml = textOf(bytes);
  const open: string[] = [];
  let at = 0;
  while (at < xml.length) {
    const tag = xml.indexOf("<", at);
    const end = tag < 0 ? xml.length : tag;
    if (end > at) sink.text(undone(xml.slice(at, end)));
    if (tag < 0) break;
    at =
      xml.startsWith("<!", tag) || xml.startsWith("<?", tag) ? special(xml, tag, sink) : element(xml, tag, open, sink);
  }
  if (open.length > 0) broken("xml that is cut off");
}

function textOf(bytes: Buffer): string {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  const charset = mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return broken("xml of another charset");
  }
}

const ENDS: readonly (readonly [begin: string, end: string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
];

/** @returns where it ends. */
function special(xml: string, at: number, sink: Sink): number {
  const [begin, end] = ENDS.find(([begin]) => xml.startsWith(begin, at)) ?? broken("xml with a document type");
  const stop = xml.indexOf(end, at + begin.length);
  if (stop < 0) broken("xml that is cut off");
  const inside = xml.slice(at + begin.length, stop);
  if (begin === "<![CDATA[") sink.text(inside);
  else if (
    !/^xml\s+version=["']1\.[01]["'](?:\s+encoding=["']UTF-(?:8|16)["'])?(?:\s+standalone=["']\w+["'])?\s*$/i.test(
      inside,
    )
  )
    sink.text(`\n${inside}\n`);
  return stop + end.length;
}

function element(xml: string, at: number, open: string[], sink: Sink): number {
  if (xml[at + 1] === "/") {
    const end = xml.indexOf(">", at);
    const name = xml.slice(at + 2, end).trimEnd();
    if (end < 0 || open.pop() !== name) broken("xml with tags that do not match");
    sink.close(local(name));
    return end + 1;
  }
  TAG.lastIndex = at + 1;
  const match = TAG.exec(xml);
  if (match === null) return broken("xml with a broken tag");
  const [, name, attributes, closed] = match;
  sink.open(local(name!), attributes === "" ? NONE : attributesIn(attributes!));
  if (closed === "/") sink.close(local(name!));
  else if (open.push(name!) > DEPTH_MAX) broken("xml that is too deep");
  return TAG.lastIndex;
}

function attributesIn(text: string): Attribute[] {
  const found: Attribute[] = [];
  let at = 0;
  for (ATTRIBUTE.lastIndex = 0; ; at = ATTRIBUTE.lastIndex) {
    const match = ATTRIBUTE.exec(text);
    if (match === null) break;
    found.push({ name: local(match[1]!), value: undone(match[2] ?? match[3]!) });
  }
  if (text.slice(at).trim() !== "") broken("xml with a broken attribute");
  return found;
}

/** `w:t` → `t`. */
function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function undone(text: string): string {
  if (!text.includes("&")) return text;
  const plain = text.replace(REFERENCE, (_, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name]!;
    const point = Number.parseInt(hex ?? decimal!, hex === undefined ? 10 : 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : broken("xml with a reference to no character");
  });
  const stray = text.replace(REFERENCE, "");
  return stray.includes("&") ? broken("xml with a reference to nothing") : plain;
}
