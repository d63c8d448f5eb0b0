// Writes that are worked out while others are on their way to the disk. Law: what is worked out over a write that fails
// fails too; nobody else sees anything before it is durable.

import { GateError } from "../../errors.ts";
import type { ConsentWrite } from "../../ports.ts";
import type { DocumentEngine, Reader } from "./documents.ts";
import { createDraft, type Draft, nameOf } from "./draft.ts";
import { type Recorded, recordIn } from "./recording.ts";

/** How many commits changed something: by it a commit knows that those which it was worked out over were written. */
const COMMITS = "commits";

/** @returns works a batch out at once; resolves when it is durable. Rejects: GateError store_unavailable. */
export function createUnderway(engine: DocumentEngine): (writes: readonly ConsentWrite[]) => Promise<Recorded> {
  /** The oldest first. */
  const underway: Draft[] = [];
  const ahead: Reader = {
    get(kind, first, second) {
      let name: string | null = null;
      for (let i = underway.length - 1; i >= 0; i--) {
        if (!underway[i]!.holds(kind)) continue;
        name ??= nameOf(first, second);
        const held = underway[i]!.held(kind, name);
        if (held !== undefined) return held;
      }
      return engine.get(kind, first, second);
    },
  };
  return async (writes) => {
    const draft = createDraft(ahead);
    const recorded = recordIn(draft, writes);
    const before = commitsIn(draft);
    if (!draft.isEmpty) draft.put("meta", COMMITS, "", before + 1);
    underway.push(draft);
    try {
      await engine.write((documents) => {
        if (commitsIn(documents) !== before) throw new GateError("store_unavailable", "a write before this one failed");
        draft.flush(documents);
      });
      return recorded;
    } finally {
      underway.splice(underway.indexOf(draft), 1);
    }
  };
}

function commitsIn(documents: Reader): number {
  return documents.get("meta", COMMITS, "") ?? 0;
}
