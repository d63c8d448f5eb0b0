// The counts of a store beside those of its ledger. Law: whom the store knows to be without an entry counts as told;
// where entries do not say the class, a class may lie as far off as there are such people, and gross may not.

import type { Stores } from "../../io/stores/stores.ts";
import type { Recounted } from "../../record/recount.ts";
import type { Language } from "../../words.ts";
import { table } from "../shown/table.ts";

type Numbers = Pick<Recounted, "nonSensitive" | "sensitive" | "gross">;

export interface Stored extends Numbers {
  readonly exporter: string;
  readonly year: number;
  /** Counted, and no entry names them yet. */
  readonly waiting: number;
}

export interface YearCompared {
  readonly exporter: string;
  readonly year: number;
  readonly ok: boolean;
  readonly store: Numbers;
  readonly ledger: Numbers;
  readonly waiting: number;
  readonly unsaid: number;
}

export interface Compared {
  readonly ok: boolean;
  readonly years: readonly YearCompared[];
}

export async function storedIn(open: () => Promise<Stores>): Promise<readonly Stored[]> {
  const { people, close } = await open();
  const unnamed = people.unnamed();
  const stored = people.exporters().flatMap((exporter) =>
    people.years(exporter).map((year) => {
      const { nonSensitive, sensitive, gross } = people.counts(exporter, year);
      const mine = unnamed.filter((one) => one.exporter === exporter && one.year === year);
      const waiting = mine.reduce(
        (sum, one) => sum + one.people.length + one.statements.reduce((all, { gross: stated }) => all + stated, 0),
        0,
      );
      return { exporter, year, nonSensitive, sensitive, gross, waiting };
    }),
  );
  await close();
  return stored;
}

export function compare(told: readonly Recounted[], stored: readonly Stored[]): Compared {
  const names = new Map([...told, ...stored].map(({ exporter, year }) => [`${year} ${exporter}`, { exporter, year }]));
  const years = [...names.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { exporter, year }]): YearCompared => {
      const of = <T extends { exporter: string; year: number }>(all: readonly T[]): T | undefined =>
        all.find((one) => one.exporter === exporter && one.year === year);
      const [{ unsaid = 0, ...ledger }, { waiting = 0, ...store }] = [{ ...of(told) }, { ...of(stored) }];
      const numbers = { store: numbersOf(store), ledger: numbersOf(ledger), waiting, unsaid };
      return { exporter, year, ok: isSame(numbers), ...numbers };
    });
  return { ok: years.every(({ ok }) => ok), years };
}

function numbersOf({ nonSensitive = 0, sensitive = 0, gross = 0 }: Partial<Numbers>): Numbers {
  return { nonSensitive, sensitive, gross };
}

/** Whoever waits may be told already, as far as the ledger is concerned: at most so many are missing there. */
function isSame({ store, ledger, waiting, unsaid }: Omit<YearCompared, "exporter" | "year" | "ok">): boolean {
  const isNear = (of: keyof Numbers, more: number) => ledger[of] <= store[of] && store[of] - ledger[of] <= more;
  return isNear("gross", waiting) && isNear("nonSensitive", waiting + unsaid) && isNear("sensitive", waiting + unsaid);
}

const WORDS = {
  zh: {
    none: "没有人计入",
    head: ["出口方", "年", "", "非敏感", "敏感", "合计", "等待", "未注明"],
    store: "库",
    ledger: "台账",
  },
  en: {
    none: "nobody is counted",
    head: ["exporter", "year", "", "non-sensitive", "sensitive", "gross", "waiting", "unsaid"],
    store: "store",
    ledger: "ledger",
  },
} as const;

export function tellCompared(years: readonly YearCompared[], language: Language): string {
  const says = WORDS[language];
  if (years.length === 0) return says.none;
  const cells = ({ nonSensitive, sensitive, gross }: Numbers) => [nonSensitive, sensitive, gross].map(String);
  const rows = years.flatMap(({ exporter, year, ok, store, ledger, waiting, unsaid }) => [
    [`${ok ? "✓" : "✗"} ${exporter}`, String(year), says.store, ...cells(store), String(waiting), ""],
    ["", "", says.ledger, ...cells(ledger), "", String(unsaid)],
  ]);
  return table([[...says.head], ...rows]);
}
