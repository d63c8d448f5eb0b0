// What is personal information about somebody: an organisation's number and a credential are not.

import type { Finding } from "../words.ts";

export function isPersonal({ identifies }: Finding): boolean {
  return identifies === "strong" || identifies === "weak";
}
