// The facts of the law that depend only on the way of a crossing and its Beijing date, not on who is in it: made once
// per policy, way and day. Law of this file: what the policy does not know throws; a way that is not on paper is not
// lawful by default.

import { type DataFacts, DEFAULTS, type ExporterFacts, type FlowFacts, type LawFacts } from "../law/facts.ts";
import { switchesFrom } from "../law/switches.ts";
import { beijingDate, epochMs } from "../law/year.ts";
import type {
  Case,
  Destination,
  Flow,
  LegalBasis,
  Mechanism,
  MechanismType,
  Pipia,
  PiType,
  Policy,
  Recipient,
} from "../words.ts";
import { type Lapse, lapsesOn } from "./lapsed.ts";
import { basisOn, isRestricted, speaking, transitOn, type WayOn, type Zone, zonesOn } from "./papers.ts";

export interface RouteFacts {
  readonly way: WayOn;
  readonly exporter: ExporterFacts;
  readonly flow: FlowFacts;
  readonly basis: LegalBasis;
  readonly importance: DataFacts["importance"];
  readonly origin: DataFacts["origin"];
  readonly zones: readonly Zone[];
  readonly gba: LawFacts["gba"];
  readonly neededForPurpose: readonly PiType[] | null;
  readonly mechanisms: readonly Mechanism[];
  /** Types of mechanism that only other exporters have on file. */
  readonly elsewhere: ReadonlySet<MechanismType>;
  readonly noticeMissing: { readonly ordinary: readonly string[]; readonly sensitive: readonly string[] };
  /** Any impact assessment is finished by that day. */
  readonly assessed: boolean;
  /** Those whose scenario this way is: which kinds each assessed, and `papers` with its id. */
  readonly pipias: readonly { readonly types: readonly PiType[]; readonly papers: readonly string[] }[];
  readonly switches: LawFacts["policy"];
  /** Papers that have ended, about which the law asks nothing by date. */
  readonly lapses: readonly Lapse[];
  /** Ids of what the way rests on besides the mechanism, where no PIPIA covers what is in the body. */
  readonly papers: readonly string[];
}

/** Items of PIPL Arts. 17 and 39: all are missing where no notice covers the way. */
const NOTICE_ITEMS = ["recipient_name", "recipient_contact", "purpose", "method", "categories", "rights", "retention"];
/** PIPL Art. 30: necessity of sensitive data and its impact. */
const SENSITIVE_ITEM = "sensitive_necessity_and_impact";

const OUTSIDE_CUSTOMS = ["HK", "MO", "TW"] as const;

/** A Greater Bay Area contract allows no storage outside the area (law.md §5, M-GBA). */
const WITHIN_GBA: ReadonlySet<string> = new Set(["HK", "MO", "CN"]);

/** Ways remembered of one policy: more are asked for anew. Each is a few hundred bytes. */
const WAYS_MAX = 4096;

const made = new WeakMap<Policy, Map<string, RouteFacts>>();
/** The way asked for last: comparing five ids is cheaper than joining them into a name. */
let last: { readonly policy: Policy; readonly facts: RouteFacts } | null = null;

/** @throws TypeError when the policy lacks exporter, recipient, destination or purpose, or sets no real switch. */
export function routeFactsOf({ policy, flow, at }: Pick<Case, "policy" | "flow" | "at">): RouteFacts {
  const day = beijingDate(epochMs(at));
  if (last?.policy === policy && isSame(last.facts.way, flow, day)) return last.facts;
  const facts = known(policy, flow, day);
  last = { policy, facts };
  return facts;
}

function isSame(a: WayOn, b: Flow, day: string): boolean {
  return (
    a.exporter === b.exporter &&
    a.destination === b.destination &&
    a.recipient === b.recipient &&
    a.purpose === b.purpose &&
    a.day === day
  );
}

function known(policy: Policy, { exporter, destination, recipient, purpose }: Flow, day: string): RouteFacts {
  const ways = made.get(policy) ?? new Map<string, RouteFacts>();
  const key = [exporter, destination, recipient, purpose, day].join("\u0000");
  const before = ways.get(key);
  if (before !== undefined) return before;
  if (ways.size === WAYS_MAX) ways.clear();
  const facts = make(policy, { exporter, destination, recipient, purpose, day });
  made.set(policy, ways.set(key, facts));
  return facts;
}

function make(policy: Policy, way: WayOn): RouteFacts {
  const exporter = present(policy.exporters.get(way.exporter), "exporter");
  const recipient = present(policy.recipients.get(way.recipient), "recipient");
  const destination = present(policy.destinations.get(way.destination), "destination");
  const purpose = present(policy.purposes.get(way.purpose), "purpose");
  const { role, ciio, stateOrgan, processedTotal, authorisedByHandler, handler, gba, sector = "general" } = exporter;
  const { basis, papers } = basisOn(policy, purpose.basis, way);
  const transit = transitOn(policy, way);
  const zones = zonesOn(policy, way);
  const notices = policy.notices.filter((notice) => isOfWay(notice, way));
  const registered = zones.map(({ registration }) => registration.id);
  const resting = [...papers, ...transit, ...registered, ...notices.map(({ id }) => id)];
  return {
    way,
    exporter: { role, handlerId: handler, ciio, stateOrgan, processedTotal, authorisedByHandler, sector },
    flow: {
      ...DEFAULTS.flow,
      destination: placeOf(recipient),
      kind: destination.flowKind,
      recipient: recipient.id,
      purpose: purpose.id,
      onwardTo: recipient.onwardTo,
      recipientRestricted: isRestricted(policy, recipient, way.day),
      foreignAuthorityRequest: purpose.foreignAuthority,
      prcAuthorityApproval: speaking(policy.approvals, way).length > 0,
      regulatorStopOrder: speaking(policy.orders, way).length > 0,
    },
    basis,
    importance: importanceOf(policy, destination),
    origin: transit.length > 0 ? "overseas" : "domestic",
    zones,
    gba: { bothRegistered: gba && recipient.gba && recipient.storage.every((place) => WITHIN_GBA.has(place)) },
    neededForPurpose: purpose.neededTypes,
    ...mechanismsOf(policy, exporter.id, handler, recipient.id),
    noticeMissing: { ordinary: missingItems(notices, false), sensitive: missingItems(notices, true) },
    assessed: policy.pipias.some((pipia) => isDone(pipia, way.day)),
    pipias: policy.pipias
      .filter((pipia) => isDone(pipia, way.day) && isOfWay(pipia, way) && isScenario(pipia, recipient))
      .map(({ id, types }) => ({ types, papers: [...resting, id] })),
    switches: { ...switchesFrom(policy.switches), profile: policy.profile },
    lapses: lapsesOn(policy, way),
    papers: resting,
  };
}

/** What one company told people or assessed says nothing of another's. */
function isOfWay(
  { exporters, recipients, purposes }: Pick<Pipia, "exporters" | "recipients" | "purposes">,
  way: WayOn,
) {
  return (
    exporters?.includes(way.exporter) !== false && recipients.includes(way.recipient) && purposes.includes(way.purpose)
  );
}

function isDone({ done, doneOn }: Pipia, day: string): boolean {
  return done && (doneOn === null || doneOn <= day);
}

/** Where the data lie and who gets them next are part of what was assessed. */
function isScenario({ storage, onward }: Pipia, recipient: Recipient): boolean {
  const places = storage ?? [recipient.country];
  return (
    recipient.storage.every((country) => places.includes(country)) &&
    recipient.onwardTo.every((party) => onward.includes(party))
  );
}

const IMPORTANCE = {
  general: "none",
  "self-identified": "self_identified",
  important: "published",
  core: "core",
  "state-secret": "state_secret",
  unknown: "unknown",
} as const;

/** Nobody said what goes there: as the policy reads silence. */
function importanceOf(policy: Policy, { classification }: Destination): DataFacts["importance"] {
  return IMPORTANCE[classification?.level ?? policy.unclassified];
}

/** An entrusted processor exports under its handler's mechanism (law.md CNT-7). */
function mechanismsOf(
  { mechanisms }: Policy,
  exporter: string,
  handler: string,
  recipient: string,
): Pick<RouteFacts, "mechanisms" | "elsewhere"> {
  const isOurs = ({ exporters }: Mechanism) => exporters.includes(exporter) || exporters.includes(handler);
  const ours = mechanisms.filter(isOurs);
  // What was agreed with others cannot cover this recipient: it only has a say where nothing names this one.
  const namesIt = ({ scope }: Mechanism) => scope.recipients === undefined || scope.recipients.includes(recipient);
  const ourTypes = new Set(ours.map(({ type }) => type));
  const foreign = mechanisms.filter((one) => !isOurs(one) && !ourTypes.has(one.type));
  return {
    mechanisms: ours.some(namesIt) ? ours.filter(namesIt) : ours,
    elsewhere: new Set(foreign.map(({ type }) => type)),
  };
}

function placeOf({ country }: Recipient): FlowFacts["destination"] {
  if (country === "CN") return "mainland";
  return OUTSIDE_CUSTOMS.find((place) => place === country) ?? "overseas";
}

/** Of the notices that cover recipient and purpose, the one that lacks least. */
function missingItems(notices: Policy["notices"], sensitive: boolean): readonly string[] {
  const lacks = notices.map((notice) =>
    sensitive && !notice.sensitive ? [...notice.missing, SENSITIVE_ITEM] : notice.missing,
  );
  if (lacks.length === 0) return NOTICE_ITEMS;
  return lacks.reduce((least, one) => (one.length < least.length ? one : least));
}

function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TypeError(`the policy does not know the ${what} of the flow`);
  return value;
}
