// Whose is each finding (design.md §3). Law: a strong identifier is somebody by itself; nobody is merged by guess,
// because taking two people for one under-counts.

import type { Doc, Finding, Keys, PersonKey } from "../words.ts";
import type { Subject } from "./flow.ts";

interface Scene {
  readonly doc: Doc;
  readonly findings: readonly Finding[];
  /** The handler under whose secret people are keyed. */
  readonly exporter: string;
  /** Of one caller: what two callers call by the same name are two conversations. */
  readonly conversation: string;
  readonly subject: Subject;
  readonly keys: Keys;
  /** U-14: equal names of one conversation are taken for one person's. */
  readonly equalNamesOnePerson: boolean;
}

/** Whose each finding is. */
export interface Attributed {
  /** Per finding the key of the person it is about; null for credentials and organisations. */
  readonly keyOf: readonly (PersonKey | null)[];
  /** Those of them that stand for somebody whom nothing identifies, each once. Absent: none do. */
  readonly unlinked?: readonly PersonKey[];
  /** Those of `unlinked` whose name an earlier one bears: whom U-14 would not count. Absent: none do. */
  readonly namesakes?: readonly PersonKey[];
}

/** Findings come in document order. */
export function attribute(scene: Scene): Attributed {
  const { findings, keys, exporter, subject } = scene;
  const keyOf = findings.map((finding): PersonKey | null => {
    if (finding.identifies !== "strong") return null;
    if (inSubjectsRecord(finding, subject)) return subject.keys[0]!;
    return keys.person(exporter, finding.type, finding.original.reveal());
  });
  if (findings.every((finding) => finding.identifies !== "weak")) return { keyOf };
  const neighbours = neighboursOf(findings, keyOf);
  const ordinals = new Map<string, number>();
  const unlinked = new Set<PersonKey>();
  const namesakes = new Set<PersonKey>();
  const bearers = new Map<string, PersonKey>();
  const all = findings.map((finding, i) => {
    if (finding.identifies !== "weak") return keyOf[i]!;
    if (inSubjectsRecord(finding, subject)) return subject.keys[0]!;
    const linked = neighbours(i) ?? subjectsName(finding, scene);
    if (linked !== null) return linked;
    const key = unlinkable(finding, scene, ordinals);
    unlinked.add(key);
    if (finding.type === "person" && bearerOf(finding.original.reveal(), key, bearers) !== key) namesakes.add(key);
    return key;
  });
  return {
    keyOf: all,
    ...(unlinked.size === 0 ? {} : { unlinked: [...unlinked] }),
    ...(namesakes.size === 0 ? {} : { namesakes: [...namesakes] }),
  };
}

/** The first who bore the name. */
function bearerOf(name: string, key: PersonKey, bearers: Map<string, PersonKey>): PersonKey {
  const first = bearers.get(name);
  if (first === undefined) bearers.set(name, key);
  return first ?? key;
}

/** The declared subject's, where he or she was declared by this very name. */
function subjectsName({ type, original }: Finding, { subject, exporter, keys }: Scene): PersonKey | null {
  if (subject.keys.length === 0) return null;
  const key = keys.person(exporter, type, original.reveal());
  return subject.keys.includes(key) ? key : null;
}

function inSubjectsRecord({ path, where }: Finding, { keys, records }: Subject): boolean {
  // a file is a document of its own, with people of its own
  if (keys.length === 0 || where === "file") return false;
  return records.some((record) =>
    record === "" ? where === "body" && !IN_A_LIST.test(path) : path === record || path.startsWith(`${record}/`),
  );
}

/** A list in a record is of others as a rule: messages, contacts, members of a household. */
const IN_A_LIST = /\/\d+(?:\/|$)/;

/**
 * For a weak finding: the nearest strong identifier of the same string, else the first of the same record, else null.
 * O(n) in all.
 */
function neighboursOf(findings: readonly Finding[], keyOf: readonly (PersonKey | null)[]) {
  const before = sweep(findings, keyOf, 1);
  const after = sweep(findings, keyOf, -1);
  const ofRecord = new Map<string, PersonKey>();
  findings.forEach((finding, i) => {
    const key = keyOf[i];
    if (key && !ofRecord.has(recordOf(finding))) ofRecord.set(recordOf(finding), key);
  });
  const distance = (i: number, j: number) => Math.abs(findings[i]!.start - findings[j]!.start);
  return (i: number): PersonKey | null => {
    const [left, right] = [before[i]!, after[i]!];
    if (left < 0 && right < 0) return ofRecord.get(recordOf(findings[i]!)) ?? null;
    const nearer = right < 0 || (left >= 0 && distance(i, left) <= distance(i, right)) ? left : right;
    return keyOf[nearer]!;
  };
}

/** Per finding the index of the last strong one of the same string on the way; -1 where there is none. */
function sweep(findings: readonly Finding[], keyOf: readonly (PersonKey | null)[], step: 1 | -1): Int32Array {
  const last = new Int32Array(findings.length).fill(-1);
  let strong = -1;
  for (let i = step > 0 ? 0 : findings.length - 1; i >= 0 && i < findings.length; i += step) {
    if (strong >= 0 && stringOf(findings[strong]!) !== stringOf(findings[i]!)) strong = -1;
    last[i] = strong;
    if (keyOf[i] !== null) strong = i;
  }
  return last;
}

function stringOf(finding: Finding): string {
  return `${finding.where}:${finding.token}`;
}

function recordOf(finding: Finding): string {
  return `${finding.where}${finding.path.slice(0, finding.path.lastIndexOf("/") + 1)}`;
}

/**
 * Keyed by conversation, keyed digest of the string that holds it, and ordinal: a resent message adds no one, a new
 * message does (CNT-6 bounded by design.md §3).
 */
function unlinkable(finding: Finding, scene: Scene, ordinals: Map<string, number>): PersonKey {
  const { doc, exporter, conversation, keys } = scene;
  if (scene.equalNamesOnePerson && finding.type === "person")
    return keys.person(exporter, "unlinkable-name", `${conversation}\u001f${finding.original.reveal()}`);
  const text = stringHolding(doc, finding.where, finding.token);
  const ordinal = ordinals.get(stringOf(finding)) ?? 0;
  ordinals.set(stringOf(finding), ordinal + 1);
  return keys.person(exporter, "unlinkable", `${conversation}\u001f${keys.digest(text)}\u001f${ordinal}`);
}

function stringHolding(
  { bytes, tokens, head, files }: Doc,
  where: Finding["where"],
  token: number,
): Uint8Array | string {
  if (where === "body") return bytes.subarray(tokens.start[token]!, tokens.end[token]!);
  if (where !== "file") return head[token]!.text;
  const { doc, firstToken } = files!.findLast((file) => file.firstToken <= token)!;
  const inside = token - firstToken;
  const { count } = doc.tokens;
  return inside < count ? stringHolding(doc, "body", inside) : stringHolding(doc, "reading", inside - count);
}
