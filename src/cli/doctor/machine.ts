// The machine: Node, file descriptors, the data folder, guarded files. Law: what is tried is undone.

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, open, readFile, rm, rmdir, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../../io/config.ts";
import { type Check, fail, ok, type Verdict, warn } from "./check.ts";
import { askGate, type GateAnswer, onMachine, portVerdict } from "./ports.ts";

const NODE_MIN = [20, 19] as const;

export function nodeVerdict(version: string): Verdict {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const fit = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  if (fit) return ok(`Node ${version}`, `Node ${version}`);
  const wanted = NODE_MIN.join(".");
  return fail(
    `Node ${version} 太旧`,
    `Node ${version} is too old`,
    `装 Node ${wanted} 或更新`,
    `install Node ${wanted} or newer`,
  );
}

const FILES_WARN = 4_096;
const FILES_FAIL = 256;

/** @param limits text of /proc/self/limits; null: not told on this system. */
export function filesVerdict(limits: string | null): Verdict {
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(limits ?? "")?.[1];
  if (soft === undefined)
    return ok("此系统不告知文件描述符上限", "this system does not tell the limit of file descriptors");
  const count = soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft);
  const said = [`文件描述符上限 ${soft}`, `at most ${soft} file descriptors`] as const;
  const fix = [
    "提高上限：ulimit -n 65536，或 systemd 的 LimitNOFILE=65536",
    "raise it: ulimit -n 65536, or LimitNOFILE=65536 in systemd",
  ] as const;
  if (count < FILES_FAIL) return fail(...said, ...fix);
  return count < FILES_WARN ? warn(...said, ...fix) : ok(...said);
}

const MIB = 1024 ** 2;
const FREE_WARN_BYTES = 1024 * MIB;
const FREE_FAIL_BYTES = 100 * MIB;

/** Free space where the data folder is, or will be. */
export async function spaceVerdict(data: string): Promise<Verdict> {
  const { bavail, bsize } = await statfs(nearestExisting(data));
  const free = bavail * bsize;
  const said = [`空闲 ${sized(free)}`, `${sized(free)} free`] as const;
  const fix = [
    "腾出空间或换 --data：台账写不下就停止放行",
    "make room or choose another --data: when the ledger cannot be written nothing leaves",
  ] as const;
  if (free < FREE_FAIL_BYTES) return fail(...said, ...fix);
  return free < FREE_WARN_BYTES ? warn(...said, ...fix) : ok(...said);
}

function sized(bytes: number): string {
  return bytes < 1024 * MIB ? `${Math.floor(bytes / MIB)} MiB` : `${(bytes / 1024 / MIB).toFixed(1)} GiB`;
}

function nearestExisting(path: string): string {
  let at = resolve(path);
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

const SYNCS = 7;
const SYNC_BYTES = 4096;
const SYNC_WARN_MS = 10;

/** In `strict` each commit waits for one of these. */
export async function syncVerdict(data: string): Promise<Verdict> {
  const folder = nearestExisting(data);
  const trial = join(folder, `.doctor-${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(trial, { mode: 0o700 });
  } catch (error) {
    return unwritable(folder, error);
  }
  try {
    return judgeSync(await medianSyncMs(join(trial, "sync")));
  } finally {
    await rm(join(trial, "sync"), { force: true });
    await rmdir(trial);
  }
}

function unwritable(folder: string, error: unknown): Verdict {
  const { code } = error as NodeJS.ErrnoException;
  return fail(
    `${folder} 写不了（${code}）`,
    `${folder} cannot be written (${code})`,
    "给运行网关的用户写权限，或换 --data",
    "let the gate's user write there, or choose another --data",
  );
}

async function medianSyncMs(path: string): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    const taken: number[] = [];
    for (let i = 0; i < SYNCS; i++) {
      const begun = performance.now();
      await file.write(Buffer.alloc(SYNC_BYTES, i));
      await file.datasync();
      taken.push(performance.now() - begun);
    }
    return taken.sort((a, b) => a - b)[SYNCS >> 1]!;
  } finally {
    await file.close();
  }
}

export function judgeSync(ms: number): Verdict {
  const said = [`落盘一次 ${ms.toFixed(2)} ms`, `one write to disk takes ${ms.toFixed(2)} ms`] as const;
  if (ms < SYNC_WARN_MS) return ok(...said);
  return warn(
    `${said[0]}：严格模式下每次提交都要等它`,
    `${said[1]}: in strict mode each commit waits for it`,
    "把 --data 放到本地 SSD，或权衡后用 --durability batched",
    "put --data on a local SSD, or weigh --durability batched",
  );
}

/** Files whose readers could pass for the gate or for its administrators. */
const GUARDED = ["keys.json", "admin.token", "admin-tokens.json"];

export function guardedVerdict(data: string): Verdict {
  const found = GUARDED.map((name) => join(data, name)).filter((path) => existsSync(path));
  const opened = found.filter((path) => (statSync(path).mode & 0o077) !== 0);
  if (opened.length > 0)
    return fail(
      `别人也能读：${opened.join("、")}`,
      `others can read ${opened.join(", ")}`,
      "chmod 600，并更换其中的机密",
      "chmod 600, and change the secrets in it",
    );
  if (found.length === 0) return ok("还没有密钥文件，首次启动时生成", "no key files yet: the first start makes them");
  return ok(`密钥文件只有所有者能读（${found.length} 个）`, `key files are the owner's alone (${found.length})`);
}

/** Certificates trusted besides Node's own: a file that cannot be read is passed over by Node with a mere warning. */
export function extraCaVerdict(file: string | undefined): Verdict {
  if (file === undefined || file === "")
    return ok("没有另加系统 CA（NODE_EXTRA_CA_CERTS）", "no CAs besides Node's (NODE_EXTRA_CA_CERTS)");
  try {
    if (readFileSync(file, "utf8").includes("-----BEGIN CERTIFICATE-----"))
      return ok(`另加的 CA：${file}`, `CAs besides Node's: ${file}`);
  } catch {
    // told below
  }
  return fail(
    `NODE_EXTRA_CA_CERTS：${file} 读不到，或不是 PEM 证书`,
    `NODE_EXTRA_CA_CERTS: ${file} cannot be read, or is no PEM certificate`,
    "改正路径或去掉这个变量",
    "mend the path, or take the variable away",
  );
}

export async function readLimits(): Promise<string | null> {
  return readFile("/proc/self/limits", "utf8").catch(() => null);
}

/** @param config of the gate that is meant. */
export function machineChecks(config: Config, env: NodeJS.ProcessEnv): readonly Check[] {
  const { data } = config;
  let asked: Promise<GateAnswer> | null = null;
  const gate = (): Promise<GateAnswer> =>
    (asked ??= askGate(`http://${onMachine(config.adminHost)}:${config.adminPort}`, 2_000));
  return [
    { id: "node", examine: () => nodeVerdict(process.version) },
    { id: "files", examine: async () => filesVerdict(await readLimits()) },
    { id: "space", examine: () => spaceVerdict(data) },
    { id: "disk", examine: () => syncVerdict(data) },
    { id: "keys", examine: () => guardedVerdict(data) },
    { id: "extra-ca", examine: () => extraCaVerdict(env["NODE_EXTRA_CA_CERTS"]) },
    { id: "port", examine: () => portVerdict(config.host, config.port, gate) },
    { id: "admin-port", examine: () => portVerdict(config.adminHost, config.adminPort, gate) },
  ];
}
