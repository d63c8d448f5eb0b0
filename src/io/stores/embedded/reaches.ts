// Who was reached how, interned: a way once, a set of ways once. Law: what a number stands for never changes; a set
// grows into larger ones and forgets nobody whom the gate has sent to: what an opening has stated alone is taken out.

import type { Counted, Way } from "../../../words.ts";

/** Bits of a class. Neither: counted gross only (exempt transfers, CNT-3). */
export const NON_SENSITIVE = 1;
export const SENSITIVE = 2;

/** A way that an opening balance has stated, and not one by which the gate has sent anything. */
export const OPENING = "opening";

/** Every way by which somebody was reached this year. */
export interface Reach {
  /** 0: nobody has been here. */
  readonly id: number;
  /** Class bits over all ways. */
  readonly bits: number;
  readonly ways: readonly Way[];
  /** Class bits over the gate's own ways; null: it has none. */
  readonly sent: number | null;
  /** The same for whoever asks about the person. */
  readonly counted: Counted;
  /** By what is added: nearly always asked for again. */
  readonly larger: Map<string, Reach>;
}

/** No name of a set: those have a way. */
const NOBODY = "\u0002";

export class Reaches {
  readonly #byId: Reach[] = [];
  readonly #byName = new Map<string, Reach>();

  constructor() {
    this.of([]);
  }

  get size(): number {
    return this.#byId.length;
  }

  at(id: number): Reach {
    const reach = this.#byId[id];
    if (reach === undefined) throw new RangeError("a reach that nobody wrote down");
    return reach;
  }

  /** The set with these ways; of ways that are alike but for their class, one with both. */
  of(ways: readonly Way[]): Reach {
    const sorted = [...merged(ways)].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    const name = sorted.map((way) => `${nameOf(way)}\u0000${bitsOf(way)}`).join("\u0001");
    const known = this.#byName.get(name);
    return known ?? this.#made(name, sorted);
  }

  /** Of somebody all of whose ways were taken back. Another one than of whoever has never been here. */
  nobody(): Reach {
    return this.#byName.get(NOBODY) ?? this.#made(NOBODY, []);
  }

  /** The same where anybody is; null: nobody was ever taken back. */
  get noneLeft(): Reach | null {
    return this.#byName.get(NOBODY) ?? null;
  }

  #made(name: string, ways: readonly Way[]): Reach {
    const bits = bitsOfAll(ways);
    const own = ways.filter(({ by }) => by !== OPENING);
    const reach: Reach = {
      id: this.#byId.length,
      bits,
      sent: own.length === 0 ? null : bitsOfAll(own),
      ways: Object.freeze(ways),
      counted: Object.freeze({ ...classesOf(bits), gross: ways.length > 0, ways }),
      larger: new Map(),
    };
    this.#byId.push(reach);
    this.#byName.set(name, reach);
    return reach;
  }

  /** Without what an opening has stated of a recipient in these classes. The same where it has stated nothing. */
  without(reach: Reach, { recipient, nonSensitive, sensitive }: Omit<Way, "by">): Reach {
    const isMeant = (way: Way) =>
      way.by === OPENING &&
      way.recipient === recipient &&
      ((nonSensitive && way.nonSensitive) || (sensitive && way.sensitive));
    if (!reach.ways.some(isMeant)) return reach;
    const left = reach.ways.flatMap((way) => {
      if (!isMeant(way)) return [way];
      const less = { ...way, nonSensitive: way.nonSensitive && !nonSensitive, sensitive: way.sensitive && !sensitive };
      return bitsOf(less) === 0 ? [] : [less];
    });
    return left.length === 0 ? this.nobody() : this.of(left);
  }

  /** With one way more. */
  plus(reach: Reach, way: Way): Reach {
    const name = `${nameOf(way)}\u0000${bitsOf(way)}`;
    let larger = reach.larger.get(name);
    if (larger === undefined) {
      larger = this.of([...reach.ways, way]);
      reach.larger.set(name, larger);
    }
    return larger;
  }

  union(a: Reach, b: Reach): Reach {
    return a === b ? a : b.ways.reduce((all, way) => this.plus(all, way), a);
  }
}

/** Class bits of all that came into the hands of these recipients. Whose hands are not known may be theirs. */
export function bitsThrough({ ways }: Reach, recipients: readonly string[]): number {
  let bits = 0;
  for (const way of ways) if (way.recipient === null || recipients.includes(way.recipient)) bits |= bitsOf(way);
  return bits;
}

export function bitsOf({ nonSensitive, sensitive }: Pick<Way, "nonSensitive" | "sensitive">): number {
  return (nonSensitive ? NON_SENSITIVE : 0) | (sensitive ? SENSITIVE : 0);
}

export function classesOf(bits: number): Pick<Way, "nonSensitive" | "sensitive"> {
  return { nonSensitive: (bits & NON_SENSITIVE) !== 0, sensitive: (bits & SENSITIVE) !== 0 };
}

function bitsOfAll(ways: readonly Way[]): number {
  return ways.reduce((all, way) => all | bitsOf(way), 0);
}

function nameOf({ recipient, by }: Way): string {
  return `${recipient ?? ""}\u0000${by ?? ""}`;
}

function merged(ways: readonly Way[]): Iterable<Way> {
  const byName = new Map<string, Way>();
  for (const { recipient, by, nonSensitive, sensitive } of ways) {
    const way = { recipient, by, nonSensitive, sensitive };
    const before = byName.get(nameOf(way));
    const bits = bitsOf(way) | (before === undefined ? 0 : bitsOf(before));
    byName.set(nameOf(way), Object.freeze({ ...way, ...classesOf(bits) }));
  }
  return byName.values();
}
