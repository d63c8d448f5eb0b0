// The recipient's answer head as the caller may see it: hop-by-hop headers gone, duplicates kept apart, no way round
// the gate (a redirect or Alt-Svc to elsewhere), and nothing that poses as the gate's own word. Source: RFC 9110
// §7.6.1, §10.2.2; RFC 7838; threats 19.

import type { HeaderPairs } from "../../words.ts";

/** Where a destination is, and under which path callers see it. */
export interface Place {
  readonly id: string;
  readonly origin: string;
  /** Path of the destination's url without a last slash: "" or "/base". */
  readonly basePath: string;
}

const DROPPED: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "alt-svc",
  "refresh",
]);

/** @returns the pairs, or null when the answer sends the caller to another host. */
export function answerHeaders(raw: readonly Buffer[], status: number, path: string, place: Place): HeaderPairs | null {
  const pairs: string[] = [];
  let connection = "";
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toString("latin1").toLowerCase();
    if (name === "connection") connection += "," + raw[i + 1]!.toString("latin1").toLowerCase();
    if (DROPPED.has(name) || name.startsWith("x-yumen-")) continue;
    const value = raw[i + 1]!.toString("latin1");
    if (name !== "location" && name !== "content-location") {
      pairs.push(name, value);
      continue;
    }
    const inside = locationInside(value, path, place);
    if (inside !== null) pairs.push(name, inside);
    else if (name === "location" && status >= 300 && status < 400) return null;
  }
  return connection === "" || connection === ",keep-alive" || connection === ",close"
    ? pairs
    : withoutNamed(pairs, connection);
}

/** The same resource through the gate, or null when it is elsewhere. */
export function locationInside(location: string, path: string, place: Place): string | null {
  const base = place.origin + path;
  if (!URL.canParse(location, base)) return null;
  const url = new URL(location, base);
  const inBase = url.pathname === place.basePath || url.pathname.startsWith(place.basePath + "/");
  if (url.origin !== place.origin || url.username !== "" || url.password !== "" || !inBase) return null;
  return "/" + place.id + url.pathname.slice(place.basePath.length) + url.search + url.hash;
}

function withoutNamed(pairs: readonly string[], connection: string): string[] {
  const named = new Set(connection.split(",").map((name) => name.trim()));
  named.delete("content-length"); // framing: dropping it would let a short answer look whole
  const kept: string[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    if (!named.has(pairs[i]!)) kept.push(pairs[i]!, pairs[i + 1]!);
  }
  return kept;
}
