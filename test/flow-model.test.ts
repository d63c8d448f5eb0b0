// Which model is asked for. Reviewed 2026-11: a label that the caller chose took `model` out of the sight of rules and
// of recipientsBy, and its recipient could read it all the same.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect } from "../src/gate.ts";
import type { Arrival, Destination, Keys, Match, Policy } from "../src/words.ts";
import { arrivalOf, demoPolicy, keysUnder } from "./sim/demo-world.ts";

let dir: string;
let keys: Keys;
let policy: Policy;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-model-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
});
afterAll(() => rmSync(dir, { recursive: true }));

const WHY = { zh: "因为", en: "because" };
const RECIPIENTS = { recipientsBy: [{ models: ["claude-*"], regions: null, recipient: "anthropic" }] };
const OPEN: Partial<Destination> = { operations: ["inference", "embedding", "batch", "storage"] };

function asking(more: Partial<Destination>, match?: Match, when?: string): Policy {
  const destination = { ...policy.destinations.get("openai")!, ...OPEN, ...more };
  const rule = { id: "by-model", action: "block" as const, why: WHY, match: match ?? {}, ...(when && { when }) };
  return {
    ...policy,
    destinations: new Map([...policy.destinations, ["openai", destination]]),
    rules: match === undefined && when === undefined ? policy.rules : [...policy.rules, rule],
  };
}

interface Sent {
  readonly label?: string;
  readonly target?: string;
}

/** @returns the code that stopped it, or who receives which model. */
function asked(body: string, { label = "application/json", target }: Sent, of: Policy) {
  const more: Partial<Arrival> = {
    ...{ body: Buffer.from(body), contentType: label, headers: ["content-type", label] },
    ...(target === undefined ? {} : { target }),
  };
  const seen = inspect(arrivalOf(1, "", more), of, keys);
  return "stopped" in seen ? seen.stopped.code : { model: seen.flow.model, recipient: seen.flow.recipient };
}

const BODY = '{"model":"claude-3","messages":[{"role":"user","content":"hi"}]}';
const multipart = (...models: string[]) =>
  `${models.map((one) => `--x\r\ncontent-disposition: form-data; name="model"\r\n\r\n${one}\r\n`).join("")}--x--\r\n`;
const FORM = "application/x-www-form-urlencoded";

describe.each<[string, () => Policy]>([
  ["recipients by model", () => asking(RECIPIENTS)],
  ["a rule on a model", () => asking({}, { model: ["evil-*"] })],
  ["a rule on one deep inside", () => asking({}, { any: [{ sensitive: true }, { not: { model: ["good"] } }] })],
  ["a rule on one in CEL", () => asking({}, {}, 'model.startsWith("evil")')],
])("where policy depends on it: %s", (_, of) => {
  test.each<[string, string, Sent]>([
    ["a line", BODY, { label: "application/x-ndjson" }],
    ["lines", `${BODY}\n`, { label: "application/jsonl" }],
    ["a sequence", `\u001e${BODY}\n`, { label: "application/json-seq" }],
    ["an event", `data: ${BODY}\n\n`, { label: "text/event-stream" }],
    ["a form's label, with another model for its readers", '{"model":"claude-3","x":"&model=gpt&"}', { label: FORM }],
    ["a form's label on what lenient readers of JSON take", '{"model":"claude-3","x":"&model=gpt&",}', { label: FORM }],
    ["a list", `[${BODY}]`, {}],
    ["a blank at its end", BODY.replace("claude-3", "claude-3 "), {}],
    ["a line break in it", BODY.replace("claude-3", "claude-3\\n"), {}],
    ["a list for a name", BODY.replace('"claude-3"', '["claude-3"]'), {}],
    ["an object for a name", BODY.replace('"claude-3"', '{"id":"claude-3"}'), {}],
    ["a number", BODY.replace('"claude-3"', "3"), {}],
    ["nothing in it", BODY.replace("claude-3", ""), {}],
    ["the member in another case", BODY.replace('"model"', '"Model"'), {}],
    ["and once more in another case", BODY.replace('"model"', '"model":"gpt","MODEL"'), {}],
    ["somebody's number in it", BODY.replace("claude-3", "claude-13800138000"), {}],
    ["a form that says it twice", "model=gpt&model=claude-3", { label: FORM }],
    ["parts that say it twice", multipart("gpt", "claude-3"), { label: "multipart/form-data; boundary=x" }],
    ["an embedding", `[${BODY}]`, { target: "/v1/embeddings" }],
  ])("%s: nothing leaves", (_name, body, sent) => {
    expect(asked(body, sent, of())).toMatch(/^(?:model_unreadable|json_ambiguous|body_invalid)$/);
  });

  test.each<[string, string, Sent, string | null]>([
    ["plain JSON", BODY, {}, "claude-3"],
    ["JSON that calls itself text", BODY, { label: "text/plain" }, "claude-3"],
    ["JSON that calls itself a form, as curl sends it", BODY, { label: FORM }, "claude-3"],
    ["JSON without a model", '{"messages":[]}', {}, null],
    ["a form", "model=claude-3&a=1", { label: FORM }, "claude-3"],
    ["parts", multipart("claude-3"), { label: "multipart/form-data; boundary=x" }, "claude-3"],
    ["a part without a model", multipart(), { label: "multipart/form-data; boundary=x" }, null],
    ["no body", "", {}, null],
  ])("%s goes on", (_name, body, sent, model) => expect(asked(body, sent, of())).toMatchObject({ model }));

  test("lines that are uploaded name models of their own", () => {
    const file = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n${BODY}\n\r\n--x--\r\n`;
    expect(asked(file, { label: "multipart/form-data; boundary=x", target: "/v1/files" }, of())).not.toBeTypeOf(
      "string",
    );
    expect(asked(`[${BODY}]`, { target: "/v1/batches" }, of())).not.toBeTypeOf("string");
  });
});

test("who receives hangs on the name that stands there", () => {
  expect(asked(BODY, {}, asking(RECIPIENTS))).toEqual({ model: "claude-3", recipient: "anthropic" });
});

test("where nothing depends on it, a body of any label goes on, and what is no name is not written down", () => {
  const none = asking({});
  expect(asked(BODY, { label: "application/x-ndjson" }, none)).toMatchObject({ model: null });
  expect(asked(`[${BODY}]`, {}, none)).toMatchObject({ model: null });
  expect(asked(BODY.replace("claude-3", "claude-3 "), {}, none)).toMatchObject({ model: null });
});

describe("a model that the path names", () => {
  const bedrock: Partial<Destination> = { providers: ["bedrock", "any-json"] };
  const body = '{"messages":[{"role":"user","content":[{"text":"hi"}]}]}';
  test.each<[string, string, string | null]>([
    ["plain", "/model/anthropic.claude/converse", "anthropic.claude"],
    ["a phone number", "/model/13800138000/converse", null],
    ["a phone number in it", "/model/zhang.san.13800138000/converse", null],
    ["a phone number beside it", "/model/anthropic.claude/converse?tel=13800138000", null],
    ["a blank in it", "/model/evil%20model/converse", null],
  ])("%s: written down only where it holds nothing of anybody", (_, target, model) => {
    expect(asked(body, { target }, asking(bedrock))).toMatchObject({ model });
    const depending = asked(body, { target }, asking(bedrock, { model: ["evil*"] }));
    expect(depending).toEqual(model === null ? "model_unreadable" : { model, recipient: expect.any(String) });
  });
  test("a number that only the body shows to be one is no model", () => {
    const about = body.replace("hi", "电话 13800138000");
    expect(asked(about, { target: "/model/m13800138000x/converse" }, asking(bedrock))).toMatchObject({ model: null });
  });
  test("the label of the body does not matter", () => {
    const sent = { target: "/model/anthropic.claude/converse", label: "application/x-ndjson" };
    expect(asked(body, sent, asking(bedrock, { model: ["evil*"] }))).toMatchObject({ model: "anthropic.claude" });
  });
});
