// Places of exchanges that are under way: who is there is told, who has gone is held by nothing.

import fc from "fast-check";
import { expect, test } from "vitest";
import { OpenWays } from "../src/io/orders/open-ways.ts";

test("all that were added and not removed are told, each once, and places are used again", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(7)), (steps) => {
      const ways = new OpenWays<{ n: number }>();
      const open = new Map<{ n: number }, number>();
      let most = 0;
      for (const [n, step] of steps.entries()) {
        const [way, place] = [...open][step] ?? [];
        if (way === undefined || place === undefined) {
          const fresh = { n };
          open.set(fresh, ways.add(fresh));
        } else {
          ways.remove(place);
          open.delete(way);
        }
        most = Math.max(most, open.size);
        expect(new Set(ways.all())).toEqual(new Set(open.keys()));
        expect(ways.all().length).toBe(open.size);
        expect(new Set(open.values()).size).toBe(open.size);
        expect(Math.max(-1, ...open.values())).toBeLessThan(most);
      }
    }),
  );
});
