// Readings of the law that somebody switched on and that change nothing: he must not believe that they do.

import { type Lint, warning } from "./lint.ts";

/** U-9: the content of Order 25 is not in the model. */
const UNMODELLED = "smallHandlerRelief";

export const switches: Lint = ({ g }) => {
  const at = g.switches.get(UNMODELLED);
  if (at?.item !== true) return [];
  const text = {
    zh: `${UNMODELLED} 不改变任何判断：小型个人信息处理者简化措施（第 25 号令）的内容尚未建模，义务照常检查`,
    en: `${UNMODELLED} changes no judgement: what Order 25 simplifies is not modelled, all duties are still asked for`,
  };
  return [warning(at, [], "switch_unmodelled", text)];
};
