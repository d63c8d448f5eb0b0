// The English list that models/names.bin used to hold. Law: it holds none; English has a file of its own, trained by
// train-english.mjs.

/** An empty list, as model.ts skips it. */
export function englishBytes() {
  return Buffer.alloc(4);
}
