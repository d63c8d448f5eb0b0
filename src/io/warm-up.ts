// Runs synthetic crossings through the pure halves before the gate listens: the first 5–10 thousand requests otherwise
// cost 2–8 × (design.md §4). Law: nothing is recorded, counted or sent.

import { inspect, judge } from "../gate.ts";
import type { Arrival, Facts } from "../words.ts";
import type { World } from "./perform.ts";

const ROUNDS = 1_500;
/** Before the gate listens: a restart is worth more than a warm start. */
const BEFORE_MS = 20;
/** Afterwards, a little at a time, so that no request waits for it. */
const SLICES = 80;
const SLICE_MS = 3;
const PAUSE_MS = 10;
const TEXTS = [
  "Summarise the meeting in three bullet points, please. 下周二上午十点开会。",
  "客户电话 13800138000，邮箱 a.b@example.com，请写一条回访短信。",
  "身份证 11010519491231002X\\n订单 20260512103000123456 \\u624b\\u673a",
];

type Warm = Pick<World, "policy" | "keys" | "random" | "clock">;

/** Goes on once the gate listens, in slices; never holds the process open. */
export function keepWarming(world: Warm, slices = SLICES): void {
  if (slices === 0) return;
  setTimeout(() => {
    try {
      warmUp(world, SLICE_MS);
      keepWarming(world, slices - 1);
    } catch {
      // a cold gate is a slow gate, no more
    }
  }, PAUSE_MS).unref();
}

/** Touches every policy destination with each text, as often as the budget allows. */
export function warmUp({ policy, keys, random, clock }: Warm, budgetMs = BEFORE_MS): void {
  const current = policy();
  const destinations = [...current.destinations.keys()];
  const caller = [...current.callers.values()][0];
  if (caller === undefined || destinations.length === 0) return;
  const untilMs = performance.now() + budgetMs;
  for (let i = 0; i < ROUNDS && performance.now() < untilMs; i++) {
    const text = TEXTS[i % TEXTS.length]!;
    const arrival: Arrival = {
      id: random.crossingId(clock.nowMs()),
      atMs: clock.nowMs(),
      method: "POST",
      target: "/v1/chat/completions",
      destination: destinations[i % destinations.length]!,
      headers: ["content-type", "application/json", "user-agent", "yumen-warm-up"],
      body: Buffer.from(`{"model":"warm-up","messages":[{"role":"user","content":"${text}"}],"n":${i}}`),
      contentType: "application/json",
      contentEncoding: "",
      caller: caller.id,
      asserted: { subject: null, purpose: null, conversation: null, exporter: null },
      language: "zh",
    };
    const inspected = inspect(arrival, current, keys);
    if (!("stopped" in inspected)) judge(inspected, NOBODY, keys);
  }
}

const NOBODY: Facts = {
  people: new Map(),
  counts: { nonSensitive: 0, sensitive: 0, gross: 0 },
  asOf: "",
  stale: false,
};
