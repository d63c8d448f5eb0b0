// Preloaded into the gate under test: tells, when asked, how long its event loop was kept from turning, in time and in
// CPU time of its own thread. Law of this file: it looks once a millisecond and does nothing else.

import { openSync, readSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const cpuMs = threadCpu();
let last = cpuMs();
let longestTurnMs = 0;
setInterval(() => {
  const now = cpuMs();
  longestTurnMs = Math.max(longestTurnMs, now - last);
  last = now;
}, 1).unref();

process.on("message", (asked) => {
  if (asked === "reset") {
    delay.reset();
    longestTurnMs = 0;
  } else {
    const [p99Ms, maxMs] = [delay.percentile(99) / 1e6, delay.max / 1e6];
    process.send({ loop: { p99Ms, maxMs, turnCpuMs: longestTurnMs }, rssMb: process.memoryUsage.rss() / 2 ** 20 });
  }
});
process.channel?.unref();

/** What this thread has run so far, in ms: other processes on its core are not in it. 0 where /proc is not. */
function threadCpu() {
  if (process.platform !== "linux") return () => 0;
  const file = openSync(`/proc/self/task/${process.pid}/schedstat`, "r");
  const text = Buffer.alloc(64);
  return () => Number(text.toString("latin1", 0, readSync(file, text, 0, text.length, 0)).split(" ")[0]) / 1e6;
}
