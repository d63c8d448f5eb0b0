// A reverse proxy of http-proxy 1.18, as its README writes it; with `keep-alive`, an agent towards the upstream besides.
// Arguments: the port to listen on, the upstream's port, and perhaps `keep-alive`. Deprecation warnings of the
// unmaintained package are its own.

import { Agent, createServer } from "node:http";
import httpProxy from "http-proxy";

const [port, upstreamPort, kept] = process.argv.slice(2);
const agent = kept === "keep-alive" ? new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 }) : undefined;
const proxy = httpProxy.createProxyServer({ target: `http://127.0.0.1:${upstreamPort}`, agent });
proxy.on("error", (error, _request, response) => {
  if (!response.headersSent) response.writeHead(502);
  response.end(String(error));
});
createServer((request, response) => proxy.web(request, response)).listen(Number(port), "127.0.0.1");
