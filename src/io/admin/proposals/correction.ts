// To take back what an opening balance stated too high (counts/correct.ts).

import { z } from "zod";
import { handlerOf } from "../consents/incoming.ts";
import { type Correction, correct, openedIn } from "../counts/correct.ts";
import { freeText } from "../free-text.ts";
import { invalid, parseBody } from "../problem.ts";
import { id } from "../schema.ts";
import type { TwoPersonAction } from "./action.ts";

const body = z.strictObject({
  exporter: id,
  year: z.int().min(2021).max(9999),
  class: z.enum(["ns", "s"]),
  people: z.int().min(1),
  recipient: id.nullable().default(null),
  reason: freeText(),
});

export const correction: TwoPersonAction<Correction> = {
  name: "correction",
  roles: { propose: ["operator", "approver"], approve: ["approver"] },
  parse(sent, world) {
    const parsed = parseBody(body, sent);
    const it = { ...parsed, exporter: handlerOf(world, parsed.exporter) };
    if (it.people > openedIn(world, it))
      throw invalid({
        pointer: "/body/people",
        detail: "is more than was stated as a number, in this class and for this recipient",
      });
    return it;
  },
  perform: (it, who, world) => correct(world, it, who),
};
