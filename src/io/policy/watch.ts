// Hot reload.
// Law: a bad policy is reported and the old one kept; loads never overlap; the last change is never missed.

import { type FSWatcher, statSync, watch } from "node:fs";
import { type Loaded, type LoadOptions, loadPolicy } from "./load.ts";
import { fileProblem } from "./problem.ts";

const QUIET_MS = 200;
/** How often the folder is looked for: one that was replaced whole (a link turned, a release unpacked) says nothing. */
const PLACE_MS = 1_000;

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
  const reloadSoon = (): void => {
    clearTimeout(quiet);
    quiet = setTimeout(() => void reload(), QUIET_MS).unref();
  };
  const failed = (): void => {
    const message = {
      zh: "无法继续监视这个文件夹，请用重新加载",
      en: "this folder can no longer be watched: reload by hand",
    };
    onLoaded({ ok: false, problems: [fileProblem(dir, "watch_failed", message)] });
  };
  const follow = (): FSWatcher => watch(dir, { persistent: false }, reloadSoon).on("error", failed);
  let watcher = follow();
  let place = placeOf(dir);
  const looking = setInterval(() => {
    const now = placeOf(dir);
    if (now === place) return;
    place = now;
    if (now === null) return;
    watcher.close();
    try {
      watcher = follow();
      reloadSoon();
    } catch {
      place = null; // gone again: looked for again
    }
  }, PLACE_MS).unref();
  return {
    reload,
    close() {
      closed = true;
      clearTimeout(quiet);
      clearInterval(looking);
      watcher.close();
    },
  };
}

/** Which folder stands under the name, links followed; null: none. */
function placeOf(dir: string): string | null {
  try {
    const { dev, ino, birthtimeMs } = statSync(dir);
    return `${dev} ${ino} ${birthtimeMs}`;
  } catch {
    return null;
  }
}
