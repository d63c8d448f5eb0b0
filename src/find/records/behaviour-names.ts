// Names of members that hold what somebody did: orders, events, notes. Law: whole names, as plainName writes them.

import { plainName } from "../shared/label.ts";

const NAMES = new RegExp(
  `^(?:${[
    "(?:user|customer|page|track|analytics)?events?|eventnames?|eventtypes?",
    "(?:user|last)?actions?|activit(?:y|ies)|activitylog",
    "orders?|(?:order|line|cart)items?|orderhistory|(?:last)?purchases?",
    "purchasehistory|transactions?|transactionhistory|cart",
    "visits?|visithistory|pageviews?|clicks?|clickstream|brows(?:e|ing)(?:history|log|records?)?",
    "viewed|viewhistory|watchhistory",
    "search(?:es|history|terms|records?)|favou?rites|wishlist|likes|journey",
    "behaviou?rs?|usagehistory|callrecords?|calllogs?",
    "notes?|remarks?|memo|servicerecords?|followup|tickets?|complaints?|appointments?|reservations?|bookings?",
    "dingdan|ddxx|beizhu|bz|gouwujilu|liulanjilu|备注|订单|浏览记录|购买记录|跟进记录",
  ].join("|")})$`,
);

/** @param name as it stands. */
export function isBehaviourName(name: string): boolean {
  return NAMES.test(plainName(name));
}
