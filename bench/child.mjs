// Child processes pinned to a core. Law of this file: what is started here is stopped here, by its own handle.

import { spawn, spawnSync } from "node:child_process";
import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const PINNED = process.platform === "linux" && spawnSync("taskset", ["-c", "0", "true"]).status === 0;

/** The target's core, and the one that generator and upstream share. */
export const CORES = { target: 0, load: 1 };
export const pinned = PINNED;

/** taskset execs its command, so that the pid is the command's own. */
export function spawnOn(core, command, args, options = {}) {
  const line = PINNED ? ["taskset", "-c", String(core), command, ...args] : [command, ...args];
  return spawn(line[0], line.slice(1), { stdio: ["ignore", "ignore", "pipe"], ...options });
}

/**
 * Starts a target and waits until all its ports answer. Rejects with the end of its stderr when it dies first.
 * @param {{ command: string, args: string[], ports: number[],
 *   cwd?: string, env?: Record<string, string | undefined> }} what
 * @returns {Promise<{ pid: number, stop: () => Promise<void> }>}
 */
export async function startTarget({ command, args, ports, ...options }) {
  const child = spawnOn(CORES.target, command, args, options);
  let complaint = "";
  let dead = false;
  child.stderr.on("data", (chunk) => {
    complaint = (complaint + chunk).slice(-2000);
  });
  const gone = new Promise((resolve) => {
    const ended = (why) => {
      dead = true;
      resolve(why);
    };
    child.on("error", (error) => ended(error.message));
    child.on("exit", (code, signal) => ended(`ended with ${code ?? signal}`));
  });
  const stop = async () => {
    if (!dead) child.kill("SIGTERM");
    await Promise.race([gone, pause(5000, undefined, { ref: false })]);
    if (!dead) child.kill("SIGKILL");
  };
  for (let left = 300; !(await allAnswer(ports)); left--) {
    if (dead || left === 0) {
      await stop();
      throw new Error(`${command} ${args[0]} did not start: ${await Promise.race([gone, "no answer"])}\n${complaint}`);
    }
    await pause(50);
  }
  return { pid: child.pid, stop };
}

async function allAnswer(ports) {
  return (await Promise.all(ports.map(answers))).every(Boolean);
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const done = (answered) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
  });
}

/** A port that was free a moment ago. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
