// What a company says that it sends beside the gate. Law of this file: a flow without numbers is none: they are what
// the year's count is missing.

import * as z from "zod";
import * as f from "./fields.ts";

/** People a year, each once, from 1 January on: the whole year's number counts from the first day. */
const peopleAYear = z.strictObject({ nonSensitive: f.count.default(0), sensitive: f.count.default(0) });

export const outsideFlow = z.strictObject({
  id: f.id,
  name: f.filled,
  exporter: f.id,
  recipient: f.id,
  purpose: f.id,
  kinds: f.someOf(f.id),
  peopleAYear,
  owner: f.signature,
});
