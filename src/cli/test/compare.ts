// What was expected against what was seen. Law: each difference is one line; text of a request is never printed.

import { papersOf, restsOn } from "./rests.ts";
import type { Seen } from "./run.ts";
import type { Expected } from "./schema.ts";

/** @returns one line a difference; none: the case passed. */
export function compare(expect: Expected, seen: Seen): string[] {
  const wrong: string[] = [];
  for (const field of EQUAL) {
    const wanted = expect[field];
    if (wanted !== undefined && wanted !== seen[field]) wrong.push(`${field}: expected ${wanted}, got ${seen[field]}`);
  }
  for (const code of expect.reasons ?? [])
    if (!seen.reasons.includes(code)) wrong.push(`reasons: ${code} is not among [${seen.reasons.join(", ")}]`);
  if (wrong.length > 0 && seen.message !== "") wrong.push(`message: ${seen.message}`);
  if (expect.found !== undefined && !areFound(expect.found, seen.found))
    wrong.push(`found: expected ${listed(expect.found)}, got ${listed(seen.found)}`);
  for (const name of ["restored", "response_restored"] as const)
    if (expect[name] !== undefined && expect[name] !== seen.restored)
      wrong.push(`${name}: expected ${expect[name]}, got ${seen.restored}`);
  return [...wrong, ...ofLaw(expect, seen), ...texts(expect, seen)];
}

const EQUAL = ["action", "would", "rule", "outcome", "law", "mechanism", "proof", "code", "http"] as const;

/** Warnings, and the papers that it rests on. */
function ofLaw({ warnings, papers }: Expected, seen: Seen): string[] {
  const wrong: string[] = [];
  if (warnings?.length === 0 && seen.warnings.length > 0)
    wrong.push(`warnings: expected none, got [${seen.warnings.join(", ")}]`);
  for (const code of warnings ?? [])
    if (!seen.warnings.includes(code)) wrong.push(`warnings: ${code} is not among [${seen.warnings.join(", ")}]`);
  if (papers === undefined) return wrong;
  const rests = seen.judged === null ? [] : restsOn(seen.judged, papersOf(seen.judged.policy)).map(({ id }) => id);
  for (const id of papers)
    if (!rests.includes(id)) wrong.push(`papers: it does not rest on ${id}, but on [${rests.join(", ")}]`);
  return wrong;
}

function texts(expect: Expected, seen: Seen): string[] {
  const upstream = seen.upstream ?? "";
  const lacks = (text: string, within: string) => !within.includes(text);
  return [
    ...(expect.upstream_contains ?? []).flatMap((text, i) =>
      lacks(text, upstream) ? [`upstream_contains[${i}]: did not leave`] : [],
    ),
    ...(expect.upstream_not_contains ?? []).flatMap((text, i) =>
      lacks(text, upstream) ? [] : [`upstream_not_contains[${i}]: left`],
    ),
    ...(expect.message_contains ?? []).flatMap((text) =>
      lacks(text, seen.message) ? [`message_contains: "${text}" is not in the message: ${seen.message}`] : [],
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
