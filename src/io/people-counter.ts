// The port of those who count people; io/ports.ts has it with all others. Law: what is counted is durable when it is
// told, and whom the gate has sent is never released.

import type {
  Admission,
  Counted,
  CountKey,
  CountLimit,
  Counts,
  DayCounts,
  Heads,
  Newcomer,
  Statement,
  Unnamed,
  Way,
} from "../words.ts";

/**
 * Distinct individuals per exporter and Beijing year, exact, and for each the ways by which he or she was reached.
 * Never releases anybody whom the gate has sent. All but `admit`, `state` and `takeBack` are reads of memory.
 */
export interface PeopleCounter {
  /** @param scopes recipients whose people are counted too: `scoped` answers in their order. */
  counts(exporter: string, year: number, scopes?: readonly (readonly string[])[]): Counts;
  /** `ways` has only what is durable: who is not found in it goes through `admit`, and waits there. */
  counted(exporter: string, year: number, key: CountKey): Counted;
  /** Those known by name, each once. */
  reached(exporter: string, year: number, key: CountKey): readonly string[];
  /** Whose people are counted. */
  exporters(): readonly string[];
  /** In which somebody was counted or stated, oldest first. */
  years(exporter: string): readonly number[];
  /** Everybody counted, by the ways that reached them; people of a number that was stated are not among them. */
  heads(exporter: string, year: number): readonly Heads[];
  /** By day, oldest first; a day without anybody new is left out. @param recipients only of their people. */
  series(exporter: string, year: number, recipients?: readonly string[]): readonly DayCounts[];
  statements(exporter: string, year: number): readonly Statement[];
  /**
   * Adds atomically and idempotently and resolves only when the counts are durable on disk; when they would pass a
   * limit it adds nobody and says so. Two admits that race for the last place: one wins. Everybody admitted counts as
   * gross; an Admission with both classes false counts as gross only (exempt transfers, CNT-3).
   */
  admit(
    exporter: string,
    year: number,
    people: readonly Admission[],
    limit: CountLimit,
    at?: AdmitOptions,
  ): Promise<Admitted>;
  /**
   * States a number of people. Of two statements of one id the higher numbers stand, whatever their order. Durable
   * when it resolves, with the counts after it.
   */
  state(exporter: string, year: number, statement: Statement): Promise<Counts>;
  /**
   * An entry is durable that names these people as it was told to, or that tells the statement. Whoever was counted and
   * is not named survives a crash as such: all entries together tell exactly what is counted.
   */
  named(exporter: string, year: number, what: Named): void;
  /** Of these people those whom the entry of a crossing has to name, once they are admitted. */
  toName(exporter: string, year: number, keys: readonly CountKey[]): readonly Newcomer[];
  /** Those of crossings under way among them. */
  unnamed(): readonly Unnamed[];
  /** Resolves when all that is counted is durable: what a failed write left is tried again. */
  drain(): Promise<void>;
  /**
   * Takes back a way by which an opening balance has reached people by their names: of these classes, for this
   * recipient. Never a way by which the gate has sent anything. Durable when it resolves; once or many times the same.
   * @returns how many had it.
   */
  takeBack(exporter: string, year: number, keys: readonly CountKey[], way: Opened, day?: string): Promise<number>;
}

/** A way of an opening balance, as `Way`. */
export type Opened = Omit<Way, "by">;

export type Named =
  | { readonly people: readonly Newcomer[] }
  | { readonly opened: readonly CountKey[]; readonly way: Opened }
  | { readonly statement: Pick<Statement, "id" | "gross"> };

export interface AdmitOptions {
  /** The Beijing date of the transfer, for the series. Absent: that of the last one. */
  readonly day?: string;
  /** As in `counts`: for the counts that are answered. */
  readonly scopes?: readonly (readonly string[])[] | undefined;
}

/** `added`: who was not counted before, or not in this class. Whom another way reached now is not among them. */
export type Admitted =
  | { readonly ok: true; readonly counts: Counts; readonly added: readonly CountKey[] }
  | { readonly ok: false; readonly counts: Counts };
