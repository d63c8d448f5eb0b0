// What the policy lets leave and its own inventory does not know (PIPL Arts. 55-56: a change is assessed anew).

import type { InventoryRow } from "../../../words.ts";
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
    const ways = sendersTo(policy.destinations.get(id)!, policy).flatMap(({ caller, purposes }) =>
      purposes.flatMap((purpose) => recipientsAt(at.item).map((recipient) => ({ id, caller, purpose, recipient }))),
    );
    const isKnown = (way: Way) => rows.some((row) => speaksOf(row, way) && row.callers?.includes(way.caller) !== false);
    const unknown = ways.filter((way) => !isKnown(way));
    if (unknown.length === 0) return [];
    const told = unknown.map((way) => {
      const { caller, purpose, recipient } = way;
      return `${purpose} → ${recipient}${rows.some((row) => speaksOf(row, way)) ? ` (${caller})` : ""}`;
    });
    const names = [...new Set(told)].sort().join(", ");
    return [
      warning(at, ["id"], "inventory_gap", {
        zh: `出境清单里没有 ${id} 的 ${names}`,
        en: `the inventory has no row for ${id}: ${names}`,
      }),
    ];
  });
}

interface Way {
  /** Of the destination. */
  readonly id: string;
  readonly caller: string;
  readonly purpose: string;
  readonly recipient: string;
}

/** Of that way, whoever sends on it. */
function speaksOf(row: InventoryRow, { id, purpose, recipient }: Way): boolean {
  return (
    row.destinations.includes(id) &&
    row.purposes?.includes(purpose) !== false &&
    row.recipients?.includes(recipient) !== false
  );
}
