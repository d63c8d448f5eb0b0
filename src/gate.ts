// The way of one crossing, on one screen. Law: pure and synchronous; the world is asked once, between the two halves.
//
//   inspect:  decode → find → flow           bytes in, a question for the facts out
//   judge:    decide → act → look once more  facts in, what leaves (or why not) out

import { forced } from "./act/force.ts";
import { leftOver } from "./act/left-over.ts";
import { ownIn, type Rewritten } from "./act/own-words.ts";
import { forward, pseudonymize } from "./act/pseudonymize.ts";
import { unexpected } from "./act/residual.ts";
import { standing } from "./act/standing.ts";
import { decide } from "./decide/decide.ts";
import { decode, decodeBody } from "./decode/decode.ts";
import { decodeHead } from "./decode/head.ts";
import { readAt, tokenAt } from "./decode/json/read.ts";
import { PROVIDERS } from "./decode/providers/all.ts";
import { hasTwin, rootOf } from "./decode/root.ts";
import { canonicalise } from "./find/canonicalise.ts";
import { find } from "./find/find.ts";
import { minorsOf } from "./find/records/minors.ts";
import { aboutPeople } from "./find/records/people.ts";
import { askOf } from "./flow/ask.ts";
import { trace } from "./flow/flow.ts";
import { headerOf, withContentType } from "./flow/headers.ts";
import { headOf, learn } from "./flow/heads.ts";
import { marked } from "./flow/marked.ts";
import { individualsOf, valueKeysOf } from "./flow/people.ts";
import { type Route, route } from "./flow/route.ts";
import { beijingDate, beijingYear, isoInstant } from "./law/year.ts";
import type {
  Arrival,
  Case,
  Decision,
  Departure,
  Doc,
  Facts,
  FactsAsk,
  Finding,
  Flow,
  HeaderPairs,
  Keys,
  Misrouted,
  Opened,
  Policy,
  Unreadable,
} from "./words.ts";

/** Everything known about a crossing before the facts. */
export interface Inspected {
  readonly arrival: Arrival;
  readonly policy: Policy;
  readonly route: Route;
  /** The caller's headers that will leave, inspected. */
  readonly headers: HeaderPairs;
  readonly doc: Doc;
  readonly findings: readonly Finding[];
  readonly flow: Flow;
  /** The PI handler whose people and counts these are: the exporter, or the one that entrusted it (CNT-7). */
  readonly handler: string;
  readonly ask: FactsAsk;
  readonly opened: OpenedFiles;
  /** The caller has signed the body: nothing in it can be rewritten. */
  readonly signed: boolean;
}

/** What the files in the body hold, in their order; undefined: nobody has opened any. */
export type OpenedFiles = readonly Opened[] | undefined;

/** A request that got no further: it cannot be read, or policy does not carry it. */
export interface Stopped {
  readonly stopped: Unreadable | Misrouted;
}

export interface Judged {
  readonly case: Case;
  readonly decision: Decision;
  /** null: nothing leaves. */
  readonly departure: Departure | null;
}

/** What leaves China: the request as it arrived, or the answer of a service here to somebody overseas. */
export type Leg = Pick<Arrival, "target" | "method" | "headers" | "contentType" | "contentEncoding" | "body">;

const NONE_HIDDEN: Case["hidden"] = new Set();
export const READERS = {
  ...{ read: readAt, holds: (doc: Doc, pointer: string) => tokenAt(doc, pointer) >= 0, root: rootOf, twin: hasTwin },
  ...{ canonicalise, year: beijingYear },
};

/** First half. @returns what to ask the facts about, or why the crossing stops here. Throws nothing for bad input. */
export function inspect(
  arrival: Arrival,
  policy: Policy,
  keys: Keys,
  leg: Leg = arrival,
  opened: OpenedFiles = undefined,
): Inspected | Stopped {
  const way = route(arrival, policy, PROVIDERS);
  if ("code" in way) return { stopped: way };
  const again = leg === arrival && arrival.repeated === true;
  const head = headOf(leg, leg === arrival, again, way.destination, policy, decodeHead);
  if ("code" in head) return { stopped: head };
  const bodyOf = (of: Leg) => decodeBody(of, head.texts, way.destination.limits, opened, way.provider.roleOf);
  const doc = forced(
    bodyOf(leg),
    { ...way, contentType: leg.contentType },
    head.signed,
    (body, contentType = leg.contentType) => bodyOf({ ...leg, contentType, contentEncoding: "", body }),
  );
  if ("code" in doc) return { stopped: doc };
  const all = find(doc, policy.profile, policy.names);
  if (again) learn(leg, head, all, way.destination, policy);
  const leaving = doc.contentType === undefined ? head.forwarded : withContentType(head.forwarded, doc.contentType);
  const findings = markedIn(doc, all, arrival, way, head.signed);
  const flow = trace(arrival, way, doc, findings, policy, keys, READERS);
  if ("code" in flow) return { stopped: flow };
  const ask = askOf(flow, policy);
  return {
    arrival,
    policy,
    route: way,
    headers: leaving,
    doc,
    findings,
    flow,
    handler: ask.exporter,
    ask,
    opened,
    signed: head.signed,
  };
}

/** What of the findings is told, and what of it cannot be rewritten. */
function markedIn(doc: Doc, all: readonly Finding[], arrival: Arrival, way: Route, signed: boolean) {
  if (all.length === 0) return all;
  const told = aboutPeople(all, arrival.asserted.subject !== null || way.destination.subjectAt.length > 0);
  return marked(told, doc.fixed === true || signed, way);
}

/**
 * Second half. @returns the decision and, unless it blocks, the bytes that leave: read once more if they were
 * rewritten.
 */
export function judge(inspected: Inspected, facts: Facts, keys: Keys): Judged {
  const { arrival, policy, doc, findings, flow, handler } = inspected;
  const it: Case = {
    at: isoInstant(arrival.atMs),
    flow,
    findings,
    individuals: individualsOf(flow, handler, facts, keys, minorsOf(findings, beijingDate(arrival.atMs))),
    counts: facts.counts,
    stale: facts.stale,
    orders: facts.orders,
    valueKeys: facts.orders && valueKeysOf(facts.orders, findings, handler, keys),
    policy,
    hidden: NONE_HIDDEN,
    unread: doc.unread?.map(({ path, class: name, kind }) => ({ path, class: name, kind })),
  };
  const decision = decide(it);
  if (decision.action === "block") return { case: it, decision, departure: null };
  if (decision.hide.length === 0) return { case: it, decision, departure: forward(doc) };
  const scope = `${arrival.caller}\u001f${flow.conversation}`;
  const departure = pseudonymize(doc, findings, decision.hide, scope, keys, decision.remove);
  const left = residual(departure, inspected, decision);
  if (left === null) return { case: it, decision, departure };
  return { case: it, decision: leftOver(decision, left), departure: null };
}

/**
 * What leaves after rewriting is looked at as if it had just arrived: the first finding that was not meant to leave, or
 * that was hidden and still stands somewhere as plain text, glued to letters perhaps, where no detector sees a number.
 */
function residual(
  departure: Rewritten,
  { arrival, doc, findings, headers, opened, policy, route: way, signed }: Inspected,
  decision: Decision,
): Finding | null {
  const hidden = new Set(decision.hide);
  const left = decision.hide.map((i) => findings[i]!);
  const glued = standing(departure, doc, left);
  if (glued !== null) return glued;
  const rewritten = decode(
    {
      method: "POST",
      target: "/",
      contentType: headerOf(headers, "content-type"),
      contentEncoding: "",
      body: departure.body,
    },
    [],
    { bodyBytesMax: Number.MAX_SAFE_INTEGER },
    opened,
    way.provider.roleOf,
  );
  if ("code" in rewritten || rewritten.codec !== doc.codec) return findings[decision.hide[0]!]!;
  const again = { ...rewritten, head: doc.head };
  const all = find(again, policy.profile, policy.names);
  return unexpected(markedIn(again, all, arrival, way, signed), findings, hidden, ownIn(departure, again));
}
