// The files in a body, once they are opened. Law: each file of the body has its opening, of the very bytes; every text
// of it is a document of its own, and what is no text is named as unread.

import { isUtf8 } from "node:buffer";
import type { Doc, Enclosed, FileDoc, Opened, OpenedPart, Unread, Unreadable } from "../words.ts";
import { carriedIn } from "./carried.ts";
import { readBody } from "./codecs/choose.ts";
import { isPlainText } from "./codecs/text/plain.ts";
import { opaqueAt } from "./json/opaque.ts";
import type { RoleOf } from "./json/sealed.ts";
import { opaqueOf } from "./opaque-class.ts";
import { signsIn } from "./signs/signs.ts";

/** How deep a part of a file lies: it is no body of multipart parts. */
const LEVEL = 1;
const DEPTH_MAX = 2;

/** @param parts the parts that are files. @param at where base64 begins, -1 for nowhere. */
export function withFiles(
  doc: Doc,
  parts: readonly Enclosed[],
  at: number,
  opened: readonly Opened[] | undefined,
  roleOf?: RoleOf,
): Doc | Unreadable {
  const carried = carriedIn(doc, parts, roleOf);
  if ("code" in carried) return carried;
  const enclosed = [...parts, ...carried];
  // the beginning of a data URL in a file that is a part
  if (enclosed.length === 0) return doc;
  if (opened !== undefined) return withOpened(doc, enclosed, opened);
  const detail = at < 0 ? `${parts[0]!.path}: ${opaqueOf(parts[0]!.bytes).kind}` : `base64 at byte ${at}`;
  return { code: "content_opaque", detail, enclosed };
}

/** @param opened in the order of `enclosed`. */
export function withOpened(doc: Doc, enclosed: readonly Enclosed[], opened: readonly Opened[]): Doc | Unreadable {
  const contents = new Contents();
  for (const [i, { raw, path }] of enclosed.entries()) {
    const found = opened[i];
    if (found === undefined || Buffer.compare(found.raw, raw) !== 0)
      return { code: "content_opaque", detail: "a file that was not opened", enclosed };
    for (const part of found.parts) contents.add({ ...part, path: path + part.path }, 0);
  }
  const { files, unread } = contents;
  return { ...doc, ...(files.length > 0 ? { files } : {}), ...(unread.length > 0 ? { unread } : {}) };
}

class Contents {
  readonly files: FileDoc[] = [];
  readonly unread: Unread[] = [];
  #firstToken = 0;

  /** @param depth how many texts lie around it. */
  add({ path, bytes, contentType, opaque }: OpenedPart, depth: number): void {
    if (opaque !== null) return this.#unread(path, bytes, opaque);
    if (bytes.length === 0) return;
    let body = readBody(bytes, contentType, LEVEL);
    // A file's name promises nothing.
    if ("code" in body && (body.code === "json_invalid" || body.code === "body_invalid"))
      body = readBody(bytes, "text/plain", LEVEL);
    if ("code" in body) {
      const isText = isUtf8(bytes) && isPlainText(bytes);
      return this.#unread(path, bytes, isText ? { class: "document", kind: body.code } : opaqueOf(bytes));
    }
    const doc: Doc = { codec: body.codec, bytes: body.bytes, tokens: body.tokens, head: body.head ?? [] };
    const carried =
      opaqueAt(doc, undefined, signsIn(doc.bytes)) < 0 ? [] : carriedIn(doc, body.enclosed ?? [], undefined);
    if ("code" in carried) return this.#unread(path, bytes, { class: "document", kind: carried.code });
    this.files.push({ path, doc, firstToken: this.#firstToken });
    this.#firstToken += doc.tokens.count + doc.head.length;
    for (const file of [...(body.enclosed ?? []), ...carried]) {
      const inner = { path: path + file.path, bytes: file.bytes, contentType: "", opaque: file.opaque ?? null };
      if (depth < DEPTH_MAX) this.add(inner, depth + 1);
      else this.#unread(inner.path, file.bytes, file.opaque ?? opaqueOf(file.bytes));
    }
  }

  #unread(path: string, bytes: Uint8Array, { class: name, kind }: Pick<Unread, "class" | "kind">): void {
    this.unread.push({ path, bytes, class: name, kind });
  }
}
