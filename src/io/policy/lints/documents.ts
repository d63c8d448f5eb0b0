// Papers that would be thrown away too early: records of an assessment are kept three years (PIPL Art. 56).

import { type Lint, monthsAfter, warning } from "./lint.ts";

const KEPT_MONTHS = 36;

export const documents: Lint = ({ g }) =>
  g.lists.documents.flatMap((at) => {
    const { id, retainUntil, validUntil } = at.item;
    const finished = g.lists.pipias.flatMap(({ item }) => (item.document === id ? (item.doneOn ?? []) : []));
    const last = [...finished, ...(validUntil === undefined ? [] : [validUntil])].sort().at(-1);
    if (retainUntil === undefined || last === undefined) return [];
    const due = monthsAfter(last, KEPT_MONTHS);
    if (retainUntil >= due) return [];
    return [
      warning(at, ["retainUntil"], "retention_short", {
        zh: `${id} 应保存到 ${due}：至少三年（个人信息保护法第56条）`,
        en: `${id} must be kept until ${due}: three years at least (PIPL Art. 56)`,
      }),
    ];
  });
