// The individuals of a conversation: who is counted when history is sent again, and who is not (design.md §3, CNT-6).

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { individualsOf } from "../src/flow/people.ts";
import { inspect } from "../src/gate.ts";
import { readNames } from "../src/io/names.ts";
import type { Arrival, CountKey, Facts, Flow, Keys, Policy } from "../src/words.ts";
import { arrivalOf, demoPolicy, keysUnder } from "./sim/demo-world.ts";

let dir: string;
let keys: Keys;
let policy: Policy;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-conversations-"));
  [policy, keys] = [{ ...(await demoPolicy()), names: readNames("all") }, await keysUnder(dir)];
});
afterAll(() => rmSync(dir, { recursive: true }));

const NO_FACTS: Facts = {
  ...{ people: new Map(), counts: { nonSensitive: 0, sensitive: 0, gross: 0 }, asOf: "0", stale: false },
};

interface Told {
  readonly flow: Flow;
  readonly people: readonly { readonly countKey: CountKey; readonly person: string | null }[];
}

function tell(arrival: Arrival, of: Policy = policy): Told {
  const seen = inspect(arrival, of, keys);
  if ("stopped" in seen) throw new Error(JSON.stringify(seen.stopped));
  return { flow: seen.flow, people: individualsOf(seen.flow, seen.handler, NO_FACTS, keys, []) };
}

const chat = (turns: readonly string[], asserted: Partial<Arrival["asserted"]> = {}, more: Partial<Arrival> = {}) =>
  arrivalOf(1, "", {
    body: Buffer.from(JSON.stringify({ model: "echo", messages: turns.map((content) => ({ role: "user", content })) })),
    asserted: { subject: null, purpose: null, conversation: "c-1", exporter: null, ...asserted },
    ...more,
  });
const plates = ["车牌 京A12345 的车主", "车牌 沪B67890 的车主", "车牌 粤C24680 的车主"];
const switched = (more: object): Policy => ({ ...policy, switches: { ...policy.switches, ...more } });
const keysOf = (told: Told) => told.people.map(({ countKey }) => countKey);

describe("a conversation that is sent again with each turn", () => {
  test("of fifty turns adds one individual a turn, however often they come again", () => {
    const turns = Array.from({ length: 50 }, (_, i) => `第 ${i} 句：车牌 京A${String(10_000 + i)} 的车主问候。`);
    const counted = new Set<CountKey>();
    for (let n = 1; n <= turns.length; n++) {
      for (const key of keysOf(tell(chat(turns.slice(0, n))))) counted.add(key);
      expect(counted.size).toBe(n);
    }
  });

  test("trimmed at its front, it adds nobody", () => {
    const whole = keysOf(tell(chat(plates)));
    expect(whole.length).toBe(3);
    expect(whole).toEqual(expect.arrayContaining(keysOf(tell(chat(plates.slice(1))))));
  });

  test("any order and any part of the same turns is the same people", () => {
    const whole = new Set(keysOf(tell(chat(plates))));
    fc.assert(
      fc.property(fc.shuffledSubarray(plates, { minLength: 1 }), (turns) => {
        for (const key of keysOf(tell(chat(turns)))) expect(whole).toContain(key);
      }),
    );
  });

  test("another conversation, another caller's of the same name, and none at all are others", () => {
    const here = keysOf(tell(chat(plates)));
    const callers = new Map([...policy.callers, ["other", { ...policy.callers.get("demo")!, id: "other" }]]);
    const elsewhere = [
      tell(chat(plates, { conversation: "c-2" })),
      tell(chat(plates, {}, { caller: "other" }), { ...policy, callers }),
      tell(chat(plates, { conversation: null })),
    ];
    for (const told of elsewhere) for (const key of keysOf(told)) expect(here).not.toContain(key);
  });

  test("the body may name it where the policy says so; a header goes before it", () => {
    const at = new Map([["openai", { ...policy.destinations.get("openai")!, conversationAt: "/metadata/thread" }]]);
    const of = { ...policy, destinations: at };
    const body = (thread: unknown) =>
      Buffer.from(
        JSON.stringify({ model: "m", metadata: { thread }, messages: [{ role: "user", content: plates[0] }] }),
      );
    const none = { conversation: null };
    expect(tell(chat([], none, { body: body("t-9") }), of).flow.conversation).toBe("t-9");
    expect(tell(chat([], {}, { body: body("t-9") }), of).flow.conversation).toBe("c-1");
    for (const thread of ["", 7, null, ["t"]]) {
      const said = tell(chat([], none, { body: body(thread) }), of).flow.conversation;
      expect(said).toMatch(/^dec_/);
    }
  });
});

describe("who is linked to an identifier, and who is not", () => {
  test("an identifier is a person; a plate alone is somebody unlinked", () => {
    const { people, flow } = tell(chat([`电话 13912345678`, plates[0]!]));
    expect(people.map(({ person }) => person !== null)).toEqual([true, false]);
    expect(flow.unlinked).toEqual([flow.keyOf[1]]);
    expect(tell(chat(["电话 13912345678"])).flow.unlinked).toBeUndefined();
  });

  const named = (name: string) => [`请转告客户${name}，她的快递到了。`, `${name}女士说明天来取。`];

  test("the subject's own name is the subject, a stranger's is not", () => {
    const asserted = { subject: "person:张丽华,id:u-1" };
    const { flow } = tell(chat(named("张丽华"), asserted));
    expect(flow.keyOf.length).toBe(2);
    for (const key of flow.keyOf) expect(flow.declared).toContain(key);
    const other = tell(chat(named("王秀英"), asserted)).flow;
    for (const key of other.keyOf) expect(other.declared).not.toContain(key);
    expect(other.unlinked?.length).toBe(2);
  });

  test("U-14: equal names of one conversation are several people, or one where the policy takes them for one", () => {
    const turns = [...named("王秀英"), ...named("李建国")];
    expect(tell(chat(turns)).people.length).toBe(4);
    const one = switched({ equalNamesOnePerson: true });
    const { people } = tell(chat(turns), one);
    expect(people.length).toBe(2);
    expect(people.every(({ person }) => person === null)).toBe(true);
    const again = tell(chat([`另外，${named("王秀英")[0]}`]), one);
    expect(keysOf(again).every((key) => people.some(({ countKey }) => countKey === key))).toBe(true);
    const elsewhere = tell(chat(turns, { conversation: "c-2" }), one);
    for (const key of keysOf(elsewhere)) expect(people.map(({ countKey }) => countKey)).not.toContain(key);
  });

  test("U-14 takes names alone for one person: equal plates are still a message each", () => {
    const turns = [plates[0]!, `${plates[0]}又来了`];
    expect(tell(chat(turns), switched({ equalNamesOnePerson: true })).people.length).toBe(2);
  });
});
