// The counts of every year, worked out from the ledger alone: what crossings, openings, corrections, and who was named
// later, say of people, from the first entry on. Law: a set of people is a set: who is named twice counts once; a
// crossing without its decision entry, or that was blocked, names nobody; nothing but entries is looked at.

import type { CountKey, Counts, Entry, Json, Statement } from "../words.ts";
import { classesAt } from "./classes.ts";

export interface Recounted extends Pick<Counts, "nonSensitive" | "sensitive" | "gross"> {
  readonly exporter: string;
  readonly year: number;
  /** Of gross: people whom only entries name that do not say as what, as older gates wrote them. */
  readonly unsaid: number;
}

export interface Recount {
  /** In the order of the ledger. */
  take(entry: Entry): void;
  /** By exporter and year. A year of which no entry tells anybody is not among them. */
  counts(): readonly Recounted[];
}

/** @param yearOf the Beijing year of an instant, ISO 8601 UTC. */
export function recount(yearOf: (t: string) => number): Recount {
  const years = new Map<string, Year>();
  /** Of crossings whose decision has not come yet: it stands behind them. */
  const parts = new Map<string, Entry[]>();
  const yearAt = (exporter: string, year: number): Year => {
    const name = `${year} ${exporter}`;
    const known = years.get(name) ?? new Year(exporter, year);
    years.set(name, known);
    return known;
  };
  const crossing = (entry: Entry): void => {
    const id = String(entry["id"]);
    const isPart = "part" in entry && !("action" in entry);
    if (isPart) return void parts.set(id, [...(parts.get(id) ?? []), entry]);
    const all = [entry, ...(parts.get(id) ?? [])];
    parts.delete(id);
    const handler = entry["handler"] ?? entry["exporter"];
    if (typeof handler !== "string" || isBlock(entry)) return;
    if (all.every((one) => textsOf(one["new"]).length === 0)) return;
    const year = yearAt(handler, yearOf(entry.t));
    for (const one of all) for (const [i, key] of textsOf(one["new"]).entries()) year.sent(key, digitAt(one, i));
  };
  const ofYear = (entry: Entry): void => {
    const { exporter, year } = entry as { readonly exporter?: Json; readonly year?: Json };
    if (typeof exporter === "string" && typeof year === "number") yearAt(exporter, year).take(entry);
  };
  return {
    take(entry) {
      if (entry.kind === "crossing") crossing(entry);
      else if (entry.kind === "opening" || entry.kind === "correction" || entry.kind === "counted") ofYear(entry);
    },
    counts: () => [...years.values()].map((year) => year.counts()),
  };
}

const NON_SENSITIVE = 1;
const SENSITIVE = 2;
/** Sent by the gate, as nobody says what. */
const UNSAID = 4;

/** Numbers of one statement: of two that say it the higher ones. */
type Stated = Pick<Statement, "nonSensitive" | "sensitive" | "gross">;

class Year {
  readonly #exporter: string;
  readonly #year: number;
  readonly #sent = new Map<string, number>();
  /** By person, then by recipient. */
  readonly #opened = new Map<string, Map<string, number>>();
  readonly #stated = new Map<string, Stated>();

  constructor(exporter: string, year: number) {
    this.#exporter = exporter;
    this.#year = year;
  }

  sent(key: string, bits: number): void {
    this.#sent.set(key, (this.#sent.get(key) ?? 0) | bits);
  }

  take(entry: Entry): void {
    if (entry.kind === "counted") return this.#counted(entry);
    const bits = entry["class"] === "s" ? SENSITIVE : NON_SENSITIVE;
    const recipient = recipientOf(entry["recipient"]);
    const { id } = entry as { readonly id?: Json };
    if (entry.kind === "opening") {
      for (const key of textsOf(entry["people"])) this.#open(key, recipient, bits);
      this.#state(String(id), statedAs(bits, numberOf(entry["stated"])));
    } else if (Array.isArray(entry["people"])) {
      for (const key of textsOf(entry["people"])) this.#takeBack(key, recipient, bits);
    } else this.#state(String(id), statedAs(bits, numberOf(entry["people"])));
  }

  #counted(entry: Entry): void {
    const ways = listOf(entry["ways"]);
    for (const key of textsOf(entry["people"]))
      for (const way of ways) {
        const bits = (way["nonSensitive"] === true ? NON_SENSITIVE : 0) | (way["sensitive"] === true ? SENSITIVE : 0);
        if (way["by"] === "opening") this.#open(key, recipientOf(way["recipient"]), bits);
        else this.sent(key, bits);
      }
    const stated = entry["stated"] as unknown as (Stated & { readonly id: string }) | undefined;
    if (stated !== undefined) this.#state(stated.id, stated);
  }

  #open(key: string, recipient: string, bits: number): void {
    const mine = this.#opened.get(key) ?? new Map<string, number>();
    this.#opened.set(key, mine.set(recipient, (mine.get(recipient) ?? 0) | bits));
  }

  #takeBack(key: string, recipient: string, bits: number): void {
    const mine = this.#opened.get(key);
    const left = (mine?.get(recipient) ?? 0) & ~bits;
    if (left === 0) mine?.delete(recipient);
    else mine?.set(recipient, left);
    if (mine?.size === 0) this.#opened.delete(key);
  }

  #state(id: string, now: Stated): void {
    const { nonSensitive, sensitive, gross } = this.#stated.get(id) ?? now;
    this.#stated.set(id, {
      nonSensitive: Math.max(nonSensitive, now.nonSensitive),
      sensitive: Math.max(sensitive, now.sensitive),
      gross: Math.max(gross, now.gross),
    });
  }

  counts(): Recounted {
    const sum = { nonSensitive: 0, sensitive: 0, gross: 0, unsaid: 0 };
    const add = (bits: number): void => {
      if (bits & NON_SENSITIVE) sum.nonSensitive += 1;
      if (bits & SENSITIVE) sum.sensitive += 1;
      if (bits & UNSAID) sum.unsaid += 1;
      sum.gross += 1;
    };
    const openedAs = (key: string) => [...(this.#opened.get(key)?.values() ?? [])].reduce((all, bits) => all | bits, 0);
    for (const [key, bits] of this.#sent) add(bits | openedAs(key));
    for (const key of this.#opened.keys()) if (!this.#sent.has(key)) add(openedAs(key));
    for (const { nonSensitive, sensitive, gross } of this.#stated.values()) {
      sum.nonSensitive += nonSensitive;
      sum.sensitive += sensitive;
      sum.gross += gross;
    }
    return { exporter: this.#exporter, year: this.#year, ...sum };
  }
}

function isBlock(entry: Entry): boolean {
  return entry["action"] === "block";
}

function digitAt(entry: Entry, at: number): number {
  const classes = classesAt(String(entry["newAs"] ?? ""), at);
  if (classes === null) return UNSAID;
  return (classes.nonSensitive ? NON_SENSITIVE : 0) | (classes.sensitive ? SENSITIVE : 0);
}

function statedAs(bits: number, people: number): Stated {
  return { nonSensitive: bits & NON_SENSITIVE ? people : 0, sensitive: bits & SENSITIVE ? people : 0, gross: people };
}

/** `null` is a recipient too: nobody knows which. No id is empty. */
function recipientOf(recipient: Json | undefined): string {
  return typeof recipient === "string" ? recipient : "";
}

function textsOf(list: Json | undefined): readonly CountKey[] {
  return Array.isArray(list) ? (list.filter((one) => typeof one === "string") as CountKey[]) : [];
}

function listOf(list: Json | undefined): readonly Readonly<Record<string, Json>>[] {
  return Array.isArray(list) ? list : [];
}

function numberOf(value: Json | undefined): number {
  return typeof value === "number" ? value : 0;
}
