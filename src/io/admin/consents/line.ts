// One line of a bulk made into a write. Law: what is wrong is told as a Problem with pointers, never with the text.

import type { ConsentWrite } from "../../ports.ts";
import { Problem, parseBody } from "../problem.ts";
import { aliasBody, bulkGrant, bulkWithdrawal, type SubjectBody } from "../schema.ts";
import { grantOf, handlerOf, type Incoming, keyOf, withdrawalOf } from "./incoming.ts";
import { createShapes } from "./shapes.ts";

/** @throws Problem */
export type ReadLine = (world: Incoming, line: string) => ConsentWrite;

/** Of one body: lines that say nearly the same are read the faster for it. */
export function consentLines(): ReadLine {
  const shaped = createShapes();
  return (world, line) => shaped(world, line) ?? writeOf(world, parseLine(line));
}

export const writeOfAliases: ReadLine = (world, line) => {
  const { exporter, subjects } = parseBody(aliasBody, parseLine(line));
  const handler = handlerOf(world, exporter);
  const keys = subjects.map((subject, i) => keyOf(world, handler, subject, `/subjects/${i}`));
  return { same: { exporter: handler, keys } };
};

/** @param value a grant or a withdrawal as a bulk has it. @throws Problem */
export function writeOf(world: Incoming, value: unknown): ConsentWrite {
  if ((value as { action?: unknown } | null)?.action === "withdraw") {
    const body = parseBody(bulkWithdrawal, value);
    const event = withdrawalOf(world, body.event ?? null, body);
    return { event, ...sameAs(world, event, body.aliases) };
  }
  const body = parseBody(bulkGrant, value);
  const event = grantOf(world, body.event ?? null, body);
  return { event, ...sameAs(world, event, body.aliases) };
}

function sameAs(
  world: Incoming,
  { exporter, person }: NonNullable<ConsentWrite["event"]>,
  aliases: readonly SubjectBody[],
): Pick<ConsentWrite, "same"> {
  if (aliases.length === 0) return {};
  const keys = aliases.map((subject, i) => keyOf(world, exporter, subject, `/aliases/${i}`));
  return { same: { exporter, keys: [person, ...keys] } };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Problem(400, "request_malformed", "The line cannot be read as JSON.");
  }
}
