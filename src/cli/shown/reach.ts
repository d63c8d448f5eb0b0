// Does a TCP port answer? Law: bounded in time whatever the network does; nothing is sent.

import { connect } from "node:net";

/** `code`: the system's (ECONNREFUSED, ENOTFOUND …), or TIMEOUT. */
export type Reached = { readonly ok: true } | { readonly ok: false; readonly code: string };

export function reach(host: string, port: number, timeoutMs: number): Promise<Reached> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (reached: Reached): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reached);
    };
    // a timer of our own: the socket's begins anew with each address that is tried
    const timer = setTimeout(() => end({ ok: false, code: "TIMEOUT" }), timeoutMs);
    socket.once("connect", () => end({ ok: true }));
    socket.on("error", (error: NodeJS.ErrnoException) => end({ ok: false, code: codeOf(error) }));
  });
}

/** Several addresses failed: the first one's reason. */
function codeOf(error: NodeJS.ErrnoException & { readonly errors?: readonly NodeJS.ErrnoException[] }): string {
  return error.errors?.[0]?.code ?? error.code ?? "FAILED";
}
