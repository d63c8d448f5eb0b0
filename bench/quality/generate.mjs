// A corpus of made-up people for whoever has no other. Law of this file: the same seed and half give the same corpus;
// the halves share no template of text, so that rules written with one in view are tried on the other. Disguises and
// kinds are in both halves, places and values differ.

import { DISGUISES, NAME_DISGUISES, NAME_PLACES, PLACES, SPLITS } from "./generate/evasions.mjs";
import { fill, fillBody } from "./generate/fill.mjs";
import { BODIES, PROMPTS_EN, PROMPTS_ZH } from "./generate/prompts.mjs";
import { CLEAN, NAMED_EN, NAMED_ZH, QUERIES_ZH, UNNAMED_EN, UNNAMED_ZH } from "./generate/prose.mjs";
import { random } from "./generate/random.mjs";
import { VALUES } from "./generate/values.mjs";

/** Documents from one template. */
const TIMES = { prompt: 24, body: 24, prose: 16, clean: 10, evasion: 8 };
const LINES = 40;
const DISGUISED = { CN_MOBILE: "手机号", CN_ID: "身份证号", BANK_CARD: "银行卡号" };
const NAMES = ["PERSON", "ADDRESS"];

/** @param {{ seed: number, half: "open" | "held-out" }} options @returns {object[]} as corpus.mjs reads them */
export function generate({ seed, half }) {
  const held = half === "held-out" ? 1 : 0;
  const r = random(seed * 2 + held);
  const ours = (list) => list.filter((_, i) => i % 2 === held);
  const docs = [
    ...texts(ours(NAMED_ZH), TIMES.prose, { part: "a", source: "prose", lang: "zh", scope: "PERSON" }),
    ...texts(ours(UNNAMED_ZH), TIMES.prose, { part: "a", source: "prose", lang: "zh", scope: "PERSON" }),
    ...texts(ours(NAMED_EN), TIMES.prose, { part: "a", source: "prose", lang: "en", scope: "PERSON" }),
    ...texts(ours(UNNAMED_EN), TIMES.prose, { part: "a", source: "prose", lang: "en", scope: "PERSON" }),
    ...texts(ours(QUERIES_ZH), TIMES.prose, { part: "a", source: "addresses", lang: "zh", scope: "ADDRESS" }),
    ...texts(ours(PROMPTS_ZH), TIMES.prompt, { part: "b", source: "prompt", lang: "zh", recall_only: NAMES }),
    ...texts(ours(PROMPTS_EN), TIMES.prompt, { part: "b", source: "prompt", lang: "en", recall_only: NAMES }),
    ...bodies(ours(BODIES), TIMES.body, { part: "b", source: "json-body", lang: "zh", recall_only: NAMES }),
    ...clean(ours(CLEAN)),
    ...disguised(ours(PLACES)),
    ...disguisedNames(ours(NAME_PLACES)),
    ...split(),
  ];
  return docs.map((doc, i) => ({ id: `${half}-${doc.part}-${i}`, scope: "STRUCT", ...doc }));

  function texts(templates, times, about) {
    return repeated(templates, times, (template) => ({ ...about, ...fill(template, r) }));
  }

  function bodies(templates, times, about) {
    return repeated(templates, times, (template) => ({ ...about, ...fillBody(template, r) }));
  }

  function clean(templates) {
    return repeated(templates, TIMES.clean, ([set, line]) => {
      const { text, decoys } = fill(line.repeat(LINES), r);
      return { part: "c", source: set, lang: "mixed", text, spans: [], decoys };
    });
  }

  function disguised(places) {
    return Object.entries(DISGUISES).flatMap(([evasion, { of, only, needs }]) =>
      repeated(only ?? Object.keys(DISGUISED), TIMES.evasion, (label) => {
        let value = VALUES[label](r);
        while (needs !== undefined && !needs.test(value)) value = VALUES[label](r);
        const place = r.pick(places).replace("{zh}", DISGUISED[label]);
        return { part: "d", source: "evasion", lang: "zh", evasion, ...placed(place, of(value), label) };
      }),
    );
  }

  function disguisedNames(places) {
    return Object.entries(NAME_DISGUISES).flatMap(([evasion, of]) =>
      repeated(places, TIMES.evasion, (place) => ({
        ...{ part: "d", source: "evasion", lang: "zh", evasion, scope: "PERSON" },
        ...placed(place, of(VALUES.PERSON(r)), "PERSON"),
      })),
    );
  }

  function split() {
    return Object.entries(SPLITS).flatMap(([evasion, into]) =>
      repeated(Object.keys(DISGUISED), TIMES.evasion, (label) => {
        const { body, pieces } = into(VALUES[label](r));
        const spans = pieces.map(([path, piece]) => ({ path, start: 0, end: piece.length, type: label, group: 1 }));
        return { part: "d", source: "evasion", lang: "zh", evasion, json: JSON.stringify(body), spans };
      }),
    );
  }
}

function placed(place, value, type) {
  const start = place.indexOf("{}");
  return { text: place.replace("{}", () => value), spans: [{ start, end: start + value.length, type }] };
}

function repeated(list, times, make) {
  return Array.from({ length: times }, () => list.map(make)).flat();
}
