// The operator's own rules. All are read; a block among the matches forbids, else the strictest match permits.

import type { Case, Opinion, PolicyRule, Rule } from "../../../words.ts";
import { forbid, own } from "../../opinions.ts";
import { isPersonal } from "../../personal.ts";

export const policy: Rule = {
  name: "policy",
  judge(c) {
    const matching = c.policy.rules.filter((rule) => matches(rule.match, c));
    if (matching.every((rule) => rule.action === "forward"))
      return matching.length > 0 ? permit(firstId(matching), "forward", []) : null;
    const blocking = matching.filter((rule) => rule.action === "block");
    if (blocking.length > 0) {
      const reasons = blocking.map(({ id }) => ({ ...own("POLICY_FORBIDS"), about: id }));
      return forbid(firstId(blocking), reasons);
    }
    const hiding = matching.filter((rule) => rule.action === "pseudonymize");
    return permit(firstId(hiding), "pseudonymize", [...new Set(hiding.flatMap((rule) => concerned(rule, c)))]);
  },
};

function permit(rule: string, action: "forward" | "pseudonymize", hide: readonly number[]): Opinion {
  return { rule, effect: "permit", actions: [action], hide, reasons: [] };
}

/** AND over the members, OR within a list, absent means any. */
function matches(match: PolicyRule["match"], { flow, findings }: Case): boolean {
  return (
    allows(match.destination, flow.destination) &&
    allows(match.purpose, flow.purpose) &&
    allows(match.operation, flow.operation) &&
    allows(match.caller, flow.caller) &&
    (match.piAny === undefined || findings.some(({ type }) => match.piAny!.includes(type))) &&
    (match.pi === undefined || findings.some(isPersonal) === match.pi)
  );
}

function allows<T>(list: readonly T[] | undefined, value: T): boolean {
  return list === undefined || list.includes(value);
}

/** The findings of the kinds that the rule names, or all that are about somebody. */
function concerned({ match: { piAny } }: PolicyRule, { findings }: Case): readonly number[] {
  return findings.flatMap((finding, i) =>
    (piAny === undefined ? isPersonal(finding) : piAny.includes(finding.type)) ? [i] : [],
  );
}

function firstId(rules: readonly PolicyRule[]): string {
  return rules.length === 1 ? rules[0]!.id : rules.map((rule) => rule.id).sort()[0]!;
}
