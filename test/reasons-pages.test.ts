// docs/reasons/ says what the catalogue and scripts/reasons say: a page for each code, in both languages.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../src/act/messages/all.ts";

const at = (path: string) => new URL(`../${path}`, import.meta.url);
const { pages, FOLDER } = (await import(at("scripts/reasons.mjs").href)) as {
  pages(from: "src"): Promise<ReadonlyMap<string, string>>;
  readonly FOLDER: string;
};
const made = await pages("src");

describe("docs/reasons", () => {
  test("is up to date: node scripts/reasons.mjs", () => {
    expect(readdirSync(at(FOLDER)).sort()).toEqual([...made.keys()].sort());
    for (const [name, text] of made) expect(readFileSync(at(`${FOLDER}/${name}`), "utf8"), name).toBe(text);
  });

  test("has a page for every code that a decision or a failure can carry, and no other but the index", () => {
    const names = Object.keys(CATALOGUE).map((code) => `${code.toLowerCase()}.md`);
    expect([...made.keys()].sort()).toEqual([...names, "README.md"].sort());
    for (const name of names) expect(made.get("README.md")).toContain(`](${name})`);
  });

  test.each(Object.keys(CATALOGUE))(
    "%s: meaning, article, three readers and an example, each in its own language",
    (code) => {
      const [zh, en] = made.get(`${code.toLowerCase()}.md`)!.split("\n## What it means\n") as [string, string];
      const ofZh = zh.slice(zh.indexOf("\n## 是什么"));
      for (const word of ["开发能做什么", "法务能做什么", "管理员能做什么", "由易到难", "信息样例"])
        expect(ofZh).toContain(word);
      for (const word of ["a developer can", "a lawyer can", "an operator can", "order of effort", "### Example"])
        expect(en).toContain(word);
      expect(en).not.toMatch(/\p{Script=Han}/u);
      expect(ofZh.match(/\p{Script=Han}/gu)!.length).toBeGreaterThan(80);
      const { article, says } = CATALOGUE[code]!;
      expect(en).toContain(article || "none");
      expect(ofZh).toContain(says.zh);
      expect(en).toContain(says.en);
      // written for this code, and not one sentence for all
      expect(en.split("\n").find((line) => line.trim() !== "")!.length).toBeGreaterThan(25);
    },
  );

  test("no two pages say the same of what to do", () => {
    const means = [...made]
      .filter(([name]) => name !== "README.md")
      .map(([, text]) => text.split("\n").slice(8, 10).join());
    expect(new Set(means).size).toBe(means.length);
    const developers = [...made.values()].flatMap((text) => text.match(/^\*\*What a developer can do\*\*.*$/m) ?? []);
    const counted = new Map<string, number>();
    for (const line of developers) counted.set(line, (counted.get(line) ?? 0) + 1);
    // the two stores' failures and those of two knowledge gaps share a sentence
    expect(Math.max(...counted.values())).toBeLessThanOrEqual(2);
  });
});
