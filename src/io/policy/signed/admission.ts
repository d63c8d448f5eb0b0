// May this folder become the policy? Law of this file: what nobody listed has signed is not taken; what loosens the
// policy that was taken last, and the first of all, needs two signers, one of them an approver; a signature from before
// the last one taken counts for nothing, so that an older policy cannot be put back.

import { join } from "node:path";
import * as z from "zod";
import { readGuarded, replaceWhole } from "../../keys/guarded.ts";
import { type Change, compare } from "../compare/compare.ts";
import { type Folder, isPolicyFile, SIGNATURE_FILE } from "../folder.ts";
import { type Gathered, gather } from "../gather.ts";
import { fileProblem, type Problem, type Text } from "../problem.ts";
import { readSource } from "../source.ts";
import type { Signer } from "./signers.ts";
import { digestOf, isSigned, type Signature, signaturesIn } from "./statement.ts";

/** A signer's clock may be ahead by as much: one far ahead would shut out every later signature. */
const AHEAD_MS = 3_600_000;

export type Admitted =
  | { readonly ok: true; readonly signedBy: readonly string[] }
  | { readonly ok: false; readonly problem: Problem };

export interface Admission {
  /** Before anything is parsed: nobody listed has signed these files. null: somebody has. */
  unsigned(folder: Folder, nowMs: number): Problem | null;
  /** @param said what these files say, without problems. Once ok, the folder is what the next is compared with. */
  admit(folder: Folder, said: Gathered, impersonal: readonly string[], nowMs: number): Admitted;
}

const accepted = z.strictObject({
  format: z.literal(1),
  digest: z.string(),
  at: z.iso.datetime(),
  files: z.record(z.string(), z.string()),
});

type Accepted = z.output<typeof accepted>;

/** @param path where the policy taken last is kept, in the data folder. */
export function createAdmission(signers: ReadonlyMap<string, Signer>, path: string): Admission {
  return {
    unsigned(folder, nowMs) {
      if (validIn(folder, digestOf(folder), signers, nowMs).length > 0) return null;
      return problemOf(folder, ...unsigned(folder));
    },
    admit(folder, said, impersonal, nowMs) {
      const refuse = (code: string, text: Text): Admitted => ({ ok: false, problem: problemOf(folder, code, text) });
      const digest = digestOf(folder);
      const valid = validIn(folder, digest, signers, nowMs);
      if (valid.length === 0) return refuse(...unsigned(folder));
      const last = readLast(path);
      if (last?.digest === digest) return { ok: true, signedBy: valid.map(({ name }) => name) };
      const fresh = last === null ? valid : valid.filter(({ at }) => Date.parse(at) > Date.parse(last.at));
      if (fresh.length === 0) return refuse("signature_old", OLD);
      const reason = reasonForTwo(last, folder, said, impersonal);
      const approved = fresh.some(({ name }) => signers.get(name)!.role === "approver");
      if (reason !== null && (fresh.length < 2 || !approved)) return refuse("signature_insufficient", twoFor(reason));
      try {
        keep(path, folder, digest, fresh);
      } catch {
        return refuse("signature_unkept", UNKEPT);
      }
      return { ok: true, signedBy: fresh.map(({ name }) => name) };
    },
  };
}

function problemOf({ dir }: Folder, code: string, text: Text): Problem {
  return fileProblem(join(dir, SIGNATURE_FILE), code, text);
}

/** Signatures of these bytes by those listed, one each: a name stands for one key. By name. */
export function validIn(
  { signatures }: Folder,
  digest: string,
  signers: ReadonlyMap<string, Signer>,
  nowMs: number,
): readonly Signature[] {
  const valid = new Map<string, Signature>();
  for (const one of signaturesIn(signatures) ?? []) {
    const signer = signers.get(one.name);
    if (signer === undefined || Date.parse(one.at) > nowMs + AHEAD_MS) continue;
    if (isSigned(digest, one, signer.key)) valid.set(one.name, one);
  }
  return [...valid.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function unsigned({ signatures }: Folder): [code: string, text: Text] {
  if (signatures === null)
    return [
      "signature_missing",
      { zh: "策略没有签名：请用 yumen policy sign", en: "the policy is not signed: use yumen policy sign" },
    ];
  return [
    "signature_invalid",
    {
      zh: "没有一个签名有效：内容在签名之后变过，或签名人不在名单里，或签名时间在将来",
      en: "no signature holds: the files changed after it, or its signer is not listed, or it is from the future",
    },
  ];
}

const OLD: Text = {
  zh: "签名早于现行策略的签名：旧策略要重新启用，须重新签名",
  en: "signed before the policy in force was: to put an older policy back, sign it anew",
};

const UNKEPT: Text = {
  zh: "数据文件夹写不进去，无法记住所接受的策略",
  en: "the data folder takes no file: what was accepted could not be kept",
};

function twoFor(reason: Text): Text {
  return {
    zh: `${reason.zh}：须两人签名，其中一人为 approver`,
    en: `${reason.en}: needs two signers, one of them an approver`,
  };
}

/** null: one signer is enough. */
function reasonForTwo(
  last: Accepted | null,
  folder: Folder,
  said: Gathered,
  impersonal: readonly string[],
): Text | null {
  if (last === null) return { zh: "这是第一份策略", en: "this is the first policy" };
  const now = textsOf(folder);
  const names = new Set([...Object.keys(last.files), ...Object.keys(now)].filter((name) => !isPolicyFile(name)));
  const other = [...names].filter((name) => last.files[name] !== now[name]);
  if (other.length > 0)
    return { zh: `证书变了（${other.join(", ")}）`, en: `certificates changed (${other.join(", ")})` };
  const texts = Object.entries(last.files).filter(([name]) => isPolicyFile(name));
  const before = gather(texts.map(([name, text]) => readSource(name, Buffer.from(text, "latin1").toString("utf8"))));
  if (before.problems.length > 0)
    return { zh: "无法与上一份策略比较", en: "it cannot be compared with the policy before" };
  const loose = compare(before, said, impersonal).filter(({ effect }) => effect === "loosens");
  return loose.length === 0 ? null : named(loose);
}

const NAMED_MAX = 5;

function named(loose: readonly Change[]): Text {
  const names = [...new Set(loose.map(({ what }) => what))];
  const list = names.slice(0, NAMED_MAX).join(", ") + (names.length > NAMED_MAX ? " …" : "");
  return { zh: `放松了 ${list}`, en: `it loosens ${list}` };
}

function textsOf({ files }: Folder): Record<string, string> {
  return Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString("latin1")]));
}

/** What cannot be read is as if there were none: then two must sign. */
function readLast(path: string): Accepted | null {
  try {
    const text = readGuarded(path);
    return text === null ? null : accepted.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function keep(path: string, folder: Folder, digest: string, fresh: readonly Signature[]): void {
  const at = fresh
    .map((one) => one.at)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1)!;
  const kept: Accepted = { format: 1, digest, at, files: textsOf(folder) };
  replaceWhole(path, `${JSON.stringify(kept)}\n`);
}
