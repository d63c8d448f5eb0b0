// The documents say what the code does: figures, commands, examples, links and the dependency table.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { createProgram } from "../src/cli/program.ts";
import { DEFAULTS } from "../src/law/facts.ts";
import { SWITCH_DEFAULTS } from "../src/law/switches.ts";

interface Status {
  readonly BEGIN: string;
  readonly END: string;
  facts(from: "src" | "dist"): Promise<string[]>;
  withBlock(readme: string, lines: readonly string[]): string;
}

const ROOT = new URL("..", import.meta.url).pathname;
/** Plain JavaScript without types, as all of scripts/: it runs before there are any packages. */
const status = (await import(new URL("../scripts/status.mjs", import.meta.url).href)) as Status;
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const README = read("README.md");
const MANIFEST = JSON.parse(read("package.json")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
};
const PAGES = ["README.md", "CHANGELOG.md", "src/README.md", "docs", "docs/decisions"].flatMap((path) =>
  path.endsWith(".md") ? [path] : readdirSync(join(ROOT, path)).flatMap((name) => markdown(path, name)),
);

function markdown(folder: string, name: string): string[] {
  return name.endsWith(".md") ? [`${folder}/${name}`] : [];
}

/** Every command with its full name: `consent grant`. */
function commandsOf(parent: Command, prefix = ""): Map<string, Command> {
  return new Map(
    parent.commands.flatMap((command) => {
      const name = `${prefix}${command.name()}`;
      return [[name, command] as const, ...commandsOf(command, `${name} `)];
    }),
  );
}

const COMMANDS = commandsOf(createProgram("0"));

describe("README", () => {
  test("the status block holds what the sources say of themselves", async () => {
    const block = README.slice(README.indexOf(status.BEGIN), README.indexOf(status.END));
    for (const line of await status.facts("src")) expect(block.split("\n")).toContain(`- ${line}`);
  });

  test("the status block is replaced whole, and once", () => {
    const once = status.withBlock(README, ["a", "b"]);
    expect(once).toContain(`${status.BEGIN}\n- a\n- b\n${status.END}`);
    expect(status.withBlock(once, ["a", "b"])).toBe(once);
    expect(() => status.withBlock("no marks", [])).toThrow("status marks");
  });

  test("every npm script and every yumen command that a page names exists", () => {
    const named = PAGES.filter((page) => page !== "CHANGELOG.md")
      .map(read)
      .join("\n");
    const scripts = [...named.matchAll(/\bnpm (?:run ([a-z]+(?::[a-z]+)*)|(start|test)\b)/g)].map((m) => m[1] ?? m[2]!);
    expect(scripts.length).toBeGreaterThan(5);
    for (const name of scripts) expect(Object.keys(MANIFEST.scripts)).toContain(name);
    const commands = [...named.matchAll(/`yumen ([a-z]+)/g)].map((m) => m[1]!);
    expect(commands.length).toBeGreaterThan(5);
    for (const name of commands) expect([...COMMANDS.keys()]).toContain(name);
  });

  test("the policy sample is of the demo policy, line by line", () => {
    const sample = /^```yaml\n([\s\S]*?)^```/m
      .exec(README)![1]!
      .split("\n")
      .filter((line) => !/^\s*(?:…|$)/.test(line));
    expect(sample.length).toBeGreaterThan(8);
    const demo = read("policies/demo/yumen.yaml").split("\n");
    for (const line of sample) expect(demo).toContain(line);
  });

  test("the table of runtime dependencies is package.json's", () => {
    const section = README.slice(README.indexOf("## Runtime dependencies"));
    const listed = [...section.matchAll(/^\| ([@a-z][^ |]*) \|/gm)]
      .map((m) => m[1]!)
      .filter((name) => name !== "package");
    expect(listed.sort()).toEqual(Object.keys(MANIFEST.dependencies).sort());
  });
});

/** The words of each `yumen …` line in a text of help, variables and pipes cut off, continued lines joined. */
function examplesIn(help: string): string[][] {
  const joined = help.replaceAll(/\\\n\s*/g, " ");
  return joined.split("\n").flatMap((line) => {
    const found = /^ {2}(?:\S.* \| |[A-Z_]+=\S+ )?yumen (.*)$/.exec(line);
    if (found === null) return [];
    const words = found[1]!.split(/\s{3,}|\s+[|#]/)[0]!.trim();
    return [words.split(/\s+/)];
  });
}

describe("help", () => {
  const shown = [...COMMANDS].map(([name, command]) => [name, helpOf(command)] as const);
  const examples = new Set(shown.flatMap(([, help]) => examplesIn(help).map((words) => words.join(" "))));

  test("most commands give examples", () => {
    expect(new Set([...examples].map((line) => line.split(" ")[0])).size).toBeGreaterThan(6);
  });

  test.each([...examples])("yumen %s", async (line) => {
    const program = createProgram("0");
    const reached: string[] = [];
    for (const [name, command] of commandsOf(program)) {
      command.exitOverride().configureOutput({ writeErr: () => {} });
      // a command that acts by itself may have others below it
      const { _actionHandler: acts } = command as unknown as { readonly _actionHandler: unknown };
      if (acts !== null) command.action(() => void reached.push(name));
    }
    await program.parseAsync(line.split(" "), { from: "user" });
    expect(reached).toHaveLength(1);
    expect(line.startsWith(reached[0]!)).toBe(true);
  });
});

/** With what `addHelpText` adds. */
function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

describe("pages", () => {
  test.each(PAGES)("%s: every relative link leads to a file", (page) => {
    const prose = read(page).replaceAll(/^```[\s\S]*?^```/gm, "");
    for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target!)) continue;
      const [file = "", anchor] = target!.split("#");
      const path = file === "" ? page : join(dirname(page), file);
      expect(existsSync(join(ROOT, path)), `${page} → ${target}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(read(path)), `${page} → ${target}`).toContain(anchor);
    }
  });

  test("docs/law.md lists every switch with its default, and every group of facts", () => {
    const page = read("docs/law.md");
    const rows = [...page.slice(page.indexOf("## Switches")).matchAll(/^\| `(\w+)` \| (true|false) \|/gm)];
    expect(Object.fromEntries(rows.map((row) => [row[1], row[2] === "true"]))).toEqual(SWITCH_DEFAULTS);
    for (const group of Object.keys(DEFAULTS)) expect(page).toMatch(new RegExp(`\\| [^|]*\`${group}\\b`));
  });

  const decisions = PAGES.filter((page) => page.startsWith("docs/decisions/") && !page.endsWith("README.md"));

  test("decisions are numbered without a gap", () => {
    const numbers = decisions.map((page) => Number(/\/(\d{3})-[a-z0-9-]+\.md$/.exec(page)?.[1]));
    expect(numbers).toEqual(decisions.map((_, i) => i + 1));
  });

  test.each(decisions)("%s has its number and the four headings, each with words under it", (page) => {
    const [title = "", ...parts] = read(page).split(/^## /m);
    expect(title.trim()).toMatch(new RegExp(`^# ${page.slice("docs/decisions/".length).slice(0, 3)} \\S`));
    const heads = parts.map((part) => part.split("\n")[0]);
    expect(heads).toEqual(["Context", "Decision", "What we gave up", "When to look again"]);
    for (const part of parts) expect(part.split("\n").slice(1).join(" ").trim().length).toBeGreaterThan(40);
  });
});

/** GitHub's anchors of a page. */
function anchorsOf(page: string): string[] {
  return [...page.matchAll(/^#+ (.*)$/gm)].map((m) =>
    m[1]!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
