// A copy of the demo's policies with its destinations at another place.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DEMO = join(import.meta.dirname, "../../policies/demo");

/** @param edit changes the text. @returns the folder, `<data>/policies`. */
export function pointPolicies(data: string, url: string, edit: (text: string) => string = (text) => text): string {
  const folder = join(data, "policies");
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join(DEMO, "yumen.yaml"), "utf8").replace(/\$\{overseas[^}]*\}/g, url);
  writeFileSync(join(folder, "yumen.yaml"), edit(text));
  cpSync(join(DEMO, "papers"), join(folder, "papers"), { recursive: true });
  return folder;
}
