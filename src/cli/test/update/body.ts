// A document with given texts at given places. Law: nothing stands in it but what is asked for, and what the shape of
// the API wants around it.

import { kindName } from "../../../act/kinds.ts";
import type { PiType } from "../../../words.ts";

export interface Placed {
  /** JSON Pointer as recorded; `*` stands for a name that was not. "": the whole body is a text. */
  readonly path: string;
  readonly type: PiType;
  readonly value: string;
}

/** How a value is put into its text: alone, after its kind's name, in a sentence. */
export const WORDINGS = 3;

/** @returns the JSON, or a text where the only place is the body itself. */
export function bodyOf(placed: readonly Placed[], wording: number): { json: unknown } | { text: string } {
  const texts = new Map<string, string>();
  for (const one of placed) {
    const said = worded(one, wording);
    const before = texts.get(one.path);
    texts.set(one.path, before === undefined ? said : `${before}${wording === 0 ? " " : "，"}${said}`);
  }
  const whole = texts.get("");
  if (whole !== undefined) return { text: whole };
  const kinds = new Map(placed.map(({ path, type }) => [path, type]));
  let root: unknown = {};
  for (const [path, text] of texts) root = put(root, segmentsOf(path, kinds.get(path)!), text);
  return { json: spoken(root) };
}

function worded({ type, value }: Placed, wording: number): string {
  if (wording === 0) return value;
  const name = kindName(type, "zh");
  return wording === 1 ? `${name}：${value}` : `这位客户的${name}是 ${value}`;
}

/** The last name, where it was not recorded, is the kind's own. */
function segmentsOf(path: string, type: PiType): string[] {
  const segments = path.slice(1).split("/").map(unescaped);
  return segments.map((one, i) => (one !== "*" ? one : i === segments.length - 1 ? kindName(type, "zh") : "item"));
}

function unescaped(segment: string): string {
  return segment.replace(/~1/g, "/").replace(/~0/g, "~");
}

/** Sets a member, making what is on the way: a number means a place in a list. */
export function put(node: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (/^\d{1,4}$/.test(name) && (Array.isArray(node) || isEmpty(node))) {
    const items: unknown[] = Array.isArray(node) ? [...node] : [];
    while (items.length < Number(name)) items.push(rest.length > 0 ? {} : "");
    items[Number(name)] = put(items[Number(name)] ?? {}, rest, value);
    return items;
  }
  const members = typeof node === "object" && node !== null ? (node as Record<string, unknown>) : {};
  return { ...members, [name]: put(members[name] ?? {}, rest, value) };
}

function isEmpty(node: unknown): boolean {
  return typeof node === "object" && node !== null && Object.keys(node).length === 0;
}

/** Messages have a role. */
function spoken(root: unknown): unknown {
  const { messages } = root as { messages?: unknown };
  if (!Array.isArray(messages)) return root;
  const voiced = messages.map((one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one) ? { role: "user", ...one } : one,
  );
  return { ...(root as object), messages: voiced };
}
