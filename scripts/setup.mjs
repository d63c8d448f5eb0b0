// Sets up what is missing, and only that: packages from the lock file, then a build newer than the sources.
// Plain JavaScript without packages: it runs before there are any.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Yumen needs Node.js 20.19 or newer; this is ${process.version}.`);
  process.exit(2);
}

/** Runs a command, its output shown; ends this process when it fails. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", ...options });
  if (done.status !== 0) {
    console.error(`\n${command} ${args.join(" ")} failed (${done.status ?? done.signal ?? done.error?.message})`);
    process.exit(done.status ?? 2);
  }
}

/**
 * Installs the versions of the lock file where they are not installed yet. Not `npm ci`: that refuses a lock file which
 * lacks the optional packages of other platforms, and registries exist that do not carry them all.
 */
export function install(folder = ROOT) {
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  const stamp = join(folder, "node_modules/.yumen-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.error(`Installing packages (${folder === ROOT ? "once" : folder.slice(ROOT.length)}) …`);
  run("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
  });
  writeFileSync(stamp, lock);
}

/** Builds dist/ when a source, or the lock file of the packages that are built in, is newer than the last build. */
export function build() {
  const stamp = join(ROOT, "dist/.built");
  const sources = Math.max(newest(join(ROOT, "src")), statSync(join(ROOT, "package-lock.json")).mtimeMs);
  if (existsSync(stamp) && sources < statSync(stamp).mtimeMs) return;
  console.error("Building …");
  const began = new Date();
  // nothing of an earlier build stays: neither modules that are no more, nor half of one that fails
  rmSync(join(ROOT, "dist"), { recursive: true, force: true });
  run("npm", ["run", "--silent", "build"], { stdio: ["ignore", 2, 2] });
  writeFileSync(stamp, "");
  // what changed while it was built is built the next time
  utimesSync(stamp, began, began);
}

function newest(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);
}
