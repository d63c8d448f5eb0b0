// `yumen login`, `yumen logout`: a person's session on the admin plane, by the company's identity provider. Law: the
// token goes into a file that only its owner reads, and nowhere else.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { ask, askAs, type Connection, sessionFileOf } from "./shown/ask.ts";
import { CannotRun } from "./shown/cannot-run.ts";
import { onPlane, type Said, say } from "./shown/said.ts";

const EXAMPLES = `
Examples:
  yumen login                                     prints where to go, asks for the code that the end shows
  yumen login --admin https://gate.example:8790
  yumen logout

The session lasts some hours and is used by every command after it. Exit codes: 0 signed in, 2 could not.`;

interface Options extends Connection {
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  onPlane(program.command("login").description("sign in with the company's identity provider"))
    .addHelpText("after", EXAMPLES)
    .action((options: Options) => say(options, () => signIn(options)));
  onPlane(program.command("logout").description("end that session"))
    .addHelpText("after", EXAMPLES)
    .action((options: Options) => say(options, () => signOut(options)));
}

async function signIn(options: Options): Promise<Said> {
  const begun = await askAs<{ login: string; secret: string; url: string }>(null, options, "POST", "/v1/login");
  process.stderr.write(`${begun.url}\n`);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const code = await asking.question("代码 · code: ").finally(() => asking.close());
  if (code.trim() === "") throw new CannotRun("没有输入代码", "no code was entered");
  const body = { login: begun.login, secret: begun.secret, code: code.trim() };
  const answer = await askAs<{ identity: { id: string; roles: string[] }; token: string; expiresAt: string }>(
    null,
    options,
    "POST",
    "/v1/login/redeem",
    body,
  );
  const { identity, token, expiresAt } = answer;
  const path = sessionFileOf(options);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rm(path, { force: true });
  await writeFile(path, `${token}\n`, { mode: 0o600, flag: "wx" });
  const roles = identity.roles.join(", ");
  return {
    ok: true,
    json: { identity, expiresAt },
    zh: `已登录：${identity.id}（${roles}），至 ${expiresAt}`,
    en: `signed in: ${identity.id} (${roles}), until ${expiresAt}`,
  };
}

async function signOut(options: Options): Promise<Said> {
  const answer = await ask<{ id: string }>(options, "POST", "/v1/logout");
  await rm(sessionFileOf(options), { force: true });
  return { ok: true, json: answer, zh: "已退出", en: "signed out" };
}
