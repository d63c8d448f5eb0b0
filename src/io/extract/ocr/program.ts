// A program of the operator's that reads text out of pictures (tesseract, say), one picture a run: on its standard
// input the picture, on its standard output the text. Law: no shell, no environment but the search path; it ends within
// its time, with all that it has started; what it says beyond its room, or too late, nobody hears.

import { type ChildProcess, spawn } from "node:child_process";

export type Ended = "time" | "size" | "failed" | "gone";

/** @returns the text, or how it ended without one. Never rejects. @param bytesMax of the text. @param gone ends it. */
export function readPicture(
  command: readonly string[],
  picture: Uint8Array,
  limitMs: number,
  bytesMax: number,
  gone: AbortSignal,
): Promise<Buffer | Ended> {
  return new Promise((resolve) => {
    if (gone.aborted) return resolve("gone");
    if (limitMs <= 0) return resolve("time");
    const child = started(command);
    if (child?.stdin == null || child.stdout == null) return resolve("failed");
    const pieces: Buffer[] = [];
    let bytes = 0;
    const end = (how: Buffer | Ended): void => {
      clearTimeout(timer);
      gone.removeEventListener("abort", onGone);
      child.removeAllListeners().on("error", () => {});
      child.stdout!.removeAllListeners("data");
      for (const pipe of [child.stdin!, child.stdout!]) pipe.on("error", () => {}).destroy();
      killAll(child);
      resolve(how);
    };
    const timer = setTimeout(() => end("time"), limitMs);
    const onGone = (): void => end("gone");
    gone.addEventListener("abort", onGone);
    child.on("error", () => end("failed"));
    child.on("close", (code) => end(code === 0 ? Buffer.concat(pieces) : "failed"));
    child.stdout.on("data", (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > bytesMax) end("size");
      else pieces.push(piece);
    });
    // it may say what it has to say without reading all
    child.stdin.on("error", () => {});
    child.stdin.end(picture);
  });
}

/** In a group of its own, so that what it starts ends with it. null: it cannot be started. */
function started([program, ...args]: readonly string[]): ChildProcess | null {
  const { PATH = "", TESSDATA_PREFIX } = process.env;
  const env = { PATH, LC_ALL: "C.UTF-8", ...(TESSDATA_PREFIX === undefined ? {} : { TESSDATA_PREFIX }) };
  try {
    return spawn(program!, args, { env, stdio: ["pipe", "pipe", "ignore"], detached: true, windowsHide: true });
  } catch {
    return null;
  }
}

function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // all of them have ended
  }
}
