// Signed notes and their keys, read strictly: one content has one spelling, so any changed byte is a fault.
// This folder imports node: and itself only. It was written from the C2SP texts, not from the writer's code.

import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";

export interface VerifierKey {
  readonly name: string;
  readonly id: string;
  readonly key: KeyObject;
}

export interface Head {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}

/** DER of SubjectPublicKeyInfo for Ed25519 up to the key itself (RFC 8410). */
const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");

/**
 * `name+keyid+base64(0x01 ‖ key)` and a newline. Null when malformed or when the id is not the hash of name and key.
 */
export function parseVerifierKey(file: Buffer): VerifierKey | null {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)\n$/u.exec(file.toString("utf8"));
  const [, name, id, base64] = match ?? [];
  if (name === undefined || id === undefined || base64 === undefined) return null;
  const bytes = strictBase64(base64);
  if (bytes?.length !== 33 || bytes[0] !== 1) return null;
  const expected = createHash("sha256").update(`${name}\n`).update(bytes).digest("hex").slice(0, 8);
  if (id !== expected) return null;
  const spki = Buffer.concat([SPKI_ED25519, bytes.subarray(1)]);
  return { name, id, key: createPublicKey({ key: spki, format: "der", type: "spki" }) };
}

function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

/** "malformed", "unsigned" when no line is a valid signature of `by`, or the head. */
export function openHead(note: Buffer, by: VerifierKey): Head | "malformed" | "unsigned" {
  const text = note.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(note)) return "malformed";
  const cut = text.indexOf("\n\n") + 1;
  const [origin = "", size = "", root = "", ...rest] = text.slice(0, cut).split("\n");
  const isHead = cut > 0 && origin !== "" && /^(0|[1-9]\d{0,15})$/.test(size) && rest.join("") === "";
  if (!isHead || rest.length !== 1 || strictBase64(root)?.length !== 32) return "malformed";
  const lines = text.slice(cut + 1).split("\n");
  if (lines.pop() !== "" || lines.length === 0) return "malformed";
  let isSigned = false;
  for (const line of lines) {
    const [, name, base64] = /^\u2014 ([^\s+]+) (\S+)$/u.exec(line) ?? [];
    const bytes = base64 === undefined ? null : strictBase64(base64);
    if (bytes === null || bytes.length < 5) return "malformed";
    // Lines of other keys are passed over, as the note format asks.
    if (name !== by.name || bytes.toString("hex", 0, 4) !== by.id) continue;
    // One signature a key: a second line would be bytes that nothing accounts for.
    if (isSigned) return "malformed";
    if (!verify(null, Buffer.from(text.slice(0, cut)), by.key, bytes.subarray(4))) return "unsigned";
    isSigned = true;
  }
  return isSigned ? { origin, size: Number(size), root } : "unsigned";
}
