// Protocol buffers, gRPC, gRPC-web, OTLP, read as JSON without a schema. Law: the walk is guesswork, so the printable
// text of the bytes as they stand is read beside it.

import { Refused } from "../../refused.ts";
import type { BodyCodec } from "../codec.ts";
import { blobText, type Render, renderedReading } from "../render.ts";
import { framesOf } from "./frames.ts";
import { message } from "./walk.ts";

const GRPC = /^application\/grpc(?:-web)?(?:\+proto)?$/;
const GRPC_WEB_TEXT = /^application\/grpc-web-text(?:\+proto)?$/;
const NOT_PRINTABLE = /[^\u0020-\u007e]+/g;

export const protobuf: BodyCodec = {
  id: "protobuf",
  media: [
    "application/x-protobuf",
    "application/protobuf",
    "application/vnd.google.protobuf",
    "application/x-google-protobuf",
    "application/grpc",
    "application/grpc+proto",
    "application/grpc-web",
    "application/grpc-web+proto",
    "application/grpc-web-text",
    "application/grpc-web-text+proto",
    "+protobuf",
    "+proto",
  ],
  raw: true,
  read(bytes, { type }) {
    return renderedReading(bytes, (to) => {
      if (GRPC.test(type)) return frames(bytes, to);
      if (GRPC_WEB_TEXT.test(type)) return frames(fromBase64(bytes), to);
      walked(bytes, to, 0);
    });
  },
};

/** Pieces of base64, each with padding of its own: whoever sends frames one by one encodes them one by one. */
function fromBase64(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes).toString("latin1");
  const pieces = text.match(/[A-Za-z0-9+/]+={0,2}/g) ?? [];
  if (pieces.join("").length !== text.trimEnd().length) throw new Refused("body_invalid", "protobuf: no base64");
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, "base64")));
}

function frames(bytes: Uint8Array, to: Render): void {
  to.open("[");
  for (const { bytes: inner, start, trailer } of framesOf(bytes)) {
    if (trailer) to.string(blobText(inner, start));
    else walked(inner, to, start);
  }
  to.close("]");
}

function walked(bytes: Uint8Array, to: Render, at: number): void {
  to.open("[");
  message(bytes, to, 0, at);
  to.string(Buffer.from(bytes).toString("latin1").replace(NOT_PRINTABLE, "\n"));
  to.close("]");
}
