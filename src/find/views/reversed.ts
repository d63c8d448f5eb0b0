// Identity numbers, cards and mobile numbers written backwards. Law: a word nearby must say what it is, because
// every tenth number is somebody's card backwards; only a number that begins with X speaks for itself.

import type { PiType } from "../../words.ts";
import { matchesOf } from "../shared/pattern.ts";

export interface Reversed {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  readonly vouched: readonly PiType[];
  readonly alone: readonly PiType[];
}

const RUN = /(?<![0-9A-Za-z_.-])(?:[Xx][0-9]{17}|[0-9]{11}|[0-9]{15,19})(?![0-9A-Za-z_]|[.-][0-9])/g;
const VOUCHED: readonly PiType[] = ["cn-id", "bank-card", "cn-mobile"];
/** A number that begins with X ends with it when turned round. */
const ALONE: readonly PiType[] = ["cn-id"];
const NONE: readonly PiType[] = [];

/** Plain runs of digits, turned round. Units of the text. */
export function reversedIn(text: string): Reversed[] {
  return Array.from(matchesOf(RUN, text), ({ 0: run, index }) => ({
    start: index,
    end: index + run.length,
    digits: [...run].reverse().join(""),
    vouched: VOUCHED,
    alone: /^x/i.test(run) ? ALONE : NONE,
  }));
}
