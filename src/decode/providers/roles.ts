// JSON Pointer → role, read from a table. Law: a place that the table does not name is text, and so is a member of a
// name known elsewhere: what stands in a tool's arguments is never an identifier of the API.

import type { StringRole } from "../../words.ts";

export type RoleOf = (pointer: string) => StringRole;

interface Node {
  readonly children: Map<string, Node>;
  /** Of an array; not a child of the name `*`, which a hidden member shows as. */
  item: Node | null;
  role: StringRole | null;
  /** Of everything below, where nothing nearer is named. */
  below: StringRole | null;
}

const INDEX = /^\d+$/;

// One role a line, its places behind it: `fixed /model /messages/*/{role,name}`. `*` is an index of an array, `{a,b}`
// either, `/**` at the end the place itself and all below it. The more literal place wins, then the longer.
export function roles(...tables: readonly string[]): RoleOf {
  const root = node();
  for (const line of tables.join("\n").trim().split("\n")) {
    const [role, ...places] = line.trim().split(/\s+/) as [StringRole, ...string[]];
    for (const place of places.flatMap(spelled)) plant(root, place, role);
  }
  return (pointer) => walk(root, pointer.split("/"), 1) ?? "text";
}

/** The same table for a document that stands deeper: a line of a batch, a request in a list of them. */
export function under(prefix: string, table: string): string {
  return table.replace(/ \//g, ` ${prefix}/`);
}

function walk(at: Node, segments: readonly string[], i: number): StringRole | null {
  if (i === segments.length) return at.role;
  const literal = at.children.get(segments[i]!);
  const named = literal === undefined ? null : walk(literal, segments, i + 1);
  if (named !== null) return named;
  const item = at.item !== null && INDEX.test(segments[i]!) ? walk(at.item, segments, i + 1) : null;
  return item ?? at.below;
}

function plant(root: Node, place: string, role: StringRole): void {
  const open = place.endsWith("/**");
  let here = root;
  for (const segment of (open ? place.slice(0, -"/**".length) : place).split("/").slice(1)) {
    if (segment === "*") here = here.item ??= node();
    else {
      const next = here.children.get(segment) ?? node();
      here.children.set(segment, next);
      here = next;
    }
  }
  here.role = role;
  if (open) here.below = role;
}

/** `/a/{b,c}` → `/a/b`, `/a/c`. */
function spelled(place: string): string[] {
  const braces = /\{([^{}]*)\}/.exec(place);
  if (braces === null) return [place];
  return braces[1]!.split(",").flatMap((one) => spelled(place.replace(braces[0], one)));
}

function node(): Node {
  return { children: new Map(), item: null, role: null, below: null };
}
