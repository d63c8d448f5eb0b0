// Method and path → operation, read from a table. Law: a path that no row names is no request of this API: nothing is
// guessed. The first row that fits decides.

import type { Operation } from "../../words.ts";
import { withoutQuery } from "./paths.ts";

export interface Routes {
  /** @param path below the API's root, without a slash in front; a query and a trailing slash do not matter. */
  operation(method: string, path: string): Operation | null;
  /** First segments of all rows. */
  readonly resources: ReadonlySet<string>;
}

interface Row {
  /** null: any. */
  readonly methods: ReadonlySet<string> | null;
  readonly path: RegExp;
  readonly operation: Operation;
}

/**
 * One row a line: `POST|GET path operation`. In a path `*` stands for what a segment holds, `/**` at the end for
 * nothing or any further segments; `*` as the method for any. The first segment is literal.
 */
export function routes(table: string): Routes {
  const rows = new Map<string, Row[]>();
  for (const line of table.trim().split("\n")) {
    const [methods, path, operation] = line.trim().split(/\s+/) as [string, string, Operation];
    const first = path.split("/", 1)[0]!;
    const row = { methods: methods === "*" ? null : new Set(methods.split("|")), path: patternOf(path), operation };
    rows.set(first, [...(rows.get(first) ?? []), row]);
  }
  return {
    resources: new Set(rows.keys()),
    operation(method, path) {
      const plain = withoutQuery(path);
      const bare = plain.endsWith("/") ? plain.slice(0, -1) : plain;
      const slash = bare.indexOf("/");
      for (const row of rows.get(slash < 0 ? bare : bare.slice(0, slash)) ?? [])
        if ((row.methods?.has(method) ?? true) && row.path.test(bare)) return row.operation;
      return null;
    },
  };
}

function patternOf(path: string): RegExp {
  const open = path.endsWith("/**");
  const literal = (open ? path.slice(0, -"/**".length) : path).replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", "[^/]+")}${open ? "(?:/.*)?" : ""}$`);
}
