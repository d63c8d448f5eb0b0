// Plain text: one string. Law: it reads whatever is text, so that whatever is text is read.

import type { BodyCodec } from "../codec.ts";
import { markedBytes } from "../mark.ts";
import { Shape } from "../shape.ts";

export const text: BodyCodec = {
  id: "text",
  media: [
    "text/*",
    "application/graphql",
    "application/yaml",
    "application/x-yaml",
    "+yaml",
    "application/toml",
    "application/sql",
    "application/javascript",
    "application/x-sh",
  ],
  read(bytes) {
    const shape = new Shape();
    shape.string(markedBytes(bytes), bytes.length);
    return { tokens: shape.done() };
  },
};
