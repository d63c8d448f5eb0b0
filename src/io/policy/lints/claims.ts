// Claims that nobody has shown or signed (Provisions Arts. 4-5).

import type { Policy, Ways } from "../../../words.ts";
import type { Problem } from "../problem.ts";
import { type Lint, type Looked, recipientsAt, sendersTo, warning } from "./lint.ts";

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

/**
 * A basis other than consent opens an exemption: then somebody claims it, with evidence and until a day. Where
 * claims are on file, a way that none of them is about has lost its basis (decide's `basisOn`).
 */
function purposes({ g, policy }: Looked): Problem[] {
  return g.lists.purposes.flatMap((at) => {
    const { id, basis } = at.item;
    if (basis === "consent") return [];
    const claims = policy.exemptions.filter((e) => e.ground === basis && e.purposes?.includes(id) !== false);
    if (claims.length === 0)
      return [
        warning(at, ["basis"], "purpose_unclaimed", {
          zh: `${id} 依据 ${basis}，却没有豁免记录：请在 exemptions 里写 ground: ${basis}、证据、批准人和期限`,
          en: `${id} rests on ${basis} and claims no exemption: write one (ground: ${basis}, evidence, approver, term)`,
        }),
      ];
    const unclaimed = waysOf(id, policy).filter((way) => !claims.some((claim) => isAbout(claim, way)));
    if (unclaimed.length === 0) return [];
    const names = [...new Set(unclaimed.map(named))].sort().join(", ");
    return [
      warning(at, ["basis"], "purpose_unclaimed", {
        zh: `${id} 依据 ${basis}，豁免记录没有说到 ${names}，发往那里的会被拦截：请补进 exemptions，或另写一条`,
        en: `${id} rests on ${basis}, and no exemption speaks of ${names}: blocked there until one does`,
      }),
    ];
  });
}

interface Way {
  readonly exporter: string;
  readonly destination: string;
  readonly recipient: string;
}

/** What some caller can bring there for that purpose. */
function waysOf(purpose: string, policy: Policy): readonly Way[] {
  return [...policy.destinations.values()].flatMap((to) =>
    sendersTo(to, policy)
      .filter(({ purposes }) => purposes.includes(purpose))
      .flatMap(({ exporters }) => exporters)
      .flatMap((exporter) => recipientsAt(to).map((recipient) => ({ exporter, destination: to.id, recipient }))),
  );
}

function isAbout({ exporters, destinations, recipients }: Ways, way: Way): boolean {
  return (
    exporters?.includes(way.exporter) !== false &&
    destinations?.includes(way.destination) !== false &&
    recipients?.includes(way.recipient) !== false
  );
}

function named({ exporter, destination, recipient }: Way): string {
  return `${exporter} → ${destination} (${recipient})`;
}
