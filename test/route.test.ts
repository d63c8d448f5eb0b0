// `yumen route`: the law's own answer for several profiles, dates around a go-live day, calendar files and the policy to
// begin with.

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { factsOf, readAnswers } from "../src/cli/route/answers.ts";
import { ask } from "../src/cli/route/ask.ts";
import { folded, ics } from "../src/cli/route/ics.ts";
import { judge } from "../src/cli/route/judge.ts";
import { earliestGolive, milestones, missedByLaw } from "../src/cli/route/milestones.ts";
import { CONDITION, QUESTIONS } from "../src/cli/route/questions.ts";
import { stubOf } from "../src/cli/route/stub.ts";
import { register } from "../src/cli/route.ts";
import { CannotRun } from "../src/cli/shown/cannot-run.ts";
import { table, widthOf } from "../src/cli/shown/table.ts";
import { loadLawData } from "../src/io/law-data.ts";
import { loadPapers } from "../src/io/law-papers.ts";
import { loadPolicy } from "../src/io/policy/load.ts";
import { evaluate } from "../src/law/evaluate.ts";
import { withDefaults } from "../src/law/facts.ts";
import { isWorkingDay, workingDaysAfter, workingDaysBefore } from "../src/law/working-days.ts";
import { plusDays, plusMonths } from "../src/law/year.ts";
import { ranCommand } from "./command.ts";

const LAW = loadLawData("policies/law");
const PAPERS = loadPapers("policies/law/papers");
const TODAY = "2026-11-22";
const root = mkdtempSync(join(tmpdir(), "yumen-route-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Flags = Parameters<typeof readAnswers>[0];
const asked = (flags: Flags) => readAnswers({ ciio: "no", people: "10", sensitive: "0", ...flags }, TODAY);
const route = (flags: Flags, mechanism?: string) => judge(asked(flags).answers, LAW, PAPERS, mechanism);

describe("the law's answer", () => {
  test.each<[string, Flags, string, string]>([
    ["few people, nothing sensitive", { people: "99999" }, "EXEMPT", "E7"],
    ["the hundred-thousandth", { people: "100000" }, "SC_OR_CERT", "C1"],
    ["one sensitive person has no floor", { people: "1", sensitive: "1" }, "SC_OR_CERT", "C2"],
    ["sensitive, how many is unknown", { people: "1", sensitive: "unknown" }, "SC_OR_CERT", "C2"],
    ["a million", { people: "1000000" }, "ASSESSMENT", "S3"],
    ["ten thousand sensitive", { people: "10000", sensitive: "10000" }, "ASSESSMENT", "S4"],
    ["critical infrastructure, one person", { ciio: "yes", people: "1" }, "ASSESSMENT", "S1"],
    ["not known whether critical: as if it were", { ciio: "unknown", people: "1" }, "ASSESSMENT", "S1"],
    ["state organ", { stateOrgan: true, people: "1" }, "ASSESSMENT", "S2"],
    ["important data without PI", { pi: false, important: "notified" }, "ASSESSMENT", "I1"],
    ["important by one's own reading only", { important: "self-identified" }, "EXEMPT", "E7"],
    ["no PI", { pi: false }, "NO_PI", "A1"],
    ["under 14: all is sensitive", { under14: true }, "SC_OR_CERT", "C2"],
    [
      "contract made out",
      { basis: "contract", holds: "individual-is-party,necessary", sensitive: "5" },
      "EXEMPT",
      "E2",
    ],
    ["contract not made out", { basis: "contract", holds: "necessary", sensitive: "5" }, "SC_OR_CERT", "C2"],
    [
      "HR by rules and collective contract",
      { basis: "hr", holds: "employee,labour-rules,collective-contract,necessary", sensitive: "5" },
      "EXEMPT",
      "E3",
    ],
    [
      "HR by rules alone",
      { basis: "hr", holds: "employee,labour-rules,necessary", sensitive: "5" },
      "SC_OR_CERT",
      "C2",
    ],
    ["emergency", { basis: "emergency", holds: "imminent,necessary", sensitive: "5" }, "EXEMPT", "E4"],
    ["a duty under PRC law", { basis: "statutory", holds: "prc-duty,necessary", sensitive: "5" }, "EXEMPT", "E5"],
    ["collected abroad", { origin: "overseas", sensitive: "5" }, "EXEMPT", "E1"],
    ["outside a zone's list", { zone: "outside-list", sensitive: "5" }, "EXEMPT", "E6"],
    ["on a zone's list", { zone: "listed-assessment" }, "ASSESSMENT", "F1"],
    ["to the mainland", { destination: "CN" }, "NOT_EXPORT", "N0"],
    ["read inside the mainland", { kind: "in-country-access" }, "NOT_EXPORT", "N0"],
    ["restricted recipient", { restricted: true }, "PROHIBITED", "X2"],
    ["for a foreign court", { foreignAuthority: true }, "PROHIBITED", "X3"],
    ["ordered to stop", { stopOrder: true }, "PROHIBITED", "X4"],
    ["core data", { important: "core" }, "PROHIBITED", "X1"],
    ["before the Provisions: no exemption by volume", { at: "2023-07-01" }, "SC_OR_CERT", "H2"],
  ])("%s", (_, flags, outcome, rule) => {
    const found = route(flags);
    expect([found.outcome, found.rule]).toEqual([outcome, rule]);
    // and it is the law's, not a second one
    const judged = evaluate(withDefaults(factsOf(asked(flags).answers)), LAW);
    expect(found).toMatchObject({ rule: judged.rule, basis: judged.basis, limit: judged.limit });
  });

  test("mechanisms: the assessment alone over the line; Hong Kong with both registered adds its own contract", () => {
    expect(route({ people: "1000000" }).mechanismsAllowed).toEqual(["SECURITY_ASSESSMENT"]);
    expect(route({ people: "100000" }, "certification").mechanism!.id).toBe("CERTIFICATION");
    expect(() => route({ people: "100000" }, "gba-standard-contract")).toThrow(CannotRun);
    const gba = { people: "100000", destination: "hk", gba: true };
    expect(route(gba, "gba-standard-contract").mechanism!.id).toBe("GBA_STANDARD_CONTRACT");
    expect(() => route({}, "certification")).toThrow("takes none");
  });

  test("the limit is told: E7 holds up to 99,999", () => {
    expect(route({}).limit).toEqual({ nonSensitive: 99_999, sensitive: null });
  });

  test("the law of the go-live day is asked, not today's", () => {
    expect(route({ at: "2024-03-01", golive: "2024-03-22" }).rule).toBe("E7");
    expect(route({ at: "2024-03-01", golive: "2024-03-21" }).rule).toBe("H2");
  });
});

describe("documents", () => {
  const ids = (flags: Flags, mechanism?: string) => route(flags, mechanism).documents.map(({ id }) => id);
  test("of the mechanism and of the duties, each once", () => {
    const contract = ids({ people: "100000" });
    expect(contract).toContain("signed-contract");
    expect(contract).toContain("separate-consent");
    expect(contract).not.toContain("pipia"); // its report is among the mechanism's
    expect(contract).not.toContain("sensitive-notice");
    expect(new Set(contract).size).toBe(contract.length);
    expect(ids({ people: "1000000" })).toContain("self-assessment");
  });
  test("an exemption asks for its proof and for the duties, not for a contract's filing", () => {
    const exempt = ids({ basis: "contract", holds: "individual-is-party,necessary", sensitive: "3" });
    expect(exempt).toEqual(["notice", "sensitive-notice", "pipia", "records", "contract", "proof-contract"]);
  });
  test("a guardian's consent only where consent is the basis", () => {
    expect(ids({ under14: true })).toContain("guardian-consent");
    const lawful = ids({ under14: true, basis: "emergency", holds: "imminent,necessary" });
    expect(lawful).not.toContain("guardian-consent");
    expect(lawful).toContain("under-14-rules");
  });
  test("nothing for what is no export, or prohibited", () => {
    expect(ids({ destination: "CN" })).toEqual([]);
    expect(ids({ stopOrder: true })).toEqual([]);
  });
  test("every paper has both languages, a source and a review date; every type of mechanism has one", () => {
    const types = ["CERTIFICATION", "DUTIES", "GBA_STANDARD_CONTRACT", "SECURITY_ASSESSMENT", "STANDARD_CONTRACT"];
    expect([...PAPERS.keys()].sort()).toEqual(types);
    const chinese = /[\u4e00-\u9fff]/;
    for (const { documents, steps, name, reviewedUntil } of PAPERS.values()) {
      expect(reviewedUntil).toMatch(/^\d{4}-/);
      for (const { text } of [...documents, ...steps, { text: name }]) {
        expect(text.zh).toMatch(chinese);
        expect(text.en).not.toMatch(chinese);
      }
    }
  });
  test("every case that a line may ask for is one that the route knows", () => {
    const known =
      /^(?:[EFCSHI]\d|sensitive|consent|consent-under-14|under-14-without-consent|counted|no-mechanism|notice-first)$/;
    for (const { documents, steps } of PAPERS.values())
      for (const { when } of [...documents, ...steps]) for (const one of when ?? []) expect(one).toMatch(known);
  });
  test("a file that says something else than the schema is refused by name", () => {
    const duties = readFileSync("policies/law/papers/duties.yaml", "utf8");
    const refused = (text: string) => {
      writeFileSync(join(root, "duties.yaml"), text);
      return () => loadPapers(root);
    };
    expect(refused(duties)).not.toThrow();
    expect(refused(duties.replace("workingDaysLeft: 0", "workingDaysLeft: 0\n    days: 3"))).toThrow("exactly one");
    expect(refused(duties.replace("from: golive", "from: nowhere"))).toThrow("a step above it");
    expect(refused(duties.replace("kind: latest", "kind: soonest"))).toThrow("duties.yaml");
    rmSync(join(root, "duties.yaml"));
  });
});

describe("dates", () => {
  const day = fc.integer({ min: 0, max: 3000 }).map((days) => plusDays("2022-01-01", days));

  test("workingDaysBefore is the latest working day from which the working days are over in time", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 70 }), (until, count) => {
        const start = workingDaysBefore(until, count, LAW.calendar);
        expect(isWorkingDay(start, LAW.calendar)).toBe(true);
        const over = (from: string) => (count === 0 ? plusDays(from, 1) : workingDaysAfter(from, count, LAW.calendar));
        expect(over(start) <= until).toBe(true);
        expect(over(workingDaysAfter(start, 1, LAW.calendar)) <= until).toBe(false);
      }),
    );
  });

  test("months: the same day, or the month's last", () => {
    const cases = [
      ["2026-05-31", -3, "2026-02-28"],
      ["2024-03-31", -1, "2024-02-29"],
      ["2026-01-15", -6, "2025-07-15"],
      ["2026-11-30", 3, "2027-02-28"],
    ] as const;
    for (const [from, months, to] of cases) expect(plusMonths(from, months)).toBe(to);
  });

  test("the assessment: 45, 7 and 5 working days before 21 July 2026, by weeks without holidays", () => {
    const dates = new Map(
      route({ people: "1000000", at: "2026-01-05", golive: "2026-07-21" }).milestones.map((m) => [m.id, m.date]),
    );
    // counted by hand: Dragon Boat is 19 June 2026; no make-up days in May to July but 9 May
    expect(dates.get("result")).toBe("2026-07-21");
    expect(workingDaysAfter(dates.get("accepted")!, 45, LAW.calendar)).toBe("2026-07-21");
    expect(workingDaysAfter(dates.get("complete")!, 7, LAW.calendar)).toBe(dates.get("accepted"));
    expect(workingDaysAfter(dates.get("declare")!, 5, LAW.calendar)).toBe(dates.get("complete"));
    expect(dates.get("pipia")! < dates.get("declare")!).toBe(true);
    expect(dates.get("start")).toBe("2025-07-21"); // twelve months, the longest estimate
    expect(dates.get("expiry")).toBe("2029-07-20");
  });

  test("the contract: filed on the tenth working day after effect, over a National Day", () => {
    const dates = new Map(
      route({ people: "100000", at: "2026-06-01", golive: "2026-09-28" }).milestones.map((m) => [m.id, m.date]),
    );
    expect(dates.get("file")).toBe("2026-10-16"); // 1-7 October off, Saturday 10 October worked
    expect(dates.get("pipia-earliest")).toBe("2026-07-16");
    expect(dates.get("pipia")).toBe(dates.get("sign"));
    expect(dates.get("sign")! < "2026-09-28").toBe(true);
  });

  test("too late by law: told, with the first day that is not, and that one holds", () => {
    const flags = { people: "1000000", at: "2026-03-02" };
    const late = route({ ...flags, golive: "2026-03-20" });
    expect(late.feasible).toBe(false);
    expect(late.milestones.filter(missedByLaw).map(({ id }) => id)).toContain("declare");
    const first = late.earliestGolive!;
    expect(route({ ...flags, golive: first }).feasible).toBe(true);
    expect(route({ ...flags, golive: plusDays(first, -1) }).feasible).toBe(false);
  });

  test("an estimate that has passed is no bar", () => {
    const soon = route({ people: "100000", at: "2026-03-02", golive: "2026-03-09" });
    expect(soon.milestones.find(({ id }) => id === "start")!.late).toBe(true);
    expect(soon.feasible).toBe(true);
  });

  test("past the published calendar each counted date says so, and the answer warns", () => {
    const { milestones: dates, warnings } = route({ people: "100000", golive: "2027-03-01" });
    const unsure = dates.filter(({ calendarKnown }) => !calendarKnown).map(({ id }) => id);
    expect(unsure).toEqual(expect.arrayContaining(["file", "pipia-earliest", "checked"]));
    expect(unsure).not.toContain("start");
    expect(warnings).toEqual(expect.arrayContaining(["CALENDAR_UNKNOWN", "LAW_NOT_REVIEWED"]));
    expect(route({ people: "100000", golive: "2026-11-30", at: "2026-01-01" }).warnings).toEqual(["CALENDAR_UNKNOWN"]);
  });

  test("the day itself is not late, and the calendar's last day is known", () => {
    const found = route({ people: "100000", at: "2026-07-21", golive: "2026-07-21" }).milestones;
    expect(found.find(({ id }) => id === "effect")).toMatchObject({ date: "2026-07-21", late: false });
    expect(found.find(({ id }) => id === "sign")).toMatchObject({ late: true });
    const last = route({ people: "100000", at: "2026-01-05", golive: "2026-12-17" }).milestones;
    expect(last.find(({ id }) => id === "file")).toMatchObject({ date: "2026-12-31", calendarKnown: true });
    expect(last.find(({ id }) => id === "checked")!.calendarKnown).toBe(false);
  });

  test("a step whose anchor does not apply falls with it", () => {
    const step = { kind: "note", force: "law", text: { zh: "", en: "" }, source: { zh: "", en: "" } } as const;
    const steps = [
      { ...step, id: "a", from: "golive", days: 1, when: ["never"] },
      { ...step, id: "b", from: "a", days: 1 },
    ];
    expect(milestones({ steps, practice: [] }, "2026-05-05", TODAY, LAW.calendar, () => false)).toEqual([]);
    expect(earliestGolive(() => [], TODAY)).toBe(TODAY);
  });
});

describe("answers", () => {
  test("an unknown number of sensitive people is at least one", () => {
    expect(factsOf(asked({ sensitive: "unknown" }).answers)).toMatchObject({ counts: { sensitive: 1 } });
  });
  test("what is wanted is named; what is taken for granted is named too", () => {
    expect(() => readAnswers({}, TODAY)).toThrow("--ciio, --people, --sensitive");
    expect(() => readAnswers({ pi: false }, TODAY)).toThrow("--ciio ");
    expect(asked({ basis: "consent" }).assumed).not.toHaveProperty("basis");
    expect(asked({}).assumed).toMatchObject({ basis: "consent", destination: "US", important: "none" });
    expect(asked({ pi: false }).assumed).not.toHaveProperty("basis");
  });
  test.each<[Flags, string]>([
    [{ people: "many" }, "--people"],
    [{ people: "1,00" }, "--people"],
    [{ people: "-1" }, "--people"],
    [{ sensitive: "1e3" }, "--sensitive"],
    [{ ciio: "perhaps" }, "--ciio"],
    [{ destination: "XX" }, "--destination"],
    [{ destination: "USA" }, "--destination"],
    [{ golive: "2027-02-29" }, "--golive"],
    [{ at: "tomorrow" }, "--at"],
    [{ basis: "contract", holds: "employee" }, "--holds"],
    [{ holds: "necessary" }, "--holds"],
    [{ basis: "interest" }, "--basis"],
  ])("%j is refused by its name", (flags, name) => {
    expect(() => asked(flags)).toThrow(name);
  });
  test("figures as people write them", () => {
    for (const text of ["120000", "120,000", "120_000", "12万", "12.0 万"])
      expect(asked({ people: text }).answers.people).toBe(120_000);
  });
  test("every question is an answer that the flags have, and its words are taken", () => {
    for (const { name, takes, otherwise } of QUESTIONS) {
      const words = typeof takes === "function" ? [] : takes.map(([word]) => word);
      if (otherwise !== undefined && words.length > 0) expect(words).toContain(otherwise);
      if (name === "pi" || name === "under14" || name === "gba") continue;
      for (const word of words) expect(() => asked({ [name]: word })).not.toThrow();
    }
    for (const { zh, en } of Object.values(CONDITION)) expect(zh + en).not.toBe("");
  });
});

describe("asked on a terminal", () => {
  /** Answers each prompt with the next word; null ends the input. */
  async function converse(language: "zh" | "en", ...words: (string | null)[]) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let [shown, answered] = ["", 0];
    output.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      if (!/> (?:\u001b\[\d+G)?$/.test(shown) || answered === words.length) return;
      const word = words[answered++];
      shown += "\n";
      setImmediate(() => (typeof word === "string" ? input.write(`${word}\n`) : input.end()));
    });
    const flags = await ask(language, { input, output });
    return { flags, shown, answered };
  }

  test("words, numbers, first letters and Chinese are answers; what is none is asked again", async () => {
    const { flags, shown } = await converse(
      ...(["zh", "zz", "hk", "", "是", "n", "", "2027-02-30", "2027-03-01", "some", "12万", "300", "no"] as const),
      ...(["2", "yes", "maybe", "y", "", "yes"] as const),
    );
    const answers = asked(flags).answers;
    expect(answers).toMatchObject({
      destination: "HK",
      ciio: false,
      people: 120_000,
      sensitive: 300,
      golive: "2027-03-01",
    });
    expect(answers).toMatchObject({ basis: "contract", holds: ["individual-is-party", "necessary"], gba: true });
    expect(shown).toContain("应为 YYYY-MM-DD 且确有此日");
    expect(shown).toContain("应为人数");
    expect(route(flags).rule).toBe("E2");
  });

  test("without personal information nothing about people is asked", async () => {
    const { flags, shown, answered } = await converse("en", "US", "push", "no", "no", "notified", "");
    expect(answered).toBe(6);
    expect(shown).not.toContain("How many");
    expect(route(flags).rule).toBe("I1");
  });

  test("who leaves gets no answer", async () => {
    await expect(converse("en", "US", null)).rejects.toThrow(CannotRun);
  });
});

describe("calendar file", () => {
  const events = route({ people: "1000000", at: "2026-01-05", golive: "2026-07-21" }).milestones.map((m) => ({
    uid: `${m.id}@route.yumen`,
    date: m.date,
    summary: `安全评估 · ${m.text.zh}; a,b\\c`,
    description: `${m.text.zh.repeat(4)}\nsecond line`,
  }));
  const text = ics("玉门关, route", events, Date.UTC(2026, 0, 5, 3, 4, 5, 678));

  test("CRLF everywhere, no line over 75 octets, no character cut in two", () => {
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(text.endsWith("\r\n")).toBe(true);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toContain("\ufffd");
  });

  test("read back by RFC 5545: whole days with an exclusive end, text unescaped, ids once", () => {
    const lines = text.replaceAll("\r\n ", "").split("\r\n").slice(0, -1);
    expect([lines[0], lines.at(-1)]).toEqual(["BEGIN:VCALENDAR", "END:VCALENDAR"]);
    expect(lines).toContain("VERSION:2.0");
    const of = (name: string) => lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length));
    expect(of("DTSTART;VALUE=DATE:")).toEqual(events.map(({ date }) => date.replaceAll("-", "")));
    expect(of("DTEND;VALUE=DATE:")).toEqual(events.map(({ date }) => plusDays(date, 1).replaceAll("-", "")));
    expect(new Set(of("DTSTAMP:"))).toEqual(new Set(["20260105T030405Z"]));
    expect(new Set(of("UID:")).size).toBe(events.length);
    expect(lines.filter((line) => line.startsWith("SUMMARY:"))[0]).toMatch(/\\; a\\,b\\\\c$/);
    const unescaped = (value: string) => value.replace(/\\([\\;,n])/g, (_, c: string) => (c === "n" ? "\n" : c));
    expect(of("SUMMARY:").map(unescaped)).toEqual(events.map(({ summary }) => summary));
    const descriptions = of("DESCRIPTION:").map(unescaped);
    for (const { description } of events) expect(descriptions).toContain(description);
    expect(of("BEGIN:VEVENT").length).toBe(of("END:VEVENT").length);
  });

  test("folding any text is undone by unfolding", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (any) => {
        const line = any.replace(/[\r\n]/g, "");
        const cut = folded(line);
        expect(cut.replaceAll("\r\n ", "")).toBe(line);
        for (const one of cut.split("\r\n")) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(75);
      }),
    );
  });

  test("no control character and no line break gets out of a value", () => {
    const bad = ics("n", [{ uid: "u", date: "2026-01-01", summary: "a\r\nEND:VEVENT\0\u0007", description: "" }], 0);
    expect(bad.match(/^END:VEVENT\r$/gm)).toHaveLength(1);
    expect(bad).toContain("SUMMARY:a\\nEND:VEVENT\r\n");
  });
});

describe("policy to begin with", () => {
  const FILLED: Readonly<Record<string, string>> = {
    url: "https://api.example.com",
    validFrom: "2026-06-01",
    validUntil: "2029-05-31",
    keySha256: "ab".repeat(32),
    until: "2027-05-31",
    on: "2026-05-31",
    path: "paper.txt",
    sha256: createHash("sha256").update("paper").digest("hex"),
  };
  const fill = (yaml: string) =>
    yaml
      .replace(/\[""\]/g, "[cn-mobile, person]")
      .replace(
        /^( +)(- )?(\w+): "" # ←.*$/gm,
        (_, indent: string, dash: string | undefined, name: string) =>
          `${indent}${dash ?? ""}${name}: "${FILLED[name] ?? "filled in"}"`,
      )
      .replace("done: false", "done: true");
  const load = async (yaml: string) => {
    const dir = mkdtempSync(join(root, "stub-"));
    writeFileSync(join(dir, "yumen.yaml"), yaml);
    writeFileSync(join(dir, "paper.txt"), "paper");
    return loadPolicy(dir, { law: LAW, env: {}, nowMs: Date.UTC(2026, 6, 1) });
  };

  test.each<[string, Flags, string | undefined]>([
    ["standard contract", { people: "100000", sensitive: "40" }, "standard-contract"],
    ["certification", { people: "100000" }, "certification"],
    ["Greater Bay Area", { people: "100000", destination: "HK", gba: true }, "gba-standard-contract"],
    ["assessment", { people: "1000000", ciio: "yes", stateOrgan: true }, undefined],
    ["exempt by contract", { basis: "contract", holds: "individual-is-party,necessary" }, undefined],
    ["exempt by origin", { origin: "overseas" }, undefined],
    ["a zone's list", { zone: "outside-list", sensitive: "3" }, undefined],
    ["important by one's own reading", { important: "self-identified" }, undefined],
    ["important, without PI", { pi: false, important: "notified" }, undefined],
    ["exempt by count", { kind: "remote-access" }, undefined],
    ["to Norway, which YAML 1.1 takes for no", { destination: "NO" }, undefined],
  ])("%s: as made, yumen check names each place; filled in, it is fit to run", async (_, flags, mechanism) => {
    const found = route(flags, mechanism);
    for (const language of ["zh", "en"] as const) {
      const { yaml, fillIns } = stubOf(found, asked(flags).answers, language);
      expect(fillIns.length).toBe(yaml.split("\n").filter((line) => line.includes("# ← ")).length);
      const raw = await load(yaml);
      expect(raw.ok).toBe(false);
      const lines = yaml.split("\n");
      // every mistake stands in a line that says what goes there
      if (!raw.ok) for (const { line } of raw.problems) expect(lines[line - 1]).toContain("# ← ");
      const loaded = await load(fill(yaml));
      expect(loaded.ok || loaded.problems).toBe(true);
      if (!loaded.ok) continue;
      const { exporters, mechanisms, recipients, purposes } = loaded.policy;
      expect(exporters.get("my-company")!.ciio).toBe(asked(flags).answers.ciio);
      expect(recipients.get("recipient")!.country).toBe(asked(flags).answers.destination);
      expect(mechanisms.map(({ type }) => type)).toEqual(found.mechanism === null ? [] : [found.mechanism.id]);
      expect(purposes.get("purpose")!.basis.legalBasis).toBe(asked(flags).answers.basis);
      // what more should be on paper is for yumen check to say; what the stub itself wrote must hold together
      const own = /^(?:notice_|destination_un|rule_|kind_|mechanism_expir)/;
      const codes = loaded.warnings.map(({ code }) => code).filter((code) => own.test(code));
      expect(codes.filter((code) => code !== "destination_unclassified")).toEqual([]);
    }
  });

  test("a standard contract without its filing is warned of, and nothing is called to do", () => {
    const { yaml } = stubOf(route({ people: "100000" }), asked({ people: "100000" }).answers, "en");
    expect(yaml).toContain("add filedDate");
    expect(yaml).not.toMatch(/TODO|FIXME|XXX/);
  });
});

describe("columns", () => {
  test("a Chinese character is two wide", () => {
    expect(widthOf("ab中文，")).toBe(8);
    const rows = table([
      ["中", "x"],
      ["abc", "y"],
    ]).split("\n");
    expect(rows).toEqual(["  中   x", "  abc  y"]);
  });
});

describe("the command", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });
  const yumen = (...argv: string[]) => ranCommand(register, ["route", ...argv]);
  const BASE = ["--ciio", "no", "--people", "120000", "--sensitive", "300", "--at", "2026-03-02"];

  test("a person's reading, in both languages", async () => {
    const zh = await yumen(...BASE, "--golive", "2026-07-21", "--lang", "zh");
    expect(zh).toMatchObject({ code: 0, err: "" });
    for (const part of [
      "标准合同或认证",
      "C2 · 《促进和规范数据跨境流动规定》第8条",
      "999,999 人",
      "10 个工作日内备案",
      "2026-08-04",
      "2–12 周",
    ])
      expect(zh.out).toContain(part);
    const en = await yumen(...BASE, "--golive", "2026-07-21", "--lang", "en");
    expect(en.out).toContain("C2 · Provisions Art.8");
    expect(en.out).not.toMatch(/[\u4e00-\u9fff]/);
  });

  test("JSON for tools: the law's words, documents, dates, sources", async () => {
    const { code, out } = await yumen(...BASE, "--golive", "2026-07-21", "--json");
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ outcome: "SC_OR_CERT", rule: "C2", feasible: true, consentNeeded: true });
    expect(answer.mechanismsAllowed).toEqual(["STANDARD_CONTRACT", "CERTIFICATION", "SECURITY_ASSESSMENT"]);
    expect(answer.milestones.find((m: { id: string }) => m.id === "file").date).toBe("2026-08-04");
    for (const source of answer.sources) expect(source.source).not.toBe("");
  });

  test("exit codes: prohibited 1, not to be met 1, nothing answered 2, no such day 2", async () => {
    expect((await yumen(...BASE, "--stop-order")).code).toBe(1);
    const late = await yumen(
      "--ciio",
      "yes",
      "--people",
      "1",
      "--sensitive",
      "0",
      "--at",
      "2026-03-02",
      "--golive",
      "2026-04-01",
      "--lang",
      "en",
    );
    expect(late.code).toBe(1);
    expect(late.out).toContain("cannot be met by the statutory clock");
    expect(await yumen("--lang", "zh")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("还要回答：--ciio"),
    });
    expect((await yumen(...BASE, "--golive", "2026-13-01")).code).toBe(2);
    expect((await yumen(...BASE, "--law", join(root, "none"))).code).toBe(2);
  });

  test("files: a calendar alone on stdout, a policy that is never written over", async () => {
    const calendar = await yumen(...BASE, "--golive", "2026-07-21", "--ics", "-");
    expect(calendar.out.startsWith("BEGIN:VCALENDAR\r\n")).toBe(true);
    expect((await yumen(...BASE, "--ics", join(root, "d.ics"))).code).toBe(2); // no go-live day
    const file = join(root, "begin.yaml");
    const first = await yumen(...BASE, "--stub", file, "--lang", "en");
    expect(first.code).toBe(0);
    expect(first.err).toContain("/mechanisms/0/validFrom");
    expect(readFileSync(file, "utf8")).toContain("type: standard-contract");
    expect(await yumen(...BASE, "--stub", file, "--lang", "en")).toMatchObject({
      code: 2,
      err: expect.stringContaining("not overwritten"),
    });
    expect((await yumen(...BASE, "--stub", join(root, "no/such/p.yaml"))).code).toBe(2);
    expect((await yumen(...BASE, "--stop-order", "--stub", "-")).code).toBe(2);
  });
});
