// A place as an entry names it. Law 6: it holds no text of the caller's but plain identifiers.

/** UTF-16 units of a JSON Pointer that are recorded. */
const PATH_UNITS_MAX = 120;

/** Short names without a digit, and indexes: nothing to hide in, as nearly every path is. */
const PLAIN_PATH = /^(?:\/(?:\d{1,6}|[A-Za-z_][A-Za-z_.-]{0,31})){1,12}$/;
const PLAIN_SEGMENT = /^(?:\d{1,6}|(?!.*\d{4})[A-Za-z_][\w.-]{0,31})$/;

/**
 * Names of members are the caller's text: those that are no plain identifiers are recorded as `*` (law 6). Cut between
 * characters: half a surrogate pair has no canonical text.
 * @param inFile `!` parts the place of a file from the place in it.
 */
export function short(path: string, inFile = false): string {
  if (path.length <= PATH_UNITS_MAX && PLAIN_PATH.test(path)) return path;
  const segments = inFile ? /[^/!]+/g : /[^/]+/g;
  const shown = path.replace(segments, (segment) => (PLAIN_SEGMENT.test(segment) ? segment : "*"));
  return shown.length <= PATH_UNITS_MAX ? shown : `${shown.slice(0, PATH_UNITS_MAX)}…`;
}
