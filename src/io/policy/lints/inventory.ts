// What the policy lets leave and its own inventory does not know (PIPL Arts. 55-56: a change is assessed anew).

import type { Problem } from "../problem.ts";
import { type Lint, type Looked, recipientsAt, sendersTo, warning } from "./lint.ts";

export const inventory: Lint = (looked) => (looked.policy.inventory === undefined ? missing(looked) : gaps(looked));

/** Of a folder that sends at all. */
function missing({ g }: Looked): Problem[] {
  const [first] = g.lists.destinations;
  if (first === undefined) return [];
  const said = {
    zh: "没有出境清单 inventory：新的应用、字段、种类、模型出境时没有人会知道；yumen policy inventory 可写出草稿",
    en: "no inventory: nobody is told when a new app, field, kind or model leaves; `yumen policy inventory` drafts one",
  };
  return [warning(first, ["id"], "inventory_missing", said)];
}

/** Ways that callers may go and no row speaks of. */
function gaps({ g, policy }: Looked): Problem[] {
  const rows = policy.inventory!;
  return g.lists.destinations.flatMap((at) => {
    const { id } = at.item;
    const ways = sendersTo(policy.destinations.get(id)!, policy).flatMap(({ purposes }) =>
      purposes.flatMap((purpose) => recipientsAt(at.item).map((recipient) => ({ purpose, recipient }))),
    );
    const unknown = ways.filter(
      ({ purpose, recipient }) =>
        !rows.some(
          (row) =>
            row.destinations.includes(id) &&
            row.purposes?.includes(purpose) !== false &&
            row.recipients?.includes(recipient) !== false,
        ),
    );
    if (unknown.length === 0) return [];
    const names = [...new Set(unknown.map(({ purpose, recipient }) => `${purpose} → ${recipient}`))].sort().join(", ");
    return [
      warning(at, ["id"], "inventory_gap", {
        zh: `出境清单里没有 ${id} 的 ${names}`,
        en: `the inventory has no row for ${id}: ${names}`,
      }),
    ];
  });
}
