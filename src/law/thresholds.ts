// Which revision governs on a Beijing date, and its lines. The numbers come from policies/law; what they mean is here.
// A revision that this code does not know is refused: numbers without meaning must not look like law.

import type { LawData, LawRevision } from "../words.ts";

export interface InForce {
  /** The governing rule set and the additions to it: `RS-2024+NDSMR-2025`. */
  readonly revision: string;
  readonly ruleSet: "RS-2022" | "RS-2024";
  /** Beijing date from which the rule set is in force. */
  readonly from: string;
  /** NDSMR Art. 35(6): a duty under PRC law is an export condition of its own. */
  readonly statutoryDutyExempts: boolean;
  readonly lines: Lines;
  /** Until when somebody vouches that nothing newer governs. */
  readonly reviewedUntil: string;
}

/** Figures are included in the line ("以上", Civil Code Art. 1259), except `exemptBelow` ("不满"). */
export interface Lines {
  readonly assessmentNonSensitive: number;
  readonly assessmentSensitive: number;
  /** 0 under RS-2022: no exemption by volume. */
  readonly exemptBelow: number;
  /** Infinity under RS-2024: what a handler processes at home no longer counts. */
  readonly assessmentProcessed: number;
  /** From so many people on, data of an automotive exporter are important; only asked under switch U-10. */
  readonly automotiveImportant: number;
  /** Years before the current one that the count reaches back to. */
  readonly windowYearsBack: number;
  readonly filingWorkingDays: number;
  readonly mechanismYears: number;
}

const RULE_SETS = ["RS-2022", "RS-2024"] as const;
const ADDITIONS = ["NDSMR-2025", "CERT-2026"] as const;

interface Segment {
  readonly from: string;
  readonly inForce: InForce;
}

const segments = new WeakMap<LawData, readonly Segment[]>();

/**
 * What governs on `ymd`. A day before the first revision is judged by the first, which exempts nothing.
 * @throws TypeError on law data without revisions, with a revision or a number this code does not know.
 */
export function inForceOn(data: LawData, ymd: string): InForce {
  const all = segments.get(data) ?? segmentsOf(data);
  for (let i = all.length - 1; i > 0; i -= 1) if (all[i]!.from <= ymd) return all[i]!.inForce;
  return all[0]!.inForce;
}

function segmentsOf(data: LawData): readonly Segment[] {
  const revisions = [...data.revisions].sort((a, b) => (a.from < b.from ? -1 : 1));
  if (!RULE_SETS.includes(revisions[0]?.id as never)) throw new TypeError("law data begins with no known rule set");
  let governing: LawRevision[] = [];
  const all = revisions.map((revision) => {
    if (RULE_SETS.includes(revision.id as never)) governing = [revision];
    else if (ADDITIONS.includes(revision.id as never)) governing = [...governing, revision];
    else throw new TypeError(`law revision ${revision.id} has no meaning in this version`);
    return { from: revision.from, inForce: inForceOf(governing) };
  });
  segments.set(data, all);
  return all;
}

function inForceOf(governing: readonly LawRevision[]): InForce {
  const ids = governing.map((revision) => revision.id);
  const numbers = Object.assign({}, ...governing.map((revision) => revision.numbers)) as Record<string, number>;
  const ruleSet = ids[0] as InForce["ruleSet"];
  const old = ruleSet === "RS-2022";
  return {
    revision: ids.join("+"),
    ruleSet,
    from: governing[0]!.from,
    statutoryDutyExempts: ids.includes("NDSMR-2025"),
    reviewedUntil: governing.map((revision) => revision.reviewedUntil).sort()[0]!,
    lines: {
      assessmentNonSensitive: number(numbers, "assessmentNonSensitive"),
      assessmentSensitive: number(numbers, "assessmentSensitive"),
      exemptBelow: old ? 0 : number(numbers, "exemptBelow"),
      assessmentProcessed: old ? number(numbers, "assessmentProcessed") : Number.POSITIVE_INFINITY,
      automotiveImportant: number(numbers, "automotiveImportant"),
      windowYearsBack: number(numbers, "windowYearsBack"),
      filingWorkingDays: number(numbers, "filingWorkingDays"),
      mechanismYears: number(numbers, "mechanismYears"),
    },
  };
}

function number(numbers: Readonly<Record<string, number>>, name: string): number {
  const value = numbers[name];
  if (value === undefined || !Number.isSafeInteger(value) || value < 0) throw new TypeError(`law data lacks ${name}`);
  return value;
}
