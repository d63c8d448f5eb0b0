// Which model is asked for. Law of this file: where a rule or a recipient hangs on it, it is read for certain, or
// nothing leaves: no label on a body takes it out of policy's sight.

import type { Arrival, Doc, Finding, Match, Misrouted, Policy } from "../words.ts";
import type { Route } from "./route.ts";

/** What is asked of decode. */
export interface ModelReaders {
  /** The value at a JSON Pointer of the body. undefined: absent, or a container. */
  read(doc: Doc, pointer: string): string | number | boolean | null | undefined;
  /** Something stands at a JSON Pointer, a container too. */
  holds(doc: Doc, pointer: string): boolean;
  /** What a server takes for the members of the body. */
  root(doc: Doc, contentType: string): "empty" | "object" | "form" | "other";
  /** A name of the pointer stands there in another case, or twice. */
  twin(doc: Doc, pointer: string): boolean;
}

/** `named`: as the request has it, for patterns. `told`: what is written down, and what rules see; null: nothing. */
export interface Model {
  readonly named: string | null;
  readonly told: string | null;
}

export function modelOf(
  { contentType }: Pick<Arrival, "contentType">,
  way: Route,
  doc: Doc,
  findings: readonly Finding[],
  policy: Policy,
  readers: ModelReaders,
): Model | Misrouted {
  const { modelIn, modelAt } = way.provider;
  const inPath = modelIn?.(way.path) ?? null;
  const at = inPath === null ? modelAt : null;
  const named = inPath ?? (at === null ? undefined : readers.read(doc, at));
  const told = isName(named) && isClean(named, at, findings) ? named : null;
  const isCertain = () =>
    at === null ? inPath === null || told !== null : isReadIn(doc, contentType, at, told, readers);
  if (isAsked(way, policy) && !isCertain())
    return { code: "model_unreadable", detail: "policy asks for the model, and it cannot be read for certain" };
  return { named: typeof named === "string" ? named : null, told };
}

/** A plain name stands at `at`, or none does, where a server could look for one. */
function isReadIn(doc: Doc, contentType: string, at: string, told: string | null, readers: ModelReaders): boolean {
  const root = readers.root(doc, contentType);
  if (root === "empty") return true;
  if (root === "other" || readers.twin(doc, at)) return false;
  return told !== null || !readers.holds(doc, at);
}

function isName(model: unknown): model is string {
  return typeof model === "string" && /^[\w./:@-]{1,128}$/.test(model);
}

/** Free text of the caller: it holds nothing that was found, and stands nowhere where something was. */
function isClean(model: string, at: string | null, findings: readonly Finding[]): boolean {
  return findings.every(({ path, where, identifies, original }) => {
    if (at === null ? where === "path" || where === "query" : path === at) return false;
    return identifies !== "strong" || !model.includes(original.reveal());
  });
}

/** Uploads of batches and training hold models in their lines: those are read where they are asked for. */
function isAsked({ destination, operation }: Route, policy: Policy): boolean {
  if (operation !== "inference" && operation !== "embedding") return false;
  if (destination.leaves === "response") return false;
  return destination.recipientsBy?.some(({ models }) => models !== null) === true || rulesAsk(policy);
}

const asking = new WeakMap<Policy, boolean>();

/** A pure memo. */
function rulesAsk(policy: Policy): boolean {
  const known = asking.get(policy);
  if (known !== undefined) return known;
  const asks = policy.rules.some(
    ({ match, when }) => namesModel(match) || (when !== undefined && /\bmodel\b/.test(when)),
  );
  asking.set(policy, asks);
  return asks;
}

function namesModel({ model, any, not }: Match): boolean {
  return model !== undefined || any?.some(namesModel) === true || (not !== undefined && namesModel(not));
}
