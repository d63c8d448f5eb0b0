// A reading thread. Law: it tells its answer or where it failed, never why: a message could quote what was read
// (law 6).

import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { Answers, Asks, Failure, ThreadData, Told, Work } from "./messages.ts";
import { answerOf, Reader } from "./reader.ts";

/** Where cores are few the main thread goes first. */
const NICENESS = 5;

standBack();
const reader = new Reader((workerData as ThreadData).secrets);

parentPort!.on("message", (message: { readonly work: Work; readonly ask: Asks[Work] } | "forget") => {
  if (message === "forget") return reader.forget();
  let told: Told;
  try {
    told = { told: answerOf(reader, message.work, message.ask) };
  } catch (error) {
    reader.forget();
    told = { failed: failureOf(error) };
  }
  parentPort!.postMessage(told, "told" in told ? memoryOf(told.told) : []);
});

/** Linux alone gives a thread a priority of its own. */
function standBack(): void {
  try {
    setPriority(Number(readlinkSync("/proc/thread-self").split("/").at(-1)), NICENESS);
  } catch {
    // as all others, then
  }
}

/** A body's memory goes with it. */
function memoryOf(answer: Answers[Work]): ArrayBuffer[] {
  const body = answer instanceof Uint8Array ? answer : answer !== null && "body" in answer ? answer.body : null;
  return body === null ? [] : [body.buffer as ArrayBuffer];
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: typeof error, frames: "" };
  const { name, stack = "", message } = error;
  // a message may have lines that look like places
  const said = stack.indexOf(message);
  const after = said < 0 ? "" : stack.slice(said + message.length);
  return { name, frames: after.split("\n").filter(isFrame).join("\n") };
}

function isFrame(line: string): boolean {
  return line.startsWith("    at ");
}
