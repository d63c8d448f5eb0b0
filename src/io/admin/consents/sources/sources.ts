// Those who send consents by themselves, and when each was heard last. Law: only a body whose signature is right is
// heard; a source that is silent past its heartbeat raises an alarm that stands until it speaks again.

import type { Alarms } from "../../../alarms/alarms.ts";
import type { Clock } from "../../../ports.ts";
import type { ConfiguredSource, SourceConfig } from "./config.ts";
import { hookReader, type ReadHook } from "./shapes.ts";
import type { Signing } from "./signature.ts";

export interface SourceStatus {
  readonly id: string;
  readonly shape: SourceConfig["shape"];
  readonly heartbeatMinutes: number | null;
  /** ISO 8601 UTC; null: not since the gate started. */
  readonly heardAt: string | null;
  /** How far the newest event lay behind when it came; null: none came. */
  readonly lagSeconds: number | null;
  readonly events: number;
  readonly refused: number;
  /** Bodies in its name whose signature was wrong: a stranger's, or a secret that has changed on one side. */
  readonly wronglySigned: number;
  readonly silent: boolean;
}

export interface Source {
  readonly id: string;
  readonly signing: Signing;
  readonly read: ReadHook;
  secret(): string;
  heard(events: number, refused: number, newestGivenMs: number | null): void;
  /** Somebody else spoke in its name. */
  missigned(): void;
}

export interface Sources {
  get(id: string): Source | undefined;
  status(): readonly SourceStatus[];
  /**
   * Reads them anew; who stays keeps when it was heard. @returns their ids.
   * @throws GateError policy_invalid: those before stand
   */
  reload(): Promise<readonly string[]>;
}

/** Where they are configured (config.ts). @throws GateError policy_invalid */
export type ReadConfigured = () => Promise<readonly ConfiguredSource[]>;

const MINUTE_MS = 60_000;

/** What is remembered of a source, whatever its configuration. */
interface Ear {
  readonly sinceMs: number;
  heardMs: number | null;
  lagMs: number | null;
  events: number;
  refused: number;
  wronglySigned: number;
}

interface Listening {
  readonly source: Source;
  readonly status: () => SourceStatus;
}

export async function createSources(read: ReadConfigured, clock: Clock): Promise<Sources> {
  const ears = new Map<string, Ear>();
  let all: ReadonlyMap<string, Listening> = new Map();
  const reload = async (): Promise<readonly string[]> => {
    const configured = await read();
    all = new Map(configured.map((one) => [one.config.id, listening(one, earOf(ears, one.config.id, clock), clock)]));
    for (const id of ears.keys()) if (!all.has(id)) ears.delete(id);
    return [...all.keys()];
  };
  await reload();
  return {
    get: (id) => all.get(id)?.source,
    status: () => [...all.values()].map(({ status }) => status()),
    reload,
  };
}

function earOf(ears: Map<string, Ear>, id: string, clock: Clock): Ear {
  const fresh = { sinceMs: clock.nowMs(), heardMs: null, lagMs: null, events: 0, refused: 0, wronglySigned: 0 };
  const ear = ears.get(id) ?? fresh;
  ears.set(id, ear);
  return ear;
}

function listening({ config, secret }: ConfiguredSource, ear: Ear, clock: Clock): Listening {
  const { id, shape, heartbeatMinutes = null } = config;
  const limitMs = (heartbeatMinutes ?? Number.POSITIVE_INFINITY) * MINUTE_MS;
  const source: Source = {
    ...{ id, signing: signingOf(config), read: hookReader(config), secret: () => secret.reveal() },
    heard(events, refused, newestGivenMs) {
      ear.heardMs = clock.nowMs();
      ear.events += events;
      ear.refused += refused;
      if (newestGivenMs !== null) ear.lagMs = Math.max(0, ear.heardMs - newestGivenMs);
    },
    missigned: () => {
      ear.wronglySigned += 1;
    },
  };
  const status = (): SourceStatus => {
    const { heardMs, lagMs, sinceMs, events, refused, wronglySigned } = ear;
    return {
      ...{ id, shape, heartbeatMinutes, events, refused, wronglySigned },
      heardAt: heardMs === null ? null : new Date(heardMs).toISOString(),
      lagSeconds: lagMs === null ? null : Math.round(lagMs / 1_000),
      silent: clock.nowMs() - (heardMs ?? sinceMs) > limitMs,
    };
  };
  return { source, status };
}

const LOOK_MS = MINUTE_MS;

/** Looks every minute. @returns what ends it. */
export function watchSources(sources: Sources, alarms: Pick<Alarms, "standing">): () => void {
  const look = () => {
    const silent = sources.status().filter((one) => one.silent);
    const raised = silent.map(({ id }) => ({ code: "consent_source_silent", about: id, severity: "warning" as const }));
    alarms.standing("consent-sources", raised);
  };
  const timer = setInterval(look, LOOK_MS).unref();
  return () => clearInterval(timer);
}

/** Segment signs as signature.ts says; all others as the file says, or as we would. */
function signingOf({ shape, header, timestampHeader, algorithm: said, windowSeconds }: SourceConfig): Signing {
  const isSegment = shape === "segment";
  const algorithm = said ?? (isSegment ? "sha1" : "sha256");
  const usual = algorithm === "bearer" ? "authorization" : isSegment ? "x-signature" : "x-yumen-signature";
  return {
    algorithm,
    header: header ?? usual,
    timestampHeader: timestampHeader === undefined ? (isSegment ? null : "x-yumen-timestamp") : timestampHeader,
    windowSeconds,
    firstOfBatch: isSegment,
  };
}
