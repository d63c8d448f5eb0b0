// The facts of the law that depend only on the way of a crossing, not on who is in it: made once per policy and way.
// Law of this file: what the policy does not know throws; a way that is not on paper is not lawful by default.

import { DEFAULTS, type ExporterFacts, type FlowFacts, type LawFacts } from "../law/facts.ts";
import { switchesFrom } from "../law/switches.ts";
import type { Flow, LegalBasis, Mechanism, MechanismType, PiType, Policy, Recipient } from "../words.ts";

export interface RouteFacts {
  readonly exporter: ExporterFacts;
  readonly flow: FlowFacts;
  readonly basis: LegalBasis;
  readonly neededForPurpose: readonly PiType[] | null;
  readonly mechanisms: readonly Mechanism[];
  /** Types of mechanism that only other exporters have on file. */
  readonly elsewhere: ReadonlySet<MechanismType>;
  readonly noticeMissing: { readonly ordinary: readonly string[]; readonly sensitive: readonly string[] };
  readonly switches: LawFacts["policy"];
}

/** Items of PIPL Arts. 17 and 39: all are missing where no notice covers the way. */
const NOTICE_ITEMS = ["recipient_name", "recipient_contact", "purpose", "method", "categories", "rights", "retention"];
/** PIPL Art. 30: necessity of sensitive data and its impact. */
const SENSITIVE_ITEM = "sensitive_necessity_and_impact";

const OUTSIDE_CUSTOMS = ["HK", "MO", "TW"] as const;

const made = new WeakMap<Policy, Map<string, RouteFacts>>();
/** The way asked for last: comparing four ids is cheaper than joining them into a name. */
let last: { readonly policy: Policy; readonly flow: Way; readonly facts: RouteFacts } | null = null;

type Way = Pick<Flow, "exporter" | "destination" | "recipient" | "purpose">;

/** @throws TypeError when the policy lacks exporter, recipient, destination or purpose, or sets no real switch. */
export function routeFactsOf(policy: Policy, flow: Flow): RouteFacts {
  if (last?.policy === policy && isSame(last.flow, flow)) return last.facts;
  const { exporter, destination, recipient, purpose } = flow;
  const facts = known(policy, flow);
  last = { policy, flow: { exporter, destination, recipient, purpose }, facts };
  return facts;
}

function isSame(a: Way, b: Way): boolean {
  return (
    a.exporter === b.exporter &&
    a.destination === b.destination &&
    a.recipient === b.recipient &&
    a.purpose === b.purpose
  );
}

function known(policy: Policy, flow: Flow): RouteFacts {
  const ways = made.get(policy) ?? new Map<string, RouteFacts>();
  const key = `${flow.exporter}\u0000${flow.destination}\u0000${flow.recipient}\u0000${flow.purpose}`;
  const before = ways.get(key);
  if (before !== undefined) return before;
  const facts = make(policy, flow);
  made.set(policy, ways.set(key, facts));
  return facts;
}

function make(policy: Policy, flow: Flow): RouteFacts {
  const exporter = present(policy.exporters.get(flow.exporter), "exporter");
  const recipient = present(policy.recipients.get(flow.recipient), "recipient");
  const destination = present(policy.destinations.get(flow.destination), "destination");
  const purpose = present(policy.purposes.get(flow.purpose), "purpose");
  // An entrusted processor exports under its handler's mechanism (law.md CNT-7).
  const isOurs = ({ exporters }: Mechanism) => exporters.includes(exporter.id) || exporters.includes(exporter.handler);
  const ours = policy.mechanisms.filter(isOurs);
  // What was agreed with others cannot cover this recipient: it only has a say where nothing names this one.
  const namesIt = ({ scope }: Mechanism) => scope.recipients === undefined || scope.recipients.includes(recipient.id);
  const mechanisms = ours.some(namesIt) ? ours.filter(namesIt) : ours;
  const ourTypes = new Set(ours.map(({ type }) => type));
  const foreign = policy.mechanisms.filter((one) => !isOurs(one) && !ourTypes.has(one.type));
  const { role, ciio, stateOrgan, authorisedByHandler, handler } = exporter;
  return {
    exporter: { role, handlerId: handler, ciio, stateOrgan, processedTotal: 0, authorisedByHandler },
    flow: {
      ...DEFAULTS.flow,
      destination: placeOf(recipient),
      kind: destination.flowKind,
      recipient: recipient.id,
      purpose: purpose.id,
      onwardTo: recipient.onwardTo,
      recipientRestricted: recipient.restricted,
    },
    basis: purpose.basis,
    neededForPurpose: purpose.neededTypes,
    mechanisms,
    elsewhere: new Set(foreign.map(({ type }) => type)),
    noticeMissing: { ordinary: missingItems(policy, flow, false), sensitive: missingItems(policy, flow, true) },
    switches: { ...switchesFrom(policy.switches), profile: policy.profile },
  };
}

function placeOf({ country }: Recipient): FlowFacts["destination"] {
  if (country === "CN") return "mainland";
  return OUTSIDE_CUSTOMS.find((place) => place === country) ?? "overseas";
}

/** Of the notices that cover recipient and purpose, the one that lacks least. */
function missingItems(policy: Policy, { recipient, purpose }: Flow, sensitive: boolean): readonly string[] {
  const lacks = policy.notices
    .filter((notice) => notice.recipients.includes(recipient) && notice.purposes.includes(purpose))
    .map((notice) => (sensitive && !notice.sensitive ? [...notice.missing, SENSITIVE_ITEM] : notice.missing));
  if (lacks.length === 0) return NOTICE_ITEMS;
  return lacks.reduce((least, one) => (one.length < least.length ? one : least));
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TypeError(`the policy does not know the ${what} of the flow`);
  return value;
}
