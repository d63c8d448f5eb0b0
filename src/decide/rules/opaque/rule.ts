// What nobody read leaves only where somebody signed for its class on this way.

import type { OpaqueClass, Rule } from "../../../words.ts";
import { forbid, own } from "../../opinions.ts";

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
  judge({ unread, flow, policy }) {
    if (unread === undefined) return null;
    const signed = policy.destinations.get(flow.destination)?.opaque;
    const unsigned = unread.filter((one) => signed?.has(one.class) !== true);
    if (unsigned.length === 0) return null;
    return forbid(
      "opaque",
      unsigned.map((one) => ({ ...own(CODES[one.class]), path: one.path, about: one.kind })),
    );
  },
};
