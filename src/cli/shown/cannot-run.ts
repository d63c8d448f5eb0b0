// Why a command could not run (exit code 2), in both languages. Law: no value of a secret, no personal information.

import type { Text } from "../../io/policy/problem.ts";

export class CannotRun extends Error {
  override readonly name = "CannotRun";
  readonly says: Text;

  constructor(zh: string, en: string) {
    super(en);
    this.says = { zh, en };
  }
}
