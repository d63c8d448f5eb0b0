// A Content-Type taken apart. Law: of two charsets, or of one written oddly, nobody knows which the recipient believes:
// refused.

import type { Unreadable } from "../words.ts";

export interface Media {
  /** `text/csv`, lower case; "" where no label came. */
  readonly type: string;
  /** As named, lower case; null: none named. */
  readonly charset: string | null;
  /** The others, names in lower case, values as they came. A name twice is kept twice. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

const TYPE = /^[a-z0-9!#$%&'*+.^_`|~-]+\/[a-z0-9!#$%&'*+.^_`|~-]+$/;
const PARAMETER = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+)=(?:"([^"\\]*)"|([^\s"]*))$/;
const UNLABELLED: Media = { type: "", charset: null, parameters: [] };

/** What a file is by the end of its name, where nothing else says so. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ["csv", "text/csv"],
  ["tsv", "text/tab-separated-values"],
  ["json", "application/json"],
  ["jsonl", "application/x-ndjson"],
  ["ndjson", "application/x-ndjson"],
  ["xml", "application/xml"],
]);

/** @returns undefined: its name says nothing. */
export function typeByName(fileName: string): string | undefined {
  return BY_NAME.get(fileName.slice(fileName.lastIndexOf(".") + 1).toLowerCase());
}

/** @param contentType the header's value; "" where absent. */
export function parseMedia(contentType: string): Media | Unreadable {
  if (contentType === "") return UNLABELLED;
  const [first, ...rest] = contentType.split(";").map((part) => part.trim());
  const type = first!.toLowerCase();
  if (!TYPE.test(type)) return { code: "media_type_unsupported", detail: "no media type, or more than one" };
  const parameters: (readonly [string, string])[] = [];
  let charset: string | null = null;
  for (const part of rest) {
    const match = PARAMETER.exec(part);
    const name = match === null ? "" : match[1]!.toLowerCase();
    if (match !== null && name === "charset") {
      const named = (match[2] ?? match[3]!).toLowerCase();
      if (charset !== null && charset !== named) return { code: "charset_unsupported", detail: "two charsets" };
      charset = named;
    } else if (/^["']?charset/i.test(part)) return { code: "charset_unsupported", detail: "a charset written oddly" };
    else if (match !== null) parameters.push([name, match[2] ?? match[3]!]);
  }
  return { type, charset, parameters };
}

/** The only value of a parameter; null: absent, or there twice. */
export function parameterOf({ parameters }: Media, name: string): string | null {
  const values = parameters.filter(([other]) => other === name);
  return values.length === 1 ? values[0]![1] : null;
}

/** The label of what was transcoded to UTF-8. @param type stands in where no label came. */
export function relabelled(media: Media, type: string): string {
  const kept = media.parameters.map(([name, value]) => `; ${name}="${value}"`);
  return `${media.type || type}${kept.join("")}; charset=utf-8`;
}
