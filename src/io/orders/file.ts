// One file that orders to stop. Law of this file: what cannot be understood, or names what the policy does not know,
// is over everything: an order is never lost for how it was written.

import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isKnown } from "../../decide/holds.ts";
import type { Hold, Policy } from "../../words.ts";

export interface Ordered extends Pick<Hold, "of" | "target" | "reason" | "order"> {
  readonly hard: boolean;
  /** false: it could not be understood, and is over everything for that. */
  readonly understood: boolean;
}

const BYTES_MAX = 65_536;

const text = z.string().max(500);
const order = z
  .strictObject({
    of: z.enum(["recipient", "destination", "exporter", "all"]),
    target: z.string().nullable().default(null),
    reason: text.default(""),
    order: text.nullable().default(null),
    hard: z.boolean().default(false),
  })
  .refine(({ of, target }) => (of === "all") === (target === null));

const EVERYTHING: Ordered = { of: "all", target: null, reason: "", order: null, hard: false, understood: false };

/**
 * @param name `all`, `recipient-<id>`, `destination-<id>`, `exporter-<id>` with anything or nothing in it, or `*.json`.
 * @param content null: it cannot be read.
 */
export function orderOf(name: string, content: string | null, policy: Policy): Ordered {
  const ordered = name.endsWith(".json") ? fromJson(content) : fromName(name);
  return ordered !== null && isKnown(ordered, policy) ? ordered : EVERYTHING;
}

function fromName(name: string): Ordered | null {
  const named = /^(recipient|destination|exporter)-(.+)$/.exec(name);
  if (named !== null) return { ...EVERYTHING, of: named[1] as Hold["of"], target: named[2]!, understood: true };
  return name === "all" ? { ...EVERYTHING, understood: true } : null;
}

function fromJson(content: string | null): Ordered | null {
  try {
    return content === null ? null : { ...order.parse(JSON.parse(content)), understood: true };
  } catch {
    return null;
  }
}

/** @returns null: no regular file, a link, too large, or unreadable. */
export function readOrder(dir: string, name: string): string | null {
  let file: number | undefined;
  try {
    file = openSync(join(dir, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const { size } = fstatSync(file);
    if (!fstatSync(file).isFile() || size > BYTES_MAX) return null;
    const bytes = Buffer.alloc(size);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, size, 0));
  } catch {
    return null;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
