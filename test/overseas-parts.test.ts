// The overseas endpoint's parts: cutting, choosing a plan, and the same answers over TLS.

import { request } from "node:https";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { startOverseas } from "../src/io/overseas/overseas.ts";
import { piecesOf } from "../src/io/overseas/pieces.ts";
import { MODELS, planOf } from "../src/io/overseas/plan.ts";

describe("pieces", () => {
  test("joined they are the text, none is empty, no character is cut in two", () => {
    const cuts = fc.oneof(fc.constant("words" as const), fc.constant("chars" as const), fc.record({ seed: fc.nat() }));
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("张", " ", "a", "🙂", "\n") }),
    );
    fc.assert(
      fc.property(texts, cuts, (text, cut) => {
        const pieces = [...piecesOf(text, cut)];
        expect(pieces.join("")).toBe(text);
        expect(pieces).not.toContain("");
        expect(pieces.flatMap((piece) => [...piece])).toEqual([...text]);
        expect([...piecesOf(text, cut)]).toEqual(pieces);
      }),
    );
  });

  test("every listed model has its plan; object's own names are ordinary models", () => {
    for (const model of MODELS) expect(planOf(model).status).not.toBe(404);
    for (const model of ["constructor", "__proto__", "toString"]) expect(planOf(model)).toEqual(planOf("echo"));
    expect(planOf("leak-constructor").status).toBe(404);
  });
});

describe("TLS", () => {
  // Made for this test alone (P-256, 127.0.0.1, a hundred years): it protects nothing.
  const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg5Z/yv6gnVkfpKMdg
LNkdBOrJi8xwOKO2Zlaw9mP+mBWhRANCAASgjDeizbEOaRUcHqb/ZPIW4LnWmVTj
B1NhqfIoLUEsvLFzyOZT+FhOQ4KGCYSDX4AKI7OpsbuAoz4ngrxZprhl
-----END PRIVATE KEY-----`;
  const cert = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUZcj8Rr0kc9YcJfssl3KfueM3810wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjAwMjY0NVoYDzIxMjYxMDI5
MDAyNjQ1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASgjDeizbEOaRUcHqb/ZPIW4LnWmVTjB1NhqfIoLUEsvLFzyOZT+FhO
Q4KGCYSDX4AKI7OpsbuAoz4ngrxZprhlo28wbTAdBgNVHQ4EFgQUk4nD9JbWePS9
y7O85fURVLrosAMwHwYDVR0jBBgwFoAUk4nD9JbWePS9y7O85fURVLrosAMwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDSQAwRgIhAKoQtU7WBaVcx0WUQZxvi2rJSWOIWnGS1AmMvYtAHW3WAiEA
sn9XWIXQIBd4izMCbYdUWw0Zn0PenDzoa4ID0obTk1g=
-----END CERTIFICATE-----`;

  test.each([
    ["echo", "whole"],
    ["reset", "cut"],
    ["truncate", "cut"],
  ])("%s over TLS ends %s", async (model, ending) => {
    const overseas = await startOverseas({ tls: { key, cert } });
    expect(overseas.url).toBe(`https://127.0.0.1:${overseas.port}`);
    const body = JSON.stringify({ model, stream: true, messages: [{ role: "user", content: "一 二 三 四" }] });
    const ended = await new Promise<string>((resolve) => {
      const sent = request(`${overseas.url}/v1/chat/completions`, { method: "POST", ca: cert }, (response) => {
        expect(response.statusCode).toBe(200);
        response.resume();
        response.on("error", () => {});
        response.on("close", () => resolve(response.complete ? "whole" : "cut"));
      });
      sent.on("error", (error) => resolve(error.message));
      sent.end(body);
    });
    expect(ended).toBe(ending);
    await overseas.close();
  });
});
