// What the ledger says of a dry run: who asked, when, for where, and what the same request would have met.
// Law: nothing left and nobody is in it, so to whoever knows no dry runs it reads as a crossing that was blocked.

import type { Action, Json } from "../words.ts";
import { canonical } from "./canonical.ts";

/** As `stoppedText` has it. */
export interface AskedAt {
  readonly id: string;
  readonly t: string;
  readonly caller: string;
  readonly destination: string | null;
  readonly salt: string;
}

/**
 * The one decision entry of a dry run (law 10). No keys of people and no places: a question leaves no trace of whom it
 * was about.
 * @param rule `dry_run`, or the code of what stopped it before a judgement. @param policy its hash.
 */
export function dryRunText({ caller, ...at }: AskedAt, would: Action, rule: string, policy: string): string {
  const reasons: Json = rule === DRY_RUN ? [] : [{ code: rule.toUpperCase() }];
  const nothing = { findings: [], new: [], outcome: null, people: [] };
  const decided = { action: "block", app: caller, dryRun: true, policy, reasons, rule, would };
  return canonical({ ...at, ...nothing, ...decided, kind: "crossing", v: 1 });
}

/** The rule that kept a judged dry run here: it was asked for. */
export const DRY_RUN = "dry_run";
