// The problems of the admin plane: each code that the code answers has its row in the registry and in docs/problems.md,
// in both languages, and is answered in the one asked for.

import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROBLEM_GROUPS, PROBLEMS } from "../src/io/admin/problems/all.ts";
import { fieldInChinese } from "../src/io/admin/problems/fields.ts";
import { CODES } from "../src/io/errors.ts";
import { openPlane, type Plane } from "./plane.ts";

const at = (path: string) => new URL(`../${path}`, import.meta.url);
const { page, FILE } = (await import(at("scripts/problems.mjs").href)) as {
  page(from: "src"): Promise<string>;
  readonly FILE: string;
};

const HAN = /\p{Script=Han}/u;
const sources = readdirSync(at("src/io/admin"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.startsWith("problems/"))
  .map((name) => readFileSync(at(`src/io/admin/${name}`), "utf8"));

/** `new Problem(409, "code"`: status and code, wherever one is made. */
const made = sources.flatMap((text) =>
  [...text.matchAll(/new Problem\(\s*([\w.]+),\s*("?)([\w.]+)\2/g)].map(([, status, quote, code]) => ({
    ...{ status, code: code!, isLiteral: quote === '"' },
  })),
);
/** What is told of refusals of the store, by their codes. */
const REFUSALS = ["event_known", "events_full", "identifiers_full"];
const literal = made.filter(({ isLiteral }) => isLiteral);

describe("the registry", () => {
  test("has every code that the code answers, with that status, and no other", () => {
    expect(literal.length).toBeGreaterThan(60);
    const found = [...new Set(literal.map(({ code, status }) => `${code} ${status}`))];
    const known = Object.entries(PROBLEMS).map(([code, { status }]) => `${code} ${status}`);
    expect(found.filter((one) => !known.includes(one))).toEqual([]);
    // told by the gate's own failures, which carry their codes
    const carried = [...REFUSALS, "store_unavailable", "ledger_unavailable"];
    const used = [...literal.map(({ code }) => code), ...carried];
    expect(Object.keys(PROBLEMS).filter((code) => !used.includes(code))).toEqual([]);
  });

  test("is asked by name wherever a code is no literal: refusals of the store, failures of the gate", () => {
    expect(
      made
        .filter(({ isLiteral }) => !isLiteral)
        .map(({ code }) => code)
        .sort(),
    ).toEqual(["code", "error.code", "refused"]);
    for (const code of ["store_unavailable", "ledger_unavailable"]) expect(CODES).toHaveProperty(code);
  });

  test.each(Object.entries(PROBLEMS))(
    "%s says what happened and what to do, each in its own language",
    (_code, text) => {
      for (const { zh, en } of [text.means, text.cure]) {
        expect(en).not.toMatch(HAN);
        expect([en.length > 0, /[.]$/.test(en), /[。]$/.test(zh)]).toEqual([true, true, true]);
      }
      expect(text.means.zh).toMatch(HAN);
    },
  );
});

describe("docs/problems.md", () => {
  const text = readFileSync(at(FILE), "utf8");

  test("is up to date: node scripts/problems.mjs", async () => {
    expect(text).toBe(await page("src"));
  });

  test("has one row for each code", () => {
    const rows = [...text.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, code]) => code);
    expect(rows).toEqual(Object.values(PROBLEM_GROUPS).flatMap((group) => Object.keys(group)));
  });
});

describe("what is said of a field", () => {
  /** `detail: "…"`, `error: "…"` and the like; what varies in a template is written x. */
  const said = sources.flatMap((text) =>
    [
      ...text.matchAll(/\b(?:detail|error):\s*(?:"((?:[^"\\]|\\.)+)"|`([^`]+)`)/g),
      ...text.matchAll(/\bfault\([^,]+,\s*"((?:[^"\\]|\\.)+)"/g),
      ...text.matchAll(/addIssue\(`()([^`]+)`/g),
      ...text.matchAll(/return `()(must [^`]+)`/g),
    ].map(([, plain, template]) => (plain || template!).replace(/\$\{[^}]*\}/g, "x").replaceAll('\\"', '"')),
  );

  test("has a Chinese sentence, each one", () => {
    expect(said.length).toBeGreaterThan(40);
    expect(said.filter((one) => !HAN.test(fieldInChinese(one) ?? ""))).toEqual([]);
  });

  test("keeps what varies, and what has no line is told in English", () => {
    expect(fieldInChinese("must be one of: a, b")).toBe("应为其中之一：a, b");
    expect(fieldInChinese("is no recipient of the policy in force")).toBe("不是现行策略里的 recipient");
    expect(fieldInChinese("something new")).toBeNull();
    expect(fieldInChinese("must be at most $&")).toBe("至多为 $&");
  });
});

describe("an answer", () => {
  let plane: Plane;
  beforeAll(async () => {
    plane = await openPlane({ olga: ["operator"] });
  });
  afterAll(() => plane.close());
  const ask = async (language: string | null, who = "olga", path = "/v1/suspend", body: object = { of: "all" }) => {
    const answer = await fetch(plane.base + path, {
      method: "POST",
      headers: {
        ...{ authorization: `Bearer ${plane.tokens[who] ?? who}`, "content-type": "application/json" },
        ...(language === null ? {} : { "accept-language": language }),
      },
      body: JSON.stringify(body),
    });
    const json = (await answer.json()) as Record<string, string> & { errors?: { pointer: string; detail: string }[] };
    return { json, language: answer.headers.get("content-language") };
  };

  test.each([
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    ["en-US,en;q=0.9", "en"],
    ["zh;q=0, en", "en"],
    ["fr", "en"],
    [null, "en"],
  ])("%s is answered in %s, by title, detail, cure and fields", async (asked, language) => {
    const { json, language: told } = await ask(asked);
    expect([json["code"], json["type"], told]).toEqual([
      "request_invalid",
      "urn:yumen:problem:request_invalid",
      language,
    ]);
    const isZh = language === "zh";
    for (const said of [json["title"], json["detail"], json["cure"], json.errors![0]!.detail])
      expect([said, HAN.test(said!)]).toEqual([said, isZh]);
    expect(json.errors![0]!.pointer).toBe("/reason");
  });

  test("keeps in both what this time is about", async () => {
    const wanted = (language: string) => ask(language, "consent");
    expect((await wanted("zh")).json["detail"]).toBe("这要有角色 admin 或 operator。");
    expect((await wanted("en")).json["detail"]).toBe("This wants the role admin or operator.");
    const unknown = await ask("zh", "nobody");
    expect(unknown.json).toMatchObject({ code: "token_unknown", cure: PROBLEMS.token_unknown.cure.zh });
  });

  test("of a page that is none, and of what cannot be read", async () => {
    expect((await ask("zh", "olga", "/v1/nothing")).json).toMatchObject({
      code: "not_found",
      detail: "这里没有这个页面。",
    });
    const broken = await fetch(`${plane.base}/v1/suspend`, {
      ...{ method: "POST", headers: { "content-type": "application/json", "accept-language": "zh" }, body: "{" },
    });
    expect(await broken.json()).toMatchObject({ code: "request_malformed", title: "请求不是可读的 JSON。" });
  });
});
