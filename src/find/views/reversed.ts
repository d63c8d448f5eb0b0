// Identity numbers, cards and mobile numbers written backwards. Law: a word nearby must say what it is, because
// every tenth number is somebody's card backwards; only a number that begins with X speaks for itself.

import type { PiType } from "../../words.ts";
import { isLuhn } from "../shared/luhn.ts";
import { matchesOf } from "../shared/pattern.ts";
import { isChecked } from "../shared/resident.ts";

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
const ONE = 0x31;
const CHINA = "0086";

const MOBILE_DIGITS = 11;
const IDENTITY_DIGITS = 18;

/** Plain runs of digits that may be a number turned round. Units of the text. */
export function reversedIn(text: string): Reversed[] {
  const found: Reversed[] = [];
  for (const { 0: run, index } of matchesOf(RUN, text)) {
    const digits = turned(run);
    if (digits === null) continue;
    const alone = /^x/i.test(run) ? ALONE : NONE;
    found.push({ start: index, end: index + run.length, digits, vouched: VOUCHED, alone });
  }
  return found;
}

/** The run turned round, null where no kind's first digits or check digit hold. */
function turned(run: string): string | null {
  const last = run.charCodeAt(run.length - 1);
  if (run.length === MOBILE_DIGITS) return last === ONE ? backwards(run) : null;
  const digits = backwards(run);
  if (run.length === IDENTITY_DIGITS && isChecked(digits.toUpperCase())) return digits;
  return isLuhn(digits) || digits.startsWith(CHINA) ? digits : null;
}

function backwards(run: string): string {
  let digits = "";
  for (let i = run.length - 1; i >= 0; i--) digits += run[i];
  return digits;
}
