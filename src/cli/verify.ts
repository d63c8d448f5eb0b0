// `yumen verify DIR`: is this ledger whole, signed and unchanged? Shares no code with the writer (src/record,
// src/io), so that a mistake of the writer is not its own judge.

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { type OlderHead, type Report, verifyFolder } from "./verify/check.ts";
import { FAULTS } from "./verify/faults.ts";

const EXAMPLES = `
Examples:
  yumen verify .yumen/ledger
  yumen verify ledger-copy --since checkpoint.last-year --json
  yumen verify .yumen/ledger --anchor /mnt/elsewhere/yumen-head

Exit codes: 0 no fault; 1 faults, each named with its place; 2 could not run.`;

export interface VerifyOptions {
  readonly since?: string;
  readonly anchor?: string;
  readonly json?: boolean;
}

/** Exit codes: 0 no fault, 1 faults (each is named), 2 could not run. */
export function register(program: Command): void {
  program
    .command("verify")
    .argument("<dir>", "the ledger folder")
    .description("verify a ledger: signatures, tree, every entry, consistency / 验证台账")
    .option("--since <file>", "an older checkpoint: the ledger must begin with what it names")
    .option("--anchor <file>", "the head kept in a second place: shows a ledger that was cut")
    .option("--json", "the report as one line of JSON")
    .addHelpText("after", EXAMPLES)
    .action((dir: string, options: VerifyOptions) => {
      const { code, text } = runVerify(dir, options, isChinese(process.env));
      (code === 2 ? process.stderr : process.stdout).write(text);
      process.exitCode = code;
    });
}

/** The whole command but for its output. */
export function runVerify(dir: string, options: VerifyOptions, zh = false): { code: 0 | 1 | 2; text: string } {
  try {
    if (!statSync(dir).isDirectory()) throw new Error(`${dir} is not a folder`);
    if (!existsSync(join(dir, "vkey")) && existsSync(join(dir, "ledger", "vkey")))
      throw new Error(`${dir} is a data folder; its ledger is ${join(dir, "ledger")}`);
    const report = verifyFolder(dir, olderHeads(options));
    const text = options.json === true ? `${JSON.stringify(report)}\n` : reportText(report, zh);
    return { code: report.ok ? 0 : 1, text };
  } catch (error) {
    const detail = (error as Error).message;
    const text = options.json === true ? `${JSON.stringify({ ok: false, error: detail })}\n` : `verify: ${detail}\n`;
    return { code: 2, text };
  }
}

function olderHeads({ since, anchor }: VerifyOptions): OlderHead[] {
  const paths = [since, anchor].filter((path) => path !== undefined);
  return paths.map((path) => ({ place: path, note: readFileSync(path) }));
}

function isChinese(env: NodeJS.ProcessEnv): boolean {
  return /^zh/i.test(env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "");
}

function reportText(report: Report, zh: boolean): string {
  const lines = report.faults.map(({ place, code }) => `${place}: ${FAULTS[code][zh ? "zh" : "en"]} (${code})`);
  const kinds = Object.entries(report.kinds).sort(([a], [b]) => (a < b ? -1 : 1));
  lines.push(
    `${zh ? "公钥" : "key"}      ${report.key ?? "-"}`,
    `${zh ? "检查点" : "head"}     ${report.size} ${report.root ?? "-"}`,
    `${zh ? "未签名" : "unsigned"} ${report.tail}`,
    `${zh ? "条目" : "entries"}  ${kinds.map(([kind, count]) => `${kind} ${count}`).join(", ") || "-"}`,
  );
  if (report.ok) lines.push(zh ? "验证通过" : "ok: no fault");
  else lines.push(zh ? `发现 ${report.faultsTotal} 处问题` : `${report.faultsTotal} fault(s)`);
  return `${lines.join("\n")}\n`;
}
