// Documents over documents: what is put stays here until it is flushed.
// Law: whatever throws while a change is worked out, nothing of it has been written; each document is written once.

import type { Documents, Kind, Reader, Writer } from "./documents.ts";

export interface Draft extends Writer {
  /** Nothing was put here. */
  readonly isEmpty: boolean;
  /** Whether anything of this kind was put here. */
  holds(kind: Kind): boolean;
  /** What was put here under this name (`nameOf`); `undefined`: nothing was. */
  held<K extends Kind>(kind: K, name: string): Documents[K] | undefined;
  /** Puts everything into the writer, in the order that it was first put here. */
  flush(into: Writer): void;
}

interface Put<K extends Kind> {
  readonly first: string | number;
  readonly second: string;
  readonly document: Documents[K];
}

/** @param base read where nothing was put here. */
export function createDraft(base: Reader): Draft {
  const puts: { [K in Kind]: Map<string, Put<K>> } = {
    alias: new Map(),
    person: new Map(),
    event: new Map(),
    seen: new Map(),
    meta: new Map(),
  };
  const flushKind = <K extends Kind>(kind: K, into: Writer) => {
    for (const { first, second, document } of puts[kind].values()) into.put(kind, first, second, document);
  };
  const held = <K extends Kind>(kind: K, name: string): Documents[K] | undefined => puts[kind].get(name)?.document;
  return {
    get isEmpty() {
      return Object.values(puts).every(({ size }) => size === 0);
    },
    holds: (kind) => puts[kind].size > 0,
    held,
    get(kind, first, second) {
      const here = puts[kind].size === 0 ? undefined : held(kind, nameOf(first, second));
      return here ?? base.get(kind, first, second);
    },
    put: (kind, first, second, document) => void puts[kind].set(nameOf(first, second), { first, second, document }),
    flush(into) {
      for (const kind of Object.keys(puts) as Kind[]) flushKind(kind, into);
    },
  };
}

/** Two names are equal only if both parts are, whatever stands in them. */
export function nameOf(first: string | number, second: string): string {
  return `${String(first).length}:${first}${second}`;
}
