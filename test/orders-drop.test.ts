// Files that order to stop, when the world around them fails: they stand first, and are written down when that can be.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GateError } from "../src/io/errors.ts";
import { type Drop, openDrop } from "../src/io/orders/drop.ts";
import { orderOf } from "../src/io/orders/file.ts";
import { holdShelf } from "../src/io/orders/shelves.ts";
import { createStandingOrders, type StandingOrders } from "../src/io/orders/standing.ts";
import type { Register } from "../src/io/ports.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { policyOf } from "./decide/cases.ts";

let root: string;
let dir: string;
let drop: Drop | null = null;
const fails = { register: false, ledger: false };
const alarms: string[] = [];
const entries: Record<string, unknown>[] = [];
const clock = { nowMs: () => Date.UTC(2026, 5, 1) };
/** What performance.now() says: a busy machine must not make a file that is being written an old one. */
let passedMs = 0;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "yumen-drop-"));
  dir = join(root, "suspend");
  [fails.register, fails.ledger, alarms.length, entries.length, passedMs] = [false, false, 0, 0, 0];
  vi.spyOn(performance, "now").mockImplementation(() => passedMs);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await drop?.close();
  drop = null;
  rmSync(root, { recursive: true, force: true });
});

async function open(register: Register = openMemoryStores().register): Promise<StandingOrders> {
  const failing: Register = {
    shelf: (name) => {
      const shelf = register.shelf(name);
      const change: typeof shelf.change = async (id, next) => {
        if (fails.register) throw new GateError("store_unavailable", "disk full");
        return shelf.change(id, next);
      };
      return { ...shelf, change } as never;
    },
  };
  const orders = createStandingOrders(register, clock);
  drop = await openDrop({
    ...{ dir, register: failing, orders, clock, policy: () => policyOf(), digest: (text) => `d:${text.length}` },
    alarm: (code) => alarms.push(code),
    note: async (kind, members) => {
      if (fails.ledger) throw new GateError("ledger_unavailable", "disk full");
      return entries.push({ kind, ...members });
    },
  });
  return orders;
}
const shut = (orders: StandingOrders) =>
  orders.current()?.holds.map(({ of, target }) => (target === null ? of : `${of} ${target}`)) ?? [];
const put = (name: string, content = "") => writeFileSync(join(dir, name), content);

test("stands though it cannot be written down, and is as soon as it can; the alarm sounds once", async () => {
  const { register } = openMemoryStores();
  const orders = await open(register);
  fails.register = true;
  put("recipient-acme");
  for (let i = 0; i < 3; i++) await drop!.look();
  expect(shut(orders)).toEqual(["recipient acme"]);
  expect(alarms).toEqual(["suspended", "order_not_written"]);
  rmSync(join(dir, "recipient-acme"));
  await drop!.look();
  expect(shut(orders)).toEqual(["recipient acme"]);
  fails.register = false;
  await drop!.look();
  expect([shut(orders), holdShelf(register).all().length, entries.length]).toEqual([["recipient acme"], 1, 1]);
});

test("is told when the ledger takes entries again, once", async () => {
  const orders = await open();
  fails.ledger = true;
  put("all");
  await drop!.look();
  expect([shut(orders), entries.length]).toEqual([["all"], 0]);
  fails.ledger = false;
  for (let i = 0; i < 3; i++) await drop!.look();
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ kind: "suspend", of: "all", by: "file", understood: true });
});

test("a folder that cannot be read shuts everything as long as that lasts, and leaves nothing behind", async () => {
  writeFileSync(dir, "no folder");
  const { register } = openMemoryStores();
  const orders = await open(register);
  expect(shut(orders)).toEqual(["all"]);
  rmSync(dir);
  await drop!.look();
  expect([shut(orders), holdShelf(register).all().length, alarms]).toEqual([[], 0, ["orders_unreadable"]]);
});

test("what an editor leaves for a moment stands for that moment; what stays is written down", async () => {
  const { register } = openMemoryStores();
  const orders = await open(register);
  put("4913");
  await drop!.look();
  expect(shut(orders)).toEqual(["all"]);
  rmSync(join(dir, "4913"));
  await drop!.look();
  expect([shut(orders), holdShelf(register).all().length]).toEqual([[], 0]);
  put("order.json", "{");
  await drop!.look();
  passedMs += 550;
  await drop!.look();
  expect(holdShelf(register).all()).toMatchObject([{ of: "all", by: "file", lifted: null }]);
  expect(alarms).toEqual(["order_not_understood", "order_not_understood"]);
});

test("a link, a folder, a name with a dot, words that name somebody", async () => {
  const { register } = openMemoryStores();
  const orders = await open(register);
  put(".all.swp");
  await drop!.look();
  expect(shut(orders)).toEqual([]);
  writeFileSync(join(root, "elsewhere"), '{"of":"recipient","target":"acme"}');
  symlinkSync(join(root, "elsewhere"), join(dir, "order.json"));
  await drop!.look();
  expect(shut(orders)).toEqual(["all"]);
  rmSync(join(dir, "order.json"));
  mkdirSync(join(dir, "destination-acme-api"));
  put("told.json", '{"of":"exporter","target":"shop","reason":"客户 13800138000 投诉","order":"A-1"}');
  await drop!.look();
  expect(shut(orders).sort()).toEqual(["destination acme-api", "exporter shop"]);
  expect(JSON.stringify([holdShelf(register).all(), entries])).not.toContain("13800138000");
});

describe("a file's order", () => {
  test.each([
    ["all", "", "all"],
    ["recipient-acme", "x", "recipient acme"],
    ["recipient-nobody", "", "all"],
    ["a.json", '{"of":"all"}', "all"],
    ["a.json", '{"of":"recipient","target":"acme","hard":true}', "recipient acme"],
    ["a.json", '{"of":"recipient"}', "all"],
    ["a.json", '{"of":"all","target":"acme"}', "all"],
    ["a.json", '{"of":"recipient","target":"acme","until":"2026"}', "all"],
    ["a.json", "[]", "all"],
    ["ALL", "", "all"],
  ])("%s %s is over %s", (name, content, over) => {
    const { of, target } = orderOf(name, content, policyOf());
    expect(target === null ? of : `${of} ${target}`).toBe(over);
  });
});
