// What `npm start` promises: four lines to paste, each with what will happen; a second start in under two seconds to
// listening is a bench figure, not a test. Ctrl-C drains and seals.

import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TRIES } from "../../src/io/demo/banner.ts";
import { freshData, type Gate, startGate, yumen } from "./gate.ts";

const shell = promisify(execFile);
let gate: Gate;
beforeAll(async () => {
  gate = await startGate(freshData());
});
afterAll(async () => {
  await gate.kill();
  rmSync(gate.data, { recursive: true, force: true });
});

test.each(TRIES.map((one, i) => [one.says.en, i] as const))("pasted as printed: %s", async (_, i) => {
  const { expect: promised } = TRIES[i]!;
  const { stdout } = await shell("bash", ["-c", gate.try[i]!.command]);
  const head = await shell("bash", ["-c", `${gate.try[i]!.command} -o /dev/null -D -`]);
  expect(head.stdout).toMatch(new RegExp(`^HTTP/1.1 ${promised.status} `));
  expect(head.stdout.toLowerCase()).toContain(`x-yumen-action: ${promised.action}`);
  if (promised.action === "block") {
    const { error } = JSON.parse(stdout);
    expect(error.code).toBe("consent_missing");
    expect(error.message).toContain("39");
    expect(stdout).not.toContain("13912345678");
  }
  if (promised.action === "pseudonymize") {
    const said = [...stdout.matchAll(/"content":"([^"]*)"/g)].map(([, delta]) => delta).join("");
    expect(said).toContain("11010519491231002X");
    expect(stdout).toContain("[DONE]");
  }
});

test("a line per crossing shows both sides: the pseudonym there, the masked number here", async () => {
  await shell("bash", ["-c", gate.try[3]!.command]);
  await expect.poll(gate.output).toContain('"action":"pseudonymize"');
  const line = gate
    .output()
    .split("\n")
    .filter((text) => text.includes('"both sides"'))
    .map((text) => JSON.parse(text))
    .findLast((sides) => sides.action === "pseudonymize");
  expect(line.overseas).toMatch(/<身份证_[0-9A-Z]{8}>/);
  expect(line.caller).toMatch(/110\*+02X/);
  // the ready line itself shows the made-up numbers to paste
  expect(gate.output().replace(/^\{"ready".*$/m, "")).not.toMatch(/11010519491231002|13912345678/);
});

test("a stop drains, seals, and leaves a ledger that verifies; the next start goes on from it", async () => {
  expect(await gate.stop()).toBe(0);
  const verified = yumen(["verify", `${gate.data}/ledger`, "--json"]);
  expect([verified.code, verified.stderr]).toEqual([0, ""]);
  const again = await startGate(gate.data);
  gate = again;
  const explained = await fetch(`${again.gate}/openai/v1/chat/completions`, {
    method: "POST",
    body: '{"messages":[]}',
    headers: { "content-type": "application/json" },
  });
  const id = explained.headers.get("x-yumen-decision")!;
  await again.stop();
  const told = yumen(["explain", id, "--data", gate.data, "--json"]);
  expect(told.code).toBe(0);
  expect(told.stdout).toContain(id);
  expect(yumen(["verify", `${gate.data}/ledger`]).code).toBe(0);
});
