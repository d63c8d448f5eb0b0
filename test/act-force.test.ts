// Values that policy sets in what leaves: there afterwards for every reader, and nothing else changed.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forced } from "../src/act/force.ts";
import { decodeBody } from "../src/decode/decode.ts";
import type { Doc, Forced, Misrouted, Operation, Unreadable } from "../src/words.ts";

const LIMITS = { bodyBytesMax: 1e6 };
const at = (pointer: string, value: Forced["value"]): Forced => ({ pointer, value, operations: ["inference"] });
const STORE = [at("/store", false)];

function read(body: Uint8Array | string, contentType: string): Doc | Unreadable {
  const leaving = { method: "POST", target: "/", contentType, contentEncoding: "", body: Buffer.from(body) };
  return decodeBody(leaving, [], LIMITS);
}

function send(
  body: string | Buffer,
  force: readonly Forced[] = STORE,
  more: { contentType?: string; operation?: Operation; sealed?: boolean } = {},
): Doc | Unreadable | Misrouted {
  const { contentType = "application/json", operation = "inference", sealed = false } = more;
  const way = { destination: { force }, operation, contentType };
  return forced(read(body, contentType), way, sealed, (bytes, type = contentType) => read(bytes, type));
}

const textOf = (doc: Doc | Unreadable | Misrouted) => ("code" in doc ? doc.code : Buffer.from(doc.bytes).toString());

describe("a value in a body", () => {
  test.each<[string, string, readonly Forced[], string]>([
    ["absent: first in the object", '{"a":1}', STORE, '{"store":false,"a":1}'],
    ["an empty object", "{}", STORE, '{"store":false}'],
    ["an empty object with space in it", "{ \n}", STORE, '{"store":false \n}'],
    ["another value", '{"a":1,"store":true}', STORE, '{"a":1,"store":false}'],
    ["a string", '{"store":"yes"}', STORE, '{"store":false}'],
    ["an object", '{"store":{"x":[1]}, "b":2}', STORE, '{"store":false, "b":2}'],
    ["there already: the same bytes", '{ "store" : false }', STORE, '{ "store" : false }'],
    ["what it lacks on the way is made", '{"a":1}', [at("/b/c/d", 0)], '{"b":{"c":{"d":0}},"a":1}'],
    ["deep in what is there", '{"b":{"x":1}}', [at("/b/c", "q")], '{"b":{"c":"q","x":1}}'],
    ["in a list", '{"m":[{"r":1},{"r":2}]}', [at("/m/1/r", null)], '{"m":[{"r":1},{"r":null}]}'],
    ["a name with a slash", "{}", [at("/a~1b", true)], '{"a/b":true}'],
    ["several", '{"a":1}', [at("/a", 2), at("/b", "值")], '{"b":"值","a":2}'],
    ["an escaped name is the same name", '{"st\\u006fre":true}', STORE, '{"st\\u006fre":false}'],
    ["a text null in the way is not ours", "{}", [at("/a/b", "null")], '{"a":{"b":"null"}}'],
  ])("%s", (_, body, force, expected) => expect(textOf(send(body, force))).toBe(expected));

  test("what was set is told, what stood there is not", () => {
    expect(send('{"a":1}')).toMatchObject({ forced: ["/store"] });
    expect(send('{"store":false}')).not.toHaveProperty("forced");
  });
  test.each<[string, string | Buffer, Parameters<typeof send>[2], string]>([
    ["a parent that is no object", '{"b":1}', {}, "force_impossible"],
    ["a signed body", '{"b":{}}', { sealed: true }, "force_impossible"],
    ["a form that says otherwise", "b=1", { contentType: "application/x-www-form-urlencoded" }, "b=1"],
    ["a list, which some servers take apart", '[{"b":{"c":2}}]', {}, "force_impossible"],
    ["a list of another operation", "[]", { operation: "batch" }, "[]"],
    ["no body", "", {}, ""],
    ["another operation", '{"b":{}}', { operation: "embedding" }, '{"b":{}}'],
  ])("%s", (_, body, more, expected) => expect(textOf(send(body, [at("/b/c", 1)], more))).toBe(expected));

  test("a form that says otherwise by the same name does not leave", () => {
    const form = { contentType: "application/x-www-form-urlencoded" };
    expect(textOf(send("store=true&a=1", STORE, form))).toBe("force_impossible");
  });
  test("a body in another charset leaves as UTF-8 and says so", () => {
    const doc = send(Buffer.from('{"a":"\xd6\xa4"}', "latin1"), STORE, {
      contentType: "application/json; charset=gbk",
    });
    expect(textOf(doc)).toBe('{"store":false,"a":"证"}');
    expect(doc).toMatchObject({ contentType: expect.stringMatching(/utf-8/i) });
  });
  test("a member said twice never leaves with the other value", () => {
    const text = textOf(send('{"store":true,"store":true}'));
    expect(["force_impossible", "json_ambiguous"]).toContain(text);
  });
  test("whatever the body: parsed, it is what it was with the value in it", () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(object, fc.oneof(fc.string(), fc.integer(), fc.boolean()), (any, value) => {
        const sent = JSON.stringify(any);
        const body = JSON.parse(sent);
        const text = textOf(send(sent, [at("/deep/store", value)]));
        const deep = body["deep"];
        const isObject = typeof deep === "object" && deep !== null && !Array.isArray(deep);
        if (deep !== undefined && !isObject) return expect(text).toBe("force_impossible");
        expect(JSON.parse(text)).toEqual({ ...body, deep: { ...(deep as object), store: value } });
      }),
      { numRuns: 500 },
    );
  });
});

/** Reviewed 2026-11: a label that the caller chose took the body out of `force`, and its recipient read it as JSON. */
describe("no label takes a body out of force", () => {
  const body = '{"model":"m","store":true,"messages":[]}';
  test.each<[contentType: string, body: string]>([
    ["application/x-ndjson", body],
    ["application/x-ndjson", `${body}\n`],
    ["application/jsonl", body],
    ["application/json-seq", `\u001e${body}\n`],
    ["text/plain", body],
    ["text/event-stream", `data: ${body}\n\n`],
    ["text/csv", body],
    ["application/x-www-form-urlencoded", body],
    ["application/x-www-form-urlencoded", ` \r\n${body}`],
    ["application/x-www-form-urlencoded", '{"store":true,"x":"&store=false&"}'],
    ["application/x-www-form-urlencoded", "store=false&store=true"],
    ["application/json", `[${body}]`],
    ["application/json", body.replace("store", "Store")],
    ["application/json", body.replace('"store"', '"store":false,"STORE"')],
    ["application/json", body.replace("store", "\u017ftore")],
    ["application/octet-stream", body],
    ["", body],
    ["application/x-yaml", body],
  ])("%s %#", (contentType, sent) => {
    for (const operation of ["inference", "embedding"] as const) {
      const force = [{ ...STORE[0]!, operations: [operation] }];
      const left = send(sent, force, { contentType, operation });
      if ("code" in left) continue;
      expect(JSON.parse(textOf(left))).toEqual({ ...JSON.parse(body), store: false });
      expect(textOf(left)).not.toContain("&");
    }
  });
  test("forms that have no such field leave as they came", () => {
    const multipart = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\ntrue\r\n--x--\r\n';
    expect(textOf(send(multipart, STORE, { contentType: "multipart/form-data; boundary=x" }))).toBe(multipart);
    const form = { contentType: "application/x-www-form-urlencoded" };
    expect(textOf(send("a=1", STORE, form))).toBe("a=1");
  });
});
