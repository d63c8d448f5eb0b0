// The tools as their users run them: the built program as a child process, a gate beside it, pipes and signals.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshData, type Gate, ROOT, startGate } from "./gate.ts";

const PROGRAM = join(ROOT, "bin/yumen.mjs");
const root = mkdtempSync(join(tmpdir(), "yumen-tools-"));
let gate: Gate;
beforeAll(async () => {
  gate = await startGate(freshData());
});
afterAll(async () => {
  await gate?.stop();
  rmSync(root, { recursive: true, force: true });
});

function yumen(args: readonly string[], more: { input?: string; env?: NodeJS.ProcessEnv } = {}) {
  const env = { ...process.env, LANG: "C", ...more.env };
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    ...{ env, encoding: "utf8", timeout: 30_000 },
    ...(more.input === undefined ? {} : { input: more.input }),
  });
  return { status, signal, out: stdout, err: stderr };
}

describe("yumen run", () => {
  const run = (...command: string[]) => ["run", "--gate", gate.gate, "--admin", gate.admin, "--", ...command];

  test("standard input and output are the child's, and so is the exit code", () => {
    const script = 'const fs = require("node:fs"); process.stdout.write(fs.readFileSync(0)); process.exit(7)';
    const ran = yumen(run(process.execPath, "-e", script), { input: "你好\n" });
    expect(ran).toMatchObject({ status: 7, out: "你好\n", err: "" });
  });

  test("the child's client reaches the gate, and a block comes back", () => {
    const script = `
      const body = JSON.stringify({ model: "echo", messages: [{ role: "user", content: "客户电话 13912345678" }] });
      const headers = { "content-type": "application/json" };
      fetch(process.env.OPENAI_BASE_URL + "/chat/completions", { method: "POST", headers, body })
        .then((answer) => console.log(answer.status, answer.headers.get("x-yumen-action")));`;
    expect(yumen(run(process.execPath, "-e", script)).out).toBe("403 block\n");
  });

  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s goes on to the child, whose answer it is", async (signal) => {
    const script = `process.on("${signal}", () => process.exit(5)); setInterval(() => {}, 1000); console.log("up")`;
    const child = spawn(process.execPath, [PROGRAM, ...run(process.execPath, "-e", script)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((up) => child.stdout.once("data", up));
    child.kill(signal);
    expect(await new Promise((end) => child.once("exit", end))).toBe(5);
  });

  test("a child that dies by a signal: whoever waits sees the signal", () => {
    expect(yumen(run("sh", "-c", "kill -KILL $$"))).toMatchObject({ status: null, signal: "SIGKILL" });
  });

  test("no such command 127; no gate 2, and nothing was started", () => {
    expect(yumen(run("no-such-command-here"))).toMatchObject({
      status: 127,
      err: expect.stringContaining("no such command"),
    });
    const nowhere = yumen(["run", "--gate", "http://127.0.0.1:1", "--", "sh", "-c", "echo started"]);
    expect(nowhere).toMatchObject({ status: 2, out: "", err: expect.stringContaining("yumen start") });
    const deaf = yumen(["run", "--gate", gate.gate, "--admin", "http://127.0.0.1:1", "--", "echo", "started"]);
    expect(deaf).toMatchObject({ status: 2, out: "", err: expect.stringContaining("/readyz") });
    const mute = yumen(["run", "--gate", gate.gate, "--admin", gate.overseas, "--", "echo", "started"]);
    expect(mute).toMatchObject({ status: 2, out: "", err: expect.stringContaining("no admin plane") });
  });

  test("the caller's key out of a file reaches the child, and no output", () => {
    writeFileSync(join(root, "key"), "caller-key-1\n");
    const args = ["run", "--gate", gate.gate, "--key-file", join(root, "key"), "--json", "--"];
    const ran = yumen([...args, "sh", "-c", 'test "$OPENAI_CUSTOM_HEADERS" = "X-Yumen-Key: caller-key-1"']);
    expect(ran.status).toBe(0);
    expect(ran.err).not.toContain("caller-key-1");
    expect(JSON.parse(ran.err).variables.OPENAI_BASE_URL).toBe(`${gate.gate}/openai/v1`);
  });
});

describe("yumen doctor", () => {
  const ports = () => ["--set", `port=${new URL(gate.gate).port}`, "--set", `admin-port=${new URL(gate.admin).port}`];

  test("beside a running gate nothing fails; the ports are its own, the way and the clock are heard", () => {
    const overseas = `overseas=${gate.overseas}`;
    const ran = yumen(["doctor", "--data", gate.data, ...ports(), "--variable", overseas, "--json"]);
    const { ok, checks } = JSON.parse(ran.out) as {
      ok: boolean;
      checks: { id: string; state: string; says: string }[];
    };
    expect(checks.filter(({ state }) => state === "fail")).toEqual([]);
    expect([ran.status, ok]).toEqual([0, true]);
    const says = new Map(checks.map((one) => [one.id, one.says]));
    for (const id of ["port", "admin-port"]) expect(says.get(id)).toContain("held by a gate that is ready");
    expect(says.get("destination:openai")).toContain("answers");
    expect(says.get("keys")).toContain("the owner's alone");
  });

  test("something fails: exit 1, with what to do, in Chinese too, and in seconds", () => {
    const begun = performance.now();
    const ran = yumen(["doctor", "--data", "/proc/nowhere", "--lang", "zh"], { env: { YUMEN_PORT: "nine" } });
    expect(performance.now() - begun).toBeLessThan(8_000);
    expect(ran.status).toBe(1);
    expect(ran.out).toMatch(/^✗ {2}config +.*YUMEN_PORT/m);
    expect(ran.out).toMatch(/^✗ {2}disk +/m);
    expect(ran.out).toMatch(/→ .*[\u4e00-\u9fff]/);
  });
});

describe("in a pipe", () => {
  test("yumen route without answers does not ask: exit 2", () => {
    expect(yumen(["route"], { input: "US\n" })).toMatchObject({
      status: 2,
      out: "",
      err: expect.stringContaining("--ciio"),
    });
  });
  test("yumen route, env and config: one JSON object on one line", () => {
    for (const args of [["route", "--ciio", "no", "--people", "10", "--sensitive", "0"], ["env"], ["config"]]) {
      const { status, out, err } = yumen([...args, "--json"]);
      expect({ status, err }).toEqual({ status: 0, err: "" });
      expect(out.trimEnd().split("\n")).toHaveLength(1);
      expect(() => JSON.parse(out)).not.toThrow();
    }
  });
  test("the policy that yumen route begins is one that yumen check explains", () => {
    const file = join(root, "begin.yaml");
    const begun = yumen(["route", "--ciio", "no", "--people", "120000", "--sensitive", "3", "--stub", file]);
    expect(begun.status).toBe(0);
    const checked = yumen(["check", root, "--json"]);
    expect(checked.status).toBe(1);
    expect(JSON.parse(checked.out).problems.length).toBeGreaterThan(5);
  });
});
