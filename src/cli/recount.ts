// `yumen recount`: are the counts of the store those that the ledger tells? Law: nothing is written; a gate that runs
// beside it goes on, and what it counts meanwhile is no difference.

import { join } from "node:path";
import type { Command } from "commander";
import { GateError } from "../io/errors.ts";
import { readEntries } from "../io/ledger/read.ts";
import { readLmdbStores } from "../io/stores/lmdb/read.ts";
import { beijingYear } from "../law/year.ts";
import { recount } from "../record/recount.ts";
import type { Entry } from "../words.ts";
import { type Compared, compare, storedIn, tellCompared } from "./recount/compare.ts";
import { CannotRun } from "./shown/cannot-run.ts";
import { type Said, say } from "./shown/said.ts";

const EXAMPLES = `
Examples:
  yumen recount                          of the gate whose data are in .yumen, also while it runs
  yumen recount --data /srv/yumen --json

The fold of all entries is compared with the store, by exporter, Beijing year and class. waiting: people who are
counted and whom an entry names within seconds. unsaid: people whom only entries of an older gate name, which do not say
the class.
Exit codes: 0 they are the same; 1 they differ; 2 could not run.`;

interface Options {
  readonly data: string;
  readonly lang?: string;
  readonly json?: boolean;
}

/** A gate that counts while this reads is read again. */
const TRIES_MAX = 5;

export function register(program: Command): void {
  program
    .command("recount")
    .description("compare the year's counts with those that the ledger tells / 用台账核对人数")
    .option("--data <dir>", "data folder of the gate", ".yumen")
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "print the comparison as JSON")
    .addHelpText("after", EXAMPLES)
    .action((options: Options) => say(options, () => run(options)));
}

async function run({ data }: Options): Promise<Said> {
  try {
    let compared = await read(data);
    for (let tries = 1; tries < TRIES_MAX && compared.isMoving && !compared.ok; tries += 1) compared = await read(data);
    const { ok, years } = compared;
    return { ok, json: { ok, years }, zh: tellCompared(years, "zh"), en: tellCompared(years, "en") };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    throw new CannotRun(`${data} 读不了：${error.message}`, `${data} cannot be read: ${error.message}`);
  }
}

/** The store before and after: what differs because the gate went on is not told. */
async function read(data: string): Promise<Compared & { readonly isMoving: boolean }> {
  const before = await storedIn(() => readLmdbStores(join(data, "store")));
  const all = recount((t) => beijingYear(Date.parse(t)));
  for await (const { entry } of readEntries(join(data, "ledger"))) all.take(JSON.parse(entry) as Entry);
  const after = await storedIn(() => readLmdbStores(join(data, "store")));
  const isMoving = JSON.stringify(before) !== JSON.stringify(after);
  return { ...compare(all.counts(), after), isMoving };
}
