// Which rare signs a body holds, sixteen bytes at a time: AssemblyScript, which `npm run scanner` compiles to
// compiled.ts. Law: the bits of signs.ts, of those signs alone that are there; nothing is kept from call to call.

// The memory: a body that signs.ts puts in.
const INPUT: usize = 0x400;

/** @param length of the body. @returns the signs in it, a bit each. */
export function signs(length: i32): i32 {
  const end = INPUT + length;
  v128.store(end, i64x2.splat(0));
  v128.store(end + 16, i64x2.splat(0));
  let seen = 0;
  for (let at = INPUT; at < end; at += 16) {
    const one = v128.load(at);
    const two = v128.load(at, 1);
    const url = both(one, 0x36, two, 0x34);
    const rare = v128.or(i8x16.eq(one, i8x16.splat(0x7e)), i8x16.eq(one, i8x16.splat(0x2b)));
    const letters = v128.or(i8x16.eq(one, i8x16.splat(0x48)), i8x16.eq(one, i8x16.splat(0x55)));
    if (v128.any_true(v128.or(url, v128.or(rare, letters)))) seen |= signsOf(one, two, url, v128.load(at, 2));
  }
  return seen;
}

@inline
function signsOf(one: v128, two: v128, url: v128, three: v128): i32 {
  const s = i8x16.eq(three, i8x16.splat(0x73));
  const plain = bit(both(one, 0x7e, two, 0x7b), 1) | bit(both(one, 0x2b, two, 0x41), 2);
  const carried = bit(v128.and(url, i8x16.eq(three, i8x16.splat(0x2c))), 4);
  const packed = bit(v128.and(both(one, 0x48, two, 0x34), s), 8) | bit(v128.and(both(one, 0x55, two, 0x45), s), 16);
  return plain | carried | packed;
}

@inline
function both(one: v128, first: i8, two: v128, second: i8): v128 {
  return v128.and(i8x16.eq(one, i8x16.splat(first)), i8x16.eq(two, i8x16.splat(second)));
}

@inline
function bit(seen: v128, sign: i32): i32 {
  return v128.any_true(seen) ? sign : 0;
}
