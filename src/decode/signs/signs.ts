// Which rare signs a body may hold: of charsets in ASCII's clothes, of data URLs, of files in base64. Law: a sign that
// is there is among them; that it is among them says only that somebody has to look.

import { type Exports, instantiated } from "../webassembly.ts";
import { COMPILED } from "./compiled.ts";

/** Of HZ (RFC 1843): `~{`. */
export const HZ = 1;
/** Of UTF-7, before digits and letters: `+A`. */
export const UTF7 = 2;
/** Of a data URL, at the end of its label: `64,`. */
export const DATA_URL = 4;
/** Of gzip in base64: `H4s`. */
export const GZIP = 8;
/** Of zip in base64: `UEs`. */
export const ZIP = 16;
const ALL = HZ | UTF7 | DATA_URL | GZIP | ZIP;

/** In a longer body native searches, one after another, are as fast as one pass: whoever looks for a sign looks. */
export const SIMD_BYTES_MAX = 1 << 13;
// as in simd.as.ts
const INPUT_AT = 0x400;

interface SignsExports extends Exports {
  signs(length: number): number;
}

/** Of bodies up to SIMD_BYTES_MAX, the signs that are there; null: there is no such WebAssembly. */
export const simdSigns = made();

/** @returns HZ, UTF7, … together. */
export function signsIn(bytes: Uint8Array): number {
  return simdSigns === null || bytes.length > SIMD_BYTES_MAX ? ALL : simdSigns(bytes);
}

function made(): ((bytes: Uint8Array) => number) | null {
  const exports = instantiated(COMPILED) as SignsExports | null;
  if (exports === null) return null;
  const input = new Uint8Array(exports.memory.buffer, INPUT_AT);
  return (bytes) => {
    input.set(bytes);
    return exports.signs(bytes.length);
  };
}
