// Kinds that a rule names and nothing finds: its author believes in a protection that is not there.

import type { Match } from "../../../words.ts";
import type { Problem } from "../problem.ts";
import type { Step } from "../source.ts";
import { type Lint, warning } from "./lint.ts";

/** Read from sentences, not by their own form: only as far as `names` says. */
const READ_AS_NAMES = new Set(["person", "address"]);

export const kinds: Lint = ({ g, known }) =>
  g.lists.rules.flatMap((at) =>
    namedIn(at.item.match, ["match"]).flatMap(({ kind, path }): Problem[] => {
      if (!known.detected.includes(kind)) {
        const text = {
          zh: `网关还不能识别 ${kind}：这一项不会起作用`,
          en: `the gate does not find ${kind}: this has no effect`,
        };
        return [warning(at, path, "kind_undetected", text)];
      }
      if (g.names !== "off" || !READ_AS_NAMES.has(kind)) return [];
      const text = {
        zh: `names: off 时不识别 ${kind}：这一项不会起作用，请改 names`,
        en: `with names: off nothing finds ${kind}: this has no effect; change names`,
      };
      return [warning(at, path, "kind_undetected", text)];
    }),
  );

/** However deep `any` and `not` go. */
function namedIn(match: Match, path: readonly Step[]): { readonly kind: string; readonly path: readonly Step[] }[] {
  return [
    ...(match.piAny ?? []).map((kind, index) => ({ kind, path: [...path, "piAny", index] })),
    ...(match.any ?? []).flatMap((one, index) => namedIn(one, [...path, "any", index])),
    ...(match.not === undefined ? [] : namedIn(match.not, [...path, "not"])),
  ];
}
