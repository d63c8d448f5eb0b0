// The people of an entry as fixtures. Law: who had agreed to something, or had been counted, is somebody with a name in
// the case; a stranger stays one.

import { canonicalise } from "../../../find/canonicalise.ts";
import type { ConsentState, PiType, Policy } from "../../../words.ts";
import type { Recorded } from "../../replay/entry.ts";
import type { Placed } from "./body.ts";

/** As in a test file. */
export interface Fixture {
  readonly exporter: string;
  readonly aliases: readonly string[];
  readonly consents: readonly object[];
}

export interface Cast {
  readonly fixtures: Readonly<Record<string, Fixture>>;
  /** Fixtures whom the caller declared. Empty: nobody, or an older gate did not say. */
  readonly declared: readonly string[];
  /** Fixtures who agreed to something: where an entry does not say, one of them may have been the declared subject. */
  readonly agreed: readonly string[];
  readonly counted: readonly string[];
}

/** @param placed values in the order of the entry's findings. @param allCounted everybody had been counted before. */
export function castOf(
  entry: Recorded,
  placed: readonly Placed[],
  consents: readonly (ConsentState | null)[],
  policy: Policy,
  allCounted: boolean,
): Cast {
  const exporter = policy.exporters.get(entry.exporter)?.handler ?? entry.exporter;
  const fixtures: Record<string, Fixture> = {};
  const agreed: string[] = [];
  const counted: string[] = [];
  const declared: string[] = [];
  if (entry.declared?.length === 0) {
    // nothing of this person's was found
    const name = nameOf(entry, -1);
    fixtures[name] = { exporter, aliases: [`id:${name}`], consents: [] };
    declared.push(name);
  }
  entry.people.forEach((key, person) => {
    const consent = consents[person] ?? null;
    const isCounted = allCounted || (entry.action !== "block" && !entry.new.includes(key));
    const strong = aliasesOf(entry, placed, person);
    const isDeclared = entry.declared?.includes(person) === true;
    if (consent === null && strong.length < 2 && !(isCounted && strong.length > 0) && !isDeclared) return;
    const name = nameOf(entry, person);
    fixtures[name] = {
      exporter,
      aliases: [`id:${name}`, ...strong],
      consents: consent === null ? [] : [written(consent, entry.t)],
    };
    if (isDeclared) declared.push(name);
    if (consent !== null) agreed.push(name);
    if (isCounted) counted.push(name);
  });
  return { fixtures, declared, agreed, counted };
}

/** Unique over the cases of a file: by the end of the decision's id. */
function nameOf({ id }: Recorded, person: number): string {
  return `p-${id.slice(-6).toLowerCase()}-${person + 1}`;
}

/** Kinds that somebody can be named by. */
function aliasesOf({ findings, people }: Recorded, placed: readonly Placed[], person: number): string[] {
  const owned = findings.some((finding) => finding.person !== undefined);
  const mine = placed.filter((_, i) => (owned ? findings[i]!.person === person : people.length === 1));
  return [...new Set(mine.filter(isName).map(({ type, value }) => `${type}:${value}`))];
}

const NO_NAMES: ReadonlySet<PiType> = new Set(["address", "age", "dob", "postcode", "geo", "behaviour", "income"]);

function isName({ type, value }: Placed): boolean {
  return !NO_NAMES.has(type) && canonicalise(type, value) !== null;
}

function written(state: ConsentState, at: string): object {
  const { recipient, purpose, separate, guardian, sensitiveNotice, types, sensitiveTypes, notice } = state;
  const { granted, givenAt, withdrawnAt, validUntil } = state;
  return {
    ...{ recipient, purpose, separate, guardian, sensitiveNotice, types, sensitiveTypes, notice, givenAt },
    ...(granted ? {} : { withdrawnAt: withdrawnAt ?? at }),
    ...(validUntil === null ? {} : { validUntil }),
  };
}
