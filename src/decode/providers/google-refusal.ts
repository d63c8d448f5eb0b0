// How Google's APIs refuse: google.rpc.Status as JSON. Source: google.aip.dev/193; the SDK's behaviour was measured.

import type { Refusal } from "../../words.ts";
import { yumenOf } from "./refusals.ts";

const STATUS: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  413: "INVALID_ARGUMENT",
  429: "RESOURCE_EXHAUSTED",
  503: "UNAVAILABLE",
};

export function googleError({ status, code, message, param, ...refusal }: Refusal): object {
  const metadata = { decision: refusal.decision, ...(param === null ? {} : { param }) };
  const type = "type.googleapis.com/google.rpc.ErrorInfo";
  const details = [{ "@type": type, reason: code.toUpperCase(), domain: "yumen", metadata }];
  const canonical = STATUS[status] ?? (status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT");
  return { error: { code: status, message, status: canonical, details, yumen: { code, ...yumenOf(refusal) } } };
}
