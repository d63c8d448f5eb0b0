// X-Yumen-Dry-Run on the wire and POST /v1/decide: whoever wanted to try never sends, and never by mistake of ours.

import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { askGate } from "../src/cli/try/gate.ts";
import type { Options } from "../src/cli/try.ts";
import { GateError } from "../src/io/errors.ts";
import { ENVELOPE_BYTES_MAX, unwrap } from "../src/io/serve/envelope.ts";
import { checkHead } from "../src/io/serve/head.ts";
import { destination, type Gate, KEY, policyOf, raw, until, World } from "./serve-world.ts";

const world = new World();
afterEach(() => world.end());

const gate = (ids: readonly string[] = ["openai"]): Promise<Gate> =>
  world.gate(policyOf(ids.map((id) => destination(id, "http://127.0.0.1:9"))), (arrival, reply) =>
    reply.send(200, [], Buffer.from(arrival.dryRun === true ? "tried" : "sent")),
  );

const post = (path: string, lines: readonly string[], body = "{}") =>
  [`POST ${path} HTTP/1.1`, "Host: gate", ...lines, `Content-Length: ${Buffer.byteLength(body)}`, "", body].join(
    "\r\n",
  );

describe("the header", () => {
  test.each([
    ["1", "X-Yumen-Dry-Run: 1", "tried"],
    ["true", "X-Yumen-Dry-Run: true", "tried"],
    ["0", "X-Yumen-Dry-Run: 0", "sent"],
    ["none", "X-Other: 1", "sent"],
    ["lower case", "x-yumen-dry-run: 1", "tried"],
    ["upper case", "X-YUMEN-DRY-RUN: 1", "tried"],
    ["spaces around", "X-Yumen-Dry-Run:   1  ", "tried"],
  ])("%s", async (_, line, outcome) => {
    const { port, arrivals } = await gate();
    const { text } = await raw(port, post("/openai/v1/x", [line, "Connection: close"]));
    expect(text.split("\r\n\r\n")[1]).toBe(outcome);
    expect(arrivals[0]!.headers.filter((_, i) => i % 2 === 0).join()).not.toContain("yumen");
  });

  test.each([
    ["empty", ["X-Yumen-Dry-Run:"]],
    ["yes", ["X-Yumen-Dry-Run: yes"]],
    ["TRUE", ["X-Yumen-Dry-Run: TRUE"]],
    ["2", ["X-Yumen-Dry-Run: 2"]],
    ["full width", ["X-Yumen-Dry-Run: １"]],
    ["a list", ["X-Yumen-Dry-Run: 1, 0"]],
    ["twice", ["X-Yumen-Dry-Run: 1", "X-Yumen-Dry-Run: 1"]],
    ["twice, and not the same", ["X-Yumen-Dry-Run: 0", "x-yumen-dry-run: 1"]],
    ["named by Connection", ["X-Yumen-Dry-Run: 1", "Connection: X-Yumen-Dry-Run"]],
    ["named by Connection among others", ["X-Yumen-Dry-Run: 1", "Connection: keep-alive, x-yumen-dry-run"]],
    ["misspelt", ["X-Yumen-DryRun: 1"]],
    ["misspelt otherwise", ["X-Yumen-Dry-Runs: 1"]],
    ["with _ for -", ["X_Yumen_Dry_Run: 1"]],
    ["with one _ for -", ["X-Yumen_Dry-Run: 1"]],
    ["with another _ for -", ["x_yumen-dry-run: 1"]],
    ["without a -", ["X-YumenDry-Run: 1"]],
    ["without any", ["XYUMENDRYRUN: 1"]],
    ["without its X", ["Yumen-Dry-Run: 1"]],
    ["right, and beside it almost right", ["X-Yumen-Dry-Run: 0", "X_Yumen_Dry_Run: 1"]],
  ])("%s: refused, nothing arrives", async (_, lines) => {
    const { port, arrivals, refused } = await gate();
    const { status } = await raw(port, post("/openai/v1/x", lines));
    expect([status, arrivals.length, refused]).toEqual([400, 0, ["request_malformed"]]);
  });

  test("holds for its own request and for no other on the connection, pipelined and again", async () => {
    const { port, arrivals } = await gate();
    const [dry, wet] = [post("/openai/v1/x", ["X-Yumen-Dry-Run: 1"]), post("/openai/v1/x", ["X-Yumen-Dry-Run: 0"])];
    const plain = post("/openai/v1/x", []);
    const { text } = await raw(port, dry + wet + dry + dry + plain + plain + dry, 400);
    expect(text.match(/tried|sent/g)).toEqual(["tried", "sent", "tried", "tried", "sent", "sent", "tried"]);
    expect(arrivals.map(({ dryRun }) => dryRun)).toEqual([true, false, true, true, false, false, true]);
    expect(arrivals.some(({ repeated }) => repeated)).toBe(true);
  });

  test("only yes is yes, whatever it says", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom("1", "true", "0", "false", "")), (value) => {
        const said = checkHead("POST", "/openai/x", "1.1", ["host", "gate", "X-Yumen-Dry-Run", value], 100);
        if (said.ok) expect(["1", "true", "0"]).toContain(value);
        if (said.ok) expect(said.dryRun).toBe(value !== "0");
      }),
    );
  });

  test("a caller that is not known is refused as ever; what fails later says that it was one", async () => {
    const { port, failures, refused } = await gate();
    const wrong = await raw(port, post("/openai/v1/x", ["X-Yumen-Dry-Run: 1", "X-Yumen-Key: wrong"]));
    expect([wrong.status, refused]).toEqual([401, ["caller_unknown"]]);
    await raw(port, post("/nowhere/v1/x", ["X-Yumen-Dry-Run: 1", `X-Yumen-Key: ${KEY}`]), 300);
    expect(failures[0]).toMatchObject({ head: { dryRun: true }, error: { code: "destination_unknown" } });
  });
});

const envelope = (more: object = {}): string =>
  JSON.stringify({ destination: "openai", path: "/v1/chat/completions", json: { a: 1 }, ...more });
const decide = (body: string, lines: readonly string[] = []) =>
  post("/v1/decide", [...lines, "Connection: close"], body);

describe("POST /v1/decide", () => {
  test("is the request that it holds, tried", async () => {
    const { port, arrivals } = await gate();
    const headers = { Accept: "text/plain", "X-Forwarded-For": "10.0.0.1", "Content-Length": "99" };
    const said = { subject: "person:张三", purpose: "p", conversation: "c", exporter: "e" };
    const { text } = await raw(port, decide(envelope({ headers, ...said }), ["Accept-Language: zh"]));
    expect(text).toContain("tried");
    expect(arrivals).toHaveLength(1);
    const { body, ...arrival } = arrivals[0]!;
    expect(Buffer.from(body).toString()).toBe('{"a":1}');
    expect(arrival).toMatchObject({
      ...{ destination: "openai", method: "POST", target: "/v1/chat/completions", caller: "local", dryRun: true },
      ...{ contentType: "application/json", asserted: said, language: "zh" },
      headers: ["content-type", "application/json", "accept", "text/plain"],
    });
  });

  test.each([
    ["json as it stands", '{"destination":"openai","json": { "n":1e2, "s":"\\u4f60" } }', '{ "n":1e2, "s":"\\u4f60" }'],
    ["json that is a string", '{"destination":"openai","json":"a\\"b"}', '"a\\"b"'],
    ["json that is a number", '{"destination":"openai","json":1.50}', "1.50"],
    ["json that is null", '{"destination":"openai","json":null}', "null"],
    ["json that holds json", '{"destination":"openai","json":{"json":{"json":2}}}', '{"json":{"json":2}}'],
    ["json under an escaped name", '{"destination":"openai","\\u006ason":[1 ,2]}', "[1 ,2]"],
    ["text", '{"destination":"openai","text":"a\\nb你"}', "a\nb你"],
    ["base64", '{"destination":"openai","base64":"AAH/"}', "\u0000\u0001\u00ff"],
    ["nothing", '{"destination":"openai","method":"GET"}', ""],
  ])("%s", (name, text, body) => {
    const said = unwrap(Buffer.from(text));
    if (said instanceof GateError) throw said;
    expect(Buffer.from(said.body).toString(name === "base64" ? "latin1" : "utf8")).toBe(body);
    expect(said.head.dryRun).toBe(true);
  });

  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["no UTF-8", "\u00ff"],
    ["no destination", "{}"],
    ["a member twice", '{"destination":"openai","destination":"other"}'],
    ["a member twice, once escaped", '{"destination":"openai","destin\\u0061tion":"other"}'],
    ["a member twice inside", '{"destination":"openai","json":{"a":1,"a":2}}'],
    ["a member of no meaning", envelope({ dryrun: false })],
    ["two bodies", envelope({ text: "x" })],
    ["a destination with a path", envelope({ destination: "openai/v1" })],
    ["a destination with a query", envelope({ destination: "openai?x=" })],
    ["a dot segment", envelope({ path: "/v1/../x" })],
    ["a path without its slash", envelope({ path: "v1" })],
    ["a space in the path", envelope({ path: "/a b" })],
    ["a header with a line break", envelope({ headers: { accept: "a\r\nx: y" } })],
    ["a header's name with one", envelope({ headers: { "a\r\nb": "c" } })],
    ["two content types", envelope({ headers: { "content-type": "a/b", "Content-Type": "c/d" } })],
    ["a subject twice", envelope({ headers: { "x-yumen-subject": "id:1" }, subject: "id:2" })],
    ["more members than there are", JSON.stringify(Object.fromEntries(Array.from({ length: 21 }, (_, i) => [i, 1])))],
    [
      "more headers than a head has",
      envelope({ headers: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`h${i}`, "a"])) }),
    ],
    ["headers that are none", envelope({ headers: ["a"] })],
    ["a header that is a number", envelope({ headers: { accept: 1 } })],
    ["a member of the prototype", '{"destination":"openai","__proto__":"x"}'],
    ["a number for a path", envelope({ path: 1 })],
    ["no base64", '{"destination":"openai","base64":"*"}'],
  ])("%s: refused in words of ours", (_, text) => {
    const said = unwrap(Buffer.from(text, "latin1"));
    expect(said).toMatchObject({ code: "request_malformed" });
    expect((said as GateError).message).toMatch(/^request_malformed: the envelope: [\w\s,./;:-]+$/);
  });

  test("any json comes out as it went in, and no bytes at all throw", () => {
    const other = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 });
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("", " ", "\n  "), other, (json, space, more) => {
        const text = JSON.stringify(json, null, space);
        const said = unwrap(Buffer.from(`{"json"${space}:${space}${text},"destination":"openai"}`));
        if (said instanceof GateError) throw said;
        expect(Buffer.from(said.body).toString()).toBe(text);
        expect(() => unwrap(Buffer.from(JSON.stringify({ destination: "openai", ...more })))).not.toThrow();
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => unwrap(bytes) instanceof GateError));
  });

  test("whatever its headers say, it is a dry run", async () => {
    const { port, arrivals } = await gate();
    await raw(port, decide(envelope({ headers: { "X-Yumen-Dry-Run": "0" } })));
    await raw(port, decide(envelope(), ["X-Yumen-Dry-Run: 0"]));
    expect(arrivals.map(({ dryRun }) => dryRun)).toEqual([true, true]);
  });

  test("one request, one arrival or one failure, marked", async () => {
    const { port, arrivals, failures, refused } = await gate();
    const cases: [string, string][] = [
      ["request_malformed", decide("{")],
      ["destination_unknown", decide(envelope({ destination: "nowhere" }))],
      ["destination_unknown", decide(envelope({ destination: "v1" }))],
      ["body_too_large", decide(envelope({ json: "x".repeat(100_001) }))],
      ["method_not_allowed", decide(envelope({ method: "TRACE" }))],
      ["body_too_large", decide("x".repeat(ENVELOPE_BYTES_MAX + 1))],
      ["request_malformed", decide(envelope(), ["Content-Encoding: gzip"])],
    ];
    for (const [code, bytes] of cases) {
      const before = failures.length;
      await raw(port, bytes, 500);
      await until(() => failures.length > before);
      expect([failures.length, failures.at(-1)!.error.code]).toEqual([before + 1, code]);
      expect(failures.at(-1)!.head.dryRun).toBe(true);
    }
    expect([arrivals, refused]).toEqual([[], []]);
  });

  test("is not what another path or method asks for", async () => {
    const { port, arrivals, failures } = await gate();
    for (const line of ["/v1/decide/", "/v1/decide?x=1", "/v1/decides", "/v1", "/v1/other", "/V1/decide"])
      await raw(port, post(line, ["Connection: close"], envelope()), 300);
    await raw(port, "GET /v1/decide HTTP/1.1\r\nHost: gate\r\nConnection: close\r\n\r\n", 300);
    expect(failures.map(({ error }) => error.code)).toEqual(new Array(7).fill("destination_unknown"));
    expect(arrivals).toEqual([]);
  });

  test("needs a caller like everything else", async () => {
    const { port, arrivals, refused } = await gate();
    const { status } = await raw(port, decide(envelope(), ["X-Yumen-Key: wrong"]));
    expect([status, refused, arrivals.length]).toEqual([401, ["caller_unknown"], 0]);
  });

  test("a destination of that name does not take it: whoever wanted to try never sends", async () => {
    const { port, arrivals } = await gate(["v1", "openai"]);
    await raw(port, decide(envelope()));
    await raw(port, post("/v1/decides", ["Connection: close"], "{}"));
    expect(arrivals).toMatchObject([
      { destination: "openai", target: "/v1/chat/completions", dryRun: true },
      { destination: "v1", target: "/decides", dryRun: false },
    ]);
  });

  test("yumen try --gate asks for a dry run twice: by the path, and for a gate that sends what it gets there", async () => {
    const heads: IncomingHttpHeaders[] = [];
    const old = createServer((req, res) => {
      heads.push(req.headers);
      res.setHeader("content-type", "application/json");
      req.resume().on("end", () => res.end('{"dryRun":true}'));
    });
    await new Promise<void>((resolve) => old.listen(0, "127.0.0.1", resolve));
    const { port } = old.address() as AddressInfo;
    await askGate(`http://127.0.0.1:${port}`, Buffer.from(envelope()), {} as Options, "en");
    old.close();
    expect(heads).toMatchObject([{ "x-yumen-dry-run": "1" }]);
  });
});
