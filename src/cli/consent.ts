// `yumen consent …`: records of consent, through the admin plane of a running gate.
// Law: the identifier of a person goes into the request's body and nowhere else: no URL, no output, no error.

import type { Command } from "commander";
import type { Language } from "../words.ts";
import { languageOf } from "./check.ts";
import { type Answer, ask, type Connection } from "./consent/ask.ts";
import { addImport } from "./consent/import.ts";
import { readSubjects, type Subject } from "./consent/subjects.ts";
import { inForce, tellChange, tellLookup } from "./consent/tell.ts";
import { CannotRun } from "./shown/cannot-run.ts";

const EXAMPLES = `
Examples:
  yumen consent grant cn-mobile:13800138000 --exporter acme --recipient openai --purpose support \\
        --types cn-mobile,person --separate --notice support-openai@2
  yumen consent withdraw cn-mobile:13800138000 --exporter acme            everything
  echo cn-mobile:13800138000 | yumen consent show --subject-stdin --exporter acme --json
  yumen consent receipt cn-mobile:13800138000 --exporter acme             JSON-LD
  yumen consent link cn-mobile:13800138000 id:u-1029 --exporter acme     both are one person

A subject is <type>:<value>: a kind of personal information, or id for your own user id. An argument stands in the
shell's history and the process list; --subject-stdin keeps it out (one subject a line).
The token: --token-file, else YUMEN_ADMIN_TOKEN, else <data>/admin.token.
Exit codes: 0 done; 1 the answer is no (nothing known, or no consent in force); 2 could not run.`;

interface Options extends Connection {
  readonly exporter: string;
  readonly subjectStdin?: boolean;
  readonly json?: boolean;
  readonly lang?: string;
  readonly [name: string]: unknown;
}

export function register(program: Command): void {
  const consent = program.command("consent").description("record, withdraw and look up consent on a running gate");
  consent.addHelpText("after", EXAMPLES);

  common(consent.command("grant").description("record a consent").argument("[subject]", "<type>:<value>"))
    .requiredOption("--recipient <id>", "the overseas recipient consented to")
    .requiredOption("--purpose <id>", "the purpose consented to")
    .requiredOption("--types <ids>", "kinds of personal information, with commas")
    .option("--sensitive-types <ids>", "kinds of sensitive personal information, with commas", "")
    .option("--separate", "it was a specific act, not bundled with others")
    .option("--guardian", "a guardian gave it for a child under 14")
    .option("--sensitive-notice", "necessity and impact of the sensitive kinds were told")
    .option("--notice <id@version>", "the notice that was shown")
    .option("--given-at <instant>", "ISO 8601 with offset (default: now)")
    .option("--valid-until <instant>", "ISO 8601 with offset (default: no end)")
    .option("--event <id>", "the event's own id: sending it again changes nothing (default: a new one)")
    .action((subject: string | undefined, options: Options) =>
      run(options.lang, (language) => grant(subject, options, language)),
    );

  common(consent.command("withdraw").description("withdraw consent, at once").argument("[subject]", "<type>:<value>"))
    .option("--recipient <id>", "with --purpose: this consent only (default: everything)")
    .option("--purpose <id>", "with --recipient: this consent only (default: everything)")
    .option("--event <id>", "the event's own id: sending it again changes nothing (default: a new one)")
    .action((subject: string | undefined, options: Options) =>
      run(options.lang, (language) => withdraw(subject, options, language)),
    );

  common(consent.command("show").description("what a person has consented to").argument("[subject]", "<type>:<value>"))
    .option("--recipient <id>", "only this recipient")
    .option("--purpose <id>", "only this purpose")
    .action((subject: string | undefined, options: Options) =>
      run(options.lang, (language) => show(subject, options, language)),
    );

  common(
    consent
      .command("receipt")
      .description("a person's consent receipts, as JSON-LD")
      .argument("[subject]", "<type>:<value>"),
  ).action((subject: string | undefined, options: Options) => run(options.lang, () => receipt(subject, options)));

  common(consent.command("link").description("say that identifiers are one person's").argument("[subjects...]")).action(
    (subjects: string[], options: Options) => run(options.lang, (language) => link(subjects, options, language)),
  );
  addImport(consent, run);
}

function common(command: Command): Command {
  return command
    .requiredOption("--exporter <id>", "the exporter the consent was given to")
    .option("--subject-stdin", "read the subject from standard input")
    .option("--admin <url>", "admin plane of the gate", "http://127.0.0.1:8790")
    .option("--token-file <file>", "file with the token")
    .option("--data <dir>", "data folder of the gate, for its admin.token", ".yumen")
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "print the answer as JSON")
    .addHelpText("after", EXAMPLES);
}

async function run(lang: string | undefined, action: (language: Language) => Promise<number>): Promise<void> {
  const language = languageOf(lang, process.env);
  try {
    process.exitCode = await action(language);
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    console.error(`yumen consent: ${error.says[language]}`);
    process.exitCode = 2;
  }
}

async function grant(argument: string | undefined, options: Options, language: Language): Promise<number> {
  const { exporter, recipient, purpose, notice } = options;
  const body = {
    ...{ exporter, subject: await oneSubject(argument, options), recipient, purpose },
    ...{ types: list(options["types"]), sensitiveTypes: list(options["sensitiveTypes"]) },
    ...{ separate: options["separate"] === true, guardian: options["guardian"] === true },
    ...{ sensitiveNotice: options["sensitiveNotice"] === true, channel: "cli" },
    ...(notice === undefined ? {} : { notice: noticeOf(String(notice)) }),
    ...present(options, "givenAt", "validUntil"),
  };
  const event = String(options["event"] ?? crypto.randomUUID());
  const answer = await ask(options, "PUT", `/v1/consents/${encodeURIComponent(event)}`, body);
  print(answer, options, () => tellChange(answer, language));
  return answer.state !== undefined && inForce(answer.state) ? 0 : 1;
}

async function withdraw(argument: string | undefined, options: Options, language: Language): Promise<number> {
  const { exporter } = options;
  const scope = present(options, "recipient", "purpose", "event");
  const body = { exporter, subject: await oneSubject(argument, options), ...scope, channel: "cli" };
  const answer = await ask(options, "POST", "/v1/consents/withdraw", body);
  print(answer, options, () => tellChange(answer, language));
  // A withdrawal dated before a newer consent is kept, and takes nothing away.
  return answer.state?.granted ? 1 : 0;
}

async function show(argument: string | undefined, options: Options, language: Language): Promise<number> {
  const { exporter } = options;
  const body = { exporter, subject: await oneSubject(argument, options), ...present(options, "recipient", "purpose") };
  const answer = await ask(options, "POST", "/v1/consents/lookup", body);
  print(answer, options, () => tellLookup(answer, language));
  return answer.states?.some(inForce) ? 0 : 1;
}

/** ISO/IEC TS 27560 in the terms of the W3C Data Privacy Vocabulary: for a machine, with or without --json. */
async function receipt(argument: string | undefined, options: Options): Promise<number> {
  const body = { exporter: options.exporter, subject: await oneSubject(argument, options) };
  const answer = (await ask(options, "POST", "/v1/receipts", body)) as { readonly "@graph"?: readonly object[] };
  console.log(JSON.stringify(answer, null, options.json === true ? 0 : 2));
  return answer["@graph"]?.length ? 0 : 1;
}

async function link(args: readonly string[], options: Options, language: Language): Promise<number> {
  const subjects = await readSubjects(args, options.subjectStdin === true);
  if (subjects.length < 2) throw new CannotRun("至少要两个主体", "two subjects or more are wanted");
  const answer = await ask(options, "POST", "/v1/aliases", { exporter: options.exporter, subjects });
  const [zh, en] = [`${subjects.length} 个标识属于同一人`, `${subjects.length} identifiers are one person's`];
  print(answer, options, () => (language === "zh" ? zh : en));
  return 0;
}

async function oneSubject(argument: string | undefined, { subjectStdin }: Options): Promise<Subject> {
  const subjects = await readSubjects(argument === undefined ? [] : [argument], subjectStdin === true);
  if (subjects.length !== 1)
    throw new CannotRun(
      "要一个主体：<类型>:<值>，或用 --subject-stdin",
      "one subject is wanted: <type>:<value>, or --subject-stdin",
    );
  return subjects[0]!;
}

function print(answer: Answer, { json }: Options, tell: () => string): void {
  console.log(json ? JSON.stringify(answer) : tell());
}

function list(value: unknown): string[] {
  return String(value ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function noticeOf(text: string): { id: string; version: string } {
  const at = text.lastIndexOf("@");
  if (at < 1 || at === text.length - 1)
    throw new CannotRun("--notice 应为 <编号>@<版本>", "--notice wants <id>@<version>");
  return { id: text.slice(0, at), version: text.slice(at + 1) };
}

function present(options: Options, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));
}
