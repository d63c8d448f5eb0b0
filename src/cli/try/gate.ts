// The request tried by a gate that runs. Law: it is only ever sent to POST /v1/decide, and its head asks for a dry run
// as well: a gate that does not know the path refuses, one that has a destination `v1` tries it and sends nothing.

import { readFile } from "node:fs/promises";
import type { DryRunAnswer } from "../../io/dry-run/tell.ts";
import { CODES } from "../../io/errors.ts";
import { ENVELOPE_BYTES_MAX } from "../../io/serve/envelope.ts";
import type { Language } from "../../words.ts";
import { CannotTry, type Options } from "../try.ts";
import type { Written } from "./envelope.ts";
import { type Refused, refusedBefore } from "./refused.ts";

const TIMEOUT_MS = 60_000;

export async function askGate(
  gate: string,
  written: Written,
  { keyFile }: Options,
  language: Language,
): Promise<DryRunAnswer | Refused> {
  if (!URL.canParse(gate)) throw new CannotTry("--gate wants a URL, such as http://127.0.0.1:8787");
  if (written.byteLength > ENVELOPE_BYTES_MAX)
    throw new CannotTry("too large to be tried so: send it as it is, with X-Yumen-Dry-Run: 1 (docs/dry-run.md)");
  const url = new URL("/v1/decide", gate);
  const said = { "content-type": "application/json", "accept-language": language, "x-yumen-dry-run": "1" };
  const headers: Record<string, string> = said;
  if (keyFile !== undefined) headers["x-yumen-key"] = (await readFile(keyFile, "utf8")).trim();
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(url, { method: "POST", headers, body: new Uint8Array(written), redirect: "error", signal });
  } catch {
    throw new CannotTry(`no answer from ${url.origin}: is the gate running? (--gate names another address)`);
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && isAnswer(answer)) return answer;
  return refused(response, answer, url.origin);
}

function isAnswer(answer: unknown): answer is DryRunAnswer {
  return typeof answer === "object" && answer !== null && "dryRun" in answer;
}

/** What stopped the request is an answer; what failed before the gate could read it is none. */
function refused({ status, headers }: Response, answer: unknown, origin: string): Refused {
  const { error } = (answer ?? {}) as { readonly error?: { readonly code?: string; readonly message?: string } };
  if (error === undefined) throw new CannotTry(`${origin} is no gate`);
  const code = headers.get("x-yumen-rule") ?? error.code ?? "";
  const message = error.message ?? "";
  if (Object.hasOwn(CODES, code) && !OF_THE_BODY.has(code)) throw new CannotTry(`${status} ${code}: ${message}`);
  return refusedBefore(headers.get("x-yumen-decision"), { status, code, message });
}

const OF_THE_BODY: ReadonlySet<string> = new Set(["body_too_large", "body_too_costly"]);
