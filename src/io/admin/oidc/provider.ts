// The identity provider, by OpenID Connect: the code flow with PKCE. Law: an ID token is taken only with a right
// signature, issuer, audience, nonce and time; a way without TLS only on this machine.

import type { Configuration } from "openid-client";
import { Problem } from "../problem.ts";
import { isOnThisMachine, type OidcConfig } from "./config.ts";

/** What is remembered between the two ends of a sign-in. */
export interface Asked {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Provider {
  /** Where the person goes. @throws Problem 502 */
  address(asked: Asked): Promise<string>;
  /** @param arrived the address that the person came back to. @returns claims. @throws Problem 403 or 502 */
  claims(arrived: URL, asked: Asked): Promise<Readonly<Record<string, unknown>>>;
}

const TIMEOUT_S = 10;

/** Loaded at the first sign-in: hardly any start needs it. */
export function createProvider(config: OidcConfig): Provider {
  let discovered: Promise<Configuration> | null = null;
  const discover = async (): Promise<Configuration> => {
    discovered ??= discovery(config).catch((error: unknown) => {
      discovered = null;
      throw error;
    });
    return discovered.catch(() => {
      throw new Problem(502, "provider_unreachable", "The identity provider cannot be reached; try again.");
    });
  };
  return {
    async address({ state, nonce, verifier }) {
      const client = await import("openid-client");
      const challenge = await client.calculatePKCECodeChallenge(verifier);
      const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
      const acr = config.acr.length === 0 ? {} : { acr_values: config.acr.join(" ") };
      const asking = { redirect_uri: config.redirectUri, scope: config.scope, state, nonce, ...pkce, ...acr };
      return client.buildAuthorizationUrl(await discover(), asking).href;
    },
    async claims(arrived, { state, nonce, verifier }) {
      const client = await import("openid-client");
      const provider = await discover();
      try {
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        };
        const tokens = await client.authorizationCodeGrant(provider, arrived, checks);
        return tokens.claims() ?? {};
      } catch {
        // its message may quote what was sent
        throw new Problem(403, "sign_in_refused", "The identity provider's answer does not hold.");
      }
    },
  };
}

async function discovery(config: OidcConfig): Promise<Configuration> {
  const client = await import("openid-client");
  const issuer = new URL(config.issuer);
  const insecure = issuer.protocol === "http:" && isOnThisMachine(issuer) ? [client.allowInsecureRequests] : [];
  const secret = config.clientSecret;
  const authentication = secret === null ? client.None() : client.ClientSecretBasic(secret);
  // the signature is checked although the token comes straight from the provider
  const execute = [client.enableNonRepudiationChecks, ...insecure];
  return client.discovery(issuer, config.clientId, {}, authentication, { execute, timeout: TIMEOUT_S });
}
