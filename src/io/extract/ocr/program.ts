// A program of the operator's that reads text out of pictures (tesseract, say), one picture a run: on its standard
// input the picture, on its standard output the text. Law: no shell, no environment but the search path; it ends within
// its time, and what it says beyond its room ends it.

import { spawn } from "node:child_process";

export type Ended = "time" | "size" | "failed";

/** @returns the text, or how it ended without one. Never rejects. @param bytesMax of the text. */
export function readPicture(
  [program, ...args]: readonly string[],
  picture: Uint8Array,
  limitMs: number,
  bytesMax: number,
): Promise<Buffer | Ended> {
  return new Promise((resolve) => {
    const { PATH = "", TESSDATA_PREFIX } = process.env;
    const env = { PATH, LC_ALL: "C.UTF-8", ...(TESSDATA_PREFIX === undefined ? {} : { TESSDATA_PREFIX }) };
    const child = spawn(program!, args, { env, stdio: ["pipe", "pipe", "ignore"], windowsHide: true });
    const pieces: Buffer[] = [];
    let bytes = 0;
    const end = (how: Buffer | Ended): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      resolve(how);
    };
    const timer = setTimeout(() => end("time"), limitMs);
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
