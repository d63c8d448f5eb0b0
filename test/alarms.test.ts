// Alarms: raised once, cleared once, brought to places over real HTTP. Laws: telling never waits and never throws; what
// is given up is counted; nothing of a secret or of an answer comes out.

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type Change, createAlarms, type Raised } from "../src/io/alarms/alarms.ts";
import { createDeliver, type DeliverParts } from "../src/io/alarms/deliver.ts";
import type { Undelivered } from "../src/io/alarms/outbox.ts";
import { isTaken, messageOf } from "../src/io/alarms/places.ts";
import { say } from "../src/io/alarms/say.ts";
import { watchUnknown } from "../src/io/orders/unknown.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { AlarmPlace } from "../src/words.ts";
import { policyOf } from "./decide/cases.ts";

const NOW = Date.parse("2026-11-22T08:00:00.000Z");
const clock = { ms: NOW, nowMs: () => clock.ms };

function opened() {
  const told: string[] = [];
  const alarms = createAlarms(clock, ({ what, alarm }) => told.push(`${what} ${alarm.code} ${alarm.about}`));
  return { alarms, told };
}

const late = (about: string, severity: Raised["severity"] = "warning"): Raised => ({
  code: "duty_overdue",
  about,
  severity,
});

test("an order on a name that policy does not know is told as long as it stands and the name is unknown", () => {
  const { alarms, told } = opened();
  const hold = { of: "recipient" as const, reason: "r", order: null, by: "op", at: "2026-11-22T08:00:00.000Z" };
  const holds = [
    { ...hold, id: "hold_1", target: "acme" },
    { ...hold, id: "hold_2", target: "acme-before" },
  ];
  const world = { policy: policyOf(), holds };
  const orders = { current: () => ({ holds: world.holds, releases: [] }) };
  const watch = watchUnknown(orders, () => world.policy, alarms);
  expect(told).toEqual(["raised hold_unknown hold_2"]);
  world.policy = policyOf({ recipients: new Map() });
  watch.look();
  expect(alarms.open().map(({ about, details }) => [about, details["target"]])).toEqual([
    ["hold_2", "acme-before"],
    ["hold_1", "acme"],
  ]);
  [world.policy, world.holds] = [policyOf(), holds.slice(0, 1)];
  watch.look();
  expect(alarms.open()).toEqual([]);
  watch.close();
});

describe("raised and cleared", () => {
  test("once each, however often it is raised; a graver one is told again", () => {
    const { alarms, told } = opened();
    for (let i = 0; i < 3; i += 1) alarms.raise(late("a"));
    alarms.raise(late("a", "critical"));
    alarms.raise(late("a"));
    alarms.clear("duty_overdue", "a");
    alarms.clear("duty_overdue", "a");
    expect(told).toEqual(["raised duty_overdue a", "raised duty_overdue a", "cleared duty_overdue a"]);
  });
  test("it stands since it was raised first", () => {
    const { alarms } = opened();
    alarms.raise(late("a"));
    clock.ms += 60_000;
    alarms.raise(late("a", "critical"));
    alarms.raise(late("b"));
    expect(alarms.open().map(({ about, severity, since }) => [about, severity, since])).toEqual([
      ["a", "critical", "2026-11-22T08:00:00.000Z"],
      ["b", "warning", "2026-11-22T08:01:00.000Z"],
    ]);
    clock.ms = NOW;
  });
  test("what a watcher no longer sees is cleared; what another sees is left alone", () => {
    const { alarms, told } = opened();
    alarms.standing("duties", [late("a"), late("b")]);
    alarms.raise(late("c"));
    alarms.standing("other", [late("d")]);
    told.length = 0;
    alarms.standing("duties", [late("b"), late("e")]);
    expect(told).toEqual(["cleared duty_overdue a", "raised duty_overdue e"]);
    expect(
      alarms
        .open()
        .map(({ about }) => about)
        .sort(),
    ).toEqual(["b", "c", "d", "e"]);
  });
  test("a flood is one alarm more, not a million", () => {
    const { alarms } = opened();
    for (let i = 0; i < 5_000; i += 1) alarms.raise(late(`a${i}`));
    expect(alarms.open()).toHaveLength(1_001);
    expect(alarms.open()[0]).toMatchObject({ code: "alarms_many", severity: "critical" });
  });
});

const CHANGE: Change = {
  what: "raised",
  alarm: {
    ...late("access.2026-12-31"),
    since: "2026-11-22T08:00:00.000Z",
    details: { due: "2026-11-21", owner: "dpo" },
  },
};
const PLACE: AlarmPlace = { id: "ops", kind: "webhook", url: "https://h.example/x", language: "zh", from: "info" };
const hmac = (key: string, text: string) => createHmac("sha256", key).update(text).digest("base64");

describe("what is said", () => {
  test("in both languages: what, about what, since when", () => {
    expect(say(CHANGE, "zh")).toEqual([
      ...["玉门关 [警告] 义务逾期", "access.2026-12-31", "due: 2026-11-21", "owner: dpo"],
      "duty_overdue · 2026-11-22T08:00:00.000Z",
    ]);
    expect(say({ ...CHANGE, what: "cleared" }, "en")[0]).toBe("Yumen [cleared] a duty is overdue");
    expect(say({ ...CHANGE, alarm: { ...CHANGE.alarm, code: "odd" } }, "en")[0]).toBe("Yumen [warning] odd");
  });
  test("a webhook: JSON, signed with the second", () => {
    const { body, headers } = messageOf({ ...PLACE, secret: "s3" }, CHANGE, NOW + 999);
    expect(JSON.parse(body)).toMatchObject({ v: 1, what: "raised", code: "duty_overdue", severity: "warning" });
    const t = NOW / 1000;
    const v1 = createHmac("sha256", "s3").update(`${t}.${body}`).digest("hex");
    expect(headers["x-yumen-signature"]).toBe(`t=${t},v1=${v1}`);
    expect(messageOf(PLACE, CHANGE, NOW).headers["x-yumen-signature"]).toBeUndefined();
  });
  test("Feishu: the key is time and secret, in seconds; what is signed is empty", () => {
    const { body, url } = messageOf({ ...PLACE, kind: "feishu", secret: "s" }, CHANGE, NOW);
    const t = String(NOW / 1000);
    expect(JSON.parse(body)).toMatchObject({ timestamp: t, sign: hmac(`${t}\ns`, ""), msg_type: "text" });
    expect(JSON.parse(body).content.text).toContain("义务逾期\naccess");
    expect(url).toBe(PLACE.url);
    expect(JSON.parse(messageOf({ ...PLACE, kind: "feishu" }, CHANGE, NOW).body)).not.toHaveProperty("sign");
  });
  test("DingTalk: time in milliseconds and signature in the address, beside its token", () => {
    const place = { ...PLACE, kind: "dingtalk" as const, url: "https://d.example/send?access_token=a", secret: "SECx" };
    const { body, url } = messageOf(place, CHANGE, NOW);
    const { searchParams } = new URL(url);
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ access_token: "a", timestamp: String(NOW) },
      sign: hmac("SECx", `${NOW}\nSECx`),
    });
    expect(JSON.parse(body)).toEqual({ msgtype: "text", text: { content: say(CHANGE, "zh").join("\n") } });
  });
  test("WeCom: text, never past its 2,048 bytes", () => {
    const long = { ...CHANGE, alarm: { ...CHANGE.alarm, details: { x: "好".repeat(5_000) } } };
    const { body, url } = messageOf({ ...PLACE, kind: "wecom", url: "https://w.example/send?key=k" }, long, NOW);
    expect(url).toBe("https://w.example/send?key=k");
    expect(Buffer.byteLength(JSON.parse(body).text.content)).toBeLessThanOrEqual(2_048);
  });
  test.each([
    ["webhook", 204, "", true],
    ["webhook", 302, "", false],
    ["feishu", 200, '{"code":0}', true],
    ["feishu", 200, '{"code":19021,"msg":"sign match fail"}', false],
    ["dingtalk", 200, '{"errcode":0,"errmsg":"ok"}', true],
    ["dingtalk", 200, '{"errcode":310000}', false],
    ["wecom", 200, '{"errcode":45009}', false],
    ["wecom", 500, '{"errcode":0}', false],
    ["wecom", 200, "<html>", false],
  ] as const)("%s %i %s: taken %s", (kind, status, text, taken) => expect(isTaken(kind, status, text)).toBe(taken));
});

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** @param answers by turns; the last stays. null: never. */
async function listening(...answers: readonly (readonly [status: number, body: string] | null)[]) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = answers[Math.min(heard.length, answers.length - 1)]!;
    heard.push({ headers: request.headers, body });
    if (answer !== null) response.writeHead(answer[0], { location: "http://127.0.0.1:1/" }).end(answer[1]);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

function delivering(alarms: readonly AlarmPlace[], change: Partial<DeliverParts> = {}) {
  const counted: string[] = [];
  const parts = { policy: () => ({ alarms }), clock, dir: "/nowhere", env: {}, pauseMs: () => 1, timeoutMs: 10_000 };
  const deliver = createDeliver({ ...parts, counted: (place, how) => counted.push(`${place} ${how}`), ...change });
  return { deliver, counted };
}

const until = async (holds: () => boolean) => {
  for (let i = 0; i < 400 && !holds(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
};

describe("brought to its places", () => {
  test("address and secret by reference; signed as the place can check; in order", async () => {
    const { heard, url } = await listening([200, ""]);
    const place = { ...PLACE, url: "env:HOOK", secret: "env:KEY" };
    const { deliver, counted } = delivering([place], { env: { HOOK: url, KEY: "k1" } });
    deliver.tell(CHANGE);
    deliver.tell({ ...CHANGE, what: "cleared" });
    await until(() => counted.filter((one) => one === "ops sent").length === 2);
    expect(heard.map(({ body }) => JSON.parse(body).what)).toEqual(["raised", "cleared"]);
    const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(String(heard[0]!.headers["x-yumen-signature"]))!;
    expect(createHmac("sha256", "k1").update(`${t}.${heard[0]!.body}`).digest("hex")).toBe(v1);
    await deliver.close();
  });
  test("told again after a failure, a bounded number of times; then it is counted as dropped", async () => {
    const good = await listening([500, ""], [200, '{"code":1}'], [200, '{"code":0}']);
    const bad = await listening([503, ""]);
    const { deliver, counted } = delivering([
      { ...PLACE, id: "good", kind: "feishu", url: good.url },
      { ...PLACE, id: "bad", url: bad.url },
    ]);
    deliver.tell(CHANGE);
    await until(() => counted.filter((one) => !one.endsWith("retried")).length === 2);
    expect(counted.filter((one) => one.startsWith("good")).sort()).toEqual([
      "good retried",
      "good retried",
      "good sent",
    ]);
    expect(counted.filter((one) => one.startsWith("bad")).at(-1)).toBe("bad dropped");
    expect(bad.heard).toHaveLength(4);
    await deliver.close();
  });
  test("a place that never answers holds up no other, and nobody who tells", async () => {
    const [dumb, quick] = [await listening(null), await listening([200, ""])];
    const { deliver, counted } = delivering([
      { ...PLACE, id: "dumb", url: dumb.url },
      { ...PLACE, id: "quick", url: quick.url },
    ]);
    for (let i = 0; i < 250; i += 1) deliver.tell(CHANGE);
    // two hundred wait, the rest is given up at once
    expect(counted.filter((one) => one === "dumb dropped")).toHaveLength(50);
    await until(() => counted.filter((one) => one === "quick sent").length === 200);
    const begun = performance.now();
    await deliver.close(10);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(counted.filter((one) => one === "dumb dropped")).toHaveLength(250);
  });
  test("regression: what no place took was gone with the process; the next one brings it, once, and in order", async () => {
    const { register } = openMemoryStores();
    const outbox = register.shelf<Undelivered>("alarm-message");
    const away = await listening([503, ""]);
    const first = delivering([{ ...PLACE, url: away.url }], { outbox, roundMs: () => 60_000 });
    first.deliver.tell(CHANGE);
    first.deliver.tell({ ...CHANGE, what: "cleared" });
    first.deliver.tell({ ...CHANGE, alarm: { ...CHANGE.alarm, about: "other" } });
    await until(() => away.heard.length === 8);
    await first.deliver.close(1);
    expect(outbox.all()).toHaveLength(3);
    expect(first.counted.filter((one) => one.endsWith("dropped"))).toEqual([]);
    const back = await listening([200, ""]);
    const second = delivering([{ ...PLACE, url: back.url }], { outbox });
    // the new process raises anew what still stands: it is on its way already
    second.deliver.tell({ ...CHANGE, alarm: { ...CHANGE.alarm, about: "other", since: "2026-11-23T00:00:00.000Z" } });
    await until(() => back.heard.length === 3);
    await second.deliver.close();
    const told = back.heard.map(({ body }) => JSON.parse(body));
    expect(told.map(({ what, about }) => `${what} ${about}`)).toEqual([
      "raised access.2026-12-31",
      "cleared access.2026-12-31",
      "raised other",
    ]);
    // the same message has the same key, whenever it is sent
    expect(new Set(told.map(({ key }) => key)).size).toBe(3);
    expect(JSON.parse(away.heard[0]!.body).key).toBe(told[0].key);
    expect(outbox.all()).toEqual([]);
    expect(second.counted).toEqual(["ops sent", "ops sent", "ops sent"]);
  });
  test("one that its place refuses for ever holds up no other; after a day it is given up and counted", async () => {
    const { register } = openMemoryStores();
    const outbox = register.shelf<Undelivered>("alarm-message");
    const heard: string[] = [];
    const refuses = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        heard.push(JSON.parse(body).about);
        response.writeHead(heard.at(-1) === "bad" ? 400 : 200).end();
      });
    }).listen(0);
    const url = `http://127.0.0.1:${(refuses.address() as AddressInfo).port}/`;
    const { deliver, counted } = delivering([{ ...PLACE, url }], { outbox, roundMs: () => 20 });
    const about = (id: string) => ({ ...CHANGE, alarm: { ...CHANGE.alarm, about: id } });
    for (const id of ["bad", "a", "b"]) deliver.tell(about(id));
    await until(() => counted.filter((one) => one === "ops sent").length === 2);
    expect(heard.slice(0, 6)).toEqual(["bad", "bad", "bad", "bad", "a", "b"]);
    clock.ms += 86_400_000;
    await until(() => counted.includes("ops dropped"));
    clock.ms = NOW;
    await deliver.close();
    expect(outbox.all()).toEqual([]);
    refuses.close();
  });
  test("what comes while a place is left alone is tried at once", async () => {
    const outbox = openMemoryStores().register.shelf<Undelivered>("alarm-message");
    const { heard, url } = await listening([503, ""], [503, ""], [503, ""], [503, ""], [200, ""]);
    const { deliver, counted } = delivering([{ ...PLACE, url }], { outbox, roundMs: () => 600_000 });
    deliver.tell(CHANGE);
    await until(() => heard.length === 4);
    await new Promise((resolve) => setTimeout(resolve, 20));
    deliver.tell({ ...CHANGE, alarm: { ...CHANGE.alarm, about: "other" } });
    await until(() => counted.includes("ops sent"));
    await deliver.close(1);
    expect(outbox.all().map(({ change }) => change.alarm.about)).toEqual([CHANGE.alarm.about]);
  });
  test("a shelf that fails keeps nobody from being told", async () => {
    const { heard, url } = await listening([200, ""]);
    const fails = () => Promise.reject(new Error("disk full"));
    const outbox = { get: () => undefined, all: () => [], change: fails, remove: fails };
    const { deliver, counted } = delivering([{ ...PLACE, url }], { outbox });
    deliver.tell(CHANGE);
    await until(() => counted.includes("ops sent"));
    await deliver.close();
    expect(heard).toHaveLength(1);
  });
  test("the mild ones stay away from who wants the grave", async () => {
    const { heard, url } = await listening([200, ""]);
    const { deliver, counted } = delivering([{ ...PLACE, url, from: "critical" }]);
    deliver.tell(CHANGE);
    deliver.tell({ ...CHANGE, alarm: { ...CHANGE.alarm, severity: "critical" } });
    await until(() => counted.length === 1);
    expect(heard).toHaveLength(1);
    await deliver.close();
  });
  test("tried at once: how each place answered, in codes", async () => {
    const [ok, no, moved] = [
      await listening([200, ""]),
      await listening([401, "who is 13800138000"]),
      await listening([307, ""]),
    ];
    const { deliver } = delivering(
      [
        { ...PLACE, id: "ok", url: ok.url },
        { ...PLACE, id: "no", url: no.url },
        { ...PLACE, id: "moved", url: moved.url },
        { ...PLACE, id: "unset", url: "env:NONE" },
        { ...PLACE, id: "plain", url: "env:PLAIN" },
        { ...PLACE, id: "gone", url: "http://127.0.0.1:1/" },
      ],
      { env: { PLAIN: "http://elsewhere.example/" } },
    );
    expect(await deliver.test(CHANGE)).toEqual({
      ...{ ok: "sent", no: "refused", moved: "refused", unset: "secret_unreadable", plain: "address_invalid" },
      gone: "unreachable",
    });
  });
});
