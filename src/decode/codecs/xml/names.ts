// What may stand in XML where. Law: a name begins and goes on as XML 1.0 allows, wider only above ASCII.

/** 1: may begin a name · 2: may go on. */
const NAME = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:") NAME[character.charCodeAt(0)] = 3;
for (const character of "0123456789-.") NAME[character.charCodeAt(0)] = 2;
NAME.fill(3, 0x80);

/** @returns where the name that begins at `at` ends; `at` where none begins there. */
export function nameEnd(bytes: Uint8Array, at: number): number {
  if ((NAME[bytes[at] ?? 0]! & 1) === 0) return at;
  let end = at + 1;
  while (end < bytes.length && (NAME[bytes[end]!]! & 2) !== 0) end++;
  return end;
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

export function afterSpace(bytes: Uint8Array, at: number): number {
  let end = at;
  while (isSpace(bytes[end])) end++;
  return end;
}

const DECLARATION =
  /^(?:\u00ef\u00bb\u00bf)?<\?xml\s[^>]*?\sencoding\s*=\s*(?:"([A-Za-z0-9._:-]+)"|'([A-Za-z0-9._:-]+)')/;
const DECLARATION_BYTES_MAX = 256;

export interface Declared {
  readonly charset: string;
  /** Where the name stands. */
  readonly start: number;
  readonly end: number;
}

/** The encoding that the XML declaration names; null: none. */
export function declaredCharset(bytes: Uint8Array): Declared | null {
  const match = DECLARATION.exec(Buffer.from(bytes.subarray(0, DECLARATION_BYTES_MAX)).toString("latin1"));
  if (match === null) return null;
  const charset = match[1] ?? match[2]!;
  const end = match[0].length - 1;
  return { charset, start: end - charset.length, end };
}
