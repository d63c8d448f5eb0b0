// From what the identity provider says of a person to who that is here. Law: what it does not say is not assumed: no
// second factor, no role, no usable name, no entry.

import type { Identity, Role } from "../identity.ts";
import { Problem } from "../problem.ts";
import { id } from "../schema.ts";
import type { OidcConfig } from "./config.ts";

/** @param claims of a verified ID token. @throws Problem 403 */
export function identityFrom(claims: Readonly<Record<string, unknown>>, config: OidcConfig): Identity {
  if (config.requireMfa && !hasSecondFactor(claims, config)) {
    throw new Problem(403, "mfa_required", "The identity provider does not say that a second factor was used.");
  }
  const named = id.safeParse(claims[config.idClaim]);
  if (!named.success) throw new Problem(403, "identity_unusable", "The claim of the identity's id is no id.");
  const roles = rolesFrom(claims[config.rolesClaim], config);
  if (roles.length === 0) throw new Problem(403, "role_insufficient", "No group of this person has a role here.");
  return { id: named.data, roles, issuer: config.issuer };
}

function hasSecondFactor({ amr, acr }: Readonly<Record<string, unknown>>, config: OidcConfig): boolean {
  return textsOf(amr).some((one) => config.amr.includes(one)) || (typeof acr === "string" && config.acr.includes(acr));
}

function rolesFrom(groups: unknown, { roles }: OidcConfig): readonly Role[] {
  const found = textsOf(groups).flatMap((group) => (Object.hasOwn(roles, group) ? roles[group]! : []));
  return [...new Set(found)];
}

/** One value stands alone with some providers. */
function textsOf(claim: unknown): readonly string[] {
  return (Array.isArray(claim) ? claim : [claim]).filter((one) => typeof one === "string");
}
