// The signing key stays in its KeyObject; what leaves this file is signatures and the public half.

import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { keyIdOf, type NoteSigner, verifierKey } from "../../record/checkpoint.ts";
import { GateError } from "../errors.ts";

export interface LedgerKey extends NoteSigner {
  /** The line of the `vkey` file. */
  readonly verifierKey: string;
  readonly verify: (text: Buffer, signature: Buffer) => boolean;
}

/** @param signingKey Ed25519, as a KeyObject or PKCS#8 PEM. @param origin names the key too (C2SP tlog-checkpoint). */
export function ledgerKey(signingKey: KeyObject | string, origin: string): LedgerKey {
  const secret = typeof signingKey === "string" ? createPrivateKey(signingKey) : signingKey;
  if (secret.asymmetricKeyType !== "ed25519") throw new GateError("ledger_unavailable", "the key is not Ed25519");
  if (!/^[^\s+]{1,200}$/u.test(origin)) throw new GateError("ledger_unavailable", "the origin has a space or a plus");
  const open = createPublicKey(secret);
  const raw = Buffer.from(open.export({ format: "jwk" }).x!, "base64url");
  return {
    name: origin,
    keyId: keyIdOf(origin, raw),
    verifierKey: verifierKey(origin, raw),
    sign: (text) => sign(null, text, secret),
    verify: (text, signature) => signature.length === 64 && verify(null, text, open, signature),
  };
}
