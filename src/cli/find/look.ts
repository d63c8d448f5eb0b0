// One input → what was found in it. Law: the same finder as the gate's; a document goes through decode first, and what
// the gate could not read is an error here too.

import { readString } from "../../decode/json/read.ts";
import type { Certainty, Doc, Finding } from "../../words.ts";
import type { Why } from "./why.ts";

export interface Input {
  readonly id: string | number;
  readonly text?: string;
  /** A document as a string. */
  readonly json?: string;
  /** A file, opened. */
  readonly file?: Doc;
}

/** As printed. UTF-16 units of the text, or of the string at `path`. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly path?: string;
  /** With --explain. */
  readonly certainty?: Certainty;
  readonly sensitive?: boolean;
  readonly why?: Why;
}

/** A string with its places, for the view. `path` is undefined for a text. */
export interface Marked {
  readonly path?: string;
  readonly text: string;
  readonly places: readonly Place[];
}

export interface Found {
  readonly spans: readonly Place[];
  readonly strings: readonly Marked[];
}

export type Look = (input: Input) => Found;

/** @param explain adds certainty, sensitivity and reason to every place. */
export async function looker(explain: boolean): Promise<Look> {
  const { decode } = await import("../../decode/decode.ts");
  const { find, findInText } = await import("../../find/find.ts");
  const { whyOf } = await import("./why.ts");
  const { readNames } = await import("../../io/names.ts");
  const names = readNames("all");
  const request = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
  const ask = (text: string, key: string) => findInText(text, "strict", key, names);

  return ({ text, json, file }) => {
    if (text !== undefined) {
      const spans = ask(text, "").map((finding) => {
        const { start, end, type, certainty, sensitive } = finding;
        return { start, end, type, ...(explain && { certainty, sensitive, why: whyOf(ask, text, finding, "") }) };
      });
      return { spans, strings: [{ text, places: spans }] };
    }
    const limits = { bodyBytesMax: Number.MAX_SAFE_INTEGER };
    const doc = file ?? decode({ ...request, body: Buffer.from(json!) }, [], limits);
    if ("code" in doc) throw new TypeError(`${doc.code}: ${doc.detail}`);
    const strings = new Map<number, { path: string; text: string; places: Place[] }>();
    const spans = find(doc, "strict", names).map((finding): Place => {
      const { start, end, type, path, certainty, sensitive, token } = finding;
      const inFile = finding.where === "file";
      const marked = strings.get(token) ?? {
        path,
        text: inFile ? textInFile(doc, finding) : readString(doc, token),
        places: [],
      };
      strings.set(token, marked);
      const why = explain && { certainty, sensitive, why: whyOf(ask, marked.text, finding, nameIn(path)) };
      const place = { start, end, type, path, ...why };
      marked.places.push(place);
      return place;
    });
    return { spans, strings: [...strings.values()] };
  };
}

/** The string that a finding in a file stands in: a token of its text, or one of its readings. */
function textInFile({ files }: Doc, { token }: Finding): string {
  const { doc, firstToken } = files!.findLast((file) => file.firstToken <= token)!;
  const inside = token - firstToken;
  const { count } = doc.tokens;
  return inside < count ? readString(doc, inside) : doc.head[inside - count]!.text;
}

/** The name that a value stands under, through arrays; a name that was cut says nothing. */
function nameIn(path: string): string {
  const names = path.split("/").filter((name) => !/^\d+$/.test(name));
  const last = names.at(-1) ?? "";
  return last === "*" ? "" : last.replaceAll("~1", "/").replaceAll("~0", "~");
}
