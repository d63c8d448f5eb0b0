// Row 4: what JSON parsers read differently, and every place of a document in every disguise.

import { type Carrier, chat, compose, type Row, sentence } from "../cases.ts";
import { EVERY, PLAIN, SOME } from "../disguises.ts";
import { ANYWHERE, KEYED, NUMBERS, ONE, type Planted, TWO } from "../planted.ts";

const BEGIN = '{"model":"m","messages":[{"role":"user","content":';
const END = "}]}";
const quoted = (written: string, planted: Planted) => JSON.stringify(sentence(written, planted));
const unit = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
const units = (text: string) => text.replace(/./gs, unit);

/** The raw text of the whole body. */
const raw =
  (body: (written: string, planted: Planted) => string): Carrier =>
  (written, planted) =>
    chat(body(written, planted));
const member = (json: (written: string, planted: Planted) => string) =>
  raw((written, planted) => `${BEGIN}"你好"}],"metadata":${json(written, planted)}}`);

const PLACES: Readonly<Record<string, Carrier>> = {
  "the only message": raw((w, p) => `${BEGIN}${quoted(w, p)}${END}`),
  "the first of many messages": raw(
    (w, p) => `${BEGIN}${quoted(w, p)}},{"role":"assistant","content":"好的"},{"role":"user","content":"谢谢"${END}`,
  ),
  "a system message": raw((w, p) => `{"model":"m","messages":[{"role":"system","content":${quoted(w, p)}}]}`),
  "higress-array-content": raw((w, p) => `${BEGIN}[{"type":"text","text":${quoted(w, p)}}]${END}`),
  "content as an array of strings": raw((w, p) => `${BEGIN}["你好",${quoted(w, p)}]${END}`),
  "content null beside another": raw((w, p) => `${BEGIN}null},{"role":"user","content":${quoted(w, p)}${END}`),
  "the name of an author": raw(
    (w, p) => `{"model":"m","messages":[{"role":"user","name":${quoted(w, p)},"content":"x"}]}`,
  ),
  "a tool's arguments": raw((w, p) => {
    const call = { id: "c", type: "function", function: { name: "f", arguments: `{"q":${quoted(w, p)}}` } };
    return JSON.stringify({ model: "m", messages: [{ role: "assistant", content: null, tool_calls: [call] }] });
  }),
  "a tool's answer": raw((w, p) =>
    JSON.stringify({
      model: "m",
      messages: [{ role: "tool", tool_call_id: "c", content: `{"r":{"a":[${quoted(w, p)}]}}` }],
    }),
  ),
  "a tool's description": raw((w, p) =>
    JSON.stringify({
      model: "m",
      messages: [],
      tools: [{ type: "function", function: { name: "f", description: sentence(w, p) } }],
    }),
  ),
  "the schema of a tool": raw((w, p) =>
    JSON.stringify({
      model: "m",
      messages: [],
      tools: [{ type: "function", function: { name: "f", parameters: { enum: [sentence(w, p)] } } }],
    }),
  ),
  "a member that nobody knows": member((w, p) => `{"x":{"y":[{"z":${quoted(w, p)}}]}}`),
  "a stop word": raw((w, p) => `${BEGIN}"你好"}],"stop":[${quoted(w, p)}]}`),
  "the user of the request": raw((w, p) => `${BEGIN}"你好"}],"user":${quoted(w, p)}}`),
  "the model's name": raw((w, p) => `{"model":${quoted(w, p)},"messages":[]}`),
  "JSON in JSON in JSON": member((w, p) =>
    JSON.stringify({ a: JSON.stringify({ b: JSON.stringify([sentence(w, p)]) }) }),
  ),
  "a member's name": member((w) => `{${JSON.stringify(w)}:1}`),
  "a member's name, in units": member((w) => `{"${units(w)}":1}`),
};

const WRITTEN: Readonly<Record<string, Carrier>> = {
  "in units": raw((w, p) => `${BEGIN}"${units(sentence(w, p))}"${END}`),
  "in units in capitals": raw(
    (w, p) => `${BEGIN}"${units(sentence(w, p)).replace(/[a-f]/g, (h) => h.toUpperCase())}"${END}`,
  ),
  "half in units": raw(
    (w, p) =>
      `${BEGIN}"${sentence(w, p).replace(/./gs, (c, i) => (i % 2 ? unit(c) : JSON.stringify(c).slice(1, -1)))}"${END}`,
  ),
  "under its key": member((w, p) => `{"${p.key}":${JSON.stringify(w)}}`),
  "under its key, the key in units": member((w, p) => `{"${units(p.key)}":${JSON.stringify(w)}}`),
  "an array under its key": member((w, p) => `{"${p.key}":[[${JSON.stringify(w)}]]}`),
};

const DIFFERENT: Readonly<Record<string, Carrier>> = {
  "a member twice, the first tells": raw(
    (w, p) => `{"model":"m","messages":[{"content":${quoted(w, p)},"content":"x"}]}`,
  ),
  "a member twice, the last tells": raw(
    (w, p) => `{"model":"m","messages":[{"content":"x","content":${quoted(w, p)}}]}`,
  ),
  "a member twice, once in units": raw(
    (w, p) => `{"model":"m","messages":[{"content":"x","c\\u006fntent":${quoted(w, p)}}]}`,
  ),
  __proto__: member((w, p) => `{"__proto__":{"x":${quoted(w, p)}}}`),
  constructor: member((w, p) => `{"constructor":{"prototype":${quoted(w, p)}}}`),
  "a byte order mark": raw((w, p) => `\ufeff${BEGIN}${quoted(w, p)}${END}`),
  "a record separator": raw((w, p) => `\u001e${BEGIN}${quoted(w, p)}${END}\n`),
  NaN: raw((w, p) => `{"temperature":NaN,"messages":[${quoted(w, p)}]}`),
  "a comment": raw((w) => `{"model":"m",/* ${w} */"messages":[]}`),
  "a comment of a line": raw((w) => `{"model":"m", // ${w}\n"messages":[]}`),
  "a comment of a hash": raw((w) => `{"model":"m", # ${w}\n"messages":[]}`),
  "two documents": raw((w, p) => `{"model":"m","messages":[]}${BEGIN}${quoted(w, p)}${END}`),
  "two documents on two lines": raw((w, p) => `{"model":"m","messages":[]}\n${BEGIN}${quoted(w, p)}${END}`),
  "text behind the document": raw((w) => `{"model":"m","messages":[]} ${w}`),
  "text behind a NUL": raw((w) => `{"model":"m","messages":[]}\u0000${w}`),
  "half a surrogate pair before it": raw((w) => `${BEGIN}"\\ud800${w}"${END}`),
  "single quotes": raw((w) => `{'model':'m','messages':['${w}']}`),
  "no quotes": raw((w) => `{model:m,messages:[${w}]}`),
  "a comma too many": raw((w, p) => `{"model":"m","messages":[${quoted(w, p)},]}`),
  "a control character in it": raw((w, p) => `${BEGIN}"${p.before}${w.slice(0, 4)}\u0001${w.slice(4)}"${END}`),
  "a line end in it as it is": raw((w, p) => `${BEGIN}"${p.before}${w.slice(0, 4)}\n${w.slice(4)}"${END}`),
  "a vertical tab escape": raw((w) => `${BEGIN}"\\v${w}"${END}`),
  "an \\x escape": raw((w) => `${BEGIN}"${w.replace(/./g, (c) => `\\x${c.charCodeAt(0).toString(16)}`)}"${END}`),
  "CESU-8": (w) =>
    chat(
      Buffer.concat([
        Buffer.from(`${BEGIN}"`),
        Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
        Buffer.from(`${w}"${END}`),
      ]),
    ),
  "only a string": raw((w, p) => quoted(w, p)),
  "only an array": raw((w, p) => `[${quoted(w, p)}]`),
};

const split = (text: string, pieces: number) => {
  const size = Math.ceil(text.length / pieces);
  return Array.from({ length: pieces }, (_, i) => text.slice(i * size, (i + 1) * size));
};

const OF_NUMBERS: Readonly<Record<string, Carrier>> = {
  "tabs and line ends between": raw(
    (w, p) => `${BEGIN}${JSON.stringify(`${p.before}${w.slice(0, 4)}\t${w.slice(4)}\n`)}${END}`,
  ),

  "a number": member((w) => `{"phone":${w.replace(/\D/g, "")}}`),
  "a number under no name": member((w) => `{"x":[${w.replace(/\D/g, "")}]}`),
  "a number with a fraction": member((w) => `{"phone":${w.replace(/\D/g, "")}.0}`),
  "a number with an exponent": member(
    (w) => `{"phone":${w.replace(/\D/g, "").replace(/^./, "$&.")}e${w.replace(/\D/g, "").length - 1}}`,
  ),
  "a number of tens": member((w) => `{"phone":${w.replace(/\D/g, "")}0e-1}`),
  "a negative number": member((w) => `{"phone":-${w.replace(/\D/g, "")}}`),
  "digits in an array": member((w) => `{"phone":[${[...w].map((c) => (c === "X" ? '"X"' : c)).join(",")}]}`),
  "digits as strings in an array": member((w) => `{"phone":${JSON.stringify([...w])}}`),
  "over three members": member((w) => {
    const [a, b, c] = split(w, 3);
    return `{"phone1":"${a}","phone2":"${b}","phone3":"${c}"}`;
  }),
  "over three messages": raw((w, p) => {
    const [a, b, c] = split(w, 3);
    const messages = [p.before.trim() + a, b, c].map((content) => ({ role: "user", content }));
    return JSON.stringify({ model: "m", messages });
  }),
  "over parts of a content": raw((w, p) => {
    const parts = split(w, 3).map((text, i) => ({ type: "text", text: (i === 0 ? p.before.trim() : "") + text }));
    return JSON.stringify({ model: "m", messages: [{ role: "user", content: parts }] });
  }),
  "over an array of strings": member((w) => `{"phone":${JSON.stringify(split(w, 3))}}`),
};

const only = (names: RegExp, all: Readonly<Record<string, Carrier>>) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.test(name)));

export const row: Row = {
  row: 4,
  title: "what JSON parsers read differently, every place of a document, every disguise",
  cases: [
    ...compose(only(/the only message/, PLACES), EVERY, ANYWHERE),
    ...compose(only(/^under its key$/, WRITTEN), EVERY, KEYED),
    ...compose(only(/^(?!the only message)/, PLACES), SOME.slice(0, 3), TWO),
    ...compose(WRITTEN, [PLAIN], ANYWHERE),
    ...compose(WRITTEN, SOME.slice(1, 3), ONE),
    ...compose(only(/under its key,|an array under/, WRITTEN), [PLAIN], KEYED),
    ...compose(DIFFERENT, [PLAIN], TWO),
    ...compose(
      only(/^an? (?:negative )?number/, OF_NUMBERS),
      [PLAIN],
      NUMBERS.filter(({ kind }) => kind !== "id"),
    ),
    ...compose(only(/^(?!an? (?:negative )?number)/, OF_NUMBERS), [PLAIN], NUMBERS),
  ],
};
