// The start of a number plate, as bytes. Law: at least as wide as the pattern of plate/detector.ts.

/** Code points. */
export const PROVINCES: ReadonlySet<number> = new Set(
  [..."京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"].map((c) => c.codePointAt(0)!),
);
const DIGITS_MIN = 3;
const AHEAD_BYTES = 10;

/** @param at a capital letter. A province character must stand right before it and three digits soon after it. */
export function isPlateStart(bytes: Uint8Array, from: number, at: number, to: number): boolean {
  if (at - from < 3 || bytes[at - 3]! < 0xe4 || bytes[at - 3]! > 0xe9) return false;
  const point = ((bytes[at - 3]! & 0x0f) << 12) | ((bytes[at - 2]! & 0x3f) << 6) | (bytes[at - 1]! & 0x3f);
  if (!PROVINCES.has(point)) return false;
  let digits = 0;
  for (let i = at + 1; i < Math.min(to, at + AHEAD_BYTES); i++) if (bytes[i]! >= 0x30 && bytes[i]! <= 0x39) digits++;
  return digits >= DIGITS_MIN;
}
