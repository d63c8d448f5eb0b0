// The request tried in this process. Law: policies, keys and stores are opened for reading or made up; what is asked of
// them is what a dry run of the gate asks (io/dry-run/look.ts).

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { refuseCode } from "../../act/refuse.ts";
import { type Asking, look } from "../../io/dry-run/look.ts";
import { answerOf, type DryRunAnswer } from "../../io/dry-run/tell.ts";
import { GateError } from "../../io/errors.ts";
import { openFile } from "../../io/extract/file.ts";
import type { FileOpener } from "../../io/extract/opener.ts";
import { plainParts } from "../../io/extract/plain.ts";
import { createFactsLoader } from "../../io/facts.ts";
import { deriveKeys } from "../../io/keys/derived.ts";
import { readKeys } from "../../io/keys.ts";
import { loadPolicy } from "../../io/policy/load.ts";
import { loadDemoPeople, seedOf } from "../../io/policy/people.ts";
import { render } from "../../io/policy/problem.ts";
import { createRandom } from "../../io/random.ts";
import { unwrap } from "../../io/serve/envelope.ts";
import { readLmdbStores } from "../../io/stores/lmdb/read.ts";
import { openMemoryStores } from "../../io/stores/memory/stores.ts";
import type { Stores } from "../../io/stores/stores.ts";
import type { Arrival, Keys, Language, Opened, Policy } from "../../words.ts";
import { lawData } from "../check.ts";
import { CannotTry, type Options } from "../try.ts";
import type { Written } from "./envelope.ts";
import { type Refused, refusedBefore } from "./refused.ts";

export async function tryHere(written: Written, options: Options, language: Language): Promise<DryRunAnswer | Refused> {
  const policy = await policyOf(options, language);
  const arrival = arrivalOf(written, options, policy, language);
  const { limits } = policy.destinations.get(arrival.destination)!;
  if (arrival.body.byteLength > limits.bodyBytesMax)
    return refusal(arrival, "body_too_large", `more than ${limits.bodyBytesMax} bytes`);
  const { stores, keys } = await knownOf(options, arrival.atMs);
  try {
    const asking: Asking = { keys, facts: createFactsLoader(stores.consent, stores.people, keys), files: OPENER };
    const looked = await look(asking, policy, arrival, new AbortController().signal);
    return "stopped" in looked ? refusal(arrival, looked.stopped.code, looked.stopped.detail) : answerOf(looked);
  } finally {
    await stores.close();
  }
}

function refusal({ id, language }: Arrival, code: string, detail: string): Refused {
  return refusedBefore(id, refuseCode({ decision: id, language, code, detail }));
}

async function policyOf({ policies, set }: Options, language: Language): Promise<Policy> {
  const { PACKAGE_DIR } = await import("../../io/config.ts");
  const dir = policies ?? `${PACKAGE_DIR}policies/demo`;
  const loaded = await loadPolicy(dir, { law: await lawData(), variables: set ?? {} });
  if (loaded.ok) return loaded.policy;
  throw new CannotTry(loaded.problems.map((problem) => render(problem, language)).join("\n\n"));
}

/** As the gate's front makes it, of a caller who is believed. @throws CannotTry */
function arrivalOf(written: Written, options: Options, policy: Policy, language: Language): Arrival {
  const unwrapped = unwrap(written);
  if (unwrapped instanceof GateError) throw unwrapped;
  const { head, method, body } = unwrapped;
  const known = [...policy.destinations.keys()];
  if (!known.includes(head.destination))
    throw new CannotTry(`no such destination in policy; there is ${known.join(", ") || "none"}`);
  const caller = options.caller ?? [...policy.callers.keys()][0] ?? "";
  if (!policy.callers.has(caller)) throw new CannotTry("no such caller in policy");
  const atMs = options.at === undefined ? Date.now() : Date.parse(options.at);
  if (Number.isNaN(atMs)) throw new CannotTry("--at wants an instant such as 2026-05-12T10:00:00+08:00");
  const { destination, target, headers, contentType, contentEncoding, asserted } = head;
  const said = { destination, target, headers, contentType, contentEncoding, asserted };
  return { ...said, id: createRandom().crossingId(atMs), atMs, method, body, caller, language, dryRun: true };
}

/** Whose consents and counts: a gate's, or of nobody but made-up people. */
async function knownOf({ data, people }: Options, atMs: number): Promise<{ stores: Stores; keys: Keys }> {
  if (data !== undefined) {
    if (people !== undefined) throw new CannotTry("either --data or --people");
    const keys = readKeys(join(data, "keys"));
    return { stores: await readLmdbStores(join(data, "store")), keys };
  }
  const [person, digest, pseudonym, count] = [randomBytes(32), randomBytes(32), randomBytes(32), randomBytes(32)];
  const keys = deriveKeys({ person, digest, pseudonym }, () => count);
  const stores = openMemoryStores();
  if (people === undefined) return { stores, keys };
  const { links, events } = seedOf(await loadDemoPeople(people), keys, new Date(atMs).toISOString());
  for (const { exporter, key, alias } of links) await stores.consent.link(exporter, key, alias);
  for (const event of events) await stores.consent.record(event);
  return { stores, keys };
}

/** In this process: who calls a command waits for it anyway. */
const OPENER: FileOpener = {
  async open(enclosed, bytesMax) {
    const opened: Opened[] = [];
    for (const file of enclosed) {
      const parts = plainParts(file) ?? (await openFile(file.bytes, bytesMax));
      if ("code" in parts) return parts;
      opened.push({ raw: file.raw, parts });
    }
    return opened;
  },
  close() {},
};
