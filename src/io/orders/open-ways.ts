// Exchanges that are under way, each in a place that it gives back. Law of this file: what has ended is held by
// nothing, not even by a table that is no more. A Set of what comes and goes leaves such tables in the old space, where
// until the next full collection they keep alive what they held: 12 µs of scavenging a crossing.

export class OpenWays<T extends object> {
  readonly #ways: (T | null)[] = [];
  readonly #free: number[] = [];

  /** @returns its place. */
  add(way: T): number {
    const place = this.#free.pop() ?? this.#ways.length;
    this.#ways[place] = way;
    return place;
  }

  /** @param place as `add` has given it, once. */
  remove(place: number): void {
    this.#ways[place] = null;
    this.#free.push(place);
  }

  all(): T[] {
    return this.#ways.filter((way) => way !== null);
  }
}
