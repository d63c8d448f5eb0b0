// The items of a notice as the policy writes them (PIPL Arts. 17, 30, 39). Law: one text stands for both languages; an
// item that is blank in one of them is not told.

import * as z from "zod";
import type { Notice, NoticeText } from "../../words.ts";

const text = z.union([z.string(), z.strictObject({ zh: z.string(), en: z.string() })]).exactOptional();

export const noticeTexts = {
  recipientName: text,
  recipientContact: text,
  purpose: text,
  method: text,
  categories: text,
  rights: text,
  retention: text,
  sensitiveNecessity: text,
  sensitiveImpact: text,
} as const;

export type TextName = keyof typeof noticeTexts;

export const TEXT_NAMES = Object.keys(noticeTexts) as TextName[];

/** @param value a text, or what no schema has looked at. */
export function isTold(value: unknown): boolean {
  if (typeof value === "string") return value.trim() !== "";
  const both = (value ?? {}) as { readonly zh?: unknown; readonly en?: unknown };
  return [both.zh, both.en].every((one) => typeof one === "string" && one.trim() !== "");
}

interface Written extends Partial<Record<TextName, NoticeText>> {
  readonly types?: readonly string[];
  readonly sha256?: { readonly zh?: string; readonly en?: string };
  readonly supersedes?: NonNullable<Notice["supersedes"]>;
}

/** What of it is for who reads it, not for who judges. The order of versions is theirs: it is not sorted. */
export function writtenOf(n: Written): Pick<Notice, "types" | "texts" | "sha256" | "supersedes"> {
  const texts = TEXT_NAMES.flatMap((name) => (n[name] === undefined ? [] : [[name, n[name]] as const]));
  return {
    ...(texts.length === 0 ? {} : { texts: Object.fromEntries(texts) }),
    ...(n.types === undefined ? {} : { types: n.types }),
    ...(n.sha256 === undefined ? {} : { sha256: n.sha256 }),
    ...(n.supersedes === undefined ? {} : { supersedes: n.supersedes }),
  };
}
