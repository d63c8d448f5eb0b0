// A classification, contract or due diligence that is not in term shuts its way, where policy (or its silence) says so.

import type { Policy, Rule } from "../../../words.ts";
import { bindingOf, choiceOf, LAPSES, type Lapse } from "../../lapsed.ts";
import { legalOf } from "../../legal.ts";
import { forbid, own } from "../../opinions.ts";
import { routeFactsOf } from "../../route-facts.ts";

const NAMES: Readonly<Record<Lapse, string>> = {
  classificationLapsed: "classification",
  contractLapsed: "contract",
  dueDiligenceLapsed: "due-diligence",
};

export const lapsed: Rule = {
  name: "lapsed",
  judge(c) {
    if (!asks(c.policy)) return null;
    const { lapses } = routeFactsOf(c);
    if (lapses.length === 0) return null;
    const shut = bindingOf(lapses, legalOf(c).legal).filter((one) => choiceOf(c.policy.failures, one) === "block");
    if (shut.length === 0) return null;
    return forbid(
      "lapsed",
      shut.map((one) => ({ ...own("PAPER_LAPSED"), about: NAMES[one] })),
    );
  },
};

/** A pure memo: most policies name no term of what they let block. */
const asking = new WeakMap<Policy, boolean>();

function asks(policy: Policy): boolean {
  const known = asking.get(policy);
  if (known !== undefined) return known;
  const blocks = (lapse: Lapse) => choiceOf(policy.failures, lapse) === "block";
  const recipients = [...policy.recipients.values()];
  const ends: Readonly<Record<Lapse, () => boolean>> = {
    classificationLapsed: () => [...policy.destinations.values()].some((one) => one.classification?.until),
    contractLapsed: () => recipients.some((one) => one.contract?.from || one.contract?.until),
    dueDiligenceLapsed: () => recipients.some((one) => one.dueDiligence?.until),
  };
  const found = LAPSES.some((lapse) => blocks(lapse) && ends[lapse]());
  asking.set(policy, found);
  return found;
}
