// Who is a person of her own: seats by two, seats by the machine, what an upgrade keeps, and the way there from the
// command line. The whole of what one admin can try: two-people.test.ts.

import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { register as identity } from "../src/cli/identity.ts";
import { openSeatDrop } from "../src/io/admin/identities/drop.ts";
import { findIdentities } from "../src/io/admin/identities/first.ts";
import { identityShelf } from "../src/io/admin/identities/stored.ts";
import { digestOf, proposalShelf } from "../src/io/admin/proposals/proposal.ts";
import { firstSeatIn, tokensFileOf } from "../src/io/admin/tokens.ts";
import { GateError } from "../src/io/errors.ts";
import { ranCommand } from "./command.ts";
import { NOW, openPlane, type Plane } from "./plane.ts";

const folder = mkdtempSync(join(tmpdir(), "yumen-seats-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");

let plane: Plane;
beforeEach(async () => {
  plane = await openPlane({ anna: ["approver"] });
});
afterEach(async () => {
  process.exitCode = undefined;
  await plane.close();
});

const seat = (body: object, who = "admin") => plane.call(who, "POST", "/v1/proposals", { action: "seat", body });
const approve = ({ id, digest }: { id: string; digest: string }, who = "anna") =>
  plane.call(who, "POST", `/v1/proposals/${id}/approve`, { digest });
const stored = (id: string) => identityShelf(plane.stores.register).get(id);

describe("a seat by two", () => {
  test("makes a person: the key is in force, the entry before it, and no token was ever in an answer", async () => {
    const { json } = await seat({ id: "bert", roles: ["approver"], key: sha256Of("bert-own") });
    expect((await plane.call("bert-own", "GET", "/v1/holds")).status).toBe(401);
    expect((await approve(json)).json).toMatchObject({ state: "done", result: { identity: "bert" } });
    const told = plane.entries.find(({ action }) => action === "seat");
    expect(told).toBeDefined();
    const said = plane.entries.find(({ kind, id }) => kind === "identity" && id === "bert");
    expect(said).toMatchObject({
      by: ["admin", "anna"],
      roles: ["approver"],
      key: sha256Of("bert-own"),
      seat: json.id,
    });
    // bert may now be the second of somebody else
    const hold = (await plane.call("admin", "POST", "/v1/suspend", { of: "all", reason: "drill" })).json.id;
    const body = { action: "resume", body: { hold, reason: "over" } };
    const proposed = (await plane.call("anna", "POST", "/v1/proposals", body)).json;
    plane.tokens["bert"] = "bert-own";
    expect((await plane.call("bert-own", "POST", "/v1/proposals", body)).status).toBe(201);
    expect((await approve(proposed, "bert")).status).toBe(200);
  });

  test("gives a lost token's holder another, and other roles: the old one is nobody's at once", async () => {
    const again = { id: "anna", roles: ["approver", "operator"], key: sha256Of("anna-own-new"), expiresDays: 1 };
    await approve((await seat({ id: "bert", roles: ["approver"], key: sha256Of("bert-own") })).json);
    expect((await approve((await seat(again)).json, "bert-own")).status).toBe(200);
    expect((await plane.call("anna", "GET", "/v1/holds")).status).toBe(401);
    expect(stored("anna")).toMatchObject({ roles: ["approver", "operator"], tokens: [{ sha256: again.key }] });
  });

  test("that failed half-way is finished by approving again, and not when a newer one stands", async () => {
    const { json } = await seat({ id: "bert", roles: ["approver"], key: sha256Of("bert-own") });
    plane.ledger.fails = true;
    expect((await approve(json)).status).toBe(503);
    expect(stored("bert")).toBeUndefined();
    plane.ledger.fails = false;
    plane.clock.ms += 1;
    const newer = (await seat({ id: "bert", roles: ["approver"], key: sha256Of("bert-own-newer") })).json;
    expect((await approve(newer)).status).toBe(200);
    expect((await approve(json)).json.code).toBe("seat_newer");
    expect(stored("bert")!.tokens[0]!.sha256).toBe(sha256Of("bert-own-newer"));
  });

  test.each([
    ["a name of the first start", { id: "admin" }, "identity_known"],
    ["another's key", { key: () => stored("anna")!.tokens[0]!.sha256 }, "key_taken"],
    ["a token in the key's place", { key: "yumen_bert_abc" }, "request_invalid"],
  ])("%s is refused when it is proposed", async (_what, change, code) => {
    const key = "key" in change && typeof change.key === "function" ? { key: change.key() } : {};
    const body = { id: "bert", roles: ["approver"], key: sha256Of("bert-own"), ...change, ...key };
    expect((await seat(body)).json.code).toBe(code);
  });

  test("is never of a disabled identity, whenever it was proposed", async () => {
    const { json } = await seat({ id: "bert", roles: ["approver"], key: sha256Of("bert-own") });
    const other = (await seat({ id: "bert", roles: ["approver"], key: sha256Of("bert-own-other") })).json;
    await approve(json);
    await plane.call("admin", "POST", "/v1/identities/bert/disable");
    expect((await approve(other)).json.code).toBe("identity_disabled");
    expect((await plane.call("bert-own", "GET", "/v1/holds")).status).toBe(401);
  });

  test("is what an admin alone cannot replace: to add with such a role, or to rotate another's token", async () => {
    const add = { id: "pia", name: "Pia", roles: ["auditor", "operator"] };
    expect((await plane.call("admin", "POST", "/v1/identities", add)).json.code).toBe("two_people_needed");
    expect((await plane.call("admin", "POST", "/v1/identities/anna/rotate", {})).json.code).toBe("two_people_needed");
    expect((await plane.call("anna", "GET", "/v1/holds")).status).toBe(200);
    expect((await seat({ id: "pia", roles: ["operator"], key: sha256Of("p") }, "anna")).status).toBe(403);
  });

  test("with roles that take no part stays the holder's: no admin rotates a seated auditor's token", async () => {
    await approve((await seat({ id: "paul", roles: ["auditor"], key: sha256Of("paul-own") })).json);
    expect((await plane.call("admin", "POST", "/v1/identities/paul/rotate", {})).json.code).toBe("two_people_needed");
  });
});

test("until there is a second person what takes two says why it cannot be done, and how", async () => {
  const alone = await openPlane({});
  const hold = (await alone.call("admin", "POST", "/v1/suspend", { of: "all", reason: "drill" })).json.id;
  const sent = { action: "resume", body: { hold, reason: "over" } };
  const { status, json } = await alone.call("admin", "POST", "/v1/proposals", sent);
  expect([status, json.code]).toEqual([409, "second_person_absent"]);
  expect(json.detail).toContain("yumen identity seat");
  await alone.close();
});

describe("an upgrade", () => {
  const olden = async (id: string, issuedBy: string, disabled = false) => {
    const token = { sha256: sha256Of(`${id}-own`), issuedBy, expiresAt: "2027-01-01T00:00:00.000Z" };
    await identityShelf(plane.stores.register).change(id, () => ({
      ...{ id, name: id, roles: ["approver"], createdBy: "admin", createdAt: "2026-01-01T00:00:00.000Z" },
      ...{ tokens: [token], disabled: disabled ? { at: "2026-02-01T00:00:00.000Z", by: "admin" } : null },
    }));
  };
  const start = async (firstSeat: string) => {
    const entries: object[] = [];
    const note = async (kind: string, members: object) => entries.push({ kind, ...members });
    await findIdentities({ register: plane.stores.register, clock: plane.clock, note }, firstSeat);
    return entries;
  };

  test("keeps whoever held a token of his own, once; whose token an admin has seen gets no seat by it", async () => {
    await olden("otto", "otto");
    await olden("lena", "admin");
    await olden("gone", "gone", true);
    const entries = await start("first-1");
    expect([stored("otto")!.seat!.by, stored("lena")!.seat, stored("gone")!.seat]).toEqual([["before"], null, null]);
    expect(entries).toEqual([
      expect.objectContaining({ kind: "identity", id: "otto", action: "seat", by: ["before"] }),
      expect.objectContaining({ kind: "identity", id: "admin", action: "first", by: "machine", seat: "first-1" }),
    ]);
    // lena's own rotation, by whoever has her token, is too late
    await plane.call("lena-own", "POST", "/v1/identities/lena/rotate", {});
    expect(await start("first-1")).toEqual([]);
    expect(stored("lena")!.seat).toBeNull();
  });

  test("an open proposal of a version without seats, or of first tokens that are made anew, falls", async () => {
    const { json } = await seat({ id: "bert", roles: ["approver"], key: sha256Of("bert-own") });
    await start(firstSeatIn(tokensFileOf(plane.folder))!);
    const shelf = proposalShelf({ register: plane.stores.register });
    const before = shelf.get(json.id)!;
    const without = { ...before, proposedBy: { id: "admin", roles: ["admin"] } } as typeof before;
    const old = { ...without, digest: digestOf(without, plane.keys) };
    await shelf.change(json.id, () => old);
    expect((await approve(old)).json.code).toBe("proposer_gone");
    await shelf.change(json.id, () => before);
    await start("first-another");
    expect((await approve(json)).json.code).toBe("proposer_gone");
    await start(firstSeatIn(tokensFileOf(plane.folder))!);
    expect((await approve(json)).status).toBe(200);
  });

  test("tokens of the first start that are made anew are told", async () => {
    await start("first-1");
    expect(await start("first-2")).toEqual([expect.objectContaining({ id: "admin", seat: "first-2", by: "machine" })]);
    const own = firstSeatIn(tokensFileOf(plane.folder));
    expect(own).toMatch(/^first-[0-9a-f]{16}$/);
  });
});

describe("the machine of the gate", () => {
  const dropped = async (dir: string, note: (...told: unknown[]) => Promise<number> = async () => 0) => {
    const refused: string[] = [];
    const register = plane.stores.register;
    const drop = await openSeatDrop({
      dir,
      register,
      clock: plane.clock,
      note,
      refused: (_file, code) => refused.push(code),
    });
    return { drop, refused };
  };
  const lay = (dir: string, name: string, text: string, mode = 0o600) => {
    writeFileSync(join(dir, "seats", name), text, { mode });
    chmodSync(join(dir, "seats", name), mode);
  };

  test("seats by a file: at once, told, taken away, and the same when it is taken twice", async () => {
    const dir = mkdtempSync(join(folder, "data-"));
    const told: unknown[] = [];
    const { drop } = await dropped(dir, async (...one) => told.push(one));
    const text = JSON.stringify({ id: "rosa", roles: ["admin"], key: sha256Of("rosa-own") });
    lay(dir, "rosa.json", text);
    await drop.look();
    expect(existsSync(join(dir, "seats", "rosa.json"))).toBe(false);
    expect((await plane.call("rosa-own", "GET", "/v1/identities")).status).toBe(200);
    expect(told).toEqual([["identity", expect.objectContaining({ id: "rosa", action: "seat", by: ["machine"] })]]);
    const { seat: first } = stored("rosa")!;
    lay(dir, "rosa.json", text);
    await drop.look();
    expect([stored("rosa")!.seat, told.length]).toEqual([first, 1]);
    await drop.close();
  });

  test("waits for a ledger that takes no entry, and gives nothing before", async () => {
    const dir = mkdtempSync(join(folder, "data-"));
    let fails = true;
    const { drop, refused } = await dropped(dir, async () => {
      if (fails) throw new GateError("ledger_unavailable", "full");
      return 0;
    });
    lay(dir, "rosa.json", JSON.stringify({ id: "rosa", roles: ["admin"], key: sha256Of("rosa-own") }));
    await drop.look();
    expect([stored("rosa"), refused]).toEqual([undefined, []]);
    fails = false;
    await drop.look();
    expect(stored("rosa")).toBeDefined();
    await drop.close();
  });

  test.each<[string, string, number, string]>([
    ["a file that others can read", '{"id":"rosa","roles":["admin"],"key":"K"}', 0o644, "file_unreadable"],
    ["one that says too little", '{"id":"rosa","roles":["admin"]}', 0o600, "request_invalid"],
    ["the first admin's name", '{"id":"admin","roles":["admin"],"key":"K"}', 0o600, "identity_known"],
  ])("%s is refused, by a code beside it", async (_what, text, mode, code) => {
    const dir = mkdtempSync(join(folder, "data-"));
    const { drop, refused } = await dropped(dir);
    lay(dir, "rosa.json", text.replace("K", sha256Of("rosa-own")), mode);
    await drop.look();
    // it may still be being written, or given to its owner
    if (code === "file_unreadable") {
      expect(refused).toEqual([]);
      await pause(1_050);
      await drop.look();
    }
    expect(refused).toEqual([code]);
    expect(JSON.parse(readFileSync(join(dir, "seats", "rosa.refused"), "utf8"))).toEqual({ code });
    expect(stored("rosa")).toBeUndefined();
    await drop.close();
  });

  test("from the command line: key, seat, and the person is the second; the token is in her file alone", async () => {
    const dir = mkdtempSync(join(folder, "data-"));
    const { drop } = await dropped(dir);
    const out = join(folder, "rosa.token");
    const made = await ranCommand(identity, ["identity", "key", "rosa", "--out", out, "--lang", "en"]);
    expect([made.code, statSync(out).mode & 0o777]).toEqual([0, 0o600]);
    const token = readFileSync(out, "utf8").trim();
    expect(made.out + made.err).not.toContain(token);
    const [key] = /sha256:[0-9a-f]{64}/.exec(made.out)!;
    const line = ["identity", "seat", "rosa", "--roles", "approver", "--data", dir];
    const ran = await ranCommand(identity, [...line, "--key", key, "--lang", "zh"]);
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining("rosa 有了自己的席位")]);
    expect((await plane.call(token, "GET", "/v1/holds")).status).toBe(200);
    const taken = await ranCommand(identity, ["identity", "key", "rosa", "--out", out, "--lang", "en"]);
    expect([taken.code, taken.err]).toEqual([2, expect.stringContaining("is there already")]);
    const wrong = await ranCommand(identity, [...line, "--key", token, "--lang", "en"]);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("--key wants")]);
    expect(wrong.err).not.toContain(token);
    await drop.close();
  });
});

test("from the command line an admin proposes a person, and is told what a role wants", async () => {
  const tokenFile = join(folder, "admin");
  writeFileSync(tokenFile, plane.tokens["admin"]!);
  const at = ["--admin", plane.base, "--token-file", tokenFile, "--lang", "en"];
  const key = `sha256:${sha256Of("pia-own")}`;
  const added = await ranCommand(identity, ["identity", "add", "pia", "--roles", "operator", "--key", key, ...at]);
  expect([added.code, added.out]).toEqual([0, expect.stringMatching(/proposed \(prp_\w+\)/)]);
  const bare = await ranCommand(identity, ["identity", "add", "pia", "--roles", "operator", ...at]);
  expect([bare.code, bare.err]).toEqual([2, expect.stringContaining("yumen identity key")]);
  const listed = await ranCommand(identity, ["identity", "list", ...at]);
  expect(listed.out).toMatch(/anna\s+approver\s+\S+\s+seated by machine/);
});

test("a seat ends with its token, like any", async () => {
  plane.clock.ms = NOW + 366 * 86_400_000;
  expect((await plane.call("anna", "GET", "/v1/holds")).status).toBe(401);
  const hold = (await plane.call("admin", "POST", "/v1/suspend", { of: "all", reason: "drill" })).json.id;
  const sent = { action: "resume", body: { hold, reason: "over" } };
  expect((await plane.call("admin", "POST", "/v1/proposals", sent)).json.code).toBe("second_person_absent");
});
