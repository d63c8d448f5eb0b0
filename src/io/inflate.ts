// Undoes the content-encoding of an answer that has to be restored. Law: bounded, and broken means broken.

import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { GateError } from "./errors.ts";

export interface Inflater {
  /** false: pause until `drained`. */
  write(chunk: Uint8Array): boolean;
  /** The caller has read on. */
  resume(): void;
  end(): void;
}

export interface InflatedTo {
  /** false: no more until `resume`. */
  data(chunk: Uint8Array): boolean;
  end(): void;
  fail(error: Error): void;
  drained(): void;
}

const OPEN = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** @returns null for a coding that the gate cannot undo. */
export function inflater(coding: string, to: InflatedTo): Inflater | null {
  const open = OPEN[coding.trim().toLowerCase() as keyof typeof OPEN];
  if (open === undefined) return null;
  const stream = open();
  stream.on("data", (chunk: Buffer) => {
    if (!to.data(chunk)) stream.pause();
  });
  stream.on("end", () => to.end());
  stream.on("drain", () => to.drained());
  stream.on("error", (cause) =>
    to.fail(new GateError("answer_unreadable", "content-encoding of the answer", { cause })),
  );
  return {
    write: (chunk) => stream.write(chunk),
    resume: () => void stream.resume(),
    end: () => void stream.end(),
  };
}
