// Whom a recipient passes data on to, however far, as the policy declares it: what reaches one reaches those behind it
// (PIPL Arts. 21, 23; SC template Art. 3(8), (9)). Law of this file: worked out once a policy; a party is known by its
// id or its name, however it is spelled, and the nearest way to it is told.

import type { Policy, Recipient } from "../words.ts";

type Parties = Pick<Policy, "recipients">;

export interface Party {
  /** Spelled: id and name, as far as the policy says. */
  readonly names: readonly string[];
  readonly restricted: boolean;
  /** As the policy spells it where it is passed on to; the recipient itself is meant by its id alone. */
  readonly passedOnAs: string | null;
  /** From the recipient to this party, both among them, as the policy writes them. */
  readonly way: readonly string[];
}

const reached = new WeakMap<Policy["recipients"], Map<Recipient, readonly Party[]>>();
const all = new WeakMap<Policy["recipients"], ReadonlySet<string>>();

/** The recipient, and all parties further on, the nearest first. */
export function partiesOf({ recipients }: Parties, first: Recipient): readonly Party[] {
  const known = reached.get(recipients) ?? new Map<Recipient, readonly Party[]>();
  reached.set(recipients, known);
  const parties = known.get(first) ?? reach({ recipients }, first);
  known.set(first, parties);
  return parties;
}

/** Whether the policy names it anywhere: as a recipient, or as somebody whom one passes data on to. */
export function isNamed({ recipients }: Parties, party: string): boolean {
  if (recipients.has(party)) return true;
  let names = all.get(recipients);
  if (names === undefined) {
    names = new Set([...recipients.values()].flatMap(({ onwardTo }) => onwardTo.map(spelled)));
    all.set(recipients, names);
  }
  return names.has(spelled(party));
}

/** How data that goes to a recipient comes into the hands of a party; null: it does not. Asked at every crossing. */
export function wayTo(policy: Parties, recipient: string, party: string): readonly string[] | null {
  const asked = ways.get(policy.recipients) ?? new Map<string, readonly string[] | null>();
  const name = `${recipient}\u0000${party}`;
  const known = asked.get(name);
  if (known !== undefined) return known;
  if (asked.size >= ASKED_MAX) asked.clear();
  const way = find(policy, recipient, party);
  ways.set(policy.recipients, asked.set(name, way));
  return way;
}

const ASKED_MAX = 4_096;
const ways = new WeakMap<Policy["recipients"], Map<string, readonly string[] | null>>();

function find(policy: Parties, recipient: string, party: string): readonly string[] | null {
  if (recipient === party) return [recipient];
  const first = policy.recipients.get(recipient);
  if (first === undefined) return null;
  const wanted = policy.recipients.get(party);
  // a name that nobody passes data on to is nobody's
  if (wanted === undefined && !isNamed(policy, party)) return null;
  const name = spelled(party);
  // a name is that of whoever bears it, an id one's own; passed on to under a name that several bear, it may be any
  const isMeant = ({ names, passedOnAs, way }: Party): boolean => {
    if (wanted === undefined) return passedOnAs === name || names.includes(name);
    if (passedOnAs === null) return false;
    return passedOnAs === name || passedOnAs === spelled(wanted.name) || way.at(-1) === party;
  };
  return partiesOf(policy, first).find(isMeant)?.way ?? null;
}

function reach({ recipients }: Parties, first: Recipient): readonly Party[] {
  const named = (of: "id" | "name") => [...recipients.values()].map((one) => [spelled(one[of]), one] as const);
  // an id is one's own, whoever else is called so
  const known = new Map([...named("name"), ...named("id")]);
  const seen = new Map<string, Party>([[spelled(first.id), partyOf(first, null, [first.id])]]);
  const waiting: { readonly from: Recipient; readonly way: readonly string[] }[] = [{ from: first, way: [first.id] }];
  for (const { from, way } of waiting) {
    for (const name of from.onwardTo) {
      const one = known.get(spelled(name));
      const key = spelled(one?.id ?? name);
      if (seen.has(key)) continue;
      const there = [...way, one?.id ?? name];
      const passedOnAs = spelled(name);
      if (one === undefined) seen.set(key, { names: [key], restricted: false, passedOnAs, way: there });
      else seen.set(key, partyOf(one, passedOnAs, there));
      if (one !== undefined) waiting.push({ from: one, way: there });
    }
  }
  return [...seen.values()];
}

function partyOf({ id, name, restricted }: Recipient, passedOnAs: string | null, way: readonly string[]): Party {
  return { names: [spelled(id), spelled(name)], restricted, passedOnAs, way };
}

/** Companies are written with and without dots, brackets, dashes, width, capitals and what nobody sees. */
export function spelled(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, "");
}
