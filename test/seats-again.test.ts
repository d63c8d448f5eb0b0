// A person who is seated again. Law: each seat is another one, with its own entry before it; the token of the seat
// before is nobody's, whenever what it asked for is done.

import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSeatDrop, type SeatDrop } from "../src/io/admin/identities/drop.ts";
import { findIdentities } from "../src/io/admin/identities/first.ts";
import { identityShelf } from "../src/io/admin/identities/stored.ts";
import { GateError } from "../src/io/errors.ts";
import { createRegister } from "../src/io/stores/embedded/register.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { openPlane, type Plane } from "./plane.ts";

const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");
const DAYS_MS = 86_400_000;

/** Of the register's disk. */
let takesMs = 0;
let plane: Plane;
beforeEach(async () => {
  takesMs = 0;
  const register = createRegister([], () => pause(takesMs));
  plane = await openPlane({ anna: ["approver"], bert: ["approver"] }, { stores: { ...openMemoryStores(), register } });
});
afterEach(async () => {
  await plane.close();
  rmSync(plane.folder, { recursive: true, force: true });
});
const stored = (id: string) => identityShelf(plane.stores.register).get(id);

describe("by the machine", () => {
  let dir: string;
  let drop: SeatDrop;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "yumen-seats-"));
    const { stores, clock } = plane;
    drop = await openSeatDrop({ dir, register: stores.register, clock, note: async () => 0, refused() {} });
  });
  afterEach(async () => {
    await drop.close();
    rmSync(dir, { recursive: true });
  });
  const seat = async (key: string): Promise<string> => {
    const path = join(dir, "seats", "rosa.json");
    const text = JSON.stringify({ id: "rosa", roles: ["admin"], key: sha256Of(key) });
    writeFileSync(path, text, { mode: 0o600 });
    plane.clock.ms += 1;
    await drop.look();
    expect(existsSync(path)).toBe(false);
    return stored("rosa")!.seat!.id;
  };
  const status = async () => (await plane.call("rosa-own", "GET", "/v1/identities")).status;

  test("by the same file, when its token has ended: it holds again, and is another seat", async () => {
    const first = await seat("rosa-own");
    expect(await status()).toBe(200);
    plane.clock.ms += 91 * DAYS_MS;
    expect(await status()).toBe(401);
    expect(await seat("rosa-own")).not.toBe(first);
    expect(await status()).toBe(200);
  });

  test("by the same file, when her token is another: the file's key is hers again", async () => {
    await seat("rosa-own");
    await plane.call("rosa-own", "POST", "/v1/identities/rosa/rotate", {});
    expect(await status()).toBe(401);
    await seat("rosa-own");
    expect(await status()).toBe(200);
  });

  test("with a key of before: what was begun from that seat is not ended from this", async () => {
    const seats = [await seat("one"), await seat("two"), await seat("one")];
    expect(new Set(seats).size).toBe(3);
  });
});

test("while the new seat is written down, the token before rotates itself into nothing", async () => {
  const key = sha256Of("bert-new");
  const body = { action: "seat", body: { id: "bert", roles: ["approver"], key } };
  const { json } = await plane.call("admin", "POST", "/v1/proposals", body);
  takesMs = 60;
  const approving = plane.call("anna", "POST", `/v1/proposals/${json.id}/approve`, { digest: json.digest });
  while (!plane.entries.some(({ id, action }) => id === "bert" && action === "seat")) await pause(2);
  const before = await plane.call("bert", "POST", "/v1/identities/bert/rotate", {});
  expect((await approving).status).toBe(200);
  expect([before.status, before.json.code]).toEqual([401, "token_unknown"]);
  expect(stored("bert")!.tokens).toMatchObject([{ sha256: key }]);
});

test("an upgrade that is cut off gives no seat of which no entry tells", async () => {
  await identityShelf(plane.stores.register).change("otto", () => ({
    ...{ id: "otto", name: "otto", roles: ["approver"], createdBy: "admin", createdAt: "2026-01-01T00:00:00.000Z" },
    tokens: [{ sha256: sha256Of("otto-own"), issuedBy: "otto", expiresAt: "2027-01-01T00:00:00.000Z" }],
    disabled: null,
  }));
  const entries: object[] = [];
  let fails = true;
  const note = async (kind: string, members: object) => {
    if (fails) throw new GateError("ledger_unavailable", "full");
    return entries.push({ kind, ...members });
  };
  const parts = { register: plane.stores.register, clock: plane.clock, note };
  await expect(findIdentities(parts, "first-1")).rejects.toThrow(GateError);
  expect(stored("otto")!.seat).toBeUndefined();
  fails = false;
  await findIdentities(parts, "first-1");
  expect(entries).toContainEqual(expect.objectContaining({ id: "otto", action: "seat", by: ["before"] }));
  expect(stored("otto")!.seat).not.toBeNull();
});
