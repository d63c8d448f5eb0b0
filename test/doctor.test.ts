// `yumen doctor`: each verdict by table, the network against servers of our own, and that it ends in time.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CHECK_MS_MAX, type Check, examineAll, ok } from "../src/cli/doctor/check.ts";
import { examine } from "../src/cli/doctor/examine.ts";
import { type Heard, hear, type Way } from "../src/cli/doctor/hear.ts";
import {
  extraCaVerdict,
  filesVerdict,
  guardedVerdict,
  judgeSync,
  nodeVerdict,
  spaceVerdict,
  syncVerdict,
} from "../src/cli/doctor/machine.ts";
import { caVerdict, clockVerdict, destinationVerdict } from "../src/cli/doctor/network.ts";
import { calendarVerdict, lawVerdict, mechanismVerdict, observeChecks, termVerdict } from "../src/cli/doctor/papers.ts";
import { askGate, portVerdict } from "../src/cli/doctor/ports.ts";
import { loadLawData } from "../src/io/law-data.ts";
import type { Destination, Mechanism } from "../src/words.ts";

const LAW = loadLawData("policies/law");
const root = mkdtempSync(join(tmpdir(), "yumen-doctor-"));
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
  rmSync(root, { recursive: true, force: true });
});

/** @returns the port that it listens on. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(() => {
    server.close();
    if ("closeAllConnections" in server) (server as unknown as { closeAllConnections(): void }).closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

describe("a check", () => {
  const id = "x";
  test("that never ends is a warning after its time; the others do not wait for it", async () => {
    const begun = performance.now();
    const found = await examineAll(
      [
        { id, examine: () => new Promise(() => {}) },
        { id: "y", examine: () => ok("a", "b") },
      ],
      50,
    );
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(found.map(({ state }) => state)).toEqual(["warn", "ok"]);
    expect(found[0]!.says.en).toContain("no result");
  });
  test("that throws fails by its code alone: a message may quote what it was about", async () => {
    const checks: Check[] = [
      { id, examine: () => Promise.reject(Object.assign(new Error("13800138000"), { code: "EIO" })) },
      {
        id,
        examine: () => {
          throw new TypeError("sk-secret");
        },
      },
    ];
    const found = await examineAll(checks);
    expect(found.map(({ state }) => state)).toEqual(["fail", "fail"]);
    expect(JSON.stringify(found)).not.toMatch(/13800138000|sk-secret/);
    expect(found[0]!.says.en).toContain("EIO");
  });
  test("what is not well says what to do, in both languages", () => {
    const verdicts = [
      nodeVerdict("v18.20.0"),
      filesVerdict("Max open files            64                  64                  files\n"),
      judgeSync(50),
      lawVerdict(LAW, "2027-06-01"),
      calendarVerdict(LAW, "2026-12-01"),
      clockVerdict("", []),
    ];
    for (const { state, fix } of verdicts) {
      expect(state).not.toBe("ok");
      expect(fix!.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(fix!.en).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
});

describe("the machine", () => {
  test.each([
    ["v20.19.0", "ok"],
    ["v24.1.0", "ok"],
    ["v20.18.9", "fail"],
    ["v18.0.0", "fail"],
  ])("Node %s: %s", (version, state) => expect(nodeVerdict(version).state).toBe(state));
  test.each([
    ["1048576", "ok"],
    ["unlimited", "ok"],
    ["1024", "warn"],
    ["64", "fail"],
  ])("%s descriptors: %s", (soft, state) => {
    const limits = `Limit  Soft Limit  Hard Limit  Units\nMax open files            ${soft}      999999       files\n`;
    expect(filesVerdict(limits).state).toBe(state);
  });
  test("a system that does not tell is no warning", () => expect(filesVerdict(null).state).toBe("ok"));

  test("the disk is tried and left as it was, also where the folder is not there yet", async () => {
    const before = readdirSync(root);
    expect((await syncVerdict(join(root, "not/yet"))).says.en).toMatch(/takes \d+\.\d\d ms/);
    expect(readdirSync(root)).toEqual(before);
    expect((await spaceVerdict(join(root, "not/yet"))).says.en).toMatch(/free$/);
    expect([judgeSync(0.3).state, judgeSync(10).state]).toEqual(["ok", "warn"]);
  });
  test("a file in the folder's place fails", async () => {
    writeFileSync(join(root, "file"), "");
    expect((await syncVerdict(join(root, "file"))).state).toBe("fail");
  });

  test("key files: none, the owner's, everybody's", () => {
    const data = join(root, "data");
    mkdirSync(data);
    expect(guardedVerdict(data).state).toBe("ok");
    writeFileSync(join(data, "keys.json"), "secret-in-it", { mode: 0o600 });
    expect(guardedVerdict(data).state).toBe("ok");
    chmodSync(join(data, "keys.json"), 0o644);
    const open = guardedVerdict(data);
    expect(open.state).toBe("fail");
    expect(JSON.stringify(open)).not.toContain("secret-in-it");
  });

  test("NODE_EXTRA_CA_CERTS: absent, a certificate, no certificate, nothing", () => {
    writeFileSync(join(root, "ca.pem"), "-----BEGIN CERTIFICATE-----\n");
    expect(extraCaVerdict(undefined).state).toBe("ok");
    expect(extraCaVerdict(join(root, "ca.pem")).state).toBe("ok");
    expect(extraCaVerdict(join(root, "file")).state).toBe("fail");
    expect(extraCaVerdict(join(root, "nowhere")).state).toBe("fail");
  });

  test("ports: free, a gate that is ready, one that is not, somebody else's", async () => {
    let answer: object = { ready: true, checks: { ledger: "ok" } };
    const port = await listen(createHttp((_, reply) => reply.end(JSON.stringify(answer))));
    const gate = () => askGate(`http://127.0.0.1:${port}`, 1_000);
    expect((await portVerdict("127.0.0.1", 0, gate)).state).toBe("ok");
    expect((await portVerdict("127.0.0.1", port, gate)).says.en).toContain("gate that is ready");
    answer = { ready: false, checks: { ledger: "disk_full", draining: "false" } };
    expect((await portVerdict("127.0.0.1", port, gate)).says.en).toContain("ledger disk_full");
    // what somebody else's program says is not repeated
    answer = { ready: false, checks: { ledger: "<13800138000>" } };
    expect((await portVerdict("127.0.0.1", port, gate)).says.en).not.toContain("138");
    answer = { hello: true };
    expect((await portVerdict("127.0.0.1", port, gate)).says.en).toContain("another program");
    expect(await askGate("http://127.0.0.1:1", 1_000)).toEqual({ kind: "none" });
  });
});

describe("papers", () => {
  test.each([
    ["2026-06-01", "ok", "ok"],
    ["2026-11-02", "ok", "warn"],
    ["2027-01-01", "warn", "warn"],
  ])("on %s", (today, law, calendar) => {
    if (law === "ok" && today < "2026-10-01") expect(lawVerdict(LAW, today).state).toBe("ok");
    if (law === "warn") expect(lawVerdict(LAW, today).says.en).toContain("only until 2026-12-31");
    expect(calendarVerdict(LAW, today).state === "ok").toBe(calendar === "ok");
  });

  const paper = (more: Partial<Mechanism>): Mechanism => ({
    ...{ id: "m", type: "CERTIFICATION", exporters: ["acme"], scope: {} },
    ...{ validFrom: "2026-01-05", validUntil: "2029-01-04", ...more },
  });
  test.each<[string, Partial<Mechanism>, string, string]>([
    ["in force", {}, "ok", "2029-01-04"],
    ["its last day", { validUntil: "2026-07-01" }, "warn", "2026-07-01"],
    ["the day after", { validUntil: "2026-06-30" }, "fail", "expired on 2026-06-30"],
    ["pending", { status: "pending" }, "warn", "pending"],
    ["revoked", { status: "revoked" }, "warn", "revoked"],
    ["not yet", { validFrom: "2026-07-02" }, "warn", "takes effect on 2026-07-02"],
    ["filed", { type: "STANDARD_CONTRACT", filedDate: "2026-01-08" }, "ok", "2029"],
    ["unfiled, due passed", { type: "STANDARD_CONTRACT" }, "fail", "due on 2026-01-19"],
    ["unfiled, still time", { type: "STANDARD_CONTRACT", validFrom: "2026-06-26" }, "warn", "due on 2026-07-10"],
    ["rejected", { type: "STANDARD_CONTRACT", filingRejected: true }, "fail", "rejected"],
    [
      "an assessment extended",
      { type: "SECURITY_ASSESSMENT", validUntil: "2026-06-30", extendedUntil: "2029-06-30" },
      "ok",
      "2029-06-30",
    ],
    ["only an assessment is extended", { validUntil: "2026-06-30", extendedUntil: "2029-06-30" }, "fail", "2026-06-30"],
  ])("%s", (_, more, state, says) => {
    const verdict = mechanismVerdict(paper(more), LAW, "2026-07-01");
    expect(verdict.state).toBe(state);
    expect(verdict.says.en).toContain(says);
  });
});

describe("other papers", () => {
  test.each<[string | null, string | null, string]>([
    [null, null, "ok"],
    ["2026-07-01", "2027-07-01", "ok"],
    ["2026-01-01", "2026-08-01", "warn"],
    ["2026-01-01", "2026-07-01", "warn"], // its last day
    ["2026-01-01", "2026-06-30", "fail"],
    ["2026-07-02", null, "warn"],
  ])("from %s until %s: %s", (from, until, state) =>
    expect(termVerdict({ from, until }, "2026-07-01").state).toBe(state),
  );

  test("a trial is told while it runs, and only then", () => {
    const observe = { covers: "law", from: "2026-06-20", until: "2026-07-01", approvedBy: "a", reason: "b" } as const;
    const on = (day: string) =>
      observeChecks(
        [
          { id: "d", observe },
          { id: "e", observe: null },
        ] as unknown as Destination[],
        day,
      ).map(({ id }) => id);
    expect(on("2026-07-01")).toEqual(["observe:d"]);
    expect([on("2026-06-19"), on("2026-07-02")]).toEqual([[], []]);
  });
});

describe("the clock", () => {
  const at = (skewMs: number | null): Heard => ({ ok: true, ms: 1, skewMs });
  test.each<[string, Heard[], string, string]>([
    ["agrees", [at(300)], "ok", "agrees"],
    ["slow", [at(-20_000)], "warn", "20.0 s slow"],
    ["fast", [at(7_200_000)], "fail", "7200.0 s fast"],
    ["one liar among three", [at(100), at(-86_400_000), at(200)], "ok", "agrees"],
    ["two against one", [at(100), at(90_000), at(91_000)], "fail", "90.0 s fast"],
    ["nobody tells", [at(null), { ok: false, step: "tcp", code: "X" }], "warn", "no endpoint"],
  ])("%s", (_, heards, state, says) => {
    const verdict = clockVerdict("2026-07-01 12:00:00", heards);
    expect(verdict.state).toBe(state);
    expect(verdict.says.en).toContain(says);
    expect(verdict.says.zh).toContain("北京时间 2026-07-01 12:00:00");
  });
});

describe("the way to a destination", () => {
  const DATE = "Wed, 01 Jul 2026 00:00:00 GMT";
  const answering = () =>
    createHttp((request, reply) => {
      expect([request.method, request.headers["content-length"]]).toEqual(["HEAD", undefined]);
      reply.setHeader("date", DATE).end();
    });
  const way = (url: string, more: Partial<Way> = {}): Way => ({
    ...{ url, tls: { ca: null, min: "TLSv1.2" }, via: { proxy: null, localAddress: null }, ...more },
  });
  const refusing = async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((done) => server.close(done));
    return port;
  };

  test("plain: heard, with how far our clock is from its Date", async () => {
    const heard = await hear(way(`http://127.0.0.1:${await listen(answering())}/base`));
    expect(heard).toMatchObject({ ok: true });
    if (heard.ok) expect(Math.abs(heard.skewMs! - (Date.now() - Date.parse(DATE)))).toBeLessThan(5_000);
  });

  test("refused, unknown name, silence: each by its step, within its time", async () => {
    expect(await hear(way(`http://127.0.0.1:${await refusing()}`))).toEqual({
      ok: false,
      step: "tcp",
      code: "ECONNREFUSED",
    });
    const unknown = await hear(way("https://no-such-host.invalid"), 2_000);
    expect(unknown).toMatchObject({ ok: false, step: "dns" });
    const silent = await listen(createServer(() => {}));
    const begun = performance.now();
    expect(await hear(way(`https://127.0.0.1:${silent}`), 200)).toEqual({ ok: false, step: "tls", code: "TIMEOUT" });
    expect(performance.now() - begun).toBeLessThan(2_000);
    // reachable, but says nothing over HTTP: that is the clock's loss, and must not hang either
    expect(await hear(way(`http://127.0.0.1:${silent}`), 200)).toMatchObject({ ok: true, skewMs: null });
  });

  test("TLS: an unknown CA fails by its step, the destination's own CA opens", async () => {
    const [key, cert] = [join(root, "key.pem"), join(root, "cert.pem")];
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3"],
        ...[
          "-subj",
          "/CN=localhost",
          "-addext",
          "subjectAltName=DNS:localhost,IP:127.0.0.1",
          "-keyout",
          key,
          "-out",
          cert,
        ],
      ],
      { stdio: "ignore" },
    );
    const pem = readFileSync(cert, "utf8");
    const options = { key: readFileSync(key), cert: pem };
    const port = await listen(createHttps(options, (_, reply) => reply.setHeader("date", DATE).end()));
    const url = `https://127.0.0.1:${port}`;
    expect(await hear(way(url))).toMatchObject({ ok: false, step: "tls" });
    expect(await hear(way(url, { tls: { ca: pem, min: "TLSv1.3" } }))).toMatchObject({ ok: true });
    expect(caVerdict(pem, Date.now()).state).toBe("warn");
    expect(caVerdict(pem, Date.now() - 300 * 86_400_000).state).toBe("ok");
    expect(caVerdict(pem, Date.now() + 300 * 86_400_000).state).toBe("fail");
  });

  test("through a proxy: by CONNECT with its password; what it refuses is told as the proxy's", async () => {
    const target = await listen(answering());
    const seen: string[] = [];
    const proxy = createHttp();
    proxy.on("connect", ({ url, headers }, socket) => {
      seen.push(`${url} ${headers["proxy-authorization"]}`);
      if (headers["proxy-authorization"] === undefined) return void socket.end("HTTP/1.1 407 No\r\n\r\n");
      const onward = connect(target, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      onward.on("error", () => {});
      socket.on("error", () => {});
    });
    const port = await listen(proxy);
    const through = (who: string) =>
      way("http://api.example.invalid", { via: { proxy: `http://${who}127.0.0.1:${port}`, localAddress: null } });
    expect(await hear(through("me:p%40ss@"))).toMatchObject({ ok: true });
    expect(seen[0]).toBe(`api.example.invalid:80 Basic ${Buffer.from("me:p@ss").toString("base64")}`);
    const refused = await hear(through(""));
    expect(refused).toEqual({ ok: false, step: "proxy", code: "PROXY_STATUS_407" });
    const dead = way("https://api.example.invalid", {
      via: { proxy: `http://127.0.0.1:${await refusing()}`, localAddress: null },
    });
    expect(await hear(dead)).toMatchObject({ ok: false, step: "proxy", code: "ECONNREFUSED" });
  });

  test("verdicts: overseas fails, on this machine it is only not started", () => {
    const heard: Heard = { ok: false, step: "tcp", code: "ECONNREFUSED" };
    expect(destinationVerdict(way("https://api.openai.com"), heard).state).toBe("fail");
    expect(destinationVerdict(way("http://127.0.0.1:8791"), heard).state).toBe("warn");
    expect(destinationVerdict(way("http://localhost:8791"), heard).state).toBe("warn");
    expect(destinationVerdict(way("https://127.0.0.1.example.com"), heard).state).toBe("fail");
    expect(destinationVerdict(way("https://a.example"), { ok: true, ms: 12, skewMs: 0 }).state).toBe("ok");
  });
});

describe("everything at once", () => {
  const SECRET = "sk-verysecret-1234";
  test("a policy with a dead destination and an expired paper: told in time, without its secrets", async () => {
    const dir = mkdtempSync(join(root, "policies-"));
    const silent = await listen(createServer(() => {}));
    writeFileSync(
      join(dir, "yumen.yaml"),
      `apiVersion: yumen/v1
exporters: [{ id: acme, name: Acme, ciio: false }]
recipients: [{ id: r, name: R, country: US, contact: 13800138000 }]
purposes: [{ id: p, label: p, basis: consent }]
destinations:
  - { id: d, recipient: r, url: "https://127.0.0.1:${silent}", credentials: { mode: inject, inject: { authorization: env:KEY } } }
mechanisms: [{ id: old, type: certification, exporters: acme, validFrom: 2022-01-01, validUntil: 2024-01-01, scope: {} }]
callers: [{ id: c, loopback: true, exporters: acme, destinations: d, purposes: p }]
rules: [{ id: x, why: x, action: forward, match: {} }]
`.replace("contact: 13800138000", 'contact: "13800138000"'),
    );
    const begun = performance.now();
    const flags = { policies: dir, data: join(root, "none"), port: "0", adminPort: "0" };
    const found = await examine(flags, { KEY: SECRET, PATH: process.env.PATH }, {}, Date.UTC(2026, 6, 1));
    expect(performance.now() - begun).toBeLessThan(CHECK_MS_MAX + 3_000);
    const state = Object.fromEntries(found.map((one) => [one.id, one.state]));
    expect(state).toMatchObject({
      config: "ok",
      law: "ok",
      calendar: "ok",
      policy: "warn",
      "mechanism:old": "fail",
      "destination:d": "warn",
    });
    expect(JSON.stringify(found)).not.toMatch(/verysecret|13800138000/);
  });

  test("what comes first fails: the rest is examined all the same", async () => {
    const flags = { policies: join(root, "nowhere"), data: join(root, "none") };
    const found = await examine(flags, { YUMEN_PROT: SECRET }, {}, Date.now());
    const state = Object.fromEntries(found.map((one) => [one.id, one.state]));
    expect(state).toMatchObject({ config: "fail", node: "ok", disk: expect.any(String), law: expect.any(String) });
    expect(JSON.stringify(found)).not.toContain(SECRET);
    const lawless = await examine({ law: join(root, "nowhere"), port: "0", adminPort: "0" }, {}, {}, Date.now());
    expect(lawless.find(({ id }) => id === "law")!.state).toBe("fail");
    expect(lawless.some(({ id }) => id === "policy")).toBe(false);
  });
});
