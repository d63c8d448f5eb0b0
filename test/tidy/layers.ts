// Who may import whom (design.md §1), as data. The test and its own table of violations both read this.

/** Folders of pure stages, and what of ours each may import besides itself and words.ts. */
export const STAGES: Readonly<Record<string, readonly string[]>> = {
  decode: [],
  find: [],
  flow: [],
  law: [],
  decide: ["law"],
  act: ["decode"],
  record: [],
  restore: [],
};

/** Modules that a stage may import although they are not its own: each with its reason. */
export const STAGE_EXTRAS: Readonly<Record<string, readonly string[]>> = {
  // find reads the text of a token; a Doc without its reader would be bytes to be parsed twice
  find: [
    "decode/escapes.ts",
    "decode/json/read.ts",
    "decode/json/pointer.ts",
    "decode/original.ts",
    // both stages have bytes read by WebAssembly: what it is here, and whether it is there, is said once
    "decode/webassembly.ts",
  ],
  // a pattern means the same in a destination and in a rule
  decide: ["flow/pattern.ts"],
  // the restorer recognises what act mints: one shape, one place
  restore: ["act/pseudonym.ts"],
};

/** Folders of find that are no kind of personal information: detectors know the first two, the others know detectors. */
export const FIND_PARTS: ReadonlySet<string> = new Set([
  "anchors",
  "scan",
  "shared",
  "names",
  "records",
  "short",
  "views",
]);

/** Pure, synchronous modules of Node that a stage may use. */
export const STAGE_BUILTINS: Readonly<Record<string, readonly string[]>> = {
  decode: ["node:zlib", "node:buffer"],
  find: ["node:buffer"],
  record: ["node:crypto", "node:buffer"],
  act: ["node:crypto", "node:buffer"],
  restore: ["node:buffer"],
};

/** npm packages: each has one home (folder or file prefixes under src/). */
export const PACKAGE_HOMES: Readonly<Record<string, readonly string[]>> = {
  undici: ["io/dial/"],
  fastify: ["io/admin/"],
  "@marcbachmann/cel-js": ["decide/rules/policy/when.ts"],
  zod: ["io/", "cli/test/"],
  yaml: [
    "io/policy/",
    "io/law-calendar.ts",
    "io/law-data.ts",
    "io/law-papers.ts",
    "cli/test/",
    "cli/init/",
    "cli/policy/",
  ],
  pino: ["io/telemetry/"],
  "prom-client": ["io/telemetry/"],
  "@opentelemetry/api": ["io/telemetry/"],
  lmdb: ["io/stores/lmdb/"],
  "lru-cache": ["io/"],
  "openid-client": ["io/admin/oidc/"],
  "chinese-days": ["io/law-calendar.ts"],
  commander: ["cli/"],
  unpdf: ["io/extract/pdf/"],
};

/** What a pure stage may not touch, with what to do instead. */
export const BANNED_IN_STAGES: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bDate\.now\b/, "take atMs from the arrival"],
  [/\bnew Date\(\)/, "take atMs from the arrival"],
  [/\bMath\.random\b/, "take randomness as an argument"],
  [/\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/, "stages do not wait"],
  [/\bprocess\./, "configuration is an argument"],
  [/\bconsole\./, "return it; io logs"],
  [/\bfetch\(/, "only io touches the world"],
  [/\basync\b|\bawait\b|\bPromise\b/, "stages are synchronous"],
  [/\bperformance\./, "stages do not know the time"],
];

export const BANNED_FILE_NAMES = /^(?:utils?|helpers?|common|manager|misc|processor|handlers?|data|types|info)\.ts$/;

/** Files over the hard limit of 300 lines: data tables, each with its reason. */
export const LONG_FILES: Readonly<Record<string, string>> = {};

export const LINES_MAX = 300;
export const GATE_LINES_MAX = 200;
export const COLUMNS_MAX = 120;
export const FUNCTION_LINES_MAX = 70;
