// The data plane's front: node:http, strict heads, whole bodies, authenticated callers. One request never ends the
// process: every callback is guarded. No promise, no timer and no closure a request on the happy path.

import { createServer as createHttpServer, type Server } from "node:http";
import { type AddressInfo, Server as NetServer, type Socket } from "node:net";
import type { Arrival, CrossingId, Language, Policy } from "../../words.ts";
import { CODES, type GateCode, GateError } from "../errors.ts";
import type { Clock, Random, Reply } from "../ports.ts";
import { codeOf, errorBody, errorHeaders, rawAnswer } from "./answers.ts";
import { failBody, Inbound, readBody, type Uploads } from "./body.ts";
import { authenticate } from "./callers.ts";
import { Connection } from "./connection.ts";
import { Crossing } from "./crossing.ts";
import { ENVELOPE_BYTES_MAX, envelopeOf } from "./envelope.ts";
import { Failures } from "./failures.ts";
import { languageOf } from "./head.ts";
import { HttpReply, Outbound, type ReplyContext } from "./reply.ts";

export interface ServeLimits {
  readonly headBytesMax: number;
  readonly headersCountMax: number;
  /** From the first byte (or the connection) to the end of the head. */
  readonly headTimeoutMs: number;
  /** From the end of the head to the end of the body. */
  readonly bodyTimeoutMs: number;
  /** Between two requests on one connection. */
  readonly idleTimeoutMs: number;
  /** A caller that reads nothing of its answer for so long is cut off. */
  readonly stallTimeoutMs: number;
  readonly connectionsMax: number;
  /** Requests under way on one connection: each may cost one to a recipient. */
  readonly pipelinedMax: number;
  /** Of all bodies that are on their way in. */
  readonly uploadsBytesMax: number;
}

export const LIMITS: ServeLimits = {
  headBytesMax: 16_384,
  headersCountMax: 100,
  headTimeoutMs: 10_000,
  bodyTimeoutMs: 60_000,
  idleTimeoutMs: 65_000,
  stallTimeoutMs: 60_000,
  connectionsMax: 10_000,
  pipelinedMax: 32,
  uploadsBytesMax: 512 * 1024 * 1024,
};

/** What is known of a request that failed after authentication. */
export interface FailedHead {
  readonly id: CrossingId;
  readonly atMs: number;
  readonly caller: string;
  /** null: not a destination of the policy. */
  readonly destination: string | null;
  readonly method: string;
  readonly language: Language;
  readonly dryRun?: boolean;
}

export interface ServeOptions {
  /** Read once a crossing. */
  policy(): Policy;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: Partial<ServeLimits>;
  /** Whole, well-formed, authenticated, for a known destination. */
  onArrival(arrival: Arrival, reply: Reply): void;
  /** After authentication: record an entry, then answer. The caller may already be gone. */
  onFailed(head: FailedHead, error: GateError, reply: Reply): void;
  /** Before authentication; already answered. Counted into the `refused` entry of the minute. */
  onRefused(code: GateCode): void;
  /** A callback above threw. Already answered with 500. */
  onFault?(error: unknown): void;
}

export interface DataServer {
  /** @returns the port bound. Rejects with the system's error. */
  listen(port: number, host: string): Promise<number>;
  /**
   * Stops accepting, lets what is in flight end, then ends the rest abnormally. Resolves when no connection is left.
   * Once.
   */
  drain(timeoutMs: number): Promise<void>;
}

const CONNECTION = Symbol("connection");
type HttpSocket = Socket & { [CONNECTION]?: Connection };

const FAILURES_BURST = 20;
const FAILURES_PER_SECOND = 1 / 3;
const ADDRESSES_MAX = 4_096;
const DRAIN_STEP_MS = 50;
const IDLE_STEP_MS = 1_000;

/** @returns a server that is not listening yet. */
export function createServer(options: ServeOptions): DataServer {
  const front = new Front(options);
  return { listen: (port, host) => front.listen(port, host), drain: (timeoutMs) => front.drain(timeoutMs) };
}

class Front {
  readonly #options: ServeOptions;
  readonly #limits: ServeLimits;
  readonly #server: Server<typeof Inbound, typeof Outbound>;
  readonly #connections = new Set<Connection>();
  readonly #context: ReplyContext;
  readonly #uploads: Uploads;
  #drained: Promise<void> | null = null;
  readonly #sweeping: NodeJS.Timeout;
  readonly #failures = new Failures(FAILURES_BURST, FAILURES_PER_SECOND, ADDRESSES_MAX);

  constructor(options: ServeOptions) {
    const limits = { ...LIMITS, ...options.limits };
    this.#options = options;
    this.#limits = limits;
    this.#uploads = { bytes: 0, bytesMax: limits.uploadsBytesMax };
    const { stallTimeoutMs, idleTimeoutMs } = limits;
    this.#context = { draining: false, stallTimeoutMs, idleTimeoutMs };
    const stepMs = Math.min(IDLE_STEP_MS, idleTimeoutMs / 4);
    this.#sweeping = setInterval(() => this.#sweep(stepMs), stepMs).unref();
    this.#server = createHttpServer({
      IncomingMessage: Inbound,
      ServerResponse: Outbound,
      insecureHTTPParser: false,
      requireHostHeader: false, // checkHead answers in our own words
      rejectNonStandardBodyWrites: true,
      noDelay: true,
      maxHeaderSize: limits.headBytesMax,
      headersTimeout: limits.headTimeoutMs,
      requestTimeout: limits.headTimeoutMs + limits.bodyTimeoutMs,
      keepAliveTimeout: 0, // a timer set and taken back with each request: #sweep looks at all of them once a second
      connectionsCheckingInterval: Math.max(20, Math.min(1_000, limits.headTimeoutMs, limits.bodyTimeoutMs) / 4),
    });
    // node cuts silently: one more shows that there were more
    this.#server.maxHeadersCount = limits.headersCountMax + 1;
    this.#server.maxConnections = limits.connectionsMax;
    this.#server.timeout = 0;
    this.#wire();
  }

  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, 1_024, () => {
        this.#server.removeListener("error", reject);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  drain(timeoutMs: number): Promise<void> {
    this.#drained ??= this.#drain(timeoutMs);
    return this.#drained;
  }

  #drain(timeoutMs: number): Promise<void> {
    this.#context.draining = true;
    return new Promise((resolve) => {
      const step = setInterval(() => this.#closeIdle(), DRAIN_STEP_MS);
      const end = setTimeout(() => {
        for (const connection of this.#connections) connection.reset();
      }, timeoutMs);
      // not http's close: that destroys connections whose last answer is still on its way to a slow reader
      NetServer.prototype.close.call(this.#server, () => {
        clearInterval(step);
        clearInterval(this.#sweeping);
        clearTimeout(end);
        this.#server.close(() => resolve());
      });
      this.#closeIdle();
    });
  }

  #sweep(stepMs: number): void {
    for (const connection of this.#connections)
      if (connection.quietMs(stepMs) >= this.#limits.idleTimeoutMs) connection.socket.destroy();
  }

  #closeIdle(): void {
    for (const connection of this.#connections) if (connection.idle) connection.socket.end();
  }

  #wire(): void {
    const server = this.#server;
    server.prependListener("connection", (socket: HttpSocket) => this.#accept(socket));
    server.on("request", (req, res) => this.#guarded(req, res, false));
    server.on("checkContinue", (req, res) => this.#guarded(req, res, true));
    server.on("checkExpectation", (req, res) => this.#guarded(req, res, false));
    server.on("connect", (_req, socket) => {
      this.#quietly(socket as HttpSocket, () => this.#refuseRaw(socket as HttpSocket, "method_not_allowed"));
    });
    server.on("clientError", (error, socket) => {
      this.#quietly(socket as HttpSocket, () => this.#onClientError(error, socket as HttpSocket));
    });
    server.on("error", (error) => this.#options.onFault?.(error)); // accept failed (EMFILE): later ones may succeed
  }

  #accept(socket: HttpSocket): void {
    const connection = new Connection(socket);
    socket[CONNECTION] = connection;
    this.#connections.add(connection);
    socket.once("close", () => {
      this.#connections.delete(connection);
      connection.closed();
    });
  }

  #guarded(req: Inbound, res: Outbound, expectsContinue: boolean): void {
    try {
      this.#onRequest(req, res, expectsContinue);
    } catch (error) {
      this.#options.onFault?.(error);
      req.socket.destroy();
    }
  }

  #quietly(socket: HttpSocket, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.onFault?.(error);
      socket.destroy();
    }
  }

  #onRequest(req: Inbound, res: Outbound, expectsContinue: boolean): void {
    const connection = (req.socket as HttpSocket)[CONNECTION]!;
    if (connection.lingering) return;
    connection.used = true;
    if (connection.open.size >= this.#limits.pipelinedMax) return this.#breakOff(connection);
    const policy = this.#options.policy();
    const { headersCountMax } = this.#limits;
    const head = connection.heads.check(req.method!, req.url!, req.httpVersion, req.rawHeaders, headersCountMax);
    if (!head.ok) return this.#refuse(req, res, head.code, head.detail, policy.language);
    const language = languageOf(head.acceptLanguage, policy.language);
    const address = req.socket.remoteAddress;
    const caller = authenticate(policy, head.key, address, head.relayed);
    if (caller === null) {
      const left = this.#failures.spend(address ?? "", this.#options.clock.nowMs());
      return this.#refuse(req, res, left ? "caller_unknown" : "rate_limited", "", language);
    }
    const reply = new HttpReply(res, connection, this.#context);
    const crossing = new Crossing(this.#options, connection, reply, req.method!, head, caller, language);
    const destination = policy.destinations.get(head.destination);
    req.unread = head.chunked || head.contentLength > 0;
    const envelope = envelopeOf(req.method!, head, crossing, policy);
    if (destination === undefined && envelope === null)
      return crossing.failed(new GateError("destination_unknown", ""), false);
    const bytesMax = envelope === null ? destination!.limits.bodyBytesMax : ENVELOPE_BYTES_MAX;
    if (expectsContinue && head.contentLength <= bytesMax) res.writeContinue();
    if (req.unread) connection.reading = req;
    readBody(req, head.contentLength, head.chunked, bytesMax, this.#uploads, envelope ?? crossing);
  }

  /** Before authentication: a short answer, then the connection closes. */
  #refuse(req: Inbound, res: Outbound, code: GateCode, detail: string, language: Language): void {
    this.#options.onRefused(code);
    (req.socket as HttpSocket)[CONNECTION]!.linger();
    const body = errorBody(code, detail, language, null);
    const headers = errorHeaders(code, language, null);
    headers.push("content-length", String(body.length));
    res.shouldKeepAlive = false;
    res.writeHead(CODES[code].status, headers);
    if (req.method === "HEAD") res.end();
    else res.end(body);
  }

  /** The same where node has no request object. */
  #refuseRaw(socket: HttpSocket, code: GateCode): void {
    this.#options.onRefused(code);
    socket.on("error", () => socket.destroy());
    socket[CONNECTION]?.linger();
    socket.end(rawAnswer(code, "", this.#options.policy().language));
    socket.resume();
  }

  /** Who asks so much without reading an answer gets none. */
  #breakOff(connection: Connection): void {
    this.#options.onRefused("rate_limited");
    connection.breakOff();
  }

  #onClientError(error: NodeJS.ErrnoException, socket: HttpSocket): void {
    const connection = socket[CONNECTION];
    if (connection === undefined || !socket.writable || error.code === "ECONNRESET") {
      socket.destroy();
      return;
    }
    if (connection.lingering) return;
    const code = codeOf(error);
    const { reading } = connection;
    if (reading !== null) failBody(reading, new GateError(code, ""));
    else if (connection.open.size > 0 || socket.bytesRead === 0) socket.destroy();
    else this.#refuseRaw(socket, code);
  }
}
