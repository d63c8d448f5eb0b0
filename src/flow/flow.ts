// Who sends, for which exporter, to which recipient, for which purpose, about whom. Law: an assertion counts only where
// policy lets this caller make it; what is asserted and may not be is refused, never ignored.

import type {
  Arrival,
  Asserted,
  Caller,
  Destination,
  Doc,
  Exporter,
  Finding,
  Flow,
  Keys,
  Misrouted,
  PersonKey,
  Policy,
} from "../words.ts";
import { attribute } from "./attribute.ts";
import { type ModelReaders, modelOf } from "./model.ts";
import { recipientOf } from "./recipient.ts";
import type { Route } from "./route.ts";

/** What flow needs of other stages, passed in because stages do not import each other. */
export interface Readers extends ModelReaders {
  /** null: malformed for its type. */
  canonicalise(type: string, text: string): string | null;
  /** Beijing calendar year of an instant. */
  year(atMs: number): number;
}

/** @returns Misrouted when a caller asks for more than policy grants it, or leaves out what a judgement needs. */
export function trace(
  arrival: Arrival,
  route: Route,
  doc: Doc,
  findings: readonly Finding[],
  policy: Policy,
  keys: Keys,
  readers: Readers,
): Flow | Misrouted {
  const caller = policy.callers.get(arrival.caller)!;
  const { destination } = route;
  const presumed = forbiddenAssertion(arrival.asserted, caller);
  if (presumed !== null)
    return { code: "assertion_not_allowed", detail: `caller ${caller.id} may not assert ${presumed}` };
  const exporter = exporterOf(arrival, destination.exporter, caller, policy);
  if (exporter === undefined)
    return { code: "exporter_not_allowed", detail: `caller ${caller.id} sends for no such exporter` };
  const fromBody = destination.purposeAt === null ? undefined : readers.read(doc, destination.purposeAt);
  const purpose = arrival.asserted.purpose ?? (typeof fromBody === "string" ? fromBody : null) ?? destination.purpose;
  if (purpose === null) return { code: "purpose_missing", detail: "no purpose is declared for this request" };
  if (!caller.purposes.includes(purpose) || !policy.purposes.has(purpose))
    return { code: "purpose_not_allowed", detail: `caller ${caller.id} may not send for this purpose` };
  const subject = subjectOf(arrival, route, doc, exporter, keys, readers);
  if (subject === null)
    return { code: "subject_malformed", detail: "the subject is not <type>:<value>[,…] of known types" };
  const conversation = conversationOf(arrival, destination, doc, readers);
  const attributed = attribute({
    doc,
    findings,
    exporter: exporter.handler,
    conversation: `${caller.id}\u001f${conversation}`,
    subject,
    keys,
    equalNamesOnePerson: policy.switches["equalNamesOnePerson"] === true,
  });
  const model = modelOf(arrival, route, doc, findings, policy, readers);
  if ("code" in model) return model;
  const recipient = recipientOf(destination, model.named, route);
  if (recipient === undefined)
    return { code: "recipient_ambiguous", detail: "the policy names several recipients for this model or region" };
  const flow = {
    leaves: destination.leaves,
    caller: caller.id,
    exporter: exporter.id,
    destination: destination.id,
    recipient,
    country: policy.recipients.get(recipient)!.country,
    purpose,
    provider: route.provider.id,
    operation: route.operation,
    model: model.told,
    conversation,
    year: readers.year(arrival.atMs),
    identifiers: eachOnce(subject.keys, attributed.keyOf),
    declared: subject.keys,
    keyOf: attributed.keyOf,
  };
  // hardly ever, and a spread always would cost more than all the rest
  return attributed.unlinked === undefined ? flow : { ...flow, ...attributed };
}

/** As the caller says, in a header or in the body; else every request is one of its own. */
function conversationOf(
  { asserted, id }: Arrival,
  { conversationAt }: Destination,
  doc: Doc,
  readers: Readers,
): string {
  if (asserted.conversation !== null) return asserted.conversation;
  const said = conversationAt === undefined ? undefined : readers.read(doc, conversationAt);
  return typeof said === "string" && said !== "" ? said : id;
}

/** In order of first sight. A set only where there are several: most crossings are about one person. */
function eachOnce(declared: readonly PersonKey[], keyOf: readonly (PersonKey | null)[]): readonly PersonKey[] {
  const [only] = declared;
  if (declared.length === 1 && keyOf.every((key) => key === null || key === only)) return [only!];
  return [...new Set([...declared, ...keyOf.filter((key) => key !== null)])];
}

/**
 * The declared subject: keys of the asserted aliases, and the records (JSON Pointer prefixes) that are the subject's
 * own; "" is the body itself, but for its lists.
 */
export interface Subject {
  readonly keys: readonly PersonKey[];
  readonly records: readonly string[];
}

function subjectOf(
  arrival: Arrival,
  route: Route,
  doc: Doc,
  exporter: Exporter,
  keys: Keys,
  readers: Readers,
): Subject | null {
  const found: PersonKey[] = [];
  const records: string[] = [];
  const add = (type: string, text: string): boolean => {
    const canonical = readers.canonicalise(type, text);
    if (canonical !== null) found.push(keys.person(exporter.handler, type, canonical));
    return canonical !== null;
  };
  for (const { pointer, type, record } of route.destination.subjectAt) {
    const value = readers.read(doc, pointer);
    if (typeof value !== "string" && typeof value !== "number") continue;
    if (!add(type, String(value))) return null;
    const parent = pointer.slice(0, pointer.lastIndexOf("/"));
    if (parent !== "" || record === true) records.push(parent);
    else records.push(...(route.provider.ownIn?.(route.path) ?? []));
  }
  if (arrival.asserted.subject !== null)
    for (const alias of arrival.asserted.subject.split(",")) {
      const colon = alias.indexOf(":");
      if (colon < 1 || !add(alias.slice(0, colon).trim(), alias.slice(colon + 1).trim())) return null;
    }
  return { keys: found, records };
}

function forbiddenAssertion(asserted: Asserted, caller: Caller): string | null {
  for (const what of ["subject", "purpose", "conversation", "exporter"] as const)
    if (asserted[what] !== null && !caller.mayAssert.includes(what)) return what;
  return null;
}

function exporterOf(arrival: Arrival, ofRoute: string | null, caller: Caller, policy: Policy): Exporter | undefined {
  const only = caller.exporters.length === 1 ? caller.exporters[0]! : null;
  const id = arrival.asserted.exporter ?? ofRoute ?? only;
  return id !== null && caller.exporters.includes(id) ? policy.exporters.get(id) : undefined;
}
