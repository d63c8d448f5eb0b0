// The yearly lines and how far they are (law.md CNT): people who may still be added before one is reached. Law: the
// numbers are those in force on the Beijing date of the crossing.

import { inForceOn } from "../../law/thresholds.ts";
import type { LawData } from "../../words.ts";

export interface Line {
  readonly counter: "nonSensitive" | "sensitive";
  /** exempt: below it E7 applies. assessment: from it on a security assessment is needed. */
  readonly line: "exempt" | "assessment";
  readonly at: number;
  readonly count: number;
  /** People who may still be added before the line is reached; negative: it is passed. */
  readonly left: number;
}

/** @param ymd Beijing date. */
export function linesOn(
  data: LawData,
  ymd: string,
  counts: { readonly nonSensitive: number; readonly sensitive: number },
): readonly Line[] {
  const { exemptBelow, assessmentNonSensitive, assessmentSensitive } = inForceOn(data, ymd).lines;
  const all: readonly (readonly [Line["counter"], Line["line"], number])[] = [
    ["nonSensitive", "exempt", exemptBelow],
    ["nonSensitive", "assessment", assessmentNonSensitive],
    ["sensitive", "assessment", assessmentSensitive],
  ];
  return all
    .filter(([, , at]) => at > 0)
    .map(([counter, line, at]) => ({ counter, line, at, count: counts[counter], left: at - 1 - counts[counter] }));
}
