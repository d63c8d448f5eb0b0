// Every target, in the order of the table. A new one is a file here and a line below.
// Each says: `name`; `variant` of the bodies it is sent; `available()` → null, or why it cannot run here;
// `version()`; `start({ upstreamPort, size })` → { url, pid (null: no process), headers, stop() }.

import { direct } from "./direct.mjs";
import { httpProxy, httpProxyKept } from "./http-proxy.mjs";
import { nginx } from "./nginx.mjs";
import { undici } from "./undici.mjs";
import { yumenEmpty, yumenFull } from "./yumen.mjs";

export const all = [direct, nginx, httpProxy, httpProxyKept, undici, yumenEmpty, yumenFull];
