// One request to the admin plane.
// Law: the token goes over TLS or stays on this machine, and no redirect carries it away.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConsentState } from "../../words.ts";

export interface Connection {
  readonly admin: string;
  readonly tokenFile?: string;
  readonly data: string;
}

/** What the consent routes answer: each fills some of it. */
export interface Answer {
  readonly event?: string;
  readonly added?: boolean;
  readonly state?: ConsentState;
  readonly states?: readonly ConsentState[];
  readonly history?: readonly { readonly action: string; readonly givenAt: string; readonly channel: string }[];
}

/** Exit code 2. The message is ours, or a problem's of the gate: neither quotes an identifier. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}

const TIMEOUT_MS = 15_000;

export async function ask(connection: Connection, method: string, path: string, body: object): Promise<Answer> {
  const url = new URL(path, adminUrl(connection.admin));
  const headers = { authorization: `Bearer ${await tokenOf(connection)}`, "content-type": "application/json" };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(url, { method, headers, body: JSON.stringify(body), redirect: "error", signal });
  } catch {
    throw new CannotRun(`no answer from ${url.origin}: is the gate running? (--admin names another address)`);
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new CannotRun(tellProblem(response.status, answer));
  if (typeof answer !== "object" || answer === null) throw new CannotRun(`${url.origin} is no admin plane of a gate`);
  return answer as Answer;
}

function adminUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw new CannotRun("--admin wants a URL, such as http://127.0.0.1:8790");
  const here = /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && here)) return url;
  throw new CannotRun("--admin: http:// only to this machine; to another one https://");
}

async function tokenOf({ tokenFile, data }: Connection): Promise<string> {
  const fromEnv = process.env["YUMEN_ADMIN_TOKEN"];
  if (tokenFile === undefined && fromEnv) return fromEnv.trim();
  const path = tokenFile ?? join(data, "admin.token");
  try {
    return (await readFile(path, "utf8")).trim();
  } catch {
    throw new CannotRun(`no token: cannot read ${path}; give --token-file, --data or YUMEN_ADMIN_TOKEN`);
  }
}

function tellProblem(status: number, answer: unknown): string {
  const problem = (answer ?? {}) as { detail?: string; errors?: readonly { pointer: string; detail: string }[] };
  const fields = (problem.errors ?? []).map(({ pointer, detail }) => `\n  ${pointer || "/"} ${detail}`);
  return `${status}: ${problem.detail ?? "refused"}${fields.join("")}`;
}
