// A stream of events, restored, however they are framed. Law: each event leaves as soon as it is complete
// (litellm-29134); events without anything of ours leave as the bytes they came in; what a lane holds leaves before the
// event that ends it (cloakpipe-tail).

import type { LaneShape, StreamEvent } from "../words.ts";
import type { EventData, Framing } from "./framing.ts";
import { decodeUtf8, encode, isNested, parse, stringEdits } from "./json.ts";
import { decodeString, type JsonString, jsonStrings, readPointer } from "./json-strings.ts";
import type { StandIns } from "./stand-ins.ts";
import { type Edit, inJson, Lane, type Tally, wholeEdits } from "./text.ts";

const DONE = "[DONE]";
const NOTHING = new Uint8Array(0);
/** Below the first level these carry what SDKs join over events: said twice, they would double. */
const SAID_ONCE = /^\/.+\/(?:id|name)$/;

type Ends = ReturnType<LaneShape["ends"]>;

interface Track {
  readonly lane: Lane;
  /** An event like the last one of this lane, with other text in it. */
  again: (text: string) => string;
}

export class EventStream {
  readonly #standIns: StandIns;
  readonly #tally: Tally;
  readonly #shape: LaneShape;
  readonly #framing: Framing;
  readonly #tracks = new Map<string, Track>();
  /** Lanes that must see their next text. Kept, not searched for: a hostile stream may open a lane an event. */
  readonly #busy = new Set<string>();

  constructor(standIns: StandIns, tally: Tally, shape: LaneShape, framing: Framing) {
    this.#standIns = standIns;
    this.#tally = tally;
    this.#shape = shape;
    this.#framing = framing;
  }

  feed(chunk: Uint8Array): Uint8Array {
    const blocks = this.#framing.feed(chunk);
    return join(blocks.map((block) => this.#restore(block, false)));
  }

  /** The last event may lack its blank line; whatever is held is let go in front of it. */
  end(): Uint8Array {
    const rest = this.#framing.rest();
    const last = rest.length === 0 ? NOTHING : this.#restore(rest, true);
    return join([encode(this.#flush("all")), last]);
  }

  #restore(block: Uint8Array, isLast: boolean): Uint8Array {
    if (this.#busy.size === 0 && !this.#standIns.suspect(block)) return block;
    const text = decodeUtf8(block);
    const event = text === null ? null : this.#framing.read(text);
    if (event === null) return block;
    if (event.data === DONE) return join([encode(this.#flush("all")), block]);
    const parsed = parse(event.data);
    if (parsed !== null) return this.#restoreJson(block, event, parsed.value, isLast);
    // Not JSON: text, unless it is a JSON cut off by the end.
    const edits = isLast ? [] : wholeEdits(this.#standIns, this.#tally, event.data, false);
    return edits.length === 0 ? block : encode(event.edited(edits));
  }

  #restoreJson(block: Uint8Array, event: EventData, value: unknown, isLast: boolean): Uint8Array {
    const seen: StreamEvent = { read: (pointer) => readPointer(value, pointer) };
    const ends = isLast ? "all" : this.#shape.ends(seen);
    const strings = jsonStrings(event.data);
    const edits = strings.flatMap((at) => this.#stringEdits(event, strings, seen, at, ends));
    const before = this.#flush(ends);
    const bytes = edits.length === 0 ? block : encode(event.edited(edits));
    return before === "" ? bytes : join([encode(before), bytes]);
  }

  #stringEdits(
    event: EventData,
    strings: readonly JsonString[],
    seen: StreamEvent,
    at: JsonString,
    ends: Ends,
  ): readonly Edit[] {
    const pointer = at.pointer();
    const name = at.isKey ? null : this.#shape.lane(seen, pointer);
    const nested = !at.isKey && isNested(this.#shape, seen, pointer);
    if (name === null) return stringEdits(this.#standIns, this.#tally, event.data, at, nested);
    const track = this.#track(name, nested);
    const raw = event.data.slice(at.start, at.end);
    const text = decodeString(raw);
    const restored = track.lane.feed(text, isEnded(name, ends));
    if (track.lane.busy) this.#busy.add(name);
    else this.#busy.delete(name);
    if (track.lane.holds) track.again = (held) => this.#again(event, strings, seen, at, held);
    return restored === text ? [] : [{ start: at.start, end: at.end, text: inJson(restored) }];
  }

  /** The event once more, with `text` where the lane's string was and nothing else that a client would join. */
  #again(event: EventData, strings: readonly JsonString[], seen: StreamEvent, lane: JsonString, text: string): string {
    const edits: Edit[] = [];
    for (const at of strings) {
      if (at === lane) edits.push({ start: at.start, end: at.end, text: inJson(text) });
      else if (!at.isKey && (SAID_ONCE.test(at.pointer()) || this.#shape.lane(seen, at.pointer()) !== null)) {
        edits.push({ start: at.start, end: at.end, text: "" });
      }
    }
    return (event.again ?? event.edited)(edits);
  }

  #track(name: string, nested: boolean): Track {
    let track = this.#tracks.get(name);
    if (track === undefined) {
      track = { lane: new Lane(this.#standIns, this.#tally, nested), again: () => "" };
      this.#tracks.set(name, track);
    }
    return track;
  }

  /** Lets go of what ended lanes hold. The lanes are forgotten: a later one of the same name begins anew. */
  #flush(ends: Ends): string {
    if (ends === "none") return "";
    let out = "";
    for (const [name, track] of this.#tracks) {
      if (!isEnded(name, ends)) continue;
      if (track.lane.holds) out += track.again(track.lane.feed("", true));
      this.#tracks.delete(name);
      this.#busy.delete(name);
    }
    return out;
  }
}

function isEnded(name: string, ends: Ends): boolean {
  if (typeof ends === "string") return ends === "all";
  return ends.some((ended) => name === ended || name.startsWith(`${ended}/`));
}

/** The parts as one; a single part is not copied, neighbouring views of one chunk become one view again. */
function join(parts: readonly Uint8Array[]): Uint8Array {
  const merged: Uint8Array[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part.length === 0) continue;
    if (last !== undefined && last.buffer === part.buffer && last.byteOffset + last.length === part.byteOffset) {
      merged[merged.length - 1] = new Uint8Array(last.buffer, last.byteOffset, last.length + part.length);
    } else merged.push(part);
  }
  return merged.length === 1 ? merged[0]! : Buffer.concat(merged);
}
