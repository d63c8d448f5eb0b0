// The answer's way back: originals restored where this exchange minted pseudonyms, else the very bytes.
// Law: a cut answer never ends cleanly; what was minted here, and only that, is restored (law 8).

import type { HeldWay } from "../decide/holds.ts";
import { headerOf } from "../flow/headers.ts";
import { isoInstant } from "../law/year.ts";
import { outcomeText } from "../record/crossing.ts";
import { createRestorer, type Restorer } from "../restore/restore.ts";
import type { HeaderPairs } from "../words.ts";
import { GateError } from "./errors.ts";
import { LIGHT_BYTES } from "./heavy/heft.ts";
import { type Inflater, inflater } from "./inflate.ts";
import type { Against, OpenWay } from "./orders/standing.ts";
import type { Crossing, Settled } from "./perform.ts";
import type { AnswerSink, DialHandle } from "./ports.ts";
import { refuseWith, streamFailure } from "./refuse.ts";
import { withVerdict } from "./verdict.ts";

const AGAINST: Readonly<Record<Against["of"], string>> = {
  hold: "ordered to stop",
  duty: "a duty that shuts this way is overdue",
  release: "the release that let it go has ended",
};

/** Untrue once the text is restored; the recipient may not speak for the gate either. */
const RESTORING_DROPS: ReadonlySet<string> = new Set([
  "content-length",
  "content-encoding",
  "etag",
  "content-md5",
  "digest",
]);

/** What the dialer tells of an answer goes in here, what the caller may see of it comes out at its reply. */
export class AnswerWay implements AnswerSink, OpenWay {
  readonly #crossing: Crossing;
  readonly #settled: Settled;
  #upstream: DialHandle | null = null;
  #restorer: Restorer | null = null;
  /** What was put back: the restorer's, or the thread's that did its work. */
  #tally: Pick<Restorer, "restored" | "unrestored"> | null = null;
  #inflater: Inflater | null = null;
  #contentType = "";
  #status: number | null = null;
  #bytesIn = 0;
  #over = false;
  /** Among what is under way; -1: not there. */
  #place = -1;

  constructor(crossing: Crossing, settled: Settled) {
    this.#crossing = crossing;
    this.#settled = settled;
  }

  /** From here on the caller's leaving cancels the upstream, and its reading on lets it go on. */
  dialed(upstream: DialHandle): void {
    const { reply, world } = this.#crossing;
    this.#upstream = upstream;
    if (!this.#over) this.#place = world.orders?.opened(this) ?? -1;
    reply.onClose(() => this.gone());
    reply.onDrain(() => this.#drained());
  }

  head(status: number, headers: HeaderPairs): void {
    this.#status = status;
    const { minted } = this.#settled.departure!;
    this.#contentType = headerOf(headers, "content-type");
    if (minted.size > 0 && isFramed(this.#contentType))
      return this.fail(new GateError("answer_unreadable", "nothing can be put back into binary frames"));
    const kind = minted.size > 0 ? restorable(this.#contentType) : null;
    if (kind !== null) {
      this.#restorer = createRestorer(kind, minted, this.#settled.inspected.route.provider.lanes);
      this.#tally = this.#restorer;
      const coding = headerOf(headers, "content-encoding");
      if (coding !== "" && coding !== "identity" && !this.#startInflating(coding)) return;
    }
    const kept = keep(headers, this.#restorer !== null);
    this.#crossing.reply.head(status, withVerdict(kept, this.#crossing, this.#settled));
  }

  data(chunk: Uint8Array): boolean {
    this.#bytesIn += chunk.byteLength;
    if (this.#over) return true;
    if (this.#inflater !== null) return this.#inflater.write(chunk);
    return this.#pass(chunk);
  }

  end(): void {
    if (this.#over) return;
    // an empty answer may be labelled as coded: there is nothing to undo
    if (this.#inflater !== null && this.#bytesIn > 0) this.#inflater.end();
    else this.#finish();
  }

  /**
   * A stream gets the dialect's error event, then an abnormal end; an answer not yet begun gets a status of its own.
   */
  fail(error: Error): void {
    if (this.#over) return;
    const known = error instanceof GateError ? error : new GateError("internal", "the gate failed", { cause: error });
    this.#close(known.code);
    this.#upstream?.abort();
    const { reply, world, arrival } = this.#crossing;
    world.telemetry.failed(arrival, known);
    if (!reply.headersSent) return refuseWith(this.#crossing, known.code, known.message.slice(known.code.length + 2));
    if (restorable(this.#contentType) === "sse") reply.data(streamFailure(this.#crossing, this.#settled, known.code));
    reply.destroy();
  }

  /** The way was ordered to stop. */
  shut(): void {
    this.fail(new GateError("way_suspended", AGAINST.hold));
  }

  /** The last look, once more when the connection stands: what was ordered meanwhile ends it here. */
  leaving(): boolean {
    if (this.#over) return false;
    const against = this.#crossing.world.orders?.over(() => this.heldWay(), this.#settled.decision) ?? null;
    if (against !== null) this.fail(new GateError("way_suspended", AGAINST[against.of]));
    return against === null;
  }

  heldWay(): HeldWay {
    const { recipient: elsewhere, case: it, inspected } = this.#settled;
    const { exporter, purpose, recipient = elsewhere ?? "" } = it.flow;
    const handler = this.#crossing.policy.exporters.get(exporter)?.handler ?? exporter;
    const { policy } = this.#crossing;
    return { exporter, handler, recipient, purpose, destination: inspected.route.destination.id, policy };
  }

  /** The caller went away. */
  gone(): void {
    this.#upstream?.abort();
    if (!this.#over) this.#close("caller_gone");
  }

  #drained(): void {
    this.#inflater?.resume();
    this.#upstream?.resume();
  }

  #startInflating(coding: string): boolean {
    this.#inflater = inflater(coding, {
      data: (chunk) => this.#pass(chunk),
      end: () => this.#finish(),
      fail: (error) => this.fail(error),
      drained: () => this.#upstream?.resume(),
    });
    if (this.#inflater === null) this.fail(new GateError("answer_unreadable", `content-encoding of the answer`));
    return this.#inflater !== null;
  }

  #pass(chunk: Uint8Array): boolean {
    if (this.#over) return true;
    const text = this.#restorer === null ? chunk : this.#guarded((restorer) => restorer.feed(chunk));
    return text === null || text.byteLength === 0 || this.#crossing.reply.data(text);
  }

  #finish(): void {
    if (this.#over) return;
    const whole = this.#crossing.world.heavy === undefined ? null : (this.#restorer?.takeWhole(LIGHT_BYTES) ?? null);
    if (whole !== null) return void this.#restoreElsewhere(whole);
    const tail = this.#restorer === null ? undefined : this.#guarded((restorer) => restorer.end());
    if (tail === null) return;
    this.#close("answered");
    this.#crossing.reply.end(tail);
  }

  /** A large answer is restored in a thread, like a large request is read. */
  async #restoreElsewhere(whole: Uint8Array): Promise<void> {
    const { world, reply } = this.#crossing;
    const { departure, inspected } = this.#settled;
    const gone = new AbortController();
    reply.onClose(() => {
      gone.abort();
      this.gone();
    });
    try {
      const tally = await world.heavy!.restore(inspected.route.provider.id, departure!.minted, whole, gone.signal);
      if (this.#over) return;
      this.#tally = tally;
      this.#close("answered");
      reply.end(tally.body);
    } catch (error) {
      this.fail(error as Error);
    }
  }

  /** A restorer that gives up (an answer over its cap) fails the answer; it never throws into the dialer. */
  #guarded(step: (restorer: Restorer) => Uint8Array): Uint8Array | null {
    try {
      return step(this.#restorer!);
    } catch (cause) {
      this.fail(new GateError("answer_unreadable", "the answer cannot be restored", { cause }));
      return null;
    }
  }

  #close(result: string): void {
    this.#over = true;
    const { world, arrival } = this.#crossing;
    if (this.#place >= 0) world.orders?.closed(this.#place);
    this.#place = -1;
    const outcome = {
      id: arrival.id,
      t: isoInstant(world.clock.nowMs()),
      status: this.#status,
      result,
      bytesIn: this.#bytesIn,
      restored: this.#tally?.restored ?? 0,
      unrestored: this.#tally?.unrestored ?? 0,
    };
    world.telemetry.answered(this.#crossing, outcome);
    world.ledger.appendSoon(outcomeText(outcome)).catch((error) => world.telemetry.failed(arrival, error));
  }
}

function restorable(contentType: string): "json" | "sse" | "ndjson" | "text" | null {
  const media = contentType.split(";", 1)[0]!.trim().toLowerCase();
  if (media === "text/event-stream") return "sse";
  if (LINES.has(media)) return "ndjson";
  if (media === "application/json" || media.endsWith("+json")) return "json";
  return media.startsWith("text/") ? "text" : null;
}

/** Lengths and checksums stand around every text: pseudonyms in it would reach the caller as if they were text. */
function isFramed(contentType: string): boolean {
  return /^application\/vnd\.amazon\.eventstream\b/i.test(contentType.trim());
}

/** A JSON document a line. */
const LINES: ReadonlySet<string> = new Set([
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/stream+json",
]);

/** Names of answers come in any case; those to compare are few, so the first letter is looked at first. */
function keep(headers: HeaderPairs, restoring: boolean): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i]!;
    if (!(restoring || isSuspect(name.charCodeAt(0))) || !isDropped(name.toLowerCase(), restoring))
      kept.push(name, headers[i + 1]!);
  }
  return kept;
}

/** s, S, x, X. */
function isSuspect(first: number): boolean {
  return (first | 0x20) === 0x73 || (first | 0x20) === 0x78;
}

function isDropped(name: string, restoring: boolean): boolean {
  return name.startsWith("x-yumen-") || name === "server-timing" || (restoring && RESTORING_DROPS.has(name));
}
