// Destinations that nobody can use, or that lack what the law will ask for.

import type { Policy } from "../../../words.ts";
import type { Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { type Lint, type OfWay, recipientsAt, sendersTo, speaksOf, warning } from "./lint.ts";

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

/** For each recipient, purpose and exporter that some caller can bring there: is anybody told, is it assessed? */
function ways(at: Placed<Destination>, policy: Policy): Problem[] {
  const { id } = at.item;
  const senders = sendersTo(at.item, policy);
  if (senders.length === 0)
    return [
      warning(at, ["id"], "destination_unused", {
        zh: `没有调用方能向 ${id} 发送：请写进某个调用方的 destinations，或撤下它`,
        en: `no caller can send to ${id}: name it in a caller's destinations, or take it out`,
      }),
    ];
  const purposes = [...new Set(senders.flatMap((c) => c.purposes))];
  return recipientsAt(at.item).flatMap((recipient) =>
    purposes.flatMap((purpose) => {
      const whose = senders.filter((c) => c.purposes.includes(purpose)).flatMap(({ exporters }) => exporters);
      return uncovered(at, policy, { recipient, purpose, exporters: [...new Set(whose)] });
    }),
  );
}

interface Way {
  readonly recipient: string;
  readonly purpose: string;
  /** Any of them may send on it. */
  readonly exporters: readonly string[];
}

function uncovered(at: Placed<Destination>, policy: Policy, way: Way): Problem[] {
  const { id } = at.item;
  const { recipient, purpose } = way;
  const found: Problem[] = [];
  const untold = lacking(way, policy.notices);
  if (untold.length > 0) {
    const { zh, en } = whose(untold, way);
    found.push(
      warning(at, ["id"], "destination_unnoticed", {
        zh: `${id} 的接收方 ${recipient}、目的 ${purpose}${zh} 没有告知（个人信息保护法第39条）：请写进 notices`,
        en: `${id}: no notice${en} covers recipient ${recipient} for purpose ${purpose} (PIPL Art. 39)`,
      }),
    );
  }
  const done = policy.pipias.filter((p) => p.done);
  const unassessed = lacking(way, done);
  if (unassessed.length > 0) {
    const { zh, en } = whose(unassessed, way);
    found.push(
      warning(at, ["id"], "destination_unassessed", {
        zh: `${id} 的接收方 ${recipient}、目的 ${purpose}${zh} 没有完成的影响评估（第55条）：请写进 pipias`,
        en: `${id}: no finished PIPIA${en} covers recipient ${recipient} for purpose ${purpose} (PIPL Art. 55)`,
      }),
    );
  }
  return found;
}

/** Exporters of the way for whom none of the papers speaks. */
function lacking({ recipient, purpose, exporters }: Way, papers: readonly OfWay[]): readonly string[] {
  return exporters.filter((exporter) => !papers.some((paper) => speaksOf(paper, { exporter, recipient, purpose })));
}

/** Named only where some are covered and these are not. */
function whose(exporters: readonly string[], way: Way): { readonly zh: string; readonly en: string } {
  if (exporters.length === way.exporters.length) return { zh: "", en: "" };
  return { zh: `，处理者 ${exporters.join("、")}`, en: ` of ${exporters.join(", ")}` };
}
