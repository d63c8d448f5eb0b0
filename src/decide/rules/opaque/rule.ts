// What nobody read leaves only where somebody signed for its class on this way, or two people for a while; weights of
// a model also need a test that shows that they give nothing away (U-6).

import type { Case, OpaqueClass, Rule } from "../../../words.ts";
import { forbid, own } from "../../opinions.ts";
import { speaking } from "../../papers.ts";
import { liftsOpaque } from "../../releases.ts";
import { routeFactsOf } from "../../route-facts.ts";

const CODES = {
  image: "OPAQUE_IMAGE",
  audio: "OPAQUE_AUDIO",
  video: "OPAQUE_VIDEO",
  archive: "OPAQUE_ARCHIVE",
  dataset: "OPAQUE_DATASET",
  document: "OPAQUE_DOCUMENT",
  "model-weights": "OPAQUE_MODEL_WEIGHTS",
  unknown: "OPAQUE_UNKNOWN",
} as const satisfies Readonly<Record<OpaqueClass, string>>;

export const opaque: Rule = {
  name: "opaque",
  judge(c) {
    const { unread, flow, policy } = c;
    if (unread === undefined) return null;
    const signed = policy.destinations.get(flow.destination)?.opaque;
    const isSigned = (name: OpaqueClass) => signed?.has(name) === true || liftsOpaque(c, name);
    const passes = (name: OpaqueClass) => isSigned(name) && (name !== "model-weights" || isTested(c));
    const unsigned = unread.filter((one) => !passes(one.class));
    if (unsigned.length === 0) return null;
    return forbid(
      "opaque",
      unsigned.map((one) => ({ ...own(CODES[one.class]), path: one.path, about: one.kind })),
    );
  },
};

function isTested(c: Case): boolean {
  const { way, switches } = routeFactsOf(c);
  if (!switches.modelWeightsNeedTest) return true;
  return speaking(c.policy.proofs, way).some((proof) => proof.of === "extraction-test");
}
