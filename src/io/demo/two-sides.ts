// The demo's line per crossing: what the overseas side saw beside what the caller sees.
// Law: personal information is masked here as everywhere; pseudonyms are shown as they are.

import { findInText } from "../../find/find.ts";
import type { Arrival, HeaderPairs, Language } from "../../words.ts";
import { cross, type World } from "../perform.ts";
import type { Reply } from "../ports.ts";

/** UTF-16 units of each side that are shown, and bytes of a body that they are looked for in. */
const SHOWN_UNITS = 60;
const KEPT_BYTES = 64 * 1024;

const WORDS = {
  zh: {
    forward: "✓ 放行",
    pseudonymize: "▣ 化名",
    block: "■ 拦截",
    overseas: "海外看到",
    you: "你看到",
    nothing: "（无，未发送）",
  },
  en: {
    forward: "✓ forward",
    pseudonymize: "▣ pseudonymize",
    block: "■ block",
    overseas: "overseas saw",
    you: "you see",
    nothing: "(nothing was sent)",
  },
} as const;

export interface BothSides {
  readonly id: string;
  readonly language: Language;
  readonly destination: string;
  readonly action: string;
  /** null: nothing was sent. */
  readonly overseas: string | null;
  readonly caller: string;
}

/** Performs a crossing as the gate does and prints both sides when it is over. */
export function crossShowing(
  world: World,
  arrival: Arrival,
  reply: Reply,
  print: (sides: BothSides) => void,
): Promise<void> {
  let sent: string | null = null;
  const dialer: World["dialer"] = {
    dial: (dispatch, sink) => {
      sent = shown(asked(Buffer.from(dispatch.body.subarray(0, KEPT_BYTES)).toString()));
      return world.dialer.dial(dispatch, sink);
    },
    close: () => world.dialer.close(),
  };
  const { id, language, destination } = arrival;
  const seen = new Overheard(reply, () =>
    print({ id, language, destination, action: seen.action, overseas: sent, caller: shown(answered(seen.text)) }),
  );
  return cross({ ...world, dialer }, arrival, seen);
}

export function printReadable({ id, language, destination, action, overseas, caller }: BothSides): void {
  const words = WORDS[language];
  const verb = words[action as "forward"] ?? action;
  const lines = [
    `  ${verb}  ${destination}  ${id}`,
    `      ${words.overseas}: ${overseas ?? words.nothing}`,
    `      ${words.you}: ${caller}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

export function printJson({ id, destination, action, overseas, caller }: BothSides): void {
  console.log(JSON.stringify({ msg: "both sides", id, destination, action, overseas, caller }));
}

/** A reply that passes everything on and remembers the first bytes of it. */
class Overheard implements Reply {
  readonly #reply: Reply;
  readonly #over: () => void;
  #kept: Uint8Array[] = [];
  #bytes = 0;
  action = "block";

  constructor(reply: Reply, over: () => void) {
    this.#reply = reply;
    this.#over = over;
  }

  get text(): string {
    return Buffer.concat(this.#kept).toString();
  }

  get headersSent(): boolean {
    return this.#reply.headersSent;
  }

  #keep(headers: HeaderPairs | null, chunk: Uint8Array): void {
    if (headers !== null) this.action = headers[headers.indexOf("x-yumen-action") + 1] ?? "block";
    if (this.#bytes + chunk.byteLength > KEPT_BYTES) return;
    this.#bytes += chunk.byteLength;
    this.#kept.push(Buffer.from(chunk));
  }

  head(status: number, headers: HeaderPairs): void {
    this.#keep(headers, Buffer.alloc(0));
    this.#reply.head(status, headers);
  }

  data(chunk: Uint8Array): boolean {
    this.#keep(null, chunk);
    return this.#reply.data(chunk);
  }

  end(last?: Uint8Array): void {
    if (last !== undefined) this.#keep(null, last);
    this.#reply.end(last);
    this.#over();
  }

  send(status: number, headers: HeaderPairs, body: Uint8Array): void {
    this.#keep(headers, body);
    this.#reply.send(status, headers, body);
    this.#over();
  }

  destroy(): void {
    this.#reply.destroy();
    this.#over();
  }

  onClose(listener: () => void): void {
    this.#reply.onClose(listener);
  }

  onDrain(listener: () => void): void {
    this.#reply.onDrain(listener);
  }
}

/** The last message's text of a chat request; the body as it is where it is none. */
function asked(body: string): string {
  const parsed = jsonOf(body) as { messages?: { content?: unknown }[] } | undefined;
  const content = parsed?.messages?.at(-1)?.content;
  return typeof content === "string" ? content : body;
}

/** The text of an answer: JSON or SSE, OpenAI's or Anthropic's shape, or an error's message. */
function answered(body: string): string {
  const whole = jsonOf(body);
  if (whole !== undefined) return textOf(whole);
  return body
    .split("\n")
    .map((line) => (line.startsWith("data: {") ? textOf(jsonOf(line.slice(6))) : ""))
    .join("");
}

interface AnyAnswer {
  readonly error?: { readonly message?: string };
  readonly choices?: readonly {
    readonly message?: { readonly content?: string };
    readonly delta?: { readonly content?: string };
  }[];
  readonly content?: readonly { readonly text?: string }[];
  readonly delta?: { readonly text?: string };
}

function textOf(value: unknown): string {
  const answer = (value ?? {}) as AnyAnswer;
  const choice = answer.choices?.[0];
  return (
    answer.error?.message ??
    choice?.message?.content ??
    choice?.delta?.content ??
    answer.content?.[0]?.text ??
    answer.delta?.text ??
    ""
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line, cut, every finding's middle starred out. */
function shown(text: string): string {
  let masked = text;
  for (const { start, end } of findInText(text, "strict").toReversed())
    masked = masked.slice(0, start) + mask(masked.slice(start, end)) + masked.slice(end);
  const line = masked.replace(/\s+/g, " ");
  return line.length <= SHOWN_UNITS * 3 ? line : `${line.slice(0, SHOWN_UNITS * 3)}…`;
}

/** Keeps at most a third at the ends: 138*****000. */
export function mask(value: string): string {
  const kept = Math.min(4, Math.floor(value.length / 6));
  return value.slice(0, kept) + "*".repeat(value.length - 2 * kept) + value.slice(value.length - kept);
}

/** The language of the terminal: zh unless LANG says otherwise. */
export function terminalLanguage(env: NodeJS.ProcessEnv): Language {
  const lang = env["LC_ALL"] ?? env["LC_MESSAGES"] ?? env["LANG"] ?? "";
  return /^(?:en|C\b|POSIX)/i.test(lang) ? "en" : "zh";
}
