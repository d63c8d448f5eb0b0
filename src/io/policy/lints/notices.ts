// Notices that leave something unsaid (PIPL Arts. 17, 30, 39).

import type { Notice, Policy, PolicyRule } from "../../../words.ts";
import type { Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { type Lint, type Looked, speaksOf, warning } from "./lint.ts";

export const notices: Lint = (looked) => {
  const compiled = new Map(looked.policy.notices.map((notice) => [notice.id, notice]));
  return looked.g.lists.notices.flatMap((at) => {
    const notice = compiled.get(at.item.id)!;
    return [...incomplete(at, notice), ...necessity(at, notice, looked)];
  });
};

function incomplete(at: Placed<Item<"notices">>, { missing }: Notice): Problem[] {
  if (missing.length === 0) return [];
  return [
    warning(at, ["id"], "notice_incomplete", {
      zh: `告知缺少：${missing.join("、")}（第39条）：补上之前会被拦截`,
      en: `the notice lacks ${missing.join(", ")} (PIPL Art. 39): blocked until it says so`,
    }),
  ];
}

const FIELDS = "sensitiveNecessity, sensitiveImpact";

/** Sensitive kinds that the policy itself means to send on a way of the notice, and no notice says why. */
function necessity(at: Placed<Item<"notices">>, notice: Notice, { policy, known }: Looked): Problem[] {
  if (notice.sensitive) return [];
  const sensitive = new Set(known.sensitive[policy.profile]);
  const kinds = waysOf(notice, policy).flatMap((way) => {
    const said = policy.notices.some((other) => other.sensitive && speaksOf(other, way));
    return said ? [] : meant(policy, way).filter((kind) => sensitive.has(kind));
  });
  if (kinds.length === 0) return [];
  const names = [...new Set(kinds)].sort();
  return [
    warning(at, ["id"], "necessity_missing", {
      zh: `没有告知敏感个人信息（${names.join("、")}）的必要性和影响：请写 ${FIELDS}（第30条）`,
      en: `no word on why sensitive kinds (${names.join(", ")}) are needed: say ${FIELDS} (PIPL Art. 30)`,
    }),
  ];
}

interface Way {
  readonly exporter: string;
  readonly recipient: string;
  readonly purpose: string;
}

/** Ways that the notice speaks of. One that names no exporter speaks of those that some caller sends for. */
function waysOf({ exporters, recipients, purposes }: Notice, policy: Policy): readonly Way[] {
  const whose = exporters ?? [...new Set([...policy.callers.values()].flatMap((caller) => caller.exporters))];
  return whose.flatMap((exporter) =>
    recipients.flatMap((recipient) => purposes.map((purpose) => ({ exporter, recipient, purpose }))),
  );
}

/** Kinds that a mechanism covers, a purpose needs, or a rule lets through on this way, hidden or not (PS-1). */
function meant(policy: Policy, { exporter, recipient, purpose }: Way): readonly string[] {
  const allows = (list: readonly string[] | undefined, id: string) => list?.includes(id) !== false;
  const handler = policy.exporters.get(exporter)!.handler;
  const scopes = policy.mechanisms.filter(
    ({ exporters, scope }) =>
      (exporters.includes(exporter) || exporters.includes(handler)) &&
      allows(scope.recipients, recipient) &&
      allows(scope.purposes, purpose),
  );
  const names = ({ action, match }: PolicyRule) =>
    action !== "block" &&
    allows(match.exporter, exporter) &&
    allows(match.recipient, recipient) &&
    allows(match.purpose, purpose);
  return [
    ...scopes.flatMap(({ scope }) => scope.categories ?? []),
    ...(policy.purposes.get(purpose)?.neededTypes ?? []),
    ...policy.rules.filter(names).flatMap(({ match }) => match.piAny ?? []),
  ];
}
