// What every Register promises (io/ports.ts), whatever stands behind it. stores.test.ts runs it for each engine.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Shelf } from "../../src/io/ports.ts";
import type { Stores } from "../../src/io/stores/stores.ts";

interface Note {
  readonly text: string;
  readonly n: number;
  readonly of?: { readonly by: readonly string[] };
}

let shelves = 0;
const NAMES = "abcdefghijklmnopqrstuvwxyz";

export function registerContract(name: string, openStores: () => Promise<Stores>): void {
  describe(`Register: ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await openStores();
    });
    afterAll(() => stores.close());
    const fresh = (): Shelf<Note> =>
      stores.register.shelf<Note>(`shelf-${NAMES[shelves++ % 26]}${NAMES[shelves % 26]}`);

    test("nothing was ever put: undefined, and no documents", () => {
      const shelf = fresh();
      expect(shelf.get("a")).toBeUndefined();
      expect(shelf.all()).toEqual([]);
    });

    test("what was put is there when `change` resolves, in order of id, and not on another shelf", async () => {
      const [one, other] = [fresh(), fresh()];
      await one.change("b", () => ({ text: "二", n: 2 }));
      expect(await one.change("a", () => ({ text: "one", n: 1, of: { by: ["x"] } }))).toEqual(one.get("a"));
      expect(one.all().map(({ n }) => n)).toEqual([1, 2]);
      expect(other.all()).toEqual([]);
      expect(one.get("b")).toEqual({ text: "二", n: 2 });
    });

    test("a document is replaced whole, and nobody can write into the one that is read", async () => {
      const shelf = fresh();
      await shelf.change("a", () => ({ text: "old", n: 1, of: { by: ["x"] } }));
      const before = shelf.all();
      await shelf.change("a", (old) => ({ text: "new", n: old!.n + 1 }));
      expect(shelf.get("a")).toEqual({ text: "new", n: 2 });
      expect(before[0]!.text).toBe("old");
      expect(() => ((before[0]!.of!.by as string[])[0] = "y")).toThrow(TypeError);
    });

    test("many changes at once are made one after another: none is lost", async () => {
      const shelf = fresh();
      const add = () => shelf.change("a", (old) => ({ text: "", n: (old?.n ?? 0) + 1 }));
      await Promise.all(Array.from({ length: 50 }, add));
      expect(shelf.get("a")!.n).toBe(50);
    });

    test("a change that throws rejects and leaves everything as it was", async () => {
      const shelf = fresh();
      await shelf.change("a", () => ({ text: "", n: 1 }));
      const refuse = shelf.change("a", () => {
        throw new RangeError("no");
      });
      await expect(refuse).rejects.toThrow(RangeError);
      await expect(shelf.change("a", (old) => ({ text: "", n: old!.n + 1 }))).resolves.toEqual({ text: "", n: 2 });
    });

    test("what is being written is not yet read", async () => {
      const shelf = fresh();
      const writing = shelf.change("a", () => ({ text: "", n: 1 }));
      expect(shelf.get("a")).toBeUndefined();
      await writing;
      expect(shelf.get("a")).toEqual({ text: "", n: 1 });
    });

    test("what is over is taken out, for good; what is not over any more stays", async () => {
      const shelf = fresh();
      await shelf.change("a", () => ({ text: "", n: 1 }));
      await shelf.change("b", () => ({ text: "", n: 2 }));
      const isOne = ({ n }: Note) => n === 1;
      // changed before it: `isOver` sees the newest
      const changing = shelf.change("b", () => ({ text: "", n: 3 }));
      expect(await shelf.remove("b", ({ n }) => n === 2)).toBe(false);
      await changing;
      expect(await shelf.remove("a", isOne)).toBe(true);
      expect(await shelf.remove("a", isOne)).toBe(true);
      expect([shelf.get("a"), shelf.all().map(({ n }) => n)]).toEqual([undefined, [3]]);
    });

    test("a shelf has a plain name", () => {
      expect(() => stores.register.shelf("A shelf")).toThrow(TypeError);
    });
  });
}
