// Lists in pages. Law: an answer is small whatever the list; a page begins after the id that the one before ended with.

import { z } from "zod";

const LIMIT_MAX = 500;

export const pageQuery = z.strictObject({
  /** The `next` of the page before. */
  after: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(100),
});

export interface Page<T> {
  readonly items: readonly T[];
  /** null: this was the last. */
  readonly next: string | null;
}

/** @param items in order of id, as a Shelf has them. */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  { after, limit }: z.infer<typeof pageQuery>,
): Page<T> {
  const rest = after === undefined ? items : items.filter(({ id }) => id > after);
  const page = rest.slice(0, limit);
  return { items: page, next: rest.length > limit ? page.at(-1)!.id : null };
}
