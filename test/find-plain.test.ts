// A machine without WebAssembly, or without vectors in it. Law: everything is read by the plain twins, and the same is
// found.

import { afterEach, expect, test, vi } from "vitest";
import { kept } from "./corpus/kept.ts";

const LEAVING = { method: "POST", target: "/v1/x", contentType: "application/json", contentEncoding: "" };
const FILLER = "The dashboard shows a spike in latency every night. 请把下面这段中文翻译成英文。\n".repeat(20);
const BODIES = kept("find").map((text, i) =>
  Buffer.from(
    JSON.stringify({ messages: [{ role: "user", content: `${FILLER.slice(0, 90 * i)}${text}\n${FILLER}` }] }),
  ),
);

async function readAll() {
  vi.resetModules();
  const { decode } = await import("../src/decode/decode.ts");
  const { find } = await import("../src/find/find.ts");
  const { SimdStops } = await import("../src/find/scan/stops/simd.ts");
  const { SimdRuns } = await import("../src/decode/json/runs/simd.ts");
  const { simdSigns } = await import("../src/decode/signs/signs.ts");
  const read = BODIES.map((body) => {
    const doc = decode({ ...LEAVING, body }, [], { bodyBytesMax: 1 << 20 });
    if ("code" in doc) throw new Error(doc.code);
    return [doc.tokens, find(doc, "strict").map(({ type, path, start, end }) => [type, path, start, end])] as const;
  });
  return { read, made: [SimdStops.made() !== null, SimdRuns.made() !== null, simdSigns !== null] };
}

const fast = await readAll();
afterEach(() => vi.unstubAllGlobals());

test.each([
  ["no WebAssembly", undefined],
  ["no vectors", { validate: () => false }],
])("%s", async (_, instead) => {
  expect(fast.made).toEqual([true, true, true]);
  expect(fast.read.flatMap(([, findings]) => findings).length).toBeGreaterThan(20);
  vi.stubGlobal("WebAssembly", instead);
  const slow = await readAll();
  expect(slow.made).toEqual([false, false, false]);
  expect(slow.read).toEqual(fast.read);
});
