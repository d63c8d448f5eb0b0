// Base64 and hexadecimal of text, by trial. Law: only what decodes to readable text counts, and a token is replaced
// whole: half of it would be no base64.

const TOKENS = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
const HEX = /^(?:[0-9A-Fa-f]{2})+$/;
/** Control characters other than tab and line breaks, and what was no UTF-8. */
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

export interface Coded {
  readonly start: number;
  readonly end: number;
  /** What it decodes to. */
  readonly text: string;
}

/** Every token of `text` that decodes to readable text. */
export function codedIn(text: string): Coded[] {
  const found: Coded[] = [];
  for (const match of text.matchAll(TOKENS)) {
    for (const decoded of readings(match[0])) {
      if (UNREADABLE.test(decoded)) continue;
      found.push({ start: match.index, end: match.index + match[0].length, text: decoded });
      break;
    }
  }
  return found;
}

function readings(token: string): string[] {
  const base64 = Buffer.from(token, "base64").toString("utf8");
  return HEX.test(token) ? [Buffer.from(token, "hex").toString("utf8"), base64] : [base64];
}
