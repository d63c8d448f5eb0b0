// nginx, inspecting nothing: the bar that no inspecting gateway reaches. One worker, its own configuration and folders.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startTarget } from "../child.mjs";

const BINARIES = ["nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx"];
const versionOf = (binary) => /nginx\/(\S+)/.exec(spawnSync(binary, ["-v"], { encoding: "utf8" }).stderr ?? "")?.[1];
const binary = BINARIES.find((one) => versionOf(one) !== undefined);

export const nginx = {
  name: "nginx",
  variant: "plain",
  available: () => (binary === undefined ? "not installed" : null),
  version: () => versionOf(binary),
  async start({ upstreamPort }) {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), "yumen-bench-nginx-"));
    mkdirSync(join(folder, "tmp"));
    writeFileSync(join(folder, "nginx.conf"), configuration(folder, port, upstreamPort));
    const args = ["-p", folder, "-e", join(folder, "error.log"), "-c", join(folder, "nginx.conf")];
    const { pid, stop } = await startTarget({ command: binary, args, ports: [port] });
    const stopAll = () => stop().finally(() => rmSync(folder, { recursive: true, force: true }));
    return { url: `http://127.0.0.1:${port}`, pid, headers: {}, stop: stopAll };
  },
};

/** The request is buffered whole, as a gate that must read it does; in memory at every size of the bench. */
function configuration(folder, port, upstreamPort) {
  const kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `daemon off;
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  ${kinds.map((kind) => `${kind}_temp_path ${folder}/tmp;`).join(" ")}
  client_body_buffer_size 256k;
  client_max_body_size 64m;
  keepalive_requests 1000000000;
  upstream overseas { server 127.0.0.1:${upstreamPort}; keepalive 256; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://overseas;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_request_buffering on;
    }
  }
}
`;
}
