// The stops of a string, sixteen bytes at a time: AssemblyScript, which `npm run scanner` compiles to
// compiled.ts. Law: the same stops as plain.ts, which says what they are; nothing is kept from call to call.

// The memory: tables that simd.ts fills, a chunk that it puts in with 64 bytes of room around it, and what it
// takes out: a bit for each byte of the chunk.
const POINTS: usize = 0;
const FLAGS: usize = 0x10000;
const INPUT: usize = 0x10140;
const OUTPUT: usize = 0x14180;
/** A step's bits, and what the last of its blocks may spill over. */
const STEP_BYTES: usize = 1024;

const LETTER: u8 = 1;
const HEX: u8 = 8;
const JOINS: u8 = 16;
const ODD: u8 = 0x0f;
const PROVINCE: u8 = 0x80;
const WORD_BYTES_MAX: usize = 11;

/** Where a lead and two more bytes stand in four characters of three bytes; and what their bits must be. */
const HAN = i8x16(-16, -64, -64, -16, -64, -64, -16, -64, -64, -16, -64, -64, 0, 0, 0, 0);
const LEADS = i8x16(-32, -128, -128, -32, -128, -128, -32, -128, -128, -32, -128, -128, 0, 0, 0, 0);
/** Of each character its last byte first, as bytes of a number; past 15 is zero. */
const ORDER = i8x16(2, 1, 0, 16, 5, 4, 3, 16, 8, 7, 6, 16, 11, 10, 9, 16);

/** Up to here capitals belong to a word that was looked at: one that is nothing but a word, or one that may be more. */
let passed: usize = INPUT;
let judged: usize = INPUT;

/**
 * A chunk stands at INPUT. @param length of it, with what of the string follows it. @param before whether the sixteen
 * bytes of the string before it stand before it.
 */
export function take(length: i32, before: bool): void {
  if (!before) v128.store(INPUT - 16, i64x2.splat(0));
  v128.store(INPUT + length, i64x2.splat(0));
  v128.store(INPUT + length + 16, i64x2.splat(0));
}

/**
 * Writes the bits of [start, stop) of the chunk; `start` is a multiple of the step, and the part no longer than one.
 */
export function read(start: i32, stop: i32): void {
  const from = INPUT + start;
  const end = INPUT + stop;
  for (let i: usize = 0; i < STEP_BYTES / 8; i += 16) v128.store(OUTPUT + (start >> 3) + i, i64x2.splat(0));
  passed = judged = from;
  if (isSmallVx(from)) hit(from);
  for (let at = from; at < end; ) {
    const bytes = v128.load(at);
    const asks = v128.or(i8x16.le_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(0x2c)), begins(at, bytes));
    if (!v128.any_true(v128.and(v128.or(asks, bytes), i8x16.splat(-128)))) {
      at += 16;
      continue;
    }
    const width = min(<usize>ctz(i8x16.bitmask(bytes) | (1 << 16)), end - at);
    const within = (1 << <i32>width) - 1;
    if ((i8x16.bitmask(asks) & within) !== 0) ascii(at, bytes, within);
    at += width;
    if (width < 16 && at < end) at = beyond(at, end);
  }
}

/** A small letter or a bracket that may begin a word: `wec`, `(a`. */
@inline
function begins(at: usize, bytes: v128): v128 {
  const next = v128.load(at, 1);
  const we = v128.and(i8x16.eq(bytes, i8x16.splat(0x77)), i8x16.eq(next, i8x16.splat(0x65)));
  const wec = v128.and(we, i8x16.eq(v128.load(at, 2), i8x16.splat(0x63)));
  return v128.or(wec, v128.and(i8x16.eq(bytes, i8x16.splat(0x28)), i8x16.eq(next, i8x16.splat(0x61))));
}

/** @param within the bits of those bytes from `at` on that are ASCII and asked for. */
@inline
function ascii(at: usize, bytes: v128, within: i32): void {
  let stops = i8x16.bitmask(v128.or(surely(at, bytes), v128.and(i8x16.eq(bytes, i8x16.splat(0x3a)), beforeColons(at))));
  const capitals = i8x16.le_u(i8x16.sub(bytes, i8x16.splat(0x41)), i8x16.splat(0x1a));
  for (let bits = i8x16.bitmask(v128.or(capitals, begins(at, bytes))) & within; bits !== 0; bits &= bits - 1) {
    const nth = ctz(bits);
    if (isStop(at + nth)) stops |= 1 << nth;
  }
  const first = <i32>(at - INPUT);
  const to = OUTPUT + (first >> 3);
  store<u32>(to, load<u32>(to) | ((stops & within) << (first & 7)));
}

/** The first of some digits, `@`, a backslash: stops whatever stands around them. */
@inline
function surely(at: usize, bytes: v128): v128 {
  const first = v128.andnot(areDigits(bytes), areDigits(v128.load(at - 1)));
  return v128.or(first, v128.or(i8x16.eq(bytes, i8x16.splat(0x40)), i8x16.eq(bytes, i8x16.splat(0x5c))));
}

@inline
function areDigits(bytes: v128): v128 {
  return i8x16.le_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(9));
}

/** Which bytes stand before one of an address with colons: a digit, a colon, a to f, a point. */
@inline
function beforeColons(at: usize): v128 {
  const next = v128.load(at, 1);
  const digits = i8x16.le_u(i8x16.sub(next, i8x16.splat(0x30)), i8x16.splat(10));
  const letters = i8x16.le_u(i8x16.sub(v128.or(next, i8x16.splat(0x20)), i8x16.splat(0x61)), i8x16.splat(5));
  return v128.or(v128.or(digits, letters), i8x16.eq(next, i8x16.splat(0x2e)));
}

@inline
function hit(at: usize): void {
  const nth = <i32>(at - INPUT);
  const to = OUTPUT + (nth >> 3);
  store<u8>(to, load<u8>(to) | ((<u8>1) << (<u8>nth & 7)));
}

@inline
function flag(at: usize): u8 {
  return load<u8>(FLAGS + load<u8>(at));
}

/** Characters that are not ASCII, as many as follow one another, and a vx behind them. @returns where they end. */
@inline
function beyond(from: usize, end: usize): usize {
  let at = from;
  for (;;) {
    while (at + 12 <= end && isHan(at)) {
      four(at);
      at += 12;
    }
    if (at >= end) return end;
    const lead = load<u8>(at);
    if (lead < 0x80) break;
    if (isOdd(lead, at)) hit(at);
    at += isThree(at) ? 3 : 1;
  }
  if (isSmallVx(at)) hit(at);
  return at;
}

/** Whether four characters of three bytes stand there, and the first byte of the next is looked at by none. */
@inline
function isHan(at: usize): bool {
  return !v128.any_true(v128.xor(v128.and(v128.load(at), HAN), LEADS));
}

/** Their code points in one step, a look in the table for each. */
@inline
function four(at: usize): void {
  const bytes = i8x16.swizzle(v128.load(at), ORDER);
  const low = v128.and(bytes, i32x4.splat(0x3f));
  const middle = i32x4.shr_u(v128.and(bytes, i32x4.splat(0x3f00)), 2);
  const points = v128.or(v128.or(low, middle), i32x4.shr_u(v128.and(bytes, i32x4.splat(0xf0000)), 4));
  const two = i64x2.extract_lane(points, 0);
  const more = i64x2.extract_lane(points, 1);
  const a = load<u8>(POINTS + <usize>(two & 0xffff));
  const b = load<u8>(POINTS + <usize>(two >>> 32));
  const c = load<u8>(POINTS + <usize>(more & 0xffff));
  const d = load<u8>(POINTS + <usize>(more >>> 32));
  if (((a | b | c | d) & ODD) === 0) return;
  if ((a & ODD) !== 0) hit(at);
  if ((b & ODD) !== 0) hit(at + 3);
  if ((c & ODD) !== 0) hit(at + 6);
  if ((d & ODD) !== 0) hit(at + 9);
}

/** A character of three bytes. */
@inline
function isThree(at: usize): bool {
  return (load<u32>(at) & 0xc0c0f0) === 0x8080e0;
}

@inline
function isOdd(lead: u8, at: usize): bool {
  if (isThree(at)) return (load<u8>(POINTS + pointAt(at)) & ODD) !== 0;
  if (lead >= 0xf0) return true;
  const second = load<u8>(at, 1);
  if (lead < 0xc0 || lead >= 0xe0 || (second & 0xc0) !== 0x80) return false;
  return (load<u8>(POINTS + (((<usize>lead & 0x1f) << 6) | (<usize>second & 0x3f))) & ODD) !== 0;
}

@inline
function pointAt(at: usize): usize {
  const high = ((<usize>load<u8>(at) & 0x0f) << 12) | ((<usize>load<u8>(at, 1) & 0x3f) << 6);
  return high | (<usize>load<u8>(at, 2) & 0x3f);
}

@inline
function isVx(at: usize): bool {
  return load<u8>(at - 1) >= 0x80 && (load<u16>(at) & 0xdfdf) === 0x5856;
}

@inline
function isSmallVx(at: usize): bool {
  return load<u8>(at) === 0x76 && isVx(at);
}

/** @param at a capital or `[`; `wec` or `(a`. */
@inline
function isStop(at: usize): bool {
  const byte = load<u8>(at);
  if (byte === 0x77) return load<u32>(at, 2) === 0x74616863;
  if (byte === 0x28) return load<u8>(at, 2) === 0x74;
  return byte === 0x5b ? (load<u16>(at, 1) | 0x2020) === 0x7461 : isCapital(at);
}

/** Whether more than a word may be about it. */
function isCapital(at: usize): bool {
  if (at < passed) return false;
  if (at < judged || isVx(at)) return true;
  const end = wordEnd(at);
  if (end < 0) judged = <usize>~end;
  else passed = <usize>end;
  return end < 0;
}

/** @returns the end of a word that is nothing but a word; the complement of how far it may be more. */
function wordEnd(at: usize): isize {
  let start = at;
  const floor = at - WORD_BYTES_MAX;
  while (start > floor && (flag(start - 1) & LETTER) !== 0) start--;
  const most = start + WORD_BYTES_MAX + 1;
  let end = start;
  for (; end < most && (flag(end) & LETTER) !== 0; end++) if (isNamed(end)) return ~end;
  if (end === most || isPrefixed(load<u8>(start), load<u8>(start, 1))) return ~end;
  return isApart(start) && endsApart(end, end - start) ? end : ~end;
}

@inline
function isNamed(at: usize): bool {
  const byte = load<u8>(at);
  if (byte === 0x77) return load<u8>(at, 1) === 0x65 && load<u32>(at, 2) === 0x74616863;
  const next = load<u8>(at, 1) | 0x20;
  return (byte === 0x57 && next === 0x65) || (byte === 0x45 && next === 0x6d);
}

@inline
function isPrefixed(first: u8, second: u8): bool {
  if (first === 0x65) return second === 0x79;
  if (first === 0x4c) return second === 0x54;
  if (first !== 0x41) return false;
  return second === 0x4b || second === 0x53 || second === 0x49 || (second | 0x20) === 0x74;
}

@inline
function isApart(start: usize): bool {
  const before = load<u8>(start - 1);
  if (before < 0x80) return (load<u8>(FLAGS + before) & (LETTER | JOINS)) === 0;
  return (load<u8>(POINTS + pointAt(start - 3)) & PROVINCE) === 0;
}

@inline
function endsApart(end: usize, length: usize): bool {
  const after = load<u8>(end);
  if (after >= 0x80) return after !== 0xef || length !== 2;
  if (after === 0x2e) return (flag(end + 1) & HEX) === 0;
  return (load<u8>(FLAGS + after) & JOINS) === 0;
}
