// One SSE event's data, editable in place. Law: what is not edited keeps its bytes, field names, comments and line
// ends included.

import type { EventData } from "./framing.ts";
import type { Edit } from "./text.ts";
import { apply } from "./text.ts";

interface Line {
  /** In `data`. */
  readonly from: number;
  /** In the block. */
  readonly at: number;
}

/** `s`: U+2028 and U+2029 end a line in JavaScript's `.`, not in an event stream, and stand raw in JSON. */
const DATA_LINE = /^data(?:: ?(.*))?$/s;

/** @returns null when the block has no data: comments, `retry:`, `id:` alone. */
export function eventData(block: string): EventData | null {
  const lines: Line[] = [];
  const parts: string[] = [];
  let from = 0;
  let at = block.startsWith("\ufeff") ? 1 : 0;
  for (const line of block.slice(at).split(/(\r\n|\r|\n)/)) {
    const value = DATA_LINE.exec(line);
    if (value !== null) {
      const text = value[1] ?? "";
      lines.push({ from, at: at + line.length - text.length });
      parts.push(text);
      from += text.length + 1;
    }
    at += line.length;
  }
  if (lines.length === 0) return null;
  const edited = (edits: readonly Edit[]): string => edit(block, lines, edits);
  // Its last LF had not come yet: clients that look for CRLF CRLF would see one event with the next.
  const again = block.endsWith("\r\n\r") ? (edits: readonly Edit[]) => `${edited(edits)}\n` : edited;
  return { data: parts.join("\n"), edited, again };
}

function edit(block: string, lines: readonly Line[], edits: readonly Edit[]): string {
  let line = 0;
  const moved = edits.map(({ start, end, text }) => {
    while (line + 1 < lines.length && lines[line + 1]!.from <= start) line++;
    const shift = lines[line]!.at - lines[line]!.from;
    return { start: start + shift, end: end + shift, text: dataLines(text) };
  });
  return apply(block, moved, 0, block.length);
}

/** An original with a line end in it, in an event that is not JSON: each line is a data line of its own. */
function dataLines(text: string): string {
  return text.replace(/\r\n|\r|\n/g, "\ndata: ");
}
