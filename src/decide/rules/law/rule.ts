// The law's word. It forbids or is silent: that something is lawful never permits it (a policy rule must).

import type { Rule } from "../../../words.ts";
import { legalOf } from "../../legal.ts";

export const law: Rule = {
  name: "law",
  judge: (c) => legalOf(c).opinion,
};
