// Requests as bytes, a way to send them, and an ear on the wire to the recipient.

import { type AddressInfo, connect, createServer } from "node:net";

export type Headers = readonly (readonly [name: string, value: string])[];

export interface Wire {
  readonly method?: string;
  readonly path: string;
  /** Content-Type and the like; Host and Connection are added. */
  readonly headers?: Headers;
  readonly body?: Buffer;
  /** Stands for the body and its length: what follows the head on the wire. Its own framing headers are in `headers`. */
  readonly framed?: Buffer;
  /** Sent in so many pieces, a turn of the loop apart. */
  readonly pieces?: number;
}

/** @param more headers of the sender. */
export function bytesOf({ method = "POST", path, headers = [], body, framed }: Wire, more: Headers = []): Buffer {
  const length: Headers = body === undefined || framed !== undefined ? [] : [["content-length", String(body.length)]];
  const lines = [["host", "127.0.0.1"] as const, ["connection", "close"] as const, ...more, ...headers, ...length];
  const head = `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), framed ?? body ?? Buffer.alloc(0)]);
}

/** @returns the status of the answer; 0 where none came. */
export function send(port: number, bytes: Buffer, pieces = 1): Promise<number> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => void write());
    const write = async () => {
      const size = Math.max(1, Math.ceil(bytes.length / pieces));
      for (let at = 0; at < bytes.length && !socket.destroyed; at += size) {
        socket.write(bytes.subarray(at, at + size));
        if (pieces > 1) await new Promise(setImmediate);
      }
    };
    const over = setTimeout(() => socket.destroy(), 5_000);
    socket.setNoDelay(true);
    socket.on("data", (chunk) => {
      answer += answer.length < 64 ? chunk.toString("latin1") : "";
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(over);
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0));
    });
  });
}

export interface Ear {
  readonly url: string;
  /** Everything that went to the recipient since the last `take`, a connection's bytes together. */
  take(): Buffer[];
  close(): void;
}

/** Listens on loopback and passes every byte on to `port`. */
export async function startEar(port: number): Promise<Ear> {
  let heard = new Map<object, Buffer[]>();
  const open = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    const on = connect(port, "127.0.0.1");
    for (const one of [socket, on]) {
      open.add(one);
      one
        .on("error", () => {})
        .on("close", () => {
          open.delete(one);
          socket.destroy();
          on.destroy();
        });
    }
    socket.on("data", (chunk: Buffer) => {
      if (!heard.has(socket)) heard.set(socket, []);
      heard.get(socket)!.push(chunk);
    });
    socket.pipe(on).pipe(socket);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = [...heard.values()].map((chunks) => Buffer.concat(chunks));
      heard = new Map();
      return taken;
    },
    close() {
      server.close();
      for (const one of open) one.destroy();
    },
  };
}
