// Every codec: one line each. Text is tried against them in this order where no label says what it is.

import { cbor } from "./cbor/codec.ts";
import type { BodyCodec } from "./codec.ts";
import { csv } from "./csv/codec.ts";
import { envelope } from "./envelope/codec.ts";
import { form } from "./form/codec.ts";
import { json } from "./json/codec.ts";
import { msgpack } from "./msgpack/codec.ts";
import { multipart } from "./multipart/codec.ts";
import { ndjson } from "./ndjson/codec.ts";
import { protobuf } from "./protobuf/codec.ts";
import { sse } from "./sse/codec.ts";
import { text } from "./text/codec.ts";
import { xml } from "./xml/codec.ts";

export const CODECS: readonly BodyCodec[] = [
  json,
  // before ndjson: an envelope of JSON items is lines of JSON too, with lengths that must stay true
  envelope,
  ndjson,
  form,
  multipart,
  csv,
  xml,
  sse,
  msgpack,
  cbor,
  protobuf,
  text,
];
