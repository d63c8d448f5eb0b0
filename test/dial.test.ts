// The way to recipients, against real servers that behave badly.

import type { Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createDialer } from "../src/io/dial/dialer.ts";
import type { GateError } from "../src/io/errors.ts";
import type { AnswerSink, Dialer, DialHandle, Dispatch } from "../src/io/ports.ts";
import type { Destination, HeaderPairs, Policy } from "../src/words.ts";
import { destination, policyOf, sleep, until, World } from "./serve-world.ts";

let world = new World();
afterEach(async () => {
  await world.end();
  world = new World();
});

class Sink implements AnswerSink {
  status = 0;
  headers: HeaderPairs = [];
  body = "";
  ended = 0;
  readonly errors: GateError[] = [];
  pause = false;
  head(status: number, headers: HeaderPairs): void {
    this.status = status;
    this.headers = headers;
  }
  data(chunk: Uint8Array): boolean {
    this.body += Buffer.from(chunk).toString("latin1");
    return !this.pause;
  }
  end(): void {
    this.ended++;
  }
  fail(error: Error): void {
    this.errors.push(error as GateError);
  }
  get over(): boolean {
    return this.ended + this.errors.length > 0;
  }
  get code(): string {
    return this.errors[0]?.code ?? "";
  }
}

function dialerTo(url: string, change: Partial<Destination> = {}): Dialer {
  const policy = policyOf([destination("d", url, change)]);
  return keep(createDialer(() => policy));
}

function keep(dialer: Dialer): Dialer {
  world.later(() => Promise.race([dialer.close(), sleep(500)]));
  return dialer;
}

const REQUEST: Dispatch = { destination: "d", method: "POST", path: "/v1/x", headers: [], body: Buffer.from("hello") };

async function ask(dialer: Dialer, change: Partial<Dispatch> = {}): Promise<Sink> {
  const sink = new Sink();
  dialer.dial({ ...REQUEST, ...change }, sink);
  await until(() => sink.over);
  return sink;
}

/** A recipient that answers raw bytes to whatever comes, then does `after`. */
async function answering(bytes: string, after: (socket: Socket) => void = () => {}): Promise<string> {
  const { url } = await world.tcp((socket) => {
    socket.once("data", () => {
      socket.write(bytes, "latin1", () => after(socket));
    });
  });
  return url;
}

describe("what is sent", () => {
  test("method, base path, headers with duplicates kept, length, body", async () => {
    let seen = "";
    const { url } = await world.http((req, res) => {
      seen = `${req.method} ${req.url} ${JSON.stringify(req.rawHeaders)} `;
      req.on("data", (chunk) => {
        seen += chunk;
      });
      req.on("end", () => res.end("ok"));
    });
    const dialer = dialerTo(url + "/base/");
    const sink = await ask(dialer, { headers: ["content-type", "text/plain", "x-a", "1", "x-a", "2"] });
    expect([sink.status, sink.body, sink.ended]).toEqual([200, "ok", 1]);
    expect(seen).toMatch(/^POST \/base\/v1\/x /);
    expect(seen).toContain('"x-a","1","x-a","2"');
    expect(seen).toContain('"content-length","5"');
    expect(seen).toMatch(/hello$/);
    expect(seen).not.toMatch(/transfer-encoding/i);
  });

  test.each(["GET", "DELETE"])("%s with a body and without", async (method) => {
    const { url } = await world.http((req, res) => req.pipe(res));
    const dialer = dialerTo(url);
    expect((await ask(dialer, { method })).body).toBe("hello");
    expect((await ask(dialer, { method, body: new Uint8Array(0) })).body).toBe("");
  });

  test("proxy-trailer-crash: headers that a client must not send fail the crossing, not the process", async () => {
    const { url } = await world.http((_req, res) => res.end("ok"));
    const dialer = dialerTo(url);
    for (const name of ["transfer-encoding", "upgrade", "keep-alive", "expect"]) {
      expect((await ask(dialer, { headers: [name, "x"] })).code).toBe("upstream_unreachable");
    }
    expect((await ask(dialer, { headers: ["x", "a\r\nb"] })).code).toBe("upstream_unreachable");
    expect((await ask(dialer, { headers: ["trailer", "x-a"] })).ended).toBe(1);
  });
});

describe("what comes back", () => {
  test("hop-by-hop, Alt-Svc and forged X-Yumen headers are gone, duplicates are apart, trailers dropped", async () => {
    const url = await answering(
      "HTTP/1.1 103 Early\r\nx-early: 1\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nConnection: X-Hop\r\nX-Hop: 1\r\n" +
        "Keep-Alive: timeout=5\r\nAlt-Svc: h3\r\nX-Yumen-Action: forward\r\nTrailer: X-T\r\nTransfer-Encoding: chunked\r\n\r\n" +
        "2\r\nok\r\n0\r\nX-T: secret\r\n\r\n",
    );
    const sink = await ask(dialerTo(url));
    expect(sink.headers).toEqual(["set-cookie", "a=1", "set-cookie", "b=2"]);
    expect([sink.body, sink.ended]).toEqual(["ok", 1]);
  });

  test.each([
    ["/v1/other?x=1", "/d/v1/other?x=1"],
    ["other", "/d/v1/other"],
    ["SAME/base/v2", "/d/v2"],
  ])("a redirect inside to %s becomes %s", async (location, expected) => {
    const based = location.startsWith("SAME");
    let url = "";
    const target = await world.http((_req, res) => {
      res.writeHead(302, { location: location.replace("SAME", url) }).end();
    });
    url = target.url;
    const sink = await ask(dialerTo(url + (based ? "/base" : "")));
    expect(sink.status).toBe(302);
    expect(sink.headers[sink.headers.indexOf("location") + 1]).toBe(expected);
  });

  test.each([
    "http://127.0.0.2/x",
    "https://evil.example/x",
    "//evil.example/x",
    "http://user@127.0.0.1/x",
    "ftp://x/",
    "http://[broken",
    "javascript:alert(1)",
  ])("a redirect to %s fails", async (location) => {
    const { url } = await world.http((_req, res) => res.writeHead(307, { location }).end());
    const sink = await ask(dialerTo(url));
    expect([sink.code, sink.status]).toEqual(["upstream_unreachable", 0]);
    expect(sink.errors[0]!.message).toContain("redirect to another host refused");
  });

  test("a redirect out of the destination's base path fails", async () => {
    const { url } = await world.http((_req, res) => res.writeHead(302, { location: "/admin" }).end());
    expect((await ask(dialerTo(url + "/base"))).code).toBe("upstream_unreachable");
  });

  test("a Location elsewhere on a 201 is left out", async () => {
    const { url } = await world.http((_req, res) => res.writeHead(201, { location: "https://x.example/" }).end());
    const sink = await ask(dialerTo(url));
    expect([sink.status, sink.headers.includes("location")]).toEqual([201, false]);
  });
});

describe("cut answers never end clean", () => {
  const OK = "HTTP/1.1 200 OK\r\n";
  test.each([
    ["content-length, FIN", OK + "Content-Length: 10\r\n\r\nabc", "fin"],
    ["content-length, reset", OK + "Content-Length: 10\r\n\r\nabc", "reset"],
    ["content-length and close, reset", OK + "Connection: close\r\nContent-Length: 10\r\n\r\nabc", "reset"],
    ["chunked without an end, FIN", OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "fin"],
    ["chunked in the middle of a chunk", OK + "Transfer-Encoding: chunked\r\n\r\n9\r\nabc", "fin"],
    ["chunked, broken size", OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n", "open"],
    ["no length, reset", OK + "Connection: close\r\n\r\nabc", "reset"],
    ["HTTP/1.0, no length, reset", "HTTP/1.0 200 OK\r\n\r\nabc", "reset"],
  ])("%s", async (_name, bytes, how) => {
    const url = await answering(bytes, (socket) => {
      setTimeout(() => {
        if (how === "fin") socket.end();
        if (how !== "reset") return;
        socket.destroySoon = () => socket.destroy();
        socket.resetAndDestroy();
      }, 30);
    });
    const sink = await ask(dialerTo(url));
    expect([sink.code, sink.ended, sink.status]).toEqual(["upstream_truncated", 0, 200]);
    expect(sink.errors[0]!.message).not.toContain("abc");
    expect(sink.errors[0]!.cause).toBeUndefined();
  });

  test("no length, FIN: that is how such an answer ends", async () => {
    const url = await answering(OK + "Connection: close\r\n\r\nabc", (socket) => socket.end());
    const sink = await ask(dialerTo(url));
    expect([sink.body, sink.ended]).toEqual(["abc", 1]);
  });
});

describe("no answer", () => {
  test.each([
    ["garbage", "hello 13812345678\r\n\r\n"],
    ["nothing, then closed", ""],
    ["a switch of protocols", "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"],
  ])("%s", async (_name, bytes) => {
    const url = await answering(bytes, (socket) => socket.end());
    const sink = await ask(dialerTo(url));
    expect([sink.code, sink.status]).toEqual(["upstream_unreachable", 0]);
    expect(sink.errors[0]!.message).not.toContain("138");
  });

  test("nobody listens, no such name", async () => {
    expect((await ask(dialerTo("http://127.0.0.1:1"))).errors[0]!.message).toContain("ECONNREFUSED");
    expect((await ask(dialerTo("http://no-such-host.invalid"))).code).toBe("upstream_unreachable");
  });

  test("a reset is not answered by sending again", async () => {
    let connections = 0;
    let requests = 0;
    const { url } = await world.tcp((socket) => {
      connections++;
      socket.on("data", () => {
        requests++;
        socket.resetAndDestroy();
      });
    });
    const dialer = dialerTo(url);
    for (const method of ["POST", "GET", "PUT"]) expect((await ask(dialer, { method })).over).toBe(true);
    await sleep(100);
    expect([connections, requests]).toEqual([3, 3]);
  });

  test("the head does not come in time, the body stands still", async () => {
    const limits = { bodyBytesMax: 1, headersTimeoutMs: 300, bodyTimeoutMs: 300, connectTimeoutMs: 300 };
    const silent = await ask(dialerTo(await answering(""), { limits }));
    expect(silent.code).toBe("upstream_timeout");
    const still = await ask(dialerTo(await answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), { limits }));
    expect([still.code, still.status]).toEqual(["upstream_timeout", 200]);
  });

  test("an unknown destination, a broken one, a closed dialer", async () => {
    const dialer = dialerTo("not a url");
    expect((await ask(dialer, { destination: "nowhere" })).code).toBe("destination_unknown");
    expect((await ask(dialer)).code).toBe("policy_invalid");
    const closed = dialerTo("http://127.0.0.1:1");
    await closed.close();
    expect((await ask(closed)).code).toBe("draining");
  });

  test("a sink that throws cancels the exchange", async () => {
    const { url } = await world.http((_req, res) => void res.write("x"));
    for (const at of ["head", "data"] as const) {
      const sink = new Sink();
      sink[at] = () => {
        throw new Error("bug");
      };
      dialerTo(url).dial(REQUEST, sink);
      await until(() => sink.over);
      expect(sink.code).toBe("internal");
    }
  });
});

describe("abort", () => {
  test("cancels the recipient's side, and the sink hears nothing more", async () => {
    let closed = 0;
    const { url } = await world.http((req, res) => {
      res.write("x");
      req.socket.on("close", () => closed++);
    });
    const sink = new Sink();
    const handle = dialerTo(url).dial(REQUEST, sink);
    await until(() => sink.body === "x");
    handle.abort();
    await until(() => closed === 1);
    expect(sink.over).toBe(false);
  });

  test("before the connection is there: nothing is ever sent", async () => {
    let requests = 0;
    const { url } = await world.http((_req, res) => {
      requests++;
      res.end();
    });
    const sink = new Sink();
    const dialer = dialerTo(url);
    dialer.dial(REQUEST, sink).abort();
    await ask(dialer);
    expect([requests, sink.over]).toEqual([1, false]);
  });
});

describe("back-pressure", () => {
  test("a paused sink stops the recipient; resume goes on; resume within data does not get stuck", async () => {
    const total = 20_000_000;
    let written = 0;
    const chunk = Buffer.alloc(100_000, "x");
    const { url } = await world.http((_req, res) => {
      const go = () => {
        while (written < total) {
          written += chunk.length;
          if (!res.write(chunk)) return;
        }
        res.end();
      };
      res.on("drain", go);
      go();
    });
    let handle: DialHandle | null = null;
    let bytes = 0;
    let stop = true;
    const sink = new Sink();
    sink.data = (data) => {
      bytes += data.length;
      if (!stop) handle!.resume();
      return false;
    };
    handle = dialerTo(url).dial(REQUEST, sink);
    await until(() => bytes > 0);
    await sleep(200);
    const held = bytes;
    expect(held).toBeLessThan(1_000_000);
    expect(written).toBeLessThan(total);
    await sleep(50);
    expect(bytes).toBe(held);
    stop = false;
    handle.resume();
    await until(() => sink.over, 10_000);
    expect([bytes, sink.ended]).toEqual([total, 1]);
  });
});

describe("policy changes", () => {
  test("the new url is used, the request in flight ends on the old one, same roads are shared", async () => {
    let release = () => {};
    const connections = { old: 0 };
    const old = await world.http((_req, res) => {
      release = () => res.end("old");
    });
    old.server.on("connection", () => connections.old++);
    const fresh = await world.http((_req, res) => res.end("new"));
    let policy: Policy = policyOf([destination("d", old.url)]);
    const dialer = keep(createDialer(() => policy));
    const first = new Sink();
    dialer.dial(REQUEST, first);
    await until(() => connections.old === 1);
    await sleep(20);
    policy = policyOf([destination("d", fresh.url), destination("e", fresh.url)]);
    expect((await ask(dialer)).body).toBe("new");
    expect((await ask(dialer, { destination: "e" })).body).toBe("new");
    release();
    await until(() => first.over);
    expect(first.body).toBe("old");
    policy = policyOf([]);
    expect((await ask(dialer)).code).toBe("destination_unknown");
  });
});
