// What a webhook's body says, as lines of a bulk. Law: a word that is neither yes nor no changes nothing; one that
// means no withdraws; what nobody gave a meaning to in the configuration is left alone.

import { createMapper, type Mapped } from "../mapping/apply.ts";
import type { SourceConfig } from "./config.ts";
import { oneTrust } from "./onetrust.ts";
import { segment } from "./segment.ts";

/** @returns lines as a bulk has them, or faults of the mapping. */
export type ReadHook = (body: unknown, nowMs: number) => readonly Mapped[];

export function hookReader(config: SourceConfig): ReadHook {
  switch (config.shape) {
    case "generic":
      return generic(createMapper(config.mapping));
    case "onetrust":
      return (body) => itemsOf(body).flatMap((item) => oneTrust(item, config));
    case "segment":
      return (body) => batchOf(body).flatMap((item) => segment(item, config));
  }
}

function generic(apply: (record: unknown, nowMs: number) => Mapped): ReadHook {
  return (body, nowMs) => itemsOf(body).map((item) => apply(item, nowMs));
}

function itemsOf(body: unknown): readonly unknown[] {
  return Array.isArray(body) ? body : [body];
}

/** `{batch}`: as the Tracking API takes it, of whoever forwards that. */
function batchOf(body: unknown): readonly unknown[] {
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  const batch = isObject ? (body as { batch?: unknown }).batch : undefined;
  return Array.isArray(batch) ? batch : itemsOf(body);
}
