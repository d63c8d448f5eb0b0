// The process as an operator meets it: a log whose reader goes away, signals, starts that fail.

import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readEntries } from "../../src/io/ledger/read.ts";
import { chat, freshData, ROOT, startGate, yumen } from "./gate.ts";

const made: string[] = [];
const data = () => {
  made.push(freshData());
  return made.at(-1)!;
};
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function kindsIn(folder: string): Promise<string[]> {
  const kinds: string[] = [];
  for await (const { entry } of readEntries(join(folder, "ledger"))) kinds.push(JSON.parse(entry).kind);
  return kinds;
}

test("whoever reads the log may go away: the gate stays, records, and seals when it is told to stop", async () => {
  const gate = await startGate(data());
  gate.child.stdout!.destroy();
  for (let i = 0; i < 3; i++) expect((await chat(gate, "hello")).status).toBe(200);
  expect((await chat(gate, "电话 13912345678")).status).toBe(403);
  expect(await gate.stop()).toBe(0);
  const kinds = await kindsIn(gate.data);
  expect(kinds.filter((kind) => kind === "crossing")).toHaveLength(4);
  expect(kinds.at(-1)).toBe("seal");
});

test("a second signal does not end a drain that is under way", async () => {
  const gate = await startGate(data());
  const stream = await chat(gate, "hello", { model: "slow", stream: true });
  const reading = stream.text();
  gate.child.kill("SIGINT");
  gate.child.kill("SIGTERM");
  expect(await reading).toContain("[DONE]");
  expect(await gate.stop()).toBe(0);
  expect((await kindsIn(gate.data)).at(-1)).toBe("seal");
});

/** Runs a start that cannot succeed. It must end by itself. */
async function failing(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; told: string }> {
  const options = { env: { ...process.env, LANG: "en_US.UTF-8", ...env } };
  const child = spawn(process.execPath, [join(ROOT, "bin/yumen.mjs"), "start", ...args], options);
  let told = "";
  child.stderr.on("data", (chunk) => {
    told += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, told };
}

test("a start that fails says why in one line and ends, whatever was open by then", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const port = String((taken.address() as AddressInfo).port);
  const free = ["--port", "0", "--admin-port", "0", "--overseas-port", "0"];
  const broken = data();
  mkdirSync(join(broken, "policies"));
  writeFileSync(join(broken, "policies/yumen.yaml"), "apiVersion: yumen/v1\nexporter: []\n");

  const rows: [string[], NodeJS.ProcessEnv, RegExp][] = [
    [["--demo", "--data", data(), ...free, "--port", port], {}, /the port is taken/],
    [["--demo", "--data", data(), ...free, "--admin-port", port], {}, /the port is taken/],
    [["--demo", "--data", data(), ...free, "--overseas-port", port], {}, /the port is taken/],
    [["--demo", "--data", broken, "--policies", join(broken, "policies"), ...free], {}, /yumen\.yaml:2:1 .*exporter/],
    [["--data", data(), ...free, "--port", "x"], {}, /--port \/ YUMEN_PORT: a whole number/],
    [["--data", data(), ...free], { YUMEN_PROT: "9" }, /YUMEN_PROT: there is no such setting/],
    [["--data", data(), ...free, "--host", "203.0.113.9"], {}, /not an address of this machine/],
  ];
  for (const [args, env, says] of rows) {
    const { code, told } = await failing(args, env);
    expect([code, told]).toEqual([2, expect.stringMatching(says)]);
  }
  taken.close();
});

test("a second gate on one data folder is refused and leaves the first one whole", async () => {
  const gate = await startGate(data());
  const { code, told } = await failing([
    "--demo",
    "--data",
    gate.data,
    "--port",
    "0",
    "--admin-port",
    "0",
    "--overseas-port",
    "0",
  ]);
  expect([code, told]).toEqual([2, expect.stringContaining("in use")]);
  expect((await chat(gate, "客户电话 13800138000", { subject: "id:zhang" })).status).toBe(200);
  expect(await gate.stop()).toBe(0);
  expect(yumen(["verify", gate.data]).stderr).toContain("its ledger is");
  expect(yumen(["verify", join(gate.data, "ledger")]).code).toBe(0);
});
