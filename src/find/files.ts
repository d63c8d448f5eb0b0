// The texts of files → Finding[]. Law: a text in a file is looked at as any document; what is found there stands in no
// body that could be rewritten.

import type { Doc, FileDoc, Finding } from "../words.ts";

/**
 * In the order of the files. @param find looks at one document; what is only a text stands under the member that
 * carried it.
 */
export function findInFiles(files: readonly FileDoc[], find: (doc: Doc, key: string) => readonly Finding[]): Finding[] {
  return files.flatMap(({ path, doc, firstToken }) =>
    find(doc, doc.codec === "text" ? memberOf(path) : "").map((found): Finding => {
      const inBody = found.where === "body";
      const token = firstToken + found.token + (inBody ? 0 : doc.tokens.count);
      return { ...found, where: "file", token, path: inBody ? path + found.path : path, byteStart: 0, byteEnd: 0 };
    }),
  );
}

/** The name of the member that the file stood in: `/a/name!x.txt` → `name`. */
function memberOf(path: string): string {
  const place = path.split("!", 1)[0]!;
  return place.slice(place.lastIndexOf("/") + 1);
}
