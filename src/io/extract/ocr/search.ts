// Where a program is found. Law: as execvp finds it.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** @returns whether there is such a program, by its path or on the search path. */
export function isProgram(program: string, searchPath: string): boolean {
  const places = program.includes("/") ? [program] : searchPath.split(delimiter).map((folder) => join(folder, program));
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
