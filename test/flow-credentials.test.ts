// What is read of the header that carries the destination's own credential: a token may leave there, a person may not.

import { expect, test } from "vitest";
import { findInText } from "../src/find/find.ts";
import { credentialTexts } from "../src/flow/headers.ts";
import { isBodySigned } from "../src/flow/signed.ts";
import type { Destination } from "../src/words.ts";

const DESTINATION = {
  headers: ["content-digest", "x-amz-content-sha256", "content-md5", "signature-input"],
  credentials: { mode: "passthrough", headers: ["authorization", "x-api-key"], inject: new Map() },
} as unknown as Destination;

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const token = (claims: object) =>
  ["{}", JSON.stringify(claims)].map((part) => Buffer.from(part.padEnd(12)).toString("base64url")).join(".") + ".c2ln";
const jwt = (claims: object) =>
  `${[{ alg: "HS256" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.c2ln`;

const found = (name: string, value: string) => {
  const texts = credentialTexts([name, value], DESTINATION);
  return texts.flatMap((text, i) =>
    i % 2 === 0
      ? []
      : findInText(text, "strict", texts[i - 1]).map(({ type, original }) => `${type} ${original.reveal()}`),
  );
};

test.each([
  ["the user of Basic", "authorization", basic("13712345679:pass"), "cn-mobile 13712345679"],
  ["an identity number as the user", "authorization", basic("11010519491231002X:pass"), "cn-id 11010519491231002X"],
  ["a mailbox as the user", "authorization", basic("ouyang1@corp-mail.cn:pass"), "email ouyang1@corp-mail.cn"],
  ["the password of Basic", "authorization", basic("user:13712345679"), "cn-mobile 13712345679"],
  ["Basic without a colon", "authorization", basic("13712345679"), "cn-mobile 13712345679"],
  ["a mobile number as a key", "x-api-key", "13712345679", "cn-mobile 13712345679"],
  ["an identity number as a key", "x-api-key", "11010519491231002X", "cn-id 11010519491231002X"],
  ["a claim", "authorization", `Bearer ${jwt({ sub: "13712345679" })}`, "cn-mobile 13712345679"],
  ["a claim without Bearer", "x-api-key", jwt({ iat: 1, email: "ouyang1@corp-mail.cn" }), "email ouyang1@corp-mail.cn"],
])("%s is read", (_, name, value, says) => {
  expect(found(name, value)).toContain(says);
});

test.each([
  ["a key", "authorization", "Bearer sk-proj-Zx81mNq7Lr5Tk3Wb9Yc2Vd6Hf4Jg0Pa1Se8Ru"],
  ["a password", "authorization", basic("service:gQ7xPz2mTb9")],
  ["claims about nobody", "authorization", `Bearer ${jwt({ sub: "svc-7", iat: 1_790_000_000, scope: "chat" })}`],
  ["what only looks like a token", "authorization", `Bearer ${token({})}`],
])("%s is a secret or nothing", (_, name, value) => {
  for (const one of found(name, value)) expect(one).toMatch(/^secret /);
});

test("an injected credential is the gate's own: nothing of the caller's leaves there", () => {
  const credentials = { mode: "inject", headers: ["authorization"], inject: new Map() };
  const injecting = { ...DESTINATION, credentials } as unknown as Destination;
  expect(credentialTexts(["authorization", basic("13712345679:x")], injecting)).toEqual([]);
});

test.each<[string, string[], boolean]>([
  ["Amazon's", ["authorization", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00"], true],
  [
    "Amazon's, asymmetric",
    ["authorization", "AWS4-ECDSA-P256-SHA256 Credential=a/b, SignedHeaders=host, Signature=00"],
    true,
  ],
  ["Tencent's", ["authorization", "TC3-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=00"], true],
  ["Alibaba's", ["authorization", "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=00"], true],
  ["Volcengine's", ["authorization", "HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=00"], true],
  ["Google's", ["authorization", "GOOG4-RSA-SHA256 Credential=a, SignedHeaders=host, Signature=00"], true],
  ["a digest", ["content-digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"], true],
  ["a message signature", ["signature-input", 'sig1=("@method");created=1'], true],
  ["a digest that policy does not let leave", ["digest", "sha-256=x"], false],
  [
    "no payload signed",
    ["x-amz-content-sha256", "UNSIGNED-PAYLOAD", "authorization", "AWS4-HMAC-SHA256 Signature=00"],
    false,
  ],
  ["a bearer key", ["authorization", "Bearer Signature=x"], false],
  ["Basic", ["authorization", basic("a:b")], false],
  ["nothing", [], false],
])("a signature over the body: %s", (_, headers, signed) => {
  expect(isBodySigned(headers, DESTINATION)).toBe(signed);
});
