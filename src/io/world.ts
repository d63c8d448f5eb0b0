// Opens everything that a crossing touches, in the order that failure should be noticed, and closes it in reverse.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beijingDate } from "../law/year.ts";
import { canonical } from "../record/canonical.ts";
import type { Entry } from "../words.ts";
import { createClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { createDialer } from "./dial/dialer.ts";
import { createDuties } from "./duties/duties.ts";
import type { GateError } from "./errors.ts";
import type { PictureReader } from "./extract/ocr/reader.ts";
import { createOpener } from "./extract/opener.ts";
import { createFactsLoader } from "./facts.ts";
import { type FirstSeenTally, tallyFirstSeen } from "./first-seen.ts";
import { createHeavy } from "./heavy/heavy.ts";
import { type KeyRing, openKeys } from "./keys.ts";
import { loadLawData } from "./law-data.ts";
import { type OpenedLedger, openLedger } from "./ledger/open.ts";
import { readEntries } from "./ledger/read.ts";
import { watchHealth } from "./ledger-health.ts";
import { countObserved, type Observed } from "./observed.ts";
import { openOrders } from "./orders/open.ts";
import type { StandingOrders } from "./orders/standing.ts";
import type { World } from "./perform.ts";
import { type LoadOptions, loadPolicy } from "./policy/load.ts";
import { type Problem, render } from "./policy/problem.ts";
import { type GoodLoad, provenanceOf } from "./policy/provenance.ts";
import { admissionOf } from "./policy/signed/open.ts";
import { type PolicyWatch, watchPolicy } from "./policy/watch.ts";
import { createRandom } from "./random.ts";
import { openShadow } from "./shadow-policy.ts";
import { openLmdbStores } from "./stores/lmdb/stores.ts";
import type { Stores } from "./stores/stores.ts";
import type { Logger } from "./telemetry/log.ts";
import { createMeters, type Meters } from "./telemetry/meters.ts";
import { createTelemetry } from "./telemetry/telemetry.ts";
import { openWatched, type Watched } from "./watched.ts";

export interface OpenWorld extends World {
  readonly ring: KeyRing;
  readonly stores: Stores;
  readonly ledger: OpenedLedger;
  readonly firstSeen: FirstSeenTally;
  readonly meters: Meters;
  readonly watch: PolicyWatch;
  readonly orders: StandingOrders;
  readonly watched: Watched;
  /** null: the ledger takes entries; else the code of what stops it. */
  ledgerFault(): string | null;
  /** Appends an entry of the process itself (start, policy_change, refused …), stamped with the guarded clock. */
  note(kind: Entry["kind"], members: Omit<Entry, "v" | "kind" | "t">): Promise<number>;
  /** Seals the ledger and closes the stores. */
  close(): Promise<void>;
}

/** A policy folder that does not load; `problems` are ready to print. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => render(problem, "en")).join("\n"));
    this.problems = problems;
  }
}

/** @param variables for `${…}` in destination URLs. @throws PolicyError, GateError. */
export async function openWorld(config: Config, log: Logger, variables: Record<string, string>): Promise<OpenWorld> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const options: LoadOptions = { law: loadLawData(config.law), variables };
  const admitting = { ...options, ...admissionOf(config) };
  const first = await loadFirst(config.policies, admitting, log);
  const draft = config.shadow === null ? null : (await loadFirst(config.shadow, options, log)).policy;
  const ring = await openKeys(join(config.data, "keys"));
  // its lock first: a second gate must not take the stores from the one that runs
  const { ledger, health } = await openWatchedLedger(config, ring, log, (sinceMs) => gap(sinceMs));
  const stores = await openLmdbStores(join(config.data, "store")).catch(async (error) => {
    await ledger.close();
    throw error;
  });
  const onStepBack = (backMs: number) => log.error({ code: "clock_stepped_back", backMs }, "failure");
  const clock = createClock(Date.now, onStepBack, await latestMs(config, ledger));
  const entryOf = (kind: Entry["kind"], members: object): string =>
    canonical({ ...members, v: 1, kind, t: new Date(clock.nowMs()).toISOString() } as Entry);
  const note: OpenWorld["note"] = (kind, members) => ledger.append(entryOf(kind, members));
  const gap = (sinceMs: number) =>
    note("refused", { byCode: {}, unwritten: { since: new Date(sinceMs).toISOString() } });
  const meters = createMeters();
  const live = livePolicy(first, { config, options: admitting, log, meters, note });
  const [{ recovered }, { durability }] = [ledger, config];
  const answering = { policy: first.policy.hash, ...provenanceOf(first) };
  await note("start", { ...answering, recovered: recovered.entries, durability });
  if (recovered.tornBytes > 0) await note("torn_tail", { bytes: recovered.tornBytes });

  const duties = createDuties(stores.register, clock, live.policy);
  const orders = await openOrders({
    ...{ dir: join(config.data, "suspend"), shared: config.orders, register: stores.register, clock, note },
    ...{ policy: live.policy, overdue: duties.shutting, digest: (text) => ring.keys.digest(text) },
    alarm: (code, of) => log.error({ code, ...of }, "failure"),
  });

  const watched = openWatched({ ...stores, ...live, config, clock, duties, orders, log, meters, note });
  // each entry says so by itself; this is for who reads the log
  const report = (day: string, by: Observed) => log.warn({ day, by }, "observed");
  const observed = countObserved(report, () => beijingDate(clock.nowMs()));
  const dialer = createDialer(live.policy);
  const heavy = createHeavy({ ring });
  const firstSeen = tallyFirstSeen(stores.people, stores.register);
  const facts = createFactsLoader(stores.consent, stores.people, ring.keys, orders.current);
  const shadow =
    config.shadow === null ? null : openShadow(draft!, { config, options, log, meters, facts, keys: ring.keys });
  const files = createOpener({ pictures: config.ocr === null ? null : await pictureReader(config.ocr) });
  return {
    ...{ policy: live.policy, watch: live.watch, keys: ring.keys, ring, stores, people: firstSeen.people, ledger },
    ...{ ledgerFault: health.fault, meters, clock, dialer, heavy, files, note, random: createRandom() },
    ...{ facts, orders, watched, firstSeen },
    ...(shadow === null ? {} : { shadow }),
    telemetry: createTelemetry(log, meters, observed, watched.drift),
    async close() {
      live.watch.close();
      await orders.close();
      await watched.close();
      shadow?.close();
      observed.close();
      health.close();
      heavy.close();
      files.close();
      await dialer.close();
      await firstSeen.close();
      try {
        await ledger.seal(entryOf("seal", { policy: live.policy().hash }));
      } finally {
        await stores.close();
      }
    },
  };
}

/** Loaded where it is asked for: hardly any gate reads pictures. */
async function pictureReader(command: readonly string[]): Promise<PictureReader> {
  const { createPictureReader } = await import("./extract/ocr/reader.ts");
  return createPictureReader(command);
}

async function loadFirst(dir: string, options: LoadOptions, log: Logger): Promise<GoodLoad> {
  const loaded = await loadPolicy(dir, options);
  if (!loaded.ok) throw new PolicyError(loaded.problems);
  for (const { code, file, line } of loaded.warnings) log.warn({ code, at: `${file}:${line}` }, "policy");
  return loaded;
}

interface LiveParts extends Pick<OpenWorld, "meters" | "note"> {
  readonly config: Config;
  readonly options: LoadOptions;
  readonly log: Logger;
}

/** The policy in force: swapped whole, read once a crossing; a bad one is reported and the old one stays. */
function livePolicy(first: GoodLoad, { config, options, log, meters, note }: LiveParts) {
  let { policy } = first;
  let answers = canonical(provenanceOf(first));
  const watch = watchPolicy(config.policies, options, (next) => {
    meters.reload(next.ok);
    if (!next.ok) {
      const problems = next.problems.map(({ code, file, line }) => `${code} ${file}:${line}`);
      return log.error({ code: "policy_invalid", problems }, "failure");
    }
    const from = policy.hash;
    policy = next.policy; // also when the hash is the same: a secret read by reference may have changed
    const provenance = provenanceOf(next);
    const answered = answers;
    answers = canonical(provenance);
    if (policy.hash === from && answers === answered) return;
    const failed = (error: GateError) => log.error({ code: error.code }, "failure");
    note("policy_change", { from, to: policy.hash, ...provenance }).catch(failed);
    log.info({ policy: policy.hash, ...provenance }, "policy");
  });
  return { policy: () => policy, watch };
}

/** @param attempt writes an entry that tells of the gap, once a second while the ledger takes none. */
async function openWatchedLedger(
  config: Config,
  ring: KeyRing,
  log: Logger,
  attempt: (sinceMs: number) => Promise<unknown>,
) {
  const health = watchHealth(attempt, Date.now);
  const { durability, anchor } = config;
  const ledger = await openLedger({
    dir: join(config.data, "ledger"),
    origin: ring.vkeyName,
    signingKey: ring.ledgerKey,
    durability,
    ...(anchor === null ? {} : { anchor }),
    onEvent({ kind, ...members }) {
      if (kind === "write_failed") health.failed(kind);
      if (kind === "write_recovered") health.recovered();
      log.warn({ code: kind, ...members }, "ledger");
    },
  });
  return { ledger, health };
}

/** The newest entry's time: the clock guard holds across a restart. */
async function latestMs(config: Config, ledger: OpenedLedger): Promise<number> {
  const { size } = ledger.head();
  let latest = Number.NEGATIVE_INFINITY;
  if (size > 0)
    for await (const { entry } of readEntries(join(config.data, "ledger"), size - 1))
      latest = Date.parse((JSON.parse(entry) as Entry).t);
  return latest;
}
