// http-proxy 1.18, what most Node gateways are built on: as its README writes it (a connection a request towards the
// upstream), and at its best, with a keep-alive agent.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { freePort, startTarget } from "../child.mjs";

const server = fileURLToPath(new URL("../peers/http-proxy.mjs", import.meta.url));
const manifest = new URL("../peers/node_modules/http-proxy/package.json", import.meta.url);

export const httpProxy = proxy("http-proxy", []);
export const httpProxyKept = proxy("http-proxy+agent", ["keep-alive"]);

/** @param {string[]} flags further arguments of bench/peers/http-proxy.mjs */
function proxy(name, flags) {
  return {
    name,
    variant: "plain",
    available: () => (existsSync(manifest) ? null : "not installed (npm ci in bench/peers)"),
    version: () => JSON.parse(readFileSync(manifest, "utf8")).version,
    async start({ upstreamPort }) {
      const port = await freePort();
      const args = [server, String(port), String(upstreamPort), ...flags];
      const { pid, stop } = await startTarget({ command: process.execPath, args, ports: [port] });
      return { url: `http://127.0.0.1:${port}`, pid, headers: {}, stop };
    },
  };
}
