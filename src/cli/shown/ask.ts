// One request to the admin plane of a running gate.
// Law: the token goes over TLS or stays on this machine, and no redirect carries it away.

import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { languageOf } from "../check.ts";
import { CannotRun } from "./cannot-run.ts";

export interface Connection {
  readonly admin: string;
  readonly tokenFile?: string;
  readonly data: string;
  /** In which the plane answers what it refuses. */
  readonly lang?: string;
}

const TIMEOUT_MS = 15_000;

/** The options that a Connection is made of. */
export function connecting(command: Command): Command {
  return command
    .option("--admin <url>", "admin plane of the gate", "http://127.0.0.1:8790")
    .option("--token-file <file>", "file with the token")
    .option("--data <dir>", "data folder of the gate, for its admin.token", ".yumen");
}

/** @param body absent: none is sent. @returns what the plane answered, as its route says. @throws CannotRun */
export async function ask<T extends object>(
  connection: Connection,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  return askAs<T>(await tokenOf(connection), connection, method, path, body);
}

/** @param token null: the route wants none. @throws CannotRun */
export async function askAs<T extends object>(
  token: string | null,
  connection: Pick<Connection, "admin" | "lang">,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const url = new URL(path, adminUrl(connection.admin));
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const bearer = token === null ? {} : { authorization: `Bearer ${token}` };
    const headers = { "accept-language": languageOf(connection.lang, process.env), ...bearer, ...json };
    response = await fetch(url, { method, headers, ...sent, redirect: "error", signal });
  } catch {
    throw new CannotRun(
      `${url.origin} 没有应答：网关在运行吗？（--admin 可指定别的地址）`,
      `no answer from ${url.origin}: is the gate running? (--admin names another address)`,
    );
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw refused(response.status, answer);
  if (typeof answer !== "object" || answer === null) {
    throw new CannotRun(`${url.origin} 不是网关的管理面`, `${url.origin} is no admin plane of a gate`);
  }
  return answer as T;
}

const LINES_TIMEOUT_MS = 120_000;

/** NDJSON in, a result a line out; one that is cut off is left out. @throws CannotRun */
export async function askLines<T>(connection: Connection, path: string, body: string): Promise<readonly T[]> {
  const url = new URL(path, adminUrl(connection.admin));
  const headers = {
    "accept-language": languageOf(connection.lang, process.env),
    ...{ authorization: `Bearer ${await tokenOf(connection)}`, "content-type": "application/x-ndjson" },
  };
  const signal = AbortSignal.timeout(LINES_TIMEOUT_MS);
  let answered: { response: Response; text: string };
  try {
    const response = await fetch(url, { method: "POST", headers, body, redirect: "error", signal });
    answered = { response, text: await response.text() };
  } catch {
    throw new CannotRun(
      `${url.origin} 没有应答：网关在运行吗？（--admin 可指定别的地址）`,
      `no answer from ${url.origin}: is the gate running? (--admin names another address)`,
    );
  }
  const { response, text } = answered;
  if (!response.ok) throw refused(response.status, parsed(text));
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => parsed(line) as T | null).filter((result) => result !== null);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Every page of a list. @param path without `after`. @throws CannotRun */
export async function askAll<T>(connection: Connection, path: string): Promise<readonly T[]> {
  const all: T[] = [];
  const join = path.includes("?") ? "&" : "?";
  for (let after: string | null = ""; after !== null; ) {
    const from: string = after === "" ? "" : `${join}after=${encodeURIComponent(after)}`;
    const page: { items: readonly T[]; next: string | null } = await ask(connection, "GET", `${path}${from}`);
    all.push(...page.items);
    after = page.next;
  }
  return all;
}

function adminUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null)
    throw new CannotRun(
      "--admin 应为 URL，如 http://127.0.0.1:8790",
      "--admin wants a URL, such as http://127.0.0.1:8790",
    );
  const here = /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && here)) return url;
  throw new CannotRun(
    "--admin：http:// 只能到本机，其他机器用 https://",
    "--admin: http:// only to this machine; to another one https://",
  );
}

/** Where `yumen login` keeps the token for this plane. */
export function sessionFileOf({ admin }: Pick<Connection, "admin">): string {
  const home = process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config");
  return join(home, "yumen", `${adminUrl(admin).host.replace(/[^\w.-]/g, "_")}.token`);
}

async function tokenOf(connection: Connection): Promise<string> {
  const { tokenFile, data } = connection;
  const fromEnv = process.env["YUMEN_ADMIN_TOKEN"];
  if (tokenFile === undefined && fromEnv) return fromEnv.trim();
  const places = tokenFile === undefined ? [sessionFileOf(connection), join(data, "admin.token")] : [tokenFile];
  for (const place of places) {
    const text = await readFile(place, "utf8").catch(() => null);
    if (text !== null) return text.trim();
  }
  const last = places.at(-1)!;
  throw new CannotRun(
    `没有令牌：读不到 ${last}；请给 --token-file、--data 或 YUMEN_ADMIN_TOKEN`,
    `no token: cannot read ${last}; give --token-file, --data or YUMEN_ADMIN_TOKEN`,
  );
}

/** The plane's own words, which quote nothing that was sent. */
function refused(status: number, answer: unknown): CannotRun {
  const problem = (answer ?? {}) as {
    detail?: string;
    cure?: string;
    errors?: readonly { pointer: string; detail: string }[];
  };
  const fields = (problem.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer || "/"} ${detail}`);
  const cure = problem.cure === undefined ? "" : `\n  → ${problem.cure}`;
  const text = `${problem.detail ?? "refused"}${fields.join("")}${cure}`;
  return new CannotRun(`${status}：${text}`, `${status}: ${text}`);
}
