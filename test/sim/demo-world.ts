// A World of memory stores and fakes around the real gate, on the demo policy: for the simulation and the laws.

import { join } from "node:path";
import { createFactsLoader } from "../../src/io/facts.ts";
import { openKeys } from "../../src/io/keys.ts";
import { loadLawData } from "../../src/io/law-data.ts";
import type { World } from "../../src/io/perform.ts";
import { loadPolicy } from "../../src/io/policy/load.ts";
import { loadDemoPeople, seedOf } from "../../src/io/policy/people.ts";
import type { Dialer, Ledger, Reply } from "../../src/io/ports.ts";
import { openMemoryStores } from "../../src/io/stores/memory/stores.ts";
import type { Stores } from "../../src/io/stores/stores.ts";
import type { Telemetry } from "../../src/io/telemetry/telemetry.ts";
import type { Arrival, CrossingId, HeaderPairs, Keys, Policy } from "../../src/words.ts";

export const POLICIES = join(import.meta.dirname, "../../policies");
/** 2026-11-22 10:00 in Beijing. */
export const NOW_MS = Date.UTC(2026, 10, 22, 2);

export async function demoPolicy(): Promise<Policy> {
  const loaded = await loadPolicy(join(POLICIES, "demo"), {
    law: loadLawData(join(POLICIES, "law")),
    variables: { overseas: "http://127.0.0.1:9" },
    nowMs: NOW_MS,
  });
  if (!loaded.ok) throw new Error("the demo policy does not load");
  return loaded.policy;
}

/** Memory stores that know the demo's people. */
export async function demoStores(keys: Keys): Promise<Stores> {
  const stores = openMemoryStores();
  const { links, events } = seedOf(
    await loadDemoPeople(join(POLICIES, "demo/demo.people.yaml")),
    keys,
    new Date(NOW_MS).toISOString(),
  );
  for (const { exporter, key, alias } of links) await stores.consent.link(exporter, key, alias);
  for (const event of events) await stores.consent.record(event);
  return stores;
}

export const SILENT: Telemetry = {
  ...{ traceId: () => null, decided() {}, stopped() {}, tried() {}, answered() {}, failed() {} },
};

export interface Fakes {
  readonly policy: Policy;
  readonly keys: Keys;
  readonly stores: Stores;
  readonly ledger: Ledger;
  readonly dialer: Dialer;
  readonly telemetry?: Telemetry;
}

export function worldOf({ policy, keys, stores, ledger, dialer, telemetry = SILENT }: Fakes): World {
  let serial = 0;
  return {
    policy: () => policy,
    keys,
    clock: { nowMs: () => NOW_MS },
    random: {
      bytes: (count) => new Uint8Array(count).fill(serial++ % 256),
      salt: () => String(serial++),
      crossingId: () => idOf(serial++),
    },
    facts: createFactsLoader(stores.consent, stores.people, keys),
    people: stores.people,
    ledger,
    dialer,
    telemetry,
  };
}

export function idOf(serial: number): CrossingId {
  return `dec_${String(serial).padStart(26, "0")}` as CrossingId;
}

export function arrivalOf(serial: number, content: string, more: Partial<Arrival> = {}): Arrival {
  const body = Buffer.from(JSON.stringify({ model: "echo", messages: [{ role: "user", content }] }));
  return {
    id: idOf(serial),
    atMs: NOW_MS,
    method: "POST",
    target: "/v1/chat/completions",
    destination: "openai",
    headers: ["content-type", "application/json"],
    body,
    contentType: "application/json",
    contentEncoding: "",
    caller: "demo",
    asserted: { subject: null, purpose: null, conversation: null, exporter: null },
    language: "en",
    ...more,
  };
}

/** How a caller was left: with a whole answer, with one that was cut, with a whole refusal, or by itself. */
export type Ending = "answer" | "cut" | "refusal" | "left" | "nothing";

/** What a Reply may be told, as letters: s send, h head, d data, e end, x destroy. Nothing comes after an ending. */
const LAWFUL = /^(?:s|hd*[ex])?$/;

/** A caller that remembers what it got, in order. */
export class Caller implements Reply {
  status = 0;
  headers: HeaderPairs = [];
  readonly chunks: Uint8Array[] = [];
  state: "waiting" | "answered" | "destroyed" = "waiting";
  told = "";
  #left = false;
  #onClose: () => void = () => {};

  get headersSent(): boolean {
    return this.status !== 0;
  }
  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }
  /** @throws when the calls were none that a Reply allows: a second head, data after an end, … */
  get ending(): Ending {
    // whoever left may have been in the middle of anything
    if (!LAWFUL.test(this.told) && !(this.#left && LAWFUL.test(`${this.told}x`))) throw new Error(`told ${this.told}`);
    if (this.told === "s")
      return this.header("x-yumen-action") === "block" || this.status >= 400 ? "refusal" : "answer";
    if (this.told.endsWith("e")) return "answer";
    if (this.told.endsWith("x")) return "cut";
    return this.#left ? "left" : "nothing";
  }
  header(name: string): string | undefined {
    const at = this.headers.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === name);
    return at < 0 ? undefined : this.headers[at + 1];
  }
  head(status: number, headers: HeaderPairs): void {
    this.told += "h";
    [this.status, this.headers] = [status, headers];
  }
  data(chunk: Uint8Array): boolean {
    this.told += "d";
    this.chunks.push(chunk);
    return true;
  }
  end(last?: Uint8Array): void {
    this.told += "e";
    if (last !== undefined) this.chunks.push(last);
    this.state = "answered";
  }
  send(status: number, headers: HeaderPairs, body: Uint8Array): void {
    this.told += "s";
    [this.status, this.headers, this.state] = [status, headers, "answered"];
    this.chunks.push(body);
  }
  destroy(): void {
    this.told += "x";
    this.state = "destroyed";
  }
  onClose(listener: () => void): void {
    this.#onClose = listener;
    if (this.#left) listener();
  }
  onDrain(): void {}
  /** Goes away, unless it has its answer already. */
  leave(): void {
    if (this.#left || this.state !== "waiting") return;
    this.#left = true;
    this.#onClose();
  }
}

/** Keys of a fresh install under a folder that the test removes. */
export async function keysUnder(dir: string): Promise<Keys> {
  return (await openKeys(dir)).keys;
}
