// To take back what an opening balance stated too high (counts/correct.ts), or whom it named (counts/take-back.ts).

import { z } from "zod";
import { handlerOf } from "../consents/incoming.ts";
import { type Correction, correct, openedIn } from "../counts/correct.ts";
import { keyed, keysBody, subjectsBody, type TakeBack, takeBack } from "../counts/take-back.ts";
import { freeText } from "../free-text.ts";
import { invalid, parseBody } from "../problem.ts";
import { id } from "../schema.ts";
import type { TwoPersonAction } from "./action.ts";

const body = z
  .strictObject({
    exporter: id,
    year: z.int().min(2021).max(9999),
    class: z.enum(["ns", "s"]),
    /** How many of a number; or who of a list: by an identifier, or by the key that the opening's entry has. */
    people: z.int().min(1).optional(),
    subjects: subjectsBody.optional(),
    keys: keysBody.optional(),
    recipient: id.nullable().default(null),
    reason: freeText(),
  })
  .refine(({ people, subjects, keys }) => [people, subjects, keys].filter((one) => one !== undefined).length === 1, {
    path: ["people"],
    error: "one of people, subjects and keys: the others are left out",
  });

export const correction: TwoPersonAction<Correction | TakeBack> = {
  name: "correction",
  roles: { propose: ["operator", "approver"], approve: ["approver"] },
  parse(sent, world) {
    const { people, subjects, keys, ...parsed } = parseBody(body, sent);
    const about = { ...parsed, exporter: handlerOf(world, parsed.exporter) };
    if (people === undefined) return keyed(world, about, { ...(subjects && { subjects }), ...(keys && { keys }) });
    const it = { ...about, people };
    if (people > openedIn(world, it))
      throw invalid({
        pointer: "/body/people",
        detail: "is more than was stated as a number, in this class and for this recipient",
      });
    return it;
  },
  perform: (it, who, world) => ("keys" in it ? takeBack(world, it, who) : correct(world, it, who)),
};
