#!/usr/bin/env node
// The installed command. The program is in dist/: `npm run build` makes it.
import { existsSync } from "node:fs";

const program = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(program)) await import(program.href);
else {
  console.error("yumen: not built yet. Run `npm start` once, or `npm install && npm run build`.");
  process.exitCode = 2;
}
