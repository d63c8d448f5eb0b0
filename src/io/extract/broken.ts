// A file that is not what it should be. Law: only this is caught where a file is opened; anything else thrown is a bug
// or a limit.

/** Its message is a kind for the refusal: never payload text. */
export class Broken extends Error {
  override readonly name = "Broken";
}

export function broken(what: string): never {
  throw new Broken(what);
}
