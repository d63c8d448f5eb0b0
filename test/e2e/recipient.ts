// A recipient that answers whatever bytes a test wants, and a gate in this process that is pointed at it.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { readConfig, type Settings } from "../../src/io/config.ts";
import { type Running, run } from "../../src/main.ts";
import { pointPolicies } from "./policies.ts";

export const OK = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";

export interface Recipient {
  readonly url: string;
  /** Whole requests as they came, Latin-1. */
  readonly seen: string[];
  readonly sockets: Set<Socket>;
  answer: (socket: Socket, request: string) => void;
  close(): void;
}

export async function startRecipient(): Promise<Recipient> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    let text = "";
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const headEnd = text.indexOf("\r\n\r\n");
      const length = Number(/^content-length: (\d+)\r$/im.exec(text.slice(0, headEnd + 2))?.[1] ?? 0);
      if (headEnd < 0 || text.length < headEnd + 4 + length) return;
      const request = text;
      text = "";
      seen.push(request);
      recipient.answer(socket, request);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const recipient: Recipient = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    sockets,
    answer: (socket) => socket.write(OK),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return recipient;
}

export interface Inside {
  readonly running: Running;
  readonly data: string;
  readonly policies: string;
  readonly logs: string[];
  admin(method: string, path: string, body?: unknown): Promise<Response>;
  /** Bytes in, bytes out until the connection closes or `ms` have gone. */
  raw(bytes: string | Buffer, ms?: number): Promise<string>;
  chat(content: string, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** A gate in this process on the demo's policy, with zhang's mobile and consent known. */
export async function openInside(
  url: string,
  edit: (policy: string) => string = (text) => text,
  flags: Settings = {},
  root = mkdtempSync(join(tmpdir(), "yumen-hostile-")),
): Promise<Inside> {
  const policies = pointPolicies(root, url, edit);
  const data = flags["data"] ?? join(root, "data");
  const logs: string[] = [];
  const log = pino({ level: "debug", base: null }, { write: (line: string) => void logs.push(line) });
  const ports = { port: "0", adminPort: "0", drainMs: "300" };
  const running = await run(readConfig({ policies, data, ...ports, ...flags }, {}), log);
  const inside: Inside = {
    ...{ running, data, policies, logs },
    admin: (method, path, body) =>
      fetch(`http://127.0.0.1:${running.adminPort}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${readFileSync(join(data, "admin.token"), "utf8").trim()}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    raw: (bytes, ms = 1_000) => exchange(running.port, bytes, ms),
    chat: (content, headers = {}) =>
      fetch(`http://127.0.0.1:${running.port}/openai/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ model: "m", messages: [{ role: "user", content }] }),
      }),
    async close() {
      await running.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
  await tellOfZhang(inside);
  return inside;
}

function exchange(port: number, bytes: string | Buffer, ms: number): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    const over = setTimeout(() => socket.destroy(), ms);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(over);
      resolve(text);
    });
  });
}

/** A request as bytes: Host, Connection: close and the length of the body are added. */
export function request(method: string, path: string, headers: Record<string, string>, body: string | Buffer = "") {
  const length = Buffer.byteLength(body) > 0 || method === "POST" ? { "content-length": Buffer.byteLength(body) } : {};
  const lines = Object.entries({ host: "127.0.0.1", connection: "close", ...length, ...headers });
  const head = [`${method} ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), "", ""].join(
    "\r\n",
  );
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

async function tellOfZhang({ admin }: Inside): Promise<void> {
  const subject = { type: "id", value: "zhang" };
  const numbers = [
    { type: "cn-mobile", value: "13800138000" },
    { type: "cn-id", value: "11010519491231002X" },
  ];
  await admin("POST", "/v1/aliases", { exporter: "example-retail", subjects: [subject, ...numbers] });
  await admin("PUT", "/v1/consents/zhang", {
    exporter: "example-retail",
    subject,
    ...{ recipient: "openai", purpose: "customer-service", separate: true, sensitiveNotice: true },
    types: ["cn-mobile", "email", "plate", "cn-id"],
    sensitiveTypes: ["cn-id"],
    notice: { id: "notice-openai", version: "2026-05" },
    givenAt: "2026-06-15T00:00:00+08:00",
  });
}
