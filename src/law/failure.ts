// One check of the law that is not met. A code of reasons.ts, and what it is about: ids and categories, never payload.

export interface Failure {
  readonly code: string;
  /** Id of the mechanism, recipient or purpose. */
  readonly about: string | null;
  /** Categories that offend, where the check looks at categories. */
  readonly categories: readonly string[];
}

export function failure(code: string, about: string | null = null, categories: readonly string[] = []): Failure {
  return { code, about, categories };
}
