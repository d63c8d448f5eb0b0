// A case's body as bytes. Law: what is sent is what is written; a file is read once, when the suite is.

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { WrittenBody } from "./schema.ts";

export interface Body {
  readonly bytes: Uint8Array;
  /** What the headers say where the case does not; "": nothing. */
  readonly contentType: string;
}

const BOUNDARY = "yumen-test-9d1f";

/** @param dir where a file's path starts. Rejects with the file system's error. */
export async function bodyOf(written: WrittenBody | undefined, dir: string): Promise<Body> {
  if (written === undefined) return { bytes: Buffer.alloc(0), contentType: "" };
  const { json, text, sse, form, file } = written;
  if (file !== undefined) return fileBody(file, dir);
  if (sse !== undefined) return body(sse.map(eventOf).join(""), "text/event-stream");
  if (form !== undefined) return body(new URLSearchParams(form).toString(), "application/x-www-form-urlencoded");
  const said = text ?? (json === undefined ? "" : JSON.stringify(json));
  return body(said, said === "" ? "" : "application/json");
}

function body(text: string, contentType: string): Body {
  return { bytes: Buffer.from(text), contentType };
}

function eventOf(event: unknown): string {
  const data = typeof event === "string" ? event : JSON.stringify(event);
  return `${data
    .split("\n")
    .map((line) => `data: ${line}\n`)
    .join("")}\n`;
}

async function fileBody(file: NonNullable<WrittenBody["file"]>, dir: string): Promise<Body> {
  const { path, text = "", type, field, fields } = file;
  const bytes = path === undefined ? Buffer.from(text) : await readFile(join(dir, path));
  const name = file.name ?? (path === undefined ? "file.txt" : basename(path));
  const parts = Object.entries(fields).flatMap(([key, value]) => part(`name=${quoted(key)}`, [], Buffer.from(value)));
  const at = `name=${quoted(field)}; filename=${quoted(name)}`;
  const all = [...parts, ...part(at, [`Content-Type: ${type}`], bytes), Buffer.from(`--${BOUNDARY}--\r\n`)];
  return { bytes: Buffer.concat(all), contentType: `multipart/form-data; boundary=${BOUNDARY}` };
}

function part(disposition: string, headers: readonly string[], bytes: Buffer): Buffer[] {
  const head = [`--${BOUNDARY}`, `Content-Disposition: form-data; ${disposition}`, ...headers, "", ""].join("\r\n");
  return [Buffer.from(head), bytes, Buffer.from("\r\n")];
}

/** As browsers write it (WHATWG HTML, multipart/form-data encoding). */
function quoted(text: string): string {
  return `"${text.replace(/"/g, "%22").replace(/\r/g, "%0D").replace(/\n/g, "%0A")}"`;
}
