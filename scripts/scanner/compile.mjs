// `npm run scanner`: src/**/simd.as.ts → compiled.ts beside it. The compiler is a package of this folder, installed when
// it is asked for. Exit codes: 0 compiled, or the same; 1 with --check: not the same; 2 could not run.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { install, ROOT } from "../setup.mjs";

const HELP = `npm run scanner -- [options]     compiles the scanners' AssemblyScript to WebAssembly

  --check   writes nothing: are the checked-in bytes what the source compiles to?
  --help    this text

Examples
  npm run scanner                 after a change of src/**/simd.as.ts
  npm run scanner -- --check      what npm test asks`;

/** Folder, and the pages of 64 KiB that its memory has: all that it will ever have. */
const MODULES = [
  ["src/decode/json/runs", 1],
  ["src/decode/signs", 1],
  ["src/find/scan/stops", 2],
];
const LINE_UNITS = 112;
const FLAGS = ["-O3", "--converge", "--noAssert", "--enable", "simd", "--runtime", "stub", "--use", "abort="];

process.exitCode = await main(process.argv.slice(2));

async function main(argv) {
  const unknown = argv.find((argument) => argument !== "--check" && argument !== "--help");
  if (unknown !== undefined || argv.includes("--help")) {
    const [to, text] = unknown === undefined ? [process.stdout, HELP] : [process.stderr, `${unknown}?\n\n${HELP}`];
    to.write(`${text}\n`);
    return unknown === undefined ? 0 : 2;
  }
  install(import.meta.dirname);
  const { default: asc } = await import("assemblyscript/asc");
  let isSame = true;
  for (const [folder, pages] of MODULES) {
    const bytes = await compiled(asc, folder, pages);
    if (bytes === null) return 2;
    const path = join(ROOT, folder, "compiled.ts");
    const text = moduleOf(bytes);
    const same = existsSync(path) && readFileSync(path, "utf8") === text;
    isSame &&= same;
    if (!same && !argv.includes("--check")) writeFileSync(path, text);
    process.stdout.write(`${folder}: ${bytes.length} bytes, ${same ? "the same" : "not what is checked in"}\n`);
  }
  return isSame || !argv.includes("--check") ? 0 : 1;
}

/** @returns null where it does not compile; the compiler has said why. */
async function compiled(asc, folder, pages) {
  let bytes = null;
  const memory = ["--initialMemory", `${pages}`, "--maximumMemory", `${pages}`];
  const { error, stderr } = await asc.main(["simd.as.ts", "--outFile", "out.wasm", ...FLAGS, ...memory], {
    readFile: (name) => (name === "simd.as.ts" ? readFileSync(join(ROOT, folder, name), "utf8") : null),
    writeFile: (name, contents) => {
      if (name === "out.wasm") bytes = Buffer.from(contents);
    },
    listFiles: () => [],
  });
  // it warns of every conversion that 64 bits would need
  if (error === null && bytes !== null) return bytes;
  process.stderr.write(`${folder}: ${error}\n${stderr}`);
  return null;
}

function moduleOf(bytes) {
  const lines = bytes.toString("base64").match(new RegExp(`.{1,${LINE_UNITS}}`, "g"));
  const joined = lines.map((line) => `  "${line}"`).join(" +\n");
  return `// simd.as.ts, compiled. Law: written by \`npm run scanner\`, never by hand.\n\nexport const COMPILED =\n${joined};\n`;
}
