// A proposal on a terminal. Law: what the second person approves is what is printed, to the letter: its digest says so.

import type { Said } from "./said.ts";

export interface ProposalTold {
  readonly id: string;
  readonly action: string;
  readonly body: object;
  readonly state: string;
  readonly digest: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly expiresAt: string;
  readonly approvedBy: string | null;
  readonly result: object | null;
}

/** Just proposed: it waits for somebody else. */
export function waiting(proposal: ProposalTold): Said {
  const { id, expiresAt } = proposal;
  return {
    ok: true,
    json: proposal,
    zh: `已提议（${id}），等另一个人在 ${expiresAt} 之前批准：yumen proposal show ${id}`,
    en: `proposed (${id}); somebody else approves it by ${expiresAt}: yumen proposal show ${id}`,
  };
}

/** All of it. */
export function whole(proposal: ProposalTold): Said {
  const { id, action, state, proposedBy, approvedBy, expiresAt, digest, body, result } = proposal;
  const second = approvedBy ?? "-";
  const isWaiting = state === "open" || state === "approved";
  const lines = (words: readonly [string, string, string, string, string]) =>
    [
      `${id}  ${action}  ${state}`,
      `${words[0]} ${proposedBy}   ${words[1]} ${second}   ${words[2]} ${expiresAt}`,
      JSON.stringify(body, null, 2),
      ...(result === null ? [] : [`${words[3]} ${JSON.stringify(result)}`]),
      ...(isWaiting ? [`${words[4]} yumen proposal approve ${id} --digest ${digest}`] : []),
    ].join("\n");
  return {
    ok: state === "open" || state === "done",
    json: proposal,
    zh: lines(["提议人", "批准人", "有效至", "结果", "批准（另一个人）："]),
    en: lines(["proposed by", "approved by", "open until", "result", "to approve, by another person:"]),
  };
}
