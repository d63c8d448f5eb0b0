// A checkpoint is a C2SP signed note: origin, size, root, blank line, signatures. Its bytes are what is signed, so it
// is parsed strictly and never re-printed. https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note

import { hash } from "node:crypto";
import { HASH_BYTES } from "./tree.ts";

export interface TreeHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** A key that signs notes. `sign` is passed in: this stage holds no keys. */
export interface NoteSigner {
  /** No spaces, no plus sign: the origin itself. */
  readonly name: string;
  readonly keyId: Buffer;
  readonly sign: (text: Buffer) => Buffer;
}

/** Ed25519 in the signed-note registry of algorithms. */
const ED25519 = Buffer.of(0x01);
const KEY_ID_BYTES = 4;
const SIGNED_NOTE = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n\n((?:\u2014 [^ \n]+ [A-Za-z0-9+/=]+\n)+)$/u;

/** SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key)[:4]. @param publicKey 32 raw bytes. */
export function keyIdOf(name: string, publicKey: Buffer): Buffer {
  const bytes = Buffer.concat([Buffer.from(name + "\n"), ED25519, publicKey]);
  return hash("sha256", bytes, "buffer").subarray(0, KEY_ID_BYTES);
}

/** The signed-note verifier key: `name+keyid+base64(0x01 ‖ public key)`, as Go's note.NewVerifier reads it. */
export function verifierKey(name: string, publicKey: Buffer): string {
  const key = Buffer.concat([ED25519, publicKey]).toString("base64");
  return `${name}+${keyIdOf(name, publicKey).toString("hex")}+${key}`;
}

export function headText(head: TreeHead): string {
  return `${head.origin}\n${head.size}\n${head.root.toString("base64")}\n`;
}

export function signHead(head: TreeHead, signer: NoteSigner): string {
  const text = headText(head);
  const signature = Buffer.concat([signer.keyId, signer.sign(Buffer.from(text))]);
  return `${text}\n\u2014 ${signer.name} ${signature.toString("base64")}\n`;
}

/**
 * The head of a note that `verify` accepts under this name and key; null for anything else. Signatures of other keys
 * are passed over: an SM2 line may stand beside Ed25519.
 */
export function openNote(
  note: string,
  name: string,
  keyId: Buffer,
  verify: (text: Buffer, signature: Buffer) => boolean,
): TreeHead | null {
  const match = SIGNED_NOTE.exec(note);
  if (match === null) return null;
  const [, origin, size, root, lines] = match;
  const head = { origin: origin!, size: Number(size), root: Buffer.from(root!, "base64") };
  const isStrict = head.root.length === HASH_BYTES && head.root.toString("base64") === root;
  if (!Number.isSafeInteger(head.size) || !isStrict) return null;
  const text = Buffer.from(headText(head));
  const signed = lines!
    .trimEnd()
    .split("\n")
    .some((line) => {
      const [, by, base64] = line.split(" ");
      const bytes = Buffer.from(base64!, "base64");
      // Stray bits at the end of a base64 text would be a second spelling of the same signature.
      if (by !== name || bytes.toString("base64") !== base64 || !bytes.subarray(0, KEY_ID_BYTES).equals(keyId))
        return false;
      return verify(text, bytes.subarray(KEY_ID_BYTES));
    });
  return signed ? head : null;
}
