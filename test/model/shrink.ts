// Facts made smaller as long as they show the same: members are left out, lists lose items, until nothing more can go.

/** @returns all copies of a value that lack exactly one member or item, at any depth. */
function smaller(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    const shorter = value.map((_, i) => value.toSpliced(i, 1));
    return [...shorter, ...value.flatMap((item, i) => smaller(item).map((less) => value.with(i, less)))];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const { [name]: _, ...rest } = value as Record<string, unknown>;
    return [rest, ...smaller(member).map((less) => ({ ...value, [name]: less }))];
  });
}

/** @param shows whether facts still show what is looked for; it must hold for `facts`. */
export function shrink(facts: object, shows: (facts: object) => boolean): object {
  let smallest = facts;
  for (;;) {
    const next = smaller(smallest).find((fewer) => shows(fewer as object)) as object | undefined;
    if (next === undefined) return smallest;
    smallest = next;
  }
}
