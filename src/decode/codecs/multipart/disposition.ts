// What a part is called (RFC 7578, RFC 8187). Law: parameters that two parsers read differently (twice, a backslash, an
// open quote) are refused.

import { broken, type Field } from "./parts.ts";

export interface Disposition {
  /** Where the name stands in the bytes; null: the part has none. */
  readonly name: { readonly start: number; readonly end: number } | null;
  /** One character a byte, undecoded; "" where no file is named. */
  readonly fileName: string;
}

const KIND = /^[A-Za-z0-9-]+/;
const PARAMETER = /[ \t]*;[ \t]*([A-Za-z0-9!#$&*+.^_`|~-]+)=(?:"([^"\\]*)"|([^\s";\\]*))/y;

/** Throws Refused. */
export function dispositionOf({ value, start }: Field): Disposition {
  const kind = KIND.exec(value);
  const seen = new Map<string, { readonly text: string; readonly at: number }>();
  let at = kind === null ? value.length : kind[0].length;
  if (kind === null) broken("a content-disposition without a kind", start);
  while (at < value.length) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(value);
    if (match === null) broken("a parameter written oddly", start);
    const name = match![1]!.toLowerCase();
    if (seen.has(name)) broken("a parameter twice", start);
    const text = match![2] ?? match![3]!;
    at = PARAMETER.lastIndex;
    seen.set(name, { text, at: at - text.length - (match![2] === undefined ? 0 : 1) });
  }
  const name = seen.get("name");
  return {
    name: name === undefined ? null : { start: start + name.at, end: start + name.at + name.text.length },
    fileName: seen.get("filename")?.text ?? seen.get("filename*")?.text ?? "",
  };
}
