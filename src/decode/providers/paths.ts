// Paths as API shapes see them. Law: a path that an API does not know is never rewritten.

/** Path without its query. */
export function withoutQuery(target: string): string {
  const at = target.indexOf("?");
  return at < 0 ? target : target.slice(0, at);
}

/**
 * One `/v1` in front where SDKs and people wrote none or several: `/chat/completions`, `/v1/v1/chat/completions`.
 * @param resources first segments after `/v1` that belong to the API.
 */
export function withOneV1(target: string, resources: ReadonlySet<string>): string {
  // As it should be, and as nearly all write it. `v1` is no resource: of a repeated one the rest below has to decide.
  if (target.startsWith("/v1/") && resources.has(firstSegment(target, 4))) return target;
  const rest = target.replace(/^(?:\/v1(?=\/|$))+/, "");
  const first = rest.startsWith("/") ? firstSegment(rest, 1) : "";
  return resources.has(first) ? `/v1${rest}` : target;
}

/** What stands below `/v1/`; null: the path does not begin so. */
export function belowV1(path: string): string | null {
  return path.startsWith("/v1/") ? path.slice("/v1/".length) : null;
}

/** A segment as its API reads it; one that does not decode is left as it stands. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Up to the next slash or the query. */
function firstSegment(target: string, from: number): string {
  let end = from;
  while (end < target.length && target[end] !== "/" && target[end] !== "?") end++;
  return target.slice(from, end);
}
