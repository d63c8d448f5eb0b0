// restore: originals back in, at any border, in any of the answers' shapes; nothing that this exchange did not mint.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pseudonymize } from "../src/act/pseudonymize.ts";
import { PSEUDONYM_UNITS_MAX, pseudonymOf } from "../src/act/shape.ts";
import { hold } from "../src/decode/original.ts";
import { anthropicMessages } from "../src/decode/providers/anthropic-messages/shape.ts";
import { openaiChat } from "../src/decode/providers/openai-chat/shape.ts";
import { Blocks } from "../src/restore/blocks.ts";
import { decodeString, jsonStrings, rawOffsets } from "../src/restore/json-strings.ts";
import { createRestorer, type Restorer } from "../src/restore/restore.ts";
import type { LaneShape, Minted } from "../src/words.ts";
import { all, docOf, findingAt, NO_LANES, testKeys } from "./act-doc.ts";
import { cpuMs } from "./cpu.ts";

const ZHANG = pseudonymOf("person", "7K2QW9X", true);
const MOBILE = pseudonymOf("cn-mobile", "ABCDEFG", false);
const ADDRESS = pseudonymOf("address", "0123456", false);
const STRANGER = pseudonymOf("cn-mobile", "ZZZZZZZ", false);
/** Quotes, backslash, line end, emoji, and something that looks like a pseudonym. */
const NASTY = `"上海\\路"\n😀 ${STRANGER}`;

const MINTED: Minted = new Map([
  [ZHANG, hold("张三")],
  [MOBILE, hold("138 0013 8000")],
  [ADDRESS, hold(NASTY)],
]);

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");

function run(restorer: Restorer, chunks: readonly Uint8Array[]): string {
  const out = chunks.map((chunk) => Buffer.from(restorer.feed(chunk)));
  return Buffer.concat([...out, restorer.end()]).toString("utf8");
}

const restored = (kind: "json" | "sse" | "text", text: string, lanes: LaneShape = NO_LANES, minted = MINTED): string =>
  run(createRestorer(kind, minted, lanes), [bytes(text)]);

/** At every byte in two, and one byte at a time. */
function* everyCut(text: string): Generator<Uint8Array[]> {
  const whole = bytes(text);
  for (let at = 0; at <= whole.length; at++) yield [whole.subarray(0, at), whole.subarray(at)];
  yield [...whole].map((byte) => Uint8Array.of(byte));
}

/** The different outcomes of all cuts: what comes out, how many are restored and not. Each is judged once. */
function everyOutcome(text: string, lanes: LaneShape): [out: string, counts: [number, number]][] {
  const outcomes = new Set<string>();
  for (const chunks of everyCut(text)) {
    const restorer = createRestorer("sse", MINTED, lanes);
    outcomes.add(JSON.stringify([run(restorer, chunks), [restorer.restored, restorer.unrestored]]));
  }
  return [...outcomes].map((one) => JSON.parse(one));
}

// ── What a client makes of a stream ─────────────────────────────────────────────────────────────────────────────────

interface Seen {
  readonly event: string;
  readonly data: string;
}

/** By the HTML Standard, and not by the code under test. */
function eventsOf(stream: string): Seen[] {
  const events: Seen[] = [];
  for (const block of stream.replace(/\r\n?/g, "\n").split("\n\n")) {
    const field = (name: string): string[] =>
      block
        .split("\n")
        .flatMap((line) => (line.startsWith(`${name}:`) ? [line.slice(name.length + 1).replace(/^ /, "")] : []));
    if (field("data").length > 0) events.push({ event: field("event")[0] ?? "", data: field("data").join("\n") });
  }
  return events;
}

interface ChatChunk {
  readonly choices: readonly {
    readonly index: number;
    readonly finish_reason: string | null;
    readonly delta: {
      readonly content?: string;
      readonly tool_calls?: readonly {
        readonly index: number;
        readonly id?: string;
        readonly function: { readonly name?: string; readonly arguments?: string };
      }[];
    };
  }[];
}

/** What the OpenAI SDKs accumulate, by lane. Nothing may come after a choice has finished. */
function chatOf(stream: string): Record<string, string> {
  const lanes: Record<string, string> = {};
  const add = (lane: string, text: string | undefined): void => {
    if (text === undefined) return;
    if (text !== "") expect(finished).not.toContain(lane.split("/")[0]);
    lanes[lane] = (lanes[lane] ?? "") + text;
  };
  const finished: string[] = [];
  for (const { data } of eventsOf(stream)) {
    if (data === "[DONE]") continue;
    for (const choice of (JSON.parse(data) as ChatChunk).choices) {
      add(`${choice.index}/content`, choice.delta.content);
      for (const call of choice.delta.tool_calls ?? []) {
        add(`${choice.index}/tool/${call.index}/id`, call.id);
        add(`${choice.index}/tool/${call.index}/name`, call.function.name);
        add(`${choice.index}/tool/${call.index}`, call.function.arguments);
      }
      if (choice.finish_reason !== null) finished.push(String(choice.index));
    }
  }
  return lanes;
}

const chunk = (index: number, delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index, delta, finish_reason: finish }] })}\n\n`;

const call = (index: number, args: string, name?: string): object => ({
  tool_calls: [
    {
      index,
      ...(name === undefined ? {} : { id: `call_${index}`, type: "function" }),
      function: { ...(name === undefined ? {} : { name }), arguments: args },
    },
  ],
});

/** Cut as models cut: a few units at a time. */
function pieces(text: string, units: number): string[] {
  return text.match(new RegExp(`[^]{1,${units}}`, "g")) ?? [];
}

const ARGUMENTS = JSON.stringify({ to: MOBILE, note: `给 ${ZHANG}`, at: ADDRESS });
const ARGUMENTS_RESTORED = { to: "138 0013 8000", note: "给 张三", at: NASTY };

/** As recorded from the API: role first, text in tokens, two tool calls, finish, usage, [DONE]. */
const OPENAI = [
  ": keep-alive\n\n",
  chunk(0, { role: "assistant", content: "", refusal: null }),
  ...pieces(`您好，${ZHANG}！a < b，电话 ${MOBILE}`, 7).map((content) => chunk(0, { content })),
  chunk(0, call(0, "", "send_sms")),
  ...pieces(ARGUMENTS, 17).map((args) => chunk(0, call(0, args))),
  chunk(0, call(1, "", "lookup")),
  ...pieces(ARGUMENTS, 23).map((args) => chunk(0, call(1, args))),
  chunk(0, {}, "tool_calls"),
  `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[],"usage":{"total_tokens":9}}\n\n`,
  "data: [DONE]\n\n",
].join("");

const named = (data: { type: string } & Record<string, unknown>): string =>
  `event: ${data.type}\r\ndata: ${JSON.stringify(data)}\r\n\r\n`;
const block = (index: number, delta: object): string => named({ type: "content_block_delta", index, delta });

const ANTHROPIC = [
  named({ type: "message_start", message: { id: "msg_1", role: "assistant", content: [] } }),
  named({ type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } }),
  ...pieces(`想 ${ZHANG}`, 5).map((thinking) => block(0, { type: "thinking_delta", thinking })),
  block(0, { type: "signature_delta", signature: "EqQBCg==" }),
  named({ type: "content_block_stop", index: 0 }),
  named({ type: "content_block_start", index: 1, content_block: { type: "text", text: "" } }),
  named({ type: "ping" }),
  ...pieces(`${ZHANG}，${MOBILE}`, 7).map((text) => block(1, { type: "text_delta", text })),
  named({ type: "content_block_stop", index: 1 }),
  named({
    type: "content_block_start",
    index: 2,
    content_block: { type: "tool_use", id: "toolu_1", name: "send_sms", input: {} },
  }),
  ...pieces(ARGUMENTS, 17).map((partial_json) => block(2, { type: "input_json_delta", partial_json })),
  named({ type: "content_block_stop", index: 2 }),
  named({ type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 3 } }),
  named({ type: "message_stop" }),
].join("");

/** Text by block and kind. Nothing may come after a block has stopped. */
function messageOf(stream: string): Record<string, string> {
  const lanes: Record<string, string> = {};
  const stopped = new Set<number>();
  for (const { event, data } of eventsOf(stream)) {
    const parsed = JSON.parse(data) as { type: string; index: number; delta: Record<string, string> };
    expect(event).toBe(parsed.type);
    if (parsed.type === "content_block_stop") stopped.add(parsed.index);
    if (parsed.type !== "content_block_delta") continue;
    expect(stopped.has(parsed.index)).toBe(false);
    for (const [kind, text] of Object.entries(parsed.delta)) {
      if (kind !== "type") lanes[`${parsed.index}/${kind}`] = (lanes[`${parsed.index}/${kind}`] ?? "") + text;
    }
  }
  return lanes;
}

describe("streams cut at every byte", () => {
  test("OpenAI, with two tool calls (litellm-31950, higress-tool-calls)", () => {
    for (const [out, counts] of everyOutcome(OPENAI, openaiChat.lanes)) {
      const lanes = chatOf(out);
      expect(lanes["0/content"]).toBe("您好，张三！a < b，电话 138 0013 8000");
      expect(JSON.parse(lanes["0/tool/0"]!)).toEqual(ARGUMENTS_RESTORED);
      expect(JSON.parse(lanes["0/tool/1"]!)).toEqual(ARGUMENTS_RESTORED);
      expect([lanes["0/tool/0/id"], lanes["0/tool/0/name"]]).toEqual(["call_0", "send_sms"]);
      expect(counts).toEqual([8, 0]);
    }
  });

  test("litellm-42476: Anthropic's own stream: thinking, text, tool input", () => {
    for (const [out, counts] of everyOutcome(ANTHROPIC, anthropicMessages.lanes)) {
      const lanes = messageOf(out);
      expect(lanes["0/thinking"]).toBe("想 张三");
      expect(lanes["0/signature"]).toBe("EqQBCg==");
      expect(lanes["1/text"]).toBe("张三，138 0013 8000");
      expect(JSON.parse(lanes["2/partial_json"]!)).toEqual(ARGUMENTS_RESTORED);
      expect(counts).toEqual([6, 0]);
    }
  });

  test("higress-tool-calls: the finish_reason, usage and [DONE] arrive, last and unchanged", () => {
    const out = restored("sse", OPENAI, openaiChat.lanes);
    expect(out.endsWith(OPENAI.slice(OPENAI.indexOf(chunk(0, {}, "tool_calls"))))).toBe(true);
    expect(out.startsWith(": keep-alive\n\n")).toBe(true);
  });
});

describe("events", () => {
  test("nothing of ours: the very chunk passes, with not one byte copied", () => {
    const plain = bytes(chunk(0, { content: "hello" }) + chunk(0, { content: " there" }));
    const restorer = createRestorer("sse", MINTED, openaiChat.lanes);
    const out = restorer.feed(plain);
    expect(out.buffer).toBe(plain.buffer);
    expect([out.byteOffset, out.length]).toEqual([plain.byteOffset, plain.length]);
  });

  test("litellm-29134: each event leaves as soon as it is complete, whatever is held", () => {
    const restorer = createRestorer("sse", MINTED, openaiChat.lanes);
    for (const piece of [...pieces(`x${ZHANG}y`, 2), "natural", " text"]) {
      expect(eventsOf(Buffer.from(restorer.feed(bytes(chunk(0, { content: piece })))).toString())).toHaveLength(1);
    }
  });

  test("natural text is never delayed; what is held is a beginning of a minted pseudonym", () => {
    const restorer = createRestorer("sse", MINTED, openaiChat.lanes);
    const say = (content: string): string =>
      chatOf(Buffer.from(restorer.feed(bytes(chunk(0, { content })))).toString())["0/content"]!;
    for (const text of [
      "Hello",
      "C",
      "姓",
      " a < b",
      "1 <2",
      "<b>",
      "List<String>",
      "【注】",
      "<姓氏_",
      "手机",
      "`x`",
      "a_b",
      "CN_IDEA",
    ]) {
      expect(say(text)).toBe(text);
    }
    expect(say("so <")).toBe("so ");
    expect(say("p>")).toBe("<p>");
    expect(say("no <CN_MOB")).toBe("no ");
    expect(say("STER>")).toBe("<CN_MOBSTER>");
  });

  test("cloakpipe-tail: what is held leaves before its lane ends, in an event like the lane's last", () => {
    const stream =
      chunk(0, call(0, '{"a":"<CN_M', "f")) +
      chunk(0, { content: "see <姓名" }) +
      chunk(0, {}, "stop") +
      "data: [DONE]\n\n";
    const lanes = chatOf(restored("sse", stream, openaiChat.lanes));
    expect(lanes).toEqual({
      "0/content": "see <姓名",
      "0/tool/0": '{"a":"<CN_M',
      "0/tool/0/id": "call_0",
      "0/tool/0/name": "f",
    });
  });

  test.each([
    { note: "[DONE] without a finish_reason", tail: "data: [DONE]\n\n" },
    { note: "the end of the stream", tail: "" },
    { note: "a finish_reason beside the last text", tail: chunk(0, { content: "_" }, "stop") },
    { note: "a last event without its blank line", tail: chunk(0, { content: "_" }, "stop").trimEnd() },
    { note: "a comment", tail: ": bye\n" },
  ])("cloakpipe-tail: $note", ({ tail }) => {
    const out = restored("sse", chunk(0, { content: "see <姓名" }) + tail, openaiChat.lanes);
    expect(chatOf(out)["0/content"]).toBe(`see <姓名${tail.includes("_") && tail.includes("stop") ? "_" : ""}`);
    expect(out.trimEnd().endsWith(tail.trimEnd().slice(-8))).toBe(true);
  });

  test("two choices interleaved do not mix", () => {
    const a = pieces(`甲 ${ZHANG} ${MOBILE}`, 2);
    const b = pieces(`乙 ${MOBILE} ${ZHANG}!`, 3);
    const turns = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i], b[i]]);
    const stream = turns
      .map(([x, y]) => (x ? chunk(0, { content: x }) : "") + (y ? chunk(1, { content: y }) : ""))
      .join("");
    const lanes = chatOf(restored("sse", stream + chunk(0, {}, "stop") + chunk(1, {}, "stop"), openaiChat.lanes));
    expect(lanes).toEqual({ "0/content": "甲 张三 138 0013 8000", "1/content": "乙 138 0013 8000 张三!" });
  });

  test("one choice's end leaves the other's text held", () => {
    const stream =
      chunk(0, { content: "<姓" }) +
      chunk(1, { content: "<姓" }) +
      chunk(1, {}, "length") +
      chunk(0, { content: ZHANG.slice(2) });
    expect(chatOf(restored("sse", stream, openaiChat.lanes))).toEqual({ "0/content": "张三", "1/content": "<姓" });
  });

  test.each(["\n", "\r\n", "\r"])("line ends %j, comments, ids, data over two lines, an unknown field", (end) => {
    const lines = [
      ": hi",
      "id: 7",
      "event: x",
      'data: {"choices":[{"index":0,',
      `data:"delta":{"content":"${ZHANG}"}}]}`,
      "odd: 1",
      "",
      "",
    ];
    const stream = lines.join(end);
    for (const chunks of everyCut(stream)) {
      expect(run(createRestorer("sse", MINTED, openaiChat.lanes), chunks)).toBe(stream.replace(ZHANG, "张三"));
    }
  });

  test("not JSON: restored as text, an original of two lines as two data lines", () => {
    const out = restored("sse", `data: to ${ADDRESS}\n\n`);
    expect(eventsOf(out)[0]!.data).toBe(`to ${NASTY}`);
  });

  test("Responses: deltas by part, and the snapshots that repeat the text", () => {
    const delta = (text: string): string =>
      named({ type: "response.output_text.delta", item_id: "m", output_index: 1, content_index: 0, delta: text });
    const args = (text: string): string =>
      named({ type: "response.function_call_arguments.delta", output_index: 2, delta: text });
    const stream = [
      ...pieces(`您好 ${ZHANG} <CN_`, 3).map(delta),
      named({ type: "response.output_text.done", output_index: 1, content_index: 0, text: `您好 ${ZHANG}` }),
      ...pieces(ARGUMENTS, 4).map(args),
      named({ type: "response.function_call_arguments.done", output_index: 2, arguments: ARGUMENTS }),
      named({ type: "response.completed", response: { output: [{ arguments: ARGUMENTS, text: ZHANG }] } }),
    ].join("");
    const events = eventsOf(restored("sse", stream, openaiChat.lanes)).map(
      ({ data }) => JSON.parse(data) as Record<string, unknown>,
    );
    const said = (type: string): string =>
      events
        .filter((event) => event["type"] === type)
        .map((event) => event["delta"])
        .join("");
    expect(said("response.output_text.delta")).toBe("您好 张三 <CN_");
    expect(JSON.parse(said("response.function_call_arguments.delta"))).toEqual(ARGUMENTS_RESTORED);
    const last = (type: string): Record<string, unknown> => events.find((event) => event["type"] === type)!;
    expect(last("response.output_text.done")["text"]).toBe("您好 张三");
    expect(JSON.parse(last("response.function_call_arguments.done")["arguments"] as string)).toEqual(
      ARGUMENTS_RESTORED,
    );
    const [item] = (last("response.completed")["response"] as { output: { arguments: string; text: string }[] }).output;
    expect([JSON.parse(item!.arguments), item!.text]).toEqual([ARGUMENTS_RESTORED, "张三"]);
  });

  test("a second data line that begins with a pseudonym", () => {
    expect(restored("sse", `data: a\ndata:${MOBILE}\n\n`)).toBe("data: a\ndata:138 0013 8000\n\n");
  });

  test("a lane's end is its end: the next of the same name begins anew", () => {
    const restorer = createRestorer("sse", MINTED, anthropicMessages.lanes);
    const half = Math.floor(STRANGER.length / 2);
    const stop = named({ type: "content_block_stop", index: 0 });
    const parts = [STRANGER.slice(0, half), STRANGER.slice(half)].map((text) => block(0, { type: "text_delta", text }));
    run(restorer, [bytes(parts.join(stop))]);
    expect(restorer.unrestored).toBe(0);
  });

  test("twenty thousand lanes cost no square", () => {
    const restorer = createRestorer("sse", MINTED, openaiChat.lanes);
    const started = cpuMs();
    for (let i = 0; i < 20_000; i++) restorer.feed(bytes(chunk(i, { content: "<" })));
    expect(cpuMs() - started).toBeLessThan(5_000);
  });

  test("an event over the limit is refused, not held for ever", () => {
    const restorer = createRestorer("sse", MINTED, openaiChat.lanes, 100);
    expect(() => restorer.feed(bytes(`data: ${"x".repeat(200)}`))).toThrow(RangeError);
  });

  test("a stream that is not UTF-8 passes as it is", () => {
    const odd = Buffer.concat([bytes("data: <"), Buffer.from([0xff, 0xfe]), bytes(`${MOBILE}\n\n`)]);
    expect(Buffer.from(createRestorer("sse", MINTED, NO_LANES).feed(odd)).equals(odd)).toBe(true);
  });
});

describe("JSON answers", () => {
  test("every byte but the pseudonym stays", () => {
    const body = `\ufeff{ "n": 1.50e3, "a" : "\\u4f60\\/ ${ZHANG}\\n", "${MOBILE}":null, "a": "dup" }\n`;
    const out = restored("json", body);
    expect(out).toBe(body.replace(ZHANG, "张三").replace(MOBILE, "138 0013 8000"));
  });

  test.each([
    {
      note: "chat arguments: JSON in a JSON string",
      shape: openaiChat.lanes,
      body: { choices: [{ message: { tool_calls: [{ function: { arguments: ARGUMENTS } }] } }] },
    },
    {
      note: "Responses arguments",
      shape: openaiChat.lanes,
      body: { output: [{ type: "function_call", arguments: ARGUMENTS }] },
    },
  ])("$note", ({ shape, body }) => {
    const out = JSON.parse(restored("json", JSON.stringify(body), shape), (key, value: unknown) =>
      key === "arguments" ? (JSON.parse(value as string) as unknown) : value,
    ) as unknown;
    expect(JSON.stringify(out)).toContain(JSON.stringify(ARGUMENTS_RESTORED));
  });

  test("Anthropic's tool input is an object: escaped once", () => {
    const body = { content: [{ type: "tool_use", input: { at: ADDRESS, arguments: ADDRESS } }] };
    expect(JSON.parse(restored("json", JSON.stringify(body), anthropicMessages.lanes))).toEqual({
      content: [{ type: "tool_use", input: { at: NASTY, arguments: NASTY } }],
    });
  });

  test("Go's encoder: \\u003c and \\u003e", () => {
    expect(restored("json", `{"a":"x\\u003c${MOBILE.slice(1, -1)}\\u003Ey"}`)).toBe(`{"a":"x138 0013 8000y"}`);
  });

  test("not JSON after all: as text; not UTF-8: as it is; over the limit: RangeError; empty: empty", () => {
    expect(restored("json", `Bad gateway for ${MOBILE}`)).toBe("Bad gateway for 138 0013 8000");
    const odd = Buffer.concat([bytes(`"${MOBILE}`), Buffer.from([0xff]), bytes('"')]);
    const restorer = createRestorer("json", MINTED, NO_LANES);
    restorer.feed(odd);
    expect(Buffer.from(restorer.end()).equals(odd)).toBe(true);
    const small = createRestorer("json", MINTED, NO_LANES, 10);
    small.feed(bytes("12345"));
    expect(() => small.feed(bytes("678901"))).toThrow(RangeError);
    expect(restored("json", "")).toBe("");
  });
});

describe("altered forms map to the one that was minted", () => {
  const inner = MOBILE.slice(1, -1);
  const forms = {
    "lower case": MOBILE.toLowerCase(),
    "full-width brackets": `＜${inner}＞`,
    "【】": `【${inner}】`,
    "mixed brackets": `<${inner}＞`,
    "no brackets": inner,
    "no brackets, lower case": inner.toLowerCase(),
    "only the opening one": `<${inner}`,
    "escaped underscore": `<${inner.replaceAll("_", "\\_")}>`,
    "inner spaces": `< ${inner.replaceAll("_", " _ ")} >`,
    "zero width": `<${inner.replace("AB", "A\u200bB\u200d")}>`,
    "markdown inside": `<**${inner}**>`,
    "full-width letters": `<${[...inner].map((c) => (c === "_" ? c : String.fromCharCode(c.charCodeAt(0) + 0xfee0))).join("")}>`,
    hyphens: `<${inner.replaceAll("_", "-")}>`,
    "the other language's label": MOBILE.replace("CN_MOBILE", "手机号"),
  };

  test.each(Object.entries(forms))("%s, whole and cut at every byte", (_note, form) => {
    // Without its bracket it is held from two units on, in another case not at all: natural text is never delayed.
    const isBare = /^c/i.test(form);
    for (const chunks of everyCut(`x ${form} y`)) {
      const restorer = createRestorer("text", MINTED, NO_LANES);
      const out = run(restorer, chunks);
      expect([`x 138 0013 8000 y`, ...(isBare ? [`x ${form} y`] : [])]).toContain(out);
      expect(restorer.restored).toBe(out.includes("138") ? 1 : 0);
    }
    expect(restored("text", `x ${form} y`)).toBe("x 138 0013 8000 y");
    expect(restored("json", JSON.stringify([form]))).toBe('["138 0013 8000"]');
  });

  test("without its bracket, cut anywhere after the first letter", () => {
    for (let at = 2; at < inner.length; at++) {
      const restorer = createRestorer("text", MINTED, NO_LANES);
      expect(run(restorer, [bytes(inner.slice(0, at)), bytes(inner.slice(at))])).toBe("138 0013 8000");
    }
  });

  test("a backslash in front is the text's own: C:\\张三", () => {
    expect(restored("text", `C:\\${ZHANG}`)).toBe("C:\\张三");
  });

  test("more noise than a model makes is natural text, and not held", () => {
    const restorer = createRestorer("text", MINTED, NO_LANES);
    const text = `<CN${" ".repeat(9)}`;
    expect(Buffer.from(restorer.feed(bytes(text))).toString()).toBe(text);
  });

  test("markdown around it stays", () => {
    expect(restored("text", `**${MOBILE}** \`${MOBILE}\``)).toBe("**138 0013 8000** `138 0013 8000`");
  });

  test("one character off maps to nothing", () => {
    for (let at = 1; at < MOBILE.length - 1; at++) {
      const off = `${MOBILE.slice(0, at)}Y${MOBILE.slice(at + 1)}`;
      if (MOBILE.charAt(at) !== "_") expect(restored("text", off)).toBe(off);
    }
  });
});

describe("law 8: only what this exchange minted", () => {
  test.each([STRANGER, STRANGER.toLowerCase(), `【${STRANGER.slice(1, -1)}】`])(
    "threats 24: a forged %s is untouched, and counted once however it is cut",
    (forged) => {
      for (const chunks of everyCut(`x ${forged} y`)) {
        const restorer = createRestorer("text", MINTED, NO_LANES);
        expect(run(restorer, chunks)).toBe(`x ${forged} y`);
        expect([restorer.restored, restorer.unrestored]).toEqual([0, 1]);
      }
    },
  );

  test("a forged one without brackets: untouched, counted", () => {
    const restorer = createRestorer("text", MINTED, NO_LANES);
    expect(run(restorer, [bytes(`x ${STRANGER.slice(1, -1)} y`)])).toBe(`x ${STRANGER.slice(1, -1)} y`);
    expect([restorer.restored, restorer.unrestored]).toEqual([0, 1]);
  });

  test("in a stream, cut by events", () => {
    const restorer = createRestorer("sse", MINTED, openaiChat.lanes);
    const out = run(
      restorer,
      pieces(`a ${STRANGER} b`, 3).map((content) => bytes(chunk(0, { content }))),
    );
    expect(chatOf(out)["0/content"]).toBe(`a ${STRANGER} b`);
    expect(restorer.unrestored).toBe(1);
  });

  test("nothing minted, nothing restored", () => {
    expect(restored("json", `["${ZHANG}"]`, NO_LANES, new Map())).toBe(`["${ZHANG}"]`);
  });

  test("litellm-28316: what was restored is not looked at again, and is no stranger", () => {
    const echo = new Map([
      [ADDRESS, hold(`${ZHANG} ${STRANGER}`)],
      [ZHANG, hold("张三")],
    ]);
    const restorer = createRestorer("text", echo, NO_LANES);
    expect(run(restorer, [bytes(`${ADDRESS}!`)])).toBe(`${ZHANG} ${STRANGER}!`);
    expect([restorer.restored, restorer.unrestored]).toEqual([1, 0]);
  });

  test("cut off inside its code: passed as it is, and counted", () => {
    const restorer = createRestorer("text", MINTED, NO_LANES);
    expect(run(restorer, [bytes(MOBILE.slice(0, -3))])).toBe(MOBILE.slice(0, -3));
    expect(restorer.unrestored).toBe(1);
  });
});

describe("round trip", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 6 }),
    fc.constantFrom(
      '"',
      "\\",
      "\n",
      "😀",
      "张三",
      "<",
      "＜",
      "CN_",
      "【",
      "\\u003c",
      "a < b",
      STRANGER,
      ZHANG,
      "{",
      "> ",
    ),
  );
  const text = fc.array(piece, { maxLength: 12 }).map((parts) => Buffer.from(parts.join("")).toString("utf8"));
  const spans = fc.array(
    fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9 }), fc.constantFrom("person", "cn-mobile", "address")),
    { minLength: 1, maxLength: 5 },
  );

  /** Pseudonymises `text`, and gives what the recipient sees and the map. */
  function crossing(
    said: string,
    cuts: readonly (readonly [number, number, string])[],
  ): { seen: string; minted: Minted } {
    const doc = docOf(JSON.stringify([said]));
    const findings = cuts.flatMap(([start, length, type]) => {
      const from = border(said, Math.min(start, said.length));
      const to = border(said, Math.min(from + length, said.length));
      return to > from ? [findingAt(doc, 0, from, to, type)] : [];
    });
    const { body, minted } = pseudonymize(doc, findings, all(findings), "s", testKeys());
    return { seen: (JSON.parse(Buffer.from(body).toString()) as [string])[0], minted };
  }

  test("U+2028 and U+2029 stand raw in a stream's JSON and end no line", () => {
    const { seen, minted } = crossing("a b\u2028c\u2029", [[2, 1, "person"]]);
    const chat = chunk(0, { content: seen }) + chunk(0, {}, "stop");
    expect(chatOf(run(createRestorer("sse", minted, openaiChat.lanes), [bytes(chat)]))["0/content"]).toBe(
      "a b\u2028c\u2029",
    );
  });

  test("restore(cut(pseudonymised echo)) is the text, as plain text, JSON and both streams", () => {
    fc.assert(
      fc.property(text, spans, fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (said, cuts, lengths) => {
        const { seen, minted } = crossing(said, cuts);
        if (minted.size === 0) return;
        const cut = <T extends string | Buffer>(whole: T): T[] => {
          const parts: T[] = [];
          for (let at = 0; at < whole.length; ) {
            const length = lengths.next().value as number;
            parts.push(((whole as Buffer).subarray?.(at, at + length) as T) ?? (whole.slice(at, at + length) as T));
            at += length;
          }
          return parts;
        };
        expect(run(createRestorer("text", minted, NO_LANES), cut(bytes(seen)))).toBe(said);
        expect(JSON.parse(run(createRestorer("json", minted, NO_LANES), cut(bytes(JSON.stringify([seen])))))).toEqual([
          said,
        ]);
        const chat =
          cut(seen)
            .map((content) => chunk(0, { content }))
            .join("") + chunk(0, {}, "stop");
        expect(chatOf(run(createRestorer("sse", minted, openaiChat.lanes), cut(bytes(chat))))["0/content"] ?? "").toBe(
          said,
        );
        const message =
          cut(seen)
            .map((part) => block(0, { type: "text_delta", text: part }))
            .join("") + named({ type: "content_block_stop", index: 0 });
        expect(
          messageOf(run(createRestorer("sse", minted, anthropicMessages.lanes), cut(bytes(message))))["0/text"] ?? "",
        ).toBe(said);
      }),
      { numRuns: 150 },
    );
  });

  test("what is held never passes the longest pseudonym and its noise", () => {
    fc.assert(
      fc.property(text, spans, (said, cuts) => {
        const { seen, minted } = crossing(said, cuts);
        const restorer = createRestorer("text", minted, NO_LANES);
        let fed = 0;
        let out = 0;
        for (const unit of seen) {
          fed += unit.length;
          out += Buffer.from(restorer.feed(bytes(unit))).toString().length;
          if (restorer.restored === 0) expect(fed - out).toBeLessThanOrEqual(2 * PSEUDONYM_UNITS_MAX);
        }
      }),
    );
  });
});

/** Not inside a surrogate pair. */
function border(text: string, at: number): number {
  return /^[\udc00-\udfff]/.test(text.slice(at)) ? at - 1 : at;
}

describe("framing", () => {
  test("blocks and rest, joined, are the stream, for any bytes and cuts; a block ends as the standard says", () => {
    const part = fc.constantFrom("\n", "\r", "\r\n", "data: x", ":c", "é");
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.integer({ min: 1, max: 5 })), (parts, lengths) => {
        const whole = bytes(parts.join(""));
        const framing = new Blocks(1e6);
        const blocks: Uint8Array[] = [];
        for (let at = 0, i = 0; at < whole.length; i++) {
          const length = lengths[i % Math.max(1, lengths.length)] ?? 3;
          blocks.push(...framing.feed(whole.subarray(at, at + length)));
          at += length;
        }
        expect(Buffer.concat([...blocks, framing.rest()]).equals(whole)).toBe(true);
        const lines = (text: string): number =>
          text
            .replace(/\r\n?/g, "\n")
            .split(/(?<=^|\n)\n/)
            .filter((block) => block.trim() !== "").length;
        const once = new Blocks(1e6);
        const complete = once.feed(whole).filter((one) => Buffer.from(one).toString().trim() !== "").length;
        const open = Buffer.from(once.rest()).toString().trim() === "" ? 0 : 1;
        expect(complete + open).toBe(lines(whole.toString()));
      }),
    );
  });

  test("json-strings lists what JSON.parse reads, with its pointer", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const expected: [string, string][] = [];
        const walk = (here: unknown, pointer: string): void => {
          if (typeof here === "string") expected.push([pointer, here]);
          if (typeof here !== "object" || here === null) return;
          for (const [key, inner] of Object.entries(here)) {
            const at = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
            if (!Array.isArray(here)) expected.push([at, key]);
            walk(inner, at);
          }
        };
        walk(JSON.parse(text), "");
        expect(jsonStrings(text).map((at) => [at.pointer(), decodeString(text.slice(at.start, at.end))])).toEqual(
          expected,
        );
      }),
    );
  });

  test("rawOffsets finds every unit", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 20 }), (value) => {
        const raw = JSON.stringify(value).slice(1, -1);
        const offsets = rawOffsets(
          raw,
          Array.from({ length: value.length + 1 }, (_, i) => i),
        );
        for (let i = 0; i < value.length; i++)
          expect(decodeString(raw.slice(offsets[i]!, offsets[i + 1]))).toBe(value.charAt(i));
      }),
    );
  });

  test("a million brackets deep costs no stack and no square", () => {
    const started = cpuMs();
    const deep = `${"[".repeat(2e5)}"${MOBILE}"${"]".repeat(2e5)}`;
    expect(restored("json", deep)).toContain('"138 0013 8000"');
    expect(cpuMs() - started).toBeLessThan(2_000);
  });
});
