// The small shapes that policy fields are made of.
// Law of this file: every refusal says in zh and en what would be accepted.

import * as z from "zod";
import { isCountry } from "./countries.ts";
import type { Text } from "./problem.ts";
import { isReference } from "./secrets.ts";

/** A check that carries its own two-language message to issues.ts. */
export function must<S extends z.ZodType>(schema: S, holds: (value: z.output<S>) => boolean, message: Text): S {
  return schema.refine(holds, { params: { text: message } });
}

const text = (): z.ZodString => z.string();

/** An id: a URL segment, a word in headers and entries. Lower case: it never equals a rule of the law (E7, C2). */
export const id = must(text(), (s) => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(s), {
  zh: "应为小写字母、数字、点、短横或下划线，最多 64 个字符",
  en: "must be lower-case letters, digits, dots, dashes or underscores, at most 64",
});

/** A destination is the first segment of its callers' URLs; the gate has one of its own: `/v1/decide`. */
export const destinationId = must(id, (s) => s !== "v1", {
  zh: "v1 是网关自己的路径（/v1/decide），目的地请另取名，如 openai",
  en: "v1 is the gate's own path (/v1/decide): name the destination otherwise, such as openai",
});

export const filled = must(text(), (s) => s.trim() !== "", { zh: "不能为空", en: "must not be empty" });

/**
 * Text that stands in entries: at most three bytes a unit there, as an entry's size is reckoned. JSON spells control
 * characters with six, and nobody reads them; half of a character has no UTF-8 at all.
 */
const told = (): z.ZodString =>
  must(text(), (s) => !UNTOLD.test(s), {
    zh: "不能含控制字符（换行和制表符除外）或半个字符",
    en: "must hold no control characters but line breaks and tabs, and no half of a character",
  });

const UNTOLD = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\p{Surrogate}]/u;

/** Who signed: a name or a role, short enough for every entry that it stands in. */
export const signature = must(told(), (s) => s.trim() !== "" && s.length <= 64, {
  zh: "应写明批准人，最多 64 个字符",
  en: "must name who signed, in at most 64 characters",
});

/** A version of a repository, as its tool names it. */
export const commit = must(text(), (s) => /^[0-9A-Za-z._/-]{1,64}$/.test(s), {
  zh: "应为版本库的提交号或标签，最多 64 个字符",
  en: "must be a commit or tag of a repository, at most 64 characters",
});

/** Short enough for the entries that it stands in. */
export const sentence = must(told(), (s) => s.trim() !== "" && s.length <= 200, {
  zh: "应写明缘由，最多 200 个字符",
  en: "must say why, in at most 200 characters",
});

/** One value stands for a list of one. */
export function listOf<S extends z.ZodType>(item: S) {
  return z.preprocess((v) => (v === undefined || v === null || Array.isArray(v) ? v : [v]), z.array(item));
}

/** The same, but an empty list is a mistake: it would read as "any" to one person and as "none" to the next. */
export function someOf<S extends z.ZodType>(item: S) {
  return z.preprocess((v) => (v === undefined || v === null || Array.isArray(v) ? v : [v]), z.array(item).min(1));
}

/** A `*` is any run of characters; everything else is literal. */
export const pattern = must(filled, (s) => s.length <= 128 && !/\*\*/.test(s), {
  zh: "应为不超过 128 个字符的名称，* 代表任意一段",
  en: "must be a name of at most 128 characters; * stands for any run of them",
});

/** `{zh, en}`, or one text for both. */
export const localised = z.preprocess(
  (v) => (typeof v === "string" ? { zh: v, en: v } : v),
  z.strictObject({ zh: filled, en: filled }),
);

/** A Beijing date as on the paper. 2026-02-30 is none. */
export const date = must(text(), isDate, { zh: "应为 YYYY-MM-DD 且确有此日", en: "must be a real date, YYYY-MM-DD" });

function isDate(s: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(s)) return false;
  const ms = Date.parse(`${s}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(s);
}

/** RFC 6901. */
export const pointer = must(told(), (s) => /^(?:\/(?:[^~/]|~[01])*)+$/.test(s), {
  zh: "应为 JSON Pointer，如 /metadata/user_id",
  en: "must be a JSON Pointer such as /metadata/user_id",
});

/** Its place stands in every entry that took the value on. */
export const forcedPointer = must(pointer, (s) => s.length <= 120, {
  zh: "JSON Pointer 最多 120 个字符",
  en: "a JSON Pointer of at most 120 characters",
});

/** RFC 9110 token in lower case; hop-by-hop, framing and the gate's own headers are never policy's to give. */
export const headerName = must(text(), (s) => /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(s) && !RESERVED.test(s), {
  zh: "应为小写的 HTTP 头名，且不能是 host、connection、content-length、x-yumen-* 之类",
  en: "must be a lower-case header name, and not host, connection, content-length, x-yumen-* or the like",
});

const RESERVED = new RegExp(
  "^(?:host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|" +
    "content-length|content-encoding|expect|cookie2?|x-yumen-.*)$",
);

export const sha256Hex = must(text(), (s) => /^[0-9a-f]{64}$/.test(s), {
  zh: "应为密钥的 SHA-256，64 位小写十六进制（不要写密钥本身）",
  en: "must be the key's SHA-256, 64 lower-case hex digits (never the key itself)",
});

export const documentHash = must(text(), (s) => /^[0-9a-f]{64}$/.test(s), {
  zh: "应为文件的 SHA-256，64 位小写十六进制（sha256sum 文件）",
  en: "must be the file's SHA-256, 64 lower-case hex digits (sha256sum FILE)",
});

/** `80%`, or a number from 0 to 1. */
export const share = z.preprocess(
  (v) => (typeof v === "string" && /^\d{1,3}(?:\.\d{1,2})?%$/.test(v) ? Number(v.slice(0, -1)) / 100 : v),
  z.number().gt(0).max(1),
);

export const secretReference = must(text(), isReference, {
  zh: "密钥只能引用：env:变量名 或 file:路径，不要写在策略里",
  en: "a secret may only be referred to: env:NAME or file:PATH, never written here",
});

/** ISO 3166-1 alpha-2. */
export const country = must(text(), isCountry, {
  zh: "应为 ISO 3166-1 两位大写国家或地区代码，如 US、SG、HK",
  en: "must be an ISO 3166-1 alpha-2 code such as US, SG or HK",
});

/** What share of the identifiers a method was measured to find. */
export const recall = must(z.number(), (n) => n > 0 && n <= 1, {
  zh: "应为实测召回率，大于 0、不超过 1",
  en: "must be the recall that was measured: above 0, at most 1",
});

export const count = z.number().int().min(0);

/** `8 MiB`, `512 KiB` or a plain number of bytes. */
export const bytes = z.preprocess(
  (v) => (typeof v === "string" ? (scaled(v, { B: 1, KiB: 1024, MiB: 1024 ** 2 }) ?? v) : v),
  z
    .number()
    .int()
    .min(1)
    .max(256 * 1024 ** 2),
);

/** `10 s`, `500 ms`, `5 min` or a plain number of milliseconds. */
export const durationMs = z.preprocess(
  (v) => (typeof v === "string" ? (scaled(v, { ms: 1, s: 1000, min: 60_000 }) ?? v) : v),
  z.number().int().min(1).max(3_600_000),
);

function scaled(s: string, units: Readonly<Record<string, number>>): number | null {
  const [, digits, unit] = /^(\d{1,9}) ?([A-Za-z]+)$/.exec(s) ?? [];
  return unit !== undefined && Object.hasOwn(units, unit) ? Number(digits) * units[unit]! : null;
}
