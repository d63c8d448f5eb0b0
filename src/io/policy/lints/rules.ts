// Rules that change nothing. Law of this file: a rule is called dead only where no caller's crossing can be of it, or
// where another rule says the same or more of all of them; a condition that may fail has an effect of its own.

import type { Policy, PolicyRule } from "../../../words.ts";
import { type Coverage, type Cube, coverageOf, ID_KEYS, type IdKey } from "../covering.ts";
import type { Problem } from "../problem.ts";
import { type Lint, recipientsAt, warning } from "./lint.ts";

export const rules: Lint = ({ g, policy, known }) => {
  const coverage = coverageOf(known.impersonal);
  const isOpen = openWays(policy);
  const over = overrulersOf(policy.rules);
  let left = COMPARISONS_MAX;
  return g.lists.rules.flatMap((at): Problem[] => {
    const rule = at.item;
    const cubes = coverage.alternatives(rule.match);
    if (cubes !== null && !cubes.some(isOpen))
      return [
        warning(at, ["id"], "rule_never", {
          zh: `规则 ${rule.id} 永远不会命中：没有调用方能带来这样的请求，请改 match 或撤下它`,
          en: `rule ${rule.id} can never match: no caller can bring such a crossing; mend its match or take it out`,
        }),
      ];
    const first = cubes?.find(isOpen);
    if (cubes === null || first === undefined) return [];
    const other = over(first).find((one) => left-- > 0 && overrules(one, rule, cubes, coverage));
    if (other === undefined) return [];
    const text =
      other.action === "block"
        ? { zh: `总被 ${other.id} 拦截`, en: `is always overruled by ${other.id}` }
        : { zh: `总有 ${other.id} 同样或更严`, en: `changes nothing: ${other.id} always asks the same or more` };
    return [
      warning(at, ["id"], "rule_shadowed", {
        zh: `规则 ${rule.id} ${text.zh}：请改其中一条的 match 或撤下它`,
        en: `rule ${rule.id} ${text.en}; mend one of the two or take it out`,
      }),
    ];
  });
};

/** Thousands of rules that name no way are each compared with all others: a lint must not cost a start. */
const COMPARISONS_MAX = 500_000;

/** Whether without `rule` every decision would be the same, or name another rule only. */
function overrules(other: PolicyRule, rule: PolicyRule, cubes: readonly Cube[], coverage: Coverage): boolean {
  if (other.id === rule.id || !saysAsMuch(other, rule)) return false;
  if (other.when !== undefined && other.when !== rule.when) return false;
  if (rule.when !== undefined && other.action !== "block" && other.when !== rule.when) return false;
  // two that cover each other: the first by name stays
  if (!cubes.every((cube) => coverage.coversCube(other.match, cube))) return false;
  return other.id < rule.id || !saysAsMuch(rule, other) || !coverage.covers(rule.match, other.match);
}

function saysAsMuch(other: PolicyRule, rule: PolicyRule): boolean {
  if (other.action === "block") return true;
  if (rule.action === "forward") return true;
  if (rule.proof !== undefined || other.action !== rule.action) return false;
  const concerned = rule.match.piAny;
  return other.match.piAny === undefined
    ? concerned === undefined
    : (concerned?.every((kind) => other.match.piAny!.includes(kind)) ?? false);
}

/** Ways that some caller can bring about: an alternative is open if one of them is of it. */
function openWays({ callers, destinations, recipients }: Policy): (cube: Cube) => boolean {
  const senders = [...callers.values()].map((caller) => ({ ...caller, leads: new Set(caller.destinations) }));
  return ({ ids }) => {
    const some = (key: IdKey, has: readonly string[]) => ids[key]?.some((id) => has.includes(id)) ?? has.length > 0;
    const leads = (id: string): boolean => {
      const destination = destinations.get(id);
      if (destination === undefined) return false;
      const parties = recipientsAt(destination as Parameters<typeof recipientsAt>[0]);
      return (
        some("operation", destination.operations) &&
        some("provider", destination.providers) &&
        parties.some((party) => some("recipient", [party]) && some("country", [recipients.get(party)!.country]))
      );
    };
    return senders.some(
      (caller) =>
        some("caller", [caller.id]) &&
        some("exporter", caller.exporters) &&
        some("purpose", caller.purposes) &&
        (ids.destination ?? caller.destinations).some((id) => caller.leads.has(id) && leads(id)),
    );
  };
}

/**
 * Rules that may cover an alternative. One that names ids can only cover an alternative that names some of them under
 * the same key: ten thousand rules are not compared with ten thousand.
 */
function overrulersOf(all: readonly PolicyRule[]): (cube: Cube) => readonly PolicyRule[] {
  const named = new Map<string, PolicyRule[]>();
  for (const rule of all)
    for (const place of placesOf(rule)) {
      const there = named.get(place);
      if (there === undefined) named.set(place, [rule]);
      else there.push(rule);
    }
  const at = (place: string) => named.get(place) ?? [];
  return ({ ids, kinds }) => [
    ...at("any"),
    ...ID_KEYS.flatMap((key) => (ids[key] === undefined ? [] : at(`${key} ${ids[key][0]}`))),
    ...kinds.flatMap(([kind]) => at(`piAny ${kind}`)),
  ];
}

function placesOf({ match }: PolicyRule): readonly string[] {
  const key = [...ID_KEYS, "piAny" as const].find((key) => match[key] !== undefined);
  return key === undefined ? ["any"] : match[key]!.map((id) => `${key} ${id}`);
}
