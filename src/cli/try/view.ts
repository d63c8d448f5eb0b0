// What a person reads of a dry run. Law: values stand only in what would leave; the terminal takes no orders from it.

import { kindName } from "../../act/kinds.ts";
import type { DryRunAnswer, FindingTold, WouldLeave } from "../../io/dry-run/tell.ts";
import type { Language } from "../../words.ts";
import type { Refused } from "./refused.ts";

export interface Shown {
  readonly language: Language;
  readonly colours: boolean;
}

/** Findings, and units of a body, that are shown; --json has all. */
const FINDINGS_SHOWN = 50;
const BODY_UNITS_SHOWN = 8_000;

const WORDS = {
  zh: {
    forward: "✓ 会原样放行",
    rewritten: "▣ 会改写后放行",
    block: "■ 会被拦截",
    rule: "规则",
    mechanism: "机制",
    people: (n: number) => `其中 ${n} 人`,
    counts: "本年已计人数（非敏感／敏感／合计）",
    findings: (n: number) => `发现 ${n} 处`,
    person: (n: number) => `第 ${n + 1} 人`,
    sensitive: "敏感",
    pseudonym: "→ 假名",
    nothing: "→ 删除",
    more: (n: number) => `另有 ${n} 处，见 --json`,
    reasons: "原因",
    cures: "怎么办",
    told: "调用方会收到",
    leave: (bytes: number) => `会发出 ${bytes} 字节（不含凭据头）`,
    cut: (n: number) => `…（另有 ${n} 个字符，见 --json）`,
  },
  en: {
    forward: "✓ would leave as it is",
    rewritten: "▣ would leave rewritten",
    block: "■ would be blocked",
    rule: "rule",
    mechanism: "mechanism",
    people: (n: number) => (n === 1 ? "1 person in it" : `${n} people in it`),
    counts: "counted this year (non-sensitive/sensitive/all)",
    findings: (n: number) => (n === 1 ? "1 finding" : `${n} findings`),
    person: (n: number) => `person ${n + 1}`,
    sensitive: "sensitive",
    pseudonym: "→ pseudonym",
    nothing: "→ removed",
    more: (n: number) => `${n} more: --json`,
    reasons: "reasons",
    cures: "what helps",
    told: "the caller would be told",
    leave: (bytes: number) => `would leave, ${bytes} bytes (credential headers left out)`,
    cut: (n: number) => `… (${n} more characters: --json)`,
  },
} as const;

const [BOLD, FAINT, RED, GREEN, YELLOW] = [1, 2, 31, 32, 33];

/** @returns lines, the last one ended. */
export function view(answer: DryRunAnswer | Refused, shown: Shown): string {
  const lines = "findings" in answer ? judged(answer, shown) : [headline(answer.action, answer.rule, shown)];
  if (answer.refusal !== null) {
    const { status, code, message } = answer.refusal;
    lines.push("", painted(WORDS[shown.language].told, BOLD, shown), `  ${status} ${code}`, `  ${printable(message)}`);
  }
  return `${lines.join("\n")}\n`;
}

function headline(action: string, rule: string, shown: Shown): string {
  const words = WORDS[shown.language];
  const said = action === "block" || action === "forward" ? words[action] : words.rewritten;
  const colour = action === "block" ? RED : action === "forward" ? GREEN : YELLOW;
  return `${painted(said, colour, shown)}  ${action}  ${words.rule} ${rule}`;
}

function judged(answer: DryRunAnswer, shown: Shown): string[] {
  const words = WORDS[shown.language];
  const { way, people, counts, wouldLeave, mechanism, outcome, article } = answer;
  const heading = (text: string) => ["", painted(text, BOLD, shown)];
  const numbers = [counts.nonSensitive, counts.sensitive, counts.gross].join(" / ");
  const observed = answer.would === null ? [] : [`  observe: ${answer.would}`];
  const lines = [
    headline(answer.action, answer.rule, shown),
    ...observed,
    faint(`  ${way.caller} → ${way.destination} (${way.recipient}, ${way.country})  ${way.purpose}`, shown),
    faint(`  ${outcome}  ${article}${mechanism === null ? "" : `  ${words.mechanism} ${mechanism}`}`, shown),
    faint(`  ${words.people(people)}  ${words.counts} ${numbers}`, shown),
    ...heading(words.findings(answer.findingsTotal)),
    ...answer.findings.slice(0, FINDINGS_SHOWN).map((finding) => findingLine(finding, shown)),
  ];
  if (answer.findingsTotal > FINDINGS_SHOWN) lines.push(`  ${words.more(answer.findingsTotal - FINDINGS_SHOWN)}`);
  const said = [...new Set(answer.reasons.map(({ message }) => message))];
  if (said.length > 0) lines.push(...heading(words.reasons), ...said.map((text) => `  ${printable(text)}`));
  if (answer.cures.length > 0)
    lines.push(...heading(words.cures), ...answer.cures.map(({ message }) => `  ${message}`));
  if (wouldLeave !== null) lines.push(...heading(words.leave(wouldLeave.bytes)), ...leaving(wouldLeave, shown));
  return lines;
}

function findingLine({ path, start, end, type, certainty, ...finding }: FindingTold, shown: Shown): string {
  const words = WORDS[shown.language];
  const notes = [
    certainty,
    ...(finding.sensitive ? [words.sensitive] : []),
    ...(finding.individual === null ? [] : [words.person(finding.individual)]),
    ...(finding.instead === undefined ? [] : [words[finding.instead]]),
  ];
  const kind = painted(kindName(type, shown.language), finding.sensitive ? RED : YELLOW, shown);
  return `  ${printable(path)}  ${start}–${end}  ${kind}  ${faint(notes.join(", "), shown)}`;
}

function leaving({ method, url, headers, body, pseudonyms }: WouldLeave, shown: Shown): string[] {
  const head = headers.map(([name, value]) => faint(`  ${name}: ${printable(value)}`, shown));
  const whole = "text" in body ? body.text : body.base64;
  const text = printable(whole.slice(0, BODY_UNITS_SHOWN));
  const cut = whole.length - BODY_UNITS_SHOWN;
  const more = cut > 0 ? [faint(`  ${WORDS[shown.language].cut(cut)}`, shown)] : [];
  return [`  ${method} ${printable(url)}`, ...head, "", ...marked(text, pseudonyms, shown).split("\n"), ...more];
}

/** Pseudonyms stand out. Without colours they have their brackets. */
function marked(text: string, pseudonyms: readonly string[], shown: Shown): string {
  if (pseudonyms.length === 0) return text;
  const any = pseudonyms.map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  return text.replace(new RegExp(any, "g"), (one) => painted(one, GREEN, shown));
}

/** A terminal must not take orders from the text that it shows. */
function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
    "\u00b7",
  );
}

function faint(text: string, shown: Shown): string {
  return painted(text, FAINT, shown);
}

function painted(text: string, code: number, { colours }: Shown): string {
  return colours ? `\u001b[${code}m${text}\u001b[0m` : text;
}
