// One large answer, restored by a thread: the main thread's part. Law: it is never refused for want of room; what was
// minted is handed over page by page.

import type { Minted } from "../../words.ts";
import { limitMsOf } from "./heft.ts";
import type { Answers, MintedPair } from "./messages.ts";
import { owned } from "./reading.ts";
import { callerGone, type Threads } from "./threads.ts";

/** Pairs that go to a thread at once. */
const PAGE = 400;

/** @param provider id of the API's shape. @throws GateError: it cannot be had. */
export async function restoreIn(
  threads: Threads,
  provider: string,
  minted: Minted,
  body: Uint8Array,
  gone: AbortSignal,
): Promise<Answers["restore"]> {
  const limitMs = limitMsOf(body.byteLength);
  const thread = await threads.lease(body.byteLength, gone, true);
  const cancel = (): void => thread.cancel(callerGone());
  gone.addEventListener("abort", cancel);
  try {
    for (const pairs of pagesOf(minted)) await thread.ask("mint", pairs, limitMs, []);
    const mine = owned(body);
    return await thread.ask("restore", { provider, body: mine }, limitMs, [mine.buffer as ArrayBuffer]);
  } finally {
    gone.removeEventListener("abort", cancel);
    threads.giveBack(thread);
  }
}

function* pagesOf(minted: Minted): Generator<MintedPair[]> {
  let page: MintedPair[] = [];
  for (const [standIn, original] of minted) {
    page.push([standIn, original.reveal()]);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}
