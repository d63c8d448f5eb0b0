import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CheckedHead, checkHead, languageOf } from "../src/io/serve/head.ts";
import { readTarget } from "../src/io/serve/target.ts";

function check(headers: readonly string[], url = "/openai/v1/x", method = "POST", version = "1.1") {
  return checkHead(method, url, version, ["Host", "gate:8787", ...headers], 100);
}

function passed(headers: readonly string[], url?: string): CheckedHead {
  const head = check(headers, url);
  if (!head.ok) throw new Error(head.detail);
  return head;
}

describe("what goes on", () => {
  test("names become lower case, duplicates stay apart, order stays", () => {
    const head = passed(["Accept", "a", "X-One", "1", "ACCEPT", "b"]);
    expect(head.headers).toEqual(["accept", "a", "x-one", "1", "accept", "b"]);
  });

  test.each([
    ["Connection", "keep-alive"],
    ["Keep-Alive", "timeout=5"],
    ["Proxy-Authorization", "Basic x"],
    ["Proxy-Connection", "keep-alive"],
    ["TE", "trailers"],
    ["Trailer", "X-A"],
    ["Upgrade", "h2c"],
    ["HTTP2-Settings", "x"],
    ["X-HTTP-Method-Override", "DELETE"],
    ["X-Method-Override", "DELETE"],
    ["X-HTTP-Method", "DELETE"],
    ["Forwarded", "for=10.0.0.1"],
    ["X-Forwarded-For", "10.0.0.1"],
    ["X-Forwarded-Host", "inner"],
    ["X-Real-IP", "10.0.0.1"],
    ["Via", "1.1 inner"],
    ["Cookie", "session=1"],
    ["X-Yumen-Subject", "id:7"],
    ["X-Yumen-Unknown", "x"],
    ["Expect", "100-continue"],
    ["Content-Length", "5"],
  ])("%s does not", (name, value) => {
    expect(passed([name, value, "Accept", "a"]).headers).toEqual(["accept", "a"]);
  });

  test("what Connection names stays on this hop", () => {
    const head = passed(["Connection", "close, X-Secret", "X-Secret", "1", "Accept", "a"]);
    expect(head.headers).toEqual(["accept", "a"]);
  });

  test("assertions are taken out, UTF-8 read as such", () => {
    const name = Buffer.from("person:张三").toString("latin1");
    const head = passed(["X-Yumen-Subject", name, "X-Yumen-Purpose", "support", "X-Yumen-Key", "k"]);
    expect(head.asserted).toEqual({ subject: "person:张三", purpose: "support", conversation: null, exporter: null });
    expect(head.key).toBe("k");
    expect(head.headers).toEqual([]);
  });

  test("a value in an unknown charset cannot be read one way and stays", () => {
    const name = Buffer.from("张三 138").toString("latin1");
    expect(passed(["User-Agent", name, "Accept", "a"]).headers).toEqual(["accept", "a"]);
    expect(check(["Content-Type", "text/" + name]).ok).toBe(false);
  });

  test("stacked content encodings are one list", () => {
    expect(passed(["Content-Encoding", "gzip", "Content-Encoding", "br"]).contentEncoding).toBe("gzip, br");
  });
});

describe("targets", () => {
  test.each([
    ["/openai/v1/chat", "openai", "/v1/chat"],
    ["/openai", "openai", "/"],
    ["/openai/", "openai", "/"],
    ["/openai?a=1", "openai", "/?a=1"],
    ["/openai?a=/b//c", "openai", "/?a=/b//c"],
    ["/openai//v1///chat?x=//", "openai", "/v1/chat?x=//"],
    ["http://gate:8787/openai/v1", "openai", "/v1"],
    ["HTTP://GATE:8787/openai/v1", "openai", "/v1"],
    ["/g/v1/models/gemini-1.5:generateContent", "g", "/v1/models/gemini-1.5:generateContent"],
    ["/s/.well-known/x", "s", "/.well-known/x"],
    ["/s/a...b/..c", "s", "/a...b/..c"],
    ["/s/a%20b%E4%B8%AD?q=%2e%2f%25", "s", "/a%20b%E4%B8%AD?q=%2e%2f%25"],
  ])("%s", (url, destination, target) => {
    const head = passed([], url);
    expect([head.destination, head.target]).toEqual([destination, target]);
  });

  test("an accepted path means the same to a reader that normalises and decodes", () => {
    const piece = fc.constantFrom(..."/.%25eEfFcC0;a~", "..", "%2e", "%2F", "//", "/", "%41", "\\", "\t", "é");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const target = readTarget("/d/" + pieces.join(""), "gate");
        if (typeof target === "string") return;
        const url = new URL("http://gate" + target.rest);
        expect(url.pathname).toBe(target.rest);
        const segments = target.rest.split("/").map(decoded);
        expect(segments.join("/")).toBe(decoded(target.rest));
        for (const segment of segments) {
          expect(segment).not.toMatch(/^\.\.?(;.*)?$/);
          expect(segment).not.toMatch(/[\\/%\0]/);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

describe("refused on the pure check alone", () => {
  test("more headers than allowed", () => {
    const many = Array.from({ length: 100 }, (_, i) => ["x-" + i, "1"]).flat();
    expect(check(many)).toMatchObject({ ok: false, code: "head_too_large" });
  });
  test("a WebSocket: what is said on it could not be read. Any other offer to upgrade is passed over", () => {
    for (const offer of ["websocket", "WebSocket", "h2c, websocket/13"])
      expect(check(["Connection", "Upgrade", "Upgrade", offer])).toMatchObject({ code: "upgrade_unsupported" });
    expect(check(["Connection", "Upgrade", "Upgrade", "h2c"]).ok).toBe(true);
    expect(check(["X", "websocket"]).ok).toBe(true);
  });
  test("obs-fold and control characters that a laxer parser would leave in", () => {
    expect(check(["X", "a\r\n b"]).ok).toBe(false);
    expect(check(["X", "a\0b"]).ok).toBe(false);
    expect(check(["X", "a\tb"]).ok).toBe(true);
  });
  test("Connection cannot hide what the gate reads", () => {
    expect(check(["Connection", "content-type", "Content-Type", "application/json"]).ok).toBe(false);
    expect(check(["Connection", "X-Yumen-Subject"]).ok).toBe(false);
  });
  test("no detail repeats the input", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), (value) => {
        const head = check(["Content-Length", value + "\0", "Host", value], "/" + value + "#13812345678");
        expect(head.ok).toBe(false);
        expect(head.ok ? "" : head.detail).not.toContain("13812345678");
      }),
    );
  });
});

test.each([
  ["", "zh", "zh"],
  ["en", "zh", "en"],
  ["en-US,zh;q=0.9", "zh", "en"],
  ["fr, zh-CN", "en", "zh"],
  ["en;q=0, zh", "en", "zh"],
  ["*", "zh", "zh"],
] as const)("language of %j with default %s is %s", (header, fallback, language) => {
  expect(languageOf(header, fallback)).toBe(language);
});
