// Instants as lines write them. Law: what is kept of one is what reading it again would give; a few thousand are kept,
// for the lines of an import name the same ones over and over.

import { z } from "zod";

/** Made once: making it costs more than all the rest of a line. */
const DATETIME = z.iso.datetime({ offset: true });

const KEPT_MAX = 4_096;
/** A longer one is kept of nobody: what is kept is no larger than it looks. */
const KEPT_UNITS_MAX = 40;

interface Read {
  readonly ms: number;
  /** The same in UTC, to the millisecond. */
  readonly iso: string;
}

const kept = new Map<string, Read>();

/** @returns whether it is ISO 8601 with its offset, to the form that zod knows. */
export function isInstant(text: string): boolean {
  return readInstant(text) !== null;
}

/** @returns null: it is none. */
export function readInstant(text: string): Read | null {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const ms = DATETIME.safeParse(text).success ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) return null;
  const read = { ms, iso: new Date(ms).toISOString() };
  if (text.length > KEPT_UNITS_MAX) return read;
  if (kept.size === KEPT_MAX) kept.clear();
  kept.set(text, read);
  return read;
}

let lastMs = Number.NaN;
let lastIso = "";

/** Of now, which is asked for thousands of times a second. */
export function isoOf(ms: number): string {
  if (ms !== lastMs) {
    lastIso = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastIso;
}
