// The catalogue: every reason the law gives, the article it rests on, and what would lift it. A code without an entry
// here cannot be given (a test compares), so no block is ever unexplained.

export interface ReasonEntry {
  readonly article: string;
  /** Cure ids; the first is the one to try first. Empty: nothing the exporter can do. */
  readonly cures: readonly string[];
}

const RECORD_MECHANISM = ["record_mechanism"] as const;
const AMEND_MECHANISM = ["amend_mechanism"] as const;
const OBTAIN_CONSENT = ["obtain_separate_consent"] as const;

/** In order of weight: the first of several is the one that a refusal is named after. */
export const REASONS: Readonly<Record<string, ReasonEntry>> = {
  PROHIBITED_X1: { article: "NDSMR Art.63 / DSL Art.21", cures: [] },
  PROHIBITED_X2: { article: "PIPL Art.42", cures: ["choose_other_recipient"] },
  PROHIBITED_X3: { article: "PIPL Art.41 / DSL Art.36", cures: ["obtain_authority_approval"] },
  PROHIBITED_X4: { article: "SA Measures Art.17 / Provisions Art.12", cures: [] },
  NO_MECHANISM: { article: "PIPL Art.38", cures: RECORD_MECHANISM },
  SCOPE_EXPORTER: { article: "PIPL Art.38", cures: ["record_mechanism", "amend_mechanism"] },
  MECH_NOT_ALLOWED_FOR_ROUTE: { article: "Provisions Arts.7-8", cures: RECORD_MECHANISM },
  MECH_PENDING: { article: "SA Measures Art.12 / PIPL Art.38", cures: ["await_result"] },
  MECH_REVOKED: { article: "SA Measures Art.17 / SC template Art.7 / Cert Measures Art.10", cures: RECORD_MECHANISM },
  MECH_SUSPENDED: { article: "Cert Measures Art.10", cures: ["reinstate_mechanism"] },
  MECH_NOT_YET_EFFECTIVE: { article: "SC Measures Art.6 / PIPL Art.38", cures: ["await_effect"] },
  MECH_EXPIRED: { article: "Provisions Art.9 / Cert Measures Art.8", cures: ["renew_mechanism"] },
  SC_FILING_REJECTED: { article: "SC Measures Art.7 / NDSMR Art.35(3)", cures: ["file_contract"] },
  SC_FILING_OVERDUE: { article: "SC Measures Art.7 / NDSMR Art.35(3)", cures: ["file_contract"] },
  SC_TEMPLATE_MODIFIED: { article: "SC Measures Art.6", cures: AMEND_MECHANISM },
  MECH_CHANGE_NOT_REFILED: { article: "SA Measures Art.14 / SC Measures Art.8", cures: AMEND_MECHANISM },
  SCOPE_RECIPIENT: { article: "NDSMR Art.38 / SC template Appendix I(1)", cures: AMEND_MECHANISM },
  SCOPE_PURPOSE: { article: "NDSMR Art.38 / SC template Appendix I(2)", cures: AMEND_MECHANISM },
  SCOPE_CATEGORY: {
    article: "NDSMR Art.38 / SC template Appendix I(4)(5)",
    cures: ["pseudonymize", "remove_field", "amend_mechanism"],
  },
  SCOPE_VOLUME: { article: "NDSMR Art.38 / SC template Appendix I(3)", cures: AMEND_MECHANISM },
  SCOPE_ONWARD: { article: "SA Measures Art.9(3) / SC template Art.3(8)", cures: AMEND_MECHANISM },
  PROCESSOR_NOT_AUTHORISED: { article: "PIPL Arts.21, 59", cures: ["obtain_instruction"] },
  BASIS_NOT_MADE_OUT: { article: "PIPL Art.13", cures: ["correct_basis"] },
  CONSENT_MISSING: { article: "PIPL Art.39", cures: OBTAIN_CONSENT },
  CONSENT_NOT_SEPARATE: { article: "PIPL Art.39 / NDSMR Art.62(7)", cures: OBTAIN_CONSENT },
  CONSENT_WITHDRAWN: { article: "PIPL Art.15", cures: OBTAIN_CONSENT },
  CONSENT_EXPIRED: { article: "PIPL Art.14", cures: OBTAIN_CONSENT },
  CONSENT_RECIPIENT: { article: "PIPL Arts.23, 39", cures: OBTAIN_CONSENT },
  CONSENT_PURPOSE: { article: "PIPL Art.14", cures: OBTAIN_CONSENT },
  CONSENT_CATEGORY: { article: "PIPL Arts.14, 29", cures: ["obtain_separate_consent", "remove_field"] },
  GUARDIAN_CONSENT_MISSING: { article: "PIPL Art.31", cures: ["obtain_guardian_consent"] },
  SENSITIVE_NOTICE_MISSING: { article: "PIPL Art.30", cures: ["complete_notice"] },
  NOTICE_INCOMPLETE: { article: "PIPL Arts.17, 39", cures: ["complete_notice"] },
  PIPIA_MISSING: { article: "PIPL Arts.55, 56", cures: ["record_pipia"] },
  PIPIA_NOT_COVERING: { article: "PIPL Arts.55, 56", cures: ["extend_pipia"] },
  NOT_NECESSARY: { article: "PIPL Art.6", cures: ["pseudonymize", "remove_field"] },
};

/** Warnings do not block: what each says. */
export const WARNINGS: Readonly<Record<string, string>> = {
  SC_FILING_DUE: "the contract is in effect and not yet filed (SC Measures Art.7)",
  SC_FILING_OVERDUE: "the contract is not filed in time; switch unfiledContractBlocks is off",
  CALENDAR_UNKNOWN: "the State Council's calendar for the deadline is not published yet",
  LAW_NOT_REVIEWED: "nobody has reviewed the law data for this date",
  BEFORE_FIRST_REVISION: "earlier than the first revision on file: judged by it",
};
