// Whether the ledger takes entries. Law: it comes back by itself: while /readyz says no, nobody sends the request whose
// entry would show that the disk has room again.

const RETRY_MS = 1_000;

export interface LedgerHealth {
  /** null: entries are taken; else the code of what stops them. */
  fault(): string | null;
  failed(code: string): void;
  recovered(): void;
  close(): void;
}

/** @param attempt appends an entry; asked once a second while there is a fault, and what it says ends the fault. */
export function watchHealth(attempt: (sinceMs: number) => Promise<unknown>, nowMs: () => number): LedgerHealth {
  let fault: string | null = null;
  let retry: NodeJS.Timeout | undefined;
  const recovered = (): void => {
    fault = null;
    clearInterval(retry);
    retry = undefined;
  };
  return {
    fault: () => fault,
    failed(code) {
      fault = code;
      const sinceMs = nowMs();
      retry ??= setInterval(() => void attempt(sinceMs).then(recovered, () => {}), RETRY_MS).unref();
    },
    recovered,
    close: () => clearInterval(retry),
  };
}
