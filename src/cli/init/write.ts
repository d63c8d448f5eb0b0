// A policy folder from a template. Law: a file that exists is left alone, and then nothing at all is written.

import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CannotRun } from "../shown/cannot-run.ts";
import type { Answers } from "./answers.ts";
import { filled } from "./fill.ts";

/** @param templates the folder of all templates. @returns the files written. @throws CannotRun */
export async function writePolicy(templates: string, dir: string, answers: Answers, at: string): Promise<string[]> {
  const from = join(templates, answers.template);
  const names = (await readdir(from)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => ({
      file: join(dir, name),
      text: filled(await readFile(join(from, name), "utf8"), answers, at),
    })),
  );
  await assertEmpty(dir);
  await mkdir(dir, { recursive: true });
  try {
    for (const { file, text } of files) await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    const { code, path = dir } = error as NodeJS.ErrnoException;
    throw new CannotRun(`写不了 ${path}（${code}）`, `${path} cannot be written (${code})`);
  }
  return files.map(({ file }) => file);
}

/** All YAML of a folder is one policy: a second one beside it would be merged with it. */
async function assertEmpty(dir: string): Promise<void> {
  const isFile = await stat(dir).then(
    (found) => !found.isDirectory(),
    () => false,
  );
  if (isFile) throw new CannotRun(`${dir} 不是文件夹`, `${dir} is no folder`);
  const there = (await readdir(dir).catch(() => [])).filter((name) => /\.ya?ml$/.test(name));
  if (there.length === 0) return;
  const names = there.slice(0, 3).join(", ");
  throw new CannotRun(
    `${dir} 里已有策略（${names}），一个文件也没有写`,
    `${dir} holds a policy already (${names}): nothing was written`,
  );
}
