// Register with everything in memory and an engine behind it.
// Law: memory follows the disk: what a read sees is durable.

import type { Register, Shelf } from "../../ports.ts";

/** A document as the engine keeps it. */
export interface Kept {
  readonly shelf: string;
  readonly id: string;
  readonly document: object;
}

/** `null`: taken out. */
export type Written = Omit<Kept, "document"> & { readonly document: object | null };

const NAME = /^[a-z][a-z-]*$/;

/**
 * @param saved everything that the engine has, read once when it opened.
 * @param persist resolves when the document is on disk; replaces the one before. Rejects: store_unavailable.
 */
export function createRegister(
  saved: Iterable<Kept>,
  persist: (written: Written) => Promise<void>,
): Register & { drain(): Promise<void> } {
  const shelves = new Map<string, Documents>();
  const documentsOf = (name: string): Documents => {
    if (!NAME.test(name)) throw new TypeError("a shelf's name is lower-case letters and dashes");
    const documents = shelves.get(name) ?? new Documents();
    shelves.set(name, documents);
    return documents;
  };
  for (const { shelf, id, document } of saved) documentsOf(shelf).put(id, document);

  // One change at a time: what `next` sees is the newest, and the order on disk is the order of calls.
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(action: () => Promise<T>): Promise<T> => {
    const mine = last.then(action, action);
    last = mine.catch(() => {});
    return mine;
  };

  return {
    shelf<T extends object>(name: string): Shelf<T> {
      const documents = documentsOf(name);
      return {
        get: (id) => documents.get(id) as T | undefined,
        all: () => documents.all() as readonly T[],
        change: (id, next) =>
          alone(async () => {
            const document = next(documents.get(id) as T | undefined);
            await persist({ shelf: name, id, document });
            documents.put(id, document);
            return document;
          }),
        remove: (id, isOver) =>
          alone(async () => {
            const document = documents.get(id) as T | undefined;
            if (document === undefined) return true;
            if (!isOver(document)) return false;
            await persist({ shelf: name, id, document: null });
            documents.remove(id);
            return true;
          }),
      };
    },
    async drain() {
      await last;
    },
  };
}

/** Of one shelf. */
class Documents {
  readonly #byId = new Map<string, object>();
  #all: readonly object[] | null = null;

  get(id: string): object | undefined {
    return this.#byId.get(id);
  }

  all(): readonly object[] {
    this.#all ??= [...this.#byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, document]) => document);
    return this.#all;
  }

  remove(id: string): void {
    this.#byId.delete(id);
    this.#all = null;
  }

  put(id: string, document: object): void {
    this.#byId.set(id, freeze(document));
    this.#all = null;
  }
}

/** Shared by every reader: nobody may write into it. */
function freeze<T extends object>(document: T): T {
  for (const member of Object.values(document)) if (typeof member === "object" && member !== null) freeze(member);
  return Object.freeze(document);
}
