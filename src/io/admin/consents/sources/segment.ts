// Segment: `context.consent.categoryPreferences` of track and identify calls ("Segment Consent Preference Updated" is a
// track), by userId; `delete`, which Segment sends for a deletion request (a regulation DELETE_ONLY or
// SUPPRESS_WITH_DELETE with destinations), withdraws everything. Law: without a userId nobody is spoken of: an
// anonymousId is no subject here; a category that is missing changes nothing.
// segment.com/docs: privacy/consent-management/consent-in-unify, privacy/user-deletion-and-suppression,
// connections/destinations/catalog/webhooks#delete; read at commit 747b35d of segmentio/segment-docs, 2025-11-07.

import type { Mapped } from "../mapping/apply.ts";
import { allWithdrawn, lineOf, meaningOf, membersOf, type Shaped } from "./said.ts";

export function segment(item: unknown, config: Shaped): readonly Mapped[] {
  const { type, userId, timestamp, context } = membersOf(item);
  if (userId === undefined || userId === null || userId === "") return [];
  if (type === "delete") return [allWithdrawn(config, userId, timestamp)];
  if (type !== "track" && type !== "identify") return [];
  const preferences = membersOf(membersOf(membersOf(context)["consent"])["categoryPreferences"]);
  return Object.entries(preferences).flatMap(([category, preference]) => {
    const means = meaningOf(config, category);
    if (means === undefined || typeof preference !== "boolean") return [];
    const action = preference ? "grant" : "withdraw";
    return [lineOf(config, means, { action, value: userId, givenAt: timestamp })];
  });
}
