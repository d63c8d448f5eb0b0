// Prefixes of credentials, as bytes. Law: at least as wide as the patterns of secret/detector.ts.

/** The longest run of small letters, `_` and `-` before the first capital or digit: `github_pat_`, with room. */
export const PREFIX_BYTES = 32;

const PREFIXES = [
  "sk-",
  "ghp_",
  "gho_",
  "ghu_",
  "ghs_",
  "ghr_",
  "github_pat_",
  "glpat-",
  "AKIA",
  "ASIA",
  "LTAI",
  "AKID",
  "AIza",
  "xoxa-",
  "xoxb-",
  "xoxe-",
  "xoxp-",
  "xoxr-",
  "xoxs-",
  "eyJ",
  "-----BEGIN",
].map((prefix) => Buffer.from(prefix));

const BY_FIRST: readonly (readonly Buffer[])[] = Array.from({ length: 256 }, (_, byte) =>
  PREFIXES.filter((prefix) => prefix[0] === byte),
);

/** @returns 0: none; 1: a token; 2: a private key, which runs over white space to the end of the string. */
export function isSecretStart(bytes: Uint8Array, at: number, to: number): 0 | 1 | 2 {
  for (const prefix of BY_FIRST[bytes[at]!]!) {
    let i = 1;
    while (i < prefix.length && at + i < to && bytes[at + i] === prefix[i]) i++;
    if (i === prefix.length) return prefix[0] === 0x2d ? 2 : 1;
  }
  return 0;
}
