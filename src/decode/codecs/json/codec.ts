// JSON (RFC 8259). Law: what parsers read differently is refused, a byte order mark among it.

import { tokenize } from "../../json/tokenize.ts";
import type { BodyCodec } from "../codec.ts";
import { markedBytes } from "../mark.ts";

export const json: BodyCodec = {
  id: "json",
  media: ["application/json", "text/json", "+json"],
  read(bytes) {
    if (markedBytes(bytes) > 0) return { code: "json_ambiguous", detail: "a byte order mark" };
    const tokens = tokenize(bytes);
    return "code" in tokens ? tokens : { tokens };
  },
};
