// What nobody knows about the law on this day: a warning, unless the policy would rather wait.

import type { Rule } from "../../../words.ts";
import { legalOf } from "../../legal.ts";
import { forbid, own } from "../../opinions.ts";

const CHOICES = { LAW_NOT_REVIEWED: "lawNotReviewed", CALENDAR_UNKNOWN: "calendarUnknown" } as const;

const CODES = Object.keys(CHOICES) as (keyof typeof CHOICES)[];

export const knowledge: Rule = {
  name: "knowledge",
  judge(c) {
    const { failures } = c.policy;
    if (failures.lawNotReviewed === "warn" && failures.calendarUnknown === "warn") return null;
    const asked = CODES.filter((code) => failures[CHOICES[code]] === "block");
    const { warnings } = legalOf(c).legal;
    const unknown = asked.filter((code) => warnings.includes(code));
    return unknown.length === 0 ? null : forbid("knowledge", unknown.map(own));
  },
};
