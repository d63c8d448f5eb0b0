// Other detectors behind the same door. Law of this file: a peer gets what it is best at (each string of a JSON body by
// itself, its default rules, its own order) and its answer is read back from the text it returns: where a placeholder
// stands, the original is masked. A peer that cannot run is an error, not a row of zeros.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(import.meta.dirname, "peers/package.json"));

/** What placeholders mean, in a corpus's labels. Others (URL, DIGITS) mask and mean no kind. */
const MEANING = {
  EMAIL: "EMAIL",
  EMAIL_ADDRESS: "EMAIL",
  PHONE: "PHONE",
  PHONE_NUMBER: "PHONE",
  PERSON_NAME: "PERSON",
  CREDIT_CARD: "BANK_CARD",
  CREDIT_CARD_NUMBER: "BANK_CARD",
  IP_ADDRESS: "IPV4",
  SSN: "US_SSN",
  US_SOCIAL_SECURITY_NUMBER: "US_SSN",
  ZIPCODE: "POSTCODE",
  STREET_ADDRESS: "ADDRESS",
  CREDENTIALS: "SECRET",
  PASSWORD: "SECRET",
  API_KEY: "SECRET",
  SECRET: "SECRET",
};

/** The longest first; the ones without a kind of ours too. */
const PLACEHOLDER = new RegExp(
  [...Object.keys(MEANING), "USERNAME", "URL", "DIGITS"].sort((a, b) => b.length - a.length).join("|"),
  "g",
);

/** @returns {Promise<{ name: string, find(doc: object): object[] | Promise<object[]> }[]>} */
export async function peers() {
  return [await redactpii(), redactPii(), await guardrails(), higress()];
}

async function redactpii() {
  const name = "@redactpii/node";
  // Its `require` entry is an ES module under a CommonJS name: only `import` loads it.
  const { Redactor } = await import(pathToFileURL(join(folderOf(name), "lib/index.mjs")).href);
  const redactor = new Redactor();
  return finder(versioned(name), (text) => redactor.redact(text), PLACEHOLDER);
}

function redactPii() {
  const { SyncRedactor } = require("redact-pii");
  const redactor = new SyncRedactor();
  return finder(versioned("redact-pii"), (text) => redactor.redact(text), PLACEHOLDER);
}

async function guardrails() {
  const name = "@presidio-dev/hai-guardrails";
  // 1.12.0 starts a worker from a path of the machine that built it, as soon as it is imported; its guards run without.
  process.on("uncaughtException", (error) => {
    if (error.code !== "MODULE_NOT_FOUND" || !error.message.includes("piscina")) throw error;
  });
  const { piiGuard, secretGuard, SelectionType } = await import(
    pathToFileURL(join(folderOf(name), "dist/index.js")).href
  );
  const guards = [piiGuard, secretGuard].map((guard) => guard({ selection: SelectionType.All }));
  const redact = async (text) => {
    let content = text;
    for (const guard of guards) {
      const [{ modifiedMessage }] = await guard([{ role: "user", content }], {});
      content = modifiedMessage?.content ?? content;
    }
    return content;
  };
  return finder(versioned(name), redact, /\[REDACTED-([A-Z0-9-]+)\]/g);
}

/** Higress' ai-data-masking plug-in, from the example in its README: rules in its order, each on what the others left. */
function higress() {
  const rules = [
    ["PHONE", /\d{8,11}/g],
    ["EMAIL", /[a-zA-Z][a-zA-Z0-9_.+=:-]+@\b[0-9A-Za-z][0-9A-Za-z-]{0,62}(?:\.[0-9A-Za-z][0-9A-Za-z-]{0,62})*\b/g],
    ["IPV4", /(?<!\d)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d)/g],
    ["CN_ID", /\d{17}[0-9xX]|\d{15}/g],
    ["SECRET", /sk-[0-9a-zA-Z]*/g],
  ];
  const find = (text) => {
    const spans = [];
    let left = text;
    for (const [type, pattern] of rules)
      left = left.replace(pattern, (found, start) => {
        spans.push({ start, end: start + found.length, type });
        return "\u0000".repeat(found.length);
      });
    return spans;
  };
  return { name: "Higress' patterns", find: (doc) => inStrings(doc, find) };
}

function versioned(name) {
  return `${name} ${require(join(folderOf(name), "package.json")).version}`;
}

function folderOf(name) {
  return join(import.meta.dirname, "peers/node_modules", name);
}

function finder(name, redact, placeholder) {
  return { name, find: (doc) => inStrings(doc, async (text) => aligned(text, await redact(text), placeholder)) };
}

/** Runs over the text, or over every string and number of the body. */
async function inStrings(doc, find) {
  if (doc.text !== undefined) return find(doc.text);
  const spans = [];
  const walk = async (value, path) => {
    if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value))
        await walk(item, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    else for (const span of await find(String(value))) spans.push({ ...span, path });
  };
  await walk(JSON.parse(doc.json), "");
  return spans;
}

/** What of `text` is gone in `redacted`: placeholders against the pieces that stayed. */
function aligned(text, redacted, placeholder) {
  if (text === redacted) return [];
  const spans = [];
  let at = 0;
  let from = 0;
  const marks = [...redacted.matchAll(placeholder)].filter(([mark]) => !text.includes(mark));
  marks.forEach((mark, i) => {
    at += mark.index - from;
    from = mark.index + mark[0].length;
    const kept = redacted.slice(from, marks[i + 1]?.index ?? redacted.length);
    const next = kept === "" ? (i === marks.length - 1 ? text.length : at) : text.indexOf(kept, at + 1);
    const end = next < 0 ? text.length : next;
    if (end > at) spans.push({ start: at, end, type: MEANING[(mark[1] ?? mark[0]).replaceAll("-", "_")] ?? "OTHER" });
    at = end;
  });
  return spans;
}
