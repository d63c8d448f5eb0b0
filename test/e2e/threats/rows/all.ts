// The rows of the list of threats that say what may not reach a recipient.

import type { Row } from "../cases.ts";
import { row as encodings } from "./01-encodings.ts";
import { row as bombs } from "./02-bombs.ts";
import { row as charsets } from "./03-charsets.ts";
import { row as json } from "./04-json.ts";
import { row as limits } from "./05-limits.ts";
import { row as labels } from "./06-labels.ts";
import { row as multipart } from "./07-multipart.ts";
import { row as files } from "./08-files.ts";
import { row as formats } from "./09-formats.ts";
import { row as targets } from "./10-targets.ts";
import { row as headers } from "./11-headers.ts";
import { row as methods } from "./12-methods.ts";
import { row as framing } from "./13-framing.ts";

export const ROWS: readonly Row[] = [
  ...[encodings, bombs, charsets, json, limits, labels, multipart],
  ...[files, formats, targets, headers, methods, framing],
];
