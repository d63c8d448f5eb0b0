// The head of an explanation: what became of the crossing, whose it was, and on what ground. Law: what the record does
// not hold has no row.

import { articleIn } from "../../act/messages/articles.ts";
import type { Language } from "../../words.ts";
import { MARKS, padded, painted, printable, type Screen, widthOf, wrapped } from "./layout.ts";
import type { Why } from "./why.ts";
import { ACTIONS, OUTCOMES, SAYS } from "./words.ts";

export interface Shown extends Screen {
  readonly language: Language;
  /** Of a policy that is not the one in force; null: none was given, or it is. */
  readonly otherPolicy: string | null;
}

export function head(why: Why, shown: Shown): string[] {
  const rows = rowsOf(why, shown.language).filter(([, text]) => text !== "");
  const names = Math.max(...rows.map(([name]) => widthOf(name)));
  const lines = rows.flatMap(([name, text]) => wrapped(`  ${padded(name, names)}  `, text, names + 4, shown));
  const other = shown.otherPolicy === null ? "" : SAYS[shown.language].otherPolicy(shown.otherPolicy);
  return [titleOf(why, shown), ...lines, ...(other === "" ? [] : wrapped("  ", other, 2, shown))];
}

function titleOf({ action, dryRun, id }: Why, shown: Shown): string {
  const done = dryRun ?? action;
  const [mark, paint] = MARKS[done === "block" ? "no" : "yes"];
  const name = ACTIONS[done]?.[shown.language] ?? done;
  const says = SAYS[shown.language];
  const title = dryRun === null ? name : `${says.dryRun} · ${says.would(name)}`;
  return `${painted(`${mark} ${title}`, paint, shown)}  ${printable(id)}`;
}

/** Name and text; a row without text is not shown. */
function rowsOf(why: Why, language: Language): readonly (readonly [string, string])[] {
  const says = SAYS[language];
  const { way, mechanism, mechanismType, answer, observedBy, lifted } = why;
  const model = way.model === null ? "" : `, ${way.model}`;
  const to = way.recipient === null ? "" : ` (${way.recipient}, ${way.country})`;
  const basis = why.legalBasis === null ? null : says.basis(why.legalBasis);
  return [
    [says.time, `${says.beijing(why.beijing)} · ${says.ledger(why.index)}`],
    [says.way, `${way.app ?? "-"} → ${way.destination ?? "-"}${to}`],
    [says.purpose, way.purpose === null ? "" : says.forPurpose(way.purpose, way.operation ?? "-", model)],
    [says.exporter, [way.exporter, basis].filter(Boolean).join(" · ")],
    [says.route, routeOf(why, language)],
    [says.mechanism, mechanism === null ? "" : `${mechanism}${ofType(mechanismType)}`],
    [says.lifted, lifted.map(({ release, of, what }) => `${release} ${of} ${what}`).join(", ")],
    [says.observed, observedBy === null ? "" : says.signedBy(observedBy)],
    [says.policy, [why.policy, why.profile, why.rule].filter(Boolean).join(" · ")],
    [says.switches, switchesOf(why, language)],
    [says.warnings, why.warnings.join(", ")],
    [says.papers, why.papers.other.join(", ")],
    [says.answer, answer === null ? "" : `${answer.result} ${answer.status ?? ""}`],
  ];
}

function ofType(type: string | null): string {
  return type === null ? "" : ` (${type})`;
}

function routeOf({ outcome, lawRule, articles, revision }: Why, language: Language): string {
  if (outcome === null) return SAYS[language].noLaw;
  const rule = lawRule === null ? "" : ` · ${lawRule}`;
  return `${OUTCOMES[outcome]![language]}${rule} · ${articleIn(language, articles ?? "")} · ${revision}`;
}

/** What the policy sets: all others stand at the default of docs/law.md. */
function switchesOf({ switches }: Why, language: Language): string {
  return Object.entries(switches)
    .map(([name, on]) => `${name} ${typeof on === "boolean" ? SAYS[language].ofSwitch(on) : on}`)
    .join(", ");
}
