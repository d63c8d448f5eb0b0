// The admin plane on memory stores, with people of every role: for tests of what several people do on it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startAdmin } from "../src/io/admin/admin.ts";
import { freshToken, identityShelf } from "../src/io/admin/identities/stored.ts";
import { type Role, takesPart } from "../src/io/admin/identity.ts";
import type { Logins } from "../src/io/admin/oidc/logins.ts";
import { createTokens, type PlainTokens, tokensFileOf } from "../src/io/admin/tokens.ts";
import { GateError } from "../src/io/errors.ts";
import { openKeys } from "../src/io/keys.ts";
import { createStandingOrders } from "../src/io/orders/standing.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import type { Policy } from "../src/words.ts";
import { policyOf } from "./decide/cases.ts";

export interface Called {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test says what must be there
  readonly json: any;
  readonly text: string;
}

export type Plane = Awaited<ReturnType<typeof openPlane>>;

export const NOW = Date.parse("2026-06-01T00:00:00.000Z");

/** @param people whose tokens are their own, each with its roles. Beside them those of the first start. */
export async function openPlane(
  people: Readonly<Record<string, readonly Role[]>>,
  change: { policy?: Policy; stores?: Stores; logins?: Logins; before?: { folder: string; first: PlainTokens } } = {},
) {
  const folder = change.before?.folder ?? mkdtempSync(join(tmpdir(), "yumen-plane-"));
  const first: PlainTokens = createTokens(folder) ?? change.before!.first;
  const stores = change.stores ?? openMemoryStores();
  const { keys } = await openKeys(folder);
  const clock = { ms: NOW, nowMs: () => clock.ms };
  const orders = createStandingOrders(stores.register, clock);
  const entries: Record<string, unknown>[] = [];
  const ledger = { fails: false, takesMs: 0 };
  const policy = change.policy ?? policyOf();
  const tokens: Record<string, string> = { ...first };
  for (const [id, roles] of Object.entries(people)) {
    const { plain, sha256 } = freshToken(id);
    tokens[id] = plain;
    await identityShelf(stores.register).change(id, () => ({
      ...{ id, name: id, roles, createdBy: "admin", createdAt: new Date(NOW).toISOString(), disabled: null },
      tokens: [{ sha256, issuedBy: id, expiresAt: new Date(NOW + 365 * 86_400_000).toISOString() }],
      seat: takesPart(roles) ? { id: `seat-${id}`, at: new Date(NOW).toISOString(), by: ["machine"] } : null,
    }));
  }
  const admin = await startAdmin({
    ...{ port: 0, ...stores, keys, clock, orders, tokensFile: tokensFileOf(folder), policy: () => policy },
    ...(change.logins === undefined ? {} : { logins: change.logins }),
    canonicalise: (type, text) => (type === "cn-mobile" ? (/^1\d{10}$/.exec(text)?.[0] ?? null) : text),
    status: () => ({ ready: true, checks: {} }),
    metrics: async () => "",
    note: async (kind, members) => {
      if (ledger.takesMs > 0) await pause(ledger.takesMs);
      if (ledger.fails) throw new GateError("ledger_unavailable", "full");
      return entries.push({ kind, ...members });
    },
  });
  const base = `http://127.0.0.1:${admin.port}`;
  /** @param who an identity, or a token that is none's. */
  const call = async (who: string | null, method: string, path: string, body?: unknown): Promise<Called> => {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(who === null ? {} : { authorization: `Bearer ${tokens[who] ?? who}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, json: text === "" ? null : JSON.parse(text) };
  };
  return {
    ...{ base, call, stores, keys, clock, orders, entries, ledger, tokens, policy, folder, first },
    /** Proposes as one, approves as the other. @returns both answers. */
    async both(proposer: string, approver: string, action: string, body: object) {
      const proposed = await call(proposer, "POST", "/v1/proposals", { action, body });
      const path = `/v1/proposals/${proposed.json.id}/approve`;
      return { proposed, approved: await call(approver, "POST", path, { digest: proposed.json.digest }) };
    },
    async close() {
      await admin.close();
      if (change.stores === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
