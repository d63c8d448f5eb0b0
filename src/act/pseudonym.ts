// The pseudonym as others see it: the one door of act that restore and the keys may use.
// Law: whoever mints and whoever restores agree on the shape, because there is one.

export { CLOSERS, fold, NOISE, NOISE_UNITS_MAX, OPENERS, unitAt } from "./altered.ts";
export { lookalikes } from "./lookalike.ts";
export { ALPHABET, labelsLike, PSEUDONYM_UNITS_MAX, partsOf } from "./shape.ts";
