// Where a request wants to go and what it asks for there. Law: only what policy names is carried; the rest is
// Misrouted.

import type { Arrival, Destination, Misrouted, Operation, Policy, Provider } from "../words.ts";

export interface Route {
  readonly destination: Destination;
  readonly provider: Provider;
  readonly operation: Operation;
  /** Origin-form to dial: the spelling of `/v1` settled, the query as it came. */
  readonly path: string;
}

/**
 * @param providers the registry of API shapes, by id. A response that leaves (remote access) was asked for by its own
 * request.
 */
export function route(arrival: Arrival, policy: Policy, providers: ReadonlyMap<string, Provider>): Route | Misrouted {
  const destination = policy.destinations.get(arrival.destination);
  if (destination === undefined) return misrouted("destination_unknown", "policy names no such destination");
  const caller = policy.callers.get(arrival.caller);
  if (caller === undefined || !caller.destinations.includes(destination.id))
    return misrouted("destination_not_allowed", `caller ${arrival.caller} may not send to ${destination.id}`);
  const queryAt = arrival.target.indexOf("?");
  const path = queryAt < 0 ? arrival.target : arrival.target.slice(0, queryAt);
  for (const id of destination.providers) {
    const provider = providers.get(id);
    if (provider === undefined) continue;
    const canonical = provider.canonicalPath(path);
    const operation = provider.operation(arrival.method, canonical);
    if (operation === null) continue;
    if (!destination.operations.includes(operation))
      return misrouted("operation_not_allowed", `${destination.id} is not open for ${operation}`);
    const query = queryAt < 0 ? "" : arrival.target.slice(queryAt);
    return { destination, provider, operation, path: canonical + query };
  }
  return misrouted("operation_not_allowed", `no API shape of ${destination.id} knows this method and path`);
}

function misrouted(code: Misrouted["code"], detail: string): Misrouted {
  return { code, detail };
}
