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
  processedTotal: f.count.default(0),
  sector: z.enum(["general", "automotive"]).exactOptional(),
  gba: z.boolean().default(false),
});

const ROLES = ["model-provider", "labelling-vendor", "analytics", "support", "group-company", "sub-processor"] as const;

/** What a contract must settle (SC template Arts. 2-7; PIPL Art. 21): each names where it stands. */
const CLAUSES = [
  "purpose",
  "minimisation",
  "security",
  "subProcessing",
  "rights",
  "audit",
  "breach",
  "termination",
  "regulator",
] as const;

export const CLAUSE_NAMES: readonly string[] = CLAUSES;

const contract = z.strictObject({
  document: f.id.exactOptional(),
  from: f.date.exactOptional(),
  until: f.date.exactOptional(),
  clauses: z.partialRecord(z.enum(CLAUSES), f.filled).default({}),
});

const subProcessor = z.strictObject({ name: f.filled, country: f.country, role: f.filled.exactOptional() });

export const recipient = z.strictObject({
  id: f.id,
  name: f.filled,
  country: f.country,
  contact: f.filled,
  role: z.enum([...ROLES, "other"]).default("other"),
  restricted: z.boolean().default(false),
  onwardTo: f.listOf(f.filled).default([]),
  subProcessors: z.array(subProcessor).default([]),
  storage: f.someOf(f.country).exactOptional(),
  gba: z.boolean().default(false),
  contract: contract.exactOptional(),
  breachNoticeHours: f.count.exactOptional(),
  dueDiligence: z
    .strictObject({ on: f.date, until: f.date.exactOptional(), document: f.id.exactOptional() })
    .exactOptional(),
  /** The last day on which anything was sent to it: it has to delete. */
  closed: f.date.exactOptional(),
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

/** At most thirty days, over a name: observing is for finding out, not for living in. */
const OBSERVE_DAYS_MAX = 30;

const observe = z
  .strictObject({
    covers: z.enum(["policy", "law"]),
    from: f.date,
    until: f.date,
    approvedBy: f.signature,
    reason: f.filled,
  })
  .refine((m) => m.from <= m.until && Date.parse(m.until) - Date.parse(m.from) <= OBSERVE_DAYS_MAX * 86_400_000, {
    path: ["until"],
    params: {
      text: {
        zh: `观察期从 from 起最多 ${OBSERVE_DAYS_MAX} 天`,
        en: `observing ends at most ${OBSERVE_DAYS_MAX} days after from`,
      },
    },
  });

/** DSL Art. 21; NDSMR Art. 29: what the data are, by which catalogue, who said so, when. */
const classification = z.strictObject({
  level: z.enum(["general", "self-identified", "important", "core", "state-secret", "unknown"]),
  catalogue: f.filled,
  by: f.signature,
  on: f.date,
  until: f.date.exactOptional(),
  document: f.id.exactOptional(),
});

/** Another legal entity answers for some models or regions. */
const recipientBy = z
  .strictObject({
    models: f.someOf(f.pattern).exactOptional(),
    regions: f.someOf(f.pattern).exactOptional(),
    recipient: f.id,
  })
  .refine((r) => r.models !== undefined || r.regions !== undefined, {
    params: { text: { zh: "要写 models 或 regions", en: "needs models or regions" } },
  });

/** What every body of these operations says when it leaves, whatever its sender said: `/store: false`. */
const forced = z.strictObject({
  pointer: f.forcedPointer,
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  operations: f.someOf(z.enum(OPERATIONS)).default(["inference"]),
});

/** As many as an entry has room for. */
const FORCED_MAX = 16;

/** `record`: all that the object holds that names the subject is the subject's own. */
const subject = z.strictObject({ pointer: f.pointer, type: f.id, record: z.literal(true).exactOptional() });

/** A body whose shape holds other people's words (a chat) is nobody's record, whoever is named at its root. */
const isRecord = ({ subjectAt, providers = [] }: { subjectAt: z.output<typeof subject>[]; providers?: string[] }) =>
  subjectAt.every(({ record }) => record === undefined) || (providers.length === 1 && providers[0] === "any-json");

const plainDestination = z.strictObject({
  id: f.destinationId,
  recipient: f.id,
  url: f.filled,
  providers: f.someOf(f.id).exactOptional(),
  operations: f.someOf(z.enum(OPERATIONS)).default(["inference", "embedding", "admin"]),
  leaves: z.enum(["request", "response"]).default("request"),
  flowKind: z.enum(["push", "remote_access", "logging", "in_country_access"]).default("push"),
  exporter: f.id.exactOptional(),
  purpose: f.id.exactOptional(),
  subjectAt: z.array(subject).default([]),
  purposeAt: f.pointer.exactOptional(),
  conversationAt: f.pointer.exactOptional(),
  headers: f.listOf(f.headerName).default([]),
  credentials: credentials.prefault({}),
  tls: z
    .strictObject({ ca: f.filled.exactOptional(), min: z.enum(["TLSv1.2", "TLSv1.3"]).default("TLSv1.2") })
    .prefault({}),
  via: z.strictObject({ proxy: f.filled.exactOptional(), localAddress: f.filled.exactOptional() }).prefault({}),
  limits: limits.prefault({}),
  opaque: opaque.prefault({}),
  observe: observe.exactOptional(),
  classification: classification.exactOptional(),
  recipientsBy: z.array(recipientBy).exactOptional(),
  force: z.array(forced).max(FORCED_MAX).exactOptional(),
});

export const destination = f.must(plainDestination, isRecord, {
  zh: "subjectAt 的 record 只用于 providers 只有 any-json 的目的地：对话里会有别人的信息",
  en: "record of subjectAt is only for a destination whose one provider is any-json: a chat holds other people's data",
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
