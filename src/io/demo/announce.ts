// The one ready line: JSON in pipes, the banner on a terminal (design.md §6).

import type { Language } from "../../words.ts";
import type { Config } from "../config.ts";
import { banner, curlOf, TRIES } from "./banner.ts";

interface Ports {
  readonly port: number;
  readonly adminPort: number;
  readonly overseasPort: number | null;
}

/** Printed when everything listens. */
export function announce(
  config: Config,
  { port, adminPort, overseasPort }: Ports,
  version: string,
  language: Language,
): void {
  const gate = `http://${config.host}:${port}`;
  const admin = `http://${config.adminHost}:${adminPort}`;
  const overseas = overseasPort === null ? null : `http://127.0.0.1:${overseasPort}`;
  const tries = TRIES.map((one) => ({ says: one.says[language], command: curlOf(one, gate) }));
  const ready = { ready: true, version, gate, admin, overseas, data: config.data };
  if (!config.pretty) console.log(JSON.stringify(overseas === null ? ready : { ...ready, try: tries }));
  else if (overseas === null) console.log(`yumen ${version}  gate ${gate}  admin ${admin}  data ${config.data}`);
  else process.stdout.write(banner(version, { gate, admin, overseas }, language));
}
