// Who takes part: exporters, recipients, destinations, callers.
// Law of this file: what is left out gets the strict default.

import * as z from "zod";
import * as f from "./fields.ts";

export const OPERATIONS = [
  "inference",
  "embedding",
  "storage",
  "batch",
  "training",
  "evaluation",
  "admin",
  "unknown",
] as const;

/** `ciio` unknown counts as yes (law.md S1). */
export const exporter = z.strictObject({
  id: f.id,
  name: f.filled,
  role: z.enum(["handler", "entrusted_processor"]).default("handler"),
  handler: f.id.exactOptional(),
  ciio: z.literal([true, false, "unknown"]).default("unknown"),
  stateOrgan: z.boolean().default(false),
  authorisedByHandler: z.boolean().default(true),
});

export const recipient = z.strictObject({
  id: f.id,
  name: f.filled,
  country: f.country,
  contact: f.filled,
  restricted: z.boolean().default(false),
  onwardTo: f.listOf(f.filled).default([]),
});

const injected = z.preprocess(
  (v) => (typeof v === "string" ? { secret: v } : v),
  z.strictObject({ secret: f.secretReference, prefix: z.string().default("") }),
);

/** Header names that SDKs put a provider's key in. */
const CREDENTIAL_HEADERS = ["authorization", "x-api-key", "api-key", "x-goog-api-key"];

const credentials = z
  .strictObject({
    mode: z.enum(["passthrough", "inject"]).default("passthrough"),
    headers: f.listOf(f.headerName).default(CREDENTIAL_HEADERS),
    inject: z.record(f.headerName, injected).default({}),
  })
  .refine((c) => (c.mode === "inject") === Object.keys(c.inject).length > 0, {
    path: ["mode"],
    params: {
      text: {
        zh: "mode: inject 要写明 inject: {头名: env:变量名}；passthrough 不能写 inject",
        en: "mode: inject needs inject: {header: env:NAME}; passthrough takes no inject",
      },
    },
  });

const limits = z.strictObject({
  body: f.bytes.default(8 * 1024 ** 2),
  headersTimeout: f.durationMs.default(60_000),
  bodyTimeout: f.durationMs.default(300_000),
  connectTimeout: f.durationMs.default(10_000),
});

export const OPAQUE_CLASSES = [
  "image",
  "audio",
  "video",
  "archive",
  "dataset",
  "document",
  "model-weights",
  "unknown",
] as const;

const blockOrPass = z.enum(["block", "pass"]).default("block");

/** What nobody reads leaves only over somebody's name. */
const opaque = z
  .strictObject({
    ...(Object.fromEntries(OPAQUE_CLASSES.map((name) => [name, blockOrPass])) as Record<
      (typeof OPAQUE_CLASSES)[number],
      typeof blockOrPass
    >),
    approvedBy: f.signature.exactOptional(),
    reason: f.filled.exactOptional(),
  })
  .superRefine((said, context) => {
    const passed = OPAQUE_CLASSES.find((name) => said[name] === "pass");
    if (passed === undefined) return;
    for (const field of ["approvedBy", "reason"] as const)
      if (said[field] === undefined)
        context.addIssue({
          code: "custom",
          path: [passed],
          params: {
            text: {
              zh: `放行读不了的内容（${passed}: pass）要写明 approvedBy（谁批准）和 reason（为什么），缺 ${field}`,
              en: `passing what nobody reads (${passed}: pass) needs approvedBy (who signed) and reason: no ${field}`,
            },
          },
        });
  });

export const destination = z.strictObject({
  id: f.id,
  recipient: f.id,
  url: f.filled,
  providers: f.someOf(f.id).exactOptional(),
  operations: f.someOf(z.enum(OPERATIONS)).default(["inference", "embedding", "admin"]),
  leaves: z.enum(["request", "response"]).default("request"),
  flowKind: z.enum(["push", "remote_access", "logging", "in_country_access"]).default("push"),
  exporter: f.id.exactOptional(),
  purpose: f.id.exactOptional(),
  subjectAt: z.array(z.strictObject({ pointer: f.pointer, type: f.id })).default([]),
  purposeAt: f.pointer.exactOptional(),
  headers: f.listOf(f.headerName).default([]),
  credentials: credentials.prefault({}),
  tls: z
    .strictObject({ ca: f.filled.exactOptional(), min: z.enum(["TLSv1.2", "TLSv1.3"]).default("TLSv1.2") })
    .prefault({}),
  via: z.strictObject({ proxy: f.filled.exactOptional(), localAddress: f.filled.exactOptional() }).prefault({}),
  limits: limits.prefault({}),
  opaque: opaque.prefault({}),
});

export const caller = z
  .strictObject({
    id: f.id,
    keySha256: f.someOf(f.sha256Hex).exactOptional(),
    loopback: z.literal(true).exactOptional(),
    exporters: f.someOf(f.id),
    destinations: f.someOf(f.id),
    purposes: f.someOf(f.id),
    mayAssert: f.listOf(z.enum(["subject", "purpose", "conversation", "exporter"])).default([]),
  })
  .refine((c) => (c.keySha256 === undefined) !== (c.loopback === undefined), {
    params: {
      text: {
        zh: "调用方要么有 keySha256，要么写 loopback: true（仅本机、无密钥），二者取一",
        en: "a caller has either keySha256 or loopback: true (this machine only, no key), one of the two",
      },
    },
  });
