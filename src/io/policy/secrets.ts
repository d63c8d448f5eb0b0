// Secrets of the policy.
// Law of this file: a secret is named by reference, read once at load, and prints as "[original]".

import { resolve } from "node:path";
import { hold } from "../../decode/original.ts";
import type { Original } from "../../words.ts";
import type { Text } from "./problem.ts";
import { readRegular } from "./regular-file.ts";

/** No header is longer. */
const SECRET_BYTES_MAX = 16 * 1024;

const REFERENCE = /^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:[^\s].*)$/;

/** `env:NAME` or `file:PATH` (relative to the policy folder). */
export function isReference(text: string): boolean {
  return REFERENCE.test(text);
}

export type SecretRead = { readonly ok: true; readonly secret: Original } | { readonly ok: false; readonly why: Text };

/**
 * Reads what a reference names. A file's last line break is not part of it. A secret that is empty or could not
 * stand in a header (RFC 9110 §5.5: visible ASCII and inner blanks) is refused here rather than at the first crossing.
 */
export async function readSecret(
  reference: string,
  world: { readonly env: Readonly<Record<string, string | undefined>>; readonly dir: string; readonly prefix: string },
): Promise<SecretRead> {
  const text = reference.startsWith("env:")
    ? world.env[reference.slice(4)]
    : (await readRegular(resolve(world.dir, reference.slice(5)), SECRET_BYTES_MAX))?.toString("utf8");
  if (text === undefined) return refuse("没有设置，或读不到", "is not set or cannot be read");
  const secret = text.replace(/\r?\n$/, "");
  if (secret === "") return refuse("是空的", "is empty");
  if (!/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(secret))
    return refuse("含有不能放进 HTTP 头的字符", "holds characters that no HTTP header may hold");
  return { ok: true, secret: hold(world.prefix + secret) };
}

function refuse(zh: string, en: string): SecretRead {
  return { ok: false, why: { zh, en } };
}
