// Is this text the one RFC 8785 spelling of its value? Read, print again, compare bytes.

const LONE_SURROGATE = /\p{Surrogate}/u;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The value, or undefined when the bytes are not canonical JSON in UTF-8. */
export function readCanonical(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    return print(value) === text ? value : undefined;
  } catch {
    // Not UTF-8, not JSON, a lone surrogate, or nested deeper than any entry is.
    return undefined;
  }
}

/** Duplicate members are gone after JSON.parse, so they show as a difference. */
export function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(",")}]`;
  if (typeof value === "string") {
    if (LONE_SURROGATE.test(value)) throw new TypeError("lone surrogate");
    return JSON.stringify(value);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = value as Record<string, unknown>;
  const names = Object.keys(members).sort();
  return `{${names.map((name) => `${print(name)}:${print(members[name])}`).join(",")}}`;
}
