// One look of a draft at a crossing. Law: a body is read again only where the draft would read it otherwise; whatever
// policy may change about whom, where to and what for is asked of the draft.

import { isDeepStrictEqual } from "node:util";
import { PROVIDERS } from "../decode/providers/all.ts";
import { askOf } from "../flow/ask.ts";
import { trace } from "../flow/flow.ts";
import { route } from "../flow/route.ts";
import { type Inspected, inspect, judge, READERS, type Stopped } from "../gate.ts";
import type { Arrival, Facts, Keys, Policy } from "../words.ts";
import type { FactsLoader } from "./ports.ts";

/** What would be done, and with whom. */
export interface Verdict {
  readonly action: string;
  readonly would: string | null;
  readonly rule: string;
  readonly recipient: string;
}

export interface LookParts {
  /** The draft: read once a crossing. */
  draft(): Policy;
  readonly keys: Keys;
  readonly facts: FactsLoader;
}

/** What a look has found, and how long the thread was at it: waiting for the facts is not in it. */
export interface Looked {
  readonly found: Verdict | "files" | "failed";
  readonly ms: number;
}

/**
 * The two pure halves under the draft, with the facts as they stand now: the crossing is counted by then.
 * Throws nothing.
 * @param read what the gate has read of it; undefined: only the arrival is at hand.
 */
export async function lookAt(arrival: Arrival, read: Inspected | undefined, parts: LookParts): Promise<Looked> {
  let fromMs = performance.now();
  let ms = 0;
  try {
    const inspected = inspectedUnder(parts.draft(), arrival, read, parts.keys);
    ms = performance.now() - fromMs;
    if ("stopped" in inspected) return { found: stoppedAt(inspected), ms };
    const loaded: Facts = await parts.facts.load(inspected.ask);
    fromMs = performance.now();
    const { action, would, rule } = judge(inspected, loaded, parts.keys).decision;
    const found = { action, would, rule, recipient: inspected.flow.recipient };
    return { found, ms: ms + performance.now() - fromMs };
  } catch {
    return { found: "failed", ms: ms + performance.now() - fromMs };
  }
}

function inspectedUnder(draft: Policy, arrival: Arrival, read: Inspected | undefined, keys: Keys): Inspected | Stopped {
  return read !== undefined && readsAlike(read.policy, draft, arrival.destination)
    ? traced(read, draft, keys)
    : inspect({ ...arrival, repeated: false }, draft, keys);
}

function stoppedAt({ stopped }: Stopped): Verdict | "files" {
  if ("enclosed" in stopped && stopped.enclosed !== undefined) return "files";
  return { action: "block", would: null, rule: stopped.code, recipient: "" };
}

/** What decode and find have found stands; who sends, to whom and what for is the draft's to say. */
function traced(read: Inspected, draft: Policy, keys: Keys): Inspected | Stopped {
  const { arrival, doc, findings } = read;
  const way = route(arrival, draft, PROVIDERS);
  if ("code" in way) return { stopped: way };
  const flow = trace(arrival, way, doc, findings, draft, keys, READERS);
  if ("code" in flow) return { stopped: flow };
  const ask = askOf(flow, draft);
  return { ...read, policy: draft, route: way, flow, handler: ask.exporter, ask };
}

const alike = new WeakMap<Policy, WeakMap<Policy, Map<string, boolean>>>();

/** Whether both policies read the same out of what goes to that destination. Asked once a destination. */
function readsAlike(policy: Policy, draft: Policy, destination: string): boolean {
  const drafts = alike.get(policy) ?? new WeakMap<Policy, Map<string, boolean>>();
  const known = drafts.get(draft) ?? new Map<string, boolean>();
  const before = known.get(destination);
  if (before !== undefined) return before;
  const [ours, theirs] = [policy.destinations.get(destination), draft.destinations.get(destination)];
  const same = policy.profile === draft.profile && policy.names === draft.names && isDeepStrictEqual(ours, theirs);
  alike.set(policy, drafts.set(draft, known.set(destination, same)));
  return same;
}
