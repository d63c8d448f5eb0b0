// Is there a gate? Law: the data plane is only connected to, never asked: a request would be an entry in its ledger.

import { CannotRun } from "../shown/cannot-run.ts";
import { reach } from "../shown/reach.ts";

const TIMEOUT_MS = 3_000;
const ADMIN_PORT = 8790;

/** @param admin origin of the admin plane; undefined: beside a gate on this machine. @throws CannotRun with the fix. */
export async function findGate(gate: string, admin: string | undefined): Promise<void> {
  const url = new URL(gate);
  const reached = await reach(url.hostname.replace(/^\[|\]$/g, ""), portOf(url), TIMEOUT_MS);
  if (!reached.ok)
    throw new CannotRun(
      `${gate} 没有网关（${reached.code}）。先启动一个：yumen start --policies DIR，或用 --gate 指明地址`,
      `no gate at ${gate} (${reached.code}). Start one first: yumen start --policies DIR, or name another: --gate URL`,
    );
  const local = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  const asked = admin ?? (local ? `http://${url.hostname}:${ADMIN_PORT}` : null);
  if (asked !== null) await checkReady(asked, admin !== undefined);
}

interface ReadyAnswer {
  readonly ready?: unknown;
  readonly checks?: Readonly<Record<string, string>>;
}

/** @param sure it must answer: it was named. Beside a local gate another port may be its admin plane. */
async function checkReady(admin: string, sure: boolean): Promise<void> {
  if (!URL.canParse("/readyz", admin))
    throw new CannotRun(
      "--admin：应为 http://127.0.0.1:8790 这样的地址",
      "--admin: a URL such as http://127.0.0.1:8790 is wanted",
    );
  const options = { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" } as const;
  const answer = await fetch(new URL("/readyz", admin), options).catch(() => null);
  if (answer === null) {
    if (sure) throw new CannotRun(`${admin} 没有回答 /readyz`, `${admin} does not answer /readyz`);
    return;
  }
  const { ready, checks } = (await answer.json().catch(() => ({}))) as ReadyAnswer;
  if (ready === true) return;
  if (checks === undefined) {
    if (sure) throw new CannotRun(`${admin} 不是网关的管理端`, `${admin} is no admin plane of a gate`);
    return;
  }
  const said = Object.entries(checks)
    .filter(([name, value]) => value !== "ok" && name !== "policy" && value !== "false")
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
  throw new CannotRun(
    `网关还没有就绪（${said || answer.status}）：看它的日志，或运行 yumen doctor`,
    `the gate is not ready (${said || answer.status}): read its log, or run yumen doctor`,
  );
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === "https:" ? 443 : 80));
}
