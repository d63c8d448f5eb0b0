// Row 2: little bytes that become many, with something planted behind them.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { type Carrier, chat, compose, JSON_TYPE, type Row } from "../cases.ts";
import { PLAIN } from "../disguises.ts";
import { ONE } from "../planted.ts";

const FILLER = Buffer.alloc(16 * 1024 * 1024, 0x20);
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const bomb = (written: string) => Buffer.concat([FILLER, Buffer.from(`{"model":"m","messages":["${written}"]}`)]);
const coded = (coding: string, body: Buffer) => chat(body, [...JSON_TYPE, ["content-encoding", coding]]);

const CARRIERS: Readonly<Record<string, Carrier>> = {
  "16 MiB of white space, gzip": (written) => coded("gzip", gzipSync(bomb(written), { level: 1 })),
  "16 MiB of white space, br": (written) => coded("br", brotliCompressSync(bomb(written), QUICK)),
  "16 MiB of white space, gzip of gzip": (written) =>
    coded("gzip, gzip", gzipSync(gzipSync(bomb(written), { level: 1 }))),
  "just over what is allowed": (written) =>
    chat(Buffer.concat([FILLER.subarray(0, 8 * 1024 * 1024), Buffer.from(`{"messages":["${written}"]}`)])),
};

export const row: Row = { row: 2, title: "bombs", cases: compose(CARRIERS, [PLAIN], ONE) };
