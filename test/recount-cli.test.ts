// `yumen recount` on a folder with a ledger and a store: the same, differing, and what it can say of older entries.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compare } from "../src/cli/recount/compare.ts";
import { register } from "../src/cli/recount.ts";
import { openKeys } from "../src/io/keys.ts";
import { openLedger } from "../src/io/ledger/open.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import { ranCommand } from "./command.ts";
import { admission, by, countKey, NO_LIMIT } from "./contracts/people.contract.ts";

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-recount-cli-"));
  const ring = await openKeys(join(dir, "keys"));
  const { ledgerKey: signingKey, vkeyName: origin } = ring;
  const ledger = await openLedger({ dir: join(dir, "ledger"), origin, signingKey, durability: "strict" });
  const { people, close } = await openLmdbStores(join(dir, "store"));
  await people.admit("acme", 2026, [by(admission(1, "ns"), "a", "C2"), by(admission(2, "n"), "a", "E7")], NO_LIMIT);
  const crossing = { kind: "crossing", t: "2026-03-01T00:00:00.000Z", v: 1, action: "forward", exporter: "acme" };
  await ledger.append(JSON.stringify({ ...crossing, id: "dec_1", new: [countKey(1)], newAs: "3" }));
  people.named("acme", 2026, { people: [{ key: countKey(1), nonSensitive: true, sensitive: true }] });
  await close();
  await ledger.close();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = (data: string, ...more: string[]) => ranCommand(register, ["recount", "--data", data, ...more]);

test("the same: whom the store knows to be without an entry waits", async () => {
  const { code, out } = await run(dir, "--json");
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { ok: true, years: [{ exporter: "acme", year: 2026, store: { gross: 2 }, ledger: { gross: 1 }, waiting: 2 }] },
  ]);
  expect((await run(dir, "--lang", "zh")).out).toContain("台账");
});

test("somebody whom no entry tells, and nobody owes: exit 1", async () => {
  const other = join(dir, "other");
  cpSync(join(dir, "ledger"), join(other, "ledger"), { recursive: true });
  const { people, close } = await openLmdbStores(join(other, "store"));
  await people.admit(
    "acme",
    2026,
    [1, 2, 3].map((n) => by(admission(n, "n"), "a", "E7")),
    NO_LIMIT,
  );
  people.named("acme", 2026, { people: people.toName("acme", 2026, [1, 2, 3].map(countKey)) });
  await close();
  const { code, out } = await run(other, "--json");
  expect([code, JSON.parse(out).years[0].ok]).toEqual([1, false]);
});

test("no such folder: exit 2", async () => {
  expect((await run(join(dir, "nowhere"))).code).toBe(2);
});

test("a ledger that tells more than the store has differs; entries that do not say the class leave it open", () => {
  const year = { exporter: "acme", year: 2026 };
  const store = { ...year, nonSensitive: 2, sensitive: 0, gross: 2, waiting: 0 };
  const told = { ...year, nonSensitive: 2, sensitive: 0, gross: 2, unsaid: 0 };
  expect(compare([told], [store]).ok).toBe(true);
  expect(compare([{ ...told, gross: 3 }], [store]).ok).toBe(false);
  expect(compare([{ ...told, nonSensitive: 1 }], [store]).ok).toBe(false);
  expect(compare([{ ...told, nonSensitive: 0, unsaid: 2 }], [store]).ok).toBe(true);
  expect(compare([told], []).ok).toBe(false);
  expect(compare([], [{ ...store, waiting: 2 }]).ok).toBe(true);
});
