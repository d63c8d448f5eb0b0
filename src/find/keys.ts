// Names of members as context. Law: a name is looked at once, however often it comes: bodies repeat their members'
// names, and most name nothing.

import { ESCAPES } from "../decode/escapes.ts";
import { readString } from "../decode/json/read.ts";
import type { Doc } from "../words.ts";
import { DETECTORS } from "./all.ts";
import { waysOf, waysOfName } from "./anchors/clauses.ts";
import type { Context, Detector } from "./detector.ts";
import { keySays } from "./names/keys.ts";
import { isBehaviourName } from "./records/behaviour-names.ts";

const KEY = 2;
const KIND = 0x0f;
const NAMES_MAX = 4096;
const NAME_BYTES_MAX = 64;
const BEHAVING_BYTES_MAX = 48;
const JOINERS = /[_.\s-]/g;
/** phone1, phone_2; phone.0, phone[1], phone[] as forms have them. */
const STEM_END = /(?:[_.-]?\d{1,2}|\[\d{0,2}\])$/;
/** Such a name may itself be somebody's number: it is not remembered. */
const NUMBERED = /\d{4}/;

interface Known extends Context {
  readonly bytes: Uint8Array;
  /** Read as a text, it holds nothing to look at. */
  isSilent?: boolean;
}

export const NO_CONTEXT: Context = { key: "" };
/** By the hash of the raw bytes, and by the name. */
const known = new Map<number, Known>();
const named = new Map<string, Context>();

/** @param key the token of a member's name. */
export function contextOfKey(doc: Doc, key: number): Context {
  const start = doc.tokens.start[key]!;
  const end = doc.tokens.end[key]!;
  if (end - start > NAME_BYTES_MAX) return { key: readString(doc, key) };
  // the same raw bytes are another name where they are escaped otherwise
  if ((doc.tokens.kind[key]! & ESCAPES) !== 0) return contextOf(readString(doc, key));
  const hash = hashOf(doc.bytes, start, end);
  const before = known.get(hash);
  if (before !== undefined && isSame(before.bytes, doc.bytes, start, end)) return before;
  const context: Known = { ...contextOf(readString(doc, key)), bytes: doc.bytes.slice(start, end), isSilent: false };
  if (NUMBERED.test(context.key)) return context;
  if (known.size >= NAMES_MAX) known.clear();
  known.set(hash, context);
  return context;
}

/** @param name as it stands. */
export function contextOf(name: string): Context {
  const before = named.get(name);
  if (before !== undefined) return before;
  const context = contextOfName(name);
  if (NUMBERED.test(name) || name.length > NAME_BYTES_MAX) return context;
  if (named.size >= NAMES_MAX) named.clear();
  named.set(name, context);
  return context;
}

function contextOfName(name: string): Context {
  const bare = name.toLowerCase().replace(JOINERS, "");
  const keyed: Detector[] = DETECTORS.filter(({ keys }) => keys?.test(bare) === true);
  const stem = name.replace(STEM_END, "");
  const says = waysOfName(name);
  return {
    key: name,
    stem,
    ...(keySays(name) === null ? {} : { named: true as const }),
    ...(keyed.length === 0 ? {} : { keyed, knows: waysOf(keyed) }),
    ...(says === null ? {} : { says }),
    ...(isBehaviourName(name) ? { behaves: true as const } : {}),
  };
}

/** The names of one document's members, each looked up once. */
export class Members {
  readonly #doc: Doc;
  readonly #outer: Context;
  /** By token. */
  readonly #contexts: (Known | Context | undefined)[];
  /** Tokens of those that say that what their value holds is what somebody did. */
  readonly behaving = new Set<number>();

  /** @param outer the context of what stands under no name. */
  constructor(doc: Doc, outer: Context) {
    this.#doc = doc;
    this.#outer = outer;
    this.#contexts = new Array(doc.tokens.count);
  }

  /** @param token of a value. */
  contextOf(token: number): Context {
    const key = keyOf(this.#doc, token);
    return key < 0 ? this.#outer : (this.#contexts[key] ?? this.#read(key));
  }

  #read(key: number): Known | Context {
    const context = contextOfKey(this.#doc, key);
    const { start, end } = this.#doc.tokens;
    if (context.behaves === true && end[key]! - start[key]! <= BEHAVING_BYTES_MAX) this.behaving.add(key);
    this.#contexts[key] = context;
    return context;
  }

  /** Whether it is known of a name that there is nothing to look at in it. @param key its token. */
  isSilent(key: number): boolean {
    const context = this.#contexts[key] ?? this.#read(key);
    return this.#outer === NO_CONTEXT && (context as Known).isSilent === true;
  }

  /** There is nothing to look at in the name. */
  silence(key: number): void {
    const context = this.#contexts[key]!;
    if (this.#outer === NO_CONTEXT && (context as Known).bytes !== undefined) (context as Known).isSilent = true;
  }
}

/** The token of the name that a value stands under, through arrays; -1 for none. */
export function keyOf(doc: Doc, token: number): number {
  const { kind, parent, slot } = doc.tokens;
  if ((kind[token]! & KIND) === KEY) return -1;
  let at = token;
  while (parent[at]! >= 0 && (kind[parent[at]!]! & KIND) !== 0) at = parent[at]!;
  return parent[at]! < 0 ? -1 : slot[at]!;
}

/** FNV-1a over the raw bytes. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash;
}

function isSame(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
}
