// Wires the admin plane to the world: tokens, readiness, metrics, and an entry for every consent change before it is
// answered.

import { join } from "node:path";
import { canonicalise } from "../find/canonicalise.ts";
import { startAdmin } from "./admin/admin.ts";
import { readSources } from "./admin/consents/sources/config.ts";
import { createSources, type Sources, watchSources } from "./admin/consents/sources/sources.ts";
import { reloadSources } from "./admin/consents/webhooks.ts";
import { groupsOf, thisYear } from "./admin/counts/report.ts";
import { watchCounts } from "./admin/counts/watch.ts";
import { openSeatDrop } from "./admin/identities/drop.ts";
import { findIdentities } from "./admin/identities/first.ts";
import { MACHINE } from "./admin/identities/stored.ts";
import { readOidc } from "./admin/oidc/config.ts";
import { createLogins } from "./admin/oidc/logins.ts";
import type { ReadyReport } from "./admin/open-routes.ts";
import { createTokens, firstSeatIn, tokensFileOf } from "./admin/tokens.ts";
import type { Config } from "./config.ts";
import { loadPapers } from "./law-papers.ts";
import type { Logger } from "./telemetry/log.ts";
import { createExposition } from "./telemetry/prometheus.ts";
import type { OpenWorld } from "./world.ts";

export interface AdminPlane {
  readonly port: number;
  /** From now on /readyz says no: load balancers look elsewhere while the rest drains. */
  draining(): void;
  /** Reads the sources of consents again; what is wrong with them is logged, and those before stand. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface AdminParts {
  readonly config: Config;
  readonly world: OpenWorld;
  readonly log: Logger;
  inflight(): number;
}

export async function openAdmin({ config, world, log, inflight }: AdminParts): Promise<AdminPlane> {
  let draining = false;
  createTokens(config.data);
  const { policy, clock, stores } = world;
  const note = logged(world, log);
  await findIdentities({ register: stores.register, clock, note }, firstSeatIn(tokensFileOf(config.data)) ?? "none");
  const papers = lazily(() => loadPapers(join(config.law, "papers")));
  const counting = { policy, clock, people: stores.people, papers };
  const sources = await openSources({ config, world, log });
  const exposition = createExposition(world.meters, {
    policyHash: () => world.policy().hash,
    ledgerSize: () => world.ledger.head().size,
    inflight,
    counts: () => countsOf(world),
    sources: () => sources.status(),
    alarms: () => world.watched.alarms.open().map(({ severity }) => severity),
    duties: () => world.watched.duties.items().map(({ state }) => state),
    groups: () => groupsOf(counting, thisYear(world)).map(({ id, year, counts }) => ({ group: id, year, ...counts })),
  });
  const readiness = (): ReadyReport => {
    const checks = { policy: world.policy().hash, ledger: world.ledgerFault() ?? "ok", draining: String(draining) };
    return { ready: !draining && world.ledgerFault() === null, checks };
  };
  const admin = await startAdmin({
    port: config.adminPort,
    host: config.adminHost,
    ...world.stores,
    keys: world.keys,
    ...{ clock: world.clock, orders: world.orders },
    ...(config.oidc === null ? {} : { logins: createLogins(readOidc(config.oidc), world.clock) }),
    note,
    tokensFile: tokensFileOf(config.data),
    policy: world.policy,
    canonicalise,
    papers,
    watched: world.watched,
    sources,
    firstSeen: world.firstSeen,
    ready: readiness,
    head: () => world.ledger.head(),
    status: readiness,
    metrics: () => exposition.text(),
  });
  const seats = await openSeatDrop({
    ...{ dir: config.data, register: stores.register, clock, note },
    refused: (file, code) => log.warn({ file, code }, "a seat is refused"),
  });
  const endSources = watchSources(sources, world.watched.alarms);
  const countWatch = watchCounts(counting, world.watched.alarms);
  return {
    port: admin.port,
    draining: () => {
      draining = true;
    },
    // what fails is logged, or the ledger's own failure
    reload: () => reloadSources(sources, { note }, MACHINE).then(noop, noop),
    async close() {
      countWatch.close();
      endSources();
      await seats.close();
      return admin.close();
    },
  };
}

function noop(): void {}

function logged(world: OpenWorld, log: Logger): OpenWorld["note"] {
  return async (kind, members) => {
    const index = await world.note(kind, members);
    const { of, action, exporter } = members;
    log.info({ kind, of, action, exporter, index }, "admin");
    return index;
  };
}

/** What does not hold is said in the log: an answer has no other module's words. */
function openSources({ config, world, log }: Pick<AdminParts, "config" | "world" | "log">): Promise<Sources> {
  const read = () =>
    readSources(config.data, process.env).catch((err: unknown) => {
      log.warn({ err }, "consent-sources.yaml does not hold");
      throw err;
    });
  return createSources(read, world.clock);
}

/** Read when somebody asks: a start does not wait for it. */
function lazily<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function countsOf(world: OpenWorld) {
  const year = thisYear(world);
  const handlers = new Set([...world.policy().exporters.values()].map(({ handler }) => handler));
  return [...handlers].map((exporter) => ({ exporter, year, ...world.people.counts(exporter, year) }));
}
