// `yumen init`: five questions → a policy folder with its tests, fit to run. Law: nothing that exists is overwritten.

import type { Command } from "commander";
import type { Language } from "../words.ts";
import { languageOf, lawData } from "./check.ts";
import type { Typed } from "./init/answers.ts";

const EXAMPLES = `
Examples:
  yumen init                                     five questions on a terminal; writes ./policies
  yumen init acme --template ai-product --exporter 示例公司 --ciio no \\
    --recipient Borealis --country US --contact privacy@borealis.example --basis consent

Templates: saas-crm, ai-product (basis consent or contract), hr (hr or consent), multi-client (consent or contract).
As written, nothing with personal information leaves: the impact assessment and the notice are yours to do, and the
policy says where. Exit codes: 0 written, 1 what was written is not fit to run, 2 could not run.`;

interface Options extends Typed {
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("init")
    .description("five questions → a policy folder with its tests")
    .argument("[dir]", "folder to write", "policies")
    .option("--template <name>", "saas-crm, ai-product, hr or multi-client")
    .option("--exporter <name>", "your company's full name")
    .option("--ciio <answer>", "operates critical information infrastructure: yes, no, unknown (counts as yes)")
    .option("--recipient <name>", "full legal name of the recipient abroad")
    .option("--country <code>", "its country: US, SG, HK …")
    .option("--contact <where>", "where people can reach it with their rights")
    .option("--basis <ground>", "PIPL Art. 13: consent, contract or hr")
    .option("--url <url>", "the recipient's endpoint (default: the variable `overseas`, else a port of this machine)")
    .option("--lang <zh|en>", "language (default: from LANG)")
    .option("--json", "one JSON object on stdout; asks nothing")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options: Options) => {
      process.exitCode = await init(dir, options);
    });
}

async function init(dir: string, options: Options): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const { CannotRun } = await import("./shown/cannot-run.ts");
  try {
    const { answersOf } = await import("./init/answers.ts");
    const { writePolicy } = await import("./init/write.ts");
    const { PACKAGE_DIR } = await import("../io/config.ts");
    const answers = answersOf(await typedOf(options, language));
    const at = new Date().toISOString();
    const files = await writePolicy(`${PACKAGE_DIR}policies/templates`, dir, answers, at);
    return await tell(dir, files, options.json === true, language);
  } catch (error) {
    const says = error instanceof CannotRun ? error.says[language] : (error as Error).message;
    process.stderr.write(`yumen init: ${says}\n`);
    return 2;
  }
}

/** What no flag says is asked for, on a terminal. */
async function typedOf({ lang: _, json, ...typed }: Options, language: Language): Promise<Typed> {
  if (json === true || process.stdin.isTTY !== true || process.stderr.isTTY !== true) return typed;
  const { ask } = await import("./init/ask.ts");
  return ask(typed, language, { input: process.stdin, output: process.stderr });
}

const SAYS = {
  zh: {
    wrote: "已写好",
    fit: (n: number) => `可用；还要做的事 ${n} 件，yumen check 会逐条指出`,
    unfit: "写出的策略不可用：",
    next: "接下来",
  },
  en: {
    wrote: "written",
    fit: (n: number) => `fit to run; ${n} ${n === 1 ? "thing" : "things"} left to do, as yumen check points out`,
    unfit: "what was written is not fit to run:",
    next: "next",
  },
} as const;

/** Whether what was written is fit, and the next three commands. */
async function tell(dir: string, files: readonly string[], json: boolean, language: Language): Promise<number> {
  const { loadPolicy } = await import("../io/policy/load.ts");
  const { render } = await import("../io/policy/problem.ts");
  const loaded = await loadPolicy(dir, { law: await lawData() });
  const next = [`yumen check ${shell(dir)}`, `yumen test ${shell(dir)}`, `yumen start --policies ${shell(dir)}`];
  const warnings = loaded.ok ? loaded.warnings.length : null;
  const says = SAYS[language];
  if (json) process.stdout.write(`${JSON.stringify({ ok: loaded.ok, files, warnings, next })}\n`);
  else if (loaded.ok)
    process.stdout.write(
      [
        `${says.wrote}  ${files.join("  ")}`,
        says.fit(loaded.warnings.length),
        "",
        says.next,
        ...next.map((one) => `  ${one}`),
        "",
      ].join("\n"),
    );
  else process.stderr.write(`${says.unfit}\n${loaded.problems.map((one) => render(one, language)).join("\n\n")}\n`);
  return loaded.ok ? 0 : 1;
}

/** As it can be pasted into a POSIX shell. */
function shell(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
