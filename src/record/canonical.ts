// RFC 8785 (JCS): one value has exactly one text. What JSON cannot carry is thrown, never dropped or replaced.

import type { Json } from "../words.ts";

/** A surrogate that is not half of a pair: UTF-8 has no bytes for it, so two parties would hash different text. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The canonical text: members sorted by UTF-16 units, no spaces, numbers and strings as ECMAScript prints them.
 * @throws TypeError on undefined, NaN, infinities, lone surrogates, and objects that are not plain.
 */
export function canonical(value: Json): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError("canonical: a number that JSON cannot carry");
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? list(value) : members(value as { readonly [member: string]: Json });
    default:
      throw new TypeError(`canonical: ${typeof value} is not JSON`);
  }
}

/** ASCII that stands in JSON as it is: ids, codes, times, keys. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** A string's canonical text. @throws TypeError on a lone surrogate. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  const quoted = JSON.stringify(text);
  // JSON.stringify writes a lone surrogate as \udxxx: only then is the slow, exact test worth its time.
  if (quoted.includes("\\ud") && LONE_SURROGATE.test(text)) throw new TypeError("canonical: a lone surrogate");
  return quoted;
}

function list(values: readonly Json[]): string {
  let text = "[";
  // By index: a hole in a sparse array must be met, and thrown.
  for (let at = 0; at < values.length; at++) text += (at === 0 ? "" : ",") + canonical(values[at] as Json);
  return text + "]";
}

function members(object: { readonly [member: string]: Json }): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError("canonical: not a plain object");
  let text = "{";
  for (const name of Object.keys(object).sort()) {
    text += (text === "{" ? "" : ",") + quote(name) + ":" + canonical(object[name] as Json);
  }
  return text + "}";
}
