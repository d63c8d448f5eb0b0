// What every ConsentStore promises (io/ports.ts), whatever stands behind it. stores.test.ts runs it for each engine.

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConsentEvent, ConsentStore } from "../../src/io/ports.ts";
import type { Stores } from "../../src/io/stores/stores.ts";
import type { PersonKey } from "../../src/words.ts";

let count = 0;
/** A key nobody had before: tests share a store and never meet. */
export function freshPerson(): PersonKey {
  count += 1;
  return Buffer.from(`person-${count.toString().padStart(9, "0")}`).toString("base64url") as PersonKey;
}

export function eventOf(part: Partial<ConsentEvent> & { person: PersonKey }): ConsentEvent {
  count += 1;
  return {
    event: `event-${count}`,
    source: "crm",
    sequence: count,
    exporter: "acme",
    recipient: "openai",
    purpose: "support",
    action: "grant",
    separate: true,
    guardian: false,
    sensitiveNotice: false,
    types: ["cn-mobile"],
    sensitiveTypes: [],
    notice: { id: "n1", version: "1" },
    givenAt: "2026-03-01T00:00:00.000Z",
    recordedAt: "2026-03-01T00:00:00.000Z",
    validUntil: null,
    channel: "web",
    ...part,
  };
}

const day = (n: number) => `2026-03-${n.toString().padStart(2, "0")}T00:00:00.000Z`;

export function consentContract(name: string, openStores: () => Promise<Stores>): void {
  describe(`ConsentStore: ${name}`, () => {
    let stores: Stores;
    let consent: ConsentStore;
    beforeAll(async () => {
      stores = await openStores();
      consent = stores.consent;
    });
    afterAll(() => stores.close());

    const recordAll = async (events: readonly ConsentEvent[]) => {
      for (const event of events) await consent.record(event);
    };
    const state = (person: PersonKey, recipient = "openai", purpose = "support") =>
      consent.state("acme", consent.resolve("acme", person), recipient, purpose);

    test("nobody has said anything: null, the person is the key, the history is empty", () => {
      const person = freshPerson();
      expect(state(person)).toBeNull();
      expect(consent.resolve("acme", person)).toBe(person);
      expect(consent.history("acme", person)).toEqual([]);
    });

    test("a grant is the state at once when `record` resolves, every field of it", async () => {
      const person = freshPerson();
      const event = eventOf({ person, guardian: true, sensitiveTypes: ["health"], validUntil: day(30) });
      const { added, state: told } = await consent.record(event);
      expect(added).toBe(true);
      expect(told).toEqual(state(person));
      expect(told).toMatchObject({
        recipient: "openai",
        purpose: "support",
        granted: true,
        separate: true,
        guardian: true,
        sensitiveNotice: false,
        types: ["cn-mobile"],
        sensitiveTypes: ["health"],
        notice: { id: "n1", version: "1" },
        givenAt: day(1),
        withdrawnAt: null,
        validUntil: day(30),
      });
      expect(told.receipt).toMatch(/^rcp_\d{12}$/);
      expect(consent.history("acme", person)).toEqual([event]);
    });

    test("recording is idempotent by source and event; the same event id of another source is another event", async () => {
      const person = freshPerson();
      const event = eventOf({ person });
      await consent.record(event);
      const cursor = consent.cursor();
      const again = await consent.record({ ...event, givenAt: day(9), recordedAt: day(9) });
      expect(again).toMatchObject({ added: false, state: state(person) });
      expect(again).not.toHaveProperty("refused");
      expect(consent.cursor()).toBe(cursor);
      expect(consent.history("acme", person)).toHaveLength(1);
      expect((await consent.record({ ...event, source: "web" })).added).toBe(true);
    });

    test.each<[string, Partial<ConsentEvent>]>([
      ["a withdrawal", { action: "withdraw" }],
      ["another person", { person: freshPerson() }],
      ["another exporter", { exporter: "other" }],
      ["another recipient", { recipient: "aws" }],
      ["another purpose", { purpose: "mail" }],
    ])("regression: %s under the name of another event is refused, not answered as done", async (_why, differs) => {
      const event = eventOf({ person: freshPerson() });
      await consent.record(event);
      const cursor = consent.cursor();
      const other = { ...event, givenAt: day(9), ...differs };
      const own = consent.state(other.exporter, other.person, other.recipient, other.purpose);
      const told = await consent.record(other);
      expect(told).toMatchObject({ added: false, refused: "event_known" });
      expect([told.state.granted, consent.cursor()]).toEqual([own?.granted ?? false, cursor]);
    });

    test("an event that comes again under an alias of its person is known", async () => {
      const [person, alias] = [freshPerson(), freshPerson()];
      const event = eventOf({ person });
      await consent.record(event);
      await consent.link("acme", alias, person);
      const again = await consent.record({ ...event, person: alias });
      expect([again.added, again.refused]).toEqual([false, undefined]);
    });

    test("the same event recorded many times at once is added once", async () => {
      const event = eventOf({ person: freshPerson() });
      const results = await Promise.all(Array.from({ length: 8 }, () => consent.record(event)));
      expect(results.filter(({ added }) => added)).toHaveLength(1);
    });

    test.each([
      { why: "later withdrawal", at: [1, 2], order: "gw", granted: false },
      { why: "later grant after a withdrawal", at: [2, 1], order: "wg", granted: true },
      { why: "older grant that arrives late", at: [1, 2], order: "wg", granted: false },
      { why: "older withdrawal that arrives late", at: [2, 1], order: "gw", granted: true },
      { why: "same instant and other source: withdraw wins, grant last", at: [1, 1], order: "wg", granted: false },
      { why: "same instant and other source: withdraw wins, grant first", at: [1, 1], order: "gw", granted: false },
    ])("$why → granted $granted", async ({ at, order, granted }) => {
      const person = freshPerson();
      const grant = eventOf({ person, source: "web", givenAt: day(at[0]!) });
      const withdraw = eventOf({ person, source: "phone", action: "withdraw", givenAt: day(at[1]!) });
      await recordAll(order === "gw" ? [grant, withdraw] : [withdraw, grant]);
      expect(state(person)?.granted).toBe(granted);
      expect(state(person)?.withdrawnAt).toBe(granted ? null : day(at[1]!));
    });

    test.each([
      { grantSequence: 1, withdrawSequence: 1, granted: false },
      { grantSequence: 1, withdrawSequence: 2, granted: false },
      { grantSequence: 2, withdrawSequence: 1, granted: true },
    ])("one source, one instant: sequence decides, withdraw wins ties %j", async (row) => {
      const person = freshPerson();
      await recordAll([
        eventOf({ person, sequence: row.grantSequence }),
        eventOf({ person, sequence: row.withdrawSequence, action: "withdraw" }),
      ]);
      expect(state(person)?.granted).toBe(row.granted);
    });

    test("instants are compared as instants, whatever their offset", async () => {
      const person = freshPerson();
      await consent.record(eventOf({ person, action: "withdraw", givenAt: "2026-03-01T08:30:00+08:00" }));
      await consent.record(eventOf({ person, givenAt: "2026-03-01T00:29:00.000Z" }));
      expect(state(person)).toMatchObject({ granted: false, withdrawnAt: "2026-03-01T00:30:00.000Z" });
    });

    test("an instant that is none is refused, and nothing is written", async () => {
      const person = freshPerson();
      await expect(consent.record(eventOf({ person, givenAt: "yesterday" }))).rejects.toThrow(TypeError);
      expect(consent.history("acme", person)).toEqual([]);
    });

    test("expire ends the period and is no withdrawal; correct amends, and never revives", async () => {
      const person = freshPerson();
      await recordAll([
        eventOf({ person, givenAt: day(1), validUntil: day(20) }),
        eventOf({ person, givenAt: day(2), action: "correct", types: ["person"], validUntil: day(20) }),
        eventOf({ person, givenAt: day(3), action: "expire" }),
      ]);
      expect(state(person)).toMatchObject({ granted: true, types: ["person"], givenAt: day(1), validUntil: day(3) });
      await consent.record(eventOf({ person, givenAt: day(4), action: "withdraw" }));
      await consent.record(eventOf({ person, givenAt: day(5), action: "correct", types: ["email"] }));
      expect(state(person)).toMatchObject({ granted: false, withdrawnAt: day(4) });
    });

    test.each([null, day(20)])("regression: a correction to %s brings back no consent that is over", async (end) => {
      const [expired, lapsed] = [freshPerson(), freshPerson()];
      await recordAll([
        eventOf({ person: expired, givenAt: day(1) }),
        eventOf({ person: expired, givenAt: day(3), action: "expire" }),
        eventOf({ person: lapsed, givenAt: day(1), validUntil: day(3) }),
      ]);
      for (const person of [expired, lapsed]) {
        await consent.record(eventOf({ person, givenAt: day(4), action: "correct", validUntil: end }));
        expect(state(person)).toMatchObject({ granted: true, validUntil: day(3) });
      }
      const stands = freshPerson();
      await consent.record(eventOf({ person: stands, givenAt: day(1), validUntil: day(5) }));
      await consent.record(eventOf({ person: stands, givenAt: day(4), action: "correct", validUntil: end }));
      expect(state(stands)?.validUntil).toBe(end);
    });

    test("the state is a function of the set of events: their order of arrival never matters", async () => {
      const anEvent = fc.record({
        action: fc.constantFrom("grant", "withdraw", "expire", "correct"),
        source: fc.constantFrom("a", "b"),
        sequence: fc.nat(3),
        at: fc.integer({ min: 1, max: 3 }),
        everything: fc.boolean(),
      });
      const twoOrders = fc
        .uniqueArray(anEvent, { minLength: 1, maxLength: 6, selector: (e) => `${e.source}${e.sequence}` })
        .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));
      await fc.assert(
        fc.asyncProperty(twoOrders, async (orders) => {
          const states = [];
          for (const order of orders) {
            const person = freshPerson();
            for (const { action, at, everything, source, sequence } of order) {
              const wild = everything && (action === "withdraw" || action === "expire");
              const scope = wild ? { recipient: "*", purpose: "*" } : {};
              await consent.record(eventOf({ person, action, source, sequence, givenAt: day(at), ...scope }));
            }
            const found = state(person);
            states.push(found === null ? null : { ...found, receipt: "" });
          }
          expect(states[0]).toEqual(states[1]);
        }),
        { numRuns: 40 },
      );
    });

    test("no grant that is not newer revives a withdrawal", async () => {
      const person = freshPerson();
      await consent.record(eventOf({ person, source: "phone", action: "withdraw", givenAt: day(5) }));
      for (const at of [1, 2, 3, 4, 5]) {
        await consent.record(eventOf({ person, source: `web${at}`, givenAt: day(at) }));
        expect(state(person)?.granted).toBe(false);
      }
      await consent.record(eventOf({ person, source: "web", givenAt: day(6) }));
      expect(state(person)?.granted).toBe(true);
    });

    test("withdrawn from everything: every scope, those unknown before too, until a newer grant", async () => {
      const person = freshPerson();
      await recordAll([
        eventOf({ person, givenAt: day(1) }),
        eventOf({ person, givenAt: day(3), action: "withdraw", recipient: "*", purpose: "*" }),
        eventOf({ person, givenAt: day(2), recipient: "aws", purpose: "backup" }),
      ]);
      expect(state(person)?.granted).toBe(false);
      expect(state(person, "aws", "backup")?.granted).toBe(false);
      expect(state(person, "gcp", "mail")).toMatchObject({ granted: false, recipient: "gcp", purpose: "mail" });
      await consent.record(eventOf({ person, givenAt: day(4), recipient: "aws", purpose: "backup" }));
      expect(state(person, "aws", "backup")?.granted).toBe(true);
      expect(state(person)?.granted).toBe(false);
      expect(state(person, "aws", "mail")).toMatchObject({ granted: false, recipient: "aws", purpose: "mail" });
    });

    test("consent to everything is no consent, and half a wildcard no scope", async () => {
      const person = freshPerson();
      const everything = { person, recipient: "*", purpose: "*" };
      await expect(consent.record(eventOf(everything))).rejects.toThrow(TypeError);
      await expect(consent.record(eventOf({ person, action: "withdraw", purpose: "*" }))).rejects.toThrow(TypeError);
      expect(state(person)).toBeNull();
    });

    test("state falls back to the nearest other scope of the person", async () => {
      const person = freshPerson();
      await recordAll([
        eventOf({ person, recipient: "aws", purpose: "backup" }),
        eventOf({ person, recipient: "aws", purpose: "support" }),
        eventOf({ person, recipient: "openai", purpose: "mail" }),
      ]);
      expect(state(person)).toMatchObject({ recipient: "openai", purpose: "mail" });
      expect(state(person, "azure", "support")).toMatchObject({ recipient: "aws", purpose: "support" });
      expect(state(person, "azure", "chat")).not.toBeNull();
      expect(consent.state("other-exporter", person, "openai", "support")).toBeNull();
    });

    test("aliases are transitive, idempotent, and apart per exporter", async () => {
      const [a, b, c, d] = [freshPerson(), freshPerson(), freshPerson(), freshPerson()] as const;
      await consent.link("acme", a, b);
      await consent.link("acme", c, d);
      await consent.link("acme", b, c);
      await consent.link("acme", d, a);
      await consent.link("acme", a, a);
      const people = new Set([a, b, c, d].map((key) => consent.resolve("acme", key)));
      expect(people.size).toBe(1);
      expect(consent.resolve("other", b)).toBe(b);
    });

    test("linking agrees with a reference partition, in any order", async () => {
      const links = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 10 });
      await fc.assert(
        fc.asyncProperty(links, async (pairs) => {
          const keys = Array.from({ length: 8 }, freshPerson);
          const group = keys.map((_, i) => i);
          for (const [i, j] of pairs) {
            await consent.link("acme", keys[i]!, keys[j]!);
            const [from, to] = [group[j]!, group[i]!];
            for (const [k, g] of group.entries()) if (g === from) group[k] = to;
          }
          for (const [i, one] of keys.entries()) {
            for (const [j, other] of keys.entries()) {
              const same = consent.resolve("acme", one) === consent.resolve("acme", other);
              expect(same).toBe(group[i] === group[j]);
            }
          }
        }),
        { numRuns: 25 },
      );
    });

    test("a withdrawal under one alias counts for the person, recorded before the link or after it", async () => {
      for (const when of ["before", "after"]) {
        const [mobile, email] = [freshPerson(), freshPerson()];
        const withdraw = eventOf({ person: email, action: "withdraw", givenAt: day(2) });
        await consent.record(eventOf({ person: mobile, givenAt: day(1) }));
        if (when === "before") await consent.record(withdraw);
        await consent.link("acme", mobile, email);
        if (when === "after") await consent.record(withdraw);
        expect(state(mobile)?.granted).toBe(false);
        expect(state(email)?.granted).toBe(false);
        expect(consent.history("acme", consent.resolve("acme", email))).toHaveLength(2);
      }
    });

    test("the cursor grows with every recorded event", async () => {
      const before = Number(consent.cursor());
      await consent.record(eventOf({ person: freshPerson() }));
      await consent.record(eventOf({ person: freshPerson(), action: "withdraw" }));
      expect(Number(consent.cursor())).toBe(before + 2);
    });
  });
}
