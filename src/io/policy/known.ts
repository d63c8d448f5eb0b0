// The program's own registries, as far as the policy may name them.

import { KINDS } from "../../act/kinds.ts";
import { PROVIDERS } from "../../decode/providers/all.ts";
import { DETECTORS } from "../../find/all.ts";
import { SWITCH_DEFAULTS } from "../../law/switches.ts";
import type { Known } from "./references.ts";

/** Kinds that no detector has alone: a reader of names, or what stands around a finding, says them. */
const READ = ["person", "address", "track", "behaviour", "embedding"];
const sensitiveIn = (profile: "strict" | "gbt45574"): string[] => [
  "track",
  ...DETECTORS.filter(({ sensitivity }) => sensitivity[profile]).map(({ type }) => type),
];

const detected = [...DETECTORS.map(({ type }) => type), ...READ];

export const KNOWN: Known = {
  providers: [...PROVIDERS.keys()],
  types: [...new Set([...detected, ...Object.keys(KINDS)])],
  detected,
  switches: Object.keys(SWITCH_DEFAULTS),
  impersonal: DETECTORS.flatMap(({ type, identifies }) => (/^(?:none|secret)$/.test(identifies) ? [type] : [])),
  sensitive: { strict: sensitiveIn("strict"), gbt45574: sensitiveIn("gbt45574") },
};
