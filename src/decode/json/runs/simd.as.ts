// Which bytes end a string's run of ordinary characters, sixteen at a time: AssemblyScript, which `npm run scanner`
// compiles to compiled.ts. Law: the same bytes as STOPS of ../classes.ts; nothing is kept from call to call.

// The memory: a chunk that simd.ts puts in, and what it takes out: a bit for each byte of it.
const INPUT: usize = 0x400;
const OUTPUT: usize = 0x8400;

/** @param length of the chunk. Bits past it mean nothing. */
export function read(length: i32): void {
  const end = INPUT + length;
  let to = OUTPUT;
  for (let at = INPUT; at < end; at += 32) {
    store<i32>(to, stopsAt(at) | (stopsAt(at + 16) << 16));
    to += 4;
  }
}

/** Quote, backslash, control character. */
@inline
function stopsAt(at: usize): i32 {
  const bytes = v128.load(at);
  const signs = v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c)));
  return i8x16.bitmask(v128.or(signs, i8x16.lt_u(bytes, i8x16.splat(0x20))));
}
