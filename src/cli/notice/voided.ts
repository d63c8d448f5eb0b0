// Which consents on record no longer cover, as the decision of a crossing reads them. Law: the same function says so
// here and there.

import { isVoid } from "../../decide/rules/superseded-notice/rule.ts";
import { beijingDate } from "../../law/year.ts";
import type { ConsentState, Notice } from "../../words.ts";

export interface Voided {
  /** Consents that this notice carries, void or not. */
  readonly inForce: number;
  readonly receipts: readonly string[];
  /** How many of each version; "" where none is on record. */
  readonly byVersion: Readonly<Record<string, number>>;
}

/**
 * @param granted every consent that stands, whoever's; kept under the handler that answers.
 * @param whose handlers whose notice it is; null: everybody's.
 */
export function voidedBy(
  notice: Notice,
  granted: Iterable<{ readonly exporter: string; readonly state: ConsentState }>,
  nowMs: number,
  whose: ReadonlySet<string> | null = null,
): Voided {
  const today = beijingDate(nowMs);
  const byVersion: Record<string, number> = {};
  const receipts: string[] = [];
  let inForce = 0;
  for (const { exporter, state } of granted) {
    if (whose?.has(exporter) === false || !isOf(notice, state) || isOver(state, nowMs)) continue;
    if (isVoid(notice, state, today)) {
      receipts.push(state.receipt);
      const version = state.notice?.version ?? "";
      byVersion[version] = (byVersion[version] ?? 0) + 1;
    } else inForce += 1;
  }
  return { inForce, receipts, byVersion };
}

/** Given on it; or, where no text is on record, given for a way that it speaks of. */
function isOf(notice: Notice, { notice: shown, recipient, purpose }: ConsentState): boolean {
  if (shown !== null) return shown.id === notice.id;
  const { recipients, purposes } = notice;
  return recipients.includes(recipient) && purposes.includes(purpose);
}

function isOver({ validUntil }: ConsentState, nowMs: number): boolean {
  return validUntil !== null && Date.parse(validUntil) <= nowMs;
}
