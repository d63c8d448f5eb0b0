#!/usr/bin/env -S node --max-semi-space-size=32 --v8-pool-size=2
// The installed command. The program is in dist/bundle/: `npm run build` makes it. The first line's young space makes
// the collector run a quarter as often, with two threads beside, not four: a tenth of a crossing (docs/decisions/018).
import { existsSync } from "node:fs";

const program = new URL("../dist/bundle/main.js", import.meta.url);
if (existsSync(program)) await import(program.href);
else {
  console.error("yumen: not built yet. Run `npm start` once, or `npm install && npm run build`.");
  process.exitCode = 2;
}
