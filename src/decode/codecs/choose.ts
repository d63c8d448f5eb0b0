// Which codec reads a body. Law: the label and the bytes must agree: JSON and text are read whatever the label says, a
// label that names a format is held to it, and what neither label nor bytes make readable is refused by its kind.

import { isUtf8 } from "node:buffer";
import type { HeadText, Unreadable } from "../../words.ts";
import { type Text, toText } from "../charsets/to-text.ts";
import { magicOf } from "../magic.ts";
import { type Media, parseMedia, relabelled } from "../media-type.ts";
import { CODECS } from "./all.ts";
import type { Body, BodyCodec, Reading } from "./codec.ts";
import { form } from "./form/codec.ts";
import { wholeFormText } from "./form/whole.ts";
import { json } from "./json/codec.ts";
import { looksLikeJson } from "./mark.ts";
import { ndjson } from "./ndjson/codec.ts";
import { text } from "./text/codec.ts";
import { isPlainText } from "./text/plain.ts";
import { xml } from "./xml/codec.ts";
import { declaredCharset } from "./xml/names.ts";

const JSON_LABEL: Media = { type: "application/json", charset: null, parameters: [] };
/** By the type, the suffix and the family that a codec claims. */
const BY_MEDIA: ReadonlyMap<string, BodyCodec> = new Map(
  CODECS.flatMap((codec) => codec.media.map((media) => [media, codec] as const)),
);
const SNIFFERS = CODECS.filter((codec) => codec.sniff !== undefined);

/**
 * @param bytes identity-coded, not empty. @param contentType the header's value; "" where absent.
 * @param level 0 for a request's body, 1 for its parts.
 */
export function readBody(bytes: Uint8Array, contentType: string, level = 0): Body | Unreadable {
  if (contentType === "application/json" && isUtf8(bytes)) {
    const reading = json.read(bytes, JSON_LABEL, level, readBody);
    if (!("code" in reading)) return { codec: "json", bytes, tokens: reading.tokens };
    if (reading.code !== "json_invalid" || !bytes.includes(0)) return reading;
  }
  const media = parseMedia(contentType);
  if ("code" in media) return media;
  // Mail has encodings of its own that nobody undoes here.
  if (media.type.startsWith("message/")) return { code: "content_opaque", detail: "a message of mail" };
  const named = codecFor(media.type);
  if (named?.raw === true) return readRaw(named, bytes, media, level);
  const decoded = toText(bytes, charsetOf(bytes, media, named));
  const isText = !("code" in decoded) && isPlainText(decoded.bytes);
  const kind = magicOf(bytes, isText);
  if (kind !== null) return file(bytes, media, kind);
  if ("code" in decoded)
    return named === null && media.charset === null && media.type !== "" ? file(bytes, media) : decoded;
  if (!isText && named !== json && named !== ndjson) return isUtf8(bytes) ? CONTROLS : file(bytes, media);
  const body = readText(named, decoded, media, level);
  return "code" in body ? body : withText(body, decoded, media);
}

const CONTROLS: Unreadable = { code: "content_opaque", detail: "control characters, which are no text" };

/** No text: to be opened by whoever can. */
function file(bytes: Uint8Array, { type }: Media, kind = "a binary of no known kind"): Unreadable {
  return { code: "content_opaque", detail: kind, enclosed: [{ path: "", raw: bytes, bytes, contentType: type }] };
}

/** The longest claim on the type: itself, its suffix, its family. */
function codecFor(type: string): BodyCodec | null {
  const suffix = type.slice(type.lastIndexOf("+"));
  const family = type.slice(0, type.indexOf("/") + 1);
  return (
    BY_MEDIA.get(type) ?? (suffix.startsWith("+") ? BY_MEDIA.get(suffix) : null) ?? BY_MEDIA.get(`${family}*`) ?? null
  );
}

/** Of two charsets named, neither is believed (an unknown name stands for both). */
function charsetOf(bytes: Uint8Array, { charset }: Media, named: BodyCodec | null): string | null {
  const inside = named === xml || named === null || named === text ? declaredCharset(bytes) : null;
  if (inside === null || charset === null) return charset ?? inside?.charset ?? null;
  return inside.charset.toLowerCase() === charset ? charset : "two charsets";
}

/** A framing of bytes. JSON under its label is JSON all the same; no framing begins like it. */
function readRaw(codec: BodyCodec, bytes: Uint8Array, media: Media, level: number): Body | Unreadable {
  if (codec.id !== "multipart" && looksLikeJson(bytes) && isUtf8(bytes)) {
    const reading = json.read(bytes, JSON_LABEL, level, readBody);
    if (!("code" in reading)) return bodyOf(json, bytes, reading);
  }
  return bodyOf(codec, bytes, codec.read(bytes, media, level, readBody));
}

function readText(named: BodyCodec | null, { bytes }: Text, media: Media, level: number): Body | Unreadable {
  const read = (codec: BodyCodec) => bodyOf(codec, bytes, codec.read(bytes, media, level, readBody));
  if (named === json || named === ndjson) return read(named);
  if (looksLikeJson(bytes)) {
    const body = read(json);
    if (!("code" in body)) return named === form ? withForm(body) : body;
    if (body.code !== "json_invalid") return body;
  }
  if (named !== null && named !== text) return read(named);
  for (const codec of SNIFFERS) {
    if (!codec.sniff!(bytes)) continue;
    const body = read(codec);
    if (!("code" in body) || (body.code !== "json_invalid" && body.code !== "body_invalid")) return body;
  }
  return read(text);
}

/** Whoever believes the label undoes percent-encoding first. */
function withForm(body: Body): Body {
  const whole = wholeFormText(body.bytes);
  return whole === null
    ? body
    : { ...body, head: [...(body.head ?? []), { where: "reading", name: "form", text: whole }] };
}

function withText(body: Body, { transcoded, readings }: Text, media: Media): Body {
  if (!transcoded) return body;
  const head: HeadText[] = [...(body.head ?? []), ...readings];
  return { ...body, head, contentType: relabelled(media, body.codec === "json" ? "application/json" : "text/plain") };
}

function bodyOf({ id }: BodyCodec, bytes: Uint8Array, reading: Reading | Unreadable): Body | Unreadable {
  return "code" in reading ? reading : { ...reading, codec: id, bytes: reading.bytes ?? bytes };
}
