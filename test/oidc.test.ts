// Sign-in with an identity provider: a real one from npm, and one of our own that lies.

import { createHash, createSign, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { identityFrom } from "../src/io/admin/oidc/claims.ts";
import { type OidcConfig, readOidc } from "../src/io/admin/oidc/config.ts";
import { createLogins } from "../src/io/admin/oidc/logins.ts";
import { ConfigError } from "../src/io/config.ts";
import { openPlane, type Plane } from "./plane.ts";

const clock = { nowMs: () => Date.now() };
const CALLBACK = "http://127.0.0.1:8790/v1/login/callback";

function configOf(issuer: string, change: Partial<OidcConfig> = {}): OidcConfig {
  return {
    ...{ issuer, clientId: "yumen", clientSecret: "s3cret-s3cret-s3cret-s3cret-s3cret", redirectUri: CALLBACK },
    ...{ scope: "openid profile", idClaim: "sub", rolesClaim: "groups", sessionHours: 8 },
    roles: { "gate-approvers": ["approver"], "gate-operators": ["operator", "reviewer"] },
    ...{ requireMfa: true, amr: ["mfa", "otp"], acr: [] },
    ...change,
  };
}

describe("a provider that lies", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  let server: Server;
  let issuer: string;
  /** What the next ID token says; null: as it should be. */
  let lie: { header?: object; claims?: object; signed?: "wrong" | "none" } = {};
  let nonce = "";
  let challenge = "";

  beforeAll(async () => {
    server = createServer((request, response) => {
      const json = (body: object) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
      const { pathname } = new URL(request.url!, "http://x");
      if (pathname === "/.well-known/openid-configuration")
        return json({
          ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
          ...{ jwks_uri: `${issuer}/jwks`, response_types_supported: ["code"], subject_types_supported: ["public"] },
          id_token_signing_alg_values_supported: ["RS256"],
        });
      if (pathname === "/jwks")
        return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }] });
      let sent = "";
      request.on("data", (chunk) => {
        sent += chunk;
      });
      request.on("end", () => {
        const verifier = new URLSearchParams(sent).get("code_verifier") ?? "";
        if (createHash("sha256").update(verifier).digest("base64url") !== challenge)
          return void response.writeHead(400).end("{}");
        json({ access_token: "a", token_type: "bearer", id_token: idToken() });
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  function idToken(): string {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, aud: "yumen", sub: "anna", iat: now, exp: now + 300, nonce };
    const claims = { ...right, groups: ["gate-approvers"], amr: ["pwd", "mfa"], ...lie.claims };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${part({ alg: "RS256", kid: "k", ...lie.header })}.${part(claims)}`;
    if (lie.signed === "none") return `${text}.`;
    const key = lie.signed === "wrong" ? other.privateKey : privateKey;
    return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
  }

  async function signedIn(change: Partial<OidcConfig> = {}) {
    const logins = createLogins(configOf(issuer, change), clock);
    const begun = await logins.begin();
    const asked = new URL(begun.url).searchParams;
    [nonce, challenge] = [asked.get("nonce")!, asked.get("code_challenge")!];
    const code = await logins.arrived(`/v1/login/callback?code=c&state=${asked.get("state")}`);
    return { logins, begun, code };
  }

  test("that tells the truth lets a person in, with the roles of the groups, by secret and code", async () => {
    lie = {};
    const { logins, begun, code } = await signedIn();
    const { identity, token } = logins.redeem(begun.login, begun.secret, code.toLowerCase());
    expect(identity).toEqual({ id: "anna", roles: ["approver"], issuer });
    expect(logins.book.identityOf(token)).toEqual(identity);
    expect(logins.book.identityOf(`${token}x`)).toBeNull();
    expect(() => logins.redeem(begun.login, begun.secret, code)).toThrow(/No such sign-in/);
    logins.end(token);
    expect(logins.book.identityOf(token)).toBeNull();
  });

  const past = Math.floor(Date.now() / 1000) - 3_600;
  test.each<[string, typeof lie, RegExp]>([
    ["an expired token", { claims: { iat: past - 60, exp: past } }, /does not hold/],
    ["another audience", { claims: { aud: "somebody-else" } }, /does not hold/],
    ["another issuer", { claims: { iss: "https://evil.example" } }, /does not hold/],
    ["another nonce", { claims: { nonce: "replayed" } }, /does not hold/],
    ["alg none", { header: { alg: "none" }, signed: "none" }, /does not hold/],
    ["alg none, signed all the same", { header: { alg: "none" } }, /does not hold/],
    ["an algorithm by the client's secret", { header: { alg: "HS256" } }, /does not hold/],
    ["another's signature", { signed: "wrong" }, /does not hold/],
    ["one factor alone", { claims: { amr: ["pwd"] } }, /second factor/],
    ["no word on factors", { claims: { amr: undefined } }, /second factor/],
    ["groups without a role", { claims: { groups: ["sales"] } }, /No group/],
    ["no groups", { claims: { groups: undefined } }, /No group/],
    ["a group named like what every object has", { claims: { groups: ["constructor", "__proto__"] } }, /No group/],
    ["a name that is none", { claims: { sub: "anna@example.com" } }, /is no id/],
  ])("%s is refused", async (_what, told, says) => {
    lie = told;
    await expect(signedIn()).rejects.toThrow(says);
  });

  test("where no second factor is asked for, one is enough; where acr says it, amr need not", async () => {
    lie = { claims: { amr: ["pwd"] } };
    expect((await signedIn({ requireMfa: false })).code).toMatch(/^\w{5}-\w{5}$/);
    lie = { claims: { amr: undefined, acr: "phr" } };
    expect((await signedIn({ acr: ["phr"] })).code).toMatch(/^\w{5}-\w{5}$/);
  });

  test("a code alone, or a secret alone, opens nothing; five wrong codes end it; a state is used once", async () => {
    lie = {};
    const { logins, begun, code } = await signedIn();
    const state = new URL(begun.url).searchParams.get("state");
    await expect(logins.arrived(`/v1/login/callback?code=c&state=${state}`)).rejects.toThrow();
    await expect(logins.arrived("/v1/login/callback?code=c&state=x")).rejects.toThrow();
    expect(() => logins.redeem(begun.login, "wrong", code)).toThrow();
    for (let i = 0; i < 5; i++) expect(() => logins.redeem(begun.login, begun.secret, "AAAAA-AAAAA")).toThrow();
    expect(() => logins.redeem(begun.login, begun.secret, code)).toThrow();
  });

  test("a session ends by its time", async () => {
    lie = {};
    const now = { ms: Date.now() };
    const logins = createLogins(configOf(issuer), { nowMs: () => now.ms });
    const begun = await logins.begin();
    const asked = new URL(begun.url).searchParams;
    [nonce, challenge] = [asked.get("nonce")!, asked.get("code_challenge")!];
    const code = await logins.arrived(`/v1/login/callback?code=c&state=${asked.get("state")}`);
    const { token } = logins.redeem(begun.login, begun.secret, code);
    now.ms += 8 * 3_600_000 - 1;
    expect(logins.book.identityOf(token)?.id).toBe("anna");
    now.ms += 1;
    expect(logins.book.identityOf(token)).toBeNull();
  });

  test("on the plane: a person with a token and a session is one person, and one who is disabled is nobody", async () => {
    lie = {};
    const logins = createLogins(configOf(issuer), clock);
    const plane: Plane = await openPlane({ anna: ["operator", "approver"] }, { logins });
    const begun = (await plane.call(null, "POST", "/v1/login")).json;
    const asked = new URL(begun.url).searchParams;
    [nonce, challenge] = [asked.get("nonce")!, asked.get("code_challenge")!];
    const back = await fetch(`${plane.base}/v1/login/callback?code=c&state=${asked.get("state")}`);
    const [code] = /\w{5}-\w{5}/.exec(await back.text())!;
    const redeemed = await plane.call(null, "POST", "/v1/login/redeem", {
      login: begun.login,
      secret: begun.secret,
      code,
    });
    const { token } = redeemed.json;
    expect(plane.entries.at(-1)).toMatchObject({ kind: "identity", action: "login", id: "anna", roles: ["approver"] });
    const hold = (await plane.call("anna", "POST", "/v1/suspend", { of: "all", reason: "drill" })).json;
    const sent = { action: "resume", body: { hold: hold.id, reason: "over" } };
    const { json } = await plane.call("anna", "POST", "/v1/proposals", sent);
    const approve = (who: string) =>
      plane.call(who, "POST", `/v1/proposals/${json.id}/approve`, { digest: json.digest });
    expect((await approve(token)).json.code).toBe("second_person_needed");
    expect((await plane.call(token, "GET", "/v1/holds")).status).toBe(200);
    await plane.call("admin", "POST", "/v1/identities/anna/disable");
    expect((await plane.call(token, "GET", "/v1/holds")).status).toBe(401);
    await plane.close();
  });
});

describe("sign-ins under way", () => {
  const now = { ms: Date.now() };
  const opened = (address: () => Promise<string> = async () => "x") => {
    const asked: string[] = [];
    const provider = {
      address: async ({ state }: { state: string }) => {
        asked.push(state);
        return address();
      },
      claims: async () => ({ sub: "anna", groups: ["gate-approvers"], amr: ["mfa"] }),
    };
    const logins = createLogins(configOf("https://id.example"), { nowMs: () => now.ms }, provider);
    const back = (n: number) => logins.arrived(`/v1/login/callback?code=c&state=${asked[n]}`);
    return { logins, back };
  };

  test("are so many and no more, however many begin at once", async () => {
    const { logins } = opened(() => new Promise((told) => setTimeout(told, 5, "x")));
    const begun = await Promise.allSettled(Array.from({ length: 300 }, () => logins.begin()));
    expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(100);
  });

  test("of one address do not shut out another's, and take the place of their own oldest", async () => {
    const { logins, back } = opened();
    await logins.begin("other");
    for (let i = 0; i < 150; i++) await logins.begin("flood");
    await logins.begin("third");
    for (let i = 0; i < 150; i++) await logins.begin("flood");
    await expect(back(0)).resolves.toMatch(/-/);
    await expect(back(151)).resolves.toMatch(/-/);
    await expect(back(1)).rejects.toThrow(/No such sign-in/);
    await expect(back(301)).resolves.toMatch(/-/);
  });

  test("whom somebody has come back to keep their place; where all have, one more is told to wait", async () => {
    const { logins, back } = opened();
    for (let i = 0; i < 100; i++) await logins.begin();
    for (let i = 0; i < 100; i++) await back(i);
    await expect(logins.begin()).rejects.toThrow(/Too many/);
    now.ms += 600_000;
    await expect(logins.begin()).resolves.toBeDefined();
  });

  test("that the provider could not take up hold no place", async () => {
    const provider = { isAway: true };
    const { logins, back } = opened(async () => {
      if (provider.isAway) throw new Error("away");
      return "x";
    });
    await Promise.allSettled(Array.from({ length: 100 }, () => logins.begin()));
    provider.isAway = false;
    await logins.begin();
    for (let i = 0; i < 99; i++) await logins.begin();
    await expect(back(100)).resolves.toMatch(/-/);
  });
});

/** Of oidc-provider what is used here: it comes without types. */
interface Real {
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
}
interface Context {
  readonly provider: {
    readonly Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> };
  };
  readonly client: { readonly clientId: string };
  readonly session: { readonly accountId: string };
}

describe("oidc-provider", () => {
  let server: Server;
  let issuer: string;
  let factors = ["pwd", "otp"];

  beforeAll(async () => {
    const name = "oidc-provider";
    const { Provider } = (await import(name)) as { Provider: new (issuer: string, options: object) => Real };
    let provider: Real | null = null;
    server = createServer((request, response) => {
      if (!request.url!.startsWith("/interaction/")) return provider!.callback()(request, response);
      // where a person would have typed a password and a one-time code
      void provider!.interactionFinished(request, response, { login: { accountId: "rita", amr: factors } });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = { client_id: "yumen", client_secret: configOf(issuer).clientSecret!, redirect_uris: [CALLBACK] };
    provider = new Provider(issuer, {
      clients: [{ ...client, grant_types: ["authorization_code"], response_types: ["code"] }],
      cookies: { keys: ["k"] },
      claims: { openid: ["sub", "groups", "amr"], profile: [] },
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, groups: ["gate-operators"] }),
      }),
      loadExistingGrant: async ({ oidc }: { oidc: Context }) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope("openid profile");
        await grant.save();
        return grant;
      },
    });
  });
  afterAll(() => void server.close());

  /** A browser: follows redirects, keeps cookies. @returns where it is sent back to. */
  async function browse(url: string): Promise<string> {
    const cookies = new Map<string, string>();
    let next = url;
    for (let steps = 0; steps < 12 && !next.startsWith(CALLBACK); steps++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(next, { redirect: "manual", headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
        cookies.set(name!, value!);
      }
      const location = response.headers.get("location");
      if (location === null) throw new Error(`${response.status} ${(await response.text()).slice(0, 200)}`);
      next = new URL(location, next).href;
    }
    return next;
  }

  test("signs a person in, once", async () => {
    const logins = createLogins(configOf(issuer), clock);
    const begun = await logins.begin();
    const back = new URL(await browse(begun.url));
    const code = await logins.arrived(back.pathname + back.search);
    const { identity } = logins.redeem(begun.login, begun.secret, code);
    expect(identity).toEqual({ id: "rita", roles: ["operator", "reviewer"], issuer });
  });

  test("refuses a person who has shown a password alone", async () => {
    factors = ["pwd"];
    const logins = createLogins(configOf(issuer), clock);
    const back = new URL(await browse((await logins.begin()).url));
    await expect(logins.arrived(back.pathname + back.search)).rejects.toThrow(/second factor/);
    factors = ["pwd", "otp"];
  });

  test("refuses a client with a wrong secret, and a code that was meant for another sign-in", async () => {
    const wrong = createLogins(configOf(issuer, { clientSecret: "another-secret-another-secret-another" }), clock);
    const first = await wrong.begin();
    const back = new URL(await browse(first.url));
    await expect(wrong.arrived(back.pathname + back.search)).rejects.toThrow(/does not hold/);
    const logins = createLogins(configOf(issuer), clock);
    const [mine, other] = [await logins.begin(), await logins.begin()];
    const stolen = new URL(await browse(mine.url));
    stolen.searchParams.set("state", new URL(other.url).searchParams.get("state")!);
    await expect(logins.arrived(stolen.pathname + stolen.search)).rejects.toThrow(/does not hold/);
  });
});

describe("its settings", () => {
  const folder = mkdtempSync(join(tmpdir(), "yumen-oidc-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const good = { issuer: "https://id.example", clientId: "yumen", redirectUri: CALLBACK, roles: { g: ["approver"] } };
  const read = (settings: object | string) => {
    const path = join(folder, "oidc.json");
    writeFileSync(path, typeof settings === "string" ? settings : JSON.stringify(settings));
    return readOidc(path);
  };

  test("the secret comes from a file beside them; a second factor is asked for unless told otherwise", () => {
    writeFileSync(join(folder, "secret"), "s3cret\n");
    expect(read({ ...good, clientSecretFile: "secret" })).toMatchObject({ clientSecret: "s3cret", requireMfa: true });
    expect(read(good).clientSecret).toBeNull();
  });

  test.each(["otp", "hwk", "swk", "sc"])("%s alone is no second factor unless the settings say so", (one) => {
    const claims = { sub: "rita", groups: ["g"], amr: [one] };
    expect(() => identityFrom(claims, read(good))).toThrow(/second factor/);
    expect(identityFrom({ ...claims, amr: [one, "mfa"] }, read(good)).id).toBe("rita");
    expect(identityFrom(claims, read({ ...good, amr: [one] })).id).toBe("rita");
  });

  test.each([
    ["an issuer without TLS on another machine", { ...good, issuer: "http://id.example" }],
    ["a member that is not known", { ...good, requireMFA: false }],
    ["a role that is none", { ...good, roles: { g: ["root"] } }],
    ["a secret that is not there", { ...good, clientSecretFile: "none" }],
    ["no JSON", "{"],
  ])("%s stops the start", (_what, settings) => {
    expect(() => read(settings)).toThrow(ConfigError);
  });

  test("a provider that is away is an error of its own, and asked again", async () => {
    const logins = createLogins(configOf("http://127.0.0.1:9"), clock);
    await expect(logins.begin()).rejects.toMatchObject({ status: 502 });
  });

  test("claims that are no lists are read as one value, and numbers are nothing", () => {
    const config = configOf("https://id.example");
    expect(identityFrom({ sub: "a", groups: "gate-approvers", amr: "mfa" }, config).roles).toEqual(["approver"]);
    expect(() => identityFrom({ sub: 7, groups: ["gate-approvers"], amr: ["mfa"] }, config)).toThrow(/is no id/);
  });
});
