// What the consent routes take. Law: there is no free text: what is kept is an id, an instant or a flag, so that no
// personal information can come in but as the value of a subject, which is keyed on arrival.

import { z } from "zod";

/** As in policy: exporters, recipients, purposes, kinds. */
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
/** A mobile, an ID card, a bank card: as many digits in a row, and no more. */
const IDENTIFIER_DIGITS = /(?<!\d)(\d{11}|\d{15,19})(?!\d)/;
const UUID_OR_ULID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-HJKMNP-TV-Z]{26})$/i;

const id = z.string().refine((text) => ID.test(text) && !IDENTIFIER_DIGITS.test(text), {
  error: "must be an id: lower-case letters, digits, . _ -, at most 64, and no number that looks like a person's",
});

export const eventId = z
  .string()
  .refine((text) => UUID_OR_ULID.test(text) || (/^[\w.-]{1,64}$/.test(text) && !IDENTIFIER_DIGITS.test(text)), {
    error: "must be a UUID, a ULID, or at most 64 of A-Z a-z 0-9 . _ -, and no number that looks like a person's",
  });

const instant = z.string().refine((text) => z.iso.datetime({ offset: true }).safeParse(text).success, {
  error: "must be an ISO 8601 instant with its offset, such as 2026-03-01T08:00:00+08:00",
});

/** `type`: a kind of personal information, or `id` for the exporter's own user id. The value is never kept or told. */
const subject = z.strictObject({ type: id, value: z.string().min(1).max(512) });

const sequence = z.int().min(0);

export const grantBody = z.strictObject({
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
  notice: z.strictObject({ id, version: id }).nullable().default(null),
  givenAt: instant.optional(),
  validUntil: instant.nullable().default(null),
  source: id.default("rest"),
  sequence: sequence.optional(),
  channel: id.default("rest"),
});

export const withdrawBody = z
  .strictObject({
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
  })
  .refine((body) => (body.recipient === undefined) === (body.purpose === undefined), {
    path: ["purpose"],
    error: "recipient and purpose go together; without both, everything is withdrawn",
  });

export const lookupBody = z.strictObject({
  exporter: id,
  subject,
  recipient: id.optional(),
  purpose: id.optional(),
});

/** Identifiers of one person. */
export const aliasBody = z.strictObject({ exporter: id, subjects: z.array(subject).min(2).max(16) });

export type GrantBody = z.infer<typeof grantBody>;
export type WithdrawBody = z.infer<typeof withdrawBody>;
export type SubjectBody = z.infer<typeof subject>;
