// One file → its parts, in a thread. Law: within the budget, or refused; what is not text is named, not guessed.

import { Refused } from "../../decode/refused.ts";
import type { OpenedPart, Unreadable } from "../../words.ts";
import { filePartsOf } from "./archive.ts";
import { Budget } from "./budget.ts";
import { pdfParts } from "./pdf/parts.ts";

/** @param bytesMax of the texts that come out. Resolves Unreadable (body_too_large) over the budget. */
export async function openFile(bytes: Uint8Array, bytesMax: number): Promise<readonly OpenedPart[] | Unreadable> {
  const file = bufferOf(bytes);
  const budget = new Budget(file.length, bytesMax);
  try {
    return await withPdfs(filePartsOf(file, "", "", 0, budget), budget);
  } catch (error) {
    if (error instanceof Refused) return error.unreadable;
    throw error;
  }
}

/** PDFs among the parts, wherever they lie, and those that lie in them. */
async function withPdfs(parts: readonly OpenedPart[], budget: Budget): Promise<OpenedPart[]> {
  const all: OpenedPart[] = [];
  for (const part of parts) {
    if (part.opaque?.kind !== "pdf") all.push(part);
    else all.push(...(await withPdfs(await pdfParts(bufferOf(part.bytes), part.path, depthOf(part), budget), budget)));
  }
  return all;
}

function depthOf({ path }: OpenedPart): number {
  return path.split("!").length - 1;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
