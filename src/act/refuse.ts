// What the caller is told when nothing leaves. Law: at most MESSAGE_UNITS_MAX units; names the decision, the field, the
// kind, what is missing and what helps; never a value (law 6).

import type { CrossingId, Language, Reason, Refusal } from "../words.ts";
import { kindName } from "./kinds.ts";
import { CATALOGUE } from "./messages/all.ts";
import { articleIn } from "./messages/articles.ts";
import { CURES } from "./messages/cures.ts";

export const MESSAGE_UNITS_MAX = 400;
const PATH_UNITS_MAX = 60;
const ABOUT_UNITS_MAX = 40;
const DETAIL_UNITS_MAX = 120;
const REASONS_TOLD_MAX = 3;
const CURES_TOLD_MAX = 3;

/** A block by decision. */
export interface Blocked {
  readonly decision: CrossingId;
  readonly language: Language;
  /** Weightiest first: the refusal is named after the first. */
  readonly reasons: readonly Reason[];
  /** Cure ids; one that is not known is told as it stands. Empty: those of the first reason. */
  readonly cures: readonly string[];
  readonly destination?: string;
}

/** Unreadable, misrouted, or a failure of the world. */
export interface Failed {
  readonly decision: CrossingId;
  readonly language: Language;
  /** A code of CATALOGUE; one that is not there is told as `internal`. */
  readonly code: string;
  /** Never payload text. */
  readonly detail: string;
}

/** The refusal of a blocked crossing: 403, named after its first reason. */
export function refuse({ decision, language, reasons, cures, destination }: Blocked): Refusal {
  const first = reasons[0];
  const code = first?.code ?? "NO_RULE_MATCHED";
  const known = cures.length > 0 ? cures : (entryOf(code)?.cures ?? []);
  const parts = WORDS[language];
  const told = distinct(reasons).slice(0, REASONS_TOLD_MAX);
  const more = distinct(reasons).length - told.length;
  const message = fitted(parts.blocked(decision, destination === undefined ? "" : clip(destination, ABOUT_UNITS_MAX)), [
    ...told.map((reason) => reasonText(reason, language)),
    ...(more > 0 ? [parts.more(more)] : []),
    ...curesText(known, language),
  ]);
  const status = entryOf(code)?.status ?? 403;
  return { decision, status, code: code.toLowerCase(), message, param: first?.path ?? null, reasons };
}

/** The refusal of what cannot be read or carried, and of the gate's own failures. */
export function refuseCode({ decision, language, code, detail }: Failed): Refusal {
  const entry = entryOf(code) ?? CATALOGUE["internal"]!;
  const says = entry.says[language];
  const parts = WORDS[language];
  const why = parts.sentence(detail === "" ? says : parts.detailed(says, clip(detail, DETAIL_UNITS_MAX)));
  const message = fitted(parts.failed(decision), [why, ...curesText(entry.cures, language)]);
  return { decision, status: entry.status, code: code.toLowerCase(), message, param: null, reasons: [] };
}

function entryOf(code: string): (typeof CATALOGUE)[string] | undefined {
  return Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code] : undefined;
}

const WORDS = {
  zh: {
    blocked: (decision: string, to: string) => `出境已拦截${to === "" ? "" : `，目的地 ${to}`}（决策 ${decision}）。`,
    failed: (decision: string) => `请求未出境（决策 ${decision}）。`,
    detailed: (says: string, detail: string) => `${says}（${detail}）`,
    field: (path: string, kind: string) => `${path} 中的${kind}：`,
    because: (says: string, article: string) => (article === "" ? says : `${says}（依据${article}）`),
    more: (count: number) => `另有 ${count} 项原因。`,
    help: (cures: readonly string[]) => `怎么办：${cures.join("；或")}。`,
    sentence: (text: string) => `${text}。`,
    something: "内容",
  },
  en: {
    blocked: (decision: string, to: string) =>
      `Blocked from leaving China${to && ` for ${to}`} (decision ${decision}). `,
    failed: (decision: string) => `Nothing left (decision ${decision}). `,
    detailed: (says: string, detail: string) => `${says} (${detail})`,
    field: (path: string, kind: string) => `${path}, ${kind}: `,
    because: (says: string, article: string) => (article === "" ? says : `${says} (${article})`),
    more: (count: number) => `${count} more reasons. `,
    help: (cures: readonly string[]) => `What helps: ${cures.join("; or ")}.`,
    sentence: (text: string) => `${text}. `,
    something: "content",
  },
} as const;

function reasonText({ code, article, path, type, about }: Reason, language: Language): string {
  const parts = WORDS[language];
  const says = entryOf(code)?.says[language] ?? code;
  const named = about === undefined ? says : `${says} [${clip(about, ABOUT_UNITS_MAX)}]`;
  const kind = type === undefined ? parts.something : kindName(type, language);
  const field = path === undefined ? "" : parts.field(clip(path, PATH_UNITS_MAX), kind);
  return parts.sentence(field + parts.because(named, articleIn(language, article)));
}

function curesText(ids: readonly string[], language: Language): string[] {
  const texts = ids
    .slice(0, CURES_TOLD_MAX)
    .map((id) => (Object.hasOwn(CURES, id) ? CURES[id]![language] : clip(id, 80)));
  return texts.length === 0 ? [] : [WORDS[language].help(texts)];
}

/** One reason a code: fifty people without consent are one sentence. */
function distinct(reasons: readonly Reason[]): Reason[] {
  const byCode = new Map<string, Reason>();
  for (const reason of reasons) if (!byCode.has(reason.code)) byCode.set(reason.code, reason);
  return [...byCode.values()];
}

/** The head, the first and the last part always; what stands between as long as there is room. */
function fitted(head: string, parts: readonly string[]): string {
  const last = parts.length > 1 ? parts.at(-1)! : "";
  let message = head + (parts[0] ?? "");
  for (const part of parts.slice(1, -1)) {
    if (message.length + part.length + last.length <= MESSAGE_UNITS_MAX) message += part;
  }
  return (message + last).trimEnd().slice(0, MESSAGE_UNITS_MAX);
}

/** Ids and pointers on one line, the middle left out when long: both ends of a pointer help to find the field. */
function clip(text: string, unitsMax: number): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "?");
  if (plain.length <= unitsMax) return plain;
  const half = Math.floor((unitsMax - 1) / 2);
  return `${plain.slice(0, half)}…${plain.slice(-half)}`;
}
