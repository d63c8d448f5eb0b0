// What the consent routes take. Law: there is no free text: what is kept is an id, an instant or a flag, so that no
// personal information can come in but as the value of a subject, which is keyed on arrival.

import { z } from "zod";
import { holdsPersonalInformation, isUri } from "./consents/evidence-uri.ts";
import { isInstant } from "./consents/instants.ts";

/** As in policy: exporters, recipients, purposes, kinds. */
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** A mobile, with its country or without, an ID card, a bank card: so many digits in a row, or more. */
const IDENTIFIER_DIGITS = /\d{11}/;
const UUID_OR_ULID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26})$/i;

/** Of policy and of the plane: it holds nobody's number. */
export const id = z.string().refine((text) => ID.test(text) && !IDENTIFIER_DIGITS.test(text), {
  error: "must be an id: lower-case letters, digits, . _ -, at most 64, and no number that looks like a person's",
});

/** What a caller may name an order or a proposal: it stands in entries. */
export const orderId = z
  .string()
  .refine((text) => /^[A-Za-z][\w-]{7,63}$/.test(text) && !IDENTIFIER_DIGITS.test(text), {
    error: "must be a letter and 7 to 63 of A-Z a-z 0-9 _ -, and no number that looks like a person's",
  });

export const eventId = z
  .string()
  .refine((text) => UUID_OR_ULID.test(text) || (/^[\w.-]{1,64}$/.test(text) && !IDENTIFIER_DIGITS.test(text)), {
    error: "must be a UUID, a ULID, or at most 64 of A-Z a-z 0-9 . _ -, and no number that looks like a person's",
  });

const instant = z.string().refine(isInstant, {
  error: "must be an ISO 8601 instant with its offset, such as 2026-03-01T08:00:00+08:00",
});

export const SUBJECT_UNITS_MAX = 512;

/** `type`: a kind of personal information, or `id` for the exporter's own user id. The value is never kept or told. */
const subject = z.strictObject({ type: id, value: z.string().min(1).max(SUBJECT_UNITS_MAX) });

const sequence = z.int().min(0);

const sha256 = z.string().refine((text) => /^[0-9a-f]{64}$/.test(text), { error: "must be 64 lower-case hex digits" });

/** The notice as it was shown. */
const notice = z.strictObject({ id, version: id, sha256: sha256.optional() });

const evidence = z.strictObject({
  uri: z
    .string()
    .max(1_024)
    .refine(isUri, { error: "must be an absolute URI, such as https://proofs.example/4f0c", abort: true })
    .refine((uri) => !holdsPersonalInformation(uri), {
      error: "holds personal information: name the proof by an id that says nothing",
    })
    .optional(),
  sha256,
});

/** What the person did (GB/T 42574-2023). */
const act = z.enum(["tick", "click", "fill", "sign", "say", "reply"]);

const GRANT = {
  exporter: id,
  subject,
  recipient: id,
  purpose: id,
  action: z.enum(["grant", "correct", "expire"]).default("grant"),
  /** A specific act, not bundled (PIPL Art. 14, 39): said, never assumed. */
  separate: z.boolean(),
  guardian: z.boolean().default(false),
  sensitiveNotice: z.boolean().default(false),
  types: z.array(id).max(200),
  sensitiveTypes: z.array(id).max(200).default([]),
  notice: notice.nullable().default(null),
  shownAt: instant.nullable().default(null),
  act: act.nullable().default(null),
  evidence: evidence.nullable().default(null),
  givenAt: instant.optional(),
  validUntil: instant.nullable().default(null),
  source: id.default("rest"),
  sequence: sequence.optional(),
  channel: id.default("rest"),
};

export const grantBody = z.strictObject(GRANT);

const WITHDRAWAL = {
  event: eventId.optional(),
  exporter: id,
  subject,
  /** Both or neither: without them everything is withdrawn. */
  recipient: id.optional(),
  purpose: id.optional(),
  givenAt: instant.optional(),
  source: id.default("rest"),
  sequence: sequence.optional(),
  channel: id.default("rest"),
};

const isScope = (body: { recipient?: string | undefined; purpose?: string | undefined }) =>
  (body.recipient === undefined) === (body.purpose === undefined);
const NO_SCOPE = {
  path: ["purpose"],
  error: "recipient and purpose go together; without both, everything is withdrawn",
};

export const withdrawBody = z.strictObject(WITHDRAWAL).refine(isScope, NO_SCOPE);

/** Others of the same person. */
const aliases = z.array(subject).max(15).default([]);

const isNamed = (line: { event?: string | undefined; givenAt?: string | undefined }) =>
  line.event !== undefined || line.givenAt !== undefined;
const UNNAMED = {
  path: ["givenAt"],
  error: "must be there unless `event` is: by it a line is known when it comes again",
};

/** A line of a bulk. Without `event` it is known again by all that it says. */
export const bulkGrant = z.strictObject({ ...GRANT, event: eventId.optional(), aliases }).refine(isNamed, UNNAMED);

export const bulkWithdrawal = z
  .strictObject({ ...WITHDRAWAL, action: z.literal("withdraw"), aliases })
  .refine(isScope, NO_SCOPE)
  .refine(isNamed, UNNAMED);

export const lookupBody = z.strictObject({
  exporter: id,
  subject,
  recipient: id.optional(),
  purpose: id.optional(),
});

export const coverageBody = z.strictObject({
  exporter: id,
  subject,
  recipient: id,
  purpose: id,
  types: z.array(id).min(1).max(200),
  /** The person is a child under fourteen (PIPL Art. 31). */
  under14: z.boolean().default(false),
});

export const receiptsBody = z.strictObject({ exporter: id, subject });

export type CoverageBody = z.infer<typeof coverageBody>;

/** Identifiers of one person. */
export const aliasBody = z.strictObject({ exporter: id, subjects: z.array(subject).min(2).max(16) });

/** For /openapi.json: one line of the body. */
export const bulkLine = z.union([bulkWithdrawal, bulkGrant]);

export type GrantBody = z.infer<typeof grantBody>;
export type WithdrawBody = z.infer<typeof withdrawBody>;
export type SubjectBody = z.infer<typeof subject>;
