// The reader of names and addresses, with its model from disk. Law: one reader a mode, however many policies ask.

import { readFileSync } from "node:fs";
import { createTagger } from "../find/names/tagger.ts";
import type { NameReader } from "../words.ts";

/** off: not looked for. keys: under members whose names say so. labelled: labels and grammar too. all: a model too. */
export type NamesMode = "off" | "keys" | "labelled" | "all";

export type ReadNames = (mode: NamesMode) => NameReader | null;

const MODEL = new URL("../../models/names.bin", import.meta.url);
const ENGLISH = new URL("../../models/names-en.bin", import.meta.url);

const loaded = new Map<NamesMode, NameReader | null>([["off", null]]);

/** @throws the system's error when the model cannot be read: the gate does not start half blind. */
export const readNames: ReadNames = (mode) => {
  if (!loaded.has(mode)) loaded.set(mode, readerOf(mode));
  return loaded.get(mode)!;
};

function readerOf(mode: NamesMode): NameReader {
  const tagger = createTagger(readFileSync(MODEL), readFileSync(ENGLISH), mode === "all");
  return mode === "keys" ? { ...tagger, everywhere: false } : tagger;
}

/** null: a reader that was not made here. */
export function modeOf(reader: NameReader | null): NamesMode | null {
  for (const [mode, made] of loaded) if (made === reader) return mode;
  return null;
}
