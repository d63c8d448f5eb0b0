// A crossing that the Beijing year overtook. Law: what is judged, counted and recorded is of the year in which it does
// so: a body that took its time over midnight leaves in the new year, and its people are the new year's (CNT-8).

import type { Inspected } from "../gate.ts";
import { beijingYear } from "../law/year.ts";

/** The same crossing; where the clock stands in a later year than it arrived in, as if it had arrived now. */
export function inYearOf(inspected: Inspected, nowMs: number): Inspected {
  const year = beijingYear(nowMs);
  return year <= inspected.flow.year ? inspected : arrivedAt(inspected, nowMs);
}

export function arrivedAt(inspected: Inspected, atMs: number): Inspected {
  const { arrival, flow, ask } = inspected;
  const year = beijingYear(atMs);
  return { ...inspected, arrival: { ...arrival, atMs }, flow: { ...flow, year }, ask: { ...ask, year } };
}
