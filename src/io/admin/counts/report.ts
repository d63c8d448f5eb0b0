// How many people, by what, and when a line will be crossed. Law: it reads and changes nothing, and says no key of
// anybody; a year that nobody answers for is said to be so.

import { outsideOf } from "../../../decide/outside.ts";
import { type Forecast, forecastOf } from "../../../law/forecast.ts";
import { inForceOn } from "../../../law/thresholds.ts";
import { beijingDate, beijingYear, plusDays, plusMonths } from "../../../law/year.ts";
import type { DayCounts, Mechanism, MechanismType, OutsideFlow, Policy, Statement } from "../../../words.ts";
import type { FirstSeenCount } from "../../first-seen.ts";
import type { Papers } from "../../law-papers.ts";
import type { AdminWorld } from "../world.ts";
import { type HeadCounts, headCountsOf } from "./heads.ts";
import { type Opening, openingShelf } from "./opening.ts";
import { type TakenBack, takenBackShelf } from "./take-back.ts";

type Counter = "nonSensitive" | "sensitive";

/** What the lines follow from. */
export type CountWorld = Pick<AdminWorld, "policy" | "clock" | "papers"> & {
  readonly people: Pick<AdminWorld["people"], "counts" | "series" | "statements">;
};

export interface LineReport extends Forecast {
  /** `exempt`, `assessment`, or the id of the mechanism whose scale it is. */
  readonly id: string;
  readonly counter: Counter;
  readonly line: number;
  /** Whose people it counts; null: all. */
  readonly recipients: readonly string[] | null;
  readonly share: number;
  /** The highest share of those that somebody is told at, as far as it is reached; null: below all. */
  readonly alarm: number | null;
  /** What must stand on the day it is crossed, and the day to begin with it; null: none is known. */
  readonly needs: readonly MechanismType[];
  readonly startBy: string | null;
}

export interface CountsReport extends HeadCounts {
  readonly exporter: string;
  readonly year: number;
  readonly counts: { readonly nonSensitive: number; readonly sensitive: number; readonly gross: number };
  /** Declared flows that do not pass the gate; the lines count their people, `counts` does not. */
  readonly outside: readonly OutsideFlow[];
  readonly opened: boolean;
  readonly warnings: readonly string[];
  /** Where people stood when they were first counted, most people first. */
  readonly firstSeen: readonly FirstSeenCount[];
  /** Of the counted, those whom nothing identifies; and how many of them switch U-14 would take for another. */
  readonly unlinked: number;
  readonly namesakes: number;
  /** What is stated of other channels, and what two people took back of it. */
  readonly openings: readonly (Opening | Statement | TakenBack)[];
  readonly lines: readonly LineReport[];
}

/** @param exporter the PI handler. */
export function reportOf(world: AdminWorld, exporter: string, year: number): CountsReport {
  const { people } = world;
  const { nonSensitive, sensitive, gross, opened = false } = people.counts(exporter, year);
  const openings = openingShelf(world)
    .all()
    .filter((one) => one.exporter === exporter && one.year === year);
  return {
    ...{ exporter, year, counts: { nonSensitive, sensitive, gross }, opened },
    outside: outsideIn(world.policy(), exporter),
    warnings: opened ? [] : ["COUNT_NOT_OPENED"],
    ...headCountsOf(people.heads(exporter, year)),
    ...firstSeenIn(world.firstSeen?.of(exporter, year) ?? []),
    openings: [
      ...openings,
      ...people.statements(exporter, year).filter(({ of }) => of === "correction"),
      ...takenBackShelf(world)
        .all()
        .filter((one) => one.exporter === exporter && one.year === year),
    ],
    lines: linesOf(world, exporter, year),
  };
}

function firstSeenIn(firstSeen: readonly FirstSeenCount[]) {
  const peopleOf = (links: readonly string[]) =>
    firstSeen.reduce((sum, { link, people }) => sum + (links.includes(link) ? people : 0), 0);
  return { firstSeen, unlinked: peopleOf(["unlinked", "namesake"]), namesakes: peopleOf(["namesake"]) };
}

function outsideIn({ outsideFlows = [], exporters }: Policy, handler: string): readonly OutsideFlow[] {
  return outsideFlows.filter((flow) => exporters.get(flow.exporter)?.handler === handler);
}

/** Every line that an exporter's year may cross: the law's, then the scales of its mechanisms. */
export function linesOf(world: CountWorld, exporter: string, year: number): readonly LineReport[] {
  const policy = world.policy();
  const today = beijingDate(world.clock.nowMs());
  const { lines } = inForceOn(policy.law, today);
  const all = { recipients: null, exporter, year, today };
  const legal = [
    { ...all, id: "exempt", counter: "nonSensitive", line: lines.exemptBelow, needs: ["STANDARD_CONTRACT"] },
    { ...all, id: "assessment", counter: "nonSensitive", line: lines.assessmentNonSensitive, needs: ASSESSMENT },
    { ...all, id: "assessment", counter: "sensitive", line: lines.assessmentSensitive, needs: ASSESSMENT },
  ] as const;
  return [...legal, ...scalesOf(policy, all)].map((line) => lineOf(world, policy, line));
}

interface Line extends Pick<LineReport, "id" | "counter" | "line" | "recipients" | "needs"> {
  readonly exporter: string;
  readonly year: number;
  readonly today: string;
}

const ASSESSMENT: readonly MechanismType[] = ["SECURITY_ASSESSMENT"];

/** More than the scale crosses it. */
function scalesOf({ mechanisms, exporters }: Policy, all: Pick<Line, "exporter" | "year" | "today">): readonly Line[] {
  const isOurs = (one: Mechanism) =>
    one.exporters.some((id) => id === all.exporter || exporters.get(id)?.handler === all.exporter);
  return mechanisms.filter(isOurs).flatMap(({ id, type, scope }): Line[] => {
    const of = { ...all, id, recipients: scope.recipients === undefined ? null : [...scope.recipients].sort() };
    const { maxNonSensitive: ns, maxSensitive: s } = scope;
    return [
      ...(ns === undefined ? [] : [{ ...of, counter: "nonSensitive" as const, line: ns + 1, needs: [type] }]),
      ...(s === undefined ? [] : [{ ...of, counter: "sensitive" as const, line: s + 1, needs: [type] }]),
    ];
  });
}

function lineOf(world: CountWorld, policy: Policy, line: Line): LineReport {
  const { exporter, year, today, counter, recipients } = line;
  const series = world.people.series(exporter, year, recipients ?? undefined);
  const stated = world.people.statements(exporter, year).map(({ day }) => day);
  const declared = outsideOf(policy, exporter, recipients ?? undefined)[counter];
  const days = daysOf(series, counter, declared);
  const forecast = forecastOf({ ...days, stated, today: inYear(today, year), line: line.line });
  const share = Math.round((forecast.count / line.line) * 10_000) / 10_000;
  const reached = [0.8, 0.95, ...policy.warnAt].filter((one) => share >= one);
  const { id, needs } = line;
  return {
    ...{ id, counter, line: line.line, recipients, share, needs, ...forecast },
    alarm: reached.length === 0 ? null : Math.max(...reached),
    startBy: startBy(forecast, needs, world),
  };
}

/** @param declared people of flows that policy declares: they count from the first day. */
function daysOf(series: readonly DayCounts[], counter: Counter, declared: number) {
  const before = declared + (series.filter(({ day }) => day === null).at(-1)?.[counter] ?? 0);
  const days = series.flatMap((one) => (one.day === null ? [] : [{ day: one.day, count: declared + one[counter] }]));
  return { before, days };
}

/** A year that is over is looked at from its last day. */
function inYear(today: string, year: number): string {
  return today.startsWith(`${year}-`) ? today : `${year}-12-31`;
}

/** The earliest day it may be crossed, less the longest time that practice gives the quickest of what it needs. */
function startBy({ earliest, expected }: Forecast, needs: readonly MechanismType[], world: CountWorld): string | null {
  const day = earliest ?? expected;
  const papers = world.papers?.();
  if (day === null || papers === undefined) return null;
  const starts = needs.flatMap((type) => {
    const practice = papers.get(type)?.practice ?? [];
    return practice.length === 0 ? [] : [practice.map((one) => before(day, one)).sort()[0]!];
  });
  return starts.sort().at(-1) ?? null;
}

function before(day: string, { max, unit }: Papers["practice"][number]): string {
  return unit === "weeks" ? plusDays(day, -7 * max) : plusMonths(day, -max);
}

export interface GroupReport {
  readonly id: string;
  readonly exporters: readonly string[];
  readonly year: number;
  readonly counts: { readonly nonSensitive: number; readonly sensitive: number; readonly gross: number };
  readonly warnings: readonly string[];
}

/** Numbers that an authority may add up (CNT-11). A person whom two members sent is counted by both. */
export function groupsOf(world: CountWorld, year: number): readonly GroupReport[] {
  const policy = world.policy();
  const { lines } = inForceOn(policy.law, beijingDate(world.clock.nowMs()));
  return [...policy.groups.values()].map(({ id, exporters }) => {
    const handlers = [...new Set(exporters.map((one) => policy.exporters.get(one)?.handler ?? one))];
    const members = handlers.map((one) => {
      const counted = world.people.counts(one, year);
      const declared = outsideOf(policy, one);
      return {
        nonSensitive: counted.nonSensitive + declared.nonSensitive,
        sensitive: counted.sensitive + declared.sensitive,
        gross: counted.gross + Math.max(declared.nonSensitive, declared.sensitive),
      };
    });
    const counts = { nonSensitive: 0, sensitive: 0, gross: 0 };
    for (const one of members) {
      counts.nonSensitive += one.nonSensitive;
      counts.sensitive += one.sensitive;
      counts.gross += one.gross;
    }
    const isSplit = (counter: Counter, line: number) =>
      counts[counter] >= line && members.every((one) => one[counter] < line);
    const split =
      isSplit("nonSensitive", lines.exemptBelow) ||
      isSplit("nonSensitive", lines.assessmentNonSensitive) ||
      isSplit("sensitive", lines.assessmentSensitive);
    return { id, exporters: handlers, year, counts, warnings: split ? ["SPLIT_SUSPECTED"] : [] };
  });
}

/** The Beijing year of now. */
export function thisYear({ clock }: Pick<AdminWorld, "clock">): number {
  return beijingYear(clock.nowMs());
}
