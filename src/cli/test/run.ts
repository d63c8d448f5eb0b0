// One case through the pure gate.
// Law: the same two functions that carry real crossings; no store, no network, no clock.

import { refuse, refuseCode } from "../../act/refuse.ts";
import { policy as policyRule } from "../../decide/rules/policy/rule.ts";
import { PROVIDERS } from "../../decode/providers/all.ts";
import { headerOf } from "../../flow/headers.ts";
import { route } from "../../flow/route.ts";
import { type Inspected, inspect, type Judged, judge, type Leg, type Stopped } from "../../gate.ts";
import { openFile } from "../../io/extract/file.ts";
import { plainParts } from "../../io/extract/plain.ts";
import { createRestorer } from "../../restore/restore.ts";
import type {
  Arrival,
  Case as Crossing,
  CrossingId,
  Departure,
  Keys,
  Opened,
  Policy,
  Unreadable,
} from "../../words.ts";
import type { Body } from "./body.ts";
import { factsOf } from "./facts.ts";
import type { Case, Suite } from "./suite.ts";

/** What happened, in the words of a case's `expect`. */
export interface Seen {
  readonly action: string;
  readonly would: string | null;
  readonly rule: string;
  readonly outcome: string | null;
  readonly law: string | null;
  readonly mechanism: string | null;
  readonly proof: string | null;
  readonly warnings: readonly string[];
  readonly code: string | null;
  /** Codes of all reasons, as in `code`. */
  readonly reasons: readonly string[];
  readonly http: number | null;
  readonly found: readonly { readonly kind: string; readonly path: string }[];
  /** null: nothing left. */
  readonly upstream: string | null;
  /** Whether an answer that quotes every pseudonym comes back with every original. */
  readonly restored: boolean;
  readonly message: string;
  /** Ids of policy rules that matched: for coverage. */
  readonly reached: readonly string[];
  /** What was judged: to ask which papers it rests on. null: it did not come that far. */
  readonly judged: Crossing | null;
}

export async function runCase(one: Case, suite: Suite, policy: Policy, keys: Keys): Promise<Seen> {
  const arrival = arrivalOf(one, suite, policy);
  const inspected = await inspectedOf(arrival, legOf(one, arrival, policy), policy, keys);
  if ("stopped" in inspected) {
    const { code, detail } = inspected.stopped;
    const refusal = refuseCode({ decision: arrival.id, language: arrival.language, code, detail });
    const { status: http, message } = refusal;
    return { ...NOTHING, action: "block", rule: code, code, reasons: [code], http, message };
  }
  const { volume, counted, stale } = one;
  const at = new Date(arrival.atMs).toISOString();
  const known = { at, fixtures: suite.fixtures.values(), volume, counted, stale };
  return seen(inspected, judge(inspected, factsOf(inspected.ask, known, keys), keys));
}

async function inspectedOf(arrival: Arrival, leg: Leg, policy: Policy, keys: Keys): Promise<Inspected | Stopped> {
  const first = inspect(arrival, policy, keys, leg);
  if (!("stopped" in first) || !("enclosed" in first.stopped) || first.stopped.enclosed === undefined) return first;
  const bytesMax = policy.destinations.get(arrival.destination)!.limits.bodyBytesMax;
  const opened: Opened[] = [];
  for (const file of first.stopped.enclosed) {
    const parts = plainParts(file) ?? (await openFile(file.bytes, bytesMax));
    if (isUnreadable(parts)) return { stopped: parts };
    opened.push({ raw: file.raw, parts });
  }
  return inspect(arrival, policy, keys, leg, opened);
}

function isUnreadable(parts: Opened["parts"] | Unreadable): parts is Unreadable {
  return "code" in parts;
}

const NOTHING = {
  would: null,
  outcome: null,
  law: null,
  mechanism: null,
  proof: null,
  warnings: [],
  code: null,
  reasons: [],
  http: null,
  found: [],
  upstream: null,
  restored: false,
  message: "",
  reached: [],
  judged: null,
};

function seen(inspected: Inspected, judged: Judged): Seen {
  const { case: it, decision, departure } = judged;
  const { arrival, findings, route: way, policy } = inspected;
  const { legal } = decision;
  const about = {
    ...NOTHING,
    action: decision.action,
    would: decision.would,
    rule: decision.rule,
    outcome: legal.outcome,
    law: legal.rule,
    mechanism: legal.mechanism,
    proof: legal.proof ?? null,
    warnings: legal.warnings.map((code) => code.toLowerCase()),
    reasons: decision.reasons.map((reason) => reason.code.toLowerCase()),
    found: findings.map(({ type, path }) => ({ kind: type, path })),
    reached: policy.rules
      .filter((rule) => policyRule.judge({ ...it, policy: { ...policy, rules: [rule] } }) !== null)
      .map((rule) => rule.id),
    judged: it,
  };
  if (departure === null) {
    const { reasons, cures } = decision;
    const destination = way.destination.id;
    const refusal = refuse({ decision: arrival.id, language: arrival.language, reasons, cures, destination });
    return { ...about, code: refusal.code, http: refusal.status, message: refusal.message };
  }
  const upstream = Buffer.from(departure.body).toString("utf8");
  return { ...about, code: about.reasons[0] ?? null, upstream, restored: comesBack(departure, inspected) };
}

function arrivalOf(one: Case, suite: Suite, policy: Policy): Arrival {
  const { request } = one;
  const person = one.subject === undefined ? undefined : suite.fixtures.get(one.subject);
  const alias = person?.aliases[0];
  return {
    id: "dec_00000000000000000000000000" as CrossingId,
    atMs: Date.parse(one.at ?? suite.at),
    method: request.method,
    target: request.path,
    destination: request.destination,
    ...carried(request.headers, one.sends),
    caller: one.caller ?? [...policy.callers.keys()][0] ?? "",
    asserted: {
      subject: alias === undefined ? null : `${alias.type}:${alias.value}`,
      purpose: request.purpose ?? null,
      conversation: one.conversation ?? null,
      exporter: request.exporter ?? null,
    },
    language: one.language,
  };
}

/** What leaves: the request, or what a service here answers to somebody abroad. */
function legOf(one: Case, arrival: Arrival, policy: Policy): Leg {
  const way = route(arrival, policy, PROVIDERS);
  if ("code" in way || way.destination.leaves === "request") return arrival;
  return { method: arrival.method, target: "/", ...carried(one.response?.headers ?? {}, one.answers) };
}

function carried(written: Readonly<Record<string, string>>, { bytes, contentType }: Body) {
  const headers = Object.entries(written).flatMap(([name, value]) => [name.toLowerCase(), value]);
  return {
    headers,
    body: bytes,
    contentType: headerOf(headers, "content-type") || contentType,
    contentEncoding: headerOf(headers, "content-encoding"),
  };
}

/** An answer that quotes all stand-ins, sent back the way a real one would come. */
function comesBack({ minted }: Departure, { route }: Inspected): boolean {
  if (minted.size === 0) return false;
  const restorer = createRestorer("json", minted, route.provider.lanes);
  const content = [...minted.keys()].join(" ");
  const answer = Buffer.from(JSON.stringify({ choices: [{ index: 0, message: { role: "assistant", content } }] }));
  const text = Buffer.concat([restorer.feed(answer), restorer.end()]).toString("utf8");
  return [...minted].every(([standIn, original]) => text.includes(original.reveal()) && !text.includes(standIn));
}
