// Mechanisms of PIPL Art. 38 that will not hold as they stand.

import type { Policy } from "../../../words.ts";
import type { Gathered, Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { type Lint, monthsAfter, warning } from "./lint.ts";

type Mechanism = Item<"mechanisms">;

const CONTRACTS = new Set<Mechanism["type"]>(["standard-contract", "gba-standard-contract"]);

export const mechanisms: Lint = ({ g, policy }) =>
  g.lists.mechanisms.flatMap((at) => [
    ...filing(at),
    ...paper(at),
    ...changes(at),
    ...assessment(at, g),
    ...assessor(at, policy),
  ]);

function filing(at: Placed<Mechanism>): Problem[] {
  const { id, type, filedDate, validFrom } = at.item;
  if (!CONTRACTS.has(type) || filedDate !== undefined || validFrom === undefined) return [];
  return [
    warning(at, ["id"], "filing_missing", {
      zh: `${id} 没有备案日期 filedDate：生效后 10 个工作日内须备案，逾期即拦截`,
      en: `${id} has no filedDate: due within 10 working days of taking effect, blocked after that`,
    }),
  ];
}

/** One that is not there yet has no number. */
function paper(at: Placed<Mechanism>): Problem[] {
  const { id, status = "active" } = at.item;
  if (status !== "active") return [];
  const lacks = (["number", "document"] as const).filter((member) => at.item[member] === undefined);
  if (lacks.length === 0) return [];
  const names = lacks.join("、");
  return [
    warning(at, ["id"], "mechanism_undocumented", {
      zh: `${id} 没有写 ${names}：凭什么出境，应能拿出文件和编号`,
      en: `${id} has no ${lacks.join(", no ")}: what the export rests on must be at hand, with its number`,
    }),
  ];
}

function changes(at: Placed<Mechanism>): Problem[] {
  const { id, type, templateModified, changeNotRefiled } = at.item;
  const found: Problem[] = [];
  if (templateModified === true && CONTRACTS.has(type))
    found.push(
      warning(at, ["templateModified"], "template_changed", {
        zh: `${id} 改动了合同范本：范本不得改动，另立补充条款（个人信息出境标准合同办法第6条）`,
        en: `${id} changed the template: it must be used as it is, with further terms beside it (SC Measures Art. 6)`,
      }),
    );
  if (changeNotRefiled === true)
    found.push(
      warning(at, ["changeNotRefiled"], "change_unfiled", {
        zh: `${id} 有变更未重新备案或申报：须先补办`,
        en: `${id} changed and was not filed again: it blocks until it is`,
      }),
    );
  return found;
}

/** SC Measures Art. 7, filing guide: the assessment is at most three months old when the contract is filed. */
const FRESH_MONTHS = 3;

function assessment(at: Placed<Mechanism>, g: Gathered): Problem[] {
  const { id, pipia, filedDate } = at.item;
  const doneOn = g.lists.pipias.find(({ item }) => item.id === pipia)?.item.doneOn;
  if (filedDate === undefined || doneOn === undefined) return [];
  if (doneOn <= filedDate && filedDate <= monthsAfter(doneOn, FRESH_MONTHS)) return [];
  return [
    warning(at, ["pipia"], "pipia_stale", {
      zh: `${id} 于 ${filedDate} 备案，${pipia} 完成于 ${doneOn}：应在备案前 ${FRESH_MONTHS} 个月内，请重新评估后补交`,
      en: `${pipia} was done on ${doneOn}, not in the ${FRESH_MONTHS} months before ${filedDate}: assess anew`,
    }),
  ];
}

/** What others assessed is filed with nobody's mechanism but theirs. A processor's may be its handler's. */
function assessor(at: Placed<Mechanism>, { exporters, mechanisms, pipias }: Policy): Problem[] {
  const { id, pipia } = at.item;
  const whose = pipias.find((one) => one.id === pipia)?.exporters;
  if (whose === undefined) return [];
  const { exporters: ours } = mechanisms.find((one) => one.id === id)!;
  const others = ours.filter((one) => !whose.includes(one) && !whose.includes(exporters.get(one)!.handler));
  if (others.length === 0) return [];
  return [
    warning(at, ["pipia"], "pipia_of_others", {
      zh: `${pipia} 不是 ${others.join("、")} 的影响评估：请写上它自己的，或补进 ${pipia} 的 exporters（第55条）`,
      en: `${pipia} is no assessment of ${others.join(", ")}: name its own, or add it to the exporters of ${pipia}`,
    }),
  ];
}
