// The floor: node:http + undici's dispatch, body buffered, nothing inspected. What is above it is Yumen's own cost.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { freePort, startTarget } from "../child.mjs";

const server = fileURLToPath(new URL("../peers/undici.mjs", import.meta.url));
const manifest = new URL("../../node_modules/undici/package.json", import.meta.url);

export const undici = {
  name: "node+undici",
  variant: "plain",
  available: () => null,
  version: () => JSON.parse(readFileSync(manifest, "utf8")).version,
  async start({ upstreamPort }) {
    const port = await freePort();
    const args = [server, String(port), String(upstreamPort)];
    const { pid, stop } = await startTarget({ command: process.execPath, args, ports: [port] });
    return { url: `http://127.0.0.1:${port}`, pid, headers: {}, stop };
  },
};
