// An inventory drafted from what a ledger says has left. Law: a row declares no kind in a field where none was seen;
// where an entry does not say the field, the row names none; it is a draft, and somebody assesses it before it is in
// force.

import { fieldOf } from "../../decide/inventory.ts";
import type { InventoryRow, OutsideFlow } from "../../words.ts";

/** Of a decision entry (docs/ledger-format.md). */
export interface Left {
  readonly kind: string;
  readonly action: string;
  readonly app: string;
  readonly destination: string | null;
  readonly purpose?: string;
  readonly recipient?: string;
  readonly outcome: string | null;
  readonly model?: string | null;
  readonly t: string;
  readonly findings: readonly { readonly type: string; readonly path?: string }[];
}

interface Seen {
  readonly way: Pick<Left, "app"> & Readonly<Record<"destination" | "purpose" | "recipient", string>>;
  /** null: some request named none. */
  models: Set<string> | null;
  /** Kind → fields; null: some entry did not say which. */
  readonly kinds: Map<string, Set<string> | null>;
}

const WAY = ["app", "destination", "purpose", "recipient"] as const;

/** @param impersonal kinds that are about nobody. @param since an instant in UTC; what left before it is left out. */
export async function inventoryOf(
  entries: AsyncIterable<Left> | Iterable<Left>,
  impersonal: readonly string[],
  since = "",
): Promise<readonly InventoryRow[]> {
  const ways = new Map<string, Seen>();
  for await (const entry of entries) if (hasLeft(entry) && entry.t >= since) note(ways, entry, impersonal);
  const rows = [...ways.values()].flatMap(rowsOf);
  return rows.map((row, i) => ({ id: `seen-${i + 1}`, ...row }));
}

/** What stayed inside is in no inventory of exports, and what was blocked has not left. */
function hasLeft({ kind, action, outcome, destination }: Left): boolean {
  return (
    kind === "crossing" && action !== "block" && outcome !== null && outcome !== "NOT_EXPORT" && destination !== null
  );
}

function note(ways: Map<string, Seen>, { findings, model, ...entry }: Left, impersonal: readonly string[]): void {
  const personal = findings.filter(({ type }) => !impersonal.includes(type));
  if (personal.length === 0) return;
  const { app, destination, purpose = "", recipient = "" } = entry;
  const way = { app, destination: destination!, purpose, recipient };
  const key = WAY.map((part) => way[part]).join("\u0000");
  const seen = ways.get(key) ?? { way, models: new Set<string>(), kinds: new Map() };
  ways.set(key, seen);
  if (model === null || model === undefined) seen.models = null;
  else seen.models?.add(model);
  for (const { type, path } of personal) {
    const fields = seen.kinds.has(type) ? seen.kinds.get(type)! : new Set<string>();
    if (path !== undefined) fields?.add(fieldOf(path));
    seen.kinds.set(type, path === undefined ? null : fields);
  }
}

type Row = Omit<InventoryRow, "id">;

/** Kinds that were seen in the same fields share a row. */
function rowsOf({ way: { app, destination, purpose, recipient }, models, kinds }: Seen): readonly Row[] {
  const byFields = new Map<string, { readonly fields: readonly string[] | null; readonly kinds: string[] }>();
  for (const [kind, found] of [...kinds].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const fields = found === null ? null : [...found].sort();
    const key = JSON.stringify(fields);
    const row = byFields.get(key) ?? { fields, kinds: [] };
    row.kinds.push(kind);
    byFields.set(key, row);
  }
  const way = { callers: [app], destinations: [destination], purposes: [purpose], recipients: [recipient] };
  const named = models === null || models.size === 0 ? {} : { models: [...models].sort() };
  return [...byFields.values()].map(({ fields, kinds: of }) => ({
    ...{ ...way, kinds: of },
    ...(fields === null ? {} : { fields }),
    ...named,
  }));
}

/**
 * As a policy file: a row is a line, and JSON is YAML.
 * @param declared stand in the policy already: they are comments, so that the draft can lie beside it.
 */
export function yamlOf(rows: readonly InventoryRow[], declared: readonly OutsideFlow[] = []): string {
  return [
    "# 从台账写出的草稿：评估后再用（影响评估、备案、认证）",
    "# Drafted from the ledger: assess it before it is in force (PIPIA, filing, certifier).",
    "apiVersion: yumen/v1",
    rows.length === 0 ? "inventory: []" : "inventory:",
    ...rows.map((row) => `  - ${JSON.stringify(row)}`),
    ...(declared.length === 0 ? [] : DECLARED),
    ...declared.map((flow) => `#   - ${JSON.stringify(flow)}`),
  ].join("\n");
}

const DECLARED = [
  "# 策略登记的出境流（outsideFlows）：不经过玉门关，台账里没有，未经核实",
  "# Declared in the policy (outsideFlows): past the gate, not in the ledger, unverified.",
];
