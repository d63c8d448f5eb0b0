// One entry of a zip, unpacked. Law: exactly the bytes that its directory promises, from all the bytes it has, within
// the budget.

import { crc32, inflateRawSync } from "node:zlib";
import { broken } from "../broken.ts";
import type { Budget } from "../budget.ts";
import type { Entry } from "./directory.ts";

const STORED = 0;
const DEFLATED = 8;

/** @returns null: packed in a way that nobody undoes here, or encrypted. Throws Broken, Refused. */
export function unpack({ method, encrypted, packed, bytes, crc }: Entry, budget: Budget): Buffer | null {
  if (encrypted || (method !== STORED && method !== DEFLATED)) return null;
  if (bytes > budget.inflatedLeft) budget.tooLarge("it unpacks to more than the limits allow");
  const out = method === STORED ? packed : inflated(packed, bytes);
  if (out.length !== bytes) broken("a zip whose entry has another length");
  if (crc32(out) !== crc) broken("a zip whose entry has another checksum");
  budget.inflated(out.length);
  return out;
}

function inflated(packed: Buffer, bytes: number): Buffer {
  try {
    const { buffer, engine } = inflateRawSync(packed, {
      maxOutputLength: Math.max(1, bytes),
      info: true,
    }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (engine.bytesWritten !== packed.length) broken("a zip with bytes behind an entry");
    return buffer;
  } catch (error) {
    if (error instanceof Error && "code" in error) return broken("a zip whose entry does not unpack");
    throw error;
  }
}
