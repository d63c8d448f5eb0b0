// CPU time of a process and all its descendants, threads included, from /proc (Linux).
// Law of this file: ticks of 10 ms (CLK_TCK 100); measure over seconds, not milliseconds.

import { readdirSync, readFileSync } from "node:fs";

const TICK_MS = 10;

/** @param {number | null} pid null: there is no process to measure @returns {number} ms of user and system time */
export function cpuMsOf(pid) {
  if (pid === null) return 0;
  return tree(pid).reduce((sum, one) => sum + ownMs(one), 0);
}

/** @returns {number} ms since boot that all cores together were not idle, a hypervisor's share included */
export function machineBusyMs() {
  const [, user, nice, system, , , irq, softirq, steal] = readFileSync("/proc/stat", "latin1").split(/\s+/).map(Number);
  return (user + nice + system + irq + softirq + steal) * TICK_MS;
}

function tree(pid) {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" "),
  );
  return [pid, ...children.filter((child) => child !== "").flatMap((child) => tree(Number(child)))];
}

/** Fields 14 and 15 of proc(5) stat; the name in field 2 may hold spaces and parentheses. */
function ownMs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
