// The second half of `npm run build`: dist/'s modules and the packages that they need, in the few files that
// bin/yumen.mjs runs. Node finds, reads and links 1,100 files otherwise: a third of a start (docs/decisions/019).
import { rolldown } from "rolldown";
import { ROOT } from "./setup.mjs";

/** Of undici the parts that are dialed with: the whole of it takes a start 30 ms longer (fetch, caches, mocks). */
const undici = {
  name: "undici-in-parts",
  resolveId: (id) => (id === "undici" ? "\0undici" : null),
  load: (id) => (id === "\0undici" ? UNDICI : null),
};
const UNDICI = `export { default as buildConnector } from "undici/lib/core/connect.js";
export { default as Pool } from "undici/lib/dispatcher/pool.js";`;

const program = await rolldown({
  cwd: ROOT,
  input: "dist/cli/main.js",
  platform: "node",
  // the one has a native part; the other is a bundle already, and read when the first PDF comes
  external: ["lmdb", "unpdf"],
  plugins: [undici],
});
// as deep as dist/cli and dist/io: what stands outside of dist/ is found by addresses that begin with ../../
await program.write({ dir: "dist/bundle", cleanDir: true });
await program.close();
