// What is missing before an app calls. Law: the answer is that of the law's own code on a crossing that is made up for
// the question; the person asked about is keyed, answered and forgotten: nothing is kept, counted or written down.

import type { FastifyInstance } from "fastify";
import { forgetLegal, legalOf } from "../../../decide/legal.ts";
import { supersededNotice } from "../../../decide/rules/superseded-notice/rule.ts";
import { hold } from "../../../decode/original.ts";
import { DETECTORS } from "../../../find/all.ts";
import { NAMED } from "../../../find/named.ts";
import { beijingYear, isoInstant } from "../../../law/year.ts";
import type {
  Case,
  Destination,
  Finding,
  Flow,
  Individual,
  PersonKey,
  PiType,
  Policy,
  Reason,
} from "../../../words.ts";
import { createFactsLoader } from "../../facts.ts";
import type { Guards } from "../guard.ts";
import { invalid, parseBody } from "../problem.ts";
import { type CoverageBody, coverageBody } from "../schema.ts";
import type { AdminWorld, Routes } from "../world.ts";
import { handlerOf, keyOf } from "./incoming.ts";

export interface Coverage {
  /** No duty of consent and notice is open. Mechanisms and counts are not asked about. */
  readonly covered: boolean;
  readonly consentNeeded: boolean;
  readonly missing: readonly Pick<Reason, "code" | "article" | "type" | "about">[];
  /** Of the consent that was looked at; null: there is none. */
  readonly receipt: string | null;
  readonly asOf: string;
}

export const coverage: Routes = {
  operations: [
    {
      ...{ path: "/v1/coverage", method: "post", body: coverageBody },
      summary: "What consent and notice lack for this person, recipient, purpose and kinds",
    },
    {
      ...{ path: "/v1/coverage", method: "get", body: null },
      summary: "The same: ?subject=type:value&exporter=&recipient=&purpose=&types=a,b (the body keeps it out of logs)",
    },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards): void {
    const may = { preHandler: guards("consent", "auditor") };
    app.post("/v1/coverage", may, async (request) => coverageOf(world, parseBody(coverageBody, request.body)));
    app.get("/v1/coverage", may, async (request) => coverageOf(world, parseBody(coverageBody, bodyOf(request.query))));
  },
};

function bodyOf(query: unknown): object {
  const { subject = "", types, under14, ...rest } = query as Readonly<Record<string, string | undefined>>;
  const colon = subject.indexOf(":");
  return {
    ...rest,
    subject: { type: subject.slice(0, Math.max(colon, 0)), value: subject.slice(colon + 1) },
    ...(types === undefined ? {} : { types: types.split(",") }),
    ...(under14 === undefined ? {} : { under14: under14 === "true" }),
  };
}

/** @throws Problem: what policy does not know. */
export function coverageOf(world: AdminWorld, body: CoverageBody): Coverage {
  const policy = world.policy();
  const handler = handlerOf(world, body.exporter);
  if (!policy.purposes.has(body.purpose))
    throw invalid({ pointer: "/purpose", detail: "is no purpose of the policy in force" });
  const destination = destinationOf(policy, body.recipient);
  const key = keyOf(world, handler, body.subject, "/subject");
  const atMs = world.clock.nowMs();
  const year = beijingYear(atMs);
  const { recipient, purpose } = body;
  const facts = createFactsLoader(world.consent, world.people, world.keys).load({
    ...{ exporter: handler, recipient, purpose, year, identifiers: [key] },
  });
  const found = facts.people.get(key)!;
  const findings = body.types.map((type, i) => findingOf(type, `/types/${i}`, policy));
  const individual: Individual = {
    ...{ person: found.person, key, countKey: found.countKey!, declared: true, counted: found.counted },
    ...{ consent: found.consent, findings: findings.map((_, i) => i), ...(body.under14 ? { minor: true } : {}) },
  };
  const made: Case = {
    ...{
      at: isoInstant(atMs),
      flow: flowOf(body, destination, policy, year, key),
      findings,
      individuals: [individual],
    },
    ...{ counts: facts.counts, stale: facts.stale, policy, hidden: new Set<number>() },
  };
  const { missing, consentNeeded } = judged(made);
  const receipt = found.consent?.receipt ?? null;
  return { covered: missing.length === 0, consentNeeded, missing, receipt, asOf: facts.asOf };
}

/** Those of a consent and its notice. */
const ABOUT = /^(?:CONSENT_|GUARDIAN_CONSENT_|SENSITIVE_NOTICE_|NOTICE_)/;

function judged(made: Case): Pick<Coverage, "missing" | "consentNeeded"> {
  try {
    const { opinion, consentNeeded } = legalOf(made);
    const reasons = [...(opinion?.reasons ?? []), ...(supersededNotice.judge(made)?.reasons ?? [])];
    const missing = reasons.filter(({ code }) => ABOUT.test(code));
    return { consentNeeded, missing: missing.map(({ path: _, ...reason }) => reason) };
  } finally {
    forgetLegal();
  }
}

function destinationOf(policy: Policy, recipient: string): Destination {
  const found = [...policy.destinations.values()].find((one) => one.recipient === recipient);
  if (found === undefined)
    throw invalid({ pointer: "/recipient", detail: "is the recipient of no destination in force" });
  return found;
}

function flowOf(
  { exporter, recipient, purpose, types }: CoverageBody,
  destination: Destination,
  policy: Policy,
  year: number,
  key: PersonKey,
): Flow {
  return {
    ...{ leaves: destination.leaves, caller: "", exporter, destination: destination.id, recipient, purpose, year },
    ...{ country: policy.recipients.get(recipient)!.country, provider: destination.providers[0] ?? "any-json" },
    ...{ operation: destination.operations[0] ?? "inference", model: null, conversation: "" },
    ...{ identifiers: [key], declared: [key], keyOf: types.map(() => key) },
  };
}

const BY_TYPE = new Map([...DETECTORS, ...Object.values(NAMED)].map((detector) => [detector.type, detector]));

function findingOf(type: PiType, path: string, { profile }: Policy): Finding {
  const detector = BY_TYPE.get(type);
  if (detector === undefined) throw invalid({ pointer: path, detail: "is no kind of personal information" });
  return {
    ...{ type, where: "body", token: 0, path, start: 0, end: 0, byteStart: 0, byteEnd: 0, certainty: "key" },
    ...{ sensitive: detector.sensitivity[profile], identifies: detector.identifies, original: hold("") },
  };
}
