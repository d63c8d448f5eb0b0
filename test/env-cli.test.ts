// `yumen env` and what `yumen run` gives its child: which variable points where, and that a shell reads back exactly the
// value that was meant.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { CLIENTS, shapeOf } from "../src/cli/env/clients.ts";
import { destinationsOf, gateUrl } from "../src/cli/env/policy.ts";
import { headerVariables, settingsOf } from "../src/cli/env/settings.ts";
import { lineOfEnvFile, quoteFish, quotePowerShell, quoteSh, quoteYaml, SHELLS } from "../src/cli/env/shells.ts";
import { register } from "../src/cli/env.ts";
import { childEnv } from "../src/cli/run/child.ts";
import { CannotRun } from "../src/cli/shown/cannot-run.ts";
import { PROVIDERS } from "../src/decode/providers/all.ts";
import { ranCommand } from "./command.ts";

const ALL = [...PROVIDERS.keys()];
const root = mkdtempSync(join(tmpdir(), "yumen-env-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

const to = (id: string, url = "https://llm.example.com", providers: readonly string[] = ALL) => ({
  ...{ id, recipient: "somebody", url, providers },
});

describe("which API a destination's clients speak", () => {
  test.each([
    [to("a", "https://api.openai.com"), "openai-chat"],
    [to("a", "https://acme.openai.azure.com"), "azure-openai"],
    [to("a", "https://api.anthropic.com"), "anthropic-messages"],
    [to("a", "https://generativelanguage.googleapis.com"), "gemini"],
    [to("a", "https://us-central1-aiplatform.googleapis.com"), "vertex"],
    [to("a", "https://bedrock-runtime.us-east-1.amazonaws.com"), "bedrock"],
    [to("claude-eu"), "anthropic-messages"],
    [to("azure-openai"), "azure-openai"],
    [to("openrouter"), "openrouter"],
    [to("hr-system"), null],
    // the host says more than the id, and policy more than the host
    [to("openai", "https://api.anthropic.com"), "anthropic-messages"],
    [to("openai", "https://api.openai.com", ["gemini"]), "gemini"],
    [to("openai", "https://api.openai.com", ["any-json"]), null],
    // no other host is taken for one by its beginning or its end
    [to("a", "https://api.openai.com.example.net"), null],
    [to("a", "https://notopenai.com"), null],
  ])("%j → %s", (destination, shape) => expect(shapeOf(destination, ALL.length)).toBe(shape));

  test("every row's shape is one that the gate reads", () => {
    for (const { provider } of CLIENTS) expect(ALL).toContain(provider);
    expect(new Set(CLIENTS.map(({ name }) => name)).size).toBe(CLIENTS.length);
  });
});

describe("variables", () => {
  const GATE = "http://gate:8787";
  const values = (found: ReturnType<typeof settingsOf>) =>
    Object.fromEntries(found.settings.map(({ name, value }) => [name, value]));

  test("/v1 where the SDK wants it in its base URL, none where it adds it itself", () => {
    const found = settingsOf([to("openai"), to("anthropic")], GATE, ALL.length);
    expect(values(found)).toEqual({
      OPENAI_BASE_URL: "http://gate:8787/openai/v1",
      OPENAI_API_BASE: "http://gate:8787/openai/v1",
      OPENAI_PROXY_URL: "http://gate:8787/openai/v1",
      ANTHROPIC_BASE_URL: "http://gate:8787/anthropic",
    });
    expect(headerVariables(found)).toEqual(["OPENAI_CUSTOM_HEADERS", "ANTHROPIC_CUSTOM_HEADERS"]);
  });

  test("a variable is set once; who gets none is named, and can be chosen", () => {
    const two = [to("openai-eu"), to("openai-us"), to("crm")];
    const found = settingsOf(two, GATE, ALL.length);
    expect(values(found)["OPENAI_BASE_URL"]).toBe("http://gate:8787/openai-eu/v1");
    expect(found.unset.map(({ destination }) => destination)).toEqual(["openai-us", "crm"]);
    const chosen = settingsOf(two, GATE, ALL.length, ["openai-us"]);
    expect(values(chosen)["OPENAI_BASE_URL"]).toBe("http://gate:8787/openai-us/v1");
    expect(chosen.unset).toEqual([]);
    expect(() => settingsOf(two, GATE, ALL.length, ["openai"])).toThrow(CannotRun);
  });
});

describe("quoting", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom(...[..."'\"\\$`!\n\r\t #;&|(){}[]<>*?~=%^‘’‚‛中🀄-"]) }),
  );
  const plain = hostile.filter((text) => !text.includes("\0"));

  test("sh reads back what was meant, whatever it is", () => {
    const all = fc.sample(plain, { numRuns: 200, seed: 7 }).concat(["$(touch x)", "`id`", "a'b", "\\", "'", "", "-n"]);
    const script = all.map((value, i) => `${SHELLS["bash"]!.set(`V${i}`, value)}\nprintf '%s\\0' "$V${i}"`).join("\n");
    for (const shell of ["sh", "bash"]) {
      const ran = spawnSync(shell, ["-s"], { input: script, encoding: "utf8" });
      expect(ran.stderr).toBe("");
      expect(ran.stdout.split("\0").slice(0, -1)).toEqual(all);
    }
  });

  /** What stands between single quotes, by the shell's own grammar. */
  const read = (quoted: string, escapes: RegExp) => {
    expect(quoted.at(0) + quoted.at(-1)!).toBe("''");
    return quoted.slice(1, -1).replace(escapes, "$1");
  };
  test("fish: only \\' and \\\\ are escapes between single quotes", () => {
    fc.assert(
      fc.property(plain, (value) => {
        const quoted = quoteFish(value);
        expect(read(quoted, /\\([\\'])/g)).toBe(value);
        // no quote closes early
        expect(quoted.slice(1, -1).replace(/\\[\\']/g, "")).not.toMatch(/['\\]/);
      }),
    );
  });
  test("PowerShell: each quote, curly ones too, is doubled", () => {
    fc.assert(
      fc.property(plain, (value) => {
        const quoted = quotePowerShell(value);
        expect(read(quoted, /(['\u2018\u2019\u201a\u201b])['\u2018\u2019\u201a\u201b]/g)).toBe(value);
        const inner = quoted.slice(1, -1).match(/['\u2018\u2019\u201a\u201b]+/g) ?? [];
        for (const run of inner) expect(run.length % 2).toBe(0);
      }),
    );
  });
  test("YAML reads back what was meant", () => {
    fc.assert(
      fc.property(plain, (value) => {
        const list = parse(SHELLS["k8s"]!.set("NAME", value)) as { name: string; value: string }[];
        expect(list).toEqual([{ name: "NAME", value }]);
      }),
    );
    expect(quoteYaml("no")).toBe('"no"');
  });
  test("an env file takes a line as it is, and refuses what is not one", () => {
    expect(lineOfEnvFile("A", "b c'\"$d")).toBe("A=b c'\"$d");
    expect(() => lineOfEnvFile("A", "b\nC=d")).toThrow(CannotRun);
  });
  test("a NUL is refused everywhere", () => {
    for (const shell of Object.values(SHELLS)) expect(() => shell.set("A", "b\0c")).toThrow(CannotRun);
    expect(() => quoteSh("\0")).toThrow(CannotRun);
  });
  test("a comment of several lines stays a comment", () => {
    for (const { comment } of Object.values(SHELLS))
      for (const line of comment("a\nrm -rf x").split("\n")) expect(line).toMatch(/^# /);
  });
});

describe("the child's environment", () => {
  const found = settingsOf([to("openai")], "http://127.0.0.1:8787", ALL.length);
  const of = (env: NodeJS.ProcessEnv, key: string | null = null) => childEnv(env, found, "http://127.0.0.1:8787", key);

  test("the caller's own, and the gate's over them", () => {
    expect(of({ PATH: "/bin", OPENAI_BASE_URL: "https://api.openai.com/v1" })).toMatchObject({
      PATH: "/bin",
      OPENAI_BASE_URL: "http://127.0.0.1:8787/openai/v1",
    });
    expect(of({})).not.toHaveProperty("OPENAI_CUSTOM_HEADERS");
  });
  test("the key goes behind headers that were there", () => {
    expect(of({ OPENAI_CUSTOM_HEADERS: "X-A: 1" }, "k")["OPENAI_CUSTOM_HEADERS"]).toBe("X-A: 1\nX-Yumen-Key: k");
    expect(of({}, "k")).not.toHaveProperty("ANTHROPIC_CUSTOM_HEADERS");
  });
  test("a proxy of the environment does not stand before the gate", () => {
    expect(of({})).not.toHaveProperty("NO_PROXY");
    expect(of({ HTTPS_PROXY: "http://p", NO_PROXY: "a" })).toMatchObject({
      NO_PROXY: "a,127.0.0.1",
      no_proxy: "a,127.0.0.1",
    });
  });
});

describe("yumen env", () => {
  const yumen = (...argv: string[]) => ranCommand(register, ["env", ...argv]);

  test("bash evaluates it, and the demo's two clients are pointed at the gate", async () => {
    const { code, out } = await yumen("bash", "--policies", "policies/demo", "--lang", "zh");
    expect(code).toBe(0);
    const script = `${out}printf '%s %s' "$OPENAI_BASE_URL" "$ANTHROPIC_BASE_URL"`;
    const ran = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    expect(ran.stdout).toBe("http://127.0.0.1:8787/openai/v1 http://127.0.0.1:8787/anthropic");
  });

  test("the key is read by the shell, never printed", async () => {
    const file = join(root, "it's a key");
    writeFileSync(file, "sk-caller-1\n");
    const { out } = await yumen("bash", "--policies", "policies/demo", "--key-file", file);
    expect(out).not.toContain("sk-caller-1");
    const ran = spawnSync("bash", ["-c", `${out}printf '%s' "$OPENAI_CUSTOM_HEADERS"`], { encoding: "utf8" });
    expect(ran.stdout).toBe("X-Yumen-Key: sk-caller-1");
  });

  test.each(Object.keys(SHELLS))("%s: every line is a setting or a comment, in both languages", async (shell) => {
    for (const lang of ["zh", "en"]) {
      const { code, out, err } = await yumen(
        shell,
        "--policies",
        "policies/demo",
        "--gate",
        "http://g:1",
        "--lang",
        lang,
      );
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toContain("http://g:1/openai/v1");
      for (const line of out.trimEnd().split("\n"))
        expect(line).toMatch(/^(?:# |export |set -gx |\$env:|[A-Z_]+=|- name: | {2}value: )/);
      if (lang === "en") expect(out).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test("JSON, and what cannot run: exit 2", async () => {
    const { out } = await yumen("--policies", "policies/demo", "--json", "--destination", "openai");
    expect(JSON.parse(out).variables.map((one: { name: string }) => one.name)).toContain("OPENAI_BASE_URL");
    expect(JSON.parse(out).variables.map((one: { name: string }) => one.name)).not.toContain("ANTHROPIC_BASE_URL");
    for (const wrong of [
      ["csh"],
      ["bash", "--policies", root],
      ["bash", "--gate", "ftp://x"],
      ["bash", "--destination", "x"],
      ["docker", "--key-file", "k"],
    ])
      expect(await yumen(...wrong)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("yumen env: ") });
  });

  test("the gate's secrets are not needed to point a client at it", async () => {
    writeFileSync(
      join(root, "yumen.yaml"),
      `apiVersion: yumen/v1
exporters: [{ id: acme, name: Acme, ciio: false }]
recipients: [{ id: r, name: R, country: US, contact: c }]
purposes: [{ id: p, label: p, basis: consent }]
destinations:
  - { id: openai, recipient: r, url: "https://a.example" }
  - id: anthropic
    recipient: r
    url: https://b.example
    credentials: { mode: inject, inject: { x-api-key: env:NOT_SET_HERE } }
callers: [{ id: c, loopback: true, exporters: acme, destinations: [openai, anthropic], purposes: p }]
rules: [{ id: x, why: x, action: forward, match: {} }]
`,
    );
    expect((await destinationsOf(root, "en")).map(({ id }) => id)).toEqual(["anthropic", "openai"]);
  });

  test("the gate's address: origin and path, nothing that could hide another", () => {
    expect(gateUrl("http://gate:8787/")).toBe("http://gate:8787");
    expect(gateUrl("https://gate/under/")).toBe("https://gate/under");
    for (const bad of ["gate:8787", "http://a@b", "http://g?x", "http://g#x", "file:///etc/passwd", ""])
      expect(() => gateUrl(bad)).toThrow(CannotRun);
  });
});
