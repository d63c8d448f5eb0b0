// `yumen counts`: the year's people and the day on which a line is crossed; `counts open`: whom other channels sent;
// `counts correct`: what of that was too much.
// Law: identifiers go into the request's body and nowhere else: no URL, no output, no error.

import type { Command } from "commander";
import type { CountsReport, GroupReport } from "../io/admin/counts/report.ts";
import { addCorrect } from "./counts/correct.ts";
import { identifiersIn } from "./counts/identifiers.ts";
import { ofThisYear, wholeNumber } from "./counts/options.ts";
import { tellCounts } from "./counts/tell.ts";
import { ask, type Connection } from "./shown/ask.ts";
import { CannotRun } from "./shown/cannot-run.ts";
import { onPlane, type Said, say, TOKENS_HELP } from "./shown/said.ts";

const EXAMPLES = `
Examples:
  yumen counts                                     every exporter: by class, recipient, mechanism, ground; forecast
  yumen counts --exporter acme --year 2026 --json
  yumen counts open --exporter acme --year 2026 --class ns --people 0 --source all-other-systems --by dpo
  yumen counts open --exporter acme --year 2026 --class ns --file ids.jsonl --source crm-2026-06 --by dpo
  yumen counts correct --exporter acme --year 2026 --class ns --people 20 --reason counted-twice

ids.jsonl: a line an identifier, {"type":"cn-mobile","value":"13800138000"} or cn-mobile:13800138000; - reads standard
input. They are keyed by the gate and merged with those counted: the same file twice changes nothing. A number is of
people whom nobody can name: once a source, and it may grow. To take back takes two people: counts correct.
${TOKENS_HELP}
Exit codes: 0 fine; 1 a line is crossed or within its last alarm, a year is not opened, a group looks split; 2 could not
run.`;

interface Options extends Connection {
  readonly exporter?: string;
  readonly year?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

interface OpenOptions extends Options {
  readonly class: string;
  readonly file?: string;
  readonly people?: string;
  readonly recipient?: string;
  readonly source: string;
  readonly by: string;
}

export interface CountsAnswer {
  readonly exporters: readonly CountsReport[];
  readonly groups: readonly GroupReport[];
}

export function register(program: Command): void {
  const counts = onPlane(program.command("counts"))
    .description("how many people were sent abroad this year, by what, and when a line is crossed")
    .option("--exporter <id>", "only this exporter's (default: all)")
    .option("--year <year>", "Beijing year (default: this one)")
    .addHelpText("after", EXAMPLES)
    .action((options: Options) => say(options, () => show(options)));

  // --exporter, --year and the connection are those of `counts`: commander reads them there, wherever they stand
  counts
    .command("open")
    .description("state whom the other channels of --exporter have sent in --year: a list, or a number")
    .requiredOption("--class <ns|s>", "non-sensitive or sensitive information; who is in both is stated in both")
    .requiredOption("--source <text>", "where it comes from; one statement a source")
    .requiredOption("--by <id>", "who answers for it")
    .option("--file <ids.jsonl>", "identifiers, one a line (- for standard input)")
    .option("--people <n>", "people whom nobody can name; 0 is a statement too")
    .option("--recipient <id>", "whom they were sent to (default: not known, so it may be any)")
    .addHelpText("after", EXAMPLES)
    .action((_: OpenOptions, command: Command) => {
      const options = command.optsWithGlobals<OpenOptions>();
      return say(options, () => open(options));
    });
  addCorrect(counts);
}

const LAST_ALARM = 0.95;

async function show(options: Options): Promise<Said> {
  const query = new URLSearchParams();
  if (options.exporter !== undefined) query.set("exporter", options.exporter);
  if (options.year !== undefined) query.set("year", options.year);
  const answer = await ask<CountsAnswer>(options, "GET", `/v1/counts?${query}`);
  const { exporters, groups } = answer;
  const isNear = ({ lines }: CountsReport) => lines.some(({ isCrossed, share }) => isCrossed || share >= LAST_ALARM);
  return {
    ok: [...exporters, ...groups].every(({ warnings }) => warnings.length === 0) && !exporters.some(isNear),
    json: answer,
    zh: tellCounts(answer, "zh"),
    en: tellCounts(answer, "en"),
  };
}

interface OpenAnswer {
  readonly opening: { readonly id: string; readonly people: number; readonly identified: number };
  readonly added: number;
  readonly grew: boolean;
  readonly counts: { readonly nonSensitive: number; readonly sensitive: number; readonly gross: number };
}

async function open(options: OpenOptions): Promise<Said> {
  const { exporter, file, people, recipient, source, by } = options;
  if (exporter === undefined) throw new CannotRun("要写是谁的期初：--exporter", "whose it is is wanted: --exporter");
  if ((file === undefined) === (people === undefined))
    throw new CannotRun("--file 和 --people 二选一", "either --file or --people, and not both");
  const year = ofThisYear(options.year);
  const about = { exporter, year, class: options.class, source, by, ...(recipient === undefined ? {} : { recipient }) };
  const send = (more: object) => ask<OpenAnswer>(options, "POST", "/v1/counts/opening", { ...about, ...more });
  let last: OpenAnswer | null = null;
  let [given, added, grew] = [0, 0, false];
  const took = (answer: OpenAnswer, subjects: number) => {
    [last, given, added, grew] = [answer, given + subjects, added + answer.added, grew || answer.grew];
  };
  if (people !== undefined) took(await send({ people: wholeNumber(people, 0) }), 0);
  else for await (const subjects of identifiersIn(file!)) took(await send({ subjects }), subjects.length);
  if (last === null)
    throw new CannotRun("名单是空的；没有人请用 --people 0", "the list is empty; for nobody, --people 0");
  return told(last, given, added, grew);
}

function told({ opening, counts }: OpenAnswer, given: number, added: number, grew: boolean): Said {
  const year = `${counts.nonSensitive} / ${counts.sensitive} / ${counts.gross}`;
  const [zh, en] =
    given > 0
      ? [`名单 ${given} 行，新增 ${added} 人`, `${given} identifiers, ${added} people more`]
      : [`无法识别的人数：${opening.people}`, `people without a name: ${opening.people}`];
  const [still, same] = grew ? ["", ""] : ["（没有变化）", " (nothing changed)"];
  return {
    ok: true,
    json: { opening, given, added, grew, counts },
    zh: `已登记期初${still}：${zh}。本年（非敏感／敏感／合计）${year}`,
    en: `opening balance stated${same}: ${en}. This year (non-sensitive/sensitive/all) ${year}`,
  };
}
