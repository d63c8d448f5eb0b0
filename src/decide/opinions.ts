// Opinions that decide gives itself, and what it takes for one. Law of this file: what cannot be understood forbids.

import type { Case, Opinion, Reason } from "../words.ts";
import { OWN } from "./reasons.ts";

/** A rule threw, or gave an opinion that is none. Its error is not shown: it might quote the payload. */
export function failed(rule: string): Opinion {
  return forbid(rule, [{ ...own("RULE_FAILED"), about: rule }]);
}

/** No rule permits. */
export function unmatched(): Opinion {
  return forbid("default", [own("NO_RULE_MATCHED")]);
}

/** @param stuck findings that would have to be hidden but stand where nothing can be rewritten. */
export function unrewritable(c: Case, stuck: readonly number[]): Opinion {
  return forbid(
    "head",
    stuck.map((i) => {
      const { where, path, type } = c.findings[i]!;
      return { ...own(where === "file" ? "PI_IN_FILE" : "PI_IN_HEAD"), path, type };
    }),
  );
}

/** A forbid that no action lifts. */
export function forbid(rule: string, reasons: readonly Reason[]): Opinion {
  return { rule, effect: "forbid", actions: [], hide: [], reasons };
}

/** @param code of OWN. */
export function own(code: keyof typeof OWN): Reason {
  return { code, article: OWN[code].article };
}

const PERMITTED: ReadonlySet<string> = new Set(["forward", "pseudonymize", "redact"]);

/** A permit is content with one action that can be done; a forbid has a reason; `hide` are findings of the Case. */
export function isWellFormed(opinion: Opinion, c: Case): boolean {
  const { rule, effect, actions, hide, reasons } = opinion;
  if (typeof rule !== "string") return false;
  if (!hide.every((i) => Number.isInteger(i) && i >= 0 && i < c.findings.length)) return false;
  if (opinion.remove?.every((i) => hide.includes(i)) === false) return false;
  if (effect === "permit") return actions.length === 1 && PERMITTED.has(actions[0]!);
  return effect === "forbid" && reasons.length > 0 && reasons.every(isReason);
}

function isReason({ code, article }: Reason): boolean {
  return typeof code === "string" && typeof article === "string";
}
