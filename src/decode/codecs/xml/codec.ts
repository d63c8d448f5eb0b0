// XML, SOAP: objects by the names of elements and attributes. Law: well-formed enough to be sure of every character; no
// document type and no entity of the sender's own, because what they stand for stands elsewhere.

import { isUtf8 } from "node:buffer";
import { splice } from "../../json/splice.ts";
import { orRefused, Refused } from "../../refused.ts";
import type { BodyCodec } from "../codec.ts";
import { Elements } from "./elements.ts";
import { declaredCharset } from "./names.ts";

const ENTITY_DEFINITION = "<!ENTITY";
const UTF8 = /^utf-?8$/i;
const MARKUP = /^(?:\u00ef\u00bb\u00bf)?\s*<(?:\?xml\s|[A-Za-z_][\w.-]*:?Envelope[\s>])/;

export const xml: BodyCodec = {
  id: "xml",
  media: ["application/xml", "text/xml", "+xml"],
  sniff: (bytes) => MARKUP.test(Buffer.from(bytes.subarray(0, 128)).toString("latin1")),
  read(bytes) {
    // Under any label: read as text, what the entities stand for would not stand where they are used.
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(ENTITY_DEFINITION))
      return { code: "content_opaque", detail: "xml: entities of the sender's own" };
    const declared = declaredCharset(bytes);
    if (declared === null || UTF8.test(declared.charset)) return orRefused(() => new Elements(bytes).read());
    // The declaration names the charset that the bytes came in; they are UTF-8 now.
    const mended = splice(bytes, [{ start: declared.start, end: declared.end, text: "UTF-8" }]);
    return orRefused(() => {
      if (!isUtf8(mended)) throw new Refused("charset_unsupported", "xml: not UTF-8");
      return { ...new Elements(mended).read(), bytes: mended };
    });
  },
};
