// To sign in with the company's identity provider. Law: these routes want no token, and give one to nobody who has not
// begun the sign-in and read its code.

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Guards } from "./guard.ts";
import { identityOf, ROLES } from "./identity.ts";
import type { Logins } from "./oidc/logins.ts";
import { Problem, parseBody } from "./problem.ts";
import type { AdminWorld, Routes } from "./world.ts";

const redeemBody = z.strictObject({
  login: z.string().max(64),
  secret: z.string().max(64),
  /** As the page at the end of the sign-in shows it. */
  code: z.string().max(32),
});

const CALLBACK = "/v1/login/callback";

export const login: Routes = {
  operations: [
    { path: "/v1/login", method: "post", summary: "Begin a sign-in; answers where to go", body: null },
    { path: CALLBACK, method: "get", summary: "Where the identity provider sends people back", body: null },
    { path: "/v1/login/redeem", method: "post", summary: "The session of a sign-in, by its code", body: redeemBody },
    { path: "/v1/logout", method: "post", summary: "End the session that asks", body: null },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards) {
    app.post("/v1/login", async ({ ip }, reply) => reply.code(201).send(await loginsOf(world).begin(ip)));
    app.get(CALLBACK, async (request, reply) => {
      const code = await loginsOf(world).arrived(request.url);
      const text = `登录成功。回到命令行，输入这个代码：\nSigned in. Go back to the command line and enter this code:\n\n  ${code}\n`;
      return reply.type("text/plain; charset=utf-8").send(text);
    });
    app.post("/v1/login/redeem", async (request) => {
      const { login: name, secret, code } = parseBody(redeemBody, request.body);
      const { identity, token, expiresAt } = loginsOf(world).redeem(name, secret, code);
      await world.note("identity", { id: identity.id, action: "login", by: identity.id, roles: [...identity.roles] });
      return { identity: { id: identity.id, roles: identity.roles }, token, expiresAt };
    });
    app.post("/v1/logout", { preHandler: guards(...ROLES) }, async (request) => {
      const { id } = identityOf(request);
      world.logins?.end(/^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "");
      await world.note("identity", { id, action: "logout", by: id });
      return { id };
    });
  },
};

function loginsOf({ logins }: AdminWorld): Logins {
  if (logins !== undefined) return logins;
  throw new Problem(404, "sign_in_unknown", "This gate has no identity provider: yumen start --oidc.");
}
