// A folder of orders that several gates share: each reads it beside its own, and an empty mount point is not it.

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openOrders } from "../src/io/orders/open.ts";
import { holdShelf } from "../src/io/orders/shelves.ts";
import type { StandingOrders } from "../src/io/orders/standing.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { policyOf } from "./decide/cases.ts";

let root: string;
let shared: string;
let open: StandingOrders[] = [];
const alarms: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "yumen-shared-"));
  shared = join(root, "shared");
  mkdirSync(shared);
  writeFileSync(join(shared, ".orders"), "");
  alarms.length = 0;
});
afterEach(async () => {
  for (const orders of open) await orders.close();
  open = [];
  rmSync(root, { recursive: true, force: true });
});

async function gate(name: string, register = openMemoryStores().register): Promise<StandingOrders> {
  const orders = await openOrders({
    ...{ dir: join(root, name), shared, register, clock: { nowMs: () => Date.UTC(2026, 5, 1) } },
    ...{ policy: () => policyOf(), overdue: () => undefined, digest: String, note: async () => 0 },
    alarm: (code) => void alarms.push(`${name} ${code}`),
  });
  open.push(orders);
  return orders;
}
const shut = (orders: StandingOrders) =>
  (orders.current()?.holds ?? []).map(({ of, target }) => (target === null ? of : `${of} ${target}`)).sort();

test("before it resolves, what lies in either folder stands, and each gate writes down its own", async () => {
  writeFileSync(join(shared, "recipient-acme"), "");
  mkdirSync(join(root, "a"));
  writeFileSync(join(root, "a", "exporter-shop"), "");
  const registers = [openMemoryStores().register, openMemoryStores().register] as const;
  const [a, b] = [await gate("a", registers[0]), await gate("b", registers[1])];
  expect([shut(a), shut(b)]).toEqual([["exporter shop", "recipient acme"], ["recipient acme"]]);
  const [inA, inB] = registers.map((one) =>
    holdShelf(one)
      .all()
      .find(({ of }) => of === "recipient"),
  );
  expect(inA!.id).not.toBe(inB!.id);
  rmSync(join(shared, "recipient-acme"));
  expect(shut(await gate("b", registers[1]))).toEqual(["recipient acme"]);
});

test("the same file in both folders is one order, and it lies while either does", async () => {
  mkdirSync(join(root, "a"));
  for (const dir of [shared, join(root, "a")]) writeFileSync(join(dir, "all"), "");
  const { register } = openMemoryStores();
  const a = await gate("a", register);
  expect(shut(a)).toEqual(["all"]);
  expect(holdShelf(register).all()).toHaveLength(1);
});

test.each([
  ["is not there", () => renameSync(shared, `${shared}-away`)],
  ["is an empty mount point", () => rmSync(join(shared, ".orders"))],
  ["is a file", () => [rmSync(shared, { recursive: true }), writeFileSync(shared, "")]],
])("a folder that %s: everything is shut, and nothing is written down", async (_what, breakIt) => {
  breakIt();
  const { register } = openMemoryStores();
  const a = await gate("a", register);
  expect(shut(a)).toEqual(["all"]);
  expect(alarms).toEqual(["a orders_unreadable"]);
  expect(holdShelf(register).all()).toEqual([]);
});

test("a gate that is told of none reads none", async () => {
  shared = null as never;
  expect(shut(await gate("a"))).toEqual([]);
});
