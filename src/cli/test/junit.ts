// JUnit XML, as CI servers read it. Law: every text is escaped; one testsuite a file.

import type { Language } from "../../words.ts";
import type { CaseResult, SuiteResult } from "./report.ts";
import type { Suite } from "./suite.ts";

export function junit(results: readonly SuiteResult[], language: Language): string {
  const suites = results.map(({ suite, cases }) => {
    const failures = cases.filter((one) => one.wrong.length > 0).length;
    const about = attributes({ name: suite.name, file: suite.file, tests: cases.length, failures });
    return [`  <testsuite${about}>`, ...cases.map((one) => testcase(suite, one, language)), "  </testsuite>"].join(
      "\n",
    );
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...suites, "</testsuites>", ""].join("\n");
}

function testcase(suite: Suite, { name, line, wrong, ms }: CaseResult, language: Language): string {
  const about = attributes({ classname: suite.name, name, file: suite.file, line, time: (ms / 1000).toFixed(3) });
  const lines = wrong.map((difference) => difference[language]);
  const [first] = lines;
  if (first === undefined) return `    <testcase${about}/>`;
  const failure = `<failure${attributes({ message: first })}>${escaped(lines.join("\n"))}</failure>`;
  return `    <testcase${about}>${failure}</testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML 1.0 has no form for most control characters: they become a replacement character. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => ENTITIES[c]!)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
