// A reading thread. Law: it tells its answer or where it failed, never why: a message could quote what was read
// (law 6).

import { parentPort, workerData } from "node:worker_threads";
import type { Answers, Asks, Failure, ThreadData, Told, Work } from "./messages.ts";
import { answerOf, Reader } from "./reader.ts";

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

/** A body's memory goes with it. */
function memoryOf(answer: Answers[Work]): ArrayBuffer[] {
  const body = answer instanceof Uint8Array ? answer : answer !== null && "body" in answer ? answer.body : null;
  return body === null ? [] : [body.buffer as ArrayBuffer];
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: typeof error, frames: "" };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return { name: error.name, frames: frames.join("\n") };
}
