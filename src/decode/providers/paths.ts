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
  const rest = target.replace(/^(?:\/v1(?=\/|$))+/, "");
  const first = /^\/([^/?]*)/.exec(rest)?.[1] ?? "";
  return resources.has(first) ? `/v1${rest}` : target;
}
