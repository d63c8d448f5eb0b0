// One destination, as far as it answers. Law: the same name, proxy, CA and TLS floor as a crossing's; nothing but an
// empty HEAD is sent, and only once TLS stands.

import { lookup } from "node:dns/promises";
import { request } from "node:http";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, rootCertificates } from "node:tls";
import type { Destination } from "../../words.ts";

/** Below the check's own limit, so that it can say at which step time ran out. */
export const STEP_MS = 2_500;

/** Where it ended. A proxy's own name and port are the proxy's. */
export type Step = "dns" | "tcp" | "proxy" | "tls";

/** What was heard at a destination. `skewMs`: ours minus theirs; null: it told no date. */
export type Heard =
  | { readonly ok: true; readonly ms: number; readonly skewMs: number | null }
  | { readonly ok: false; readonly step: Step; readonly code: string };

export interface Way {
  readonly url: string;
  readonly tls: Destination["tls"];
  readonly via: Destination["via"];
}

/** Never rejects; over within `limitMs`. */
export async function hear({ url, tls, via }: Way, limitMs = STEP_MS): Promise<Heard> {
  const target = new URL(url);
  const first = via.proxy === null ? target : new URL(via.proxy);
  const begun = performance.now();
  const sockets: Socket[] = [];
  let open: { readonly ms: number } | null = null;
  let step: Step = via.proxy === null ? "dns" : "proxy";
  const work = async (): Promise<Heard> => {
    await lookup(hostOf(first));
    if (via.proxy === null) step = "tcp";
    let socket = await opened(first, via.localAddress, sockets);
    const ms = performance.now() - begun;
    if (first.protocol === "https:" && via.proxy !== null)
      socket = await secured(socket, first, null, "TLSv1.2", sockets);
    if (via.proxy !== null) await tunnelled(socket, target, first);
    step = "tls";
    if (target.protocol === "https:") socket = await secured(socket, target, tls.ca, tls.min, sockets);
    open = { ms };
    return { ok: true, ms, skewMs: await skew(socket, target).catch(() => null) };
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Heard>((resolve) => {
    // it may be open, and only not tell its date
    const told = (): Heard =>
      open === null ? { ok: false, step, code: "TIMEOUT" } : { ok: true, ms: open.ms, skewMs: null };
    timer = setTimeout(() => resolve(told()), limitMs);
  });
  const failed = (error: NodeJS.ErrnoException): Heard => ({ ok: false, step, code: error.code ?? "FAILED" });
  const heard = await Promise.race([work().catch(failed), late]);
  clearTimeout(timer);
  for (const socket of sockets) socket.destroy();
  return heard;
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === "https:" ? 443 : 80));
}

function opened(url: URL, localAddress: string | null, sockets: Socket[]): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostOf(url),
      port: portOf(url),
      ...(localAddress === null ? {} : { localAddress }),
    });
    sockets.push(socket);
    socket.once("connect", () => resolve(socket)).on("error", (error) => reject(firstOf(error)));
  });
}

function firstOf(error: Error & { readonly errors?: readonly Error[] }): Error {
  return error.errors?.[0] ?? error;
}

function secured(
  socket: Socket,
  url: URL,
  ca: string | null,
  min: "TLSv1.2" | "TLSv1.3",
  sockets: Socket[],
): Promise<Socket> {
  const name = hostOf(url);
  return new Promise((resolve, reject) => {
    const secure = connectTls({
      socket,
      minVersion: min,
      rejectUnauthorized: true,
      ...(isIP(name) === 0 ? { servername: name } : { host: name }),
      ...(ca === null ? {} : { ca: [...rootCertificates, ca] }),
    });
    sockets.push(secure);
    secure.once("secureConnect", () => resolve(secure)).on("error", reject);
  });
}

function tunnelled(socket: Socket, target: URL, proxy: URL): Promise<void> {
  const path = `${target.hostname}:${portOf(target)}`;
  const user = decodeURIComponent(proxy.username);
  const basic = Buffer.from(`${user}:${decodeURIComponent(proxy.password)}`).toString("base64");
  const headers = { host: path, ...(user === "" ? {} : { "proxy-authorization": `Basic ${basic}` }) };
  return new Promise((resolve, reject) => {
    const asked = request({ method: "CONNECT", path, headers, createConnection: () => socket });
    asked.once("connect", ({ statusCode }) => {
      if (statusCode === 200) resolve();
      else reject(Object.assign(new Error("refused"), { code: `PROXY_STATUS_${statusCode}` }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** By the Date header, which is whole seconds: half of one is added, and half of the way. */
function skew(socket: Socket, target: URL): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const begun = Date.now();
    const headers = { host: target.host, connection: "close" };
    const asked = request({ method: "HEAD", path: target.pathname, headers, createConnection: () => socket });
    asked.once("response", (answer) => {
      const theirs = Date.parse(answer.headers.date ?? "");
      const now = Date.now();
      answer.resume();
      resolve(Number.isNaN(theirs) ? null : Math.round((begun + now) / 2 - (theirs + 500)));
    });
    asked.on("error", reject);
    asked.end();
  });
}
