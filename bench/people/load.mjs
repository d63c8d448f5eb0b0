// Loads the counted of a folder, and says what it took. Started by run.mjs with --expose-gc.

import { pathToFileURL } from "node:url";

const [dist, dir] = process.argv.slice(2);
const { openLmdbStores } = await import(pathToFileURL(`${dist}/io/stores/lmdb/stores.js`).href);
/** Garbage outside of the heap goes in the turns after a collection. */
const held = async () => {
  for (let turn = 0; turn < 3; turn++) {
    global.gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { arrayBuffers, heapUsed, rss } = process.memoryUsage();
  return { memory: arrayBuffers + heapUsed, rss };
};
const before = await held();
const [startedMs, cpu] = [performance.now(), process.cpuUsage()];
const { people, close } = await openLmdbStores(dir);
const ms = performance.now() - startedMs;
const { user, system } = process.cpuUsage(cpu);
const { gross } = people.counts("acme", 2026);
const after = await held();
process.stdout.write(
  JSON.stringify({
    ...{ ms, cpuMs: (user + system) / 1000, gross },
    bytesAPerson: (after.memory - before.memory) / gross,
    residentAPerson: (after.rss - before.rss) / gross,
  }),
);
await close();
