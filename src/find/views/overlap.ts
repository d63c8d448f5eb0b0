// Places that lie over one another, in lists that are in order and disjoint. Law: a look costs the logarithm of the
// list, or a hostile text would cost its square.

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** @param places in order, disjoint. @returns the first of them that ends after `start`: its index. */
export function firstEndingAfter<T>(places: readonly T[], start: number, stretchOf: (place: T) => Stretch): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretchOf(places[middle]!).end <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param places in order, disjoint. @returns those that lie over [start, end). */
export function overlapped<T>(places: readonly T[], one: Stretch, stretchOf: (place: T) => Stretch): T[] {
  const found: T[] = [];
  for (let i = firstEndingAfter(places, one.start, stretchOf); i < places.length; i++) {
    if (stretchOf(places[i]!).start >= one.end) break;
    found.push(places[i]!);
  }
  return found;
}

/**
 * All of `first`, and what of `second` lies over none of them; both in order and disjoint, and so is what comes out.
 */
export function joinedWith<T>(
  first: readonly T[],
  second: readonly T[],
  stretchOf: (place: T) => Stretch,
): readonly T[] {
  const more = second.filter((place) => overlapped(first, stretchOf(place), stretchOf).length === 0);
  if (more.length === 0) return first;
  return [...first, ...more].sort((a, b) => stretchOf(a).start - stretchOf(b).start);
}
