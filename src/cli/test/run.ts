// One case through the pure gate.
// Law: the same two functions that carry real crossings; no store, no network, no clock.

import { refuse, refuseCode } from "../../act/refuse.ts";
import { policy as policyRule } from "../../decide/rules/policy/rule.ts";
import { headerOf } from "../../flow/headers.ts";
import { type Inspected, inspect, type Judged, judge, type Stopped } from "../../gate.ts";
import { plainParts } from "../../io/extract/plain.ts";
import { createRestorer } from "../../restore/restore.ts";
import type { Arrival, CrossingId, Departure, Keys, Opened, Policy } from "../../words.ts";
import { factsOf } from "./facts.ts";
import type { Case, Suite } from "./suite.ts";

/** What happened, in the words of a case's `expect`. */
export interface Seen {
  readonly action: string;
  readonly rule: string;
  readonly outcome: string | null;
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
}

export function runCase(one: Case, suite: Suite, policy: Policy, keys: Keys): Seen {
  const arrival = arrivalOf(one, suite, policy);
  const first = inspect(arrival, policy, keys);
  const opened = "stopped" in first ? openedPlainly(first) : undefined;
  const inspected = opened === undefined ? first : inspect(arrival, policy, keys, arrival, opened);
  if ("stopped" in inspected) {
    const { code, detail } = inspected.stopped;
    const refusal = refuseCode({ decision: arrival.id, language: arrival.language, code, detail });
    const { status: http, message } = refusal;
    return { ...NOTHING, action: "block", rule: code, code, reasons: [code], http, message };
  }
  const known = { at: new Date(arrival.atMs).toISOString(), fixtures: suite.fixtures.values(), volume: one.volume };
  return seen(inspected, judge(inspected, factsOf(inspected.ask, known, keys), keys));
}

/** What needs no thread: pictures, recordings, texts. A case with an archive or a PDF in it stays `content_opaque`. */
function openedPlainly({ stopped }: Stopped): Opened[] | undefined {
  if (!("enclosed" in stopped) || stopped.enclosed === undefined) return undefined;
  const opened = stopped.enclosed.map((file) => ({ raw: file.raw, parts: plainParts(file) }));
  return opened.every((file): file is Opened => file.parts !== null) ? opened : undefined;
}

const NOTHING = {
  outcome: null,
  code: null,
  reasons: [],
  http: null,
  found: [],
  upstream: null,
  restored: false,
  message: "",
  reached: [],
};

function seen(inspected: Inspected, judged: Judged): Seen {
  const { case: it, decision, departure } = judged;
  const { arrival, findings, route, policy } = inspected;
  const about = {
    ...NOTHING,
    action: decision.action,
    rule: decision.rule,
    outcome: decision.legal.outcome,
    reasons: decision.reasons.map((reason) => reason.code.toLowerCase()),
    found: findings.map(({ type, path }) => ({ kind: type, path })),
    reached: policy.rules
      .filter((rule) => policyRule.judge({ ...it, policy: { ...policy, rules: [rule] } }) !== null)
      .map((rule) => rule.id),
  };
  if (departure === null) {
    const { reasons, cures } = decision;
    const destination = route.destination.id;
    const refusal = refuse({ decision: arrival.id, language: arrival.language, reasons, cures, destination });
    return { ...about, code: refusal.code, http: refusal.status, message: refusal.message };
  }
  const upstream = Buffer.from(departure.body).toString("utf8");
  return { ...about, upstream, restored: comesBack(departure, inspected) };
}

function arrivalOf(one: Case, suite: Suite, policy: Policy): Arrival {
  const { request } = one;
  const person = one.subject === undefined ? undefined : suite.fixtures.get(one.subject);
  const alias = person?.aliases[0];
  const headers = Object.entries(request.headers).flatMap(([name, value]) => [name.toLowerCase(), value]);
  const text = request.text ?? (request.json === undefined ? "" : JSON.stringify(request.json));
  return {
    id: "dec_00000000000000000000000000" as CrossingId,
    atMs: Date.parse(one.at ?? suite.at),
    method: request.method,
    target: request.path,
    destination: request.destination,
    headers,
    body: Buffer.from(text),
    contentType: headerOf(headers, "content-type") || (text === "" ? "" : "application/json"),
    contentEncoding: headerOf(headers, "content-encoding"),
    caller: one.caller ?? [...policy.callers.keys()][0] ?? "",
    asserted: {
      subject: alias === undefined ? null : `${alias.type}:${alias.value}`,
      purpose: request.purpose ?? null,
      conversation: one.conversation ?? null,
      exporter: null,
    },
    language: one.language,
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
