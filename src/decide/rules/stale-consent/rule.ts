// Where consent is what the transfer rests on, consent that may have been withdrawn meanwhile is no consent.

import type { Rule } from "../../../words.ts";
import { legalOf } from "../../legal.ts";
import { forbid, own } from "../../opinions.ts";

export const staleConsent: Rule = {
  name: "stale-consent",
  judge(c) {
    if (!c.stale || !legalOf(c).consentNeeded) return null;
    return forbid("stale-consent", [own("CONSENT_FEED_STALE")]);
  },
};
