// What may stand in a *.test.yaml. Law: an unknown field is a mistake; what is left out is not looked at.

import * as z from "zod";
import { person } from "../../io/policy/people.ts";

const instant = z.iso.datetime({ offset: true });
const count = z.number().int().min(0);
const texts = z.array(z.string());

/** A file beside the test file, or its text right here; sent as a part of a form, as browsers and SDKs do. */
const file = z
  .strictObject({
    path: z.string().exactOptional(),
    text: z.string().exactOptional(),
    name: z.string().exactOptional(),
    type: z.string().default("application/octet-stream"),
    /** Name of the part. */
    field: z.string().default("file"),
    /** Other parts of the form. */
    fields: z.record(z.string(), z.string()).default({}),
  })
  .refine((f) => (f.path === undefined) !== (f.text === undefined), {
    params: { text: { zh: "要么写 path，要么写 text", en: "either path or text, one of the two" } },
  });

/** At most one of them: how a body is spelled. */
const body = {
  json: z.unknown().exactOptional(),
  text: z.string().exactOptional(),
  /** Events of a stream: texts, or JSON. */
  sse: z.array(z.unknown()).exactOptional(),
  form: z.record(z.string(), z.string()).exactOptional(),
  file: file.exactOptional(),
} as const;

export const BODIES = ["json", "text", "sse", "form", "file"] as const;

type Bodied = { readonly [K in (typeof BODIES)[number]]?: unknown };

const ONE_BODY = {
  params: { text: { zh: `${BODIES.join("、")} 只能写一个`, en: `one of ${BODIES.join(", ")}, not several` } },
};
const hasOneBody = (r: Bodied) => BODIES.filter((name) => r[name] !== undefined).length <= 1;

const headers = z.record(z.string(), z.string()).default({});

const request = z
  .strictObject({
    destination: z.string(),
    purpose: z.string().exactOptional(),
    exporter: z.string().exactOptional(),
    method: z.string().default("POST"),
    /** Path and query after the destination. */
    path: z.string().default("/v1/chat/completions"),
    ...body,
    headers,
  })
  .refine(hasOneBody, ONE_BODY);

/** What a service here answers: it is what leaves where a destination says `leaves: response`. */
const response = z.strictObject({ ...body, headers }).refine(hasOneBody, ONE_BODY);

const OUTCOMES = ["NOT_EXPORT", "PROHIBITED", "NO_PI", "EXEMPT", "SC_OR_CERT", "ASSESSMENT"] as const;

const expected = z.strictObject({
  action: z.enum(["forward", "pseudonymize", "coarsen", "redact", "reroute", "block"]),
  /** On a way on trial: what would have been done. */
  would: z.enum(["block"]).nullable().exactOptional(),
  rule: z.string().exactOptional(),
  /** The law's word: which route is asked for. */
  outcome: z.enum(OUTCOMES).exactOptional(),
  /** The law's rule that governs: E7, C2 … */
  law: z.string().exactOptional(),
  /** The mechanism that the transfer rests on; null: none. */
  mechanism: z.string().nullable().exactOptional(),
  /** The proof that what leaves is about nobody; null: none. */
  proof: z.string().nullable().exactOptional(),
  /** Papers of the policy without which this would be decided otherwise. */
  papers: texts.exactOptional(),
  /** Codes that must be among the law's warnings; an empty list: there is none. */
  warnings: texts.exactOptional(),
  /** The first reason. */
  code: z.string().exactOptional(),
  /** Codes that must be among the reasons. */
  reasons: texts.exactOptional(),
  http: z.number().int().exactOptional(),
  /** All that is found, in any order; `path` where it matters. */
  found: z.array(z.strictObject({ kind: z.string(), path: z.string().exactOptional() })).exactOptional(),
  upstream_contains: texts.exactOptional(),
  upstream_not_contains: texts.exactOptional(),
  /** Whether an answer that quotes every pseudonym comes back with every original. */
  restored: z.boolean().exactOptional(),
  /** The same, by its first name. */
  response_restored: z.boolean().exactOptional(),
  message_contains: texts.exactOptional(),
});

export const oneCase = z.strictObject({
  name: z.string().min(1),
  at: instant.exactOptional(),
  caller: z.string().exactOptional(),
  /** A fixture: the request declares this person as its subject, by the first alias. */
  subject: z.string().exactOptional(),
  conversation: z.string().exactOptional(),
  language: z.enum(["zh", "en"]).default("zh"),
  /** People counted this year before the request, and whether somebody has stated an opening balance. */
  volume: z
    .strictObject({
      nonSensitive: count.default(0),
      sensitive: count.default(0),
      gross: count.exactOptional(),
      opened: z.boolean().exactOptional(),
    })
    .prefault({}),
  /** Fixtures who are among them. */
  counted: texts.default([]),
  /** true: withdrawals may have happened that nobody has told the gate of. */
  stale: z.boolean().default(false),
  request,
  response: response.exactOptional(),
  expect: expected,
});

export const suite = z.strictObject({
  suite: z.string().min(1),
  at: instant,
  /** A *.people.yaml beside this file, whose people are fixtures too. */
  people: z.string().exactOptional(),
  fixtures: z.record(z.string(), person).default({}),
  cases: z.array(oneCase).min(1),
});

export type Written = z.output<typeof oneCase>;
export type Expected = z.output<typeof expected>;
export type WrittenBody = Pick<Written["request"], (typeof BODIES)[number]>;
