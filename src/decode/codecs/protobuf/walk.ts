// The wire format of protocol buffers without a schema, as JSON: `{"1":["text",{"2":[5]}]}`. Law: whatever a field may
// be it is read as: text where it is text, a message where it is one, numbers in both signs, the rest as bytes.

import { Refused } from "../../refused.ts";
import { BLOB_BYTES_MAX, isText, type Render } from "../render.ts";

const DEPTH_MAX = 32;
const FIELDS_MAX = 250_000;
/** From here a number could be somebody's: its zigzag reading is given too. */
const TELLING = 100_000n;

interface Field {
  readonly number: number;
  readonly wire: number;
  readonly start: number;
  readonly end: number;
  readonly varint: bigint;
}

/** Throws Refused where it is no message. @param at where the bytes stand, for refusals. */
export function message(bytes: Uint8Array, to: Render, depth: number, at: number): void {
  const fields = fieldsOf(bytes);
  if (fields === null) throw new Refused("body_invalid", `protobuf: no message at byte ${at}`);
  const byNumber = new Map<number, Field[]>();
  for (const field of fields) {
    const others = byNumber.get(field.number);
    if (others === undefined) byNumber.set(field.number, [field]);
    else others.push(field);
  }
  to.open("{");
  for (const [number, all] of byNumber) {
    to.key(String(number));
    to.open("[");
    for (const field of all) value(bytes, field, to, depth, at);
    to.close("]");
  }
  to.close("}");
}

function value(bytes: Uint8Array, field: Field, to: Render, depth: number, at: number): void {
  const inner = bytes.subarray(field.start, field.end);
  if (field.wire === 0) return varint(field.varint, to);
  if (field.wire !== 2) return fixed(inner, to);
  if (isText(inner)) return to.string(Buffer.from(inner).toString("utf8"));
  to.noFile(inner, at + field.start);
  if (depth < DEPTH_MAX && fieldsOf(inner) !== null) return message(inner, to, depth + 1, at + field.start);
  const packed = packedOf(inner);
  if (packed !== null) {
    to.open("[");
    for (const one of packed) varint(one, to);
    to.close("]");
  } else if (inner.length > BLOB_BYTES_MAX)
    throw new Refused("content_opaque", `protobuf: ${inner.length} bytes of no text at byte ${at + field.start}`);
  else to.string(Buffer.from(inner).toString("latin1"));
}

function varint(raw: bigint, to: Render): void {
  to.number(BigInt.asIntN(64, raw));
  if (raw >= TELLING) to.number((raw >> 1n) ^ -(raw & 1n));
}

/** Four or eight bytes, little endian: a whole number or a floating one. */
function fixed(bytes: Uint8Array, to: Render): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  to.number(bytes.length === 4 ? BigInt(view.getUint32(0, true)) : view.getBigInt64(0, true));
  to.number(bytes.length === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true));
}

/** @returns the fields; null: the bytes are no message. Empty is one. */
function fieldsOf(bytes: Uint8Array): Field[] | null {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (fields.length === FIELDS_MAX) throw new Refused("body_too_large", `protobuf: more than ${FIELDS_MAX} fields`);
    const [tag, afterTag] = varintAt(bytes, at);
    const [number, wire] = [Number(tag >> 3n), Number(tag & 7n)];
    if (afterTag < 0 || number < 1 || number > 536_870_911) return null;
    const [varint, afterVarint] = wire === 0 || wire === 2 ? varintAt(bytes, afterTag) : [0n, afterTag];
    if (afterVarint < 0) return null;
    const length = wire === 1 ? 8 : wire === 5 ? 4 : wire === 2 ? Number(varint) : wire === 0 ? 0 : -1;
    const end = afterVarint + length;
    if (length < 0 || end > bytes.length) return null;
    fields.push({ number, wire, start: afterVarint, end, varint });
    at = end;
  }
  return fields;
}

/** Several numbers in one field, none of them cut; null: it is something else. */
function packedOf(bytes: Uint8Array): bigint[] | null {
  const numbers: bigint[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [varint, after] = varintAt(bytes, at);
    if (after < 0) return null;
    numbers.push(varint);
    at = after;
  }
  return numbers;
}

/** @returns the number and where it ends; -1: it does not. */
function varintAt(bytes: Uint8Array, start: number): readonly [bigint, number] {
  let low = 0;
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) break;
    // Nearly all are short: no bigint a byte.
    if (i < 4) low |= (byte & 0x7f) << (7 * i);
    else value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return [BigInt.asUintN(64, value | BigInt(low)), start + i + 1];
  }
  return [0n, -1];
}
