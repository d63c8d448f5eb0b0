// The orchestrator's handle on the generator process (load.mjs). Law of this file: one job at a time, one answer each.

import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CORES, spawnOn } from "./child.mjs";

/** @returns {Promise<{ upstreamPort: number, run(job: object): Promise<object>, stop(): void }>} */
export async function startGenerator() {
  const script = fileURLToPath(new URL("load.mjs", import.meta.url));
  const child = spawnOn(CORES.load, process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the generator died");
    return JSON.parse(value);
  };
  const { upstreamPort } = await next();
  return {
    upstreamPort,
    async run(job) {
      child.stdin.write(`${JSON.stringify(job)}\n`);
      const result = await next();
      if (result.error !== undefined) throw new Error(result.error);
      return result;
    },
    stop: () => child.stdin.end(),
  };
}
