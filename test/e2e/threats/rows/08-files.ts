// Row 8: files, as bodies, as parts, as base64 in JSON.

import { any, type Carrier, chat, compose, type Row } from "../cases.ts";
import { PLAIN } from "../disguises.ts";
import { docx, gzipped, jpeg, pdf, png, pptx, sqlite, tar, xlsx, zip } from "../files.ts";
import { TWO } from "../planted.ts";

type File = (text: string) => Buffer;
const FILES: Readonly<Record<string, readonly [file: File, type: string]>> = {
  zip: [(text) => zip("a.txt", text), "application/zip"],
  docx: [docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  xlsx: [xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  pptx: [pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation"],
  "pdf, its text plain": [(text) => pdf(text, false), "application/pdf"],
  "pdf, its text packed": [(text) => pdf(text, true), "application/pdf"],
  "png with a comment": [png, "image/png"],
  "jpeg with a comment": [jpeg, "image/jpeg"],
  gz: [gzipped, "application/gzip"],
  sqlite: [sqlite, "application/vnd.sqlite3"],
  tar: [tar, "application/x-tar"],
  "UTF-16 text": [(text) => Buffer.from(`\ufeff${text}`, "utf16le"), "text/plain"],
};

const WAYS: Readonly<Record<string, (file: Buffer, type: string) => ReturnType<Carrier>>> = {
  "as the body": (file, type) => any(file, type),
  "as the body, called bytes": (file) => any(file, "application/octet-stream"),
  "as the body, called text": (file) => any(file, "text/plain"),
  "as the body, called nothing": (file) => any(file, null),
  "as a part": (file, type) =>
    any(
      Buffer.concat([
        Buffer.from(
          `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: ${type}\r\n\r\n`,
        ),
        file,
        Buffer.from("\r\n--b--\r\n"),
      ]),
      "multipart/form-data; boundary=b",
    ),
  "as a data URL": (file, type) =>
    chat({
      model: "m",
      messages: [
        {
          role: "user",
          content: [{ type: "image_url", image_url: { url: `data:${type};base64,${file.toString("base64")}` } }],
        },
      ],
    }),
  "as a file of OpenAI": (file) =>
    chat({
      model: "m",
      messages: [{ role: "user", content: [{ type: "file", file: { file_data: file.toString("base64") } }] }],
    }),
  "as base64 in a member": (file) => chat({ model: "m", messages: [], metadata: { note: file.toString("base64") } }),
  "as hexadecimal in a member": (file) => chat({ model: "m", messages: [], metadata: { note: file.toString("hex") } }),
};

const CARRIERS: Readonly<Record<string, Carrier>> = Object.fromEntries(
  Object.entries(FILES).flatMap(([name, [file, type]]) =>
    Object.entries(WAYS).map(([way, wire]): [string, Carrier] => [
      `${name} ${way}`,
      (written) => wire(file(written), type),
    ]),
  ),
);

export const row: Row = { row: 8, title: "files", cases: compose(CARRIERS, [PLAIN], TWO) };
