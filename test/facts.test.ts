// Facts: one person for all aliases, counted under the person's key, consent for the asked scope; nothing asynchronous.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createFactsLoader } from "../src/io/facts.ts";
import { openKeys } from "../src/io/keys.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { eventOf } from "./contracts/consent.contract.ts";
import { NO_LIMIT } from "./contracts/people.contract.ts";

const folder = mkdtempSync(join(tmpdir(), "yumen-facts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("facts", async () => {
  const { consent, people } = openMemoryStores();
  const { keys } = await openKeys(folder);
  const facts = createFactsLoader(consent, people, keys);
  const [mobile, email, stranger] = ["cn-mobile", "email", "id"].map((type) => keys.person("acme", type, "x"));
  const ask = {
    exporter: "acme",
    recipient: "openai",
    purpose: "support",
    year: 2026,
    identifiers: [mobile!, email!, stranger!],
  };

  test("strangers: themselves, uncounted, no consent", () => {
    const { people: found, counts, asOf, stale } = facts.load(ask);
    expect([...found.keys()]).toEqual(ask.identifiers);
    for (const [key, person] of found) {
      expect(person).toMatchObject({ person: key, consent: null, counted: { gross: false } });
    }
    expect({ counts, asOf, stale }).toEqual({
      counts: { nonSensitive: 0, sensitive: 0, gross: 0 },
      asOf: "0",
      stale: false,
    });
  });

  test("aliases share person, consent and count; the stranger stays one; the cursor tells", async () => {
    await consent.link("acme", mobile!, email!);
    await consent.record(eventOf({ person: email! }));
    const person = consent.resolve("acme", email!);
    const key = keys.count("acme", 2026, person);
    await people.admit("acme", 2026, [{ key, nonSensitive: true, sensitive: false }], NO_LIMIT);

    const { people: found, counts, asOf } = facts.load(ask);
    expect(found.get(mobile!)).toBe(found.get(email!));
    expect(found.get(mobile!)).toMatchObject({
      person,
      counted: { nonSensitive: true, sensitive: false, gross: true },
      consent: { granted: true },
    });
    expect(found.get(stranger!)).toMatchObject({ person: stranger, consent: null, counted: { gross: false } });
    expect([counts.nonSensitive, asOf]).toEqual([1, "1"]);
    expect(facts.load({ ...ask, year: 2027 }).people.get(mobile!)?.counted.gross).toBe(false);
  });

  test("a withdrawal is in the very next facts", async () => {
    const withdraw = eventOf({ person: mobile!, action: "withdraw", givenAt: "2026-04-01T00:00:00.000Z" });
    await consent.record(withdraw);
    expect(facts.load(ask).people.get(email!)?.consent).toMatchObject({
      granted: false,
      withdrawnAt: withdraw.givenAt,
    });
  });
});
