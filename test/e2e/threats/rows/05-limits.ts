// Row 5: documents that are deep, long or many, with something planted where a reader may have given up.

import { type Carrier, chat, compose, type Row, sentence } from "../cases.ts";
import { PLAIN } from "../disguises.ts";
import { ONE, TWO } from "../planted.ts";

const deep =
  (levels: number, open: string, close: string): Carrier =>
  (written, planted) =>
    chat(
      `{"model":"m","messages":${open.repeat(levels)}${JSON.stringify(sentence(written, planted))}${close.repeat(levels)}}`,
    );

const CARRIERS: Readonly<Record<string, Carrier>> = {
  "100 arrays deep": deep(100, "[", "]"),
  "900 arrays deep": deep(900, "[", "]"),
  "900 objects deep": deep(900, '{"a":', "}"),
  "behind 10,000 members": (written, planted) => {
    const members = Array.from({ length: 10_000 }, (_, i) => `"m${i}":0`).join(",");
    return chat(`{"model":"m","messages":[],${members},"x":${JSON.stringify(sentence(written, planted))}}`);
  },
  "behind a string of 300 KB": (written, planted) =>
    chat(
      JSON.stringify({ model: "m", messages: [{ content: `${"中文".repeat(50_000)}${sentence(written, planted)}` }] }),
    ),
};

const LONG: Readonly<Record<string, Carrier>> = {
  "100,000 arrays deep": deep(100_000, "[", "]"),
  "behind 7 MB of white space": (written, planted) =>
    chat(`{"model":"m","messages":[${" ".repeat(7_000_000)}${JSON.stringify(sentence(written, planted))}]}`),
  "before 7 MB of prose": (written, planted) =>
    chat(JSON.stringify({ model: "m", messages: [{ content: sentence(written, planted) + "中".repeat(2_300_000) }] })),
};

export const row: Row = {
  row: 5,
  title: "deep, long, many",
  cases: [...compose(CARRIERS, [PLAIN], TWO), ...compose(LONG, [PLAIN], ONE)],
};
