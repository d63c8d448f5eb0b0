// A recorded decision as test cases with made-up values. Law: same places, same kinds, same people, same consents and
// counts, same declared subject and shape. What the entry does not hold (the path, the words around a value; of older
// entries who was declared) is tried: each candidate is a whole case, and only one that runs as recorded is kept.

import type { Text } from "../../../io/policy/problem.ts";
import { beijingYear, epochMs } from "../../../law/year.ts";
import type { ConsentState, Policy } from "../../../words.ts";
import type { Recorded } from "../../replay/entry.ts";
import { bodyOf, type Placed, put, WORDINGS } from "./body.ts";
import { type Cast, castOf } from "./people.ts";
import { canMake, chanceOf, madeUp } from "./values.ts";
import { type WayIn, waysIn } from "./ways.ts";

/** As it stands in a test file. */
export interface Candidate {
  readonly fixtures: Cast["fixtures"];
  readonly written: Readonly<Record<string, unknown>>;
}

/** Why no case can be made of it. */
export class NoCase extends Error {
  override readonly name = "NoCase";
  readonly says: Text;

  constructor(zh: string, en: string) {
    super(en);
    this.says = { zh, en };
  }
}

/** @param consents by place in `people`. @throws NoCase: a kind, or a place, that cannot be made up. */
export function* candidatesOf(
  entry: Recorded,
  policy: Policy,
  consents: readonly (ConsentState | null)[],
): Iterable<Candidate> {
  const { destination, operation } = entry;
  if (!policy.destinations.has(destination))
    throw new NoCase(`策略里已没有 ${destination}`, `the policy has no ${destination} any more`);
  if (entry.lifted !== undefined || entry.reasons.some(({ code, about }) => code === "PROHIBITED_X4" && about))
    throw new NoCase("当时有停止令或放行令，不是策略的事", "people had stopped or released it: no policy says so");
  const placed = placedOf(entry);
  const method = entry.leaves === "response" ? "GET" : "POST";
  const ways = waysIn(entry, policy, method);
  if (ways.length === 0)
    throw new NoCase(
      `不知道 ${destination} 的哪个路径是 ${operation}`,
      `no path of ${destination} is known that means ${operation}`,
    );
  for (const allCounted of entry.action === "block" ? [false, true] : [false])
    for (const way of ways)
      for (let wording = 0; wording < WORDINGS; wording++) {
        const cast = castOf(entry, placed, consents, policy, allCounted);
        for (const subject of subjectsOf(entry, policy, cast))
          yield candidate(entry, policy, { placed, method, way, wording, cast, subject });
      }
}

function placedOf(entry: Recorded): Placed[] {
  const below = chanceOf(entry.id);
  const year = beijingYear(epochMs(entry.t));
  const minors = new Set(entry.minors ?? []);
  return entry.findings.map(({ type, path, person = 0 }) => {
    if (path.includes("!")) throw new NoCase("有发现在文件里", "a finding lies inside a file");
    if (!canMake(type)) throw new NoCase(`编造不出 ${type}`, `a ${type} cannot be made up`);
    return { type, path, value: madeUp(type, below, year, minors.has(person)) };
  });
}

/** null: nobody was declared. As recorded first; of an older entry who agreed to something most likely was. */
function subjectsOf(entry: Recorded, policy: Policy, { declared, agreed }: Cast): readonly (string | null)[] {
  if (entry.declared === null) return [null];
  const { destination, app } = entry;
  const inBody = (policy.destinations.get(destination)?.subjectAt.length ?? 0) > 0;
  const may = inBody || policy.callers.get(app)?.mayAssert.includes("subject") === true;
  return may ? [...new Set([...declared, ...agreed, null])] : [null];
}

interface Parts {
  readonly placed: readonly Placed[];
  readonly method: string;
  readonly way: WayIn;
  readonly wording: number;
  readonly cast: Cast;
  readonly subject: string | null;
}

function candidate(entry: Recorded, policy: Policy, parts: Parts): Candidate {
  const { placed, method, way, wording, cast, subject } = parts;
  const destination = policy.destinations.get(entry.destination)!;
  const inBody = placed.filter(({ path }) => path === "" || path.startsWith("/"));
  const inHead = placed.filter(({ path }) => path !== "" && !path.startsWith("/"));
  const body = bodyOf(inBody, wording);
  const subjectAt = subject === null ? [] : destination.subjectAt.filter(({ type }) => type === "id").slice(0, 1);
  const members: [string | null, unknown][] = [
    [entry.model === null ? null : way.provider.modelAt, entry.model],
    [destination.purposeAt, entry.purpose],
    ...subjectAt.map(({ pointer }): [string, unknown] => [pointer, subject]),
  ];
  const whole = "text" in body ? body : { json: withMembers(body.json, members) };
  const leg = entry.leaves === "response" ? { response: whole } : whole;
  const { response, ...sent } = leg as { response?: object };
  const written = {
    name: `${entry.id}`,
    at: entry.t,
    caller: entry.app,
    ...(subject === null || subjectAt.length > 0 ? {} : { subject }),
    volume: volumeBefore(entry),
    ...(cast.counted.length === 0 ? {} : { counted: cast.counted }),
    ...(entry.reasons.some(({ code }) => code === "CONSENT_FEED_STALE") ? { stale: true } : {}),
    request: { ...head(entry, policy, way.path, method, inHead), ...sent },
    ...(response === undefined ? {} : { response }),
    expect: expectOf(entry),
  };
  return { fixtures: cast.fixtures, written };
}

function withMembers(json: unknown, members: readonly (readonly [string | null, unknown])[]): unknown {
  let whole = json;
  for (const [pointer, value] of members) if (pointer !== null) whole = put(whole, pointer.slice(1).split("/"), value);
  return whole;
}

/** What is said beside the body; a finding in a header stands in that header, any other of the head in the query. */
function head(entry: Recorded, policy: Policy, path: string, method: string, inHead: readonly Placed[]) {
  const destination = policy.destinations.get(entry.destination)!;
  const headers = inHead.filter(({ path: name }) => name.includes("-") || destination.headers.includes(name));
  const query = inHead.filter((one) => !headers.includes(one));
  const asked = query.map(({ path: name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  const purpose =
    destination.purpose === entry.purpose || destination.purposeAt !== null ? {} : { purpose: entry.purpose };
  const exporters = policy.callers.get(entry.app)?.exporters ?? [];
  const isSaid = destination.exporter === entry.exporter || exporters.length === 1;
  return {
    destination: entry.destination,
    ...purpose,
    ...(isSaid ? {} : { exporter: entry.exporter }),
    ...(method === "POST" ? {} : { method }),
    path: asked.length === 0 ? path : `${path}?${asked.join("&")}`,
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers.map((one) => [one.path, one.value])) }),
  };
}

/** Of those who were new, as the law counted them. */
function volumeBefore(entry: Recorded): { nonSensitive: number; sensitive: number; gross: number; opened?: false } {
  const { nonSensitive, sensitive, gross } = entry.counts;
  const added = entry.new.map((key) => classesOf(entry, entry.people.indexOf(key)));
  const isCounted = !/^(?:N0|A\d|E[1-6])$/.test(entry.lawRule);
  const less = (n: number, by: number) => Math.max(0, n - (isCounted ? by : 0));
  return {
    nonSensitive: less(nonSensitive, added.filter(({ ns }) => ns).length),
    sensitive: less(sensitive, added.filter(({ s }) => s).length),
    gross: Math.max(0, gross - added.length),
    ...(entry.reasons.some(({ code }) => code === "COUNT_NOT_OPENED") ? { opened: false as const } : {}),
  };
}

function classesOf({ findings, minors = [] }: Recorded, person: number): { ns: boolean; s: boolean } {
  const owned = findings.some((finding) => finding.person !== undefined);
  const mine = findings.filter((finding) => !owned || finding.person === person);
  const child = minors.includes(person);
  return {
    ns: !child && mine.some(({ sensitive }) => !sensitive),
    s: child || mine.some(({ sensitive }) => sensitive),
  };
}

function expectOf(entry: Recorded): Record<string, unknown> {
  const { action, observedBy, rule, outcome, lawRule, mechanism, proof, reasons, findings } = entry;
  return {
    action,
    ...(observedBy === undefined ? {} : { would: "block" }),
    ...{ rule, outcome, law: lawRule, mechanism },
    ...(proof === undefined ? {} : { proof }),
    ...(reasons.length === 0 ? {} : { reasons: [...new Set(reasons.map(({ code }) => code.toLowerCase()))] }),
    found: findings.map(({ type, path }) => ({ kind: type, ...(path.includes("*") ? {} : { path }) })),
  };
}
