// What takes two people: each sentence of io/admin/proposals, suspend and identities that a test can break.

import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isOver } from "../src/decide/holds.ts";
import { identityShelf } from "../src/io/admin/identities/stored.ts";
import { holdShelf } from "../src/io/orders/shelves.ts";
import { NOW, openPlane, type Plane } from "./plane.ts";

let plane: Plane;
beforeAll(async () => {
  plane = await openPlane({
    ...{ olga: ["operator"], rita: ["reviewer"], anna: ["approver"], bert: ["approver"], audit: ["auditor"] },
    both: ["operator", "approver"],
  });
});
afterAll(() => plane.close());
beforeEach(() => {
  plane.clock.ms = NOW;
  plane.ledger.fails = false;
  plane.entries.length = 0;
});

const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");
const suspend = (body: object = {}, who = "olga") =>
  plane.call(who, "POST", "/v1/suspend", { of: "recipient", target: "acme", reason: "drill", ...body });
const propose = (hold: string, more: object = {}, who = "olga") =>
  plane.call(who, "POST", "/v1/proposals", { action: "resume", body: { hold, reason: "the drill is over" }, ...more });
const approve = (id: string, digest: string, who = "anna") =>
  plane.call(who, "POST", `/v1/proposals/${id}/approve`, { digest });
const kinds = () => plane.entries.map(({ kind, step }) => (step === undefined ? kind : `${kind} ${step}`));
const freshHold = async () => (await suspend()).json.id as string;

describe("suspend", () => {
  test("one person shuts a way: durable, in force, and in the ledger without its words", async () => {
    const { status, json } = await suspend({ order: "网信办〔2026〕12号", hard: true });
    expect(status).toBe(201);
    expect(json).toMatchObject({ of: "recipient", target: "acme", by: "olga", lifted: null, ended: 0 });
    expect(plane.orders.current()?.holds.map(({ id }) => id)).toContain(json.id);
    expect(plane.entries).toEqual([expect.objectContaining({ kind: "suspend", id: json.id, by: "olga", hard: true })]);
    expect(JSON.stringify(plane.entries)).not.toMatch(/drill|12号/);
  });

  test("is idempotent by the id that the caller gives, and another order under it is refused", async () => {
    const id = "drill-2026-06";
    expect((await suspend({ id })).status).toBe(201);
    expect((await suspend({ id })).status).toBe(200);
    expect((await suspend({ id, of: "all", target: null })).status).toBe(409);
    expect(plane.entries.map(({ added }) => added)).toEqual([true, false]);
  });

  test.each(["tel-13800138000", "tel-8613800138000", "card_6222020200112233445"])(
    "regression: %s is no id of an order or a proposal, and stands in no entry",
    async (id) => {
      const answers = [await suspend({ id }), await propose("drill-2026-06", { id })];
      for (const { status, json, text } of answers) {
        expect([status, json.errors[0].pointer, text.includes(id)]).toEqual([400, "/id", false]);
      }
      expect(plane.entries).toEqual([]);
    },
  );

  test("under an id that two people have lifted is refused: it would stop nothing", async () => {
    const id = "incident-2026-06";
    await suspend({ id, of: "all", target: null });
    await plane.both("olga", "anna", "resume", { hold: id, reason: "over" });
    plane.entries.length = 0;
    const again = await suspend({ id, of: "all", target: null });
    expect([again.status, again.json.code]).toEqual([409, "hold_lifted"]);
    expect(plane.entries).toEqual([]);
  });

  test("stands although the ledger takes no entry; its sender hears it, and sending it again tells it", async () => {
    plane.ledger.fails = true;
    expect((await suspend({ id: "unwritten-1" })).status).toBe(503);
    expect(plane.orders.current()?.holds.some(({ id }) => id === "unwritten-1")).toBe(true);
    plane.ledger.fails = false;
    expect((await suspend({ id: "unwritten-1" })).status).toBe(200);
    expect(kinds()).toEqual(["suspend"]);
  });

  test.each([
    ["a name that policy does not know", { target: "acmee" }, "/target"],
    ["all of something", { of: "all" }, "/target"],
    ["nothing of something", { target: null }, "/target"],
    ["a reason with somebody's number", { reason: "王小明 13800138000 要求" }, "/reason"],
    ["a reason with a bare name", { reason: "客户王小明投诉" }, "/reason"],
    ["… in English", { reason: "Customer Zhang Wei complained" }, "/reason"],
    ["a reference with one", { order: "per request of 李四" }, "/order"],
    ["no reason", { reason: "  " }, "/reason"],
    ["a line of another log", { reason: "a\u0000b" }, "/reason"],
  ])("%s is refused with its place", async (_what, body, pointer) => {
    const { status, json, text } = await suspend(body);
    expect([status, json.errors[0].pointer]).toEqual([400, pointer]);
    expect(text).not.toContain("13800138000");
  });

  test.each([
    ["客户王小明投诉", "person", "王小明"],
    ["call 13800138000 back", "cn-mobile", "13800138000"],
  ])("words that hold somebody are refused by the kind, and not told: %#", async (reason, kind, value) => {
    const { json, text } = await suspend({ reason });
    expect(json.errors[0].detail).toContain(`seen: ${kind}`);
    expect(text).not.toContain(value);
  });

  test("a hold that policy does not know any more is over everything, and the one page says so", async () => {
    const id = "renamed-2026-06";
    const stored = { of: "recipient" as const, target: "acme-before", reason: "", order: null, by: "olga" };
    const found = { id, ...stored, at: new Date(NOW).toISOString(), hard: false, file: null };
    await holdShelf(plane.stores.register).change(id, () => ({ ...found, lifted: null }));
    const way = {
      exporter: "shop",
      handler: "shop",
      destination: "acme-api",
      recipient: "acme",
      purpose: "support",
      policy: plane.policy,
    };
    const about = plane.orders.current()!.holds.filter((hold) => isOver(hold, way));
    expect(about.map((hold) => hold.id)).toContain(id);
    const { shut } = (await plane.call("audit", "GET", "/v1/status")).json;
    const known = new Map(shut.holds.map((one: { id: string; known: boolean }) => [one.id, one.known]));
    expect(known.get(id)).toBe(false);
    await holdShelf(plane.stores.register).change(id, (one) => ({ ...one!, target: "acme" }));
    const again = (await plane.call("audit", "GET", "/v1/status")).json.shut.holds;
    expect(again.find((one: { id: string }) => one.id === id).known).toBe(true);
  });

  test("the list comes in pages, and says what policy does not know any more", async () => {
    await freshHold();
    await holdShelf(plane.stores.register).change("hold_0", () => ({
      ...{
        id: "hold_0",
        of: "recipient",
        target: "gone",
        reason: "",
        order: null,
        by: "x",
        at: "2026-01-01T00:00:00.000Z",
      },
      ...{ hard: false, file: null, lifted: null },
    }));
    const first = (await plane.call("audit", "GET", "/v1/holds?limit=1")).json;
    expect(first.items).toHaveLength(1);
    const rest = (await plane.call("audit", "GET", `/v1/holds?after=${first.next}&limit=500`)).json;
    expect(rest.next).toBeNull();
    const all = [...first.items, ...rest.items];
    expect(all.map(({ id }) => id)).toEqual([...all.map(({ id }) => id)].sort());
    expect(all.find(({ id }) => id === "hold_0").known).toBe(false);
    expect((await plane.call("audit", "GET", "/v1/holds?limit=0")).status).toBe(400);
  });
});

describe("resume", () => {
  test("takes two: proposed by one, approved by another, told step by step, in force after its entry", async () => {
    const hold = await freshHold();
    plane.entries.length = 0;
    const { json: proposal } = await propose(hold);
    expect(proposal).toMatchObject({ state: "open", proposedBy: "olga", approvedBy: null, body: { hold } });
    expect(plane.orders.current()?.holds.some(({ id }) => id === hold)).toBe(true);
    const { status, json } = await approve(proposal.id, proposal.digest);
    expect([status, json.state, json.approvedBy]).toEqual([200, "done", "anna"]);
    expect(plane.orders.current()?.holds.some(({ id }) => id === hold)).toBe(false);
    expect(kinds()).toEqual(["proposal proposed", "proposal approved", "resume"]);
    expect(plane.entries[2]).toMatchObject({ id: hold, by: ["olga", "anna"], proposal: proposal.id });
  });

  test("by one person alone is refused: with one token, and with another of theirs", async () => {
    const { json } = await propose(await freshHold(), {}, "both");
    expect((await approve(json.id, json.digest, "both")).json.code).toBe("second_person_needed");
    const { json: rotated } = await plane.call("both", "POST", "/v1/identities/both/rotate", { overlapMinutes: 5 });
    expect((await approve(json.id, json.digest, rotated.token)).status).toBe(403);
    expect((await approve(json.id, json.digest, "both")).status).toBe(403);
    expect((await approve(json.id, json.digest, "anna")).status).toBe(200);
  });

  test("takes two who have a seat: one whom an admin made alone neither proposes nor approves", async () => {
    await identityShelf(plane.stores.register).change("nils", () => ({
      ...identityShelf(plane.stores.register).get("anna")!,
      ...{ id: "nils", roles: ["operator", "approver"], seat: null },
      tokens: [{ sha256: sha256Of("nils-token"), issuedBy: "nils", expiresAt: "2027-01-01T00:00:00.000Z" }],
    }));
    expect((await propose(await freshHold(), {}, "nils-token")).json.code).toBe("person_unvouched");
    const { json } = await propose(await freshHold());
    expect((await approve(json.id, json.digest, "nils-token")).json.code).toBe("person_unvouched");
  });

  test("is refused where its proposer has been disabled, or seated anew, since", async () => {
    const shelf = identityShelf(plane.stores.register);
    const before = shelf.get("rita")!;
    const { json } = await propose(await freshHold(), {}, "rita");
    await shelf.change("rita", (one) => ({ ...one!, seat: { ...one!.seat!, id: "another" } }));
    expect((await approve(json.id, json.digest)).json.code).toBe("proposer_gone");
    await shelf.change("rita", () => ({ ...before, disabled: { at: "2026-06-01T00:00:00.000Z", by: "admin" } }));
    expect((await approve(json.id, json.digest)).json.code).toBe("proposer_gone");
    await shelf.change("rita", () => before);
    expect((await approve(json.id, json.digest)).status).toBe(200);
  });

  test("by a role that may not is refused, in either part", async () => {
    const hold = await freshHold();
    expect((await propose(hold, {}, "audit")).status).toBe(403);
    const { json } = await propose(hold);
    for (const who of ["olga", "rita", "audit"]) expect((await approve(json.id, json.digest, who)).status).toBe(403);
    expect(plane.orders.current()?.holds.some(({ id }) => id === hold)).toBe(true);
  });

  test("after its time, or withdrawn, or changed since it was shown, is refused and changes nothing", async () => {
    const hold = await freshHold();
    const { json: old } = await propose(hold, { openMinutes: 10 });
    expect((await approve(old.id, "0".repeat(64))).json.code).toBe("proposal_changed");
    plane.clock.ms = NOW + 10 * 60_000;
    expect((await approve(old.id, old.digest)).json.code).toBe("proposal_expired");
    const { json } = await propose(hold);
    expect((await plane.call("rita", "POST", `/v1/proposals/${json.id}/withdraw`)).status).toBe(403);
    expect((await plane.call("olga", "POST", `/v1/proposals/${json.id}/withdraw`)).json.state).toBe("withdrawn");
    expect((await approve(json.id, json.digest)).json.code).toBe("proposal_closed");
    expect((await approve("prp_unknown", json.digest)).status).toBe(404);
    expect(plane.orders.current()?.holds.some(({ id }) => id === hold)).toBe(true);
    const listed = (await plane.call("audit", "GET", "/v1/proposals?state=expired")).json.items;
    expect(listed.map(({ id }: { id: string }) => id)).toContain(old.id);
  });

  test("what was changed on the shelf behind everybody's back is not approved", async () => {
    const { json } = await propose(await freshHold());
    await plane.stores.register.shelf<{ body: object }>("proposal").change(json.id, (before) => ({
      ...before!,
      body: { ...before!.body, hold: "hold_0" },
    }));
    expect((await approve(json.id, json.digest)).json.code).toBe("proposal_changed");
  });

  test("is performed once, whoever approves at the same moment; approving again is answered the same", async () => {
    const { json } = await propose(await freshHold());
    plane.entries.length = 0;
    const answers = await Promise.all([approve(json.id, json.digest, "anna"), approve(json.id, json.digest, "bert")]);
    expect(answers.map(({ status }) => status).every((status) => [200, 409].includes(status))).toBe(true);
    const hold = holdShelf(plane.stores.register).get(json.body.hold)!;
    expect(hold.lifted!.by).toEqual(["olga", plane.entries.find(({ kind }) => kind === "proposal")!["by"]]);
    const winner = hold.lifted!.by[1]!;
    expect((await approve(json.id, json.digest, winner)).json).toMatchObject({ state: "done", approvedBy: winner });
    expect((await approve(json.id, json.digest, winner === "anna" ? "bert" : "anna")).status).toBe(409);
  });

  test("that failed half-way leaves the way shut, and is finished by approving again", async () => {
    const hold = await freshHold();
    const { json } = await propose(hold);
    plane.ledger.fails = true;
    expect((await approve(json.id, json.digest)).status).toBe(503);
    expect(plane.orders.current()?.holds.some(({ id }) => id === hold)).toBe(true);
    plane.ledger.fails = false;
    expect((await approve(json.id, json.digest, "bert")).json).toMatchObject({ state: "done", approvedBy: "anna" });
    expect(plane.orders.current()?.holds.some(({ id }) => id === hold)).toBe(false);
  });

  test("outlives the process", async () => {
    const { json } = await propose(await freshHold());
    const again = await openPlane({}, { stores: plane.stores });
    expect((await again.call("audit", "GET", `/v1/proposals/${json.id}`)).status).toBe(401);
    const { status, json: found } = await again.call("auditor", "GET", `/v1/proposals/${json.id}`);
    expect([status, found.state]).toEqual([200, "open"]);
    await again.close();
  });

  test("of what is not shut, or of nothing, is refused when it is proposed; an id is taken once", async () => {
    const hold = await freshHold();
    const { approved } = await plane.both("olga", "anna", "resume", { hold, reason: "over" });
    expect(approved.status).toBe(200);
    expect((await propose(hold)).json.errors[0].pointer).toBe("/body/hold");
    expect((await propose("hold_none")).status).toBe(400);
    const other = await freshHold();
    const more = { id: "resume-2026-06-01" };
    expect((await propose(other, more)).status).toBe(201);
    expect((await propose(other, more)).status).toBe(200);
    expect((await propose(other, more, "rita")).status).toBe(409);
    expect((await propose(other, { action: "nothing" })).status).toBe(400);
  });
});

describe("a token", () => {
  test("that is rotated again and again leaves one before it, until its overlap is over", async () => {
    const shelf = identityShelf(plane.stores.register);
    const before = plane.tokens["bert"]!;
    const tokens = [before];
    for (let i = 0; i < 5; i++) {
      const { json } = await plane.call(tokens.at(-1)!, "POST", "/v1/identities/bert/rotate", { overlapMinutes: 60 });
      tokens.push(json.token);
    }
    expect(shelf.get("bert")!.tokens).toHaveLength(2);
    const statuses = await Promise.all(tokens.map((token) => plane.call(token, "GET", "/v1/holds")));
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401, 401, 200, 200]);
    plane.clock.ms = NOW + 60 * 60_000;
    expect((await plane.call(tokens.at(-2)!, "GET", "/v1/holds")).status).toBe(401);
    expect((await plane.call(tokens.at(-1)!, "GET", "/v1/holds")).status).toBe(200);
  });
});
