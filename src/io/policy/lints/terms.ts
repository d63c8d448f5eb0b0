// What ends soon, or has ended. Law of this file: the last day still counts; what was taken back has no term to watch.

import type { Gathered, Placed } from "../gather.ts";
import type { Problem, Text } from "../problem.ts";
import type { ListName } from "../schema.ts";
import type { Step } from "../source.ts";
import { daysAfter, type Lint, warning } from "./lint.ts";

const SOON_DAYS = 60;
/** An extension of a security assessment is asked for 60 working days before the end (Provisions Art. 9). */
const ASSESSMENT_DAYS = 100;
const OBSERVE_DAYS = 3;

interface Term {
  readonly at: Placed<{ readonly id: string }>;
  readonly path: readonly Step[];
  readonly until: string | undefined;
  /** First part of the code. */
  readonly what: string;
  readonly mend: Text;
  readonly soonDays?: number;
}

const RENEW = { zh: "请续期或撤下", en: "renew it or take it out" };

export const terms: Lint = ({ g, today }) =>
  [...mechanismTerms(g), ...recipientTerms(g), ...plainTerms(g), ...destinationTerms(g)].flatMap((term) =>
    ending(term, today),
  );

function ending({ at, path, until, what, mend, soonDays = SOON_DAYS }: Term, today: string): Problem[] {
  const { id } = at.item;
  if (until === undefined || until > daysAfter(today, soonDays)) return [];
  const over = until < today;
  const text = over
    ? { zh: `${id} 已于 ${until} 到期：${mend.zh}`, en: `${id} expired on ${until}: ${mend.en}` }
    : { zh: `${id} 将于 ${until} 到期：${mend.zh}`, en: `${id} expires on ${until}: ${mend.en}` };
  return [warning(at, path, `${what}_${over ? "expired" : "expiring"}`, text)];
}

function mechanismTerms({ lists }: Gathered): Term[] {
  return lists.mechanisms.flatMap((at) => {
    const { status = "active", type, extendedUntil, validUntil } = at.item;
    if (status !== "active" && status !== "pending") return [];
    const path = [extendedUntil === undefined ? "validUntil" : "extendedUntil"];
    const base = { at, path, until: extendedUntil ?? validUntil, what: "mechanism" };
    if (type !== "security-assessment") return [{ ...base, mend: RENEW }];
    const mend = {
      zh: "须在到期前 60 个工作日申请延长（促进和规范数据跨境流动规定第9条）",
      en: "an extension is asked for 60 working days before (Provisions Art. 9)",
    };
    return [{ ...base, mend, soonDays: ASSESSMENT_DAYS }];
  });
}

function recipientTerms({ lists }: Gathered): Term[] {
  return lists.recipients.flatMap((at): Term[] => {
    const { contract, dueDiligence } = at.item;
    const again = { zh: "请重新调查并更新日期", en: "do it again and change the dates" };
    return [
      { at, path: ["contract", "until"], until: contract?.until, what: "contract", mend: RENEW },
      { at, path: ["dueDiligence", "until"], until: dueDiligence?.until, what: "due_diligence", mend: again },
    ];
  });
}

/** List → member with its last day → first part of the code. */
const PLAIN = [
  ["documents", "validUntil", "document"],
  ["proofs", "until", "proof"],
  ["exemptions", "until", "exemption"],
  ["approvals", "until", "approval"],
  ["ftz", "until", "ftz_registration"],
  ["ftzLists", "until", "ftz_list"],
] as const satisfies readonly (readonly [ListName, string, string])[];

function plainTerms({ lists }: Gathered): Term[] {
  return PLAIN.flatMap(([list, member, what]) =>
    (lists[list] as readonly Placed<{ readonly id: string; readonly [member]?: string }>[]).map((at) => ({
      ...{ at, path: [member], what, mend: RENEW },
      until: (at.item as { readonly validUntil?: string; readonly until?: string })[member],
    })),
  );
}

function destinationTerms({ lists }: Gathered): Term[] {
  const enforced = {
    zh: "此后即强制执行：请看观察到的，改好规则，撤下 observe",
    en: "from then on it is enforced: read what was observed, mend the rules, take observe out",
  };
  const again = { zh: "请重新分类，更新日期", en: "classify the data again and change the dates" };
  return lists.destinations.flatMap((at): Term[] => {
    const { observe, classification } = at.item;
    return [
      {
        at,
        path: ["observe", "until"],
        until: observe?.until,
        what: "observe",
        mend: enforced,
        soonDays: OBSERVE_DAYS,
      },
      { at, path: ["classification", "until"], until: classification?.until, what: "classification", mend: again },
    ];
  });
}
