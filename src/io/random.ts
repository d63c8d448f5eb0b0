// Randomness and crossing ids. Law: every id takes 80 fresh bits from the system's generator; a pool only saves calls.

import { randomFillSync } from "node:crypto";
import type { CrossingId } from "../words.ts";
import type { Random } from "./ports.ts";

/** Crockford's base32, as ULID has it: sorts like its number. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** All pairs of characters: ten bits a look-up. */
const PAIRS = Array.from({ length: 1024 }, (_, n) => ALPHABET[n >> 5]! + ALPHABET[n & 31]!);
const RANDOM_BYTES = 10;
const POOL_BYTES = RANDOM_BYTES * 800;
const POOLED_MAX = 64;
const SALT_BYTES = 12;

export function createRandom(): Random {
  const pool = Buffer.alloc(POOL_BYTES);
  let used = POOL_BYTES;
  /** Each byte of the pool is handed out once. */
  const take = (count: number): number => {
    if (used + count > POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    used += count;
    return used - count;
  };
  let stampMs = -1;
  let stamp = "";

  return {
    bytes(count) {
      if (count > POOLED_MAX) return randomFillSync(new Uint8Array(count));
      const at = take(count);
      return Uint8Array.from(pool.subarray(at, at + count));
    },
    salt() {
      const at = take(SALT_BYTES);
      return pool.toString("base64url", at, at + SALT_BYTES);
    },
    crossingId(nowMs) {
      if (nowMs !== stampMs) {
        stamp = `dec_${timeOf(nowMs)}`;
        stampMs = nowMs;
      }
      const at = take(RANDOM_BYTES);
      return (stamp + randomOf(pool, at) + randomOf(pool, at + 5)) as CrossingId;
    },
  };
}

/** 48 bits of ms as ten characters. */
function timeOf(ms: number): string {
  let text = "";
  for (let rest = Math.floor(ms), i = 0; i < 5; i++, rest = Math.floor(rest / 1024)) text = PAIRS[rest % 1024]! + text;
  return text;
}

/** Five bytes as eight characters. */
function randomOf(pool: Buffer, at: number): string {
  const [a, b, c, d, e] = [pool[at]!, pool[at + 1]!, pool[at + 2]!, pool[at + 3]!, pool[at + 4]!];
  return (
    PAIRS[(a << 2) | (b >> 6)]! +
    PAIRS[((b & 63) << 4) | (c >> 4)]! +
    PAIRS[((c & 15) << 6) | (d >> 2)]! +
    PAIRS[((d & 3) << 8) | e]!
  );
}
