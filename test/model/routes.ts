// Section 3: the rules in the order of its table, first match wins. One line of the table is one line here.
import { isAnonymised, isPersonal, isSensitive } from "./classes.ts";
import { countPeople } from "./counting.ts";
import { dayOf } from "./days.ts";
import type { Facts } from "./facts.ts";

export type Outcome = "NOT_EXPORT" | "PROHIBITED" | "NO_PI" | "EXEMPT" | "SC_OR_CERT" | "ASSESSMENT";
type Row = readonly [rule: string, outcome: Outcome, holds: (facts: Facts) => boolean];

const isMainland = (f: Facts) => f.flow.destination === "mainland" || f.flow.kind === "in_country_access";
const isCore = (f: Facts) => ["core", "state_secret"].includes(f.data.importance);
const isForeignRequest = (f: Facts) => f.flow.foreignAuthorityRequest && !f.flow.prcAuthorityApproval;
const isImportant = (f: Facts) => ["notified", "published", "unknown"].includes(f.data.importance);
const isCiio = (f: Facts) => f.exporter.ciio === true || f.exporter.ciio === "unknown";
const isOldRules = (f: Facts) => dayOf(f.at) < "2024-03-22";
const isTransit = (f: Facts) => f.data.origin === "overseas" && !f.data.domesticMixedIn;
const ns = (f: Facts) => countPeople(f, true).nonSensitive;
const s = (f: Facts) => countPeople(f, true).sensitive;

/** U-10, switched on: under the 2021 automotive rules, personal information of 100,000 people and more is important. */
function isCarMakersVolume(f: Facts): boolean {
  if (!f.policy.automotiveVolumeImportant || f.exporter.sector !== "automotive") return false;
  return isPersonal(f) && (ns(f) >= 100_000 || s(f) >= 100_000);
}

function isOldAssessment(f: Facts): boolean {
  if (isCiio(f) || f.exporter.stateOrgan) return true;
  if (f.exporter.processedTotal >= 1_000_000) return true;
  return ns(f) >= 100_000 || s(f) >= 10_000;
}

/** Whether the conditions of a claimed basis other than consent hold. @returns null for consent */
export function isBasisMadeOut(f: Facts): boolean | null {
  const { contract, hr, emergency, statutory } = f.basis;
  switch (f.basis.legalBasis) {
    case "consent":
      return null;
    case "contract":
      return contract?.["individualIsParty"] === true && contract["necessary"] === true;
    case "hr": {
      const both = hr?.["labourRules"] === true && hr["collectiveContract"] === true;
      const either = hr?.["labourRules"] === true || hr?.["collectiveContract"] === true;
      const rules = f.policy.hrRequireBoth ? both : either;
      return hr?.["employee"] === true && rules && hr["necessary"] === true;
    }
    case "emergency":
      return emergency?.["imminent"] === true && emergency["necessary"] === true;
    case "statutory":
      return statutory?.["prcDuty"] === true && statutory["necessary"] === true;
    default:
      return false;
  }
}

const rests = (f: Facts, basis: string) => f.basis.legalBasis === basis && isBasisMadeOut(f) === true;

function ftz(f: Facts, result: string): boolean {
  const isOpen = !isCiio(f) || f.policy.ftzOpenToCiio;
  return f.ftz.registered && f.ftz.activityInZone && isOpen && f.ftz.result === result;
}

/** E7, with U-4. */
function isSmall(f: Facts): boolean {
  if (f.policy.volumeExemptionNeedsNoSensitive && s(f) > 0) return false;
  return !isSensitive(f) && ns(f) < 100_000;
}

const TABLE: readonly Row[] = [
  ["N0", "NOT_EXPORT", isMainland],
  ["X1", "PROHIBITED", isCore],
  ["X2", "PROHIBITED", (f) => f.flow.recipientRestricted],
  ["X3", "PROHIBITED", isForeignRequest],
  ["X4", "PROHIBITED", (f) => f.flow.regulatorStopOrder],
  ["I1", "ASSESSMENT", (f) => isImportant(f) || isCarMakersVolume(f)],
  // I2: self_identified goes on
  ["A1", "NO_PI", (f) => !f.data.containsPI],
  ["A2", "NO_PI", isAnonymised],
  // A3, A4: go on
  ["H1", "ASSESSMENT", (f) => isOldRules(f) && isOldAssessment(f)],
  ["H2", "SC_OR_CERT", isOldRules],
  ["E1", "EXEMPT", isTransit],
  ["E2", "EXEMPT", (f) => rests(f, "contract")],
  ["E3", "EXEMPT", (f) => rests(f, "hr")],
  ["E4", "EXEMPT", (f) => rests(f, "emergency")],
  ["E5", "EXEMPT", (f) => rests(f, "statutory") && dayOf(f.at) >= "2025-01-01"],
  ["E6", "EXEMPT", (f) => ftz(f, "outside_list")],
  ["F1", "SC_OR_CERT", (f) => ftz(f, "listed_sc_or_cert")],
  ["F1", "ASSESSMENT", (f) => ftz(f, "listed_assessment")],
  ["S1", "ASSESSMENT", isCiio],
  ["S2", "ASSESSMENT", (f) => f.exporter.stateOrgan],
  ["E7", "EXEMPT", isSmall],
  ["S3", "ASSESSMENT", (f) => ns(f) >= 1_000_000],
  ["S4", "ASSESSMENT", (f) => s(f) >= 10_000],
  ["C2", "SC_OR_CERT", isSensitive],
  ["C1", "SC_OR_CERT", () => true],
];

/** @returns the first rule of the table that holds, and the route it asks for. */
export function routeOf(facts: Facts): { rule: string; outcome: Outcome } {
  for (const [rule, outcome, holds] of TABLE) if (holds(facts)) return { rule, outcome };
  throw new Error("the last row always holds");
}

const MECHANISMS: Readonly<Record<Outcome, readonly string[]>> = {
  NOT_EXPORT: [],
  PROHIBITED: [],
  NO_PI: [],
  EXEMPT: [],
  SC_OR_CERT: ["STANDARD_CONTRACT", "CERTIFICATION", "SECURITY_ASSESSMENT"],
  ASSESSMENT: ["SECURITY_ASSESSMENT"],
};

/** M-GBA: under SC_OR_CERT; U-13, switched on: above 1,000,000 and 10,000 people too. */
function isBayAreaContractOpen(f: Facts, rule: string, outcome: Outcome): boolean {
  const inBayArea = f.gba.bothRegistered && ["HK", "MO"].includes(f.flow.destination);
  const aboveLines = rule === "S3" || rule === "S4";
  return inBayArea && (outcome === "SC_OR_CERT" || (aboveLines && f.policy.gbaAboveLines));
}

/** @returns the mechanisms that open a route. */
export function mechanismsAllowed(facts: Facts, rule: string, outcome: Outcome): readonly string[] {
  const open = MECHANISMS[outcome];
  return isBayAreaContractOpen(facts, rule, outcome) ? [...open, "GBA_STANDARD_CONTRACT"] : open;
}
