// `yumen route`: which mechanism applies to me, what it needs, and by when. Law: the law is asked (src/law), and its
// documents and clocks are read (policies/law); this command only asks and tells.

import type { Command } from "commander";
import type { Language } from "../words.ts";
import { languageOf } from "./check.ts";
import type { Answered } from "./route/answers.ts";
import type { Route } from "./route/judge.ts";
import { CannotRun } from "./shown/cannot-run.ts";

const EXAMPLES = `
On a terminal without answers it asks. Examples:
  yumen route                                                     questions, one by one
  yumen route --ciio no --people 120000 --sensitive 300 --basis consent --destination US
  yumen route --ciio no --people 120000 --sensitive 0 --golive 2027-03-01 --ics dates.ics --stub policies/new.yaml
  yumen route --ciio no --people 900 --sensitive 0 --basis contract --holds individual-is-party,necessary --json
  yumen route --ciio no --people 5000 --sensitive 40 --destination HK --gba --mechanism gba-standard-contract

--people and --sensitive: people from 1 January of the year of export (Beijing time) on, each once, to all recipients,
this export included; without a go-live day it is this year.
Data that is anonymised, with written proof, is no personal information: --no-pi.
Exit code: 0 a way is there, 1 prohibited or the go-live day cannot be met by the statutory clock, 2 could not run.`;

type Options = Readonly<Record<string, string | boolean | undefined>>;

export function register(program: Command): void {
  program
    .command("route")
    .description("which mechanism applies: route, article, documents, lead time, dates, a policy to begin with")
    .option("--ciio <yes|no|unknown>", "operator of critical information infrastructure")
    .option("--people <n>", "people whose information goes abroad this year")
    .option("--sensitive <n|unknown>", "people whose sensitive information goes abroad this year")
    .option("--no-pi", "no personal information in it")
    .option(
      "--important <state>",
      "important data: none, self-identified, notified, published, unknown, core, state-secret",
    )
    .option("--basis <basis>", "consent, contract, hr, emergency, statutory (default: consent)")
    .option("--holds <conditions>", "conditions of the basis that hold, with commas")
    .option("--destination <code>", "country or region (default: US)")
    .option("--kind <kind>", "push, remote-access, logging, in-country-access (default: push)")
    .option("--origin <origin>", "domestic, or overseas: collected abroad, nothing domestic mixed in")
    .option("--zone <result>", "free-trade zone: none, no-list, outside-list, listed-sc-or-cert, listed-assessment")
    .option("--state-organ", "state organ or authorised public body")
    .option("--gba", "both parties are registered in the Greater Bay Area")
    .option("--under14", "there are children under 14")
    .option("--restricted", "the recipient is on the restricted list")
    .option("--foreign-authority", "asked for by a foreign court or authority, without approval in China")
    .option("--stop-order", "an authority has ordered the activity to stop")
    .option("--at <date>", "the day of asking (default: today in Beijing)")
    .option("--golive <date>", "planned first day of export: the dates are counted from it, and its law is asked")
    .option("--mechanism <type>", "which of the allowed ones to show")
    .option("--ics <file>", "write the dates as a calendar (- for stdout)")
    .option("--stub <file>", "write a policy to begin with (- for stdout)")
    .option("--law <dir>", "law data to judge by, with its papers/ (default: the built-in policies/law)")
    .option("--lang <zh|en>", "language of questions and answers (default: from LANG)")
    .option("--json", "one JSON object on stdout")
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      const language = languageOf(options["lang"] as string | undefined, process.env);
      try {
        process.exitCode = await run(options, language);
      } catch (error) {
        const says = error instanceof CannotRun ? error.says[language] : (error as Error).message;
        process.stderr.write(`yumen route: ${says}\n`);
        process.exitCode = 2;
      }
    });
}

/** Options that are no answers. */
const ABOUT = new Set(["lang", "json", "law", "ics", "stub", "mechanism", "at", "golive"]);

async function run(options: Options, language: Language): Promise<number> {
  const { existsSync } = await import("node:fs");
  const { PACKAGE_DIR } = await import("../io/config.ts");
  const { loadLawData } = await import("../io/law-data.ts");
  const { loadPapers } = await import("../io/law-papers.ts");
  const { readAnswers } = await import("./route/answers.ts");
  const { judge } = await import("./route/judge.ts");
  const { beijingDate } = await import("../law/year.ts");
  const dir = String(options["law"] ?? `${PACKAGE_DIR}policies/law`);
  const own = existsSync(`${dir}/papers`);
  const papers = loadPapers(own ? `${dir}/papers` : `${PACKAGE_DIR}policies/law/papers`);
  const law = loadLawData(dir);
  const answered = readAnswers(await flagsOf(options, language), beijingDate(Date.now()));
  const route = judge(answered.answers, law, papers, options["mechanism"] as string | undefined);
  await give(route, answered, options, language);
  return route.outcome === "PROHIBITED" || route.feasible === false ? 1 : 0;
}

/** As typed; or asked, on a terminal, when nothing was answered by flags. */
async function flagsOf(options: Options, language: Language): Promise<Options> {
  const answersByFlags = Object.entries(options).some(([name, value]) => !ABOUT.has(name) && value !== (name === "pi"));
  const terminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (answersByFlags || !terminal || options["json"] === true) return options;
  const { ask } = await import("./route/ask.ts");
  const asked = await ask(language, { input: process.stdin, output: process.stderr });
  const { at, golive } = options;
  const again = language === "zh" ? "下次可直接" : "the same without questions";
  process.stderr.write(`\n${again}: yumen route ${spelledOut(asked)}\n\n`);
  return { ...asked, ...(at === undefined ? {} : { at }), ...(golive === undefined ? {} : { golive }) };
}

/** Answers as flags: what was left at its default is left out. */
function spelledOut(answers: Options): string {
  return Object.entries(answers)
    .filter(([name, value]) => (name === "pi" ? value === false : value !== false && value !== undefined))
    .map(([name, value]) => (name === "pi" ? "--no-pi" : value === true ? `--${name}` : `--${name} ${String(value)}`))
    .join(" ");
}

async function give(route: Route, answered: Answered, options: Options, language: Language): Promise<void> {
  const { tellFillIns, tellRoute } = await import("./route/tell.ts");
  const [calendar, stub] = [
    await calendarOf(route, answered, options, language),
    await policyOf(route, answered, options, language),
  ];
  const alone = options["ics"] === "-" || options["stub"] === "-";
  if (options["json"]) {
    const { mechanism, alternatives, ...rest } = route;
    const fillIns = stub?.fillIns.map(({ path, text }) => ({ path, text: text[language] }));
    print({ ...answered, ...rest, mechanism, alternatives, ...(fillIns && { fillIns }) });
  } else if (!alone) process.stdout.write(`${tellRoute(route, answered, language)}\n`);
  for (const { file, text } of [calendar, stub].filter((one) => one !== null)) await write(file, text);
  if (!options["json"] && stub !== null) process.stderr.write(`\n${tellFillIns(stub.fillIns, stub.file, language)}\n`);
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function calendarOf(route: Route, { answers }: Answered, options: Options, language: Language) {
  if (options["ics"] === undefined) return null;
  if (answers.golive === null) throw new CannotRun("--ics 要有上线日：--golive", "--ics wants a go-live day: --golive");
  const { ics } = await import("./route/ics.ts");
  const { KINDS } = await import("./route/tell.ts");
  const name = route.mechanism?.name[language] ?? route.rule;
  const events = route.milestones.map(({ id, date, kind, text, source }) => ({
    uid: `${(route.mechanism?.id ?? route.rule).toLowerCase()}.${id}.${answers.golive}@route.yumen`,
    date,
    summary: `${name} · ${KINDS[kind]![language]} · ${text[language]}`,
    description: source[language],
  }));
  return { file: String(options["ics"]), text: ics(`Yumen · ${name}`, events, Date.now()) };
}

async function policyOf(route: Route, { answers }: Answered, options: Options, language: Language) {
  if (options["stub"] === undefined) return null;
  if (route.outcome === "PROHIBITED")
    throw new CannotRun("禁止出境，没有策略可写", "prohibited: there is no policy to write");
  const { stubOf } = await import("./route/stub.ts");
  const { yaml, fillIns } = stubOf(route, answers, language);
  return { file: String(options["stub"]), text: yaml, fillIns };
}

/** @throws CannotRun when the file is there already, or cannot be written. */
async function write(file: string, text: string): Promise<void> {
  if (file === "-") return void process.stdout.write(text);
  const { writeFile } = await import("node:fs/promises");
  const flag = file.endsWith(".ics") ? "w" : "wx";
  await writeFile(file, text, { flag }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST")
      throw new CannotRun(`${file} 已存在，不覆盖`, `${file} is there already and is not overwritten`);
    throw new CannotRun(`${file} 写不了（${error.code}）`, `${file} cannot be written (${error.code})`);
  });
}
