// A request that was refused before it was judged, in the shape of an answer.

import type { Refusal } from "../../words.ts";

export interface Refused {
  readonly dryRun: true;
  readonly decision: string | null;
  readonly action: "block";
  /** Code of what stopped it. */
  readonly rule: string;
  readonly refusal: Pick<Refusal, "status" | "code" | "message">;
  readonly wouldLeave: null;
}

export function refusedBefore(decision: string | null, { status, code, message }: Refused["refusal"]): Refused {
  return { dryRun: true, decision, action: "block", rule: code, refusal: { status, code, message }, wouldLeave: null };
}
