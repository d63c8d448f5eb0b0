// Dates as other systems write them. Law: what a pattern leaves out goes the safe way: a grant holds from the first
// instant that it may mean, a withdrawal from the last one that has passed: no grant of the same day stands above it.

/** `iso`, `epoch-s`, `epoch-ms`, or a pattern of YYYY MM M DD D HH H mm m ss s SSS and what stands between them. */
export type ReadInstant = (text: string, isWithdrawal: boolean, nowMs: number) => string | null;

const UNITS = ["year", "month", "day", "hour", "minute", "second", "ms"] as const;
type Unit = (typeof UNITS)[number];

const TOKENS: Readonly<Record<string, readonly [unit: Unit, pattern: string]>> = {
  YYYY: ["year", "(\\d{4})"],
  MM: ["month", "(\\d{2})"],
  M: ["month", "(\\d{1,2})"],
  DD: ["day", "(\\d{2})"],
  D: ["day", "(\\d{1,2})"],
  HH: ["hour", "(\\d{2})"],
  H: ["hour", "(\\d{1,2})"],
  mm: ["minute", "(\\d{2})"],
  m: ["minute", "(\\d{1,2})"],
  ss: ["second", "(\\d{2})"],
  s: ["second", "(\\d{1,2})"],
  SSS: ["ms", "(\\d{3})"],
};
const TOKEN = /YYYY|MM|M|DD|D|HH|H|mm|m|ss|s|SSS/g;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Length of what is left out, in ms, by the finest unit that is there. */
const SPAN_MS: Partial<Record<Unit, number>> = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 };

/**
 * @param zone `+08:00`, `-05:30` or `Z`: of patterns. @returns null: no such format. Year, month and day are wanted,
 * and nothing coarser left out than what is there.
 */
export function instantReader(format: string, zone: string): ReadInstant | null {
  if (format === "iso") return (text) => (ISO.test(text) && !Number.isNaN(Date.parse(text)) ? text : null);
  if (format === "epoch-s") return (text) => (/^\d{9,11}$/.test(text) ? isoOf(Number(text) * 1_000) : null);
  if (format === "epoch-ms") return (text) => (/^\d{12,14}$/.test(text) ? isoOf(Number(text)) : null);
  return patternReader(format, zone);
}

function patternReader(format: string, zone: string): ReadInstant | null {
  const units: Unit[] = [];
  let literalFrom = 0;
  let source = "^";
  for (const { 0: token, index } of format.matchAll(TOKEN)) {
    const [unit, pattern] = TOKENS[token]!;
    units.push(unit);
    source += escaped(format.slice(literalFrom, index)) + pattern;
    literalFrom = index + token.length;
  }
  const finest = UNITS[units.length - 1];
  const isWhole = units.length >= 3 && UNITS.slice(0, units.length).every((unit) => units.includes(unit));
  if (!isWhole || finest === undefined) return null;
  const pattern = new RegExp(`${source}${escaped(format.slice(literalFrom))}$`);
  return (text, isWithdrawal, nowMs) => {
    const parts = pattern.exec(text);
    if (parts === null) return null;
    const firstMs = msOf(
      UNITS.map((unit) => (units.includes(unit) ? Number(parts[units.indexOf(unit) + 1]) : 0)),
      zone,
    );
    if (firstMs === null) return null;
    const lastMs = firstMs + (SPAN_MS[finest] ?? 1) - 1;
    // never before the first instant: what lies ahead of now altogether is the gate's to refuse
    return isoOf(isWithdrawal ? Math.max(firstMs, Math.min(lastMs, nowMs)) : firstMs);
  };
}

/** @returns null: there is no such day or time. */
function msOf([year, month, day, hour, minute, second, ms]: readonly number[], zone: string): number | null {
  const utcMs = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!, ms!);
  const back = new Date(utcMs);
  const same = back.getUTCMonth() === month! - 1 && back.getUTCDate() === day! && back.getUTCHours() === hour!;
  if (!same || back.getUTCMinutes() !== minute || back.getUTCSeconds() !== second) return null;
  return utcMs - offsetMs(zone);
}

function offsetMs(zone: string): number {
  if (zone === "Z") return 0;
  const [hours, minutes] = zone.slice(1).split(":").map(Number);
  return (zone.startsWith("-") ? -1 : 1) * (hours! * 60 + minutes!) * 60_000;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
