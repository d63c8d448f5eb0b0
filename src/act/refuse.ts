// What the caller is told when nothing leaves. Law: at most MESSAGE_UNITS_MAX units; names the decision, the field, the
// kind, what is missing and what helps; never a value (law 6).

import type { CrossingId, Language, Reason, Refusal } from "../words.ts";
import { kindName } from "./kinds.ts";
import { CATALOGUE } from "./messages/all.ts";
import { articleIn } from "./messages/articles.ts";
import { byEffort, CURES } from "./messages/cures.ts";
import { wayOut } from "./nearest.ts";

export const MESSAGE_UNITS_MAX = 400;
const PATH_UNITS_MAX = 60;
const ABOUT_UNITS_MAX = 40;
const VIA_UNITS_MAX = 80;
const DETAIL_UNITS_MAX = 120;
const REASONS_TOLD_MAX = 3;
const CURES_TOLD_MAX = 3;

/** A block by decision. */
export interface Blocked {
  readonly decision: CrossingId;
  readonly language: Language;
  /** Weightiest first: the refusal is named after the first. */
  readonly reasons: readonly Reason[];
  /** Cure ids of the decision; one that is not known is told as it stands. Empty: those of the reasons. */
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
export function refuse({ decision, language, reasons: given, cures, destination }: Blocked): Refusal {
  const reasons = given.map(unnumbered);
  const first = reasons[0];
  const code = first?.code ?? "NO_RULE_MATCHED";
  const parts = WORDS[language];
  const head = parts.blocked(decision, destination === undefined ? "" : clip(destination, ABOUT_UNITS_MAX));
  const whys = distinct(reasons).map((reason) => reasonText(reason, language));
  const help = helpText(reasons.length > 0 ? reasons : [{ code, article: "" }], cures, language);
  const message = fitted(head, whys, parts.more, help);
  const status = entryOf(code)?.status ?? 403;
  return { decision, status, code: code.toLowerCase(), message, param: first?.path ?? null, reasons };
}

/** Digits enough for somebody's number, or an address: names of members are the caller's text (law 6). */
const TELLING = /\d{5}|@/;

/** In a name of a member a number may be glued to letters, where no detector sees one: `id_138…`. */
function unnumbered(reason: Reason): Reason {
  if (reason.path === undefined || !TELLING.test(reason.path)) return reason;
  const isShown = (segment: string) => /^\d{1,6}$/.test(segment) || !TELLING.test(segment);
  return { ...reason, path: reason.path.replace(/[^/]+/g, (segment) => (isShown(segment) ? segment : "*")) };
}

/** The refusal of what cannot be read or carried, and of the gate's own failures. */
export function refuseCode({ decision, language, code, detail }: Failed): Refusal {
  const entry = entryOf(code) ?? CATALOGUE["internal"]!;
  const says = entry.says[language];
  const parts = WORDS[language];
  const why = parts.sentence(detail === "" ? says : parts.detailed(says, clip(detail, DETAIL_UNITS_MAX)));
  // the entry is durable before anything is dialled: what went wrong there may have left
  const onItsWay = entry.fault === "upstream" || code === "way_suspended";
  const head = onItsWay ? parts.mayHaveLeft(decision) : parts.failed(decision);
  const message = fitted(head, [why], parts.more, curesText(entry.cures, language));
  return { decision, status: entry.status, code: code.toLowerCase(), message, param: null, reasons: [] };
}

function entryOf(code: string): (typeof CATALOGUE)[string] | undefined {
  return Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code] : undefined;
}

const WORDS = {
  zh: {
    blocked: (decision: string, to: string) => `出境已拦截${to === "" ? "" : `，目的地 ${to}`}（决策 ${decision}）。`,
    failed: (decision: string) => `请求未出境（决策 ${decision}）。`,
    mayHaveLeft: (decision: string) => `没有得到完整的答复，内容可能已出境（决策 ${decision}）。`,
    detailed: (says: string, detail: string) => `${says}（${detail}）`,
    field: (path: string, kind: string) => `${path} 中的${kind}：`,
    because: (says: string, article: string) => (article === "" ? says : `${says}（依据${article}）`),
    more: (count: number) => `另有 ${count} 项原因。`,
    help: (cures: readonly string[]) => `怎么办：${cures.join("；或")}。`,
    oneAway: (cures: readonly string[]) => `只差一项：${cures.join("；或")}。`,
    first: (cures: readonly string[], all: boolean) => `先要：${cures.join(all ? "；并" : "；或")}，再重新判断。`,
    away: (count: number, cures: readonly string[], more: number) =>
      `还差 ${count} 项：${cures.join("；并")}${more > 0 ? `；另 ${more} 项` : ""}。`,
    noWay: "无法解除，重试无用。",
    sentence: (text: string) => `${text}。`,
    something: "内容",
  },
  en: {
    blocked: (decision: string, to: string) =>
      `Blocked from leaving China${to && ` for ${to}`} (decision ${decision}). `,
    failed: (decision: string) => `Nothing left (decision ${decision}). `,
    mayHaveLeft: (decision: string) => `No whole answer came, and the content may have left (decision ${decision}). `,
    detailed: (says: string, detail: string) => `${says} (${detail})`,
    field: (path: string, kind: string) => `${path}, ${kind}: `,
    because: (says: string, article: string) => (article === "" ? says : `${says} (${article})`),
    more: (count: number) => `${count} more ${count === 1 ? "reason" : "reasons"}. `,
    help: (cures: readonly string[]) => `What helps: ${cures.join("; or ")}.`,
    oneAway: (cures: readonly string[]) => `One condition away: ${cures.join("; or ")}.`,
    first: (cures: readonly string[], all: boolean) =>
      `First: ${cures.join(all ? "; and " : "; or ")}; then it is judged anew.`,
    away: (count: number, cures: readonly string[], more: number) =>
      `${count} conditions away: ${cures.join("; and ")}${more > 0 ? `; and ${more} more` : ""}.`,
    noWay: "Nothing lifts this: do not retry.",
    sentence: (text: string) => `${text}. `,
    something: "content",
  },
} as const;

/** One reason as a sentence: the field, the kind, what is missing, its article. */
export function reasonText({ code, article, path, type, about, via }: Reason, language: Language): string {
  const parts = WORDS[language];
  const says = entryOf(code)?.says[language] ?? code;
  const on = via === undefined ? "" : `, ${clip(via, VIA_UNITS_MAX)}`;
  const named = about === undefined ? says : `${says} [${clip(about, ABOUT_UNITS_MAX)}${on}]`;
  const kind = type === undefined ? parts.something : kindName(type, language);
  const field = path === undefined ? "" : parts.field(clip(path, PATH_UNITS_MAX), kind);
  return parts.sentence(field + parts.because(named, articleIn(language, article)));
}

/** The nearest way to pass; without one, what helps at least, or that nothing does. */
function helpText(reasons: readonly Reason[], cures: readonly string[], language: Language): string {
  const parts = WORDS[language];
  const { steps, alone, judgedAnew } = wayOut(reasons, cures);
  const needed = steps.map(({ cure }) => cure);
  if (judgedAnew && needed.length > 0)
    return parts.first(told(alone.length > 0 ? alone : needed, language), alone.length === 0);
  if (alone.length > 0) return parts.oneAway(told(alone, language));
  if (needed.length > 0) return parts.away(needed.length, told(needed, language), needed.length - CURES_TOLD_MAX);
  const hopeless = reasons.some(({ code }) => entryOf(code)?.cures.length === 0);
  return hopeless ? parts.noWay : curesText(cures, language);
}

function curesText(ids: readonly string[], language: Language): string {
  return ids.length === 0 ? "" : WORDS[language].help(told(byEffort(ids), language));
}

/** The first of them as instructions; one that is no id as it stands. */
function told(ids: readonly string[], language: Language): readonly string[] {
  return ids.slice(0, CURES_TOLD_MAX).map((id) => (Object.hasOwn(CURES, id) ? CURES[id]![language] : clip(id, 80)));
}

/** One reason a code: fifty people without consent are one sentence. */
function distinct(reasons: readonly Reason[]): Reason[] {
  const byCode = new Map<string, Reason>();
  for (const reason of reasons) if (!byCode.has(reason.code)) byCode.set(reason.code, reason);
  return [...byCode.values()];
}

/** The head, the first reason and the help always; as many more reasons as there is room for, and how many are left. */
function fitted(head: string, whys: readonly string[], more: (count: number) => string, help: string): string {
  for (let told = Math.min(whys.length, REASONS_TOLD_MAX); told > 0; told--) {
    const left = whys.length - told;
    const message = head + whys.slice(0, told).join("") + (left > 0 ? more(left) : "") + help;
    if (message.length <= MESSAGE_UNITS_MAX) return message.trimEnd();
  }
  return `${head}${whys[0] ?? ""}${help}`.trimEnd().slice(0, MESSAGE_UNITS_MAX);
}

/** Ids and pointers on one line, the middle left out when long: both ends of a pointer help to find the field. */
function clip(text: string, unitsMax: number): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "?");
  if (plain.length <= unitsMax) return plain;
  const half = Math.floor((unitsMax - 1) / 2);
  return `${plain.slice(0, half)}…${plain.slice(-half)}`;
}
