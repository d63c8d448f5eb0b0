// The answer's way back: originals restored where this exchange minted pseudonyms, else the very bytes.
// Law: a cut answer never ends cleanly; what was minted here, and only that, is restored (law 8).

import { headerOf } from "../flow/headers.ts";
import { outcomeText } from "../record/crossing.ts";
import { createRestorer, type Restorer } from "../restore/restore.ts";
import type { HeaderPairs } from "../words.ts";
import { GateError } from "./errors.ts";
import { type Inflater, inflater } from "./inflate.ts";
import type { Crossing, Settled } from "./perform.ts";
import type { AnswerSink } from "./ports.ts";
import { refuseWith, streamFailure } from "./refuse.ts";
import { withVerdict } from "./verdict.ts";

/** Untrue once the text is restored; the recipient may not speak for the gate either. */
const RESTORING_DROPS: ReadonlySet<string> = new Set([
  "content-length",
  "content-encoding",
  "etag",
  "content-md5",
  "digest",
]);

export interface Answer extends AnswerSink {
  /** The caller went away: the upstream is cancelled elsewhere, the outcome is recorded here. */
  gone(): void;
  /** The caller has read on. */
  drained(): void;
}

/** The upstream's side, as far as the answer's way back steers it. */
export interface Upstream {
  resume(): void;
  abort(): void;
}

export function answerTo(crossing: Crossing, settled: Settled, upstream: Upstream): Answer {
  return new AnswerWay(crossing, settled, upstream);
}

class AnswerWay implements Answer {
  readonly #crossing: Crossing;
  readonly #settled: Settled;
  readonly #upstream: Upstream;
  #restorer: Restorer | null = null;
  #inflater: Inflater | null = null;
  #isStream = false;
  #status: number | null = null;
  #bytesIn = 0;
  #over = false;

  constructor(crossing: Crossing, settled: Settled, upstream: Upstream) {
    this.#crossing = crossing;
    this.#settled = settled;
    this.#upstream = upstream;
  }

  head(status: number, headers: HeaderPairs): void {
    this.#status = status;
    const { minted } = this.#settled.departure!;
    const kind = restorable(headerOf(headers, "content-type"));
    this.#isStream = kind === "sse";
    if (minted.size > 0 && kind !== null) {
      this.#restorer = createRestorer(kind, minted, this.#settled.inspected.route.provider.lanes);
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
    this.#upstream.abort();
    const { reply, world, arrival } = this.#crossing;
    world.telemetry.failed(arrival, known);
    if (!reply.headersSent) return refuseWith(this.#crossing, known.code, known.message.slice(known.code.length + 2));
    if (this.#isStream) reply.data(streamFailure(this.#crossing, this.#settled, known.code));
    reply.destroy();
  }

  gone(): void {
    if (!this.#over) this.#close("caller_gone");
  }

  drained(): void {
    this.#inflater?.resume();
  }

  #startInflating(coding: string): boolean {
    this.#inflater = inflater(coding, {
      data: (chunk) => this.#pass(chunk),
      end: () => this.#finish(),
      fail: (error) => this.fail(error),
      drained: () => this.#upstream.resume(),
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
    const tail = this.#restorer === null ? undefined : this.#guarded((restorer) => restorer.end());
    if (tail === null) return;
    this.#close("answered");
    this.#crossing.reply.end(tail);
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
    const outcome = {
      id: arrival.id,
      t: new Date(world.clock.nowMs()).toISOString(),
      status: this.#status,
      result,
      bytesIn: this.#bytesIn,
      restored: this.#restorer?.restored ?? 0,
      unrestored: this.#restorer?.unrestored ?? 0,
    };
    world.telemetry.answered(this.#crossing, outcome);
    world.ledger.appendSoon(outcomeText(outcome)).catch((error) => world.telemetry.failed(arrival, error));
  }
}

function restorable(contentType: string): "json" | "sse" | "text" | null {
  const media = contentType.split(";", 1)[0]!.trim().toLowerCase();
  if (media === "text/event-stream") return "sse";
  if (media === "application/json" || media.endsWith("+json")) return "json";
  return media.startsWith("text/") || media === "application/x-ndjson" ? "text" : null;
}

/** Names of answers come in any case; those to compare are few, so the first letter is looked at first. */
function keep(headers: HeaderPairs, restoring: boolean): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i]!;
    if (!(restoring || SUSPECT.test(name)) || !isDropped(name.toLowerCase(), restoring))
      kept.push(name, headers[i + 1]!);
  }
  return kept;
}

const SUSPECT = /^[xs]/i;

function isDropped(name: string, restoring: boolean): boolean {
  return name.startsWith("x-yumen-") || name === "server-timing" || (restoring && RESTORING_DROPS.has(name));
}
