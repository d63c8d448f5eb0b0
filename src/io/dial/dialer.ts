// The only place that opens connections to recipients. No redirect is followed, nothing is sent twice, nothing is sent
// after abort. One pool for each way there (origin, trust, proxy); a changed policy closes the ways it no longer names.

import { Pool } from "undici";
import type { Destination, Policy } from "../../words.ts";
import { GateError } from "../errors.ts";
import type { AnswerSink, Dialer, DialHandle, Dispatch } from "../ports.ts";
import type { Place } from "./answer-headers.ts";
import { wayTo } from "./connect.ts";
import { Exchange } from "./exchange.ts";

export interface DialOptions {
  /** Per destination; null: as many as there are requests in flight. */
  readonly connectionsMax?: number | null;
  /** An idle connection to a recipient is kept so long. Shorter than recipients keep theirs: nothing is sent twice. */
  readonly keepAliveMs?: number;
}

interface Road {
  readonly pool: Pool;
  /** Lets what is in flight end. */
  close(): Promise<void>;
  /** Cuts what is in flight. */
  cut(): Promise<void>;
}

interface Route extends Place {
  readonly destination: Destination;
  readonly key: string;
  readonly road: Road;
}

/** @param policy read once a dial. */
export function createDialer(policy: () => Policy, options: DialOptions = {}): Dialer {
  return new PoolDialer(policy, options);
}

class PoolDialer implements Dialer {
  readonly #policy: () => Policy;
  readonly #options: DialOptions;
  readonly #routes = new Map<string, Route>();
  readonly #roads = new Map<string, Road>();
  /** Retired roads on which something is still in flight. */
  readonly #closing = new Set<Road>();
  #seen: Policy | null = null;
  #closed = false;

  constructor(policy: () => Policy, options: DialOptions) {
    this.#policy = policy;
    this.#options = options;
  }

  dial(dispatch: Dispatch, sink: AnswerSink): DialHandle {
    let route: Route | GateError;
    try {
      route = this.#route(dispatch);
    } catch {
      route = new GateError("policy_invalid", "the destination's url, proxy or certificate cannot be used");
    }
    if (route instanceof GateError) return failed(route, sink);
    const path = route.basePath + dispatch.path;
    const exchange = new Exchange(sink, route, path);
    const { headersTimeoutMs, bodyTimeoutMs } = route.destination.limits;
    // undici reports what it finds wrong before sending to onError as well: it throws nothing
    route.road.pool.dispatch(
      {
        method: dispatch.method,
        path,
        headers: dispatch.headers as string[],
        body: dispatch.body.length === 0 ? null : dispatch.body,
        idempotent: false,
        headersTimeout: headersTimeoutMs,
        bodyTimeout: bodyTimeoutMs,
      },
      exchange,
    );
    return exchange;
  }

  /** The callers have their answers or are gone: a recipient that goes on answering holds up nobody. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const key of [...this.#roads.keys()]) this.#retire(key);
    this.#routes.clear();
    await Promise.all([...this.#closing].map((road) => road.cut()));
  }

  /** The way to the destination as it was judged; one that policy has changed or dropped since is not remembered. */
  #route({ destination: id, judged }: Dispatch): Route | GateError {
    const policy = this.#policy();
    if (policy !== this.#seen) this.#adopt(policy);
    const current = policy.destinations.get(id);
    const destination = judged ?? current;
    const known = this.#routes.get(id);
    if (known !== undefined && known.destination === destination) return known;
    if (this.#closed) return new GateError("draining", "");
    if (destination === undefined) return new GateError("destination_unknown", "");
    const route = this.#routeTo(destination);
    if (destination === current) this.#routes.set(id, route);
    return route;
  }

  #routeTo(destination: Destination): Route {
    const url = new URL(destination.url);
    const key = roadKey(destination, url);
    return {
      id: destination.id,
      origin: url.origin,
      basePath: url.pathname.replace(/\/+$/, ""),
      destination,
      key,
      road: this.#roads.get(key) ?? this.#build(key, destination, url.origin),
    };
  }

  /** Forgets what the new policy says otherwise. Requests in flight end on the way they began. */
  #adopt(policy: Policy): void {
    this.#seen = policy;
    for (const [id, route] of this.#routes) {
      if (policy.destinations.get(id) !== route.destination) this.#routes.delete(id);
    }
    const wanted = new Set<string>();
    for (const destination of policy.destinations.values()) {
      if (URL.canParse(destination.url)) wanted.add(roadKey(destination, new URL(destination.url)));
    }
    for (const key of [...this.#roads.keys()]) if (!wanted.has(key)) this.#retire(key);
  }

  #build(key: string, destination: Destination, origin: string): Road {
    const way = wayTo(destination);
    const pool = new Pool(origin, {
      connect: way.connect,
      connections: this.#options.connectionsMax ?? null,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: this.#options.keepAliveMs ?? 4_000,
      ...(destination.via.localAddress === null ? {} : { localAddress: destination.via.localAddress }),
    });
    const road: Road = {
      pool,
      async close() {
        await pool.close();
        way.close();
      },
      async cut() {
        await pool.destroy();
        way.close();
      },
    };
    this.#roads.set(key, road);
    return road;
  }

  #retire(key: string): void {
    const road = this.#roads.get(key)!;
    this.#roads.delete(key);
    this.#closing.add(road);
    void road
      .close()
      .catch(() => {})
      .finally(() => this.#closing.delete(road));
  }
}

/** Two destinations with the same key share their connections. */
function roadKey(destination: Destination, url: URL): string {
  const { tls, via, limits } = destination;
  return JSON.stringify([url.origin, tls.ca, tls.min, via.proxy, via.localAddress, limits.connectTimeoutMs]);
}

function failed(error: GateError, sink: AnswerSink): DialHandle {
  sink.fail(error);
  return { resume() {}, abort() {} };
}
