// What a figure depends on: machine, versions, command. Law of this file: nothing that names a host or a user.

import { spawnSync } from "node:child_process";
import { cpus, loadavg, release, totalmem } from "node:os";
import { pinned } from "./child.mjs";

/** @returns {object} the head of a results file */
export function machine(options, command) {
  const versions = options.targets.filter((target) => target.available() === null && target.version() !== "");
  return {
    date: new Date().toISOString(),
    command,
    commit: spawnSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).stdout?.trim() || "none",
    machine: {
      cpu: cpus()[0].model.trim(),
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      kernel: `${process.platform} ${release()}`,
      loadBefore: loadavg()[0],
      pinned,
    },
    versions: { node: process.version, ...Object.fromEntries(versions.map((one) => [one.name, one.version()])) },
    settings: { connections: options.connections, seconds: options.seconds, rounds: options.rounds },
  };
}
