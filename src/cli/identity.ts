// `yumen identity`: who may do what on the admin plane. Law: a token is printed once, to who made it.

import type { Command } from "commander";
import { ask, askAll, type Connection } from "./shown/ask.ts";
import { onPlane, type Said, say, TOKENS_HELP } from "./shown/said.ts";
import { table } from "./shown/table.ts";

const EXAMPLES = `
Examples:
  yumen identity add anna --name Anna --roles approver          prints her first token, once
  yumen identity rotate anna --token-file anna.token                          anna's own: then nobody else has seen it
  yumen identity rotate consent-feed --overlap-minutes 60                     a system changes over
  yumen identity list
  yumen identity disable anna

Whoever made a token and its holder are not two people to the gate, until the holder has rotated it.
Roles: operator stops ways, reviewer proposes releases, approver is the second person, auditor reads, consent brings
consents, admin everything.
${TOKENS_HELP}
Exit codes: 0 done, 2 could not run or may not.`;

interface Options extends Connection {
  readonly name?: string;
  readonly roles: string;
  readonly days: string;
  readonly overlapMinutes?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

interface IdentityTold {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly disabled: { readonly at: string } | null;
  readonly tokens: readonly { readonly issuedBy: string; readonly expiresAt: string }[];
}

export function register(program: Command): void {
  const identity = program.command("identity").description("who may do what on the admin plane");
  identity.addHelpText("after", EXAMPLES);
  onPlane(identity.command("add").description("a person or a system; prints its token").argument("<id>"))
    .option("--name <text>", "for people to read (default: the id)")
    .requiredOption("--roles <ids>", "with commas: operator, reviewer, approver, auditor, consent, admin")
    .option("--days <n>", "how long the token holds", "90")
    .action((id: string, options: Options) => say(options, () => add(id, options)));
  onPlane(identity.command("rotate").description("a new token for an old one").argument("<id>"))
    .option("--days <n>", "how long it holds", "90")
    .option("--overlap-minutes <n>", "how long the old one still works", "0")
    .action((id: string, options: Options) => say(options, () => rotate(id, options)));
  onPlane(identity.command("disable").description("end it and all its tokens").argument("<id>")).action(
    (id: string, options: Options) => say(options, () => disable(id, options)),
  );
  onPlane(identity.command("list").description("all of them")).action((options: Options) =>
    say(options, () => list(options)),
  );
}

type WithToken = { readonly identity: IdentityTold; readonly token: string | null };

async function add(id: string, options: Options): Promise<Said> {
  const roles = options.roles.split(",").map((role) => role.trim());
  const body = { id, name: options.name ?? id, roles, expiresDays: Number(options.days) };
  return tokenSaid(await ask<WithToken>(options, "POST", "/v1/identities", body));
}

async function rotate(id: string, options: Options): Promise<Said> {
  const body = { expiresDays: Number(options.days), overlapMinutes: Number(options.overlapMinutes) };
  return tokenSaid(await ask<WithToken>(options, "POST", `/v1/identities/${encodeURIComponent(id)}/rotate`, body));
}

/** The token alone on standard output, so that it goes into a file and nowhere else. */
function tokenSaid(answer: WithToken): Said {
  if (answer.token !== null) return { ok: true, json: answer, zh: answer.token, en: answer.token };
  return {
    ok: true,
    json: answer,
    zh: "已经有了；令牌只显示一次，用 rotate 换新的",
    en: "it exists; its token was shown once: rotate",
  };
}

async function disable(id: string, options: Options): Promise<Said> {
  const answer = await ask<WithToken>(options, "POST", `/v1/identities/${encodeURIComponent(id)}/disable`);
  return { ok: true, json: answer, zh: `${id} 已停用`, en: `${id} is disabled` };
}

async function list(options: Options): Promise<Said> {
  const items = await askAll<IdentityTold>(options, "/v1/identities");
  const rows = items.map(({ id, roles, disabled, tokens }) => [
    id,
    roles.join(","),
    disabled === null ? (tokens.at(-1)?.expiresAt ?? "-") : `x ${disabled.at}`,
  ]);
  const none = items.length === 0;
  return {
    ok: true,
    json: { items },
    zh: none ? "只有首次启动时的令牌" : table(rows, 0),
    en: none ? "only the tokens of the first start" : table(rows, 0),
  };
}
