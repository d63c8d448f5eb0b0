// `npm run check`: types, lint, unit and property tests, tidy. Under a minute; run it before every commit.
import { install, run } from "./setup.mjs";

install();
// what it knew of files that have not changed is kept: three seconds of the minute
const KNOWN = ["--incremental", "--tsBuildInfoFile", "node_modules/.cache/check.tsbuildinfo"];
run("npx", ["--no-install", "tsc", "-p", "tsconfig.json", ...KNOWN]);
run("npx", ["--no-install", "biome", "check", "--error-on-warnings"]);
run("npx", ["--no-install", "vitest", "run", "--project=unit", "--project=apart", "--reporter=dot"]);
