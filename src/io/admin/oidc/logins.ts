// Sign-ins under way, and the sessions they end in. Law: a session's token is kept as SHA-256, in memory, for some
// hours; it is had by who began the sign-in and read the code that its end showed: neither a link that was sent to
// somebody nor a glance at a screen is enough.

import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../ports.ts";
import { hashOf } from "../identities/stored.ts";
import type { Identity } from "../identity.ts";
import { Problem } from "../problem.ts";
import type { TokenBook } from "../tokens.ts";
import { identityFrom } from "./claims.ts";
import type { OidcConfig } from "./config.ts";
import { type Asked, createProvider, type Provider } from "./provider.ts";

const LOGIN_MS = 600_000;
const LOGINS_MAX = 100;
const SESSIONS_MAX = 1_000;
const TRIES_MAX = 5;
const HOUR_MS = 3_600_000;

export interface Begun {
  readonly login: string;
  /** Of who began it; shown once. */
  readonly secret: string;
  readonly url: string;
  readonly expiresAt: string;
}

export interface Session {
  readonly identity: Identity;
  readonly token: string;
  readonly expiresAt: string;
}

export interface Logins {
  /**
   * Beginning wants no token, and so shuts nobody out: where all places are taken, one is taken back from whichever
   * address has the most, the oldest that nobody has come back to.
   * @param from the address that asks. @throws Problem 429: all who began have come back, or this one's was taken; 502
   */
  begin(from?: string): Promise<Begun>;
  /** @param arrived path and query that the person came back to. @returns the code to be shown. @throws Problem */
  arrived(arrived: string): Promise<string>;
  /** @throws Problem 403: not the one that began it, a wrong code, or too late. */
  redeem(login: string, secret: string, code: string): Session;
  end(token: string): void;
  readonly book: TokenBook;
}

interface Login extends Asked {
  readonly from: string;
  readonly secret: Buffer;
  readonly endsMs: number;
  tries: number;
  done: { readonly identity: Identity; readonly code: Buffer } | null;
}

interface Held {
  readonly hash: Buffer;
  readonly identity: Identity;
  readonly endsMs: number;
}

export function createLogins(config: OidcConfig, clock: Clock, provider: Provider = createProvider(config)): Logins {
  const logins = new Map<string, Login>();
  const sessions = new Map<string, Held>();
  const forget = (): void => {
    const nowMs = clock.nowMs();
    for (const all of [logins, sessions]) for (const [key, { endsMs }] of all) if (endsMs <= nowMs) all.delete(key);
  };

  return {
    async begin(from = "") {
      forget();
      if (logins.size >= LOGINS_MAX) logins.delete(leastMissed(logins));
      const [login, secret] = [fresh(16), fresh(32)];
      const asked = { state: fresh(32), nonce: fresh(32), verifier: fresh(32) };
      const endsMs = clock.nowMs() + LOGIN_MS;
      // its place before anything is waited for: however many begin at once, so many are under way
      logins.set(login, { ...asked, from, secret: hashOf(secret), endsMs, tries: 0, done: null });
      const url = await provider.address(asked).catch((error: unknown) => {
        logins.delete(login);
        throw error;
      });
      if (!logins.has(login)) throw crowded();
      return { login, secret, url, expiresAt: new Date(endsMs).toISOString() };
    },
    async arrived(path) {
      forget();
      const url = new URL(path, config.redirectUri);
      const state = url.searchParams.get("state");
      const login = [...logins.values()].find((one) => one.state === state && one.done === null);
      if (login === undefined) throw refused();
      const identity = identityFrom(await provider.claims(url, login), config);
      if (login.done !== null) throw refused();
      const code = codeOf(randomBytes(8));
      login.done = { identity, code: hashOf(code) };
      return code;
    },
    redeem(name, secret, code) {
      forget();
      const login = logins.get(name);
      if (login === undefined || !timingSafeEqual(login.secret, hashOf(secret))) throw refused();
      login.tries += 1;
      const { done } = login;
      const isRight = done !== null && timingSafeEqual(done.code, hashOf(code.trim().toUpperCase()));
      if (!isRight && (done === null || login.tries < TRIES_MAX)) throw refused();
      logins.delete(name);
      if (!isRight || sessions.size >= SESSIONS_MAX) throw refused();
      const token = `yumen_session_${fresh(32)}`;
      const endsMs = clock.nowMs() + config.sessionHours * HOUR_MS;
      const hash = hashOf(token);
      sessions.set(hash.toString("hex"), { hash, identity: done.identity, endsMs });
      return { identity: done.identity, token, expiresAt: new Date(endsMs).toISOString() };
    },
    end: (token) => void sessions.delete(hashOf(token).toString("hex")),
    book: {
      identityOf(token) {
        const hash = hashOf(token);
        const nowMs = clock.nowMs();
        let found: Identity | null = null;
        for (const held of sessions.values())
          if (timingSafeEqual(held.hash, hash) && nowMs < held.endsMs) found = held.identity;
        return found;
      },
    },
  };
}

/** Of the address with the most that nobody has come back to, the oldest. @throws Problem 429: there is none. */
function leastMissed(logins: ReadonlyMap<string, Login>): string {
  const waiting = new Map<string, { readonly oldest: string; n: number }>();
  for (const [name, { from, done }] of logins) {
    if (done !== null) continue;
    const ofAddress = waiting.get(from);
    if (ofAddress === undefined) waiting.set(from, { oldest: name, n: 1 });
    else ofAddress.n += 1;
  }
  const [most] = [...waiting.values()].sort((a, b) => b.n - a.n);
  if (most === undefined) throw crowded();
  return most.oldest;
}

function crowded(): Problem {
  return new Problem(429, "rate_limited", "Too many sign-ins are under way.");
}

function fresh(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}

const LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

/** Ten characters that nobody takes for another: 48 bits. */
function codeOf(bytes: Buffer): string {
  let rest = bytes.readBigUInt64BE();
  let code = "";
  for (let i = 0; i < 10; i++, rest /= BigInt(LETTERS.length)) code += LETTERS[Number(rest % BigInt(LETTERS.length))];
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

function refused(): Problem {
  return new Problem(403, "sign_in_refused", "No such sign-in is under way, or not for this code.");
}
