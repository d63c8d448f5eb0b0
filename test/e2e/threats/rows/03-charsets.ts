// Row 3: charsets, named, unnamed and named wrongly.

import { any, type Carrier, chat, chatOf, compose, type Row, sentence, typed } from "../cases.ts";
import { big5, ebcdic, gb, hz, iso2022, overlong, utf7, utf16, utf32 } from "../charsets.ts";
import { PLAIN, SEEN } from "../disguises.ts";
import { NUMBERS, type Planted, TWO } from "../planted.ts";

type Encode = (text: string) => Buffer;

const json =
  (type: string, encode: Encode): Carrier =>
  (written, planted) =>
    chat(encode(JSON.stringify(chatOf(written, planted))), typed(type));
/** Traditional characters, which Big5 has. */
const PROSE = "客戶來電，請回覆。這是一段夠長的文字，好讓人看出它是什麼字集。";
const text =
  (type: string | null, encode: Encode): Carrier =>
  (written, planted) =>
    any(encode(`${PROSE}${sentence(written, planted)}${PROSE}`), type);

const little: Encode = (it) => utf16(it);
const big: Encode = (it) => utf16(it, true);

const JSON_AS: Readonly<Record<string, Carrier>> = {
  "GBK, named": json("application/json; charset=gbk", gb),
  "GB 18030, named": json("application/json; charset=gb18030", gb),
  "Big5, named": json("application/json; charset=big5", big5),
  "UTF-16, named, marked": json("application/json; charset=utf-16", (it) => utf16(it, false, true)),
  "UTF-16LE, named": json("application/json; charset=utf-16le", little),
  "UTF-16BE, named": json("application/json; charset=utf-16be", big),
  "UTF-32LE, named": json("application/json; charset=utf-32le", (it) => utf32(it)),
  "UTF-32BE, marked": json("application/json", (it) => utf32(it, true, true)),
  "UTF-16LE, not named": json("application/json", little),
  "UTF-16BE, marked": json("application/json", (it) => utf16(it, true, true)),
  "UTF-7, named": json("application/json; charset=utf-7", utf7),
  "UTF-7, not named": json("application/json", utf7),
  "EBCDIC, named": json("application/json; charset=cp037", ebcdic),
  "EBCDIC, not named": json("application/json", ebcdic),
  "ISO 2022, named": json("application/json; charset=iso-2022-cn", iso2022),
  "HZ, named": json("application/json; charset=hz-gb-2312", hz),
  "HZ, not named": json("application/json", hz),
  "overlong UTF-8": json("application/json", overlong),
  "two charsets": json("application/json; charset=utf-8; charset=utf-16le", little),
  "a charset written oddly": json('application/json; charset="utf-16le', little),
  "a charset of no name": json("application/json; charset=", little),
};

const TEXT_AS: Readonly<Record<string, Carrier>> = {
  "text in GBK, named": text("text/plain; charset=gb2312", gb),
  "text in GBK, not named": text("text/plain", gb),
  "text in GBK, no label": text(null, gb),
  "text in Big5, not named": text("text/plain", big5),
  "text in UTF-16LE, not named": text("text/plain", little),
  "text in UTF-16BE, not named": text("text/plain", big),
  "text in UTF-16LE, no label": text(null, little),
  "text in UTF-16LE, named UTF-8": text("text/plain; charset=utf-8", little),
  "text in UTF-16LE, named Latin-1": text("text/plain; charset=iso-8859-1", little),
  "text in GBK, named UTF-8": text("text/plain; charset=utf-8", gb),
  "text in GBK, named Big5": text("text/plain; charset=big5", gb),
  "text in Big5, named GBK": text("text/plain; charset=gbk", big5),
  "text in UTF-8, named GBK": text("text/plain; charset=gbk", (it) => Buffer.from(it)),
  "text in UTF-8, named Big5": text("text/plain; charset=big5", (it) => Buffer.from(it)),
  "text in UTF-8, named UTF-16": text("text/plain; charset=utf-16", (it) => Buffer.from(it)),
  "text in UTF-16, a byte in front": text("text/plain", (it) => Buffer.concat([Buffer.from("x"), utf16(it)])),
  "text in HZ, not named": text("text/plain", hz),
  "text in ISO 2022, not named": text("text/plain", iso2022),
  "text in UTF-7, not named": text("text/plain", utf7),
  "half UTF-8, half UTF-16": text("text/plain", (it) => Buffer.concat([Buffer.from("前言。"), utf16(it)])),
};

const FULL_WIDTH = SEEN.slice(0, 1);
const named = (names: RegExp, all: Readonly<Record<string, Carrier>>) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.test(name)));

export const row: Row = {
  row: 3,
  title: "charsets, named, unnamed and named wrongly",
  cases: [
    ...compose({ ...JSON_AS, ...TEXT_AS }, [PLAIN], TWO as readonly Planted[]),
    ...compose(named(/GBK|Big5|UTF-16|HZ|ISO 2022/, { ...JSON_AS, ...TEXT_AS }), FULL_WIDTH, NUMBERS),
  ],
};
