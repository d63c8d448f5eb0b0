// One large body, read by a thread: the main thread's part. Law: facts → admit → record durable, as in perform.ts; no
// turn of the loop does more than one page of it.

import type { KeyObject } from "node:crypto";
import { hold } from "../../decode/original.ts";
import { PROVIDERS } from "../../decode/providers/all.ts";
import { route } from "../../flow/route.ts";
import type { Leg, Stopped } from "../../gate.ts";
import { beijingDate, beijingYear } from "../../law/year.ts";
import type { Admission, Counts, Minted, Newcomer, Original, PersonKey } from "../../words.ts";
import { ANSWER_LEAVES } from "../dry-run/look.ts";
import type { Foretold } from "../dry-run/tell.ts";
import { GateError } from "../errors.ts";
import { type Asked, type Crossing, JUDGINGS_MAX, type Settled } from "../perform.ts";
import { loadFacts } from "../punctual.ts";
import type { CarriedPolicy } from "./carried.ts";
import { limitMsOf } from "./heft.ts";
import type { Answers, Asks, Identifiers, JudgedThere, Seen, Work } from "./messages.ts";
import { callerGone, type ReadingThread } from "./threads.ts";

export interface ReadingOptions {
  readonly bytes: number;
  readonly gone: AbortSignal;
  /** The secret that a year is counted under. */
  secretOf(exporter: string, year: number): KeyObject;
}

interface SettledThere {
  readonly judged: JudgedThere;
  readonly counts: Counts;
  readonly added: readonly Newcomer[];
  /** In which it is counted. */
  readonly year: number;
}

type AdmittedThere =
  | { readonly ok: true; readonly counts: Counts; readonly toName: readonly Newcomer[] }
  | { readonly ok: false };

export class Reading {
  readonly #crossing: Crossing;
  readonly #thread: ReadingThread;
  readonly #secretOf: ReadingOptions["secretOf"];
  readonly #gone: AbortSignal;
  readonly #limitMs: number;
  #committed = false;
  readonly #cancel = (): void => this.#thread.cancel(callerGone());

  constructor(crossing: Crossing, thread: ReadingThread, { bytes, gone, secretOf }: ReadingOptions) {
    this.#crossing = crossing;
    this.#thread = thread;
    this.#gone = gone;
    this.#secretOf = secretOf;
    this.#limitMs = limitMsOf(bytes);
    gone.addEventListener("abort", this.#cancel);
  }

  /** From here on the caller's leaving cancels nothing: people are counted, an entry is written. */
  #commit(): void {
    if (this.#gone.aborted) throw callerGone();
    this.close();
    this.#committed = true;
  }

  close(): void {
    this.#gone.removeEventListener("abort", this.#cancel);
  }

  /**
   * The memory of the body that leaves goes to the thread. A request that is answered from here is only copied: its
   * length is recorded with the answer.
   * @param policy absent: the thread knows it.
   */
  inspect(policy: CarriedPolicy | undefined, leg: Leg | undefined): Promise<Stopped | Seen> {
    const { arrival, policy: mine } = this.#crossing;
    const under = { hash: mine.hash, ...(policy === undefined ? {} : { policy }) };
    if (leg !== undefined) {
      const body = owned(leg.body);
      return this.#ask("inspect", { arrival, leg: { ...leg, body }, ...under }, [body.buffer as ArrayBuffer]);
    }
    const isAnswered = mine.destinations.get(arrival.destination)?.leaves === "response";
    if (isAnswered) return this.#ask("inspect", { arrival, ...under });
    const body = owned(arrival.body);
    return this.#ask("inspect", { arrival: { ...arrival, body }, ...under }, [body.buffer as ArrayBuffer]);
  }

  /** What the body holds once the files that stopped it are opened; the stop, where none did or none can be. */
  async opened(first: Stopped | Seen): Promise<Stopped | Seen> {
    const { world, policy, arrival } = this.#crossing;
    if (!("stopped" in first) || !("enclosed" in first.stopped) || world.files === undefined) return first;
    const { bodyBytesMax } = policy.destinations.get(arrival.destination)!.limits;
    const files = await world.files.open(first.stopped.enclosed!, bodyBytesMax, this.#gone);
    if ("code" in files) return { stopped: files };
    return this.#ask(
      "opened",
      files.map(({ parts }) => parts),
    );
  }

  /** Where it wants to go, and what was read of it, unjudged. */
  asked(seen: Seen): Asked {
    const { arrival, policy } = this.#crossing;
    const way = route(arrival, policy, PROVIDERS);
    if ("code" in way) throw new GateError("internal", "the threads do not agree on the route");
    return { arrival, route: way, headers: seen.headers };
  }

  body(): Promise<Uint8Array> {
    return this.#ask("body", null);
  }

  /** Judged once, for a dry run: nobody is counted, and until it is told the caller's leaving cancels it. */
  async tried(seen: Seen): Promise<Foretold | Stopped> {
    if (seen.flow.leaves === "response") return ANSWER_LEAVES;
    const facts = await this.#facts(seen, seen.identifiers);
    const countSecret = this.#secretOf(seen.handler, seen.flow.year);
    await this.#ask("judge", { ...facts, countSecret });
    return this.#ask("tell", { counts: facts.counts });
  }

  /** Law 1: when it resolves, whoever is new is counted and the decision entry is durable. */
  async recorded(seen: Seen): Promise<Settled> {
    const { judged, counts, added, year } = await this.#settled(seen);
    const { ledger, people, random, telemetry } = this.#crossing.world;
    const trace = telemetry.traceId();
    const { decision, parts, body } = await this.#ask("record", { counts, salt: random.salt(), trace });
    // all that the thread knows is here before the entry says that it leaves
    const departure = body === null ? null : { body, minted: await this.#minted(judged.minted) };
    // the parts before the decision that names them, as in perform.ts
    for await (const texts of this.#pages("parts", parts)) await Promise.all(texts.map((text) => ledger.append(text)));
    await ledger.append(decision);
    this.#crossing.recorded = true;
    if (added.length > 0) people.named(seen.handler, year, { people: added });
    const findings = judged.kinds.flatMap(([type, n]) => new Array<{ readonly type: string }>(n).fill({ type }));
    return {
      inspected: this.asked(seen),
      recipient: seen.ask.recipient,
      case: { flow: seen.flow, findings, individuals: { length: judged.individuals } },
      decision: judged.decision,
      departure,
    };
  }

  async #settled(arrived: Seen): Promise<SettledThere> {
    const { clock } = this.#crossing.world;
    let seen = arrived;
    let identifiers = seen.identifiers;
    for (let round = 1; round <= JUDGINGS_MAX; round++) {
      const nowMs = clock.nowMs();
      const late = beijingYear(nowMs) > seen.flow.year ? { atMs: nowMs } : {};
      if ("atMs" in late) seen = inYear(seen, beijingYear(nowMs));
      const facts = await this.#facts(seen, identifiers);
      const countSecret = this.#secretOf(seen.handler, seen.flow.year);
      const judged = await this.#ask("judge", { ...facts, countSecret, ...late });
      this.#commit();
      const admission = await this.#admitted(seen, judged, facts.counts, nowMs);
      // over midnight: counted in the old year, and judged again in the new one (new-year.ts)
      if (admission.ok && beijingYear(clock.nowMs()) <= seen.flow.year) {
        await this.#added(admission.toName);
        return { judged, counts: admission.counts, added: admission.toName, year: seen.flow.year };
      }
      identifiers = await this.#ask("again", null);
    }
    throw new GateError("store_unavailable", "the yearly count moved faster than it could be judged");
  }

  async #admitted(seen: Seen, judged: JudgedThere, counts: Counts, nowMs: number): Promise<AdmittedThere> {
    if (judged.strangers === 0) return { ok: true, counts, toName: [] };
    const { people } = this.#crossing.world;
    const strangers = await this.#strangers(judged.strangers);
    const at = { day: beijingDate(nowMs), scopes: seen.ask.scopes };
    const { limit } = judged.decision.legal;
    const { handler, flow } = seen;
    const { ok, counts: after } = await people.admit(handler, flow.year, strangers, limit, at);
    const toName = (): readonly Newcomer[] =>
      people.toName(
        handler,
        flow.year,
        strangers.map(({ key }) => key),
      );
    return ok ? { ok, counts: after, toName: toName() } : { ok };
  }

  async #strangers(count: number): Promise<readonly Admission[]> {
    const strangers: Admission[] = [];
    for await (const page of this.#pages("strangers", count)) strangers.push(...page);
    return strangers;
  }

  /** Page by page: as new as its first page says, each person as new or newer. */
  async #facts(seen: Seen, identifiers: Identifiers): Promise<Omit<Asks["judge"], "countSecret">> {
    const load = (page: readonly PersonKey[]) => loadFacts(this.#crossing.world, { ...seen.ask, identifiers: page });
    let { page, isLast } = identifiers;
    let facts = await load(page);
    const { asOf } = facts;
    let { stale } = facts;
    while (!isLast) {
      ({ page, isLast } = await this.#ask("facts", { people: [...facts.people] }));
      facts = await load(page);
      stale ||= facts.stale;
    }
    return { people: [...facts.people], counts: facts.counts, asOf, stale, orders: facts.orders };
  }

  async #added(people: readonly Newcomer[]): Promise<void> {
    const page = 2_000;
    for (let from = 0; from < people.length; from += page) await this.#ask("added", people.slice(from, from + page));
  }

  async #minted(count: number): Promise<Minted> {
    const minted = new Map<string, Original>();
    for await (const page of this.#pages("minted", count))
      for (const [standIn, text] of page) minted.set(standIn, hold(text));
    return minted;
  }

  async *#pages<W extends "strangers" | "parts" | "minted">(work: W, count: number): AsyncGenerator<Answers[W]> {
    for (let from = 0; from < count; ) {
      const page = await this.#ask(work, { from } as Asks[W]);
      if (page.length === 0) throw new GateError("internal", "a page is missing");
      from += page.length;
      yield page;
    }
  }

  async #ask<W extends Work>(work: W, ask: Asks[W], handed: readonly ArrayBuffer[] = []): Promise<Answers[W]> {
    if (this.#gone.aborted && !this.#committed) throw callerGone();
    const answer = await this.#thread.ask(work, ask, this.#limitMs, handed);
    // node takes messages in as long as there are any: between two of ours everybody else has a turn
    await new Promise((resolve) => setImmediate(resolve));
    return answer;
  }
}

function inYear(seen: Seen, year: number): Seen {
  return { ...seen, flow: { ...seen.flow, year }, ask: { ...seen.ask, year } };
}

/** Memory of its own, so that it can be handed over: what node pools, or somebody else looks at, is copied. */
export function owned(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.prototype.slice.call(bytes);
}
