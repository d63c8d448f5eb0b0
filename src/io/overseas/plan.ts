// How the endpoint behaves is chosen by the request's model name alone, so that every mode works through a real SDK.
// Law of this file: any string is a model name; what is not a mode is `echo`.

import { LEAKS } from "./leaks.ts";

/** Where the text is cut into deltas: words, one character each, or at random places drawn from a seed. */
export type Cut = "words" | "chars" | { readonly seed: number };

/**
 * How the answer goes wrong. stall: nothing after the first delta · stall-head: nothing at all · reset: RST after the
 * first delta · truncate: the connection closes half-way · unfinished: HTTP ends cleanly, the API's ending is missing.
 */
export type Fault = "none" | "stall" | "stall-head" | "reset" | "truncate" | "unfinished";

export interface Plan {
  /** Which of the prompt's text is answered; or the text itself, for what was never sent. */
  readonly says: "last" | "all" | { readonly text: string };
  /** Answer with a tool call whose arguments hold the text. */
  readonly tool: boolean;
  readonly cut: Cut;
  readonly fault: Fault;
  readonly pauseMs: number;
  readonly gzip: boolean;
  /** 200, or what is answered instead. */
  readonly status: number;
}

const ECHO: Plan = { says: "last", tool: false, cut: "words", fault: "none", pauseMs: 0, gzip: false, status: 200 };

const NAMED: Readonly<Record<string, Partial<Plan>>> = {
  stall: { fault: "stall" },
  "stall-head": { fault: "stall-head" },
  reset: { fault: "reset" },
  truncate: { fault: "truncate" },
  unfinished: { fault: "unfinished" },
  redirect: { status: 302 },
  slow: { pauseMs: 10 },
  gzip: { gzip: true },
};

const SPOKEN = /^(echo|echo-all|tool)(?:-(chars)|-cut-(\d{1,9}))?$/;
const FAILING = /^error-([45]\d\d)$/;
const LEAKING = /^leak-(.*)$/s;

/** The models that `/v1/models` lists: one of each family. */
export const MODELS: readonly string[] = [
  ...["echo", "echo-chars", "echo-cut-1", "echo-all", "tool", "tool-chars", "tool-cut-1"],
  ...Object.keys(NAMED),
  "error-500",
  ...Object.keys(LEAKS).map((type) => `leak-${type}`),
];

/** The behaviour that a model name asks for. A leak of an unknown kind is 404: a misspelt test must fail. */
export function planOf(model: string): Plan {
  if (Object.hasOwn(NAMED, model)) return { ...ECHO, ...NAMED[model] };
  const failing = FAILING.exec(model);
  if (failing) return { ...ECHO, status: Number(failing[1]) };
  const leaking = LEAKING.exec(model);
  if (leaking) return leak(leaking[1]!);
  const spoken = SPOKEN.exec(model);
  if (!spoken) return ECHO;
  const [, what, chars, seed] = spoken;
  const cut: Cut = chars ? "chars" : seed ? { seed: Number(seed) } : "words";
  return { ...ECHO, says: what === "echo-all" ? "all" : "last", tool: what === "tool", cut };
}

function leak(type: string): Plan {
  return Object.hasOwn(LEAKS, type) ? { ...ECHO, says: { text: LEAKS[type]! } } : { ...ECHO, status: 404 };
}
