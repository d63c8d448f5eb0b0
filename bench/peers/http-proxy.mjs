// A reverse proxy of http-proxy 1.18, as its README writes it, plus keep-alive towards the upstream.
// Arguments: the port to listen on, the upstream's port. Deprecation warnings of the unmaintained package are its own.

import { Agent, createServer } from "node:http";
import httpProxy from "http-proxy";

const [port, upstreamPort] = process.argv.slice(2).map(Number);
const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 });
const proxy = httpProxy.createProxyServer({ target: `http://127.0.0.1:${upstreamPort}`, agent });
proxy.on("error", (error, _request, response) => {
  if (!response.headersSent) response.writeHead(502);
  response.end(String(error));
});
createServer((request, response) => proxy.web(request, response)).listen(port, "127.0.0.1");
