// The demo's own world: the built-in overseas endpoint, made-up people, and what other channels are said to have sent.
// Law: only with --demo.

import { join } from "node:path";
import { canonicalise } from "../../find/canonicalise.ts";
import { beijingYear } from "../../law/year.ts";
import type { Arrival } from "../../words.ts";
import { open, openingShelf } from "../admin/counts/opening.ts";
import { type Overseas, startOverseas } from "../overseas/overseas.ts";
import type { World } from "../perform.ts";
import { type DemoPeople, loadDemo, seedOf } from "../policy/people.ts";
import type { Reply } from "../ports.ts";
import type { OpenWorld } from "../world.ts";
import { crossShowing, printJson, printReadable } from "./two-sides.ts";

export interface Demo {
  readonly overseas: Overseas;
  /** Tells the stores of what stands in `demo.people.yaml`; idempotent. */
  seed(world: OpenWorld): Promise<void>;
  /** Performs a crossing and prints what both sides saw. */
  cross(world: World, arrival: Arrival, reply: Reply): Promise<void>;
}

/** @param policies the folder that may hold demo.people.yaml. @param pretty readable lines; else JSON lines. */
export async function startDemo(port: number, policies: string, pretty: boolean): Promise<Demo> {
  const overseas = await startOverseas({ port });
  return {
    overseas,
    async seed(world) {
      const file = join(policies, "demo.people.yaml");
      const demo = await loadDemo(file).catch((error: NodeJS.ErrnoException): DemoPeople => {
        if (error.code === "ENOENT") return { people: [], openings: [] };
        throw error;
      });
      await Promise.all([tellPeople(demo, world), openYear(demo, world)]);
    },
    cross: (world, arrival, reply) => crossShowing(world, arrival, reply, pretty ? printReadable : printJson),
  };
}

/** All in one commit: a start waits for one write to the disk. */
async function tellPeople({ people }: DemoPeople, { stores, keys, clock }: OpenWorld): Promise<void> {
  const { links, events } = seedOf(people, keys, new Date(clock.nowMs()).toISOString());
  const linked = links.map(({ exporter, key, alias }) => ({ same: { exporter, keys: [key, alias] } }));
  await stores.consent.recordAll([...linked, ...events.map((event) => ({ event }))]);
}

/** Once a year and source: as `yumen counts open` does it, with its entry. */
async function openYear({ openings }: DemoPeople, world: OpenWorld): Promise<void> {
  const year = beijingYear(world.clock.nowMs());
  const stated = openingShelf(world.stores).all();
  for (const one of openings)
    if (
      !stated.some(
        ({ exporter, source, ...said }) => said.year === year && exporter === one.exporter && source === one.source,
      )
    )
      await open({ ...world, ...world.stores, canonicalise }, { ...one, year }, "demo");
}
