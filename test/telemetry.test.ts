// What is logged of a failure. Law: its class and a place in the code; nothing of what it says.

import { pino } from "pino";
import { expect, test } from "vitest";
import { GateError } from "../src/io/errors.ts";
import { createMeters } from "../src/io/telemetry/meters.ts";
import { createTelemetry } from "../src/io/telemetry/telemetry.ts";
import type { Arrival } from "../src/words.ts";

function logged(cause: Error): string {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  createTelemetry(log, createMeters()).failed({ id: "dec_1" } as Arrival, new GateError("internal", "x", { cause }));
  return lines.join("");
}

test("a failure is told by its class and its place", () => {
  const line = JSON.parse(logged(new RangeError("13912345678")));
  expect(line).toMatchObject({ id: "dec_1", cause: "RangeError" });
});

test.each([
  "read /src/13912345678.ts:1:1",
  "one\n    at read (/work/src/13912345678.ts:1:1)",
  "one\n    at /dist/13912345678.js:1:1\n    at /src/13912345678.ts:2:2",
])("its message is no place: %j", (message) => {
  expect(logged(new Error(message))).not.toContain("13912345678");
});

test("a stack without its message has no place", () => {
  const error = new Error("");
  error.stack = "Error: 13912345678\n    at /src/13912345678.ts:1:1";
  error.message = "changed";
  expect(logged(error)).not.toContain("13912345678");
});
