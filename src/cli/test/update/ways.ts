// Paths that ask for a given operation at a destination. Law: an entry does not hold the path; any that means the same
// does.

import { PROVIDERS } from "../../../decode/providers/all.ts";
import { route } from "../../../flow/route.ts";
import type { Arrival, Policy, Provider } from "../../../words.ts";
import { providerOf, type Recorded } from "../../replay/entry.ts";

/** One of each shape's, the most usual first; MODEL is replaced. */
const PATHS = `
/v1/chat/completions /v1/messages /v1/embeddings /v1/responses /v1/completions /v1/files /v1/batches
/v1/fine_tuning/jobs /v1/evals /v1/models /v1/identify /v1/track /v1/batch /v1/logs /v1/traces /v1/metrics
/openai/deployments/MODEL/chat/completions /openai/deployments/MODEL/embeddings
/v1beta/models/MODEL:generateContent /v1beta/models/MODEL:embedContent
/v1/projects/p/locations/us-central1/publishers/google/models/MODEL:generateContent
/v1/projects/p/locations/europe-west1/publishers/google/models/MODEL:generateContent
/model/MODEL/converse /model/MODEL/invoke /v2/chat /v2/embed /api/chat /api/embed /api/v1/chat/completions
/api/1/envelope/ /`
  .trim()
  .split(/\s+/);

export interface WayIn {
  readonly path: string;
  readonly provider: Provider;
}

const WAYS_MAX = 6;

/** Those that mean the recorded operation there, one a shape and path: of the recorded shape, where one is. */
export function waysIn(entry: Recorded, policy: Policy, method: string): WayIn[] {
  const { app, destination, model, operation } = entry;
  const found: WayIn[] = [];
  const { providers } = policy.destinations.get(destination)!;
  // to who knows no path every path is the same
  for (const written of providers.every((one) => one === "any-json") ? ["/"] : PATHS) {
    const path = written.replace("MODEL", model ?? "model");
    const arrival = { destination, caller: app, target: path, method } as Arrival;
    const way = route(arrival, policy, PROVIDERS);
    if (!("code" in way) && way.operation === operation) found.push({ path, provider: way.provider });
  }
  const recorded = found.filter(({ provider }) => provider.id === providerOf(entry));
  return (recorded.length > 0 ? recorded : found).slice(0, WAYS_MAX);
}
