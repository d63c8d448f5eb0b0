// The names of kinds: Yumen's ids are a corpus's labels in kebab-case, and some kinds count as one.
// Law of this file: every family says why; nothing else in the bench treats two kinds as the same.

/** What a finder may call the other without being wrong about what leaves. [family, kinds, reason] */
export const FAMILIES = [
  ["CN_ID", ["CN_ID15", "CN_FPR", "DRIVER_LICENSE"], "one number for life: a driving licence's is the identity number"],
  [
    "CN_PASSPORT",
    ["HM_PERMIT", "TW_PERMIT", "EXIT_PERMIT"],
    "travel documents: a letter and eight digits is several of them, and only words nearby tell which",
  ],
  ["PHONE", ["CN_MOBILE", "CN_LANDLINE"], "corpora of other countries label every telephone PHONE"],
  ["IP", ["IPV4", "IPV6"], "one identifier in two notations"],
  ["BANK_CARD", ["CREDIT_CARD"], "debit and credit cards share prefixes and check digit"],
  ["DEVICE_ID", ["OAID", "IDFA"], "a UUID that only the member's name tells apart"],
];

const FAMILY_OF = new Map(FAMILIES.flatMap(([family, kinds]) => kinds.map((kind) => [kind, family])));

/** Labels that are words of a text, found by models or rules; all others have a form of their own. */
export const WORDS = ["PERSON", "ADDRESS", "LOC", "ORG"];

const STRUCTURED =
  `CN_ID CN_ID15 CN_FPR CN_PASSPORT HM_PERMIT TW_PERMIT EXIT_PERMIT HKID TWID MILITARY_ID DRIVER_LICENSE CN_MOBILE
  CN_LANDLINE PHONE BANK_CARD CREDIT_CARD IBAN USCC PLATE VIN IMEI IMSI MAC IDFA OAID DEVICE_ID EMAIL IPV4 IPV6 IP
  WECHAT_ID QQ OPENID MEDICAL_RECORD SOCIAL_SECURITY HOUSING_FUND COURIER_NO GEO DOB POSTCODE SECRET US_SSN US_DL`.split(
    /\s+/,
  );

/** Names that a document's `scope` may use, joined by `+`: what is annotated in full there. */
const SCOPES = {
  STRUCT: STRUCTURED,
  NER: WORDS,
  PERSON: ["PERSON"],
  ADDRESS: ["ADDRESS"],
  PRESIDIO: [
    ...WORDS,
    ..."BANK_CARD CREDIT_CARD PHONE CN_MOBILE CN_LANDLINE EMAIL IBAN US_SSN US_DL IPV4 IP".split(" "),
  ],
};

/** @param {string} label as in a corpus @returns {string} */
export function familyOf(label) {
  return FAMILY_OF.get(label) ?? label;
}

/** @param {string} type a PI type id, `cn-id` @returns {string} `CN_ID` */
export function labelOf(type) {
  return type.toUpperCase().replaceAll("-", "_");
}

/** @param {string} label @returns {string} */
export function typeOf(label) {
  return label.toLowerCase().replaceAll("_", "-");
}

/** @param {string | string[] | undefined} scope names joined by `+`, or labels @returns {Set<string>} families */
export function familiesIn(scope) {
  const labels = Array.isArray(scope) ? scope : (scope ?? "").split("+").flatMap((name) => SCOPES[name] ?? []);
  return new Set(labels.map(familyOf));
}
