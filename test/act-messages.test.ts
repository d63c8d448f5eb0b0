// What a caller reads when it is blocked, word for word, in both languages and four dialects. Golden files:
// `npx vitest run test/act-messages.test.ts -u` writes them anew; read the difference before you keep it.

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { CATALOGUE } from "../src/act/messages/all.ts";
import { MESSAGE_UNITS_MAX, refuse, refuseCode } from "../src/act/refuse.ts";
import { PROVIDERS } from "../src/decode/providers/all.ts";
import type { CrossingId, Language, Reason, Refusal } from "../src/words.ts";

const GOLDEN = new URL("golden/messages/", import.meta.url);
const DIALECTS = ["openai-chat", "anthropic-messages", "gemini", "bedrock"] as const;
const decision = "dec_01JD7QK4W2M6X8R3T5V7Y9ZABC" as CrossingId;
const destination = "openai-us";

function because(code: string, more: Partial<Reason> = {}): Reason {
  return { code, article: CATALOGUE[code]!.article, ...more };
}

const AT = { path: "/messages/3/content", type: "cn-mobile" };
const ID_AT = { path: "/messages/3/content", type: "cn-id" };

/** By name of the file: the reasons, and cures that decide adds to those of the catalogue. */
const BLOCKS: Readonly<Record<string, readonly [readonly Reason[], (readonly string[])?]>> = {
  "consent-of-one": [[because("CONSENT_MISSING", { ...AT, about: "customer-service" })]],
  "consent-withdrawn-and-mechanism": [
    [because("MECH_EXPIRED", { about: "SCC-2023-017" }), because("CONSENT_WITHDRAWN", AT)],
  ],
  "no-mechanism-but-e7-without-the-field": [[because("NO_MECHANISM")], ["remove_field"]],
  "category-outside-the-contract": [[because("SCOPE_CATEGORY", { ...ID_AT, about: "SCC-2026-001" })]],
  "one-amendment-for-three": [
    [
      because("SCOPE_RECIPIENT", { about: "SCC-2026-001" }),
      because("SCOPE_PURPOSE", { about: "SCC-2026-001" }),
      because("SCOPE_VOLUME", { about: "SCC-2026-001" }),
    ],
  ],
  "either-of-two-mechanisms": [
    [because("MECH_SUSPENDED", { about: "CERT-7" }), because("SC_FILING_OVERDUE", { about: "SCC-2026-001" })],
  ],
  "five-conditions": [
    [
      because("NO_MECHANISM"),
      because("CONSENT_MISSING", { ...AT, about: "customer-service" }),
      because("NOTICE_INCOMPLETE"),
      because("PIPIA_MISSING"),
      because("NO_RULE_MATCHED"),
    ],
  ],
  "a-child": [[because("GUARDIAN_CONSENT_MISSING", { path: "/messages/0/content", type: "person" })]],
  "not-necessary": [[because("NOT_NECESSARY", { ...ID_AT, about: "translation" })]],
  prohibited: [[because("PROHIBITED_X1"), because("CONSENT_MISSING", AT)]],
  "restricted-recipient": [[because("PROHIBITED_X2")]],
  credential: [[because("CREDENTIAL_FOUND", { path: "/messages/0/content", type: "secret" })]],
  "in-the-query": [[because("PI_IN_HEAD", { path: "phone", type: "cn-mobile" })]],
  picture: [[because("OPAQUE_IMAGE", { path: "/messages/0/content/1/image_url/url", about: "image/png" })]],
  policy: [[because("POLICY_FORBIDS", { about: "no-health-data" })]],
};
const FAILURES: Readonly<Record<string, readonly [code: string, detail: string]>> = {
  "ambiguous-json": ["json_ambiguous", "duplicate member at byte 12"],
  "ledger-down": ["ledger_unavailable", ""],
  "no-answer": ["upstream_timeout", ""],
};

function inDialects(refusal: Refusal): object {
  expect(refusal.message.length).toBeLessThanOrEqual(MESSAGE_UNITS_MAX);
  const told = DIALECTS.map((id) => [id, JSON.parse(PROVIDERS.get(id)!.refusal(refusal)) as object]);
  return { message: refusal.message, status: refusal.status, ...Object.fromEntries(told) };
}

async function compare(name: string, refusalIn: (language: Language) => Refusal): Promise<void> {
  const both = { zh: inDialects(refusalIn("zh")), en: inDialects(refusalIn("en")) };
  await expect(`${JSON.stringify(both, null, 2)}\n`).toMatchFileSnapshot(new URL(`${name}.json`, GOLDEN).pathname);
}

test("a golden file for each, and no other", () => {
  const names = [...Object.keys(BLOCKS), ...Object.keys(FAILURES)].map((name) => `${name}.json`);
  expect(readdirSync(GOLDEN).sort()).toEqual(names.sort());
});

test.each(Object.entries(BLOCKS))("a block: %s", async (name, [reasons, more = []]) => {
  const cures = [...new Set([...reasons.flatMap(({ code }) => CATALOGUE[code]!.cures), ...more])];
  await compare(name, (language) => refuse({ decision, language, reasons, cures, destination }));
});

test.each(Object.entries(FAILURES))("a failure: %s", async (name, [code, detail]) => {
  await compare(name, (language) => refuseCode({ decision, language, code, detail }));
});

test("the message reaches the caller whole in every dialect, with the decision", () => {
  const [reasons] = BLOCKS["consent-of-one"]!;
  const refusal = refuse({ decision, language: "zh", reasons, cures: [], destination });
  for (const [id, provider] of PROVIDERS) {
    const body = provider.refusal(refusal);
    expect(body.includes(JSON.stringify(refusal.message).slice(1, -1)), id).toBe(true);
  }
});
