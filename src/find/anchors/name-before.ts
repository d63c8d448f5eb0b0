// The name of a member in the text itself, right before a value. Law: a name is looked at once, however often it comes:
// logs say the same in every line; and none that may itself be somebody's number is remembered.

import { waysOfName } from "./clauses.ts";

const NAME_BYTES_MAX = 32;
const NAME_END_BYTES = 6;
/** What may stand between a name and its value, what ends the name, and what is in it. */
const SPACES = tableOf(" \t\n\r\"'\\([+");
const ENDS = tableOf(":=>");
const NAMES = tableOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** @returns the ways that a name in the text right before `start` opens: `sjh=`, `"sjh": "`; null for none. */
export function waysNamedBefore(bytes: Uint8Array, from: number, start: number): Int32Array | null {
  let at = start;
  while (at > from && NAMES[bytes[at - 1]!] === 1 && start - at < NAME_BYTES_MAX) at--;
  const nearest = at;
  while (at > from && nearest - at < NAME_END_BYTES && SPACES[bytes[at - 1]!] === 1) at--;
  if (at === from || ENDS[bytes[at - 1]!] === 0) return null;
  at--;
  for (let i = 0; i < NAME_END_BYTES && at > from && SPACES[bytes[at - 1]!] === 1; i++) at--;
  let name = at;
  while (name > from && at - name < NAME_BYTES_MAX && NAMES[bytes[name - 1]!] === 1) name--;
  return name === at ? null : waysOfBytes(bytes, name, at);
}

/** Names by a hash of their bytes: one lookup for what logs say in every line. */
const remembered: ({ readonly bytes: Uint8Array; readonly ways: Int32Array | null } | undefined)[] = [];
const REMEMBERED = 1024;
/** No word of a name holds more: a time, somebody's number. */
const NAME_DIGITS_MAX = 3;

function waysOfBytes(bytes: Uint8Array, start: number, end: number): Int32Array | null {
  let hash = 0x811c9dc5;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    hash = Math.imul(hash ^ byte, 0x01000193);
    if (byte >= 0x30 && byte <= 0x39) digits++;
  }
  if (digits > NAME_DIGITS_MAX) return null;
  const slot = (hash >>> 8) & (REMEMBERED - 1);
  const before = remembered[slot];
  if (before !== undefined && isSame(before.bytes, bytes, start, end)) return before.ways;
  const name = Buffer.from(bytes.subarray(start, end));
  const ways = waysOfName(name.toString("latin1"));
  remembered[slot] = { bytes: name, ways };
  return ways;
}

function isSame(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
}
