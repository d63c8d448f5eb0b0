// Dry runs against a gate that runs: nothing reaches the recipient, the record stays whole, and a look at the stores from
// outside does not take them away from the gate.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DryRunAnswer } from "../../src/io/dry-run/tell.ts";
import { readEntries } from "../../src/io/ledger/read.ts";
import { chat, type House, openHouse, yumen } from "./gate.ts";

const MOBILE = "13712345679";
const DRY = { "x-yumen-dry-run": "1" };

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const received = () => house.overseas.seen.length;

test("an SDK's request with one header more is answered, not sent", async () => {
  const response = await chat(house.gate, "客户电话 13800138000", { subject: "id:zhang", stream: true, headers: DRY });
  expect([response.status, response.headers.get("x-yumen-dry-run")]).toEqual([200, "1"]);
  const answer = (await response.json()) as DryRunAnswer;
  expect(answer).toMatchObject({ action: "forward", people: 1, counts: { gross: 0 } });
  expect(received()).toBe(0);
  // the same for good: still nobody was counted
  await chat(house.gate, "客户电话 13800138000", { subject: "id:zhang" });
  expect(received()).toBe(1);
  const after = await chat(house.gate, "客户电话 13800138000", { subject: "id:zhang", headers: DRY });
  expect(await after.json()).toMatchObject({ people: 1, counts: { gross: 1 } });
});

test("a large body is read in a thread", async () => {
  const before = received();
  const text = `${"很长的正文。".repeat(60_000)}客户电话 ${MOBILE}`;
  const response = await chat(house.gate, text, { headers: DRY });
  const answer = (await response.json()) as DryRunAnswer;
  expect(answer.findings).toMatchObject([{ type: "cn-mobile", path: "/messages/0/content", start: 360_005 }]);
  expect([answer.action, received()]).toEqual(["block", before]);
});

test("yumen try: by the gate, and beside it with its data; the gate keeps its stores", async () => {
  const before = received();
  const body = JSON.stringify({
    model: "echo",
    messages: [{ role: "user", content: "给身份证 11010519491231002X 写信" }],
  });
  const request = ["try", "-", "--destination", "openai", "--subject", "id:zhang", "--conversation", "c", "--json"];
  const asked = yumen([...request, "--gate", house.gate.gate], body);
  expect([asked.code, asked.stderr]).toEqual([0, ""]);
  const { data } = house.gate;
  const beside = yumen([...request, "--data", data, "--policies", join(data, "policies")], body);
  expect([beside.code, beside.stderr]).toEqual([0, ""]);
  const [one, other] = [JSON.parse(asked.stdout), JSON.parse(beside.stdout)] as [DryRunAnswer, DryRunAnswer];
  expect({ ...other, decision: "" }).toEqual({ ...one, decision: "" });
  expect([one.action, received()]).toEqual(["pseudonymize", before]);
  // it may still count
  const sent = await chat(house.gate, "给身份证 11010519491231002X 写信", { subject: "id:zhang" });
  expect([sent.status, received()]).toEqual([200, before + 1]);

  const blocked = yumen(
    ["try", "-", "--destination", "openai", "--lang", "en", "--gate", house.gate.gate],
    `电话 ${MOBILE}`,
  );
  expect([blocked.code, blocked.stderr]).toEqual([1, ""]);
  expect(blocked.stdout).toContain("would be blocked");
  const unknown = yumen(["try", "-", "--destination", "nowhere", "--gate", house.gate.gate], body);
  expect([unknown.code, unknown.stdout]).toEqual([2, ""]);
  expect(unknown.stderr).toContain("destination_unknown");
  const nobody = yumen(["try", "-", "--destination", "openai", "--gate", "http://127.0.0.1:9"], body);
  expect([nobody.code, nobody.stdout]).toEqual([2, ""]);
});

test("the record is whole and says that it was asked; nothing in it or in the log says a value", async () => {
  const response = await chat(house.gate, `客户电话 ${MOBILE}`, { headers: DRY });
  const { decision } = (await response.json()) as DryRunAnswer;
  const { data } = house.gate;
  await house.gate.stop();
  const entries: Record<string, unknown>[] = [];
  for await (const { entry } of readEntries(join(data, "ledger"))) entries.push(JSON.parse(entry));
  const asked = {
    kind: "crossing",
    action: "block",
    rule: "dry_run",
    dryRun: true,
    would: "block",
    people: [],
    new: [],
  };
  expect(entries.filter(({ id }) => id === decision)).toMatchObject([asked]);
  const verified = yumen(["verify", join(data, "ledger"), "--json"]);
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
  const kept = readdirSync(data, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), "latin1"));
  expect(kept.join("") + house.gate.output()).not.toContain(MOBILE);
});
