// The one ready line: JSON in pipes, the banner on a terminal (design.md §6).

import { join, relative } from "node:path";
import type { Language } from "../../words.ts";
import { type Config, PACKAGE_DIR } from "../config.ts";
import { banner, COUNTED, countsOf, curlOf, TRIES } from "./banner.ts";

interface Head {
  head(): { readonly size: number; readonly root: string };
}

interface Ports extends Head {
  readonly port: number;
  readonly adminPort: number;
  readonly overseasPort: number | null;
}

/** Printed when everything listens. */
export function announce(
  config: Config,
  { port, adminPort, overseasPort, head }: Ports,
  version: string,
  language: Language,
): void {
  const gate = `http://${config.host}:${port}`;
  const admin = `http://${config.adminHost}:${adminPort}`;
  const overseas = overseasPort === null ? null : `http://127.0.0.1:${overseasPort}`;
  const [bin, page] = ["bin/yumen.mjs", "docs/demo.md"].map((path) => relative(process.cwd(), join(PACKAGE_DIR, path)));
  const here = { admin, data: config.data, bin: bin!, page: page! };
  const tries = TRIES.map((one) => ({ says: one.says[language], command: curlOf(one, gate) }));
  const ready = { ready: true, version, gate, admin, overseas, data: config.data, ledger: head() };
  const people = { says: COUNTED[language], command: countsOf(here), page: page! };
  if (!config.pretty) console.log(JSON.stringify(overseas === null ? ready : { ...ready, try: tries, people }));
  else if (overseas === null) console.log(`yumen ${version}  gate ${gate}  admin ${admin}  data ${config.data}`);
  else process.stdout.write(banner(version, { gate, overseas, ...here }, language));
}

/** The head once more when all is sealed: kept elsewhere, it shows a ledger that was cut (ledger.md §1). */
export function farewell(config: Config, { head }: Head, language: Language): void {
  const { size, root } = head();
  if (!config.pretty) console.log(JSON.stringify({ stopped: true, ledger: { size, root } }));
  else if (language === "zh") console.log(`\n  已封存：台账 ${size} 条，根 ${root}`);
  else console.log(`\n  sealed: ledger of ${size} entries, root ${root}`);
}
