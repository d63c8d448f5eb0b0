// What is allowed but will surprise somebody. Law of this file: a warning never changes the policy.

import type { Policy, PolicyRule } from "../../words.ts";
import type { Gathered, Placed } from "./gather.ts";
import { type Problem, problemAt, type Text } from "./problem.ts";
import type { Known } from "./references.ts";
import type { Step } from "./source.ts";

const EXPIRING_DAYS = 60;
const DAY_MS = 86_400_000;

/** @param nowMs ms since the epoch; mechanisms are looked at on its Beijing date. */
export function warn(g: Gathered, policy: Policy, known: Known, nowMs: number): Problem[] {
  return [
    ...mechanismWarnings(g, nowMs),
    ...destinationWarnings(g, policy),
    ...noticeWarnings(g, policy),
    ...ruleWarnings(g, policy),
    ...kindWarnings(g, known),
  ];
}

/** A rule about a kind that nothing finds is silent: its author believes in a protection that is not there. */
function kindWarnings(g: Gathered, known: Known): Problem[] {
  return g.lists.rules.flatMap((placed) =>
    (placed.item.match.piAny ?? []).flatMap((type, index) => {
      if (known.detected.includes(type)) return [];
      const message = {
        zh: `网关还不能识别 ${type}：这一项不会起作用`,
        en: `the gate does not find ${type}: this has no effect`,
      };
      return [warning(placed, ["match", "piAny", index], "kind_undetected", message)];
    }),
  );
}

function warning(at: Placed<unknown>, path: readonly Step[], code: string, message: Text): Problem {
  return problemAt(at.source, [...at.path, ...path], code, message, { severity: "warning" });
}

function mechanismWarnings(g: Gathered, nowMs: number): Problem[] {
  const beijing = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
  const today = beijing(nowMs);
  const soon = beijing(nowMs + EXPIRING_DAYS * DAY_MS);
  return g.lists.mechanisms.flatMap((placed) => {
    const { id, type, filedDate, validFrom, ...m } = placed.item;
    const field = m.extendedUntil === undefined ? "validUntil" : "extendedUntil";
    const until = m[field];
    const found: Problem[] = [];
    if (until !== undefined && until < today)
      found.push(
        warning(placed, [field], "mechanism_expired", {
          zh: `${id} 已于 ${until} 到期`,
          en: `${id} expired on ${until}`,
        }),
      );
    else if (until !== undefined && until <= soon)
      found.push(
        warning(placed, [field], "mechanism_expiring", {
          zh: `${id} 将于 ${until} 到期`,
          en: `${id} expires on ${until}`,
        }),
      );
    if (type === "standard-contract" && filedDate === undefined && validFrom !== undefined)
      found.push(
        warning(placed, ["id"], "filing_missing", {
          zh: `${id} 没有备案日期 filedDate：生效后 10 个工作日内须备案，逾期即拦截`,
          en: `${id} has no filedDate: due within 10 working days of taking effect, blocked after that`,
        }),
      );
    return found;
  });
}

/** For each destination and purpose that some caller can bring there: is anybody told, is it assessed? */
function destinationWarnings(g: Gathered, policy: Policy): Problem[] {
  const callers = [...policy.callers.values()];
  return g.lists.destinations.flatMap((placed) => {
    const { id, recipient, exporter } = placed.item;
    const senders = callers.filter(
      (c) => c.destinations.includes(id) && (exporter === undefined || c.exporters.includes(exporter)),
    );
    if (senders.length === 0)
      return [
        warning(placed, ["id"], "destination_unused", {
          zh: `没有调用方能向 ${id} 发送`,
          en: `no caller can send to ${id}`,
        }),
      ];
    const purposes = new Set(senders.flatMap((c) => c.purposes));
    return [...purposes].flatMap((purpose) => {
      const covers = (paper: { recipients: readonly string[]; purposes: readonly string[] }) =>
        paper.recipients.includes(recipient) && paper.purposes.includes(purpose);
      const found: Problem[] = [];
      if (!policy.notices.some(covers))
        found.push(
          warning(placed, ["id"], "destination_unnoticed", {
            zh: `${id} 的接收方 ${recipient}、目的 ${purpose} 没有告知（个人信息保护法第39条）`,
            en: `${id}: no notice covers recipient ${recipient} for purpose ${purpose} (PIPL Art. 39)`,
          }),
        );
      if (!policy.pipias.some((p) => p.done && covers(p)))
        found.push(
          warning(placed, ["id"], "destination_unassessed", {
            zh: `${id} 的接收方 ${recipient}、目的 ${purpose} 没有完成的影响评估（第55条）`,
            en: `${id}: no finished PIPIA covers recipient ${recipient} for purpose ${purpose} (PIPL Art. 55)`,
          }),
        );
      return found;
    });
  });
}

function noticeWarnings(g: Gathered, policy: Policy): Problem[] {
  const missingOf = new Map(policy.notices.map((n) => [n.id, n.missing]));
  return g.lists.notices.flatMap((placed) => {
    const missing = missingOf.get(placed.item.id) ?? [];
    if (missing.length === 0) return [];
    const text = {
      zh: `告知缺少：${missing.join("、")}（第39条）`,
      en: `the notice lacks ${missing.join(", ")} (PIPL Art. 39)`,
    };
    return [warning(placed, ["id"], "notice_incomplete", text)];
  });
}

function ruleWarnings(g: Gathered, policy: Policy): Problem[] {
  return g.lists.rules.flatMap((placed) => {
    const rule = placed.item;
    if (!canMatch(rule, policy))
      return [
        warning(placed, ["id"], "rule_never", {
          zh: `规则 ${rule.id} 永远不会命中`,
          en: `rule ${rule.id} can never match`,
        }),
      ];
    const over = policy.rules.find(
      (other) => other.action === "block" && rule.action !== "block" && covers(other.match, rule.match),
    );
    if (over === undefined) return [];
    const text = {
      zh: `规则 ${rule.id} 总被 ${over.id} 拦截`,
      en: `rule ${rule.id} is always overruled by ${over.id}`,
    };
    return [warning(placed, ["id"], "rule_shadowed", text)];
  });
}

/** Is there a caller that can bring such a crossing about? */
function canMatch({ match }: PolicyRule, policy: Policy): boolean {
  if (match.pi === false && match.piAny !== undefined) return false;
  const wanted = <T>(list: readonly T[] | undefined, value: T) => list?.includes(value) ?? true;
  return [...policy.callers.values()].some(
    (c) =>
      wanted(match.caller, c.id) &&
      c.purposes.some((purpose) => wanted(match.purpose, purpose)) &&
      c.destinations.some((id) => wanted(match.destination, id) && opens(id)),
  );
  function opens(id: string): boolean {
    return policy.destinations.get(id)?.operations.some((operation) => wanted(match.operation, operation)) ?? false;
  }
}

type Match = PolicyRule["match"];

/** Does `wide` match whatever `narrow` matches? */
function covers(wide: Match, narrow: Match): boolean {
  const includes = (key: "destination" | "purpose" | "operation" | "caller" | "piAny") => {
    const list: readonly string[] | undefined = wide[key];
    return list === undefined || (narrow[key]?.every((value) => list.includes(value)) ?? false);
  };
  const pi = wide.pi === undefined || wide.pi === narrow.pi || (wide.pi && narrow.piAny !== undefined);
  return pi && (["destination", "purpose", "operation", "caller", "piAny"] as const).every(includes);
}
