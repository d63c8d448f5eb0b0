// What was expected against what was seen. Law: each difference is one line; text of a request is never printed.

import type { Text } from "../../io/policy/problem.ts";
import { papersOf, restsOn } from "./rests.ts";
import type { Seen } from "./run.ts";
import type { Expected } from "./schema.ts";

/** @returns one line a difference, its field first; none: the case passed. */
export function compare(expect: Expected, seen: Seen): Text[] {
  const wrong: Text[] = [];
  for (const field of EQUAL) {
    const wanted = expect[field];
    if (wanted !== undefined && wanted !== seen[field]) wrong.push(differs(field, wanted, seen[field]));
  }
  wrong.push(...absent("reasons", expect.reasons ?? [], seen.reasons));
  if (wrong.length > 0 && seen.message !== "") wrong.push(line("message", seen.message, seen.message));
  if (expect.found !== undefined && !areFound(expect.found, seen.found))
    wrong.push(differs("found", listed(expect.found), listed(seen.found)));
  for (const name of ["restored", "response_restored"] as const)
    if (expect[name] !== undefined && expect[name] !== seen.restored)
      wrong.push(differs(name, expect[name], seen.restored));
  return [...wrong, ...ofLaw(expect, seen), ...texts(expect, seen)];
}

const EQUAL = ["action", "would", "rule", "outcome", "law", "mechanism", "proof", "code", "http"] as const;

function line(field: string, zh: string, en: string): Text {
  return { zh: `${field}：${zh}`, en: `${field}: ${en}` };
}

function differs(field: string, wanted: string | number | boolean | null, got: string | number | boolean | null): Text {
  return line(field, `应为 ${wanted}，实为 ${got}`, `expected ${wanted}, got ${got}`);
}

/** Codes that should be among those seen. */
function absent(field: string, codes: readonly string[], among: readonly string[]): Text[] {
  const all = `[${among.join(", ")}]`;
  return codes
    .filter((code) => !among.includes(code))
    .map((code) => line(field, `${all} 里没有 ${code}`, `${code} is not among ${all}`));
}

/** Warnings, and the papers that it rests on. */
function ofLaw({ warnings, papers }: Expected, seen: Seen): Text[] {
  const wrong: Text[] = [];
  const all = `[${seen.warnings.join(", ")}]`;
  if (warnings?.length === 0 && seen.warnings.length > 0)
    wrong.push(line("warnings", `应该没有，实为 ${all}`, `expected none, got ${all}`));
  wrong.push(...absent("warnings", warnings ?? [], seen.warnings));
  if (papers === undefined) return wrong;
  const rests = seen.judged === null ? [] : restsOn(seen.judged, papersOf(seen.judged.policy)).map(({ id }) => id);
  const rested = `[${rests.join(", ")}]`;
  for (const id of papers)
    if (!rests.includes(id))
      wrong.push(line("papers", `它不依据 ${id}，而是 ${rested}`, `it does not rest on ${id}, but on ${rested}`));
  return wrong;
}

function texts(expect: Expected, seen: Seen): Text[] {
  const upstream = seen.upstream ?? "";
  const lacks = (text: string, within: string) => !within.includes(text);
  return [
    ...(expect.upstream_contains ?? []).flatMap((text, i) =>
      lacks(text, upstream) ? [line(`upstream_contains[${i}]`, "没有离开", "did not leave")] : [],
    ),
    ...(expect.upstream_not_contains ?? []).flatMap((text, i) =>
      lacks(text, upstream) ? [] : [line(`upstream_not_contains[${i}]`, "离开了", "left")],
    ),
    ...(expect.message_contains ?? []).flatMap((text) =>
      lacks(text, seen.message)
        ? [
            line(
              "message_contains",
              `信息里没有“${text}”：${seen.message}`,
              `"${text}" is not in the message: ${seen.message}`,
            ),
          ]
        : [],
    ),
  ];
}

type Found = readonly { readonly kind: string; readonly path?: string }[];

/** As sets with multiplicity: each expected one takes a seen one of its kind (and path, where it names one). */
function areFound(expected: Found, seen: Found): boolean {
  const left = [...seen];
  const exactFirst = [...expected].sort((a, b) => Number(a.path === undefined) - Number(b.path === undefined));
  for (const { kind, path } of exactFirst) {
    const at = left.findIndex((one) => one.kind === kind && (path === undefined || one.path === path));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return left.length === 0;
}

function listed(found: Found): string {
  return `[${found.map(({ kind, path }) => (path === undefined ? kind : `${kind} ${path}`)).join(", ")}]`;
}
