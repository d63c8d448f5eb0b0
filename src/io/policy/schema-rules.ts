// The operator's own rules. Law of this file: members of a match are AND, a list inside one is OR; `any` and `not` say
// so out loud. `match: {}` means always.

import * as z from "zod";
import * as f from "./fields.ts";
import { OPERATIONS } from "./schema-parties.ts";

const people = z
  .strictObject({ min: f.count.exactOptional(), max: f.count.exactOptional() })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    params: { text: { zh: "min 不能大于 max", en: "min must not be above max" } },
  });

const leaf = {
  exporter: f.someOf(f.id).exactOptional(),
  destination: f.someOf(f.id).exactOptional(),
  recipient: f.someOf(f.id).exactOptional(),
  country: f.someOf(f.country).exactOptional(),
  purpose: f.someOf(f.id).exactOptional(),
  operation: f.someOf(z.enum(OPERATIONS)).exactOptional(),
  provider: f.someOf(f.id).exactOptional(),
  caller: f.someOf(f.id).exactOptional(),
  model: f.someOf(f.pattern).exactOptional(),
  piAny: f.someOf(f.id).exactOptional(),
  pi: z.boolean().exactOptional(),
  sensitive: z.boolean().exactOptional(),
  minor: z.boolean().exactOptional(),
  declared: z.boolean().exactOptional(),
  people: people.exactOptional(),
} as const;

/** Nested this deep and no deeper: what a person can read. */
const innermost = z.strictObject(leaf);
const inner = z.strictObject({
  ...leaf,
  any: z.array(innermost).min(1).exactOptional(),
  not: innermost.exactOptional(),
});

const match = z.strictObject({ ...leaf, any: z.array(inner).min(1).exactOptional(), not: inner.exactOptional() });

export const rule = z
  .strictObject({
    id: f.id,
    why: f.localised,
    action: z.enum(["forward", "pseudonymize", "redact", "block"]),
    match,
    when: f.filled.exactOptional(),
    proof: f.id.exactOptional(),
  })
  .refine((r) => r.proof === undefined || r.action === "pseudonymize" || r.action === "redact", {
    path: ["proof"],
    params: {
      text: {
        zh: "proof 只用于 pseudonymize 或 redact：它证明处理之后的内容不再涉及任何人",
        en: "a proof goes with pseudonymize or redact: it shows that what is left is about nobody",
      },
    },
  });
