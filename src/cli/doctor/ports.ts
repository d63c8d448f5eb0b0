// The gate's two ports: free, held by a gate, or taken. Law: a gate is asked on its admin plane only: on the other one
// a question would be an entry in its ledger.

import { createServer } from "node:net";
import { fail, ok, type Verdict } from "./check.ts";

/** Is it free, or does a gate hold it? @param gateAnswers whether a gate was heard on this machine. */
export async function portVerdict(
  host: string,
  port: number,
  gateAnswers: () => Promise<GateAnswer>,
): Promise<Verdict> {
  const code = await tryListen(host, port);
  const at = `${host}:${port}`;
  if (code === null) return ok(`${at} 空闲`, `${at} is free`);
  if (code !== "EADDRINUSE")
    return fail(
      `${at} 不能用（${code}）`,
      `${at} cannot be used (${code})`,
      "换 --host 或 --port",
      "choose another --host or --port",
    );
  const gate = await gateAnswers();
  if (gate.kind === "ready") return ok(`${at} 有网关在用，已就绪`, `${at} is held by a gate that is ready`);
  if (gate.kind === "unready")
    return fail(
      `${at} 的网关没有就绪：${gate.why}`,
      `the gate at ${at} is not ready: ${gate.why}`,
      "看它的日志",
      "read its log",
    );
  return fail(
    `${at} 被别的程序占用`,
    `${at} is taken by another program`,
    "停掉它，或换端口",
    "stop it, or choose another port",
  );
}

export type GateAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "unready"; readonly why: string }
  | { readonly kind: "none" };

/** Asks the admin plane. @param admin its origin. */
export async function askGate(admin: string, timeoutMs: number): Promise<GateAnswer> {
  const options = { signal: AbortSignal.timeout(timeoutMs), redirect: "error" } as const;
  try {
    const answer = await fetch(new URL("/readyz", admin), options);
    const { ready, checks } = (await answer.json()) as { ready?: unknown; checks?: Readonly<Record<string, unknown>> };
    if (ready === true) return { kind: "ready" };
    if (ready !== false) return { kind: "none" };
    const ledger = /^[a-z_]{1,40}$/.exec(String(checks?.["ledger"]))?.[0] ?? "unknown";
    return { kind: "unready", why: checks?.["draining"] === "true" ? "draining" : `ledger ${ledger}` };
  } catch {
    return { kind: "none" };
  }
}

function tryListen(host: string, port: number): Promise<string | null> {
  if (port === 0) return Promise.resolve(null);
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? "FAILED"));
    server.listen({ host, port, exclusive: true }, () => server.close(() => done(null)));
  });
}

/** The address under which this machine reaches what listens on `host`. */
export function onMachine(host: string): string {
  const name = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return name.includes(":") ? `[${name}]` : name;
}
