// Ids of a YAML file in one byte a character. The engine cuts strings out of their source, and where that holds one
// Chinese character all of them are two bytes wide, and so is everything that is ever built of one: each ledger entry
// and each answer's head would take twice the memory and the slow way to bytes.

const ASCII = /^[ -~]*$/;

/** @param value what a YAML file holds. @returns the same; its strings of printable ASCII are narrow now, in place. */
export function narrow(value: unknown): unknown {
  return narrowed(value, new Set());
}

/** @param seen an alias may lead back to where it stands. */
function narrowed(value: unknown, seen: Set<object>): unknown {
  if (typeof value === "string") return ASCII.test(value) ? Buffer.from(value, "latin1").toString("latin1") : value;
  if (typeof value !== "object" || value === null || seen.has(value)) return value;
  seen.add(value);
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) members[name] = narrowed(members[name], seen);
  return value;
}
