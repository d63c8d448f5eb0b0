// `yumen test --update-from`: a recorded decision becomes a case. Law: the ledger is only read; a case is written only
// when it runs, under the policy that was in force, as it was recorded, or when the policy has changed since.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { openKeys } from "../../../io/keys.ts";
import { readEntries } from "../../../io/ledger/read.ts";
import type { Text } from "../../../io/policy/problem.ts";
import { openReceipts } from "../../../io/stores/lmdb/receipts.ts";
import type { Policy } from "../../../words.ts";
import { LACKS, lackOf, providerOf, type Recorded } from "../../replay/entry.ts";
import { consentsOf, crossingOf } from "../../replay/run.ts";
import { CannotRun } from "../../shown/cannot-run.ts";
import { compare } from "../compare.ts";
import { runCase, type Seen } from "../run.ts";
import { readSuite } from "../suite.ts";
import { type Candidate, candidatesOf, NoCase } from "./rebuild.ts";
import { appended, fileText, replaceFile } from "./write.ts";

export interface Updated {
  readonly file: string;
  readonly decision: string;
  /** One line a difference between what was recorded and what this policy does. None: the same. */
  readonly wrong: readonly Text[];
  /** Hashes of the policy of then and of now, where they differ. */
  readonly changed: { readonly before: string; readonly now: string } | null;
}

/** @param into the test file. @throws CannotRun: no such decision, or nothing that a case could be made of. */
export async function updateFrom(decision: string, data: string, into: string, policy: Policy): Promise<Updated> {
  const entry = await entryOf(decision, data);
  const lack = lackOf(entry);
  if (lack !== null) throw cannot(LACKS[lack]);
  const changed = entry.policy === policy.hash ? null : { before: entry.policy, now: policy.hash };
  const { candidate, wrong } = await best(entry, policy, data);
  if (wrong.length > 0 && changed === null)
    throw new CannotRun(
      `没能重建这次请求：${wrong.map(({ zh }) => zh).join("；")}`,
      `the request could not be rebuilt: ${wrong.map(({ en }) => en).join("; ")}`,
    );
  await replaceFile(into, appended(await fileText(into), candidate, entry.t));
  return { file: into, decision, wrong, changed };
}

function cannot({ zh, en }: Text): CannotRun {
  return new CannotRun(`不能变成测试用例：${zh}`, `no case can be made of it: ${en}`);
}

async function entryOf(decision: string, data: string): Promise<Recorded> {
  for await (const { entry } of readEntries(join(data, "ledger"))) {
    if (!entry.includes(decision)) continue;
    const crossing = crossingOf(entry, null);
    if (crossing?.id === decision) return crossing;
  }
  throw new CannotRun(`${data}/ledger 里没有这个决策`, `no such decision in ${data}/ledger`);
}

interface Tried {
  readonly candidate: Candidate;
  readonly wrong: readonly Text[];
}

/** The first candidate that runs as recorded; else the one that comes nearest. */
async function best(entry: Recorded, policy: Policy, data: string): Promise<Tried> {
  const receipts = await openReceipts(join(data, "store"));
  const dir = await mkdtemp(join(tmpdir(), "yumen-update-"));
  try {
    const { keys } = await openKeys(dir);
    const stateOf = consentsOf(receipts);
    const consents = entry.people.map((_, person) => {
      const given = entry.consent.find((one) => (one.person ?? 0) === person);
      if (given === undefined) return null;
      return stateOf(given.receipt, entry) ?? fail(cannot(LACKS.consent_store));
    });
    let nearest: Tried | null = null;
    for (const candidate of candidatesOf(entry, policy, consents)) {
      const wrong = await tryOut(candidate, entry, policy, keys);
      if (wrong.length === 0) return { candidate, wrong };
      if (nearest === null || wrong.length < nearest.wrong.length) nearest = { candidate, wrong };
    }
    return nearest ?? fail(cannot({ zh: "没有可试的写法", en: "nothing could be tried" }));
  } catch (error) {
    if (error instanceof NoCase) throw cannot(error.says);
    throw error;
  } finally {
    await rm(dir, { recursive: true, force: true });
    await receipts?.close();
  }
}

function fail(error: Error): never {
  throw error;
}

/** Through the same reader and gate as any case of a file. */
async function tryOut(
  { fixtures, written }: Candidate,
  entry: Recorded,
  policy: Policy,
  keys: Parameters<typeof runCase>[3],
): Promise<readonly Text[]> {
  const text = stringify({ suite: "s", at: entry.t, fixtures, cases: [written] }, { version: "1.2" });
  const suite = await readSuite("recorded.test.yaml", text);
  if (Array.isArray(suite))
    return suite.map(({ message, line }) => ({ zh: `${line}：${message.zh}`, en: `${line}: ${message.en}` }));
  const [one] = suite.cases;
  const seen = await runCase(one!, suite, policy, keys);
  return [...compare(one!.expect, seen), ...structure(entry, seen)].filter(({ en }) => !en.startsWith("message:"));
}

type Plain = string | number | boolean | null;

/** Whose is what, and which model and legal entity: what an expectation does not say. */
function structure(entry: Recorded, { judged, reasons }: Seen): Text[] {
  const codes = [...new Set(entry.reasons.map(({ code }) => code.toLowerCase()))];
  const wrong: Text[] = [];
  if (!reasons.every((code) => codes.includes(code)))
    wrong.push({
      zh: `reasons：不只是 ${codes.join("、") || "（无）"}`,
      en: `reasons: more than ${codes.join(", ") || "none"}`,
    });
  if (judged === null) return wrong;
  const { flow, individuals } = judged;
  const same = (what: string, now: Plain, then: Plain) => {
    if (now !== then) wrong.push({ zh: `${what}：${now}，当时是 ${then}`, en: `${what}: ${now} instead of ${then}` });
  };
  same("model", flow.model, entry.model);
  same("recipient", flow.recipient, entry.recipient);
  same("people", individuals.length, entry.people.length);
  const shape = providerOf(entry);
  if (shape !== null) same("provider", flow.provider, shape);
  if (entry.declared !== undefined) same("declared", flow.declared.length > 0, entry.declared !== null);
  return wrong;
}
