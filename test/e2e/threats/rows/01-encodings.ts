// Row 1: compressed and stacked bodies, and labels that lie.

import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { type Carrier, chat, chatBytes, compose, JSON_TYPE, type Row } from "../cases.ts";
import { SOME } from "../disguises.ts";
import { ANYWHERE, KEYED, ONE, TWO } from "../planted.ts";
import type { Wire } from "../wire.ts";

const coded = (coding: string, body: Buffer): Wire => chat(body, [...JSON_TYPE, ["content-encoding", coding]]);
const as =
  (coding: string, ...steps: readonly ((bytes: Buffer) => Buffer)[]): Carrier =>
  (written, planted) =>
    coded(
      coding,
      steps.reduce((bytes, step) => step(bytes), chatBytes(written, planted)),
    );

const HONEST: Readonly<Record<string, Carrier>> = {
  gzip: as("gzip", gzipSync),
  "x-gzip": as("x-gzip", gzipSync),
  "gzip in capitals": as("GZIP", gzipSync),
  "deflate with its head": as("deflate", deflateSync),
  "deflate without it": as("deflate", deflateRawSync),
  br: as("br", brotliCompressSync),
  zstd: as("zstd", zstd),
};

const STACKED: Readonly<Record<string, Carrier>> = {
  "gzip, then br": as("gzip, br", gzipSync, brotliCompressSync),
  "br, then gzip, then deflate": as("br, gzip, deflate", brotliCompressSync, gzipSync, deflateSync),
  "gzip three times": as("gzip,gzip,gzip", gzipSync, gzipSync, gzipSync),
  "gzip, and identity said": as("identity, gzip", gzipSync),
  "in two headers": (written, planted) =>
    chat(brotliCompressSync(gzipSync(chatBytes(written, planted))), [
      ...JSON_TYPE,
      ["content-encoding", "gzip"],
      ["content-encoding", "br"],
    ]),
};

const LIES: Readonly<Record<string, Carrier>> = {
  "gzip said, plain sent": as("gzip"),
  "gzip sent, nothing said": (written, planted) => chat(gzipSync(chatBytes(written, planted))),
  "gzip sent, identity said": as("identity", gzipSync),
  "gzip sent, br said": as("br", gzipSync),
  "br sent, gzip said": as("gzip", brotliCompressSync),
  "gzip twice, once said": as("gzip", gzipSync, gzipSync),
  "deflate sent, nothing said": (written, planted) => chat(deflateSync(chatBytes(written, planted))),
  "raw deflate sent, nothing said": (written, planted) => chat(deflateRawSync(chatBytes(written, planted))),
  "compress, which nobody reads": as("compress"),
  "snappy, which nobody reads": as("snappy"),
  "an empty coding": as(""),
  "a coding of one's own": as("none"),
  "aws-chunked": as("aws-chunked"),
  "an asterisk": as("*"),
  "two members, the second tells": (written, planted) =>
    coded("gzip", Buffer.concat([gzipSync('{"model":"m","messages":['), gzipSync(`"${written}"]}${planted.after}`)])),
  "bytes after the end": (written, planted) =>
    coded("gzip", Buffer.concat([gzipSync('{"model":"m","messages":[]}'), chatBytes(written, planted)])),
  "in the name of a gzip member": (written) => coded("gzip", inHead(8, Buffer.from(`${written}\0`, "latin1"))),
  "in the comment of a gzip member": (written) => coded("gzip", inHead(16, Buffer.from(`${written}\0`, "latin1"))),
  "in the extra field of a gzip member": (written) => {
    const extra = Buffer.from(written, "latin1");
    return coded("gzip", inHead(4, Buffer.concat([Buffer.from([extra.length, 0]), extra])));
  },
};

/** RFC 1952 §2.3: what its flag announces stands behind the head. */
function inHead(flag: number, extra: Buffer): Buffer {
  const member = gzipSync('{"model":"m","messages":[]}');
  member[3] = flag;
  return Buffer.concat([member.subarray(0, 10), extra, member.subarray(10)]);
}

/** A frame of one raw block (RFC 8878 §3.1.1). */
export function zstd(bytes: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(bytes.length));
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0]);
  const block = Buffer.alloc(3);
  block.writeUIntLE((bytes.length << 3) | 1, 0, 3);
  return Buffer.concat([head, size, block, bytes]);
}

export const row: Row = {
  row: 1,
  title: "compressed and stacked bodies, labels that lie",
  cases: [
    ...compose(HONEST, SOME.slice(0, 1), [...ANYWHERE, ...KEYED]),
    ...compose(HONEST, SOME.slice(1), ONE),
    ...compose(STACKED, SOME.slice(0, 2), TWO),
    ...compose(LIES, SOME.slice(0, 1), TWO),
  ],
};
