// A route whose answer leaves (remote access, law.md N0): somebody overseas reads from a service here.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FileOpener } from "../src/io/extract/opener.ts";
import { cross } from "../src/io/perform.ts";
import type { Dialer, Ledger } from "../src/io/ports.ts";
import type { Destination, Keys, Policy } from "../src/words.ts";
import { made, opened } from "./files/read.ts";
import { zipOf } from "./files/zip.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, keysUnder, worldOf } from "./sim/demo-world.ts";

let dir: string;
let keys: Keys;
let policy: Policy;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-remote-"));
  keys = await keysUnder(dir);
  const demo = await demoPolicy();
  const inward: Destination = {
    ...demo.destinations.get("openai")!,
    leaves: "response",
    flowKind: "remote_access",
    operations: ["inference", "unknown"],
    providers: ["any-json"],
  };
  policy = { ...demo, destinations: new Map([["openai", inward]]) };
});
afterAll(() => rmSync(dir, { recursive: true }));

/** As createOpener does it, in this thread. */
const files: FileOpener = {
  open: async (enclosed) => opened(enclosed),
  close() {},
};

async function asked(
  body: Buffer | string,
  headers: readonly string[] = ["content-type", "application/json"],
  status = 200,
) {
  const log: string[] = [];
  const entries: Record<string, unknown>[] = [];
  const ledger: Ledger = {
    append: async (entry) => {
      log.push("recorded");
      return entries.push(JSON.parse(entry)) - 1;
    },
    appendSoon: (entry) => ledger.append(entry),
    head: () => ({ size: 0, root: "" }),
    seal: async () => {},
  };
  const dialer: Dialer = {
    dial(_, sink) {
      sink.head(status, headers);
      for (const byte of Buffer.from(body)) sink.data(Uint8Array.of(byte));
      sink.end();
      return { resume() {}, abort() {} };
    },
    close: async () => {},
  };
  const caller = new (class extends Caller {
    override send(...args: Parameters<Caller["send"]>): void {
      log.push("sent");
      super.send(...args);
    }
    override head(...args: Parameters<Caller["head"]>): void {
      log.push("head");
      super.head(...args);
    }
  })();
  const arrival = arrivalOf(1, "", { method: "POST", target: "/customers", body: Buffer.from('{"id":7}') });
  const world = worldOf({ policy, keys, stores: await demoStores(keys), ledger, dialer });
  await cross({ ...world, files }, arrival, caller);
  return { caller, entries, log };
}

test("an answer that holds PI is refused before a byte of it is sent", async () => {
  for (const [body, headers] of [
    ['{"phone":"13912345678"}', undefined],
    [gzipSync('{"phone":"13912345678"}'), ["content-type", "application/json", "content-encoding", "gzip"]],
  ] as const) {
    const { caller, entries, log } = await asked(body, headers);
    expect(caller.status).toBe(403);
    expect(caller.text).not.toContain("13912345678");
    expect(log[0]).toBe("recorded");
    expect(entries.map((entry) => [entry["action"], entry["leaves"]])).toEqual([["block", "response"]]);
  }
});

test("a part of an answer is refused: a number read in two ranges is seen in neither", async () => {
  const { caller, entries } = await asked("1391", ["content-type", "text/plain", "content-range", "bytes 0-3/11"], 206);
  expect([caller.status, caller.text.includes("answer_unreadable")]).toEqual([502, true]);
  expect(entries).toHaveLength(1);
});

test("an answer without PI is recorded, then sent", async () => {
  const { caller, entries, log } = await asked('{"stock":3}');
  expect([caller.status, caller.text]).toEqual([200, '{"stock":3}']);
  expect(log.slice(0, 2)).toEqual(["recorded", "sent"]);
  expect(entries[0]!["action"]).toBe("forward");
});

test("an answer that cannot be read is refused", async () => {
  const { caller, entries } = await asked("\u0000\u0001", ["content-type", "application/octet-stream"]);
  expect(caller.status).toBe(415);
  expect(entries).toHaveLength(1);
});

test("a file in an answer is opened, and refused for what is in it", async () => {
  const zip = ["content-type", "application/zip"];
  const { caller } = await asked(zipOf([{ name: "a.csv", data: "手机号\n13912345678\n" }]), zip);
  expect([caller.status, caller.text]).toEqual([403, expect.stringContaining("!entry-1.csv/1/手机号")]);
  expect((await asked(made("encrypted.zip"), zip)).caller.status).toBe(415);
  const { caller: passed } = await asked(made("clean.docx"), ["content-type", "application/octet-stream"]);
  expect(passed.status).toBe(200);
});
