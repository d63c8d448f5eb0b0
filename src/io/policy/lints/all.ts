// The lints of `yumen check`: one line each. Codes are stable: tools match on them (docs/policy.md has the table).

import type { Policy } from "../../../words.ts";
import type { Gathered } from "../gather.ts";
import type { Problem } from "../problem.ts";
import type { Known } from "../references.ts";
import { claims } from "./claims.ts";
import { contracts } from "./contracts.ts";
import { destinations } from "./destinations.ts";
import { documents } from "./documents.ts";
import { duties } from "./duties.ts";
import { inventory } from "./inventory.ts";
import { kinds } from "./kinds.ts";
import { beijingDay, type Lint } from "./lint.ts";
import { mechanisms } from "./mechanisms.ts";
import { noticeVersions } from "./notice-versions.ts";
import { notices } from "./notices.ts";
import { outside } from "./outside.ts";
import { patterns } from "./patterns.ts";
import { pipias } from "./pipias.ts";
import { rules } from "./rules.ts";
import { switches } from "./switches.ts";
import { terms } from "./terms.ts";

const LINTS: readonly Lint[] = [
  terms,
  mechanisms,
  contracts,
  destinations,
  notices,
  pipias,
  claims,
  documents,
  rules,
  kinds,
  patterns,
  outside,
  switches,
  duties,
  inventory,
  noticeVersions,
];

/** @param g without problems. @param nowMs ms since the epoch; terms are looked at on its Beijing date. */
export function lint(g: Gathered, policy: Policy, known: Known, nowMs: number): Problem[] {
  const looked = { g, policy, known, today: beijingDay(nowMs) };
  return LINTS.flatMap((look) => look(looked));
}
