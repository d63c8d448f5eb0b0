// The model's file. Law: everything that was learned or listed is in it; the code beside it holds only grammar. Bytes
// that are no model throw at once, never at the first text.

import { TAGS, type Weights } from "./decode.ts";
import { type English, readEnglish } from "./english.ts";
import { GATE_BITS, Gate } from "./gate.ts";
import { Lexicon } from "./lexicon.ts";
import { Reader } from "./reader.ts";
import { Traits } from "./traits.ts";

/** "YMN2", little-endian. */
const MAGIC = 0x324e4d59;

export interface Model {
  readonly lexicon: Lexicon;
  readonly traits: Traits;
  readonly english: English;
  readonly gate: Gate;
  readonly weights: Weights;
  readonly tableBits: number;
  /** Added to a name's tags: trades misses for false hits. */
  readonly bias: number;
}

/**
 * Layout: magic, traits, dictionary, gate, bias, moves, table (all little-endian).
 * @param english bytes of models/names-en.bin (readEnglish). @throws RangeError on anything else.
 */
export function readModel(bytes: Uint8Array, english: Uint8Array): Model {
  const reader = new Reader(bytes);
  if (reader.u32() !== MAGIC) throw new RangeError("names model: not a model of this version");
  const traits = new Traits(reader);
  const lexicon = new Lexicon(reader);
  const least = reader.i16();
  const gate = new Gate(signed(reader.bytes(1 << GATE_BITS)), traits.grades, least);
  const bias = reader.i16();
  const moves = new Int32Array(TAGS * TAGS);
  for (let i = 0; i < moves.length; i++) moves[i] = reader.i16();
  const tableBits = reader.u8();
  const table = signed(reader.bytes(TAGS << tableBits));
  return {
    lexicon,
    traits,
    english: readEnglish(new Reader(english)),
    gate,
    weights: { table, moves },
    tableBits,
    bias,
  };
}

function signed(bytes: Uint8Array): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
