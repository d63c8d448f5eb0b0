// Who may call what: a row for every operation that the plane offers, and every role against it.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROLES, type Role } from "../src/io/admin/identity.ts";
import { ROUTES } from "../src/io/admin/routes.ts";
import { openPlane, type Plane } from "./plane.ts";

const READERS = "operator reviewer approver auditor";
const OPEN = "operator reviewer approver auditor consent nobody";
const SIGNED = "signed";
const PEOPLE = "operator reviewer approver auditor consent";

/** Besides admin, who may everything. A new operation wants a row here. */
const MATRIX: Readonly<Record<string, string>> = {
  "put /v1/consents/{event}": "consent",
  "post /v1/consents/withdraw": "consent",
  "post /v1/consents/lookup": "consent auditor",
  // by its own signature: no token opens it
  "post /v1/webhooks/{source}": SIGNED,
  "get /v1/sources": "consent auditor operator",
  "post /v1/sources/reload": "operator",
  "post /v1/receipts": "consent auditor",
  "post /v1/coverage": "consent auditor",
  "get /v1/coverage": "consent auditor",
  "post /v1/consents:bulk": "consent",
  "post /v1/aliases": "consent",
  "post /v1/aliases:bulk": "consent",
  "post /v1/suspend": "operator",
  "get /v1/holds": READERS,
  "post /v1/proposals": "operator reviewer approver",
  "get /v1/proposals": READERS,
  "get /v1/proposals/{id}": READERS,
  "post /v1/proposals/{id}/approve": "approver",
  "post /v1/proposals/{id}/withdraw": "operator reviewer approver",
  "get /v1/releases": READERS,
  "get /v1/releases/{id}": READERS,
  "post /v1/releases/{id}/revoke": "operator reviewer approver",
  "post /v1/identities": "",
  "get /v1/identities": "auditor",
  // everybody's own token, and nobody else's: tested below
  "post /v1/identities/{id}/rotate": PEOPLE,
  "post /v1/identities/{id}/disable": "",
  // without a token: they give one to nobody who has not signed in
  "post /v1/login": OPEN,
  "get /v1/login/callback": OPEN,
  "post /v1/login/redeem": OPEN,
  "post /v1/logout": PEOPLE,
  "get /v1/duties": READERS,
  "post /v1/duties/{id}/done": "operator",
  "post /v1/duties/{id}/skip": "operator",
  "get /v1/drift": READERS,
  "post /v1/drift/{id}/accept": "operator reviewer",
  "post /v1/drift/{id}/close": "operator reviewer",
  "get /v1/alarms": READERS,
  "post /v1/alarms/test": "operator",
  "get /v1/status": READERS,
  "get /v1/counts": READERS,
  "post /v1/counts/opening": "operator",
};

const operations = ROUTES.flatMap(({ operations: all }) => all.map(({ method, path }) => `${method} ${path}`));

let plane: Plane;
beforeAll(async () => {
  plane = await openPlane(Object.fromEntries(ROLES.map((role) => [`one-${role}`, [role]])));
});
afterAll(() => plane.close());

test("every operation has a row, and every row an operation", () => {
  expect(Object.keys(MATRIX).sort()).toEqual([...operations].sort());
});

/** Let in: whatever it answers then, it is not for who asks. */
async function isLetIn(role: Role | null, operation: string): Promise<boolean> {
  const [method, path] = operation.split(" ") as [string, string];
  const who = role === null ? null : `one-${role}`;
  const at = path.replace(/\{\w+\}/g, path.endsWith("/rotate") ? (who ?? "x") : "x");
  const body = method === "get" ? undefined : path.endsWith("/rotate") ? { expiresDays: 0 } : {};
  const { status } = await plane.call(who, method.toUpperCase(), at, body);
  return status !== 401 && status !== 403 && status !== 429;
}

describe.each(operations)("%s", (operation) => {
  test("lets in whom its row names, and nobody else", async () => {
    const may = (MATRIX[operation] ?? "").split(" ");
    for (const role of ROLES)
      expect([role, await isLetIn(role, operation)]).toEqual([
        role,
        may.includes(role) || (role === "admin" && !may.includes(SIGNED)),
      ]);
    expect(await isLetIn(null, operation)).toBe(may.includes("nobody"));
  });
});

test("an auditor reads, and changes nothing but the own token", () => {
  // questions that hold identifiers are asked in a body, which no log keeps
  const questions = ["post /v1/consents/lookup", "post /v1/receipts", "post /v1/coverage"];
  const changes = operations.filter(
    (one) => !one.startsWith("get ") && !questions.includes(one) && MATRIX[one]!.split(" ").includes("auditor"),
  );
  expect(changes).toEqual([
    "post /v1/identities/{id}/rotate",
    "post /v1/login",
    "post /v1/login/redeem",
    "post /v1/logout",
  ]);
});

test("nobody but an admin changes the token of another", async () => {
  for (const role of ROLES) {
    const { status } = await plane.call(`one-${role}`, "POST", "/v1/identities/one-consent/rotate", {
      overlapMinutes: 9,
    });
    expect([role, status]).toEqual([role, role === "admin" || role === "consent" ? 200 : 403]);
  }
});

describe("a token", () => {
  test("ends: by its time, by another in its place, with its identity, at once", async () => {
    const add = { id: "nora", name: "Nora", roles: ["auditor"], expiresDays: 1 };
    const { json } = await plane.call("admin", "POST", "/v1/identities", add);
    const holds = async (token: string) => ![401, 429].includes((await plane.call(token, "GET", "/v1/status")).status);
    expect(await holds(json.token)).toBe(true);
    plane.clock.ms += 86_400_000;
    expect(await holds(json.token)).toBe(false);
    const first = (await plane.call("admin", "POST", "/v1/identities/nora/rotate", {})).json.token;
    const second = (await plane.call("admin", "POST", "/v1/identities/nora/rotate", { overlapMinutes: 1 })).json.token;
    expect([await holds(first), await holds(second)]).toEqual([true, true]);
    plane.clock.ms += 60_000;
    expect([await holds(first), await holds(second)]).toEqual([false, true]);
    expect((await plane.call("admin", "POST", "/v1/identities/nora/disable")).status).toBe(200);
    expect(await holds(second)).toBe(false);
    expect((await plane.call("admin", "POST", "/v1/identities/nora/rotate", {})).status).toBe(409);
  });

  test("of the first start is an identity too: it can be disabled, its name not taken, and nobody ends himself", async () => {
    expect(
      (await plane.call("admin", "POST", "/v1/identities", { id: "consent", name: "c", roles: ["admin"] })).status,
    ).toBe(409);
    expect((await plane.call("admin", "POST", "/v1/identities/admin/disable")).json.code).toBe("own_identity");
    expect((await plane.call("consent", "POST", "/v1/consents/lookup", {})).status).toBe(400);
    expect((await plane.call("admin", "POST", "/v1/identities/consent/disable")).status).toBe(200);
    expect([401, 429]).toContain((await plane.call("consent", "POST", "/v1/consents/lookup", {})).status);
  });

  test("and who has it stand nowhere in answers, entries or the register, but once with who made it", async () => {
    const { json, text } = await plane.call("admin", "POST", "/v1/identities", {
      id: "olaf",
      name: "Olaf",
      roles: ["auditor"],
    });
    expect(text.split(json.token)).toHaveLength(2);
    const listed = await plane.call("auditor", "GET", "/v1/identities");
    const kept = JSON.stringify(plane.stores.register.shelf("identity").all());
    for (const said of [listed.text, kept, JSON.stringify(plane.entries)]) expect(said).not.toContain(json.token);
    expect(listed.text).not.toContain("sha256");
    expect(plane.entries.at(-1)).toMatchObject({
      kind: "identity",
      id: "olaf",
      action: "add",
      by: "admin",
      roles: ["auditor"],
    });
    expect(JSON.stringify(plane.entries)).not.toContain("Olaf");
  });
});
