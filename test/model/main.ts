// What scripts/law-compare.mjs runs, in one module: it is bundled for that, since Node 20 reads no TypeScript.
export { loadLawData } from "../../src/io/law-data.ts";
export { compareCases, type Met, smallest } from "./compare.ts";
