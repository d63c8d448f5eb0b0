// The strings of one complete JSON text, with where they stand. Law: for text that JSON.parse accepts, every key and
// string is listed once, in order, duplicates included; positions are UTF-16 units inside the quotes.

export interface JsonString {
  readonly start: number;
  readonly end: number;
  readonly isKey: boolean;
  /** Of the value; a key has its value's pointer (RFC 6901). */
  pointer(): string;
}

/** Where a value stands, as a chain that is never changed: taking one costs nothing, however deep. */
interface Path {
  readonly up: Path | null;
  readonly segment: string | number;
}

interface Frame {
  readonly parent: Frame | null;
  /** Of the container itself. */
  readonly path: Path | null;
  readonly isArray: boolean;
  segment: string | number;
}

/** @param text must be valid JSON: the caller has parsed it. Iterative: depth costs no stack. */
export function jsonStrings(text: string): JsonString[] {
  const found: JsonString[] = [];
  let frame = null as Frame | null;
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
        frame = { parent: frame, path: pathIn(frame), isArray: false, segment: "" };
        expectsKey = true;
        break;
      case 0x5b: // [
        frame = { parent: frame, path: pathIn(frame), isArray: true, segment: 0 };
        expectsKey = false;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        frame = frame?.parent ?? null;
        expectsKey = false;
        break;
      case 0x2c: // ,
        if (frame?.isArray) frame.segment = (frame.segment as number) + 1;
        else expectsKey = true;
        break;
      case 0x22: {
        const end = stringEnd(text, at + 1);
        const isKey = expectsKey;
        if (isKey && frame !== null) frame.segment = decodeString(text.slice(at + 1, end));
        expectsKey = false;
        const path = pathIn(frame);
        found.push({ start: at + 1, end, isKey, pointer: () => pointerOf(path) });
        at = end;
      }
    }
  }
  return found;
}

/** The text inside the quotes, escapes resolved. */
export function decodeString(raw: string): string {
  return raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/** Raw unit offsets for the ascending decoded offsets `units` of a string's inside. */
export function rawOffsets(raw: string, units: readonly number[]): number[] {
  if (!raw.includes("\\")) return [...units];
  const offsets: number[] = [];
  let at = 0;
  let unit = 0;
  for (const wanted of units) {
    for (; unit < wanted; unit++) {
      if (raw.charAt(at) !== "\\") at += 1;
      else at += raw.charAt(at + 1) === "u" ? 6 : 2;
    }
    offsets.push(at);
  }
  return offsets;
}

/** The value at a JSON Pointer; undefined where absent or a container. */
export function readPointer(document: unknown, pointer: string): string | number | boolean | null | undefined {
  let here = document;
  for (const segment of pointer.split("/").slice(1)) {
    if (typeof here !== "object" || here === null) return undefined;
    const name = segment.includes("~") ? segment.replace(/~1/g, "/").replace(/~0/g, "~") : segment;
    here = Object.hasOwn(here, name) ? (here as Record<string, unknown>)[name] : undefined;
  }
  if (typeof here === "string" || typeof here === "number" || typeof here === "boolean") return here;
  return here === null ? null : undefined;
}

function stringEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return at;
}

function pathIn(frame: Frame | null): Path | null {
  return frame === null ? null : { up: frame.path, segment: frame.segment };
}

function pointerOf(path: Path | null): string {
  const segments: string[] = [];
  for (let here = path; here !== null; here = here.up) {
    segments.push("/" + String(here.segment).replace(/~/g, "~0").replace(/\//g, "~1"));
  }
  return segments.reverse().join("");
}
