// A mapped line for --dry-run. Law: what could be a value of a person is shown by its length.

/** As in policy: what such a text names is a thing, not somebody. */
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const MANY_DIGITS = /\d{6}/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;
/** Members whose text is an identifier or may hold one. */
const HIDDEN = new Set(["value", "event", "uri"]);

export function hidden(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => hidden(item, name));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, hidden(inner, member)]));
  }
  if (typeof value !== "string") return value;
  const tells = !HIDDEN.has(name) && (INSTANT.test(value) || (ID.test(value) && !MANY_DIGITS.test(value)));
  return tells ? value : `(${[...value].length} characters)`;
}
