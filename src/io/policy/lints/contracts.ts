// What is agreed with those who get the data. Law of this file: only recipients outside the mainland to whom some
// destination leads are looked at.

import type { Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { CLAUSE_NAMES } from "../schema-parties.ts";
import { type Lint, recipientsAt, warning } from "./lint.ts";

type Recipient = Item<"recipients">;

export const contracts: Lint = ({ g }) => {
  const used = new Set(g.lists.destinations.flatMap(({ item }) => recipientsAt(item)));
  return g.lists.recipients
    .filter(({ item: { id, country } }) => used.has(id) && country !== "CN")
    .flatMap((at) => [...contract(at), ...breach(at)]);
};

function contract(at: Placed<Recipient>): Problem[] {
  const { id, contract: agreed } = at.item;
  if (agreed === undefined)
    return [
      warning(at, ["id"], "contract_missing", {
        zh: `${id} 没有合同：请写 contract: { document, from, until, clauses }`,
        en: `${id} has no contract: say contract: { document, from, until, clauses }`,
      }),
    ];
  const found: Problem[] = [];
  if (agreed.document === undefined)
    found.push(
      warning(at, ["contract"], "contract_undocumented", {
        zh: `${id} 的合同没有登记文件：请在 documents 里登记，由 contract.document 引用`,
        en: `the contract with ${id} has no document: register it in documents and name it in contract.document`,
      }),
    );
  const missing = CLAUSE_NAMES.filter((name) => agreed.clauses[name as keyof typeof agreed.clauses] === undefined);
  if (missing.length > 0)
    found.push(
      warning(at, ["contract", "clauses"], "clause_missing", {
        zh: `与 ${id} 的合同缺少条款：${missing.join("、")}。请补签，或写明在合同何处`,
        en: `the contract with ${id} lacks clauses: ${missing.join(", ")}. Agree on them, or say where they stand`,
      }),
    );
  return found;
}

function breach(at: Placed<Recipient>): Problem[] {
  const { id, breachNoticeHours } = at.item;
  if (breachNoticeHours !== undefined) return [];
  return [
    warning(at, ["id"], "breach_notice_missing", {
      zh: `${id} 没有约定多少小时内通知泄露：请写 breachNoticeHours（个人信息保护法第57条要求立即处置）`,
      en: `${id} is not bound to tell of a breach within any hours: say breachNoticeHours (PIPL Art. 57)`,
    }),
  ];
}
