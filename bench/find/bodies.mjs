// What the finder's speed is measured on: chat bodies of exactly the bytes asked for. Law of this file: the same
// arguments give the same bytes; every value is made up.

import { chatBody } from "../bodies.mjs";
import { DISGUISES } from "../quality/generate/evasions.mjs";
import { fill, fillBody } from "../quality/generate/fill.mjs";
import { PROMPTS_EN, PROMPTS_ZH } from "../quality/generate/prompts.mjs";
import { CLEAN, NAMED_ZH, UNNAMED_ZH } from "../quality/generate/prose.mjs";
import { random } from "../quality/generate/random.mjs";
import { VALUES } from "../quality/generate/values.mjs";

const MESSAGE_UNITS = 1500;
const ENVELOPE_BYTES = 200;

const fromTemplates = (templates) => (r) => `${fill(r.pick(templates), r).text}\n`;
const clean = (...sets) => fromTemplates(CLEAN.filter(([set]) => sets.includes(set)).map(([, line]) => line));
const prose = fromTemplates([...NAMED_ZH, ...UNNAMED_ZH]);
const unnamed = fromTemplates(UNNAMED_ZH);

/** A number in disguise in every fourth sentence. */
function disguised(r) {
  const { of } = r.pick(Object.values(DISGUISES));
  return `${unnamed(r)}${unnamed(r)}${unnamed(r)}手机号 ${of(VALUES.CN_MOBILE(r))}\n`;
}

/** What a table of customers gives, row by row: six of eight values are personal information. */
const CUSTOMER = {
  orderId: "{~order-18}",
  mobile: "{CN_MOBILE}",
  idCard: "{CN_ID}",
  bankCard: "{BANK_CARD}",
  email: "{EMAIL}",
  ip: "{IPV4}",
  plate: "{PLATE}",
  createdAt: "{~iso-time}",
};

/** Sentences of the gate bench's chats. */
const CHAT = JSON.parse(chatBody(1 << 16, "plain")).messages.flatMap(({ content }) => content.split(/(?<=[。.\n])/));

/** name → what it is, and what makes its next piece of text. */
export const KINDS = {
  chat: { what: "Chinese and English chat, nothing personal in it", next: (r) => r.pick(CHAT) },
  code: { what: "source code", next: clean("code") },
  logs: { what: "logs and API samples", next: clean("log", "api") },
  personal: { what: "every sentence holds personal information", next: fromTemplates([...PROMPTS_ZH, ...PROMPTS_EN]) },
  records: { what: "records in JSON: six of eight values are personal information", body: recordsOf },
  disguised: { what: "a disguised number in every fourth sentence: views are built", next: disguised },
  prose: { what: "Chinese prose with names", next: prose },
};

/** @param {string} kind of KINDS @param {number} bytes of the body @param {number} ordinal @returns {Buffer} */
export function bodyOf(kind, bytes, ordinal) {
  const { next, body } = KINDS[kind];
  if (body !== undefined) return body(bytes, ordinal);
  const r = random(bytes * 31 + ordinal);
  const messages = [];
  let left = bytes - ENVELOPE_BYTES;
  while (left > 0) {
    let content = "";
    for (let room = Math.min(left, MESSAGE_UNITS); room > 0; ) {
      const piece = next(r);
      const size = Buffer.byteLength(JSON.stringify(piece)) - 2;
      if (size > left) {
        left = 0;
        break;
      }
      content += piece;
      left -= size;
      room -= piece.length;
    }
    if (content !== "") messages.push({ role: "user", content });
    left -= Buffer.byteLength('{"role":"user","content":""},');
  }
  return padded(messages, bytes);
}

/** Ends with as much plain text as is missing. */
function padded(messages, bytes) {
  const serialised = (content) =>
    Buffer.from(JSON.stringify({ model: "bench", messages: [...messages, { role: "user", content }] }));
  const missing = bytes - serialised("").length;
  if (missing < 0) return padded(messages.slice(0, -1), bytes);
  return serialised(" and so on, as agreed".repeat(1 + missing / 21).slice(0, missing));
}

function recordsOf(bytes, ordinal) {
  const r = random(bytes * 31 + ordinal);
  const rows = [];
  const serialised = (note) => Buffer.from(`{"rows":[${rows.join()}],"note":"${note}"}`);
  for (let left = bytes - serialised("").length; ; ) {
    const row = fillBody(CUSTOMER, r).json;
    left -= Buffer.byteLength(row) + 1;
    if (left < 0) break;
    rows.push(row);
  }
  return serialised("x".repeat(bytes - serialised("").length));
}
