// Whether a claimed legal basis (PIPL Art. 13) is supported by its details. What is not said is not so.

import type { LegalBasis } from "../words.ts";

/** Consent is judged by D2, not here. @param hrRequireBoth U-2: labour rules and a collective contract, or either. */
export function isMadeOut(basis: LegalBasis, hrRequireBoth: boolean): boolean {
  const { contract, hr, emergency, statutory } = basis;
  switch (basis.legalBasis) {
    case "consent":
      return true;
    case "contract":
      return contract?.individualIsParty === true && contract.necessary === true;
    case "hr": {
      if (hr?.employee !== true || hr.necessary !== true) return false;
      const [rules, contracted] = [hr.labourRules === true, hr.collectiveContract === true];
      return hrRequireBoth ? rules && contracted : rules || contracted;
    }
    case "emergency":
      return emergency?.imminent === true && emergency.necessary === true;
    case "statutory":
      return statutory?.prcDuty === true && statutory.necessary === true;
  }
}
