// Destinations that nobody can use, or that lack what the law will ask for.

import type { Policy } from "../../../words.ts";
import type { Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { type Lint, recipientsAt, warning } from "./lint.ts";

type Destination = Item<"destinations">;

export const destinations: Lint = ({ g, policy }) =>
  g.lists.destinations.flatMap((at) => [...unclassified(at), ...ways(at, policy)]);

function unclassified(at: Placed<Destination>): Problem[] {
  if (at.item.classification !== undefined) return [];
  const { id } = at.item;
  return [
    warning(at, ["id"], "destination_unclassified", {
      zh: `没有说明发往 ${id} 的是什么数据：请写 classification: { level, catalogue, by, on }（数据安全法第21条）`,
      en: `nobody said what the data to ${id} are: say classification: { level, catalogue, by, on } (DSL Art. 21)`,
    }),
  ];
}

/** For each recipient and purpose that some caller can bring there: is anybody told, is it assessed? */
function ways(at: Placed<Destination>, policy: Policy): Problem[] {
  const { id, exporter } = at.item;
  const senders = [...policy.callers.values()].filter(
    (c) => c.destinations.includes(id) && (exporter === undefined || c.exporters.includes(exporter)),
  );
  if (senders.length === 0)
    return [
      warning(at, ["id"], "destination_unused", {
        zh: `没有调用方能向 ${id} 发送：请写进某个调用方的 destinations，或撤下它`,
        en: `no caller can send to ${id}: name it in a caller's destinations, or take it out`,
      }),
    ];
  const purposes = [...new Set(senders.flatMap((c) => c.purposes))];
  return recipientsAt(at.item).flatMap((recipient) =>
    purposes.flatMap((purpose) => uncovered(at, policy, recipient, purpose)),
  );
}

function uncovered(at: Placed<Destination>, policy: Policy, recipient: string, purpose: string): Problem[] {
  const { id } = at.item;
  const covers = (paper: { readonly recipients: readonly string[]; readonly purposes: readonly string[] }) =>
    paper.recipients.includes(recipient) && paper.purposes.includes(purpose);
  const found: Problem[] = [];
  if (!policy.notices.some(covers))
    found.push(
      warning(at, ["id"], "destination_unnoticed", {
        zh: `${id} 的接收方 ${recipient}、目的 ${purpose} 没有告知（个人信息保护法第39条）：请写进 notices`,
        en: `${id}: no notice covers recipient ${recipient} for purpose ${purpose} (PIPL Art. 39)`,
      }),
    );
  if (!policy.pipias.some((p) => p.done && covers(p)))
    found.push(
      warning(at, ["id"], "destination_unassessed", {
        zh: `${id} 的接收方 ${recipient}、目的 ${purpose} 没有完成的影响评估（第55条）：请写进 pipias`,
        en: `${id}: no finished PIPIA covers recipient ${recipient} for purpose ${purpose} (PIPL Art. 55)`,
      }),
    );
  return found;
}
