// The listed words with their classes. Law: the first list that has a word decides.

import { ABROAD, BODIES, PEOPLE, PLACES } from "./known.mjs";

/** @param kinds CLASS of glosses.mjs. @returns word → class. */
export function listedWords(kinds) {
  const classes = new Map();
  const put = (words, kind) => {
    for (const word of words) if (!classes.has(word)) classes.set(word, kind);
  };
  put(PLACES, kinds.place);
  put(PEOPLE, kinds.name);
  put(BODIES, kinds.body);
  put(
    ABROAD.flatMap((name) => name.split("·")),
    kinds.foreign,
  );
  return classes;
}
