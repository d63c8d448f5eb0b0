// The command line: one file a command. Law: nothing heavy is imported before the command that needs it runs.

import { Command } from "commander";
import { register as check } from "./check.ts";
import { register as config } from "./config.ts";
import { register as consent } from "./consent.ts";
import { register as counts } from "./counts.ts";
import { register as doctor } from "./doctor.ts";
import { register as drift } from "./drift.ts";
import { register as duties } from "./duties.ts";
import { register as env } from "./env.ts";
import { register as explain } from "./explain.ts";
import { register as find } from "./find.ts";
import { register as identity } from "./identity.ts";
import { register as init } from "./init.ts";
import { register as law } from "./law.ts";
import { register as login } from "./login.ts";
import { register as notice } from "./notice.ts";
import { register as policy } from "./policy.ts";
import { register as proposal } from "./proposal.ts";
import { register as recount } from "./recount.ts";
import { register as release } from "./release.ts";
import { register as replay } from "./replay.ts";
import { register as resume } from "./resume.ts";
import { register as route } from "./route.ts";
import { register as run } from "./run.ts";
import { register as start } from "./start.ts";
import { register as status } from "./status.ts";
import { register as suspend } from "./suspend.ts";
import { register as test } from "./test.ts";
import { register as tryOut } from "./try.ts";
import { register as verify } from "./verify.ts";

/** Every command, in the order that --help shows them. */
export const COMMANDS = [
  start,
  init,
  check,
  test,
  tryOut,
  law,
  find,
  explain,
  verify,
  consent,
  counts,
  recount,
  status,
  duties,
  drift,
  notice,
  route,
  env,
  run,
  config,
  doctor,
  policy,
  replay,
  suspend,
  resume,
  release,
  proposal,
  identity,
  login,
] as const;

/** @returns the whole program. Exit codes: 0 fine, 1 the answer is no, 2 could not run. */
export function createProgram(version: string): Command {
  const program = new Command("yumen")
    .description("玉门关 Yumen: the egress gate for personal information leaving China")
    .version(version)
    .showSuggestionAfterError()
    .configureHelp({ sortSubcommands: false });
  for (const register of COMMANDS) register(program);
  program.commands.forEach(exitTwoOnUsage);
  return exitTwoOnUsage(program);
}

/** commander exits 1 on a usage error; here 1 means "the answer is no". */
function exitTwoOnUsage(command: Command): Command {
  command.commands.forEach(exitTwoOnUsage);
  return command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}
