// Lines of people as alarms, looked at once a minute. Law: a look says all that it sees, so that a new year clears the
// old one's by itself.

import type { Alarms, Raised } from "../../alarms/alarms.ts";
import { type CountWorld, groupsOf, type LineReport, linesOf, thisYear } from "./report.ts";

const LOOK_MS = 60_000;
/** From this share on it is grave. */
const GRAVE = 0.95;

export function watchCounts(world: CountWorld, alarms: Pick<Alarms, "standing">): { close(): void } {
  const look = (): void => alarms.standing("counts", alarmsOf(world));
  look();
  const timer = setInterval(look, LOOK_MS).unref();
  return { close: () => clearInterval(timer) };
}

export function alarmsOf(world: CountWorld): readonly Raised[] {
  const year = thisYear(world);
  const handlers = new Set([...world.policy().exporters.values()].map(({ handler }) => handler));
  return [
    ...[...handlers].flatMap((exporter) => linesOf(world, exporter, year).flatMap((line) => near(exporter, line))),
    ...groupsOf(world, year).flatMap(({ id, counts, warnings }): Raised[] =>
      warnings.map((code) => ({ code: code.toLowerCase(), about: id, severity: "warning", details: { ...counts } })),
    ),
  ];
}

function near(exporter: string, report: LineReport): readonly Raised[] {
  const { id, counter, line, count, alarm, share, isCrossed, expected, earliest, startBy } = report;
  if (alarm === null) return [];
  const forecast = Object.entries({ expected, earliest, startBy }).filter(([, day]) => day !== null);
  return [
    {
      code: isCrossed ? "line_crossed" : "line_near",
      about: `${exporter}/${id}/${counter}`,
      severity: share >= GRAVE ? "critical" : "warning",
      details: { count, line, share, ...(Object.fromEntries(forecast) as Record<string, string>) },
    },
  ];
}
