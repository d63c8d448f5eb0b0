// Writes that wait for each other. Law: one write at a time; what arrives meanwhile goes together in the next; what a
// failed write held goes again, before what came after it.

export interface GroupCommit<T> {
  add(item: T): void;
  /** Resolves when all added so far is durable; rejects when the write that would have made it so failed. */
  saved(): Promise<void>;
}

/** @param done called for each item that is durable. */
export function createGroupCommit<T>(
  persist: (items: readonly T[]) => Promise<void>,
  done: (item: T) => void,
): GroupCommit<T> {
  let waiting: T[] = [];
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    next = null;
    const items = waiting;
    waiting = [];
    if (items.length === 0) return;
    try {
      await persist(items);
    } catch (error) {
      waiting = [...items, ...waiting];
      throw error;
    }
    for (const item of items) done(item);
  };

  return {
    add: (item) => void waiting.push(item),
    saved() {
      if (next === null) {
        next = running.then(run, run);
        running = next;
      }
      return next;
    },
  };
}
