// Releases on a terminal.

import type { Said } from "../shown/said.ts";
import { table } from "../shown/table.ts";

export interface ReleaseTold {
  readonly id: string;
  readonly destination: string;
  readonly types: readonly string[];
  readonly lifts: readonly {
    readonly of: string;
    readonly rule?: string;
    readonly class?: string;
    readonly type?: string;
    readonly path?: string;
    readonly values?: number | null;
  }[];
  readonly people: number | null;
  readonly until: string;
  readonly stands: boolean;
  readonly revoked: object | null;
  readonly proposedBy: string;
  readonly approvedBy: string;
  readonly uses: number;
}

/** Exit code 1 where none of them stands. */
export function tellReleases(releases: readonly ReleaseTold[]): Said {
  const rows = (words: Readonly<Record<"stands" | "over" | "revoked" | "uses", string>>) =>
    releases.map((one) => [
      one.id,
      one.destination,
      one.lifts.map(told).join(" "),
      one.stands ? `${words.stands} ${one.until}` : one.revoked === null ? words.over : words.revoked,
      `${one.uses} ${words.uses}`,
      `${one.proposedBy} + ${one.approvedBy}`,
    ]);
  const none = releases.length === 0;
  return {
    ok: releases.some(({ stands }) => stands),
    json: { releases },
    zh: none ? "没有放行令" : table(rows({ stands: "有效至", over: "已到期", revoked: "已撤销", uses: "次" }), 0),
    en: none ? "no releases" : table(rows({ stands: "until", over: "over", revoked: "revoked", uses: "uses" }), 0),
  };
}

function told({ of, rule, class: name, type, path, values }: ReleaseTold["lifts"][number]): string {
  if (of === "rule") return `rule:${rule}`;
  if (of === "opaque") return `opaque:${name}`;
  if (of === "suspect") return of;
  return `false:${type}@${path}${typeof values === "number" ? `(${values})` : ""}`;
}
