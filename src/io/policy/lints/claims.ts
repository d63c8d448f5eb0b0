// Claims that nobody has shown or signed (Provisions Arts. 4-5).

import type { Problem } from "../problem.ts";
import { type Lint, type Looked, warning } from "./lint.ts";

export const claims: Lint = (looked) => [...exemptions(looked), ...purposes(looked)];

function exemptions({ g }: Looked): Problem[] {
  return g.lists.exemptions.flatMap((at) => {
    const { id, evidence, approvedBy } = at.item;
    const found: Problem[] = [];
    if (evidence.length === 0)
      found.push(
        warning(at, ["id"], "exemption_unevidenced", {
          zh: `${id} 没有证据：请在 documents 里登记，写进 evidence`,
          en: `${id} has no evidence: register it in documents and name it in evidence`,
        }),
      );
    if (approvedBy === undefined)
      found.push(
        warning(at, ["id"], "exemption_unapproved", {
          zh: `${id} 没有人批准：请写 approvedBy`,
          en: `nobody approved ${id}: say approvedBy`,
        }),
      );
    return found;
  });
}

/** A basis other than consent opens an exemption: then somebody claims it, with evidence and until a day. */
function purposes({ g, policy }: Looked): Problem[] {
  return g.lists.purposes.flatMap((at) => {
    const { id, basis } = at.item;
    if (basis === "consent") return [];
    const claimed = policy.exemptions.some((e) => e.ground === basis && e.purposes?.includes(id) !== false);
    if (claimed) return [];
    return [
      warning(at, ["basis"], "purpose_unclaimed", {
        zh: `${id} 依据 ${basis}，却没有豁免记录：请在 exemptions 里写 ground: ${basis}、证据、批准人和期限`,
        en: `${id} rests on ${basis} and claims no exemption: write one (ground: ${basis}, evidence, approver, term)`,
      }),
    ];
  });
}
