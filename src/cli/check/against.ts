// `yumen check DIR --against OLD`: what loosens and what tightens, in the reader's words.
// Law: every change is shown, the loosening ones first; a change without a place is a setting that stands nowhere.

import { type Change, counted, loosens } from "../../io/policy/compare/compare.ts";
import type { Effect } from "../../io/policy/compare/directions.ts";
import type { Language } from "../../words.ts";

const WORDS: Readonly<Record<Effect, Readonly<Record<Language, string>>>> = {
  loosens: { zh: "放松", en: "loosens" },
  tightens: { zh: "收紧", en: "tightens" },
  neutral: { zh: "无关", en: "neutral" },
};

const ORDER: readonly Effect[] = ["loosens", "tightens", "neutral"];

/** One line a change, and a last one that sums up. */
export function written(changes: readonly Change[], language: Language): string {
  const lines = ORDER.flatMap((effect) =>
    changes
      .filter((change) => change.effect === effect)
      .map(({ what, message, place }) => {
        const at = place === null ? "" : `  ${place.file}:${place.line}:${place.column}`;
        return `${WORDS[effect][language]}  ${what}: ${message[language]}${at}`;
      }),
  );
  return [...lines, summary(changes, language)].join("\n");
}

function summary(changes: readonly Change[], language: Language): string {
  const sums = counted(changes);
  const counts = ORDER.map((effect) => `${sums[effect]} ${WORDS[effect][language]}`).join(
    language === "zh" ? "，" : ", ",
  );
  const verdict = loosens(changes)
    ? { zh: "有原先拦截的请求可能放行", en: "something that was blocked may leave" }
    : { zh: "原先拦截的仍然拦截", en: "nothing that was blocked leaves" };
  return `${verdict[language]} · ${counts}`;
}

/** As tools read them. */
export function plain(changes: readonly Change[], language: Language) {
  return changes.map(({ effect, what, message, place }) => ({
    ...{ effect, what, message: message[language] },
    ...(place === null ? {} : { file: place.file, line: place.line, column: place.column }),
  }));
}
