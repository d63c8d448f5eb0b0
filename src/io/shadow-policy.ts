// The draft of `--shadow`, kept up with its folder. Law: a draft that no longer loads is reported, and the last good
// one looks on; it is in force nowhere.

import type { Keys, Policy } from "../words.ts";
import type { Config } from "./config.ts";
import type { LoadOptions } from "./policy/load.ts";
import { watchPolicy } from "./policy/watch.ts";
import type { FactsLoader } from "./ports.ts";
import { createShadow, type Shadow } from "./shadow.ts";
import type { Logger } from "./telemetry/log.ts";
import type { Meters } from "./telemetry/meters.ts";

export interface ShadowWorld {
  readonly config: Pick<Config, "shadow" | "shadowSample">;
  readonly options: LoadOptions;
  readonly log: Logger;
  readonly meters: Meters;
  readonly facts: FactsLoader;
  readonly keys: Keys;
}

/** @param first as loaded at the start. */
export function openShadow(first: Policy, { config, options, log, meters, facts, keys }: ShadowWorld): Shadow {
  let draft = first;
  const watch = watchPolicy(config.shadow!, options, (next) => {
    if (next.ok) draft = next.policy;
    else log.error({ code: "shadow_invalid", problems: next.problems.length }, "failure");
  });
  log.info({ policy: draft.hash, sample: config.shadowSample }, "shadow");
  const shadow = createShadow({ draft: () => draft, keys, facts, meters, log, sample: config.shadowSample });
  return {
    saw: shadow.saw,
    close() {
      watch.close();
      shadow.close();
    },
  };
}
