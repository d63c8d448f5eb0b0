// To let a way that was shut be used again. Law: the entry first, then the way; a file that still orders the stop is
// taken away before.

import { z } from "zod";
import { holdShelf } from "../../orders/shelves.ts";
import { freeText } from "../free-text.ts";
import { invalid, Problem, parseBody } from "../problem.ts";
import type { TwoPersonAction } from "./action.ts";

const body = z.strictObject({ hold: z.string().max(64), reason: freeText() });

export const resume: TwoPersonAction<z.infer<typeof body>> = {
  name: "resume",
  roles: { propose: ["operator", "reviewer", "approver"], approve: ["approver"] },
  parse(sent, { register }) {
    const parsed = parseBody(body, sent);
    const hold = holdShelf(register).get(parsed.hold);
    if (hold === undefined) throw invalid({ pointer: "/body/hold", detail: "is no hold" });
    if (hold.lifted !== null) throw invalid({ pointer: "/body/hold", detail: "is lifted already" });
    return parsed;
  },
  async perform({ hold: id, reason }, { proposal, proposedBy, approvedBy, approvedAt }, world) {
    if (world.orders?.lies(id)) {
      throw new Problem(409, "file_remains", "The file that orders this stop still lies in the folder: remove it.");
    }
    const holds = holdShelf(world.register);
    const { of, target, lifted } = holds.get(id)!;
    if (lifted !== null && lifted.proposal !== proposal) return { hold: id, lifted };
    const by = [proposedBy, approvedBy];
    await world.note("resume", { id, of, target, by, proposal, reason: world.keys.digest(reason) });
    const after = await holds.change(id, (hold) => ({
      ...hold!,
      lifted: hold!.lifted ?? { at: approvedAt, by, proposal },
    }));
    return { hold: id, lifted: after.lifted };
  },
};
