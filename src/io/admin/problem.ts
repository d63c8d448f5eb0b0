// Errors of the admin plane as RFC 9457 problems, in the language asked for. Law: own words only, with a pointer to the
// field; never what was sent, never another module's message: parsers and validators quote what they could not read.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Language } from "../../words.ts";
import { type GateCode, GateError } from "../errors.ts";
import type { Text } from "../policy/problem.ts";
import { languageOf } from "../serve/head.ts";
import { isProblemCode, PROBLEMS, type ProblemCode } from "./problems/all.ts";
import { fieldInChinese } from "./problems/fields.ts";

export interface FieldProblem {
  /** JSON Pointer into the body. Holds only names of our own schema, and ordinals. */
  readonly pointer: string;
  /** In English; problems/fields.ts has it in Chinese. */
  readonly detail: string;
}

/** An answer that is a problem. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: ProblemCode | GateCode;
  readonly errors: readonly FieldProblem[];
  /** What happened this time, where both languages can say more than the registry does. */
  readonly says: Text | null;

  /** @param detail of this occurrence; English alone: in Chinese the registry's sentence stands for it. */
  constructor(
    status: number,
    code: ProblemCode | GateCode,
    detail: string | Text,
    errors: readonly FieldProblem[] = [],
  ) {
    super(typeof detail === "string" ? detail : detail.en);
    this.says = typeof detail === "string" ? null : detail;
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export function invalid(...errors: readonly FieldProblem[]): Problem {
  return new Problem(400, "request_invalid", "Some fields are not as they should be; see `errors`.", errors);
}

/** @throws Problem with one error a field. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw invalid(...parsed.error.issues.map((issue) => ({ pointer: pointerOf(issue.path), detail: tell(issue) })));
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part)}`).join("");
}

function tell(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be there, and be: ${issue.expected}`;
    case "unrecognized_keys":
      // Not which: a member's name is text of the caller too.
      return "has a member that is not known here";
    case "too_small":
      return `must be at least ${issue.minimum} (${issue.origin})`;
    case "too_big":
      return `must be at most ${issue.maximum} (${issue.origin})`;
    case "invalid_value":
      return `must be one of: ${issue.values.map(String).join(", ")}`;
    case "custom":
      return issue.message;
    default:
      return "has not the form that is wanted; see /openapi.json";
  }
}

/** Every way to fail ends here. @param usual of who asks for no language: as on the data plane, the policy's. */
export function answerWithProblems(app: FastifyInstance, usual: () => Language): void {
  app.setNotFoundHandler((request, reply) =>
    send(reply, new Problem(404, "not_found", "There is no such page here."), languageIn(request, usual)),
  );
  app.setErrorHandler((error, request, reply) => send(reply, problemOf(error), languageIn(request, usual)));
}

function languageIn({ headers }: FastifyRequest, usual: () => Language): Language {
  return languageOf(headers["accept-language"] ?? "", usual());
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof GateError) {
    return new Problem(error.status, error.code, "The gate cannot do this now; nothing was lost. Try again.");
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 413) return new Problem(413, "body_too_large", "The body is larger than 64 KiB.");
  if (status === 415)
    return new Problem(
      415,
      "media_type_unsupported",
      "The body must be application/json, or application/x-ndjson where lines are taken.",
    );
  if (status >= 400 && status < 500)
    return new Problem(400, "request_malformed", "The request cannot be read as JSON.");
  return new Problem(500, "internal", "The gate failed. Nothing is confirmed; try again.");
}

function send(reply: FastifyReply, problem: Problem, language: Language): FastifyReply {
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json")
    .header("content-language", language)
    .header("vary", "accept-language")
    .send(Buffer.from(JSON.stringify(told(problem, language))));
}

/** `cure`: what to do. A code that the registry has not is the gate's own failure: docs/errors.md has it. */
function told({ status, code, message, says, errors }: Problem, language: Language): object {
  const { means, cure } = PROBLEMS[isProblemCode(code) ? code : "internal"];
  const detail = says?.[language] ?? (language === "en" ? message : means[language]);
  const body = { type: `urn:yumen:problem:${code}`, title: means[language], status, code, detail };
  const fields = errors.map(({ pointer, detail: said }) => ({
    pointer,
    detail: language === "zh" ? (fieldInChinese(said) ?? said) : said,
  }));
  return { ...body, cure: cure[language], ...(errors.length === 0 ? {} : { errors: fields }) };
}
