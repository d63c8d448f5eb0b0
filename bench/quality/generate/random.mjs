// Chance with a seed. Law of this file: the same seed gives the same corpus on every machine.

/** @param {number} seed @returns {{ below(n: number): number, pick<T>(list: T[]): T, digits(n: number): string,
 * chance(share: number): boolean, of(alphabet: string, n: number): string }} */
export function random(seed) {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  const of = (alphabet, n) => Array.from({ length: n }, () => alphabet[below(alphabet.length)]).join("");
  return {
    below,
    of,
    pick: (list) => list[below(list.length)],
    digits: (n) => of("0123456789", n),
    chance: (share) => next() < share,
  };
}
