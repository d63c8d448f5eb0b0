// The embedded stores as they stand, for whoever only looks: a gate may have them open. Law: nothing is written, and
// the gate that owns them is not made to think that another took over.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { open } from "lmdb";
import { GateError } from "../../errors.ts";
import { createConsentStore } from "../embedded/consent.ts";
import { createPeopleCounter } from "../embedded/people.ts";
import { createRegister } from "../embedded/register.ts";
import type { Stores } from "../stores.ts";
import { allKept, assertLmdb, attempt, countedIn, OPTIONS, readDocuments, shelvesOf } from "./stores.ts";

/**
 * The counted are as they were when it was opened; consents as they are. A write is refused.
 * @throws GateError store_unavailable: none here, cannot open, or written by a newer release.
 */
export async function readLmdbStores(dir: string): Promise<Stores> {
  const path = join(dir, "stores.mdb");
  if (!existsSync(path)) throw new GateError("store_unavailable", `there is no ${path}`);
  await assertLmdb(path);
  const root = attempt("open the stores", () => open({ path, ...OPTIONS, readOnly: true }));
  const refuse = async (): Promise<never> => {
    throw new GateError("store_unavailable", "the stores are open for reading");
  };
  return {
    consent: createConsentStore({ get: readDocuments(root).get, write: refuse }),
    people: createPeopleCounter(countedIn(root), refuse),
    register: createRegister(allKept(shelvesOf(root)), refuse),
    close: () => root.close(),
  };
}
