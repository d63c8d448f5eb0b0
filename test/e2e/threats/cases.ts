// How cases are made: carrier × disguise × value. A carrier takes what is written and gives a request.

import { applies, type Disguise } from "./disguises.ts";
import type { Planted } from "./planted.ts";
import type { Headers, Wire } from "./wire.ts";

export interface Case {
  readonly name: string;
  readonly planted: Planted;
  readonly wire: Wire;
}

export interface Row {
  /** Of the list of threats. */
  readonly row: number;
  readonly title: string;
  readonly cases: readonly Case[];
}

export type Carrier = (written: string, planted: Planted) => Wire;

export function compose(
  carriers: Readonly<Record<string, Carrier>>,
  disguises: readonly Disguise[],
  values: readonly Planted[],
): Case[] {
  return Object.entries(carriers).flatMap(([carrier, wireOf]) =>
    disguises.flatMap((disguise) =>
      values
        .filter((planted) => applies(disguise, planted))
        .map((planted) => ({
          name: `${carrier} | ${disguise.name} | ${planted.kind}`,
          planted,
          wire: wireOf(disguise.write(planted.text), planted),
        })),
    ),
  );
}

export const CHAT = "/openai/v1/chat/completions";
/** A destination of any shape, open for all that JSON, forms and files may ask. */
export const ANY = "/any/collect";
export const JSON_TYPE: Headers = [["content-type", "application/json"]];
export const typed = (type: string): Headers => [["content-type", type]];

export function sentence(written: string, { before, after }: Planted): string {
  return before + written + after;
}

/** A chat that says it in its only message; what is only seen under a member's name stands in the metadata. */
export function chatOf(written: string, planted: Planted): object {
  const content = planted.before === "" ? "请写一封信" : sentence(written, planted);
  const metadata = planted.before === "" ? { metadata: { [planted.key]: written } } : {};
  return { model: "m", messages: [{ role: "user", content }], ...metadata };
}

export function chatBytes(written: string, planted: Planted): Buffer {
  return Buffer.from(JSON.stringify(chatOf(written, planted)));
}

export function chat(body: Buffer | string | object, headers: Headers = JSON_TYPE): Wire {
  return { path: CHAT, headers, body: bufferOf(body) };
}

export function any(body: Buffer | string | object, type: string | null, more: Partial<Wire> = {}): Wire {
  return { path: ANY, headers: type === null ? [] : typed(type), body: bufferOf(body), ...more };
}

function bufferOf(body: Buffer | string | object): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}
