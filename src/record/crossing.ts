// What the ledger says of a crossing (ledger.md §2). Law: places, kinds, keys and reasons; never a value, never a
// bare hash.

import type { Arrival, Case, CountKey, Counts, Decision, Keys, Newcomer, Reason, Unread } from "../words.ts";
import { canonical, quote } from "./canonical.ts";
import { classDigits } from "./classes.ts";
import { findings } from "./crossing-findings.ts";
import { liftedIn, withoutExcused } from "./lifted.ts";
import { given, list, listed, orNull, word } from "./quoted.ts";
import { short } from "./short.ts";

// An entry is at most 65,535 bytes, three for each unit that people write (policy takes no text that JSON spells with
// six): 2 × 370 keys × 25 + 370 minors × 4 + 50 findings × 245 + 20 reasons × 400 + 50 receipts × 180 + 8 unread × 480
// + 16 forced × 365 + 8 papers × 70 + 16 cures × 28 + 4 lifted × 220 + 2 scopes × (8 recipients × 67 + 80) + 370 digits
// + 3,000 for the rest, observedBy (64 units), proof, provider, handler and 8 declared among it = 65,400. Policy bounds
// `forced`.
/** People in one entry. More are split over entries marked `part i/n`. */
export const PEOPLE_PER_ENTRY_MAX = 370;
/** Counts of a contract's recipients; a larger set is left out, and who judges again takes all people for its own. */
const SCOPES_LISTED_MAX = 2;
const SCOPE_RECIPIENTS_MAX = 8;
/** Receipts of consent. */
const CONSENTS_LISTED_MAX = 50;
const REASONS_LISTED_MAX = 20;
const UNREAD_LISTED_MAX = 8;
const PAPERS_LISTED_MAX = 8;
const CURES_LISTED_MAX = 16;
const DECLARED_LISTED_MAX = 8;
/** The shape of most crossings: an entry that names who was declared and no `provider` is of this one. For ever. */
const PROVIDER_UNSAID = "openai-chat";
/** UTF-16 units of the way to a party: only a block has one, and then nobody is new, which leaves room for it. */
const VIA_UNITS_MAX = 160;
/** UTF-16 units of a notice's version that are recorded. */
const VERSION_UNITS_MAX = 32;

export interface CrossingRecord {
  readonly arrival: Arrival;
  readonly case: Case;
  readonly decision: Decision;
  /** Counts after this crossing, and whom no other entry is known to name as counted so. */
  readonly counts: Counts;
  readonly added: readonly Newcomer[];
  /** Keyed digest of the bytes that leave (PS-6); empty when nothing leaves. */
  readonly digest: string;
  readonly bytesOut: number;
  readonly asOf: string;
  readonly salt: string;
  readonly trace: string | null;
  /** Pointers whose values policy has set in what leaves. */
  readonly forced?: readonly string[] | undefined;
  /** Keyed digests of what leaves unread, as Decision.unread names it. */
  readonly unreadDigests?: readonly string[] | undefined;
}

/**
 * The text of the entry (or entries, when there are many people) that must be durable before a byte leaves.
 * The members of an entry are written out in the order of RFC 8785: the text is the canonical one at a fraction of the
 * cost and garbage of making an object first; a property test compares.
 */
export function crossingTexts(all: CrossingRecord): string[] {
  const r = all.decision.lifted === undefined ? all : { ...all, case: withoutExcused(all.case, all.decision) };
  const people = r.case.individuals.map((person) => person.countKey);
  const parts = Math.max(1, Math.ceil(Math.max(people.length, r.added.length) / PEOPLE_PER_ENTRY_MAX));
  if (parts === 1) return [crossingText(r, people, r.added, "")];
  return Array.from({ length: parts }, (_, part) => {
    const slice = <T>(all: readonly T[]) => all.slice(part * PEOPLE_PER_ENTRY_MAX, (part + 1) * PEOPLE_PER_ENTRY_MAX);
    const [mine, added, name] = [slice(people), slice(r.added), `"part":"${part + 1}/${parts}",`];
    if (part === 0) return crossingText(r, mine, added, name);
    return (
      `{"id":${quote(r.arrival.id)},"kind":"crossing",${minorsAmong(r.case, mine)}${newText(added)}${name}` +
      `"people":${list(mine, quote)},"t":${quote(r.case.at)},"v":1}`
    );
  });
}

/** @param part the member that names the part, or "". */
function crossingText(
  r: CrossingRecord,
  people: readonly CountKey[],
  added: readonly Newcomer[],
  part: string,
): string {
  const { case: c, decision, counts } = r;
  const { legal } = decision;
  const { flow, policy } = c;
  return (
    `{"action":${word(decision.action)},"app":${word(flow.caller)},"asOf":${quote(r.asOf)},` +
    `"basis":${word(legal.basis)},"bytes":{"in":${r.arrival.body.byteLength},"out":${r.bytesOut}},` +
    `"consent":${consents(c)},"country":${word(flow.country)},"counts":${countsText(counts)},` +
    `${listed("cures", decision.cures, CURES_LISTED_MAX)}${declaredIn(c)}"destination":${word(flow.destination)},` +
    `"digest":${quote(r.digest)},"exporter":${word(flow.exporter)},"findings":${findings(c, decision)},` +
    `${r.forced === undefined ? "" : `"forced":${list(r.forced, word)},`}${handlerOf(c)}` +
    `"id":${quote(r.arrival.id)},"kind":"crossing","lawRule":${word(legal.rule)},"leaves":${word(flow.leaves)},` +
    `${groundOf(c)}${liftedIn(decision)}"mechanism":${orNull(legal.mechanism)},${typeOf(legal, policy)}` +
    `${minorsAmong(c, people)}` +
    `"model":${flow.model === null ? "null" : quote(flow.model)},` +
    `${newText(added)}${given("observedBy", decision.observedBy)}` +
    `"operation":${word(flow.operation)},"outcome":${word(legal.outcome)},` +
    `${listed("papers", legal.papers, PAPERS_LISTED_MAX)}${part}` +
    `"people":${list(people, quote)},"policy":${word(policy.hash)},"profile":${word(policy.profile)},` +
    `${given("proof", legal.proof)}` +
    `${flow.provider === PROVIDER_UNSAID ? "" : given("provider", flow.provider)}` +
    `"purpose":${word(flow.purpose)},"reasons":${list(decision.reasons.slice(0, REASONS_LISTED_MAX), reason)},` +
    `"recipient":${word(flow.recipient)},"revision":${word(legal.revision)},"rule":${word(decision.rule)},` +
    // what the policy sets; all others stand at the default of the revision that the entry names
    `"salt":${quote(r.salt)},"switches":${switchesText(policy.switches)},"t":${quote(c.at)},` +
    `${r.trace === null ? "" : `"trace":${quote(r.trace)},`}${unread(r)}"v":1,"warnings":${list(legal.warnings, word)}}`
  );
}

function countsText({ gross, nonSensitive, sensitive, opened, scoped }: Counts): string {
  const apart = scoped
    ?.filter(({ recipients }) => recipients.length <= SCOPE_RECIPIENTS_MAX)
    .slice(0, SCOPES_LISTED_MAX);
  const scopes = apart?.map(
    (one) =>
      `{"nonSensitive":${one.nonSensitive},"recipients":${list(one.recipients, word)},"sensitive":${one.sensitive}}`,
  );
  return (
    `{"gross":${gross},"nonSensitive":${nonSensitive},${opened === true ? `"opened":true,` : ""}` +
    `${scopes === undefined || scopes.length === 0 ? "" : `"scoped":[${scopes}],`}"sensitive":${sensitive}}`
  );
}

/** Whom no other entry names; `newAs` has a digit for each, as `classDigits` says. */
function newText(added: readonly Newcomer[]): string {
  if (added.length === 0) return '"new":[],';
  return `"new":${list(added, ({ key }) => quote(key))},"newAs":"${classDigits(added)}",`;
}

/** Whose year it is, where another entrusts the exporter with it (CNT-7). */
function handlerOf({ flow, policy }: Case): string {
  const handler = policy.exporters.get(flow.exporter)?.handler;
  return handler === undefined || handler === flow.exporter ? "" : `"handler":${word(handler)},`;
}

/** What the exporter says that the transfer rests on (PIPL Art. 13). Absent where policy does not know the purpose. */
function groundOf({ flow, policy }: Case): string {
  const purpose = policy.purposes.get(flow.purpose);
  return purpose === undefined ? "" : `"legalBasis":${word(purpose.basis.legalBasis)},`;
}

/** Of the mechanism that it relies on. */
function typeOf({ mechanism }: Decision["legal"], { mechanisms }: Case["policy"]): string {
  const type = mechanism === null ? undefined : mechanisms.find(({ id }) => id === mechanism)?.type;
  return type === undefined ? "" : `"mechanismType":${word(type)},`;
}

/** Which of the people that this entry names are under fourteen: their places in `people`. Nearly always nobody is. */
function minorsAmong({ individuals }: Case, people: readonly CountKey[]): string {
  if (!individuals.some(({ minor }) => minor)) return "";
  const minors = new Set(individuals.filter(({ minor }) => minor).map(({ countKey }) => countKey));
  const places = people.flatMap((key, i) => (minors.has(key) ? [i] : []));
  return places.length === 0 ? "" : `"minors":[${places.join(",")}],`;
}

/**
 * Whom the caller declared: places in `people`, all parts together; `[]` where nothing of the declared was found, null
 * where nobody was declared. Entries of older gates do not say.
 */
function declaredIn({ flow, individuals }: Case): string {
  if (flow.declared.length === 0) return '"declared":null,';
  const places: number[] = [];
  for (let i = 0; i < individuals.length && places.length < DECLARED_LISTED_MAX; i++)
    if (individuals[i]!.declared) places.push(i);
  return `"declared":[${places.join(",")}],`;
}

/** A request that was stopped before a judgement, or failed in the gate: one decision entry all the same (law 10). */
export function stoppedText(
  at: {
    id: string;
    t: string;
    caller: string;
    destination: string | null;
    salt: string;
  },
  code: string,
  policy: string,
): string {
  return (
    `{"action":"block","app":${word(at.caller)},"destination":${orNull(at.destination)},"findings":[],` +
    `"id":${quote(at.id)},"kind":"crossing","new":[],"outcome":null,"people":[],"policy":${word(policy)},` +
    `"reasons":[{"code":${word(code.toUpperCase())}}],"rule":${word(code)},"salt":${quote(at.salt)},` +
    `"t":${quote(at.t)},"v":1}`
  );
}

export interface OutcomeRecord {
  readonly id: string;
  readonly t: string;
  /** HTTP status of the recipient; null: it never answered. */
  readonly status: number | null;
  /** `answered`, or the gate's error code. */
  readonly result: string;
  readonly bytesIn: number;
  readonly restored: number;
  readonly unrestored: number;
}

/** What came back. Follows its crossing entry; a crossing without one ended unknown. */
export function outcomeText({ id, t, status, result, bytesIn, restored, unrestored }: OutcomeRecord): string {
  return (
    `{"bytes":{"in":${bytesIn}},"id":${quote(id)},"kind":"outcome","restored":${restored},"result":${word(result)},` +
    `"status":${status},"t":${quote(t)},"unrestored":${unrestored},"v":1}`
  );
}

/** Of as many as an entry lists: each may be as large as its body. */
export function unreadDigests(unread: readonly Unread[] | undefined, keys: Keys): readonly string[] | undefined {
  return unread?.slice(0, UNREAD_LISTED_MAX).map(({ bytes }) => keys.digest(bytes));
}

/** What left that nobody read, and who signed for it. All are counted. */
function unread({ decision, unreadDigests }: CrossingRecord): string {
  if (decision.unread === undefined) return "";
  const listed = decision.unread.slice(0, UNREAD_LISTED_MAX);
  const items = list(
    listed,
    ({ approvedBy, class: name, path }, i) =>
      `{"approvedBy":${word(approvedBy)},"class":${word(name)},"digest":${quote(unreadDigests?.[i] ?? "")},` +
      `"path":${quote(short(path, true))}}`,
  );
  const more = decision.unread.length - listed.length;
  return `"unread":${items},${more > 0 ? `"unreadMore":${more},` : ""}`;
}

function consents({ individuals }: Case): string {
  const receipts: string[] = [];
  // of hundreds of thousands of people: no pair for each
  for (let person = 0; person < individuals.length; person++) {
    const { consent } = individuals[person]!;
    if (consent === null) continue;
    if (receipts.length === CONSENTS_LISTED_MAX) break;
    const whose = individuals.length === 1 ? "" : `"person":${person},`;
    const said = consent.notice?.version.slice(0, VERSION_UNITS_MAX);
    const version = said === undefined ? "null" : word(whole(said));
    receipts.push(`{${whose}"receipt":${quote(consent.receipt)},"version":${version}}`);
  }
  return `[${receipts.join(",")}]`;
}

/** Of what stores hold, and not policy: what JSON spells with six bytes, or cannot spell, is one mark of three. */
function whole(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}]/gu, "\ufffd");
}

/** Reasons about files. */
const IN_FILE = /^(?:OPAQUE_|PI_IN_FILE)/;

function reason({ code, article, path, type, about, via }: Reason): string {
  return (
    (about === undefined ? "{" : `{"about":${word(about)},`) +
    `"article":${word(article)},"code":${word(code)}` +
    (path === undefined ? "" : `,"path":${quote(short(path, IN_FILE.test(code)))}`) +
    (type === undefined ? "" : `,"type":${word(type)}`) +
    (via === undefined ? "}" : `,"via":${word(whole(via.slice(0, VIA_UNITS_MAX)))}}`)
  );
}

const switchTexts = new WeakMap<object, string>();

/** Switches come from the policy, one object for all its crossings: written once. */
function switchesText(switches: Readonly<Record<string, string | boolean>>): string {
  let text = switchTexts.get(switches);
  if (text === undefined) {
    text = canonical(switches);
    switchTexts.set(switches, text);
  }
  return text;
}
