// How people sign in with the company's own identity provider. Law: a setting that is not understood stops the start;
// the secret is read by reference, and stands in no other place.

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { ConfigError } from "../../config.ts";
import { ROLES } from "../identity.ts";

const claim = z.string().min(1).max(64);

const file = z.strictObject({
  issuer: z.url(),
  clientId: z.string().min(1),
  /** Beside this file, or absolute. Absent: a public client, by PKCE alone. */
  clientSecretFile: z.string().min(1).optional(),
  /** As the provider knows it: …/v1/login/callback of this plane. */
  redirectUri: z.url(),
  scope: z.string().default("openid profile"),
  /** Whose value is the identity's id: the same as in `yumen identity`, for one person has one. */
  idClaim: claim.default("sub"),
  rolesClaim: claim.default("groups"),
  /** From a value of the roles' claim to roles here. A person without any is refused. */
  roles: z.record(z.string().min(1), z.array(z.enum(ROLES)).min(1)),
  requireMfa: z.boolean().default(true),
  /**
   * One of them in `amr` (RFC 8176), or `acr`, says that a second factor was used. The method alone does not: `otp`,
   * `hwk`, `swk` and `sc` may have been the only one.
   */
  amr: z.array(z.string()).default(["mfa"]),
  acr: z.array(z.string()).default([]),
  sessionHours: z.int().min(1).max(24).default(8),
});

export interface OidcConfig extends Omit<z.infer<typeof file>, "clientSecretFile"> {
  readonly clientSecret: string | null;
}

/** @throws ConfigError */
export function readOidc(path: string): OidcConfig {
  try {
    const { clientSecretFile, ...rest } = file.parse(JSON.parse(readFileSync(path, "utf8")));
    const secret =
      clientSecretFile === undefined ? null : readFileSync(resolve(dirname(path), clientSecretFile), "utf8");
    if (!isSafe(rest.issuer)) throw new TypeError("issuer must be https, or on this machine");
    return { ...rest, clientSecret: secret?.trim() ?? null };
  } catch (error) {
    const why = error instanceof z.ZodError ? error.issues.map(({ path: at }) => at.join(".")).join(", ") : "";
    throw new ConfigError({
      zh: `--oidc：${path} 读不了或不合格式${why === "" ? "" : `（${why}）`}`,
      en: `--oidc: ${path} cannot be read or is malformed${why === "" ? "" : ` (${why})`}`,
    });
  }
}

export function isOnThisMachine({ hostname }: URL): boolean {
  return /^(?:127(?:\.\d+){3}|\[::1\]|localhost)$/.test(hostname);
}

function isSafe(issuer: string): boolean {
  const url = new URL(issuer);
  return url.protocol === "https:" || isOnThisMachine(url);
}
