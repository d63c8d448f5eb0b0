// `yumen start`: the gate, until it is told to stop.

import type { Command } from "commander";

const EXAMPLES = `
Examples:
  yumen start --demo                          the demo policies and a built-in overseas endpoint
  yumen start --policies /etc/yumen --data /var/lib/yumen
  YUMEN_PORT=9000 yumen start --log-level warn
  yumen start --policies /etc/yumen --shadow drafts/2027 --shadow-sample 10%

Every option can be given as an environment variable: --admin-port is YUMEN_ADMIN_PORT.
Signals: SIGTERM and SIGINT drain and seal the ledger; SIGHUP reloads the policies and the sources of consents.`;

export function register(program: Command): void {
  program
    .command("start")
    .description("run the gate")
    .option("--policies <dir>", "policy folder (default: the demo policies)")
    .option("--policy-keys <file>", "take only policies that these keys have signed (yumen policy sign)")
    .option("--data <dir>", "data folder: keys, ledger, stores (default: .yumen)")
    .option("--host <address>", "address of the data plane (default: 127.0.0.1)")
    .option("--port <n>", "port of the data plane (default: 8787)")
    .option("--admin-host <address>", "address of the admin plane (default: 127.0.0.1)")
    .option("--admin-port <n>", "port of the admin plane (default: 8790)")
    .option("--demo", "run the built-in overseas endpoint and load the demo's people")
    .option("--overseas-port <n>", "port of the built-in overseas endpoint (default: 8791)")
    .option("--durability <mode>", "strict: fdatasync before a byte leaves (default); batched: written to the kernel")
    .option("--anchor <file>", "a second place for the ledger's head, compared at start")
    .option("--orders <dir>", "a folder of orders to stop that several gates read (docs/stops-and-releases.md)")
    .option(
      "--ocr <command>",
      'a program that reads the text in pictures, e.g. "tesseract stdin stdout -l chi_sim+eng"',
    )
    .option("--oidc <file>", "how people of the admin plane sign in with an identity provider (docs/identities.md)")
    .option("--shadow <dir>", "a draft policy that looks on: what it would do otherwise is counted and logged")
    .option("--shadow-sample <share>", "share of crossings that it looks at, such as 0.1 or 10% (default: 1)")
    .option("--drain-ms <n>", "how long a stop waits for running answers (default: 30000)")
    .option("--log-level <level>", "debug, info, warn, error or silent (default: info)")
    .option("--json", "log JSON even on a terminal")
    .addHelpText("after", EXAMPLES)
    .action(async (options: Record<string, string | boolean | undefined>) => {
      const { main } = await import("../main.ts");
      const { json, ...rest } = options;
      const flags = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
      process.exitCode = await main({ ...flags, ...(json ? { pretty: "false" } : {}) }, process.env);
      // what a failed start had opened by then must not keep it alive
      if (process.exitCode !== 0) process.exit();
    });
}
