// The streams of a PDF, found by their keyword wherever it stands: also those that no page names any more. Law: each is
// undone within the budget before anybody else undoes it; what is packed in another way than these stays closed.

import { inflateSync } from "node:zlib";
import { broken } from "../broken.ts";
import type { Budget } from "../budget.ts";

export interface Stream {
  /** The dictionary as text, names with their `#xx` undone. */
  readonly head: string;
  readonly data: Buffer;
}

const BEGIN = /stream\r?\n/g;
const END = "endstream";
const HEAD_UNITS_MAX = 16 * 1024;
const FILTER = /\/Filter\s*(?:\[\s*((?:\/\w+\s*)*)\]|(\/\w+))/;
const NAMES_FILTER = /\/Filter\b/;
const PICTURE = /\/Subtype\s*\/Image\b|\/(?:DCT|JPX|JBIG2|CCITTFax)Decode\b/;

/** @param text the file, one character a byte. Throws Broken, Refused. */
export function* streamsIn(file: Buffer, text: string, budget: Budget): Generator<Stream> {
  const last = text.lastIndexOf(END);
  for (const { index, 0: keyword } of text.matchAll(BEGIN)) {
    if (text.startsWith("end", index - 3)) continue;
    const start = index + keyword.length;
    const stop = start > last ? -1 : text.indexOf(END, start);
    const head = plainNames(text.slice(Math.max(0, text.lastIndexOf("obj", index), index - HEAD_UNITS_MAX), index));
    // pictures are not looked into: they are named as such
    if (PICTURE.test(head)) continue;
    yield { head, data: undone(file.subarray(start, stop < 0 ? file.length : stop), head, budget) };
  }
}

/** Whether anything in the file, used or not, is a picture. */
export function hasPictures(text: string): boolean {
  return PICTURE.test(plainNames(text));
}

/** `/#46ilter` is `/Filter`. */
export function plainNames(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const UNDO: Readonly<Record<string, (data: Buffer, budget: Budget) => Buffer>> = {
  "/FlateDecode": inflated,
  "/Fl": inflated,
  "/ASCIIHexDecode": (data) => Buffer.from(data.toString("latin1").replace(/>[\s\S]*$|\s/g, ""), "hex"),
  "/ASCII85Decode": (data) => ascii85(data.toString("latin1")),
};

function undone(data: Buffer, head: string, budget: Budget): Buffer {
  const match = FILTER.exec(head);
  if (match === null && NAMES_FILTER.test(head)) broken("a pdf packed in an odd way");
  // paid for as it stands, too: the keyword may stand a thousand times before one end
  budget.inflated(data.length);
  if (match === null) return data;
  let out = data;
  for (const name of (match[1] ?? match[2]!).match(/\/\w+/g) ?? []) {
    const undo = UNDO[name] ?? broken("a pdf packed in an odd way");
    out = undo(out, budget);
    budget.inflated(out.length);
  }
  return out;
}

/** What is cut off or followed by something is read as far as it goes, as every reader of PDF does. */
function inflated(data: Buffer, budget: Budget): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(1, budget.inflatedLeft), finishFlush: SYNC_FLUSH });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      return budget.tooLarge("it unpacks to more than the limits allow");
    return Buffer.alloc(0);
  }
}

/** constants.Z_SYNC_FLUSH: no complaint about a stream without its end. */
const SYNC_FLUSH = 2;

/** Adobe's base 85: five characters are four bytes, `z` is four zeros, `~>` the end. */
function ascii85(text: string): Buffer {
  const digits = text.replace(/~>[\s\S]*$|\s/g, "").replaceAll("z", "!!!!!");
  const out = Buffer.alloc(Math.ceil(digits.length / 5) * 4 + 4);
  let at = 0;
  for (let i = 0; i < digits.length; i += 5) {
    const group = digits.slice(i, i + 5);
    let value = 0;
    for (const digit of group.padEnd(5, "u")) value = value * 85 + digit.charCodeAt(0) - 33;
    out.writeUInt32BE(value >>> 0, at);
    at += group.length - 1;
  }
  return out.subarray(0, at);
}
