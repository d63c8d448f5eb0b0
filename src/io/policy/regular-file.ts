// Files that the policy names. Law of this file: only a regular file is read, and only up to a size: a pipe, a device
// or a folder answers at once that it is none, and never holds up a start or a reload.

import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";

export type NotRead = "unreadable" | "too_large";

/**
 * Links are followed. Not opened before it was looked at: opening a device may do something. Opened without waiting,
 * and looked at again: what stood there may have been exchanged for a pipe.
 * @param bytesMax larger ones are refused, by their size alone.
 */
export async function withRegular<T>(
  file: string,
  bytesMax: number,
  use: (handle: FileHandle, size: number) => Promise<T>,
): Promise<T | NotRead> {
  let handle: FileHandle | undefined;
  try {
    if (!(await stat(file)).isFile()) return "unreadable";
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = await handle.stat();
    if (!found.isFile()) return "unreadable";
    return found.size > bytesMax ? "too_large" : await use(handle, found.size);
  } catch {
    return "unreadable";
  } finally {
    await handle?.close().catch(() => undefined);
  }
}

/** The whole file; null: not to be read, not regular, above `bytesMax`, or it grew meanwhile. */
export async function readRegular(file: string, bytesMax: number): Promise<Buffer | null> {
  const read = await withRegular(file, bytesMax, async (handle, size) => {
    // some file systems give no size before they are read
    const room = Buffer.allocUnsafe((size === 0 ? bytesMax : size) + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(room, length, room.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length === room.length) break;
    }
    return length === room.length ? null : room.subarray(0, length);
  });
  return typeof read === "string" ? null : read;
}
