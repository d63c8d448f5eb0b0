// The least a Node gateway can do: node:http in front, undici's dispatch behind, the body buffered, nothing looked at.
// Arguments: the port to listen on, the upstream's port. It is the floor that Yumen's own work stands on.

import { createServer } from "node:http";
import { createRequire } from "node:module";

const { Pool } = createRequire(new URL("../../package.json", import.meta.url))("undici");
const [port, upstreamPort] = process.argv.slice(2).map(Number);
const pool = new Pool(`http://127.0.0.1:${upstreamPort}`, { connections: 256, pipelining: 1 });

class Handler {
  constructor(response) {
    this.response = response;
  }
  onConnect() {}
  onHeaders(status, headers) {
    this.response.writeHead(status, headers.map(String));
    return true;
  }
  onData(chunk) {
    return this.response.write(chunk);
  }
  onComplete() {
    this.response.end();
  }
  onError() {
    this.response.destroy();
  }
}

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    const headers = ["content-type", "application/json"];
    pool.dispatch({ path: request.url, method: request.method, headers, body }, new Handler(response));
  });
}).listen(port, "127.0.0.1");
