// `yumen status` and `yumen duties` against a running plane: what is printed, exported and exited with.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { register as duties } from "../src/cli/duties.ts";
import { register as status } from "../src/cli/status.ts";
import type { Mechanism, OwnDuty } from "../src/words.ts";
import { ranCommand } from "./command.ts";
import { CONTRACT, policyOf } from "./decide/cases.ts";
import { openPlane, type Plane } from "./plane.ts";

const DUTY: OwnDuty = {
  ...{ id: "access", kind: "access-review", what: { zh: "访问权限复核", en: "Access review" }, every: "quarter" },
  ...{ first: "2026-05-30", owner: "security", evidence: "report", onOverdue: "block" },
};
const ASSESSMENT: Mechanism = { ...CONTRACT, id: "sa", type: "SECURITY_ASSESSMENT", validUntil: "2027-01-15" };
const DOCUMENT = { id: "r1", kind: "report", path: "p", sha256: "ab".repeat(32), version: null, owner: null };
const FIRST = "access-review.access.2026-05-30";

let plane: Plane;
const folder = mkdtempSync(join(tmpdir(), "yumen-duties-"));
beforeAll(async () => {
  const documents = new Map([["r1", { ...DOCUMENT, validUntil: null, retainUntil: null }]]);
  const policy = policyOf({ duties: [DUTY], mechanisms: [ASSESSMENT], documents });
  plane = await openPlane({ olga: ["operator"], anna: ["auditor"] }, { policy });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  await plane.close();
});

const ran = (who: string, register: (program: Command) => void, ...argv: readonly string[]) => {
  vi.stubEnv("YUMEN_ADMIN_TOKEN", plane.tokens[who]!);
  return ranCommand(register, [...argv, "--admin", plane.base]);
};

test("overdue: exit 1, in both languages, and a status that says so first", async () => {
  const zh = await ran("anna", duties, "duties", "--lang", "zh");
  expect(zh).toMatchObject({ code: 1, err: "" });
  expect(zh.out).toBe(`  逾期  2026-05-30  过 2 天  访问权限复核  access  ${FIRST}\n`);
  const en = await ran("anna", status, "status", "--lang", "en");
  expect(en.code).toBe(1);
  expect(en.out).toMatch(/^Something needs doing {2}2026-06-01\n/);
  for (const said of ["Shut\n  duty overdue", "2 d ago", "sa  SECURITY_ASSESSMENT  active  2027-01-15  228 d left"])
    expect(en.out).toContain(said);
  expect(en.out).toContain("The policy has no inventory");
  expect(JSON.parse((await ran("anna", status, "status", "--json")).out)).toMatchObject({
    fine: false,
    shut: { duties: [FIRST] },
  });
});

test("a calendar: every open item once, and a safe day where the calendar is not known", async () => {
  const file = join(folder, "due.ics");
  const { code } = await ran("anna", duties, "duties", "--days", "400", "--ics", file, "--lang", "en");
  expect(code).toBe(1);
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  const uids = [...text.matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid);
  expect(new Set(uids).size).toBe(uids.length);
  expect(uids[0]).toBe(`${FIRST}@duties.yumen`);
  // the calendar of 2027 is not out: the window before 15 January 2027 is told by a day that is safe
  expect(text).toContain("extension-opens.sa.~2026-11-16");
  expect(text).toContain("CALENDAR_UNKNOWN");
});

test("done with its document; then all is well", async () => {
  expect(await ran("anna", duties, "duties", "done", FIRST, "--evidence", "r1")).toMatchObject({ code: 2, out: "" });
  const missing = await ran("olga", duties, "duties", "done", FIRST, "--lang", "en");
  expect(missing).toMatchObject({ code: 2, err: expect.stringContaining("/evidence is wanted") });
  const done = await ran("olga", duties, "duties", "done", FIRST, "--evidence", "r1");
  expect(done).toMatchObject({ code: 0, out: expect.stringMatching(new RegExp(`^${FIRST} .*olga\n$`)) });
  expect((await ran("anna", status, "status", "--lang", "zh")).out).toMatch(/^一切正常/);
  expect((await ran("anna", duties, "duties", "--lang", "en")).out).toBe("Nothing is overdue or falls due soon.\n");
});

test("to skip takes a reason that names nobody", async () => {
  const next = "access-review.access.2026-08-30";
  plane.clock.ms = Date.parse("2026-08-20T00:00:00Z");
  const refused = await ran("olga", duties, "duties", "skip", next, "--reason", "致电 13800138000 未接");
  expect(refused.code).toBe(2);
  expect(refused.err).not.toContain("13800138000");
  const skipped = await ran("olga", duties, "duties", "skip", next, "--reason", "季度并入年度审计", "--json");
  expect(skipped).toMatchObject({ code: 0 });
  expect(JSON.parse(skipped.out)).toMatchObject({ id: next, state: "skipped", by: "olga" });
});

test("no gate, no token: exit 2, in the reader's language", async () => {
  vi.stubEnv("YUMEN_ADMIN_TOKEN", "x");
  const gone = await ranCommand(status, ["status", "--admin", "http://127.0.0.1:1", "--lang", "zh"]);
  expect(gone).toMatchObject({ code: 2, err: expect.stringContaining("没有应答") });
  vi.stubEnv("YUMEN_ADMIN_TOKEN", "");
  const none = await ranCommand(status, ["status", "--data", join(folder, "none"), "--lang", "en"]);
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining("no token") });
  const far = await ranCommand(duties, ["duties", "--admin", "http://far.example", "--lang", "en"]);
  expect(far).toMatchObject({ code: 2, err: expect.stringContaining("only to this machine") });
});
