// Impact assessments that do not cover a recipient which they name: its crossings would be blocked as unassessed.

import type { Policy } from "../../../words.ts";
import type { Placed } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Item } from "../schema.ts";
import { type Lint, warning } from "./lint.ts";

export const pipias: Lint = ({ g, policy }) =>
  g.lists.pipias.flatMap((at) => at.item.recipients.flatMap((id, index) => outside(at, id, index, policy)));

function outside(at: Placed<Item<"pipias">>, id: string, index: number, policy: Policy): Problem[] {
  const recipient = policy.recipients.get(id)!;
  const { id: pipia, done, storage = [recipient.country], onward } = at.item;
  if (!done) return [];
  const found: Problem[] = [];
  const places = recipient.storage.filter((country) => !storage.includes(country));
  if (places.length > 0)
    found.push(
      warning(at, ["recipients", index], "pipia_storage", {
        zh: `${id} 还把数据存放在 ${places.join("、")}，${pipia} 没有评估：请评估并写进 storage`,
        en: `${id} also keeps data in ${places.join(", ")}: ${pipia} must assess it, and say so in storage`,
      }),
    );
  const parties = recipient.onwardTo.filter((party) => !onward.includes(party));
  if (parties.length > 0)
    found.push(
      warning(at, ["recipients", index], "pipia_onward", {
        zh: `${id} 会再提供给 ${parties.join("、")}，${pipia} 没有评估：请评估并写进 onward`,
        en: `${id} passes data on to ${parties.join(", ")}: ${pipia} must assess it, and say so in onward`,
      }),
    );
  return found;
}
