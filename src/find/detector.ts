// What a kind of personal information is to the gate. Law: a detector is a plain object, pure, linear in its text,
// and knows no other detector. A new one is a folder beside this file, its cases.jsonl, and one line in all.ts.

import type { Certainty, Identifies, PiType } from "../words.ts";
import type { Beginnings } from "./anchors/first-run.ts";

/** A longer value is a text, whatever its member's name says: it is looked at where something in it calls for it. */
export const KEYED_BYTES_MAX = 512;

/** One way in which a kind can be told: where anything that it asks is missing, `find` would find nothing that way. */
export interface Clause {
  /** Of the detector's triggers; absent: all of them. */
  readonly triggers?: number;
  /** Every span begins at a border, as this can begin; absent or null: anywhere. */
  readonly shape?: Beginnings | null;
  /**
   * Of a row of letters and digits at which `shape` begins: false only where no span begins with it. @param opened a
   * sign that can begin the shape stands right before the row.
   */
  may?(bytes: Uint8Array, start: number, end: number, opened: boolean): boolean;
  /** A match of one of these stands near every span, or names the member it is in; absent: no word is needed. */
  readonly said?: readonly RegExp[];
  /** The same of plain names (shared/label.ts) of members, and of those that the text itself holds. */
  readonly named?: readonly RegExp[];
  /** Every such match is a label (shared/label.ts): one that stands elsewhere says nothing. */
  readonly labelled?: true;
}

export interface Detector {
  readonly type: PiType;
  /** Bits of scan/bits.ts: `find` is called only on windows in which one of them was seen, */
  readonly triggers: number;
  /** and one of these ways is open there; absent: they always are. */
  readonly clauses?: readonly Clause[];
  /**
   * Names of members (through arrays) whose value is looked at whole whatever stands in it;
   * `context.key` is then the name. Tested against the name in lower case, with `_`, `-` and `.` gone.
   */
  readonly keys?: RegExp;
  readonly identifies: Identifies;
  /** Per sensitivity profile: GB/T 35273-2020 Annex B (`strict`) and GB/T 45574-2025 Annex A. */
  readonly sensitivity: { readonly strict: boolean; readonly gbt45574: boolean };
  /**
   * @param text a window of the string, cut only where no identifier is. @returns spans in its UTF-16 units, in
   * order.
   */
  find(text: string, context: Context): readonly Span[];
  /**
   * The same of a short value that is one word or number (short/), where that is told without an expression.
   * @param isDigits nothing else is in it. @returns undefined where `find` must tell.
   */
  ofValue?(text: string, isDigits: boolean, context: Context): Span | null | undefined;
  /** The one spelling of a value, or null where the text is not one: declared subjects and findings must meet. */
  canonical(text: string): string | null;
}

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly certainty: Certainty;
  readonly canonical: string;
  /** Where it differs from the detector's own. */
  readonly identifies?: Identifies;
  /** UTF-16 units to the word that names it: of two claims of one text, the one with the nearer word is right. */
  readonly near?: number;
}

/** What stands around a window. */
export interface Context {
  /** The member's name that the string is the value of (through arrays); "" for none. */
  readonly key: string;
  /** The name without the digits at its end: phone1, phone2. */
  readonly stem?: string;
  /** The name says that a person's name or an address is its value. */
  readonly named?: true;
  /** The name says that what its value holds is what somebody did (records/behaviour.ts). */
  readonly behaves?: true;
  /** Detectors whose `keys` know that name. */
  readonly keyed?: readonly Detector[];
  /** Bits of anchors/clauses.ts: their ways. */
  readonly knows?: Int32Array;
  /** Bits of anchors/clauses.ts: whose words the name says. */
  readonly says?: Int32Array;
}
