// What a user says of an export → the law's facts. Law: nothing is decided here; what was not said and is taken for
// granted is named, so that it can be shown.

import { isCountry } from "../../io/policy/countries.ts";
import { plusDays } from "../../law/year.ts";
import { CannotRun } from "../shown/cannot-run.ts";

export const IMPORTANCES = [
  ...(["none", "self-identified", "notified", "published"] as const),
  ...(["unknown", "core", "state-secret"] as const),
];
export const KINDS = ["push", "remote-access", "logging", "in-country-access"] as const;
export const ZONES = ["none", "no-list", "outside-list", "listed-sc-or-cert", "listed-assessment"] as const;
export const ORIGINS = ["domestic", "overseas"] as const;

/** Conditions of each basis (PIPL Art. 13), in the policy's words, as flags spell them. */
export const CONDITIONS = {
  consent: [],
  contract: ["individual-is-party", "necessary"],
  hr: ["employee", "labour-rules", "collective-contract", "necessary"],
  emergency: ["imminent", "necessary"],
  statutory: ["prc-duty", "necessary"],
} as const;

export type Basis = keyof typeof CONDITIONS;
export const BASES = Object.keys(CONDITIONS) as readonly Basis[];

export interface Answers {
  /** Beijing date as of which is asked. */
  readonly at: string;
  readonly golive: string | null;
  readonly ciio: boolean | "unknown";
  readonly stateOrgan: boolean;
  /** People whose ordinary PI goes abroad this statutory year, all recipients, this export included. */
  readonly people: number;
  readonly sensitive: number | "unknown";
  readonly pi: boolean;
  readonly important: (typeof IMPORTANCES)[number];
  readonly basis: Basis;
  /** Conditions of the basis that hold. */
  readonly holds: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly destination: string;
  readonly kind: (typeof KINDS)[number];
  readonly origin: (typeof ORIGINS)[number];
  readonly zone: (typeof ZONES)[number];
  readonly gba: boolean;
  readonly under14: boolean;
  readonly restricted: boolean;
  readonly foreignAuthority: boolean;
  readonly stopOrder: boolean;
}

/** Flags as typed; absent ones undefined. */
export type AnswerFlags = Readonly<Record<string, string | boolean | undefined>>;

/** Without these there is no answer worth having. */
const WANTED = ["ciio", "people", "sensitive"] as const;
/** Taken for granted when not said: the law's own defaults, shown as such. */
const ASSUMED = {
  important: "none",
  basis: "consent",
  destination: "US",
  kind: "push",
  origin: "domestic",
  zone: "none",
};

/** They say nothing where there is no personal information. */
const ABOUT_PI: ReadonlySet<string> = new Set(["basis", "origin", "zone"]);

export interface Answered {
  readonly answers: Answers;
  /** Names of what was not said, with the value that was taken. */
  readonly assumed: Readonly<Record<string, string>>;
}

/** @param today Beijing date. @throws CannotRun naming the flag and what it takes, or the answers that are missing. */
export function readAnswers(flags: AnswerFlags, today: string): Answered {
  const missing = WANTED.filter((name) => flags[name] === undefined && (flags["pi"] !== false || name === "ciio"));
  if (missing.length > 0) {
    const named = missing.map((name) => `--${name}`).join(", ");
    throw new CannotRun(
      `还要回答：${named}（见 yumen route --help）`,
      `still to be answered: ${named} (see yumen route --help)`,
    );
  }
  const taken = Object.entries(ASSUMED).filter(([name]) => flags[name] === undefined);
  const assumed = Object.fromEntries(taken);
  const of = (name: string): string => String(flags[name] ?? assumed[name] ?? "");
  const basis = oneOf("basis", of("basis"), BASES);
  const golive = flags["golive"] === undefined ? null : date("golive", of("golive"));
  const at = flags["at"] === undefined ? today : date("at", of("at"));
  const answers: Answers = {
    ...{ at, golive, basis, holds: conditions(of("holds"), basis) },
    ciio: yesNo("ciio", of("ciio")),
    stateOrgan: flags["stateOrgan"] === true,
    people: flags["people"] === undefined ? 0 : count("people", of("people")),
    sensitive:
      flags["sensitive"] === undefined
        ? 0
        : of("sensitive") === "unknown"
          ? "unknown"
          : count("sensitive", of("sensitive")),
    pi: flags["pi"] !== false,
    important: oneOf("important", of("important"), IMPORTANCES),
    destination: country(of("destination")),
    kind: oneOf("kind", of("kind"), KINDS),
    origin: oneOf("origin", of("origin"), ORIGINS),
    zone: oneOf("zone", of("zone"), ZONES),
    gba: flags["gba"] === true,
    under14: flags["under14"] === true,
    restricted: flags["restricted"] === true,
    foreignAuthority: flags["foreignAuthority"] === true,
    stopOrder: flags["stopOrder"] === true,
  };
  const shown = answers.pi ? taken : taken.filter(([name]) => !ABOUT_PI.has(name));
  return { answers, assumed: Object.fromEntries(shown) };
}

function refuse(name: string, zh: string, en: string): never {
  throw new CannotRun(`--${name}：${zh}`, `--${name}: ${en}`);
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  return found ?? refuse(name, `应为 ${allowed.join("、")} 之一`, `one of ${allowed.join(", ")} is wanted`);
}

function yesNo(name: string, text: string): boolean | "unknown" {
  return { yes: true, no: false, unknown: "unknown" as const }[oneOf(name, text, ["yes", "no", "unknown"])];
}

/** Also 120,000, 120_000 and 12万. */
export function count(name: string, text: string): number {
  const [, tens] = /^(\d{1,6}(?:\.\d{1,4})?) ?万$/.exec(text) ?? [];
  if (tens !== undefined) return Math.round(Number(tens) * 10_000);
  const digits = text.replace(/(?<=\d)[,_](?=\d{3}(?:\D|$))/g, "");
  if (/^\d{1,10}$/.test(digits)) return Number(digits);
  return refuse(name, "应为人数，如 120000", "a number of people is wanted, such as 120000");
}

/** @throws CannotRun unless it is a day of the calendar. */
export function date(name: string, text: string): string {
  try {
    return plusDays(text, 0);
  } catch {
    return refuse(name, "应为 YYYY-MM-DD 且确有此日", "a real date YYYY-MM-DD is wanted");
  }
}

export function country(text: string): string {
  const code = text.toUpperCase();
  if (isCountry(code)) return code;
  return refuse(
    "destination",
    "应为两位国家或地区代码，如 US、SG、HK",
    "a two-letter code such as US, SG or HK is wanted",
  );
}

function conditions(text: string, basis: Basis): readonly string[] {
  const named = text.split(",").filter((name) => name !== "");
  const known: readonly string[] = CONDITIONS[basis];
  const stray = named.find((name) => !known.includes(name));
  if (stray === undefined) return named;
  if (known.length === 0) return refuse("holds", `依据 ${basis} 没有条件可填`, `basis ${basis} has no conditions`);
  return refuse(
    "holds",
    `依据 ${basis} 的条件是 ${known.join("、")}`,
    `the conditions of ${basis} are ${known.join(", ")}`,
  );
}

/** Facts of the law, to be merged over its defaults. */
export function factsOf(a: Answers): object {
  const lower = (text: string): string => text.replaceAll("-", "_");
  const camel = (text: string): string => text.replace(/-(.)/g, (_, c: string) => c.toUpperCase());
  const detail = Object.fromEntries(CONDITIONS[a.basis].map((name) => [camel(name), a.holds.includes(name)]));
  const carriesSensitive = a.sensitive === "unknown" || a.sensitive > 0;
  return {
    at: `${a.golive ?? a.at}T12:00:00+08:00`,
    exporter: { ciio: a.ciio, stateOrgan: a.stateOrgan },
    flow: {
      ...{ destination: placeOf(a.destination), kind: lower(a.kind), recipientRestricted: a.restricted },
      ...{ foreignAuthorityRequest: a.foreignAuthority, regulatorStopOrder: a.stopOrder },
    },
    data: {
      ...{ containsPI: a.pi, importance: lower(a.important), origin: a.origin, subjectsUnder14: a.under14 },
      sensitive: a.sensitive === "unknown" ? "unknown" : carriesSensitive ? ["name"] : [],
    },
    basis: { legalBasis: a.basis, ...(a.basis === "consent" ? {} : { [a.basis]: detail }) },
    ftz: { registered: a.zone !== "none", result: lower(a.zone) },
    gba: { bothRegistered: a.gba },
    // unknown: some, not how many
    counts: { nonSensitive: a.people, sensitive: a.sensitive === "unknown" ? 1 : a.sensitive },
    mechanisms: [],
  };
}

function placeOf(code: string): string {
  if (code === "CN") return "mainland";
  return code === "HK" || code === "MO" || code === "TW" ? code : "overseas";
}
