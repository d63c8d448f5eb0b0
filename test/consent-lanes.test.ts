// Commits of consent that are worked out while the ones before are on their way: what fails takes what came after it
// along, and what is told as written is.

import { describe, expect, test } from "vitest";
import { GateError } from "../src/io/errors.ts";
import { createConsentStore } from "../src/io/stores/embedded/consent.ts";
import type { DocumentEngine } from "../src/io/stores/embedded/documents.ts";
import { createDraft } from "../src/io/stores/embedded/draft.ts";
import { createLanes } from "../src/io/stores/embedded/lanes.ts";
import { eventOf, freshPerson } from "./contracts/consent.contract.ts";

const turn = () => new Promise<void>((done) => setImmediate(done));

describe("lanes", () => {
  /** Commits that end when the test says so. */
  function held(worksMax: number, commitsMax: number) {
    const begun: { works: readonly number[]; end(): void; fail(): void }[] = [];
    const commit = (works: readonly number[]) =>
      new Promise<readonly string[]>((done, failed) => {
        begun.push({ works, end: () => done(works.map(String)), fail: () => failed(new Error(`of ${works.join()}`)) });
      });
    return { begun, lanes: createLanes(commit, { worksMax, commitsMax }) };
  }

  test("as many as may are on their way at once, in order; what is urgent goes with the next", async () => {
    const { begun, lanes } = held(2, 2);
    const patient = lanes.patient([1, 2, 3, 4, 5, 6]);
    for (let n = 0; n < 5; n++) await turn();
    expect(begun.map(({ works }) => works)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const urgent = lanes.urgent([9]);
    begun[0]!.end();
    for (let n = 0; n < 3; n++) await turn();
    expect(begun[2]!.works).toEqual([9, 5]);
    begun[1]!.end();
    begun[2]!.end();
    expect(await urgent).toEqual(["9"]);
    for (let n = 0; n < 3; n++) await turn();
    begun[3]!.end();
    expect(await patient).toEqual(["1", "2", "3", "4", "5", "6"]);
  });

  test("results stand where their works do, whichever commit ends first", async () => {
    const { begun, lanes } = held(2, 2);
    const told = lanes.patient([1, 2, 3, 4]);
    for (let n = 0; n < 3; n++) await turn();
    begun[1]!.end();
    await turn();
    begun[0]!.end();
    expect(await told).toEqual(["1", "2", "3", "4"]);
  });

  test("once one has failed, nothing begins before what was on its way has ended; then all goes on", async () => {
    const { begun, lanes } = held(1, 2);
    const told = [1, 2, 3].map((n) => lanes.patient([n]).then(String, ({ message }: Error) => message));
    for (let n = 0; n < 3; n++) await turn();
    begun[0]!.fail();
    for (let n = 0; n < 3; n++) await turn();
    expect(begun).toHaveLength(2);
    begun[1]!.fail();
    for (let n = 0; n < 3; n++) await turn();
    expect(begun).toHaveLength(3);
    begun[2]!.end();
    expect(await Promise.all(told)).toEqual(["of 1", "of 2", "3"]);
  });

  test("a batch of several commits fails with the first that does, and what is left of it is not begun", async () => {
    const { begun, lanes } = held(1, 1);
    const told = lanes.patient([1, 2, 3]).catch(({ message }: Error) => message);
    await turn();
    begun[0]!.fail();
    expect(await told).toBe("of 1");
    for (let n = 0; n < 3; n++) await turn();
    expect(begun).toHaveLength(1);
  });
});

describe("a store whose disk fails", () => {
  /** An engine in memory that writes when the test says so, or does not. */
  function disk() {
    const documents = createDraft({ get: () => undefined });
    const waiting: (() => Promise<void>)[] = [];
    const engine: DocumentEngine = {
      get: documents.get,
      write: (action) =>
        new Promise((done, failed) => {
          let fails = false;
          const write = async () => {
            if (fails) return failed(new GateError("store_unavailable", "the disk is full"));
            try {
              done(action(documents));
            } catch (error) {
              failed(error);
            }
          };
          waiting.push(
            Object.assign(write, {
              fail: () => {
                fails = true;
              },
            }),
          );
        }),
    };
    const next = async (isWell = true) => {
      const write = waiting.shift() as (() => Promise<void>) & { fail(): void };
      if (!isWell) write.fail();
      await write();
      for (let n = 0; n < 3; n++) await turn();
    };
    return { documents, waiting, next, consent: createConsentStore(engine) };
  }
  const codeOf = (asking: Promise<unknown>) =>
    asking.then(
      () => "written",
      (error: GateError) => error.code,
    );

  test("what was worked out over a write that failed fails too: a withdrawal is never told over a grant that is not", async () => {
    const { consent, documents, waiting, next } = disk();
    const [person, alias] = [freshPerson(), freshPerson()];
    const linked = codeOf(consent.link("acme", person, alias));
    await turn();
    const withdrawn = codeOf(consent.record(eventOf({ person: alias, action: "withdraw" })));
    for (let n = 0; n < 3; n++) await turn();
    expect(waiting).toHaveLength(2);
    await next(false);
    await next();
    expect([await linked, await withdrawn]).toEqual(["store_unavailable", "store_unavailable"]);
    expect(documents.isEmpty).toBe(true);

    const again = codeOf(consent.record(eventOf({ person: alias, action: "withdraw" })));
    await turn();
    await next();
    expect(await again).toBe("written");
    expect(consent.cursor()).toBe("1");
    expect(consent.state("acme", person, "openai", "support")).toBeNull();
  });

  test("an event that is on its way is known to the next, and told as known only when it is written", async () => {
    const { consent, waiting, next } = disk();
    const event = eventOf({ person: freshPerson() });
    const first = consent.recordAll([{ event }]);
    await turn();
    let isTold = false;
    const again = consent.recordAll([{ event }]).then((written) => {
      isTold = true;
      return written;
    });
    for (let n = 0; n < 3; n++) await turn();
    expect([waiting.length, isTold]).toEqual([2, false]);
    expect(consent.state("acme", event.person, "openai", "support")).toBeNull();
    await next();
    expect([(await first)[0]!.added, isTold]).toEqual([true, false]);
    await next();
    expect((await again)[0]).toMatchObject({ added: false, cursor: "1" });
    expect(consent.history("acme", event.person)).toHaveLength(1);
  });
});
