// Random choices that a seed repeats (sfc32): the same seed gives the same cases on every machine.

export interface Random {
  /** An integer, both ends included. */
  between(low: number, high: number): number;
  /** True once in n. */
  once(n: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Each of them or not, in their order. */
  some<T>(from: readonly T[]): T[];
}

/** @param seed any integer. */
export function randomOf(seed: number): Random {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed | 0];
  function next(): number {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 2 ** 32;
  }
  for (let i = 0; i < 15; i += 1) next();
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    once: (n) => next() * n < 1,
    pick: (from) => from[between(0, from.length - 1)]!,
    some: (from) => from.filter(() => next() < 0.5),
  };
}
