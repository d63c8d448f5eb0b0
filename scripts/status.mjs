// `npm run status`: writes the block between the status marks of README.md. Law: every figure in it comes from running
// or reading the repository; what has not been measured is left out, never guessed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = new URL("..", import.meta.url).pathname;
export const BEGIN = "<!-- status:begin (written by `npm run status`) -->";
export const END = "<!-- status:end -->";
const CASES = "test/law/cases.jsonl";

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { build, install } = await import("./setup.mjs");
  install();
  build();
  const path = join(ROOT, "README.md");
  writeFileSync(path, withBlock(readFileSync(path, "utf8"), [...(await facts("dist")), ...measured()]));
}

/**
 * What the sources say of themselves: the same on every machine.
 * @param {"dist" | "src"} from which modules to load: a test runs the sources.
 * @returns {Promise<string[]>} lines of a list
 */
export async function facts(from) {
  const load = (name) => import(pathToFileURL(join(ROOT, from, name + (from === "src" ? ".ts" : ".js"))).href);
  const { DETECTORS } = await load("find/all");
  const { PROVIDERS } = await load("decode/providers/all");
  const { createProgram } = await load("cli/program");
  const { kindName } = await load("act/kinds");
  const kinds = DETECTORS.map(({ type }) => `\`${type}\` ${kindName(type, "zh")}`);
  const commands = createProgram("0").commands.map((command) => `\`${command.name()}\``);
  return [
    await lawLine(load),
    `Finds ${kinds.length} kinds: ${kinds.join(", ")}`,
    `API shapes: ${[...PROVIDERS.keys()].map((id) => `\`${id}\``).join(", ")}`,
    `Commands: ${commands.join(", ")}`,
  ];
}

/** What `yumen law --expect` counts, by the modules that it runs. */
async function lawLine(load) {
  const { evaluate } = await load("law/evaluate");
  const { withDefaults } = await load("law/facts");
  const { differences } = await load("law/compare");
  const law = (await load("io/law-data")).loadLawData(join(ROOT, "policies/law"));
  const cases = readFileSync(join(ROOT, CASES), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const agree = cases.filter(
    ({ facts, expect }) => differences(expect, evaluate(withDefaults(facts), law)).length === 0,
  );
  return `Law: ${agree.length} of ${cases.length} decided cases agree (\`yumen law --expect ${CASES}\`)`;
}

/** Figures of the last whole test run and of the last official bench, with their date and machine. */
export function measured() {
  return [testLine(), ...benchLines()].filter((line) => line !== null);
}

function testLine() {
  const path = join(ROOT, "test/.out/report.json");
  if (!existsSync(path)) return null;
  const { numPassedTests, numFailedTests, startTime } = JSON.parse(readFileSync(path, "utf8"));
  return `Tests: ${numPassedTests} passed, ${numFailedTests} failed (\`npm test\`, ${day(startTime)})`;
}

function benchLines() {
  const folder = join(ROOT, "bench/results");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const newest = files.sort().at(-1);
  if (newest === undefined) return [];
  const { date, machine, versions, rows } = JSON.parse(readFileSync(join(folder, newest), "utf8"));
  const sizes = [...new Set(rows.map(({ sizeBytes }) => sizeBytes))].sort((a, b) => a - b);
  const lines = sizes.flatMap((size) => ratioLine(rows.filter(({ sizeBytes }) => sizeBytes === size)));
  const where = `${day(date)}, ${machine.cpu}, ${machine.cores} cores, Node ${versions.node}`;
  return lines.map((line) => `${line} ([bench/results/${newest}](bench/results/${newest}), ${where})`);
}

/** Throughput of the gate as a multiple of its peers' in the same run. */
function ratioLine(rows) {
  const rate = (name) => rows.find(({ target, failed, missing }) => target === name && !failed && !missing);
  const ours = rate("yumen-full") ?? rate("yumen-empty");
  if (ours === undefined) return [];
  const beside = ["nginx", "http-proxy"].flatMap((name) => {
    const peer = rate(name);
    return peer === undefined ? [] : `${(ours.requestsPerSecond / peer.requestsPerSecond).toFixed(2)} × ${name}`;
  });
  if (beside.length === 0) return [];
  const [kilobytes, requests] = [ours.sizeBytes / 1024, Math.round(ours.requestsPerSecond).toLocaleString("en")];
  return `Speed, ${kilobytes} KB, ${ours.target}: ${requests} req/s on one core, ${beside.join(", ")}`;
}

function day(date) {
  return new Date(date).toISOString().slice(0, 10);
}

/** @param {string} readme @param {string[]} lines @returns {string} the page with the block replaced */
export function withBlock(readme, lines) {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error("README.md has no status marks");
  const block = lines.map((line) => `- ${line}\n`).join("");
  return `${readme.slice(0, begin + BEGIN.length)}\n${block}${readme.slice(end)}`;
}
