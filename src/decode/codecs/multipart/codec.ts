// multipart/form-data, multipart/mixed: an object by part names, or an array. Law: each part is read by the same
// rules as a body; a part that is transcoded leaves with a label that says so; names and headers are read and not
// rewritten.

import { isUtf8 } from "node:buffer";
import type { Enclosed, HeadText, Unreadable } from "../../../words.ts";
import { plainPath } from "../../carried.ts";
import { headerTexts } from "../../header-texts.ts";
import { type Edit, splice } from "../../json/splice.ts";
import { type Media, parameterOf, typeByName } from "../../media-type.ts";
import { orRefused, Refused } from "../../refused.ts";
import type { Body, BodyCodec, Reading, ReadPart } from "../codec.ts";
import { Shape } from "../shape.ts";
import { type Disposition, dispositionOf } from "./disposition.ts";
import { broken, type Field, type Part, partsOf } from "./parts.ts";

const LEVELS_MAX = 2;
const BOUNDARY = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/;
const PLAIN_ENCODINGS: ReadonlySet<string> = new Set(["7bit", "8bit", "binary"]);
const KNOWN: ReadonlySet<string> = new Set(["content-disposition", "content-type", "content-transfer-encoding"]);
const SAYS_NOTHING: ReadonlySet<string> = new Set(["", "application/octet-stream", "text/plain"]);

export const multipart: BodyCodec = {
  id: "multipart",
  media: ["multipart/*"],
  raw: true,
  read(bytes, media, level, readPart) {
    return orRefused(() => {
      const { edits, ...reading } = new Parts(bytes, media, level, readPart).read();
      if (edits.length === 0) return reading;
      const mended = splice(bytes, edits);
      const again = new Parts(mended, media, level, readPart).read();
      if (again.edits.length > 0) throw new Refused("charset_unsupported", "multipart: a charset that never settles");
      // The readings in other charsets are of the parts as they came.
      const { edits: _, ...read } = again;
      return { ...read, head: reading.head ?? [], bytes: mended };
    });
  },
};

class Parts {
  readonly #bytes: Buffer;
  readonly #level: number;
  readonly #readPart: ReadPart;
  readonly #shape = new Shape();
  readonly #head: HeadText[] = [];
  readonly #edits: Edit[] = [];
  readonly #enclosed: Enclosed[] = [];
  readonly #named: boolean;
  readonly #boundary: string;
  #fixed = false;

  constructor(bytes: Uint8Array, media: Media, level: number, readPart: ReadPart) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#level = level + 1;
    this.#readPart = readPart;
    this.#named = media.type === "multipart/form-data";
    this.#boundary = parameterOf(media, "boundary") ?? "";
  }

  read(): Reading & { readonly edits: readonly Edit[] } {
    if (this.#level > LEVELS_MAX) throw new Refused("body_invalid", `multipart: nested deeper than ${LEVELS_MAX}`);
    if (!BOUNDARY.test(this.#boundary)) broken("no boundary, or more than one", 0);
    const parts = partsOf(this.#bytes, this.#boundary);
    if (this.#named) this.#shape.object(0);
    else this.#shape.array(0);
    parts.forEach((part, i) => {
      this.#part(part, i);
    });
    this.#shape.close(this.#bytes.length);
    const fixed = this.#fixed ? { fixed: true as const } : {};
    const files = this.#enclosed.length > 0 ? { enclosed: this.#enclosed } : {};
    return { tokens: this.#shape.done(), head: this.#head, edits: this.#edits, ...fixed, ...files };
  }

  #part(part: Part, i: number): void {
    for (const field of part.fields) this.#field(field, i);
    const disposition = one(part, "content-disposition");
    const named = disposition === null ? { name: null, fileName: "" } : dispositionOf(disposition);
    this.#encodings(part);
    if (this.#named) {
      if (named.name === null || !/^form-data\b/i.test(disposition!.value)) broken("a part without a name", part.start);
      this.#shape.key(named.name!.start, named.name!.end);
    }
    const content = this.#bytes.subarray(part.start, part.end);
    const type = one(part, "content-type");
    const body = content.length === 0 ? null : this.#content(content, type?.value ?? "", named, i);
    if (body === null) return this.#shape.string(part.start, part.end);
    this.#files(body.enclosed, named.name === null ? `${i}` : this.#text(named.name));
    // its bytes are in no token
    if ("code" in body) return this.#shape.string(part.start, part.start);
    if (body.contentType !== undefined) this.#transcoded(part, type, body);
    else this.#shape.graft(body.tokens, part.start);
    if (body.fixed === true) this.#fixed = true;
    for (const { where, name, text } of body.head ?? []) this.#head.push({ where, name: `part ${i} ${name}`, text });
  }

  #files(enclosed: readonly Enclosed[] | undefined, name: string): void {
    for (const file of enclosed ?? [])
      this.#enclosed.push({ ...file, path: plainPath(`/${name.replaceAll("/", "~1")}${file.path}`) });
  }

  #text({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.#bytes.toString("utf8", start, end);
  }

  /** @returns Unreadable only with the file that the part is. */
  #content(content: Uint8Array, contentType: string, { fileName }: Disposition, i: number): Body | Unreadable {
    const media = contentType.split(";", 1)[0]!.trim().toLowerCase();
    const byName = SAYS_NOTHING.has(media) ? typeByName(fileName) : undefined;
    const label = contentType === "" ? "text/plain" : contentType;
    let body = this.#readPart(
      content,
      byName === undefined ? label : label.replace(media || "text/plain", byName),
      this.#level,
    );
    // A file's name promises nothing: what it is not, it may be under its label.
    if (byName !== undefined && "code" in body && (body.code === "json_invalid" || body.code === "body_invalid"))
      body = this.#readPart(content, label, this.#level);
    if ("code" in body && body.enclosed !== undefined) return body;
    if ("code" in body) throw new Refused(body.code, `part ${i}: ${body.detail}`);
    if (body.wire !== undefined) throw new Refused("content_opaque", `part ${i}: a binary framing`);
    return body;
  }

  /** Bytes and label of the part as they must leave. The tokens are read from what results. */
  #transcoded(part: Part, type: Field | null, { contentType, bytes }: Body): void {
    if (type !== null)
      this.#edits.push({ start: type.start, end: type.end, text: mendedLabel(type.value, contentType!) });
    this.#edits.push({ start: part.start, end: part.end, text: bytes });
    this.#shape.string(part.start, part.start);
  }

  #field({ name, value, start, end }: Field, i: number): void {
    if (!isUtf8(this.#bytes.subarray(start, end))) throw new Refused("charset_unsupported", `part ${i}: its headers`);
    for (const text of headerTexts(name, value)) this.#head.push({ where: "reading", name: `part ${i} header`, text });
    if (!KNOWN.has(name)) this.#head.push({ where: "reading", name: `part ${i} header`, text: name });
  }

  #encodings(part: Part): void {
    const transfer = one(part, "content-transfer-encoding");
    if (transfer !== null && !PLAIN_ENCODINGS.has(transfer.value.toLowerCase()))
      throw new Refused("encoding_unsupported", `a content-transfer-encoding at byte ${transfer.start}`);
    const coding = one(part, "content-encoding");
    if (coding !== null && coding.value.toLowerCase() !== "identity")
      throw new Refused("encoding_unsupported", `a content-encoding at byte ${coding.start}`);
    const length = one(part, "content-length");
    if (length === null) return;
    if (length.value !== String(part.end - part.start)) broken("a length that is another", length.start);
    this.#fixed = true;
  }
}

/** The caller's own media type: a file's name may have stood in for it. */
function mendedLabel(value: string, contentType: string): string {
  return value.split(";", 1)[0]! + contentType.slice(contentType.split(";", 1)[0]!.length);
}

/** The only field of a name; null: none. Throws Refused where there are two. */
function one({ fields }: Part, name: string): Field | null {
  const found = fields.filter((field) => field.name === name);
  if (found.length > 1) broken("a header twice", found[1]!.start);
  return found[0] ?? null;
}
