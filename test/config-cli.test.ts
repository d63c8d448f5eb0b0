// `yumen config`: what a start would use, where it comes from, and no secret in it.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectiveSettings } from "../src/cli/config/settings.ts";
import { option, register } from "../src/cli/config.ts";
import { ConfigError, readConfig, SETTINGS } from "../src/io/config.ts";
import { ranCommand } from "./command.ts";

const root = mkdtempSync(join(tmpdir(), "yumen-config-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("YUMEN_")) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

const of = (flags: Record<string, string>, env: NodeJS.ProcessEnv, name: string) =>
  effectiveSettings(flags, env).find((one) => one.name === name)!;

test("flag over environment over default, each with its place", () => {
  const env = { YUMEN_PORT: "9000", YUMEN_ADMIN_PORT: "9001" };
  expect(of({ port: "9100" }, env, "port")).toEqual({ name: "port", value: 9100, origin: "flag", place: "--port" });
  expect(of({}, env, "adminPort")).toMatchObject({ value: 9001, origin: "environment", place: "YUMEN_ADMIN_PORT" });
  expect(of({}, env, "host")).toMatchObject({ value: "127.0.0.1", origin: "default", place: null });
  expect(of({ demo: "true" }, {}, "demo")).toMatchObject({ value: true, origin: "flag" });
});

test("every setting is told, with the value that a start gets", () => {
  const env = { YUMEN_DATA: "/d", YUMEN_LOG_LEVEL: "warn" };
  const config = readConfig({}, env) as unknown as Record<string, unknown>;
  const told = new Map(effectiveSettings({}, env).map((one) => [one.name, one]));
  for (const name of SETTINGS) expect(told.has(name)).toBe(true);
  for (const [name, value] of Object.entries(config)) expect(told.get(name)?.value).toEqual(value);
});

test("the policy's own settings come from its files, by line", () => {
  writeFileSync(join(root, "b.yaml"), "apiVersion: yumen/v1\nlanguage: en\nswitches: { hrRequireBoth: false }\n");
  writeFileSync(join(root, "a.yaml"), "apiVersion: yumen/v1\n\nprofile: gbt45574\n");
  writeFileSync(join(root, "z.test.yaml"), "profile: strict\n");
  const env = { YUMEN_POLICIES: root };
  expect(of({}, env, "profile")).toMatchObject({
    value: "gbt45574",
    origin: "file",
    place: `${join(root, "a.yaml")}:3`,
  });
  expect(of({}, env, "language")).toMatchObject({ value: "en", place: `${join(root, "b.yaml")}:2` });
  expect(of({}, env, "switches").value).toBe('{"hrRequireBoth":false}');
  expect(of({}, env, "names")).toMatchObject({ value: null, origin: "default" });
  expect(of({}, { YUMEN_POLICIES: join(root, "none") }, "profile").origin).toBe("default");
});

test("a secret is told as set, wherever it comes from; a user in a URL is starred out", () => {
  const env = {
    YUMEN_ADMIN_TOKEN: "tok-verysecret",
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer verysecret",
    OTEL_EXPORTER_OTLP_ENDPOINT: "https://me:verysecret@otel.example/v1",
  };
  const all = effectiveSettings({}, env);
  expect(JSON.stringify(all)).not.toContain("verysecret");
  expect(of({}, env, "YUMEN_ADMIN_TOKEN")).toMatchObject({ value: "set", origin: "environment" });
  expect(of({}, env, "OTEL_EXPORTER_OTLP_ENDPOINT").value).toBe("https://***@otel.example/v1");
  expect(of({}, {}, "YUMEN_ADMIN_TOKEN")).toMatchObject({ value: null, origin: "default" });
});

test("what stops a start stops this", () => {
  expect(() => effectiveSettings({}, { YUMEN_PROT: "1" })).toThrow(ConfigError);
  expect(() => effectiveSettings({ port: "many" }, {})).toThrow(ConfigError);
});

test("options as typed", () => {
  expect(option("admin-port=9", option("--demo"))).toEqual({ adminPort: "9", demo: "true" });
  expect(option("ocr=tesseract a=b")).toEqual({ ocr: "tesseract a=b" });
});

const yumen = (...argv: string[]) => ranCommand(register, ["config", ...argv]);

test("the command: columns, origins in both languages, JSON, exit codes", async () => {
  vi.stubEnv("YUMEN_PORT", "9000");
  const zh = await yumen("--show-origin", "--set", "admin-port=9001", "--lang", "zh");
  expect(zh).toMatchObject({ code: 0, err: "" });
  expect(zh.out).toMatch(/^port +9000 +环境变量 YUMEN_PORT$/m);
  expect(zh.out).toMatch(/^admin-port +9001 +命令行 --admin-port$/m);
  expect((await yumen("--lang", "en")).out).toMatch(/^port +9000$/m);
  const { settings } = JSON.parse((await yumen("--json")).out);
  expect(settings.find((one: { name: string }) => one.name === "port").origin).toBe("environment");
  expect(await yumen("--set", "prot=1", "--lang", "en")).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("--set prot"),
  });
  vi.stubEnv("YUMEN_PORT", "nine");
  expect(await yumen("--lang", "zh")).toMatchObject({ code: 2, err: expect.stringContaining("YUMEN_PORT") });
});
