// Yumen itself, from dist, as it is deployed: `empty` shows what the gate costs by itself, `full` finds, judges, counts.
// Law of this file: `full` is measured only after one crossing has shown that the person's number was found and let pass.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chatBody } from "../bodies.mjs";
import { freePort, startTarget } from "../child.mjs";
import { CONSENT, policyFiles, SUBJECT_HEADERS } from "../policies.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** On the checkout's disk, not in /tmp: that may be memory, where syncing costs nothing. */
const scratch = join(root, "bench/.out");
const program = join(root, "bin/yumen.mjs");
/** Node's, as the command's first line has them: it is run as it is when it is installed. */
const ownFlags = /^#!\/usr\/bin\/env -S node(.*)$/m.exec(readFileSync(program, "utf8"))[1].trim().split(" ");

export const yumenEmpty = yumen("empty", "plain", {}, null);
export const yumenFull = yumen("full", "pi", SUBJECT_HEADERS, CONSENT);

/** @param {string[] | null} consent arguments of `yumen consent grant`, told to the running gate before any load */
function yumen(kind, variant, headers, consent) {
  return {
    name: `yumen-${kind}`,
    variant,
    available: () => (existsSync(join(root, "dist/bundle/main.js")) ? null : "not built (npm run build)"),
    version: () => JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version,
    async start({ upstreamPort, size }) {
      const [port, adminPort] = [await freePort(), await freePort()];
      mkdirSync(scratch, { recursive: true });
      const folder = mkdtempSync(join(scratch, "yumen-"));
      const data = join(folder, "data");
      const policies = folderOf(folder, policyFiles(kind, `http://127.0.0.1:${upstreamPort}`));
      const flags = (process.env.BENCH_FLAGS ?? "").split(" ").filter((flag) => flag !== ""); // of node, to try or profile
      const args = [...ownFlags, ...flags, program, "start", "--policies", policies, "--data", data];
      args.push("--port", String(port), "--admin-port", String(adminPort), "--log-level", "silent");
      const env = { ...process.env, NODE_ENV: "production" };
      const { pid, stop } = await startTarget({
        command: process.execPath,
        args,
        ports: [port, adminPort],
        cwd: root,
        env,
      });
      // Its files go when the bench does: on ext4 whoever makes a file walks past all that were deleted in the last
      // minutes, and a ledger's never are.
      process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
      const url = `http://127.0.0.1:${port}/openai`;
      try {
        if (consent !== null) await grant(consent, adminPort, data);
        if (variant === "pi") await prove(url, headers, size);
      } catch (error) {
        await stop();
        throw error;
      }
      return { url, pid, headers, stop };
    },
  };
}

/** @returns {Promise<void>} rejects when the gate does not find what the body holds */
async function prove(url, headers, size) {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: chatBody(size, "pi"),
  };
  const response = await fetch(`${url}/v1/chat/completions`, init);
  const [findings, action] = [response.headers.get("x-yumen-findings"), response.headers.get("x-yumen-action")];
  await response.arrayBuffer();
  if (response.status === 200 && action === "forward" && findings?.includes("cn-mobile=1")) return;
  throw new Error(`a body with a mobile number: status ${response.status}, action ${action}, findings ${findings}`);
}

async function grant(consent, adminPort, data) {
  const args = [program, "consent", "grant", ...consent, "--admin", `http://127.0.0.1:${adminPort}`, "--data", data];
  const done = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`yumen consent grant: ${done.stderr || done.error?.message}`);
}

function folderOf(folder, files) {
  const policies = join(folder, "policies");
  mkdirSync(policies);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(policies, name), text);
  return policies;
}
