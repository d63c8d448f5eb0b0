// TLS and parent proxies, with certificates made on the spot.

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDialer } from "../src/io/dial/dialer.ts";
import type { GateError } from "../src/io/errors.ts";
import type { Destination } from "../src/words.ts";
import { destination, policyOf, sleep, until, World } from "./serve-world.ts";

interface Pair {
  readonly key: string;
  readonly cert: string;
}

const folder = mkdtempSync(join(tmpdir(), "yumen-tls-"));
let good: Pair;
let other: Pair;
let world = new World();

beforeAll(() => {
  good = certificate("localhost");
  other = certificate("other.test");
});
afterEach(async () => {
  await world.end();
  world = new World();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Self-signed, P-256, for one name. */
function certificate(name: string): Pair {
  const key = join(folder, name + ".key");
  const cert = join(folder, name + ".crt");
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const subject = ["-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + name];
  execFileSync("openssl", ["req", "-x509", ...curve, "-keyout", key, "-out", cert, "-days", "2", ...subject], {
    stdio: "ignore",
  });
  return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
}

type TlsOptions = Parameters<typeof createServer>[0];

async function recipient(
  pair: Pair,
  options: TlsOptions = {},
): Promise<{ server: Server; url: string; names: string[] }> {
  const names: string[] = [];
  const server = createServer({ ...pair, ...options }, (req, res) => {
    names.push(String((req.socket as { servername?: string }).servername));
    res.end("over tls");
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  world.later(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, names, url: `https://localhost:${(server.address() as AddressInfo).port}` };
}

/** @returns the answer's body, or the error's text. */
async function ask(url: string, change: Partial<Destination>): Promise<string> {
  const policy = policyOf([destination("d", url, change)]);
  const dialer = createDialer(() => policy);
  world.later(() => Promise.race([dialer.close(), sleep(500)]));
  let body = "";
  let result: string | null = null;
  const request = { destination: "d", method: "POST", path: "/", headers: [], body: Buffer.from("hi") };
  dialer.dial(request, {
    head() {},
    data(chunk) {
      body += Buffer.from(chunk).toString();
      return true;
    },
    end() {
      result = body;
    },
    fail(error) {
      result = (error as GateError).message;
    },
  });
  await until(() => result !== null);
  return result!;
}

const trusting = (min: "TLSv1.2" | "TLSv1.3" = "TLSv1.2"): Partial<Destination> => ({ tls: { ca: good.cert, min } });

describe("trust", () => {
  test("a self-signed recipient is accepted with its ca only, by its name", async () => {
    const { url, names } = await recipient(good);
    expect(await ask(url, trusting())).toBe("over tls");
    expect(names).toEqual(["localhost"]);
    expect(await ask(url, {})).toMatch(/upstream_unreachable.*(SELF_SIGNED|UNABLE_TO_VERIFY)/);
  });

  test("a trusted certificate of another name is refused", async () => {
    const { url } = await recipient(other);
    expect(await ask(url, { tls: { ca: other.cert, min: "TLSv1.2" } })).toMatch(/ERR_TLS_CERT_ALTNAME_INVALID/);
  });

  test("NODE_TLS_REJECT_UNAUTHORIZED=0 weakens nothing", async () => {
    const { url, names } = await recipient(good);
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      expect(await ask(url, {})).toMatch(/upstream_unreachable/);
    } finally {
      if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
    }
    expect(names).toEqual([]);
  });

  test("what is no certificate is an invalid policy, not a crash", async () => {
    const { url } = await recipient(good);
    expect(await ask(url, { tls: { ca: "-----BEGIN CERTIFICATE-----\nnonsense\n", min: "TLSv1.2" } })).toMatch(
      /policy_invalid/,
    );
  });
});

describe("the least version", () => {
  test.each([
    ["TLSv1.2", "TLSv1.2", true],
    ["TLSv1.2", "TLSv1.3", false],
    ["TLSv1.3", "TLSv1.3", true],
    ["TLSv1.1", "TLSv1.2", false],
  ] as const)("a recipient that speaks at most %s, least %s: %s", async (most, least, works) => {
    const { url } = await recipient(good, { minVersion: "TLSv1", maxVersion: most, ciphers: "DEFAULT:@SECLEVEL=0" });
    const answer = await ask(url, trusting(least));
    if (works) expect(answer).toBe("over tls");
    else expect(answer).toMatch(/upstream_unreachable/);
  });
});

describe("through a parent proxy", () => {
  /** A CONNECT proxy that notes what it is asked. */
  async function proxy(answer = "HTTP/1.1 200 OK\r\n\r\n") {
    const asked: string[] = [];
    const plain: string[] = [];
    const { port } = await world.tcp((socket) => {
      socket.once("data", (head: Buffer) => {
        asked.push(head.toString("latin1"));
        const target = /^CONNECT localhost:(\d+)/.exec(head.toString("latin1"));
        if (target === null || !answer.includes(" 200 ")) return void socket.end(answer);
        const onward = connect(Number(target[1]), "localhost", () => {
          socket.write(answer);
          socket.on("data", (chunk: Buffer) => plain.push(chunk.toString("latin1")));
          socket.pipe(onward).pipe(socket);
        });
        onward.on("error", () => socket.destroy());
      });
    });
    return { url: `http://user:p%40ss@127.0.0.1:${port}`, asked, plain };
  }

  test("CONNECT with its credentials, then TLS to the recipient: the proxy reads nothing", async () => {
    const { url, names } = await recipient(good);
    const parent = await proxy();
    expect(await ask(url, { ...trusting(), via: { proxy: parent.url, localAddress: null } })).toBe("over tls");
    expect(names).toEqual(["localhost"]);
    expect(parent.asked[0]).toContain(`CONNECT ${new URL(url).host} HTTP/1.1`);
    expect(parent.asked[0]!.toLowerCase()).toContain(
      "proxy-authorization: basic " + Buffer.from("user:p@ss").toString("base64").toLowerCase(),
    );
    expect(parent.plain.join("")).not.toContain("POST");
  });

  test("the recipient's certificate is verified all the same", async () => {
    const { url, names } = await recipient(good);
    const parent = await proxy();
    expect(await ask(url, { via: { proxy: parent.url, localAddress: null } })).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
    expect(names).toEqual([]);
  });

  test("a proxy that refuses, one that is away, one that closes: failed, once", async () => {
    const { url } = await recipient(good);
    const refusing = await proxy("HTTP/1.1 407 No\r\n\r\n");
    const via = (address: string) => ({ ...trusting(), via: { proxy: address, localAddress: null } });
    expect(await ask(url, via(refusing.url))).toMatch(/PROXY_STATUS_407/);
    expect(await ask(url, via("http://127.0.0.1:1"))).toMatch(/PROXY_FAILED/);
    let times = 0;
    const closing = await world.tcp((socket) => {
      times++;
      socket.destroy();
    });
    expect(await ask(url, via(closing.url))).toMatch(/upstream_unreachable/);
    await sleep(100);
    expect(times).toBe(1);
  });
});

test("the local address is used", async () => {
  let from: string | undefined;
  const { url } = await world.http((req, res) => {
    from = req.socket.remoteAddress;
    res.end("x");
  });
  await ask(url, { via: { proxy: null, localAddress: "127.0.0.3" } });
  expect(from).toBe("127.0.0.3");
});
