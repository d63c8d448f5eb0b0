// One policy file, `yumen/v1`.
// Law of this file: an unknown key is a mistake everywhere; a file's lists are merged with the folder's.

import * as z from "zod";
import * as f from "./fields.ts";
import { mechanism, notice, pipia, purpose } from "./schema-law.ts";
import { caller, destination, exporter, OPERATIONS, recipient } from "./schema-parties.ts";

/** Members of a match are AND, a list inside one is OR. `match: {}` is said out loud: it means always. */
export const rule = z.strictObject({
  id: f.id,
  why: f.localised,
  action: z.enum(["forward", "pseudonymize", "block"]),
  match: z.strictObject({
    destination: f.someOf(f.id).exactOptional(),
    purpose: f.someOf(f.id).exactOptional(),
    operation: f.someOf(z.enum(OPERATIONS)).exactOptional(),
    caller: f.someOf(f.id).exactOptional(),
    piAny: f.someOf(f.id).exactOptional(),
    pi: z.boolean().exactOptional(),
  }),
});

/** The lists that every file of the folder may add to. */
export const LISTS = {
  exporters: exporter,
  recipients: recipient,
  destinations: destination,
  purposes: purpose,
  mechanisms: mechanism,
  notices: notice,
  pipias: pipia,
  callers: caller,
  rules: rule,
} as const;

export type ListName = keyof typeof LISTS;
export type Item<L extends ListName> = z.output<(typeof LISTS)[L]>;

/** What one file of the folder says, and no other. */
export const SCALARS = {
  profile: z.enum(["strict", "gbt45574"]),
  names: z.enum(["off", "keys", "labelled", "all"]),
  language: z.enum(["zh", "en"]),
  switches: z.record(z.string(), z.boolean()),
} as const;

/** Only the frame: each list's items are parsed one by one, so that one bad item hides no other's mistakes. */
export const frame = z.strictObject({
  apiVersion: z.literal("yumen/v1"),
  profile: SCALARS.profile.exactOptional(),
  names: SCALARS.names.exactOptional(),
  language: SCALARS.language.exactOptional(),
  switches: SCALARS.switches.exactOptional(),
  exporters: z.array(z.unknown()).exactOptional(),
  recipients: z.array(z.unknown()).exactOptional(),
  destinations: z.array(z.unknown()).exactOptional(),
  purposes: z.array(z.unknown()).exactOptional(),
  mechanisms: z.array(z.unknown()).exactOptional(),
  notices: z.array(z.unknown()).exactOptional(),
  pipias: z.array(z.unknown()).exactOptional(),
  callers: z.array(z.unknown()).exactOptional(),
  rules: z.array(z.unknown()).exactOptional(),
});
