// The lines that were refused, beside the file. Law: a line stands there by its number and the reason, never by what it
// said; it is made with the first of them, and of an earlier run nothing stays.

import { type FileHandle, open, rm } from "node:fs/promises";
import type { Language } from "../../../words.ts";
import { CannotRun } from "../../shown/cannot-run.ts";
import type { Sent } from "./send.ts";
import { inLanguage } from "./words.ts";

export interface Rejects {
  readonly path: string;
  add(rejects: readonly Sent[]): Promise<void>;
  close(): Promise<void>;
}

/** @throws CannotRun */
export async function openRejects(file: string, language: Language): Promise<Rejects> {
  const path = `${file}.rejects.ndjson`;
  await rm(path, { force: true });
  let handle: FileHandle | null = null;
  const opened = async (): Promise<FileHandle> => {
    handle ??= await open(path, "w", 0o600).catch(() => {
      throw new CannotRun(`写不了 ${path}`, `cannot write ${path}`);
    });
    return handle;
  };
  return {
    path,
    async add(rejects) {
      if (rejects.length === 0) return;
      const text = rejects.map((one) => `${JSON.stringify(shown(one, language))}\n`).join("");
      await (await opened()).write(text);
    },
    close: async () => handle?.close(),
  };
}

function shown({ line, code, detail, errors }: Sent, language: Language): object {
  if (errors === undefined) return { line, code, detail: detail && inLanguage(detail, language) };
  const told = errors.map(({ pointer, detail }) => ({ pointer, detail: inLanguage(detail, language) }));
  return { line, code, errors: told };
}
