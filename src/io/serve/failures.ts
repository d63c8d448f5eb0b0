// How often one address may fail to authenticate. Only failures spend tokens, and a right key is never asked for one:
// a bad neighbour behind the same address locks nobody out.

interface Bucket {
  tokens: number;
  atMs: number;
}

export class Failures {
  readonly #buckets = new Map<string, Bucket>();
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #addressesMax: number;

  /** @param addressesMax the address seen longest ago is forgotten beyond this. */
  constructor(burst: number, perSecond: number, addressesMax: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#addressesMax = addressesMax;
  }

  /** Spends a token. @returns false when the address has none left. */
  spend(address: string, nowMs: number): boolean {
    const bucket = this.#buckets.get(address) ?? { tokens: this.#burst, atMs: nowMs };
    const earned = (Math.max(0, nowMs - bucket.atMs) / 1000) * this.#perSecond;
    bucket.tokens = Math.min(this.#burst, bucket.tokens + earned);
    bucket.atMs = nowMs;
    this.#remember(address, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  get size(): number {
    return this.#buckets.size;
  }

  #remember(address: string, bucket: Bucket): void {
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    if (this.#buckets.size <= this.#addressesMax) return;
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
