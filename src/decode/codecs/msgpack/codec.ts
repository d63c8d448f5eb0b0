// MessagePack, read as JSON. Law: one value and nothing after it; strings are UTF-8; what is counted is there.

import { isUtf8 } from "node:buffer";
import type { BodyCodec } from "../codec.ts";
import { Cursor } from "../cursor.ts";
import { type Render, renderedReading } from "../render.ts";

/** Of a timestamp's extension. */
const TIMESTAMP = 0xff;

export const msgpack: BodyCodec = {
  id: "msgpack",
  media: ["application/msgpack", "application/x-msgpack", "application/vnd.msgpack", "+msgpack"],
  raw: true,
  read(bytes) {
    return renderedReading(bytes, (to) => {
      const from = new Cursor(bytes, "msgpack");
      value(from, to);
      if (from.at !== from.end) from.refuse("bytes after the end");
    });
  },
};

function value(from: Cursor, to: Render): void {
  const head = from.byte();
  if (head < 0x80) return to.number(head);
  if (head < 0x90) return map(from, to, head & 0x0f);
  if (head < 0xa0) return array(from, to, head & 0x0f);
  if (head < 0xc0) return to.string(text(from, head & 0x1f));
  if (head >= 0xe0) return to.number(head - 0x100);
  sized(head, from, to);
}

/** 0xc0 … 0xdf: what the sizes below follow. */
function sized(head: number, from: Cursor, to: Render): void {
  if (head === 0xc0) return to.literal("null");
  if (head === 0xc2 || head === 0xc3) return to.literal(head === 0xc3 ? "true" : "false");
  if (head >= 0xc4 && head <= 0xc6) return to.blob(from.slice(length(from, head - 0xc4)), from.at);
  if (head >= 0xc7 && head <= 0xc9) return extension(from, to, length(from, head - 0xc7));
  if (head === 0xca || head === 0xcb) return to.number(from.float(head === 0xca ? 4 : 8));
  if (head >= 0xcc && head <= 0xcf) return to.number(from.unsigned(1 << (head - 0xcc)));
  if (head >= 0xd0 && head <= 0xd3) return to.number(from.signed(1 << (head - 0xd0)));
  if (head >= 0xd4 && head <= 0xd8) return extension(from, to, 1 << (head - 0xd4));
  if (head >= 0xd9 && head <= 0xdb) return to.string(text(from, length(from, head - 0xd9)));
  if (head === 0xdc || head === 0xdd) return array(from, to, length(from, head - 0xdb));
  if (head === 0xde || head === 0xdf) return map(from, to, length(from, head - 0xdd));
  from.refuse("a byte that begins nothing");
}

function length(from: Cursor, power: number): number {
  return Number(from.unsigned(1 << power));
}

function text(from: Cursor, bytes: number): string {
  const slice = from.slice(bytes);
  if (!isUtf8(slice)) from.refuse("a string that is not UTF-8");
  return Buffer.from(slice).toString("utf8");
}

function array(from: Cursor, to: Render, count: number): void {
  to.open("[");
  for (let i = 0; i < count; i++) value(from, to);
  to.close("]");
}

function map(from: Cursor, to: Render, count: number): void {
  to.open("{");
  for (let i = 0; i < count; i++) {
    to.key(nameIn(from));
    value(from, to);
  }
  to.close("}");
}

/** Numbers name members too; a container does not. */
function nameIn(from: Cursor): string {
  const head = from.byte();
  if (head >= 0xa0 && head < 0xc0) return text(from, head & 0x1f);
  if (head >= 0xd9 && head <= 0xdb) return text(from, length(from, head - 0xd9));
  if (head < 0x80) return String(head);
  if (head >= 0xe0) return String(head - 0x100);
  if (head >= 0xcc && head <= 0xcf) return String(from.unsigned(1 << (head - 0xcc)));
  if (head >= 0xd0 && head <= 0xd3) return String(from.signed(1 << (head - 0xd0)));
  return from.refuse("a name that is no text and no number");
}

function extension(from: Cursor, to: Render, bytes: number): void {
  const type = from.byte();
  const slice = from.slice(bytes);
  if (type === TIMESTAMP && bytes === 4) to.number(Buffer.from(slice).readUInt32BE(0));
  else to.blob(slice, from.at);
}
