// Which request headers concern only this hop, which the gate reads itself, which go on. Anything not listed goes on to
// the allow-list of the destination (src/flow/headers.ts), which most do not pass.

/** Kinds of request header fields. */
export const FIELD = {
  endToEnd: 0,
  host: 1,
  contentLength: 2,
  transferEncoding: 3,
  contentType: 4,
  contentEncoding: 5,
  expect: 6,
  connection: 7,
  acceptLanguage: 8,
  /** Added by proxies; never forwarded: they carry addresses of people inside. */
  relay: 9,
  dropped: 10,
  own: 11,
  origin: 12,
  upgrade: 13,
} as const;

export type Field = (typeof FIELD)[keyof typeof FIELD];

/** `-` left out, or written as `_`, as some frameworks do. */
const LIKE_OURS = /^x[-_]?yumen|^yumen[-_]?dry/;
const LIKE_DRY_RUN = /^x?yumendry/;

const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ["host", FIELD.host],
  ["content-length", FIELD.contentLength],
  ["transfer-encoding", FIELD.transferEncoding],
  ["content-type", FIELD.contentType],
  ["content-encoding", FIELD.contentEncoding],
  ["expect", FIELD.expect],
  ["connection", FIELD.connection],
  ["accept-language", FIELD.acceptLanguage],
  ["origin", FIELD.origin],
  ["forwarded", FIELD.relay],
  ["via", FIELD.relay],
  ["x-real-ip", FIELD.relay],
  ["x-client-ip", FIELD.relay],
  ["true-client-ip", FIELD.relay],
  ["cf-connecting-ip", FIELD.relay],
  // hop-by-hop, RFC 9110 §7.6.1 and RFC 9113 §8.2.2
  ["keep-alive", FIELD.dropped],
  ["te", FIELD.dropped],
  ["trailer", FIELD.dropped],
  ["upgrade", FIELD.upgrade],
  ["http2-settings", FIELD.dropped],
  // the browser's, not the service's
  ["cookie", FIELD.dropped],
  ["cookie2", FIELD.dropped],
  // the method inspected is the method sent
  ["x-http-method-override", FIELD.dropped],
  ["x-http-method", FIELD.dropped],
  ["x-method-override", FIELD.dropped],
]);

/** @param name in lower case. */
export function fieldOf(name: string): Field {
  const listed = FIELDS.get(name);
  if (listed !== undefined) return listed;
  const first = name.charCodeAt(0);
  if (first === 0x78) {
    if (LIKE_OURS.test(name)) return FIELD.own;
    if (name.startsWith("x-forwarded")) return FIELD.relay;
  } else if (first === 0x79 && LIKE_OURS.test(name)) return FIELD.own;
  else if (first === 0x70 && name.startsWith("proxy-")) return FIELD.dropped;
  return FIELD.endToEnd;
}

/** @param name in lower case. @returns whether it may be meant for a dry run. */
export function isLikeDryRun(name: string): boolean {
  return LIKE_DRY_RUN.test(name.replace(/[-_]/g, ""));
}
