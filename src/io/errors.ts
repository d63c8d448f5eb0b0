// Failures of the world. Refusals by law are Decisions, bugs are assertions: neither is ever thrown as a GateError.

/** Codes are public: each stands in docs/errors.md (a test compares), stable across minor versions. */
export const CODES = {
  request_malformed: { status: 400, fault: "caller" },
  method_not_allowed: { status: 405, fault: "caller" },
  upgrade_unsupported: { status: 501, fault: "caller" },
  head_too_large: { status: 431, fault: "caller" },
  body_too_large: { status: 413, fault: "caller" },
  request_timeout: { status: 408, fault: "caller" },
  body_too_costly: { status: 413, fault: "caller" },
  caller_gone: { status: 499, fault: "caller" },
  caller_unknown: { status: 401, fault: "caller" },
  rate_limited: { status: 429, fault: "caller" },
  destination_unknown: { status: 404, fault: "caller" },
  store_unavailable: { status: 503, fault: "gate" },
  ledger_unavailable: { status: 503, fault: "gate" },
  gate_busy: { status: 503, fault: "gate" },
  reader_lost: { status: 503, fault: "gate" },
  way_suspended: { status: 403, fault: "gate" },
  draining: { status: 503, fault: "gate" },
  internal: { status: 500, fault: "gate" },
  upstream_unreachable: { status: 502, fault: "upstream" },
  upstream_timeout: { status: 504, fault: "upstream" },
  upstream_truncated: { status: 502, fault: "upstream" },
  answer_unreadable: { status: 502, fault: "upstream" },
  policy_invalid: { status: 500, fault: "gate" },
} as const;

export type GateCode = keyof typeof CODES;

/** An expected failure of the outside world. */
export class GateError extends Error {
  override readonly name = "GateError";
  readonly code: GateCode;

  /** @param detail shown to the caller: never payload text. */
  constructor(code: GateCode, detail: string, options?: { cause?: unknown }) {
    super(`${code}: ${detail}`, options);
    this.code = code;
  }

  get status(): number {
    return CODES[this.code].status;
  }
}
