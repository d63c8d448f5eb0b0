// The request target, read in one way only. Whatever two readers could understand differently is refused, not repaired.
// Source: RFC 9112 §3.2, RFC 3986 §3.3; threats: dot segments, encoded separators, another authority in absolute-form.

/** A target cut at the destination's segment. `rest` is origin-form and at least "/". */
export interface Target {
  readonly destination: string;
  readonly rest: string;
}

const SLASH = 0x2f;
const DOT = 0x2e;
const PERCENT = 0x25;
const QUESTION = 0x3f;

/**
 * @param url the request target as on the wire. @param host the Host header's value, already found well-formed.
 * @returns the cut target, or why it is refused (a constant text, nothing of the input).
 */
export function readTarget(url: string, host: string): Target | string {
  const path = url.charCodeAt(0) === SLASH ? url : originForm(url, host);
  if (path === null) return "absolute-form with another authority than Host";
  if (path.charCodeAt(1) === SLASH) return "target starts with //";
  const query = path.indexOf("?");
  const pathEnd = query === -1 ? path.length : query;
  const fault = checkCharacters(path, pathEnd) ?? checkDots(path, pathEnd);
  if (fault !== null) return fault;
  return cut(path, pathEnd);
}

/** Absolute-form → origin-form when its authority is the Host; else null. */
function originForm(url: string, host: string): string | null {
  if (url.slice(0, 7).toLowerCase() !== "http://") return null;
  let end = 7;
  while (end < url.length && url.charCodeAt(end) !== SLASH && url.charCodeAt(end) !== QUESTION) end++;
  if (url.slice(7, end).toLowerCase() !== host.toLowerCase()) return null;
  return url.charCodeAt(end) === SLASH ? url.slice(end) : "/" + url.slice(end);
}

function checkCharacters(path: string, pathEnd: number): string | null {
  for (let i = 0; i < path.length; i++) {
    const c = path.charCodeAt(i);
    if (c <= 0x20 || c >= 0x7f) return "target holds a character that must be percent-encoded";
    if (c === 0x23) return "target holds a fragment";
    if (c === 0x5c) return "target holds a backslash";
    if (c !== PERCENT) continue;
    const byte = hexDigit(path.charCodeAt(i + 1)) * 16 + hexDigit(path.charCodeAt(i + 2));
    if (!(byte > 0)) return "target holds a broken percent escape";
    if (i < pathEnd && ambiguousInPath(byte)) return "path holds an ambiguous percent escape";
  }
  return null;
}

/** Escapes that some readers decode before they cut the path, and some after: control, `.`, `/`, `\` and `%` itself. */
function ambiguousInPath(byte: number): boolean {
  return byte < 0x20 || byte === 0x7f || byte === DOT || byte === SLASH || byte === 0x5c || byte === PERCENT;
}

/** NaN when it is none, so that the sum is NaN and compares false. */
function hexDigit(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const lower = c | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : Number.NaN;
}

/** `.` and `..`, also with path parameters (`..;x`): Java servers cut those off first. */
function checkDots(path: string, pathEnd: number): string | null {
  for (let i = path.indexOf("/."); i !== -1 && i < pathEnd; i = path.indexOf("/.", i + 1)) {
    const second = path.charCodeAt(i + 2) === DOT ? i + 3 : i + 2;
    const after = path.charCodeAt(second);
    if (second >= pathEnd || after === SLASH || after === 0x3b) return "path holds a dot segment";
  }
  return null;
}

/** Runs of slashes are one: SDKs join a base URL that ends with one to a path that starts with one. */
function cut(path: string, pathEnd: number): Target {
  const slash = path.indexOf("/", 1);
  const segmentEnd = slash === -1 || slash > pathEnd ? pathEnd : slash;
  const rest = path.slice(segmentEnd);
  const doubled = rest.indexOf("//");
  const single = doubled === -1 || doubled > pathEnd - segmentEnd ? rest : singleSlashes(rest, pathEnd - segmentEnd);
  return {
    destination: path.slice(1, segmentEnd),
    rest: single.charCodeAt(0) === SLASH ? single : "/" + single,
  };
}

function singleSlashes(rest: string, pathEnd: number): string {
  return rest.slice(0, pathEnd).replace(/\/{2,}/g, "/") + rest.slice(pathEnd);
}
