// A token that its holder makes, and a seat that whoever has the data folder gives. Law: the token goes into a file of
// its owner's and nowhere else; the gate takes a seat from a file that nobody else could have written.

import { chownSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { SEATS } from "../../io/admin/identities/drop.ts";
import { freshToken } from "../../io/admin/identities/stored.ts";
import { createOnce } from "../../io/keys/guarded.ts";
import { CannotRun } from "../shown/cannot-run.ts";
import type { Said } from "../shown/said.ts";

export interface SeatAsked {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** SHA-256 of the token, hex. */
  readonly key: string;
  readonly expiresDays: number;
}

/** @param text with or without `sha256:`. @throws CannotRun */
export function readKey(text: string): string {
  const key = /^(?:sha256:)?([0-9a-f]{64})$/.exec(text.trim())?.[1];
  if (key !== undefined) return key;
  throw new CannotRun(
    "--key 应为 yumen identity key 打印的 sha256:…（64 位十六进制）；令牌本身不要给任何人",
    "--key wants what yumen identity key prints: sha256: and 64 hex digits; the token itself goes to nobody",
  );
}

/** @param out absent: `<id>.token` here. @throws CannotRun: there is such a file already */
export async function makeKey(id: string, out = `${id}.token`): Promise<Said> {
  const path = resolve(out);
  const { plain, sha256 } = freshToken(id);
  if (existsSync(path) || createOnce(path, `${plain}\n`) !== `${plain}\n`) {
    throw new CannotRun(`${path} 已存在：另给一个 --out`, `${path} is there already: give another --out`);
  }
  const next = `yumen identity add ${id} --roles … --key sha256:${sha256}`;
  return {
    ok: true,
    json: { id, key: sha256, file: path },
    zh: `sha256:${sha256}\n令牌在 ${path}，不要给任何人。管理员只要上面这一行：${next}`,
    en: `sha256:${sha256}\nThe token is in ${path}: give it to nobody. An admin wants the line above alone: ${next}`,
  };
}

const LOOKS = 40;
const LOOK_MS = 100;

/** Lays the seat into the data folder and waits for the gate to take it. @throws CannotRun */
export async function seatHere(data: string, asked: SeatAsked): Promise<Said> {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(asked.id)) {
    throw new CannotRun("id 应为小写字母、数字、. _ -", "an id is lower-case letters, digits, . _ -");
  }
  const folder = join(data, SEATS);
  if (!existsSync(data)) {
    throw new CannotRun(`没有数据目录 ${data}（--data）`, `there is no data folder ${data} (--data)`);
  }
  const [path, refusal] = [join(folder, `${asked.id}.json`), join(folder, `${asked.id}.refused`)];
  rmSync(refusal, { force: true });
  const text = JSON.stringify(asked);
  if (createOnce(path, text) !== text) {
    throw new CannotRun(`${path} 还在等网关收下`, `${path} still waits for the gate to take it`);
  }
  giveToOwner(data, path);
  for (let i = 0; i < LOOKS && existsSync(path); i++) await pause(LOOK_MS);
  if (existsSync(refusal)) {
    const { code } = JSON.parse(readFileSync(refusal, "utf8")) as { code: string };
    throw new CannotRun(
      `网关没有收下：${code}（docs/problems.md）`,
      `the gate has refused it: ${code} (docs/problems.md)`,
    );
  }
  const { id } = asked;
  return existsSync(path)
    ? {
        ...{ ok: true, json: { id, taken: false } },
        zh: `网关没有运行：它下次启动时收下 ${path}`,
        en: `the gate does not run: it takes ${path} when it starts`,
      }
    : {
        ...{ ok: true, json: { id, taken: true } },
        zh: `${id} 有了自己的席位，已记入台账`,
        en: `${id} has a seat of her own; the ledger says so`,
      };
}

/** Written by root, read by the gate's user. */
function giveToOwner(data: string, path: string): void {
  const { uid, gid } = statSync(data);
  if (process.getuid?.() !== 0 || uid === 0) return;
  chownSync(join(data, SEATS), uid, gid);
  chownSync(path, uid, gid);
}
