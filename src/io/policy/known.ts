// The program's own registries, as far as the policy may name them.

import { KINDS } from "../../act/kinds.ts";
import { PROVIDERS } from "../../decode/providers/all.ts";
import { DETECTORS } from "../../find/all.ts";
import { SWITCH_DEFAULTS } from "../../law/switches.ts";
import type { Known } from "./references.ts";

const detected = DETECTORS.map((detector) => detector.type);

export const KNOWN: Known = {
  providers: [...PROVIDERS.keys()],
  types: [...new Set([...detected, ...Object.keys(KINDS)])],
  detected,
  switches: Object.keys(SWITCH_DEFAULTS),
};
