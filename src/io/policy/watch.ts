// Hot reload.
// Law: a bad policy is reported and the old one kept; loads never overlap; the last change is never missed.

import { watch } from "node:fs";
import { type Loaded, type LoadOptions, loadPolicy } from "./load.ts";
import { fileProblem } from "./problem.ts";

const QUIET_MS = 200;

export interface PolicyWatch {
  /** Loads now, whatever the file system says. Also tells `onLoaded`. */
  reload(): Promise<Loaded>;
  close(): void;
}

/**
 * @param onLoaded called after each load: with a new immutable policy to swap in, or with the problems of a bad one.
 * Editors write a file in several steps, ConfigMaps swap a link: the folder is read when it has been quiet for 200 ms.
 */
export function watchPolicy(dir: string, options: LoadOptions, onLoaded: (loaded: Loaded) => void): PolicyWatch {
  let quiet: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const reload = (): Promise<Loaded> => {
    const load = () => loadPolicy(dir, options);
    const next = last.then(load, load);
    last = next.then((loaded) => {
      if (!closed) onLoaded(loaded);
    });
    return last.then(() => next);
  };
  const watcher = watch(dir, { persistent: false }, () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => void reload(), QUIET_MS).unref();
  });
  watcher.on("error", () => {
    const message = {
      zh: "无法继续监视这个文件夹，请用重新加载",
      en: "this folder can no longer be watched: reload by hand",
    };
    onLoaded({ ok: false, problems: [fileProblem(dir, "watch_failed", message)] });
  });
  return {
    reload,
    close() {
      closed = true;
      clearTimeout(quiet);
      watcher.close();
    },
  };
}
