// What runs out by date: the law's data, the calendar of working days, mechanisms. Law: pure; today is an argument.

import { inForceOn } from "../../law/thresholds.ts";
import { workingDaysAfter } from "../../law/working-days.ts";
import { plusDays } from "../../law/year.ts";
import type { Destination, LawData, Mechanism, Policy, Term } from "../../words.ts";
import { type Check, fail, ok, type Verdict, warn } from "./check.ts";

const SOON_DAYS = 60;

/** @param today Beijing date. */
export function lawVerdict(law: LawData, today: string): Verdict {
  const { revision, reviewedUntil } = inForceOn(law, today);
  const fix = ["升级 yumen 以取得复核过的 policies/law", "upgrade yumen for law data that was reviewed"] as const;
  if (reviewedUntil < today)
    return warn(
      `${revision}：复核只到 ${reviewedUntil}，其后可能已有新规`,
      `${revision}: reviewed only until ${reviewedUntil}; something newer may govern`,
      ...fix,
    );
  if (reviewedUntil < plusDays(today, SOON_DAYS))
    return warn(
      `${revision}：复核到 ${reviewedUntil}，快过期了`,
      `${revision}: reviewed until ${reviewedUntil}, soon over`,
      ...fix,
    );
  return ok(`${revision}，复核到 ${reviewedUntil}`, `${revision}, reviewed until ${reviewedUntil}`);
}

/** Deadlines reach ahead: the assessment's 57 working days are the longest. */
export function calendarVerdict({ calendar }: LawData, today: string): Verdict {
  const { knownUntil } = calendar;
  const said = [`工作日历知道到 ${knownUntil}`, `working days are known until ${knownUntil}`] as const;
  if (knownUntil >= plusDays(today, SOON_DAYS)) return ok(...said);
  return warn(
    `${said[0]}；其后按周一至周五计`,
    `${said[1]}; after that Monday to Friday are assumed`,
    "国务院公布次年放假安排（通常在 11 月）后升级 yumen",
    "upgrade yumen when the State Council has published next year's holidays (usually in November)",
  );
}

/** One check a mechanism. */
export function mechanismChecks(mechanisms: readonly Mechanism[], law: LawData, today: string): readonly Check[] {
  return mechanisms.map((one) => ({ id: `mechanism:${one.id}`, examine: () => mechanismVerdict(one, law, today) }));
}

export function mechanismVerdict(m: Mechanism, law: LawData, today: string): Verdict {
  if (m.status !== undefined && m.status !== "active")
    return warn(
      `状态是 ${m.status}：不能凭它出境`,
      `its status is ${m.status}: nothing may leave on it`,
      "取得结果后改 status",
      "change status when there is a result",
    );
  if (m.filingRejected === true || m.templateModified === true || m.changeNotRefiled === true)
    return fail(
      "备案被退、改了正文或变更未重新备案：不能凭它出境",
      "filing rejected, text changed, or a change not filed again: nothing may leave on it",
      "重新备案",
      "file again",
    );
  const until = [m.validUntil ?? "", m.type === "SECURITY_ASSESSMENT" ? (m.extendedUntil ?? "") : ""].sort()[1]!;
  const over = until !== "" && until < today;
  return (over ? null : filing(m, law, today)) ?? term(m, until, today);
}

function filing(m: Mechanism, law: LawData, today: string): Verdict | null {
  const filed = m.type !== "STANDARD_CONTRACT" && m.type !== "GBA_STANDARD_CONTRACT";
  if (filed || (m.filedDate ?? null) !== null || m.validFrom === null) return null;
  const due = workingDaysAfter(m.validFrom, inForceOn(law, today).lines.filingWorkingDays, law.calendar);
  const fix = [
    "向省级网信办备案，然后填 filedDate",
    "file it with the provincial CAC, then fill in filedDate",
  ] as const;
  if (due < today)
    return fail(
      `备案期限 ${due} 已过，没有 filedDate`,
      `the filing was due on ${due}, and there is no filedDate`,
      ...fix,
    );
  return warn(`还没有备案，期限 ${due}`, `not yet filed, due on ${due}`, ...fix);
}

function term({ validFrom }: Mechanism, until: string, today: string): Verdict {
  return termVerdict({ from: validFrom, until: until === "" ? null : until }, today);
}

/** Claims, proofs and registrations: on the day after its last one a paper says nothing. */
export function claimChecks({ exemptions, proofs, ftz }: Claims, today: string): readonly Check[] {
  return [...exemptions, ...proofs, ...ftz].map((one) => ({
    id: `paper:${one.id}`,
    examine: () => termVerdict(one, today),
  }));
}

type Claims = Pick<Policy, "exemptions" | "proofs" | "ftz">;

export function termVerdict({ from, until }: Term, today: string): Verdict {
  if (until !== null && until < today)
    return fail(
      `已于 ${until} 到期：凭它的出境会被拦截`,
      `expired on ${until}: what relies on it is blocked`,
      "续期或换新的，更新策略",
      "renew or replace it, and update the policy",
    );
  if (from !== null && from > today)
    return warn(`${from} 才生效`, `takes effect on ${from}`, "生效之前不能凭它出境", "nothing may leave on it before");
  if (until === null) return ok("有效", "in force");
  if (until >= plusDays(today, SOON_DAYS)) return ok(`有效至 ${until}`, `in force until ${until}`);
  return warn(
    `${until} 到期`,
    `expires on ${until}`,
    "现在着手续期：yumen route --golive 告诉各步期限",
    "start its renewal now: yumen route --golive tells the dates",
  );
}

/** A trial is for finding out: who looks after a gate must know that one is on. */
export function observeChecks(destinations: readonly Destination[], today: string): readonly Check[] {
  return destinations.flatMap(({ id, observe }) => {
    if (observe === null || today < observe.from || today > observe.until) return [];
    const { covers, until } = observe;
    const whose = covers === "law" ? { zh: "法律和策略", en: "law and policy" } : { zh: "策略", en: "policy" };
    const verdict = warn(
      `观察期到 ${until}：只因${whose.zh}而拦截的，由签字人担保放行`,
      `on trial until ${until}: what only ${whose.en} would block goes through over its signer's name`,
      "看带 X-Yumen-Would 的记录，到期前改好",
      "read the entries with X-Yumen-Would, and mend the policy before the end",
    );
    return [{ id: `observe:${id}`, examine: () => verdict }];
  });
}
