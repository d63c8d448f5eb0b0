// A credential never leaves in a body, a path or a header that the destination did not declare for its own.

import type { Rule } from "../../../words.ts";
import { forbid, own } from "../../opinions.ts";

export const credentials: Rule = {
  name: "credentials",
  judge({ findings }) {
    const secrets = findings.filter((finding) => finding.identifies === "secret");
    if (secrets.length === 0) return null;
    return forbid(
      "credentials",
      secrets.map(({ path, type }) => ({ ...own("CREDENTIAL_FOUND"), path, type })),
    );
  },
};
