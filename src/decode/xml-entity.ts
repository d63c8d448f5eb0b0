// One reference of XML: `&#x4e2d;`, `&#20013;`, `&lt;`. Law: only the five entities that every parser knows, and
// numeric references to characters that XML allows; any other stands for nothing here, and the codec refuses it.

const NAMED: ReadonlyMap<string, number> = new Map([
  ["lt", 0x3c],
  ["gt", 0x3e],
  ["amp", 0x26],
  ["quot", 0x22],
  ["apos", 0x27],
]);
const SEMICOLON = 0x3b;
/** Leading zeros may make a reference long; nobody writes more than these. */
const REFERENCE_BYTES_MAX = 32;
const NONE = { point: 0, length: 0 };

export interface Entity {
  readonly point: number;
  /** Bytes from `&` to `;`; 0: not a reference that stands for anything. */
  readonly length: number;
}

/** The reference whose `&` stands at `at`. */
export function entityAt(bytes: Uint8Array, at: number): Entity {
  const limit = Math.min(bytes.length, at + REFERENCE_BYTES_MAX);
  let end = at + 1;
  while (end < limit && bytes[end] !== SEMICOLON) end++;
  if (end >= limit) return NONE;
  let name = "";
  for (let i = at + 1; i < end; i++) name += String.fromCharCode(bytes[i]!);
  const point = NAMED.get(name) ?? numeric(name);
  return point < 0 ? NONE : { point, length: end + 1 - at };
}

function numeric(name: string): number {
  const match = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  if (match === null) return -1;
  const point = match[1] === undefined ? Number.parseInt(match[2]!, 10) : Number.parseInt(match[1], 16);
  return isCharacter(point) ? point : -1;
}

/** XML 1.0 §2.2. */
function isCharacter(point: number): boolean {
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0d;
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || (point >= 0x10000 && point <= 0x10ffff);
}
