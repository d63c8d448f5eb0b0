// How a connection to a recipient is made: TLS always verified, never below the destination's minimum, through a parent
// proxy by CONNECT where policy says so. The proxy sees a host name and ciphertext.

import { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { createSecureContext, rootCertificates } from "node:tls";
import { buildConnector, Pool } from "undici";
import type { Destination } from "../../words.ts";

type Connector = buildConnector.connector;

/** A connector, and what to close with the pool that uses it. */
export interface Way {
  readonly connect: Connector;
  close(): void;
}

/** @param destination its tls, via and connectTimeoutMs are used. Throws when `tls.ca` is not PEM. */
export function wayTo(destination: Destination): Way {
  const { tls, via, limits } = destination;
  // openssl passes over what it cannot read, and then trusts nobody
  if (tls.ca !== null) new X509Certificate(tls.ca);
  const secureContext = createSecureContext({
    minVersion: tls.min,
    ...(tls.ca === null ? {} : { ca: [...rootCertificates, tls.ca] }),
  });
  const direct = buildConnector({
    timeout: limits.connectTimeoutMs,
    secureContext,
    rejectUnauthorized: true, // said aloud: NODE_TLS_REJECT_UNAUTHORIZED must not weaken it
    ...(via.localAddress === null ? {} : { localAddress: via.localAddress }),
  });
  if (via.proxy === null) return { connect: noticingResets(direct), close() {} };
  return throughProxy(via.proxy, direct, destination);
}

/**
 * Not undici's ProxyAgent: it folds the header list into an object, which loses duplicates.
 * One CONNECT a connection, for http destinations too: a proxy gets no plain text to read or keep.
 */
function throughProxy(proxy: string, secure: Connector, destination: Destination): Way {
  const url = new URL(proxy);
  const { connectTimeoutMs } = destination.limits;
  const pool = new Pool(url.origin, {
    headersTimeout: connectTimeoutMs,
    connect: { timeout: connectTimeoutMs, rejectUnauthorized: true },
    ...(destination.via.localAddress === null ? {} : { localAddress: destination.via.localAddress }),
  });
  const authorization = proxyAuthorization(url);
  const connect: Connector = (options, callback) => {
    const port = options.port || (options.protocol === "https:" ? "443" : "80");
    const name = options.hostname.includes(":") ? `[${options.hostname}]` : options.hostname;
    const authority = `${name}:${port}`;
    const headers = authorization === null ? [] : ["proxy-authorization", authorization];
    pool.connect({ path: authority, headers: ["host", authority, ...headers] }, (error, tunnel) => {
      if (error !== null) return callback(proxyFailed(error), null);
      const socket = tunnel.socket as Socket;
      if (tunnel.statusCode !== 200) {
        socket.on("error", () => {}).destroy();
        return callback(proxyRefused(tunnel.statusCode), null);
      }
      if (options.protocol === "https:") return secure({ ...options, httpSocket: socket }, callback);
      return callback(null, socket);
    });
  };
  return { connect: noticingResets(connect), close: () => void pool.close().catch(() => {}) };
}

/** undici would connect again and again on its own UND_ERR_SOCKET: only timeouts keep their code. */
function proxyFailed(error: NodeJS.ErrnoException): Error {
  const code = error.code ?? "";
  return Object.assign(new Error("the parent proxy failed"), {
    code: code.endsWith("_TIMEOUT") ? code : "PROXY_FAILED",
  });
}

function proxyRefused(status: number): Error {
  return Object.assign(new Error("the parent proxy refused the tunnel"), { code: `PROXY_STATUS_${status}` });
}

function proxyAuthorization(url: URL): string | null {
  if (url.username === "") return null;
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

/**
 * undici takes a reset as the clean end of an answer without a length (client-h1 onHttpSocketError, code ECONNRESET).
 * Under another code it fails the answer, as it must: a cut answer never ends clean.
 */
function noticingResets(connect: Connector): Connector {
  return (options, callback) =>
    connect(options, (...result) => {
      const [, socket] = result;
      socket?.prependListener("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "ECONNRESET") error.code = "CONNECTION_RESET";
      });
      callback(...result);
    });
}
