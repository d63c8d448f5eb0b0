// Who answers for a model or a region.

import { expect, test } from "vitest";
import { PROVIDERS } from "../src/decode/providers/all.ts";
import { recipientOf } from "../src/flow/recipient.ts";
import type { RecipientBy } from "../src/words.ts";
import { destination } from "./serve-world.ts";

const BY: readonly RecipientBy[] = [
  { models: ["claude-*"], regions: null, recipient: "anthropic" },
  { models: null, regions: ["europe-*"], recipient: "google-eu" },
  { models: ["gemini-*"], regions: ["us-*"], recipient: "google-us" },
];
const vertex = PROVIDERS.get("vertex")!;
const below = (region: string) =>
  `/v1/projects/p/locations/${region}/publishers/google/models/gemini-3-pro:generateContent`;

function answers(model: string | null, path: string, recipientsBy: readonly RecipientBy[] | null = BY) {
  const way = destination("d", "https://x.invalid", { recipient: "google", ...(recipientsBy && { recipientsBy }) });
  return recipientOf(way, model, { destination: way, provider: vertex, operation: "inference", path });
}

test.each<[string, string | null, string, string | undefined]>([
  ["nothing matches: the destination's own", "gemini-3-pro", below("asia-east1"), "google"],
  ["by model", "claude-5", below("asia-east1"), "anthropic"],
  ["by region", "gemini-3-pro", below("europe-west4"), "google-eu"],
  ["by both", "gemini-3-pro", below("us-central1"), "google-us"],
  ["both must hold", "gemma", below("us-central1"), "google"],
  ["two could answer: nobody does", "claude-5", below("europe-west4"), undefined],
  ["no model is named", null, below("asia-east1"), "google"],
])("%s", (_, model, path, expected) => expect(answers(model, path)).toBe(expected));

test("two lines that name one entity are no doubt", () => {
  const twice = [...BY, { models: ["claude-5*"], regions: null, recipient: "anthropic" }];
  expect(answers("claude-5", below("asia-east1"), twice)).toBe("anthropic");
});
test("a destination without a table has its recipient", () => {
  expect(answers("claude-5", below("europe-west4"), null)).toBe("google");
});
