// `yumen find`: detection as a filter, text in, places out. Law: answers say where and what kind, never the text unless
// `--show` asks for it; every input gets an answer or an error of its own, and an error names the place, not its words.

import { type Command, Option } from "commander";
import type { Shown } from "./find/view.ts";

const EXAMPLES = `
Inputs: JSON lines {"id","text"} or {"id","json"} ("json" is a document as a string); JSON documents; plain text.
        Office files, PDF, zip and gzip: every text in them.
        Told by the name: .json is a document, .txt .md .log .csv are text, .docx .xlsx .pptx .odt .pdf .zip .gz are
        files, all else is lines. --as says it.
Output: of lines, {"id","spans":[{"start","end","type","path"?}]} each; offsets in UTF-16 units of the text, or of
        the string at that JSON Pointer. Of text and documents a view, each value replaced by its kind;
        with --json one line as above, its id the file's name

Examples:
  yumen find texts.jsonl
  echo '{"id":1,"text":"call 13800138000"}' | yumen find -
  echo '手机 13800138000' | yumen find - --as text --explain
  yumen find request.json notes.txt --explain
  yumen find request.json --json

Exit codes: 0 fine, 2 some input could not be read. NO_COLOR turns colours off.`;

const TEXT = /\.(?:txt|md|log|csv|tsv)$/i;
const FILE = /\.(?:docx|xlsx|pptx|od[tsp]|pdf|zip|gz)$/i;
const AS = ["lines", "json", "text", "file"] as const;

type As = (typeof AS)[number];
interface Options {
  readonly as?: As;
  readonly explain?: boolean;
  readonly show?: boolean;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("find")
    .description("find personal information in text, JSON and JSON lines")
    .argument("<files...>", "what to read; - for standard input")
    .addOption(new Option("--as <what>", "what the input is").choices(AS))
    .option("--explain", "per finding: its kind, how certain, and why")
    .option("--show", "the view shows the values themselves")
    .option("--json", "print JSON (the default for lines)")
    .addHelpText("after", EXAMPLES)
    .action(async (files: string[], options: Options) => {
      process.exitCode = await run(files, options);
    });
}

/** @returns the exit code: the worst of all files. */
async function run(files: readonly string[], options: Options): Promise<number> {
  let worst = 0;
  for (const file of files)
    try {
      worst = Math.max(worst, await findIn(file, options));
    } catch (error) {
      process.stderr.write(`yumen find: ${(error as Error).message}\n`);
      worst = 2;
    }
  return worst;
}

async function findIn(file: string, options: Options): Promise<number> {
  const { createReadStream } = await import("node:fs");
  const { looker } = await import("./find/look.ts");
  const { findLines } = await import("./find/lines.ts");
  const { view } = await import("./find/view.ts");
  const look = await looker(options.explain === true);
  // Opened last: an error that comes while nobody listens would end the process.
  const input = file === "-" ? process.stdin : createReadStream(file);
  const as = options.as ?? asOf(file);
  if (as === "lines") return findLines(input, file, look);
  const id = file;
  const bytes = await whole(input);
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  const doc = as === "file" ? await (await import("./find/file.ts")).fileDoc(bytes) : undefined;
  const found = look(doc !== undefined ? { id, file: doc } : as === "json" ? { id, json: text } : { id, text });
  if (options.json === true) process.stdout.write(`${JSON.stringify({ id, spans: found.spans })}\n`);
  else process.stdout.write(view(file, found.strings, shownBy(options)));
  for (const { path, class: name, kind } of doc?.unread ?? [])
    process.stderr.write(`yumen find: ${file}${path}: not read (${name}: ${kind})\n`);
  return doc?.unread === undefined ? 0 : 2;
}

function asOf(file: string): As {
  if (/\.json$/i.test(file)) return "json";
  if (FILE.test(file)) return "file";
  return TEXT.test(file) ? "text" : "lines";
}

function shownBy({ explain, show }: Options): Shown {
  const { env, stdout } = process;
  const colours = stdout.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  return { colours, values: show === true, why: explain === true, language: isChinese(env) ? "zh" : "en" };
}

function isChinese(env: NodeJS.ProcessEnv): boolean {
  return /^zh/i.test(env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "");
}

async function whole(input: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
