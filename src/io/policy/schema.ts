// One policy file, `yumen/v1`.
// Law of this file: an unknown key is a mistake everywhere; a file's lists are merged with the folder's.

import * as z from "zod";
import * as f from "./fields.ts";
import * as duties from "./schema-duties.ts";
import { mechanism, notice, pipia, purpose } from "./schema-law.ts";
import { outsideFlow } from "./schema-outside.ts";
import * as papers from "./schema-papers.ts";
import { caller, destination, exporter, recipient } from "./schema-parties.ts";
import { rule } from "./schema-rules.ts";

/** The lists that every file of the folder may add to. */
export const LISTS = {
  groups: papers.group,
  exporters: exporter,
  recipients: recipient,
  destinations: destination,
  purposes: purpose,
  mechanisms: mechanism,
  notices: notice,
  pipias: pipia,
  exemptions: papers.exemption,
  proofs: papers.proof,
  approvals: papers.approval,
  orders: papers.order,
  restricted: papers.restricted,
  ftzLists: papers.ftzList,
  ftz: papers.ftz,
  documents: papers.document,
  callers: caller,
  rules: rule,
  duties: duties.duty,
  inventory: duties.inventoryRow,
  alarms: duties.alarm,
  outsideFlows: outsideFlow,
} as const;

export type ListName = keyof typeof LISTS;
export type Item<L extends ListName> = z.output<(typeof LISTS)[L]>;

const warnOrBlock = z.enum(["warn", "block"]).exactOptional();

/** What one file of the folder says, and no other. */
export const SCALARS = {
  profile: z.enum(["strict", "gbt45574"]),
  names: z.enum(["off", "keys", "labelled", "all"]),
  language: z.enum(["zh", "en"]),
  unclassified: z.enum(["general", "unknown"]),
  failures: z.strictObject({
    lawNotReviewed: warnOrBlock,
    calendarUnknown: warnOrBlock,
    classificationLapsed: warnOrBlock,
    contractLapsed: warnOrBlock,
    dueDiligenceLapsed: warnOrBlock,
  }),
  thresholds: z.strictObject({
    warnAt: z.array(f.share).min(1).max(5).exactOptional(),
    withoutOpening: warnOrBlock.exactOptional(),
  }),
  switches: z.record(z.string(), z.boolean()),
  /** What becomes of a crossing that the inventory does not know. */
  onDrift: z.enum(["alarm", "block"]),
  /** Who answers for what the folder says now. It decides nothing, so it is in no hash. */
  release: z.strictObject({
    author: f.signature,
    approvedBy: f.signature.exactOptional(),
    commit: f.commit.exactOptional(),
    reason: f.sentence,
  }),
} as const;

const lists = Object.fromEntries(
  Object.keys(LISTS).map((name) => [name, z.array(z.unknown()).exactOptional()]),
) as Record<ListName, z.ZodExactOptional<z.ZodArray<z.ZodUnknown>>>;

/** Only the frame: each list's items are parsed one by one, so that one bad item hides no other's mistakes. */
export const frame = z.strictObject({
  apiVersion: z.literal("yumen/v1"),
  profile: SCALARS.profile.exactOptional(),
  names: SCALARS.names.exactOptional(),
  language: SCALARS.language.exactOptional(),
  unclassified: SCALARS.unclassified.exactOptional(),
  failures: SCALARS.failures.exactOptional(),
  thresholds: SCALARS.thresholds.exactOptional(),
  switches: SCALARS.switches.exactOptional(),
  onDrift: SCALARS.onDrift.exactOptional(),
  release: SCALARS.release.exactOptional(),
  ...lists,
});
