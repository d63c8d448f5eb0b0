// Tokens of the admin plane. Law: made at first start, told once, kept as SHA-256 (256 random bits need no salt),
// compared in constant time. There is no default password.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { createOnce, readGuarded, refused, replaceWhole } from "../keys/guarded.ts";
import { type Identity, ROLES, type Role, takesPart } from "./identity.ts";

/** The plain tokens: the only time they are seen. */
export type PlainTokens = Readonly<Record<FirstRole, string>>;

/** Those that get a token at the first start. */
export const FIRST_ROLES = ["admin", "consent", "auditor"] as const;
type FirstRole = (typeof FIRST_ROLES)[number];

const tokensFile = z.strictObject({
  v: z.literal(1),
  tokens: z.array(z.strictObject({ role: z.enum(ROLES), sha256: z.string().length(64) })),
});

/** Where `createTokens` keeps the hashes: what `startAdmin` wants as `tokensFile`. */
export function tokensFileOf(dir: string): string {
  return join(dir, "admin-tokens.json");
}

/**
 * Makes one token a role, and leaves each in `<dir>/<role>.token` (0600): for the command line on this machine, and to
 * be handed on and deleted.
 * @returns the plain tokens, or null if there were tokens already.
 */
export function createTokens(dir: string): PlainTokens | null {
  const path = tokensFileOf(dir);
  if (readGuarded(path) !== null) return null;
  const plain: PlainTokens = {
    admin: freshToken("admin"),
    consent: freshToken("consent"),
    auditor: freshToken("auditor"),
  };
  const tokens = FIRST_ROLES.map((role) => ({ role, sha256: hashOf(plain[role]).toString("hex") }));
  const text = JSON.stringify({ v: 1, tokens }, null, 2);
  if (createOnce(path, text) !== text) return null;
  for (const role of FIRST_ROLES) replaceWhole(join(dir, `${role}.token`), `${plain[role]}\n`);
  return plain;
}

/** The seat of the first admin: another one when the tokens are made anew. @param sha256 hex, of the token. */
export function firstSeat(sha256: string): string {
  return `first-${sha256.slice(0, 16)}`;
}

/** @returns the first admin's seat, or null where there are no tokens. @throws GateError store_unavailable */
export function firstSeatIn(path: string): string | null {
  const text = readGuarded(path);
  const admin = text === null ? undefined : parse(text, path).find(({ role }) => role === "admin");
  return admin === undefined ? null : firstSeat(admin.sha256);
}

export interface TokenBook {
  /** @returns whose token it is, or null. Takes the same time for every wrong token. */
  identityOf(token: string): Identity | null;
}

/** @throws GateError store_unavailable: absent, damaged or open to others. */
export function openTokens(path: string): TokenBook {
  const text = readGuarded(path);
  if (text === null) throw refused(`${path} is absent: createTokens makes it`);
  const tokens = parse(text, path).map(({ role, sha256 }) => ({
    // whoever set the gate up: the first person of it
    identity: { id: role, roles: [role], ...(takesPart([role]) ? { seat: firstSeat(sha256) } : {}) } satisfies Identity,
    hash: Buffer.from(sha256, "hex"),
  }));
  return {
    identityOf(token) {
      const hash = hashOf(token);
      let found: Identity | null = null;
      for (const known of tokens) if (timingSafeEqual(known.hash, hash)) found = known.identity;
      return found;
    },
  };
}

function parse(text: string, path: string) {
  try {
    return tokensFile.parse(JSON.parse(text)).tokens;
  } catch {
    throw refused(`${path} is damaged: remove it and start again to get new tokens`);
  }
}

function freshToken(role: Role): string {
  return `yumen_${role}_${randomBytes(32).toString("base64url")}`;
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
