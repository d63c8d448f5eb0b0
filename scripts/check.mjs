// `npm run check`: types, lint, unit and property tests, tidy. Under a minute; run it before every commit.
import { install, run } from "./setup.mjs";

install();
run("npx", ["--no-install", "tsc", "-p", "tsconfig.json"]);
run("npx", ["--no-install", "biome", "check", "--error-on-warnings"]);
run("npx", ["--no-install", "vitest", "run", "--project=unit", "--project=apart", "--reporter=dot"]);
