// The recipient of the bench: reads whole requests off raw sockets and answers a small constant chat completion.
// It lives in the generator's process, so that the two never fight for their core. Law of this file: it is cheaper than
// any target; it counts what really arrived, so that a target that answers by itself is caught.

import { createServer } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");
const BODY =
  '{"id":"chatcmpl-bench","object":"chat.completion","created":0,"model":"bench","choices":[{"index":0,"message":' +
  '{"role":"assistant","content":"好的，已经处理完毕。"},"finish_reason":"stop"}],' +
  '"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}';
const HEAD = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(BODY)}\r\n\r\n`;
const ANSWER = Buffer.from(HEAD + BODY);
const REFUSAL = Buffer.from("HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

/** @returns {Promise<{ port: number, counted: { requests: number, bodyBytes: number }, close: () => void }>} */
export function startUpstream() {
  const counted = { requests: 0, bodyBytes: 0 };
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", reader(socket, counted));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ port: server.address().port, counted, close: () => server.close() }));
  });
}

function reader(socket, counted) {
  let bodyLeft = 0;
  let head = null;
  return (chunk) => {
    let bytes = head === null ? chunk : Buffer.concat([head, chunk]);
    head = null;
    while (bytes.length > 0) {
      if (bodyLeft === 0) {
        const headEnd = bytes.indexOf(HEAD_END);
        if (headEnd < 0) {
          head = bytes;
          return;
        }
        const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.latin1Slice(0, headEnd + 2));
        if (length === null) return socket.end(REFUSAL);
        bodyLeft = Number(length[1]);
        counted.requests++;
        counted.bodyBytes += bodyLeft;
        bytes = bytes.subarray(headEnd + 4);
      }
      const taken = Math.min(bodyLeft, bytes.length);
      bodyLeft -= taken;
      bytes = bytes.subarray(taken);
      if (bodyLeft === 0) socket.write(ANSWER);
    }
  };
}
