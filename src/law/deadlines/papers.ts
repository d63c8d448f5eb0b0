// The dates of all other papers: contracts, enquiries, documents, claims, trials, recipients that were closed.

import type { DatedDuty, Destination, PaperDocument, Pipia, Policy, Recipient, Term } from "../../words.ts";
import { plusDays, plusMonths } from "../year.ts";
import { item, onDay } from "./item.ts";

/** PIPL Art. 56. */
const KEPT_MONTHS = 36;
/** How long a recipient whom nothing is sent to any more has to show that it has deleted: a custom, no law. */
const DELETION_DAYS = 30;

export function datesOfRecipient({ id, contract, dueDiligence, closed }: Recipient): readonly DatedDuty[] {
  if (closed !== undefined) return [item("deletion", "deadline", id, onDay(plusDays(closed, DELETION_DAYS)))];
  const contractEnd = contract?.until ?? null;
  const lookedAtUntil = dueDiligence?.until ?? null;
  return [
    ...(contractEnd === null ? [] : [item("contract-end", "end", id, onDay(contractEnd))]),
    ...(lookedAtUntil === null ? [] : [item("due-diligence-end", "deadline", id, onDay(lookedAtUntil))]),
  ];
}

export function datesOfPipia({ id, doneOn, exporters = [] }: Pipia): readonly DatedDuty[] {
  return doneOn === null ? [] : [item("pipia-kept", "keep", id, onDay(plusMonths(doneOn, KEPT_MONTHS)), exporters)];
}

export function datesOfDocument({ id, validUntil, retainUntil }: PaperDocument): readonly DatedDuty[] {
  return [
    ...(validUntil === null ? [] : [item("document-end", "end", id, onDay(validUntil))]),
    ...(retainUntil === null ? [] : [item("document-kept", "keep", id, onDay(retainUntil))]),
  ];
}

type Claims = Pick<Policy, "exemptions" | "proofs" | "approvals" | "ftz">;
type Claim = Term & { readonly id: string; readonly exporters?: readonly string[] };

/** Exemptions, proofs, approvals, registrations: from the day after, they say nothing. */
export function datesOfClaims({ exemptions, proofs, approvals, ftz }: Claims): readonly DatedDuty[] {
  const claims: readonly Claim[] = [...exemptions, ...proofs, ...approvals, ...ftz];
  return claims.flatMap(({ id, until, exporters = [] }) =>
    until === null ? [] : [item("claim-end", "end", id, onDay(until), exporters)],
  );
}

/** The last day on which a way is on trial; after it, everything is enforced. */
export function datesOfTrial({ id, observe }: Destination): readonly DatedDuty[] {
  return observe === null ? [] : [item("trial-end", "opening", id, onDay(observe.until))];
}
