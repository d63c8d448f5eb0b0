// Bytes to the caller at the caller's pace. Law of this file: a write waits until there is room and rejects with Gone
// when the caller went away; each write reaches the socket as a write of its own.

import type { IncomingMessage, ServerResponse } from "node:http";
import { constants, createGzip } from "node:zlib";

/** The caller went away: nothing is wrong, and nothing is left to do. */
export class Gone extends Error {
  override readonly name = "Gone";
}

export interface Writer {
  write(bytes: string | Buffer): Promise<void>;
  end(): Promise<void>;
}

/** Writes to the response, waiting for room. */
export function plainWriter(request: IncomingMessage, response: ServerResponse): Writer {
  return {
    write(bytes) {
      if (request.socket.destroyed) return Promise.reject(new Gone());
      if (response.write(bytes)) return Promise.resolve();
      return room(request, response);
    },
    end() {
      response.end();
      return Promise.resolve();
    },
  };
}

function room(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { socket } = request;
  return new Promise((resolve, reject) => {
    const drained = () => settle(resolve);
    const closed = () => settle(() => reject(new Gone()));
    const settle = (then: () => void) => {
      response.off("drain", drained);
      socket.off("close", closed);
      then();
    };
    response.on("drain", drained);
    socket.on("close", closed);
  });
}

/** Compresses; every write can be decompressed as soon as it arrives. */
export function gzipWriter(inner: Writer): Writer {
  const gzip = createGzip();
  const out: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => out.push(chunk));
  const passOn = () => inner.write(Buffer.concat(out.splice(0)));
  return {
    async write(bytes) {
      gzip.write(bytes);
      await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, resolve));
      await passOn();
    },
    async end() {
      await new Promise<void>((resolve) => {
        gzip.once("end", resolve);
        gzip.end();
      });
      await passOn();
      await inner.end();
    },
  };
}

/** Cuts the bytes at random places (1 to 64 bytes), whatever the writes' borders; a turn of the loop between two. */
export function shreddingWriter(inner: Writer, next: () => number): Writer {
  let held: Buffer = Buffer.alloc(0);
  let size = 1 + (next() % 64);
  const pass = async (bytes: Buffer) => {
    await inner.write(bytes);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    async write(bytes) {
      held = Buffer.concat([held, Buffer.from(bytes)]);
      let at = 0;
      for (; held.length - at >= size; size = 1 + (next() % 64)) {
        const end = at + size;
        await pass(held.subarray(at, end));
        at = end;
      }
      held = held.subarray(at);
    },
    async end() {
      if (held.length > 0) await pass(held);
      await inner.end();
    },
  };
}
