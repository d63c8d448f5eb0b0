// `yumen identity`: who may do what on the admin plane. Law: a token is printed once, to who asked for it; that of
// somebody who takes part in what takes two people is made by herself, and only its key leaves her machine.

import type { Command } from "commander";
import { makeKey, readKey, type SeatAsked, seatHere } from "./identity/seat.ts";
import { ask, askAll, type Connection } from "./shown/ask.ts";
import { type ProposalTold, waiting } from "./shown/proposed.ts";
import { onPlane, type Said, say, TOKENS_HELP } from "./shown/said.ts";
import { table } from "./shown/table.ts";

const EXAMPLES = `
Examples:
  yumen identity key anna                                       anna, on her machine: makes anna.token, prints its key
  yumen identity add anna --name Anna --roles approver --key sha256:3f6a…     an admin proposes, somebody else approves
  yumen identity seat anna --roles approver --key sha256:3f6a… --data /var/lib/yumen     on the gate's own machine
  yumen identity add crm --roles consent                        a system: an admin alone; prints its first token, once
  yumen identity rotate anna --token-file anna.token            her own
  yumen identity rotate crm --overlap-minutes 60                a system changes over
  yumen identity list
  yumen identity disable anna

The first two people: the admin of the first start, and one who is seated on the machine of the gate. A lost token, or
other roles: key, then add or seat again, under the same id.
Roles: operator stops ways, reviewer proposes releases, approver is the second person, auditor reads, consent brings
consents, admin everything.
${TOKENS_HELP}
Exit codes: 0 done, 2 could not run or may not.`;

interface Options extends Connection {
  readonly name?: string;
  readonly roles: string;
  readonly key?: string;
  readonly out?: string;
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
  readonly seat: { readonly by: readonly string[] } | null;
  readonly tokens: readonly { readonly issuedBy: string; readonly expiresAt: string }[];
}

const ROLES_HELP = "with commas: operator, reviewer, approver, auditor, consent, admin";

export function register(program: Command): void {
  const identity = program.command("identity").description("who may do what on the admin plane");
  identity.addHelpText("after", EXAMPLES);
  onPlane(identity.command("add").description("a system or an auditor; or propose a person").argument("<id>"))
    .option("--name <text>", "for people to read (default: the id)")
    .requiredOption("--roles <ids>", ROLES_HELP)
    .option("--key <hex>", "of a token that the holder has made (yumen identity key)")
    .option("--days <n>", "how long the token holds", "90")
    .action((id: string, options: Options) => say(options, () => add(id, options)));
  onPlane(identity.command("key").description("make a token of one's own; prints its key").argument("<id>"))
    .option("--out <file>", "where the token goes (default: <id>.token)")
    .action((id: string, options: Options) => say(options, () => makeKey(id, options.out)));
  onPlane(identity.command("seat").description("on the machine of the gate: a person of her own").argument("<id>"))
    .option("--name <text>", "for people to read (default: the id)")
    .requiredOption("--roles <ids>", ROLES_HELP)
    .requiredOption("--key <hex>", "of a token that the holder has made (yumen identity key)")
    .option("--days <n>", "how long the token holds", "90")
    .action((id: string, options: Options) => say(options, () => seatHere(options.data, askedOf(id, options))));
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

function rolesOf({ roles }: Options): string[] {
  return roles.split(",").map((role) => role.trim());
}

function askedOf(id: string, options: Options): SeatAsked {
  const { name = id, key = "", days } = options;
  return { id, name, roles: rolesOf(options), key: readKey(key), expiresDays: Number(days) };
}

type WithToken = { readonly identity: IdentityTold; readonly token: string | null };

async function add(id: string, options: Options): Promise<Said> {
  if (options.key !== undefined) {
    const body = { action: "seat", body: askedOf(id, options) };
    return waiting(await ask<ProposalTold>(options, "POST", "/v1/proposals", body));
  }
  const body = { id, name: options.name ?? id, roles: rolesOf(options), expiresDays: Number(options.days) };
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
  const none = items.length === 0;
  return {
    ok: true,
    json: { items },
    zh: none ? "只有首次启动时的令牌" : table(rowsOf(items, "席位："), 0),
    en: none ? "only the tokens of the first start" : table(rowsOf(items, "seated by "), 0),
  };
}

function rowsOf(items: readonly IdentityTold[], seated: string): string[][] {
  return items.map(({ id, roles, disabled, seat, tokens }) => [
    id,
    roles.join(","),
    disabled === null ? (tokens.at(-1)?.expiresAt ?? "-") : `x ${disabled.at}`,
    seat === null ? "-" : `${seated}${seat.by.join(", ")}`,
  ]);
}
