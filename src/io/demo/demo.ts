// The demo's own world: the built-in overseas endpoint and made-up people. Law: only with --demo.

import { join } from "node:path";
import type { Arrival } from "../../words.ts";
import { type Overseas, startOverseas } from "../overseas/overseas.ts";
import type { World } from "../perform.ts";
import { loadDemoPeople, seedOf } from "../policy/people.ts";
import type { Reply } from "../ports.ts";
import type { Stores } from "../stores/stores.ts";
import { crossShowing, printJson, printReadable } from "./two-sides.ts";

export interface Demo {
  readonly overseas: Overseas;
  /** Tells the consent store of the people in `demo.people.yaml`; idempotent. */
  seed(world: World & { readonly stores: Stores }): Promise<void>;
  /** Performs a crossing and prints what both sides saw. */
  cross(world: World, arrival: Arrival, reply: Reply): Promise<void>;
}

/** @param policies the folder that may hold demo.people.yaml. @param pretty readable lines; else JSON lines. */
export async function startDemo(port: number, policies: string, pretty: boolean): Promise<Demo> {
  const overseas = await startOverseas({ port });
  return {
    overseas,
    async seed({ stores, keys, clock }) {
      const people = await loadDemoPeople(join(policies, "demo.people.yaml")).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      });
      const { links, events } = seedOf(people, keys, new Date(clock.nowMs()).toISOString());
      for (const { exporter, key, alias } of links) await stores.consent.link(exporter, key, alias);
      for (const event of events) await stores.consent.record(event);
    },
    cross: (world, arrival, reply) => crossShowing(world, arrival, reply, pretty ? printReadable : printJson),
  };
}
