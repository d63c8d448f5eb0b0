// What a ConsentStore promises about batches, lanes and what came with the newer members of an event.

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConsentStore, ConsentWrite } from "../../src/io/ports.ts";
import { foldAll, foldOn } from "../../src/io/stores/embedded/fold.ts";
import { nearest } from "../../src/io/stores/embedded/person.ts";
import { EVENTS_MAX, MEMBERS_MAX } from "../../src/io/stores/embedded/recording.ts";
import type { Stores } from "../../src/io/stores/stores.ts";
import type { ConsentState, PersonKey } from "../../src/words.ts";
import { eventOf, freshPerson } from "./consent.contract.ts";

const day = (n: number) => `2026-03-${n.toString().padStart(2, "0")}T00:00:00.000Z`;

export function consentBatchContract(name: string, openStores: () => Promise<Stores>): void {
  describe(`ConsentStore, batches: ${name}`, () => {
    let stores: Stores;
    let consent: ConsentStore;
    beforeAll(async () => {
      stores = await openStores();
      consent = stores.consent;
    });
    afterAll(() => stores.close());

    test("2,000 at once: results in order, each in force, the cursor of each one more than the last", async () => {
      const events = Array.from({ length: 2_000 }, () => eventOf({ person: freshPerson() }));
      const before = Number(consent.cursor());
      const written = await consent.recordAll(events.map((event) => ({ event })));
      expect(written.map(({ cursor }) => Number(cursor))).toEqual(events.map((_, i) => before + i + 1));
      expect(written.every(({ added, merged }) => added && !merged)).toBe(true);
      for (const [i, { person }] of events.entries()) {
        expect(consent.state("acme", person, "openai", "support")).toEqual(written[i]!.state);
      }
      expect(consent.cursor()).toBe(String(before + 2_000));
    });

    test("nothing at all is nothing", async () => {
      const before = consent.cursor();
      expect(await consent.recordAll([])).toEqual([]);
      expect(await consent.recordAll([{}])).toEqual([{ added: false, state: null, merged: false, cursor: before }]);
    });

    test("the same batch again adds nothing and tells the same states and cursors", async () => {
      const person = freshPerson();
      const batch = [
        { event: eventOf({ person, givenAt: day(1) }) },
        { event: eventOf({ person, givenAt: day(2), action: "withdraw" }) },
        { event: eventOf({ person, givenAt: day(3) }) },
      ];
      const [first, again] = [await consent.recordAll(batch), await consent.recordAll(batch)];
      expect(again.map(({ added }) => added)).toEqual([false, false, false]);
      expect(again.map(({ cursor }) => cursor)).toEqual(first.map(({ cursor }) => cursor));
      expect(again.at(-1)!.state).toEqual(first.at(-1)!.state);
      expect(consent.history("acme", person)).toHaveLength(3);
    });

    test("an event twice in one batch is one event", async () => {
      const event = eventOf({ person: freshPerson() });
      expect((await consent.recordAll([{ event }, { event }])).map(({ added }) => added)).toEqual([true, false]);
    });

    test("an event named by its content is known again: within a batch, later, after newer ones, over an alias", async () => {
      const [person, alias] = [freshPerson(), freshPerson()];
      const named = (event: string, at: number) => ({ event: eventOf({ person, event, givenAt: day(at) }) });
      const added = async (writes: readonly ConsentWrite[]) =>
        (await consent.recordAll(writes)).map((written) => written.added);
      expect(await added([named("~a", 2), named("~a", 2), named("~b", 2)])).toEqual([true, false, true]);
      expect(await added([named("~c", 1), named("~a", 2), named("~d", 3)])).toEqual([true, false, true]);
      expect(await added([{ event: { ...named("~d", 3).event, source: "web" } }])).toEqual([true]);
      await consent.link("acme", alias, person);
      expect(await added([named("~c", 1), named("~d", 3)])).toEqual([false, false]);
      expect(consent.history("acme", alias)).toHaveLength(5);
    });

    test("regression: what was held to the instant of its recording is known when it comes again later", async () => {
      const person = freshPerson();
      const recorded = (at: number) => eventOf({ person, event: "~ahead", givenAt: day(at), recordedAt: day(at) });
      await consent.recordAll([{ event: recorded(1) }]);
      await consent.record(eventOf({ person, action: "withdraw", givenAt: day(2) }));
      expect((await consent.recordAll([{ event: recorded(3) }])).map(({ added }) => added)).toEqual([false]);
      expect(consent.state("acme", person, "openai", "support")?.granted).toBe(false);
    });

    test("… and when two have become one in the same batch, of either", async () => {
      const [one, other] = [freshPerson(), freshPerson()];
      const named = (person: PersonKey, event: string) => ({ event: eventOf({ person, event, recordedAt: day(9) }) });
      await consent.recordAll([named(one, "~one"), named(other, "~other")]);
      const same = { exporter: "acme", keys: [one, other] };
      const again = await consent.recordAll([named(one, "~one"), { same }, named(other, "~other"), named(one, "~one")]);
      expect(again.map(({ added }) => added)).toEqual([false, false, false, false]);
    });

    test("what is refused of a batch changes nothing, its keys neither; the rest stands", async () => {
      const [person, other, alias] = [freshPerson(), freshPerson(), freshPerson()];
      const event = eventOf({ person });
      const same = { exporter: "acme", keys: [other, alias] };
      const taken = { event: { ...event, person: other, action: "withdraw" as const }, same };
      const rest = { event: eventOf({ person: other }) };
      const written = await consent.recordAll([{ event }, taken, rest]);
      expect(written.map(({ added, refused }) => refused ?? added)).toEqual([true, "event_known", true]);
      expect(consent.members("acme", alias)).toEqual([alias]);
      expect(consent.history("acme", other)).toEqual([rest.event]);
    });

    test("regression: events of one person have a limit for grants; a withdrawal is never refused for it", async () => {
      const [person, alias] = [freshPerson(), freshPerson()];
      const events = Array.from({ length: EVENTS_MAX - 1 }, () => eventOf({ person }));
      await consent.recordAll([...events, eventOf({ person: alias })].map((event) => ({ event })));
      await consent.link("acme", alias, person);
      const more = (["grant", "correct", "expire", "withdraw"] as const).map((action) =>
        eventOf({ person, action, givenAt: day(2) }),
      );
      const written = await consent.recordAll([...more, events[0]!].map((event) => ({ event })));
      const told = written.map(({ added, refused }) => refused ?? added);
      expect(told).toEqual(["events_full", "events_full", true, true, false]);
      expect(consent.state("acme", person, "openai", "support")?.granted).toBe(false);
      expect(consent.history("acme", person)).toHaveLength(EVENTS_MAX + 2);
    });

    test("regression: keys of one person have a limit; a withdrawal is never refused for it", async () => {
      const shared = freshPerson();
      const withShared = () => ({ exporter: "acme", keys: [freshPerson(), shared] });
      const fill = Array.from({ length: MEMBERS_MAX - 1 }, () => ({ same: withShared() }));
      expect((await consent.recordAll(fill)).every(({ refused }) => refused === undefined)).toBe(true);
      const [alone, granted, withdrawn] = [withShared(), withShared(), withShared()];
      const lines = [
        ...[{ same: alone }, { same: granted, event: eventOf({ person: granted.keys[0]! }) }],
        { same: withdrawn, event: eventOf({ person: withdrawn.keys[0]!, action: "withdraw" }) },
        { same: fill[0]!.same },
      ];
      const told = (await consent.recordAll(lines)).map(({ added, refused }) => refused ?? added);
      expect(told).toEqual(["identifiers_full", "identifiers_full", true, false]);
      expect(consent.members("acme", shared)).toHaveLength(MEMBERS_MAX + 1);
      expect(consent.history("acme", granted.keys[0]!)).toEqual([]);
      expect(consent.state("acme", shared, "openai", "support")?.granted).toBe(false);
      await expect(consent.link("acme", freshPerson(), shared)).rejects.toThrow(RangeError);
    });

    test("keys of one person are joined before the event of their line", async () => {
      const [mobile, openid] = [freshPerson(), freshPerson()];
      const same = { exporter: "acme", keys: [mobile, openid] };
      await consent.recordAll([{ event: eventOf({ person: mobile }), same }]);
      expect(consent.resolve("acme", openid)).toBe(consent.resolve("acme", mobile));
      expect(consent.state("acme", openid, "openai", "support")?.granted).toBe(true);
      expect([...consent.members("acme", openid)].sort()).toEqual([mobile, openid].sort());
      expect(consent.members("acme", freshPerson())).toHaveLength(1);
    });

    test("merged: both were known; told once, by link and by batch", async () => {
      const [a, b, c, d] = [freshPerson(), freshPerson(), freshPerson(), freshPerson()] as const;
      await consent.recordAll([{ event: eventOf({ person: a }) }, { event: eventOf({ person: b }) }]);
      expect(await consent.link("acme", a, c)).toBe(false);
      expect(await consent.link("acme", a, b)).toBe(true);
      expect(await consent.link("acme", b, a)).toBe(false);
      await consent.record(eventOf({ person: d }));
      const twice = { same: { exporter: "acme", keys: [freshPerson(), d, c] } };
      expect((await consent.recordAll([twice, twice])).map(({ merged }) => merged)).toEqual([true, false]);
    });

    test("what is at hand of others stays, what is at hand of the person is new", async () => {
      const [person, other] = [freshPerson(), freshPerson()];
      await consent.recordAll([{ event: eventOf({ person }) }, { event: eventOf({ person: other }) }]);
      const stays = consent.state("acme", other, "openai", "support");
      consent.state("acme", person, "openai", "support");
      await consent.recordAll([{ event: eventOf({ person, action: "withdraw", givenAt: day(2) }) }]);
      expect(consent.state("acme", person, "openai", "support")?.granted).toBe(false);
      expect(consent.state("acme", other, "openai", "support")).toBe(stays);
    });

    test("a withdrawal overtakes a batch that has been begun, and is in force when it is answered", async () => {
      const person = freshPerson();
      await consent.record(eventOf({ person }));
      const batch = Array.from({ length: 5_000 }, () => ({ event: eventOf({ person: freshPerson() }) }));
      let isBatchDone = false;
      const running = consent.recordAll(batch).then((written) => {
        isBatchDone = true;
        return written;
      });
      // begun, and in memory not yet done: there a commit takes a few of these
      for (let turn = 0; turn < 10; turn++) await null;
      const { cursor } = await consent.record(eventOf({ person, action: "withdraw", givenAt: day(2) }));
      expect(isBatchDone).toBe(false);
      expect(consent.state("acme", person, "openai", "support")?.granted).toBe(false);
      const written = await running;
      expect(Number(written.at(-1)!.cursor)).toBeGreaterThan(Number(cursor));
      expect(written).toHaveLength(5_000);
    });

    test("an event that cannot be folded refuses its batch, and nothing of it is written", async () => {
      const person = freshPerson();
      const bad = { event: eventOf({ person, givenAt: "yesterday" }) };
      await expect(consent.recordAll([{ event: eventOf({ person }) }, bad])).rejects.toThrow(TypeError);
      expect(consent.history("acme", person)).toEqual([]);
    });

    test("what an event says comes back as it was said", async () => {
      const person = freshPerson();
      const sha256 = "ab".repeat(32);
      const full = eventOf({
        ...{ person, notice: { id: "n", version: "2", sha256 }, shownAt: "2026-03-01T07:59:00+08:00", act: "tick" },
        ...{ evidence: { sha256, uri: "https://proof.example/1" }, givenAt: "2026-03-01T08:00:00+08:00" },
        ...{
          guardian: true,
          sensitiveNotice: true,
          sensitiveTypes: ["health"],
          validUntil: "2027-01-01T00:00:00+08:00",
        },
      });
      const bare = eventOf({ person, separate: false, notice: null, evidence: { sha256 }, action: "correct" });
      await consent.recordAll([{ event: full }, { event: bare }]);
      expect(consent.history("acme", person)).toStrictEqual([full, bare]);
      const { state } = await consent.record(full);
      expect(consent.state("acme", person, "openai", "support")).toStrictEqual(state);
    });

    test("5,000 events of one person in order: each costs the same", async () => {
      const person = freshPerson();
      const at = (n: number) => new Date(Date.parse(day(1)) + n).toISOString();
      const events = Array.from({ length: 5_000 }, (_, n) =>
        eventOf({ person, givenAt: at(n), action: n % 2 === 0 ? "grant" : "withdraw" }),
      );
      await consent.recordAll(events.map((event) => ({ event })));
      expect(consent.history("acme", person)).toHaveLength(5_000);
      const state = consent.state("acme", person, "openai", "support");
      expect(state).toMatchObject({ granted: false, withdrawnAt: at(4_999) });
    });
  });
}

const anEvent = fc.record({
  action: fc.constantFrom("grant" as const, "withdraw" as const, "expire" as const, "correct" as const),
  scope: fc.constantFrom("a", "b"),
  purpose: fc.constantFrom("p", "q"),
  wild: fc.boolean(),
  validUntil: fc.constantFrom(null, day(20)),
});

/** Asks no engine: once is enough. */
export function foldContract(): void {
  test("regression: events in one instant are looked at in order, not each with each other", () => {
    const person = freshPerson();
    const looksAt = (length: number) => {
      let looks = 0;
      const stored = Array.from({ length }, (_, i) => {
        const action = i < length / 2 ? ("grant" as const) : ("withdraw" as const);
        const get = () => {
          looks += 1;
          return action;
        };
        const event = Object.defineProperty(eventOf({ person }), "action", { get });
        return { ordinal: i + 1, event };
      });
      expect(foldAll(stored)).toMatchObject([{ granted: false }]);
      return looks;
    };
    expect(looksAt(800)).toBeLessThan(12 * looksAt(100));
  });

  test("folding newer events on, one by one or together, tells of every scope what folding all tells", () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 9 }), (parts) => {
        const person = freshPerson();
        const stored = parts.map(({ action, scope, purpose, wild, validUntil }, i) => {
          const everything = wild && (action === "withdraw" || action === "expire");
          const where = everything ? { recipient: "*", purpose: "*" } : { recipient: scope, purpose };
          return { ordinal: i + 1, event: eventOf({ person, action, givenAt: day(i + 1), validUntil, ...where }) };
        });
        let on: ConsentState[] = [];
        for (const one of stored) on = foldOn(on, [one]);
        const all = foldAll(stored);
        expect(foldOn([], stored)).toEqual(on);
        for (const recipient of ["a", "b", "c"]) {
          for (const purpose of ["p", "q", "r"]) {
            expect(nearest(on, recipient, purpose)).toEqual(nearest(all, recipient, purpose));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
}
