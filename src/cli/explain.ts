// `yumen explain DECISION`: the whole why of a recorded decision, from the ledger.

import type { Command } from "commander";
import type { Entry, Json } from "../words.ts";

const EXAMPLES = `
Examples:
  yumen explain dec_01JD7QK4W2M6X8R3T5V7Y9ZABC
  yumen explain dec_01JD7QK4W2M6X8R3T5V7Y9ZABC --data /var/lib/yumen --json`;

export function register(program: Command): void {
  program
    .command("explain")
    .description("the whole why of a recorded decision")
    .argument("<decision>", "the id of X-Yumen-Decision, dec_…")
    .option("--data <dir>", "data folder of the gate", ".yumen")
    .option("--json", "the entries as they stand in the ledger")
    .addHelpText("after", EXAMPLES)
    .action(async (decision: string, options: { data: string; json?: boolean }) => {
      process.exitCode = await explain(decision, options);
    });
}

async function explain(decision: string, { data, json }: { data: string; json?: boolean }): Promise<number> {
  if (!/^dec_[0-9A-HJKMNP-TV-Z]{26}$/.test(decision)) {
    console.error(
      "yumen explain: a decision id is dec_ and 26 characters; it stands in X-Yumen-Decision and in the message",
    );
    return 2;
  }
  const { readEntries } = await import("../io/ledger/read.ts");
  const found: { index: number; entry: Entry }[] = [];
  for await (const { index, entry } of readEntries(`${data}/ledger`))
    if (entry.includes(decision)) {
      const parsed = JSON.parse(entry) as Entry;
      if (parsed["id"] === decision) found.push({ index, entry: parsed });
    }
  if (found.length === 0) {
    console.error(`yumen explain: no such decision in ${data}/ledger`);
    return 1;
  }
  if (json) for (const one of found) console.log(JSON.stringify(one));
  else console.log(found.map(tell).join("\n"));
  return 0;
}

function tell({ index, entry }: { index: number; entry: Entry }): string {
  const said = (name: string): string => text(entry[name]);
  if (entry.kind === "outcome") {
    const restored = `restored ${said("restored")}, not restored ${said("unrestored")}`;
    return `#${index} ${entry.t} answer: ${said("result")}, status ${said("status")}, ${restored}`;
  }
  const to = `${said("destination")} (${said("recipient")}, ${said("country")})`;
  const rows: [string, string][] = [
    ["action", said("action")],
    ["rule", `${said("rule")}  (${said("basis")}; ${said("revision")})`],
    ["route", `${said("outcome")}, mechanism ${said("mechanism")}`],
    ["way", `${said("app")} → ${to}, ${said("purpose")}, ${said("operation")}`],
    ["exporter", `${said("exporter")}  counts ${said("counts")}`],
    ["people", `${list(entry["people"]).length}, new this year ${list(entry["new"]).length}`],
    ["policy", `${said("policy")}, profile ${said("profile")}`],
    ["switches", said("switches")],
    ...list(entry["findings"]).map((finding): [string, string] => ["found", text(finding)]),
    ...list(entry["reasons"]).map((reason): [string, string] => ["reason", text(reason)]),
  ];
  const shown = rows.map(([name, value]) => `  ${name.padEnd(9)} ${value}`);
  return [`#${index} ${entry.t} ${said("id")}`, ...shown].join("\n");
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function text(value: Json | undefined): string {
  if (value === undefined || value === null) return "-";
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${text(inner as Json)}`)
    .join(" · ");
}
