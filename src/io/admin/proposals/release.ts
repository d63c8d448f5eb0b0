// To let something pass for a while. Law: its entry first; it begins when it is approved, ends by itself, and says no
// more in the ledger than kinds, places, counts and digests.

import { short } from "../../../record/short.ts";
import type { Json, Lift } from "../../../words.ts";
import { releaseShelf, type StoredRelease } from "../../orders/shelves.ts";
import type { TwoPersonAction } from "./action.ts";
import { parseRelease, type ReleaseBody } from "./release-body.ts";

const HOUR_MS = 3_600_000;

export const release: TwoPersonAction<ReleaseBody> = {
  name: "release",
  roles: { propose: ["reviewer"], approve: ["approver"] },
  parse: parseRelease,
  async perform({ hours, ...body }, { proposal, proposedBy, approvedBy, approvedAt }, world) {
    const releases = releaseShelf(world.register);
    const made: StoredRelease = {
      ...{ id: releaseIdOf(proposal), ...body, from: approvedAt, proposal, proposedBy, approvedBy, revoked: null },
      until: new Date(Date.parse(approvedAt) + hours * HOUR_MS).toISOString(),
    };
    const { id, destination, exporter, purpose, types, from, until, people, lifts } = made;
    const scope = {
      destination,
      ...(exporter === undefined ? {} : { exporter }),
      ...(purpose === undefined ? {} : { purpose }),
    };
    const said = { reason: world.keys.digest(body.reason), ticket: world.keys.digest(body.ticket) };
    await world.note("override", {
      ...{ id, action: "release", ...scope, types, from, until, lifts: lifts.map(told) },
      ...{ people: people?.length ?? null, by: [proposedBy, approvedBy], proposal, ...said },
    });
    await releases.change(id, (before) => before ?? made);
    return { release: id, from, until };
  },
};

/** The same however often the proposal is performed, and no other proposal's. */
export function releaseIdOf(proposal: string): string {
  return `rel_${proposal}`;
}

function told(lift: Lift): Json {
  if (lift.of !== "false-finding") return { ...lift };
  return { of: lift.of, type: lift.type, path: short(lift.path, true), values: lift.values?.length ?? null };
}
