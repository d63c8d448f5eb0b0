// The operator's own rules. All are read; a block among the matches forbids, else the strictest match permits. A rule
// whose condition cannot be worked out forbids by its own name (law 3).

import type { Case, Flow, Lifted, Opinion, Policy, PolicyRule, Rule } from "../../../words.ts";
import { forbid, own } from "../../opinions.ts";
import { isPersonal } from "../../personal.ts";
import { lifter } from "../../releases.ts";
import { all, specialise, type Test } from "./match.ts";
import { type When, whenOf } from "./when.ts";

/** A rule as far as it is still open on a way. */
interface Open {
  readonly rule: PolicyRule;
  readonly tests: readonly Test[];
  readonly when: When | null;
}

export const policy: Rule = {
  name: "policy",
  judge(c) {
    const { matching, failing } = matchesOf(c);
    if (failing.length > 0) return forbid(firstId(failing), failing.map(broken));
    const standing = c.released === undefined ? matching : matching.filter((rule) => !isLifted(c, rule));
    if (standing.length === 0) return c.released === undefined ? null : unmatchedLifted(c);
    const permit = permitOf(c, standing);
    const blocking = standing.filter((rule) => rule.action === "block");
    if (blocking.length === 0) return permit;
    const reasons = blocking.map(({ id }) => ({ ...own("POLICY_FORBIDS"), about: id }));
    return { ...forbid(firstId(blocking), reasons), beside: permit };
  },
};

/** A rule that two people have lifted forbids nothing, and permits nothing by itself. */
function isLifted(c: Case, { id, action }: PolicyRule): boolean {
  return action === "block" && lifter(c, { of: "rule", rule: id }) !== undefined;
}

/** That no rule permits is lifted by its own name, like a rule. */
function unmatchedLifted(c: Case): Opinion | null {
  const release = lifter(c, { of: "rule", rule: "default" });
  if (release === undefined) return null;
  return { rule: release.id, effect: "permit", actions: ["forward"], hide: [], reasons: [] };
}

/** The rules that would have blocked this Case, and by which release they did not. */
export function liftedRules(c: Case): readonly Lifted[] {
  if (!c.released?.some(({ lifts }) => lifts.some(({ of }) => of === "rule"))) return [];
  const { matching } = matchesOf(c);
  const blocking = matching.filter(({ action }) => action === "block").map(({ id }) => id);
  const unmatched = matching.length === blocking.length ? ["default"] : [];
  return [...blocking, ...unmatched].flatMap((rule): Lifted[] => {
    const release = lifter(c, { of: "rule", rule });
    return release === undefined ? [] : [{ release: release.id, of: "rule", what: rule }];
  });
}

function broken({ id }: PolicyRule) {
  return { ...own("RULE_FAILED"), about: id };
}

function matchesOf(c: Case): { readonly matching: readonly PolicyRule[]; readonly failing: readonly PolicyRule[] } {
  const matching: PolicyRule[] = [];
  let failing = NONE;
  for (const { rule, tests, when } of openOn(c.policy, c.flow)) {
    if (!all(tests, c)) continue;
    try {
      if (when === null || when(c)) matching.push(rule);
    } catch {
      failing = [...failing, rule];
    }
  }
  return { matching, failing };
}

const NONE: readonly PolicyRule[] = [];

/** Leaving aside what blocks: the strictest permits, and what each wants rewritten is rewritten. */
function permitOf(c: Case, matching: readonly PolicyRule[]): Opinion {
  const rewriting = matching.filter(({ action }) => action === "redact" || action === "pseudonymize");
  if (rewriting.length === 0)
    return { rule: firstId(matching), effect: "permit", actions: ["forward"], hide: [], reasons: [] };
  const removing = rewriting.filter(({ action }) => action === "redact");
  const hide = concerned(rewriting, c);
  const proofs = provenBy(rewriting, c);
  return {
    rule: firstId(removing.length > 0 ? removing : rewriting),
    effect: "permit",
    actions: [removing.length > 0 ? "redact" : "pseudonymize"],
    hide,
    reasons: [],
    ...(removing.length === 0 ? {} : { remove: concerned(removing, c) }),
    ...(proofs.length === 0 ? {} : { proofs }),
  };
}

/** A proof speaks of what its own rules rewrite: of findings that another rule hid it says nothing. */
function provenBy(rewriting: readonly PolicyRule[], c: Case): readonly string[] {
  const named = new Set(rewriting.flatMap(({ proof }) => proof ?? []));
  return [...named].filter((id) => {
    const mine = new Set(
      concerned(
        rewriting.filter(({ proof }) => proof === id),
        c,
      ),
    );
    return c.findings.every((finding, i) => !isPersonal(finding) || mine.has(i));
  });
}

/** The findings of the kinds that the rules name, or all that are about somebody where one names none. */
function concerned(rules: readonly PolicyRule[], { findings }: Case): readonly number[] {
  const every = rules.some(({ match }) => match.piAny === undefined);
  const kinds = new Set(rules.flatMap(({ match }) => match.piAny ?? []));
  return findings.flatMap((finding, i) =>
    (every && isPersonal(finding)) || (kinds.has(finding.type) && finding.excused === undefined) ? [i] : [],
  );
}

function firstId(rules: readonly PolicyRule[]): string {
  return rules.length === 1 ? rules[0]!.id : rules.map((rule) => rule.id).sort()[0]!;
}

/** Ways remembered of one policy. */
const WAYS_MAX = 4096;

const ways = new WeakMap<Policy, Map<string, readonly Open[]>>();

/** The way asked for last: comparing eight ids is cheaper than joining them into a name. */
let last: { readonly policy: Policy; readonly way: Way; readonly open: readonly Open[] } | null = null;

/** The rules that can still match on this way: settled once. */
function openOn(policyOf: Policy, flow: Flow): readonly Open[] {
  if (last?.policy === policyOf && isSameWay(last.way, flow)) return last.open;
  const known = ways.get(policyOf) ?? new Map<string, readonly Open[]>();
  const key = PARTS.map((part) => flow[part]).join(" ");
  const open = known.get(key) ?? settled(policyOf, flow);
  if (known.size === WAYS_MAX) known.clear();
  ways.set(policyOf, known.set(key, open));
  const { exporter, destination, recipient, country, purpose, operation, provider, caller } = flow;
  const way = { exporter, destination, recipient, country, purpose, operation, provider, caller };
  last = { policy: policyOf, way, open };
  return open;
}

/** What of a flow a match can settle by itself: ids, which hold no space. */
const PARTS = [
  "exporter",
  "destination",
  "recipient",
  "country",
  "purpose",
  "operation",
  "provider",
  "caller",
] as const satisfies readonly (keyof Flow)[];

type Way = Pick<Flow, (typeof PARTS)[number]>;

/** Written out: this is asked at every crossing. */
function isSameWay(a: Way, b: Way): boolean {
  return (
    a.exporter === b.exporter &&
    a.destination === b.destination &&
    a.recipient === b.recipient &&
    a.country === b.country &&
    a.purpose === b.purpose &&
    a.operation === b.operation &&
    a.provider === b.provider &&
    a.caller === b.caller
  );
}

function settled({ rules }: Policy, flow: Flow): readonly Open[] {
  return rules.flatMap((rule) => {
    const tests = specialise(rule.match, flow);
    return tests === null ? [] : [{ rule, tests, when: conditionOf(rule) }];
  });
}

/** The load has checked it; a policy that came another way fails closed. */
function conditionOf({ when }: PolicyRule): When | null {
  if (when === undefined) return null;
  const condition = whenOf(when);
  if (typeof condition === "function") return condition;
  return () => {
    throw new TypeError("a condition that cannot be read");
  };
}
