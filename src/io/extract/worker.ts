// A thread that opens files. Law: it tells the parts or the kind of its failure, never a message: that could quote what
// was read (law 6).

import { parentPort } from "node:worker_threads";
import { openFile } from "./file.ts";
import type { Done, Job } from "./messages.ts";

parentPort!.on("message", ({ bytes, bytesMax }: Job) => {
  openFile(bytes, bytesMax).then(tell, (error) => tell({ failed: error instanceof Error ? error.name : typeof error }));
});

function tell(done: Done): void {
  parentPort!.postMessage(done);
}
