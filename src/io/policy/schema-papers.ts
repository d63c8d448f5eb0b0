// What else is on paper: claims, proofs, orders, zones, documents. Law of this file: whoever claims says who answers
// for it and until when; dates are those of the paper.

import * as z from "zod";
import * as f from "./fields.ts";
import type { Text } from "./problem.ts";

/** Which ways the paper is about. Left out: any. */
export const ways = {
  exporters: f.someOf(f.id).exactOptional(),
  destinations: f.someOf(f.id).exactOptional(),
  recipients: f.someOf(f.id).exactOptional(),
  purposes: f.someOf(f.id).exactOptional(),
} as const;

export const term = { from: f.date.exactOptional(), until: f.date.exactOptional() } as const;

/** Refuses a term that ends before it begins. */
export function inOrder<S extends z.ZodType<{ from?: string; until?: string }>>(schema: S): S {
  return schema.refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ["until"],
    params: { text: { zh: "早于 from", en: "is before from" } },
  });
}

interface Claim {
  readonly destinations?: readonly string[];
  readonly recipients?: readonly string[];
  readonly purposes?: readonly string[];
  readonly until?: string;
}

/** An exporter alone is everything that it sends. */
function namesWay({ destinations, recipients, purposes }: Claim): boolean {
  return (destinations ?? recipients ?? purposes) !== undefined;
}

const NEEDS_WAY = {
  text: {
    zh: "至少写明 destinations、recipients、purposes 之一：不能什么都算",
    en: "must name at least one of destinations, recipients and purposes: it cannot be about everything",
  },
};

/** Refuses a paper that opens every way, or opens one for ever. */
function limited<S extends z.ZodType<Claim>>(schema: S): S {
  return schema.refine(namesWay, { params: NEEDS_WAY }).refine(({ until }) => until !== undefined, {
    path: ["until"],
    params: { text: { zh: "要写明 until（哪一天为止）", en: "needs until, its last day" } },
  });
}

/** Provisions Arts. 4-5. The volume exemption (E7) is counted, never claimed; a zone's list is `ftz`. */
export const exemption = inOrder(
  z.strictObject({
    id: f.id,
    ground: z.enum(["transit", "contract", "hr", "emergency", "statutory"]),
    ...ways,
    ...term,
    evidence: f.listOf(f.id).default([]),
    approvedBy: f.signature.exactOptional(),
  }),
).superRefine((e, context) => {
  // the other grounds stand beside a purpose's basis; this one lifts all that the law asks, and needs nothing else
  if (e.ground !== "transit") return;
  const lacks = (path: string[], text: Text) => context.addIssue({ code: "custom", path, params: { text } });
  if (!namesWay(e)) lacks([], NEEDS_WAY.text);
  const given = { until: e.until, approvedBy: e.approvedBy, evidence: e.evidence[0] };
  for (const [field, value] of Object.entries(given))
    if (value === undefined)
      lacks([field], {
        zh: `过境（transit）要写明 ${field}：它免去全部机制`,
        en: `transit needs ${field}: no mechanism is asked for where it holds`,
      });
});

/** PIPL Art. 73(4), law.md PS-7: method, measured recall, who tested, when, for how long. */
export const proof = limited(
  inOrder(
    z.strictObject({
      id: f.id,
      of: z.enum(["anonymisation", "extraction-test"]),
      ...ways,
      method: f.filled,
      report: f.id,
      recall: f.recall,
      by: f.signature,
      from: f.date,
      until: f.date,
    }),
  ),
);

const fromAuthority = {
  id: f.id,
  authority: f.filled,
  reference: f.filled,
  ...ways,
  ...term,
  document: f.id.exactOptional(),
};

/** PIPL Art. 41; DSL Art. 36. */
export const approval = limited(inOrder(z.strictObject(fromAuthority)));

/** SA Measures Art. 17; Provisions Art. 12. It only forbids: it may be about everything, until it is taken out. */
export const order = inOrder(z.strictObject(fromAuthority));

/** PIPL Art. 42. */
export const restricted = z.strictObject({
  id: f.id,
  names: f.someOf(f.filled),
  from: f.date.exactOptional(),
  source: f.filled,
});

/** Provisions Art. 6. */
export const ftzList = inOrder(
  z.strictObject({
    id: f.id,
    zone: f.filled,
    edition: f.filled,
    source: f.filled,
    ...term,
    /** Sectors that the list speaks of: of any other it says nothing. */
    sectors: f.someOf(f.id),
    items: z
      .array(
        z.strictObject({
          sector: f.id,
          types: f.someOf(f.id).exactOptional(),
          result: z.enum(["sc-or-cert", "assessment"]),
        }),
      )
      .default([]),
  }),
);

export const ftz = inOrder(
  z.strictObject({
    id: f.id,
    list: f.id,
    sector: f.id,
    number: f.filled,
    activityInZone: z.boolean(),
    ...ways,
    ...term,
    document: f.id.exactOptional(),
  }),
);

/** The file's hash is checked at each load: a contract that changed is another contract. */
export const document = z.strictObject({
  id: f.id,
  kind: f.filled,
  path: f.filled,
  sha256: f.documentHash,
  version: f.filled.exactOptional(),
  owner: f.signature.exactOptional(),
  validUntil: f.date.exactOptional(),
  retainUntil: f.date.exactOptional(),
});

export const group = z.strictObject({ id: f.id, name: f.filled, exporters: f.someOf(f.id) });
