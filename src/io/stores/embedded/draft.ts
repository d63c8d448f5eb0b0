// Documents over documents: what is put stays here until it is flushed.
// Law: whatever throws while a change is worked out, nothing of it has been written; each document is written once.

import type { Documents, Kind, Reader, Writer } from "./documents.ts";

export interface Draft extends Writer {
  /** Nothing was put here. */
  readonly isEmpty: boolean;
  /** What was put here; `undefined`: nothing was. */
  held<K extends Kind>(kind: K, first: string | number, second: string): Documents[K] | undefined;
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
  const held = <K extends Kind>(kind: K, first: string | number, second: string): Documents[K] | undefined => {
    const here = puts[kind];
    return here.size === 0 ? undefined : here.get(nameOf(first, second))?.document;
  };
  return {
    get isEmpty() {
      return Object.values(puts).every(({ size }) => size === 0);
    },
    held,
    get: (kind, first, second) => held(kind, first, second) ?? base.get(kind, first, second),
    put: (kind, first, second, document) => void puts[kind].set(nameOf(first, second), { first, second, document }),
    flush(into) {
      for (const kind of Object.keys(puts) as Kind[]) flushKind(kind, into);
    },
  };
}

/** Two names are equal only if both parts are, whatever stands in them. */
function nameOf(first: string | number, second: string): string {
  return `${String(first).length}:${first}${second}`;
}
