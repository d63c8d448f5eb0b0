// Strings that stand in a PDF's objects and contents: a second look at what the reader of pages passes over (earlier
// revisions, objects that nothing names, comments). Law: strings of one array are one text, as they are shown.

const PRINTABLE = /^[\t\n\r\x20-\x7e\u00a0-\ud7ff\ue000-\uffef]+$/;
const DATE = /^D:\d{4,14}/;
const UNITS_MIN = 4;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: " ", f: " " };
const SAYS_SOMETHING = /[0-9A-Za-z@\u4e00-\u9fff]{3}/;

/** @param text one character a byte. @param comments whether `%` begins one. */
export function stringsIn(text: string, comments: boolean): string[] {
  const found: string[] = [];
  let array: string[] | null = null;
  const keep = (one: string): void => {
    if (array !== null) array.push(one);
    else if (isText(one)) found.push(one);
  };
  for (let at = 0; at < text.length; ) {
    const next = nextOf(text, at);
    if (next === null) break;
    at = next.at + 1;
    if (next.sign === "(") {
      const { value, end } = literal(text, at);
      keep(fromBytes(value));
      at = end;
    } else if (next.sign === "<") {
      const end = text.indexOf(">", at);
      if (text[at] === "<" || end < 0) at += text[at] === "<" ? 1 : 0;
      else {
        const hex = text.slice(at, end).replace(/\s/g, "");
        if (/^[0-9A-Fa-f]+$/.test(hex)) keep(fromBytes(Buffer.from(hex, "hex").toString("latin1")));
        at = end + 1;
      }
    } else if (next.sign === "[") array = [];
    else if (next.sign === "]") {
      const joined = array?.join("") ?? "";
      array = null;
      if (isText(joined)) found.push(joined);
    } else if (comments) {
      const end = text.slice(at).search(/[\r\n]/);
      const comment = end < 0 ? text.slice(at) : text.slice(at, at + end);
      if (isText(comment)) found.push(comment);
      at += comment.length;
    }
  }
  return found;
}

const SIGNS = /[(<[\]%]/g;

function nextOf(text: string, from: number): { readonly sign: string; readonly at: number } | null {
  SIGNS.lastIndex = from;
  const match = SIGNS.exec(text);
  return match === null ? null : { sign: match[0], at: match.index };
}

const INSIDE = /[()\\]/g;
const LITERAL_UNITS_MAX = 64 * 1024;

/** @param from behind the bracket. @returns the bytes, and where it ends. */
function literal(text: string, from: number): { readonly value: string; readonly end: number } {
  let value = "";
  let depth = 1;
  let at = from;
  while (at < text.length && value.length < LITERAL_UNITS_MAX) {
    INSIDE.lastIndex = at;
    const match = INSIDE.exec(text);
    if (match === null) break;
    value += text.slice(at, match.index);
    at = match.index + 1;
    if (match[0] === "\\") {
      const octal = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0];
      if (octal !== undefined) value += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      else if (text[at] !== "\n" && text[at] !== "\r") value += ESCAPES[text[at]!] ?? text[at] ?? "";
      at += octal?.length ?? 1;
    } else if (match[0] === "(") {
      depth++;
      value += "(";
    } else if (--depth === 0) return { value, end: at };
    else value += ")";
  }
  return { value, end: from };
}

/** PDF 2.0 §7.9.2.2: UTF-16 or UTF-8 behind a mark, else a Latin charset. */
function fromBytes(bytes: string): string {
  const raw = Buffer.from(bytes, "latin1");
  if (bytes.startsWith("\u00fe\u00ff")) return new TextDecoder("utf-16be").decode(raw);
  if (bytes.startsWith("\u00ff\u00fe")) return new TextDecoder("utf-16le").decode(raw);
  return bytes.startsWith("\u00ef\u00bb\u00bf") ? raw.toString("utf8") : bytes;
}

function isText(one: string): boolean {
  return one.length >= UNITS_MIN && !DATE.test(one) && SAYS_SOMETHING.test(one) && PRINTABLE.test(one);
}
