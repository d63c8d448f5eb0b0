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
  readonly silent: boolean;
}

export interface Source {
  readonly id: string;
  readonly signing: Signing;
  readonly read: ReadHook;
  secret(): string;
  heard(events: number, refused: number, newestGivenMs: number | null): void;
}

export interface Sources {
  get(id: string): Source | undefined;
  status(): readonly SourceStatus[];
}

const MINUTE_MS = 60_000;

export function createSources(configured: readonly ConfiguredSource[], clock: Clock): Sources {
  const startedMs = clock.nowMs();
  const all = configured.map(({ config, secret }) => {
    let heardMs: number | null = null;
    let lagMs: number | null = null;
    const tally = { events: 0, refused: 0 };
    const limitMs = (config.heartbeatMinutes ?? Number.POSITIVE_INFINITY) * MINUTE_MS;
    const source: Source = {
      ...{ id: config.id, signing: signingOf(config), read: hookReader(config), secret: () => secret.reveal() },
      heard(events, refused, newestGivenMs) {
        heardMs = clock.nowMs();
        tally.events += events;
        tally.refused += refused;
        if (newestGivenMs !== null) lagMs = Math.max(0, heardMs - newestGivenMs);
      },
    };
    const status = (): SourceStatus => ({
      ...{ id: config.id, shape: config.shape, heartbeatMinutes: config.heartbeatMinutes ?? null, ...tally },
      heardAt: heardMs === null ? null : new Date(heardMs).toISOString(),
      lagSeconds: lagMs === null ? null : Math.round(lagMs / 1_000),
      silent: clock.nowMs() - (heardMs ?? startedMs) > limitMs,
    });
    return { source, status };
  });
  const byId = new Map(all.map(({ source }) => [source.id, source]));
  return { get: (id) => byId.get(id), status: () => all.map(({ status }) => status()) };
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

/** Segment signs the body alone, with SHA-1, in X-Signature; all others as the file says, or as we would. */
function signingOf({ shape, header, timestampHeader, algorithm, windowSeconds }: SourceConfig): Signing {
  const isSegment = shape === "segment";
  return {
    algorithm: algorithm ?? (isSegment ? "sha1" : "sha256"),
    header: header ?? (isSegment ? "x-signature" : "x-yumen-signature"),
    timestampHeader: timestampHeader === undefined ? (isSegment ? null : "x-yumen-timestamp") : timestampHeader,
    windowSeconds,
  };
}
