// The command line of the quality bench. Law of this file: what is not understood is an error, never a default.

import { parseArgs } from "node:util";
import { familyOf, labelOf } from "./kinds.mjs";

export const HELP = `npm run bench:quality -- [options]     how well the finder finds, against the bars

  --corpus PATH   JSON lines of {id, part, source, lang, scope, text | json, spans, …}; offsets in UTF-16 units
                  (without: a corpus of made-up values, generated; half of its templates is held out)
  --held-out      without --corpus: the held-out half only
  --seed N        of the generated corpus                         (default 1)
  --part LIST     of a names in text, b prompts and JSON, c clean text, d evasions
  --type ID       the rows and errors of one kind, as cn-id
  --errors N      shows N of what went wrong, with text of the corpus
  --peers         runs the peers' detectors beside ours
  --dist DIR      another build than dist/
  --strict        exit code 1 when a bar is missed
  --json          the results as JSON instead of tables
  --help          this text

Examples
  npm run bench:quality                                      both halves of the generated corpus
  npm run bench:quality -- --corpus dev.jsonl --part b       one part of a corpus
  npm run bench:quality -- --type cn-id --errors 20          what is wrong with one kind
  npm run bench:quality -- --corpus dev.jsonl --peers        the table of the report

Runs of whole corpora on the default build and seed are kept in bench/results/quality/ and shown in bench/REPORT.md.`;

/** @param {string[]} argv @returns {{ help: true } | object} throws Error with a sentence for the user */
export function optionsOf(argv) {
  const text = { type: "string" };
  const flag = { type: "boolean", default: false };
  const { values } = parseArgs({
    args: argv,
    options: {
      corpus: text,
      "held-out": flag,
      seed: text,
      part: text,
      type: text,
      errors: text,
      peers: flag,
      dist: text,
      strict: flag,
      json: flag,
      help: flag,
    },
  });
  if (values.help) return { help: true };
  if (values["held-out"] && values.corpus !== undefined)
    throw new Error("--held-out: a corpus from a file has no held-out half");
  const parts = values.part?.split(",");
  const unknown = parts?.find((name) => !/^[abcd]$/.test(name));
  if (unknown !== undefined) throw new Error(`--part: no part ${unknown}; there are a, b, c, d`);
  return {
    help: false,
    corpus: values.corpus,
    heldOut: values["held-out"],
    seed: whole("--seed", values.seed ?? "1"),
    parts,
    family: values.type === undefined ? undefined : familyOf(labelOf(values.type)),
    errors: whole("--errors", values.errors ?? "0"),
    peers: values.peers,
    dist: values.dist,
    strict: values.strict,
    json: values.json,
    official: ["part", "type", "seed", "dist"].every((name) => values[name] === undefined) && !values["held-out"],
  };
}

function whole(name, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name}: ${text} is not a whole number`);
  return value;
}
