// Segment's HTTP tracking API and its relatives (RudderStack, Hightouch). Source: segment.com/docs, HTTP API.
// Law: what is tracked is kept over there: storage, whatever the call; `batch` is many events, no batch of inferences.

import type { Provider, Refusal } from "../../../words.ts";
import { NO_LANES } from "../lanes.ts";
import { belowV1, withOneV1, withoutQuery } from "../paths.ts";
import { sseEvent, yumenOf } from "../refusals.ts";
import { roles, under } from "../roles.ts";
import { routes } from "../routes.ts";

/** One letter each: what analytics.js sends. */
const ROUTES = routes(`
  POST            track           storage
  POST            identify        storage
  POST            page            storage
  POST            screen          storage
  POST            group           storage
  POST            alias           storage
  POST            batch           storage
  POST            import          storage
  GET             pixel/*         storage
  POST            t               storage
  POST            i               storage
  POST            p               storage
  POST            s               storage
  POST            g               storage
  POST            a               storage
  POST            b               storage
  POST            m               storage
`);

const LONG: ReadonlySet<string> = new Set([...ROUTES.resources].filter((resource) => resource.length > 1));

/** Who it is about may be rewritten: an id that stands in for another is an id. */
const EVENT = `
  fixed /{type,messageId,timestamp,sentAt,originalTimestamp,receivedAt,version} /integrations/** /context/library/**
  metadata /{userId,anonymousId,previousId,groupId} /context/** /channel`;

/**
 * What is about the one that a call names, by Segment's specification (identify; context): the traits of an identify
 * call, device and place of any. Properties may be of anybody, the traits of a group are its own, a batch has many.
 */
const OWN = ["traits", "ip", "device", "location", "network"].map((name) => `/context/${name}`);
const OWN_OF_IDENTIFY = ["/traits", ...OWN];
const MANY: ReadonlySet<string> = new Set("batch b import m".split(" "));

export const segment: Provider = {
  id: "segment",
  modelAt: null,

  operation(method, path) {
    const below = belowV1(segment.canonicalPath(path));
    return below === null ? null : ROUTES.operation(method, below);
  },

  canonicalPath: (path) => withOneV1(path, LONG),
  roleOf: roles(`${EVENT} ${under("/batch/*", EVENT)}`.trim(), "fixed /writeKey"),
  ownIn(path) {
    const call = withoutQuery(belowV1(segment.canonicalPath(path)) ?? "").replace(/\/$/, "");
    if (call === "identify" || call === "i") return OWN_OF_IDENTIFY;
    return MANY.has(call) ? [] : OWN;
  },
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => sseEvent(errorOf(refusal)),
  lanes: NO_LANES,
};

function errorOf({ code, message, param, ...refusal }: Refusal): object {
  return { success: false, code, message, param, yumen: yumenOf(refusal) };
}
