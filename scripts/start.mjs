// `npm start`: what is missing is set up, then the gate runs on the demo policies with the built-in overseas endpoint.
import { build, install, ROOT } from "./setup.mjs";

install();
build();
process.argv = [process.argv[0], `${ROOT}bin/yumen.mjs`, "start", "--demo", ...process.argv.slice(2)];
await import("../bin/yumen.mjs");
