// What the law asks to be on paper: purposes, mechanisms, notices, PIPIAs.
// Law of this file: dates are those of the paper.

import * as z from "zod";
import * as f from "./fields.ts";
import { noticeTexts } from "./notice-texts.ts";

const BASES = ["consent", "contract", "hr", "emergency", "statutory"] as const;
const yes = z.boolean().default(false);

/** PIPL Art. 13. A basis other than consent states what makes it out; what is not stated counts as false. */
export const purpose = z
  .strictObject({
    id: f.id,
    label: f.localised,
    basis: z.enum(BASES),
    contract: z.strictObject({ individualIsParty: yes, necessary: yes }).exactOptional(),
    hr: z.strictObject({ employee: yes, labourRules: yes, collectiveContract: yes, necessary: yes }).exactOptional(),
    emergency: z.strictObject({ imminent: yes, necessary: yes }).exactOptional(),
    statutory: z.strictObject({ prcDuty: yes, necessary: yes }).exactOptional(),
    /** It answers a court or an authority abroad (PIPL Art. 41): nothing leaves without an approval. */
    foreignAuthority: z.boolean().default(false),
    neededTypes: f.someOf(f.id).exactOptional(),
  })
  .superRefine((p, context) => {
    const given = BASES.filter((basis) => basis !== "consent" && p[basis] !== undefined);
    if (p.basis !== "consent" && p[p.basis] === undefined)
      context.addIssue({
        code: "custom",
        path: ["basis"],
        params: {
          text: {
            zh: `依据 ${p.basis} 要写明 ${p.basis}: {…}，说明其条件是否成立`,
            en: `basis ${p.basis} needs ${p.basis}: {…} that says which of its conditions hold`,
          },
        },
      });
    for (const basis of given.filter((basis) => basis !== p.basis))
      context.addIssue({
        code: "custom",
        path: [basis],
        params: {
          text: {
            zh: `依据是 ${p.basis}，不能再写 ${basis}`,
            en: `the basis is ${p.basis}: ${basis} has no place here`,
          },
        },
      });
  });

export const MECHANISMS = {
  "security-assessment": "SECURITY_ASSESSMENT",
  "standard-contract": "STANDARD_CONTRACT",
  certification: "CERTIFICATION",
  "gba-standard-contract": "GBA_STANDARD_CONTRACT",
} as const;

type MechanismName = keyof typeof MECHANISMS;

/** PIPL Art. 38. A scope member left out is not limited by the paper; an empty list permits nothing. */
export const mechanism = z
  .strictObject({
    id: f.id,
    type: z.enum(Object.keys(MECHANISMS) as [MechanismName, ...MechanismName[]]),
    exporters: f.someOf(f.id),
    status: z.enum(["active", "pending", "suspended", "revoked", "terminated", "failed"]).exactOptional(),
    number: f.filled.exactOptional(),
    document: f.id.exactOptional(),
    pipia: f.id.exactOptional(),
    issueDate: f.date.exactOptional(),
    validFrom: f.date.exactOptional(),
    validUntil: f.date.exactOptional(),
    extendedUntil: f.date.exactOptional(),
    filedDate: f.date.exactOptional(),
    filingRejected: z.boolean().exactOptional(),
    templateModified: z.boolean().exactOptional(),
    changeNotRefiled: z.boolean().exactOptional(),
    scope: z.strictObject({
      recipients: f.listOf(f.id).exactOptional(),
      purposes: f.listOf(f.id).exactOptional(),
      categories: f.listOf(f.id).exactOptional(),
      maxNonSensitive: f.count.exactOptional(),
      maxSensitive: f.count.exactOptional(),
      onward: f.listOf(f.filled).exactOptional(),
    }),
  })
  .superRefine((m, context) => {
    for (const end of ["validUntil", "extendedUntil"] as const)
      if (m.validFrom !== undefined && m[end] !== undefined && m[end] < m.validFrom)
        context.addIssue({
          code: "custom",
          path: [end],
          params: { text: { zh: `早于 validFrom（${m.validFrom}）`, en: `is before validFrom (${m.validFrom})` } },
        });
  });

/** PIPL Arts. 17, 30, 39. A text left out or blank is an item that the notice lacks: the law will refuse, not we. */
export const notice = z.strictObject({
  id: f.id,
  version: f.filled,
  /** Whose notice it is. Left out: every exporter's. */
  exporters: f.someOf(f.id).exactOptional(),
  recipients: f.someOf(f.id),
  purposes: f.someOf(f.id),
  ...noticeTexts,
  /** Kinds that it speaks of, by which `yumen notice render` names them. */
  types: f.someOf(f.id).exactOptional(),
  /** What it said when it was published, by language: a text that changed without its version is warned of. */
  sha256: z.strictObject({ zh: f.documentHash.exactOptional(), en: f.documentHash.exactOptional() }).exactOptional(),
  /** Versions before this one, the oldest first: when each was replaced, and whether that change was material. */
  supersedes: f
    .someOf(z.strictObject({ version: f.filled, on: f.date, material: z.boolean(), document: f.id.exactOptional() }))
    .exactOptional(),
  document: f.id.exactOptional(),
});

/** PIPL Arts. 55-56. The scenario that was assessed: a crossing outside it is not covered. */
export const pipia = z.strictObject({
  id: f.id,
  version: f.filled.exactOptional(),
  done: z.boolean(),
  doneOn: f.date.exactOptional(),
  approvedBy: f.signature.exactOptional(),
  document: f.id.exactOptional(),
  /** Whose assessment it is. Left out: every exporter's. */
  exporters: f.someOf(f.id).exactOptional(),
  recipients: f.someOf(f.id),
  purposes: f.someOf(f.id),
  types: f.someOf(f.id),
  /** Countries where the data lie. Left out: the recipient's own. */
  storage: f.someOf(f.country).exactOptional(),
  /** Left out: nobody. */
  onward: f.listOf(f.filled).default([]),
});
