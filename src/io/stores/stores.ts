// What every storage engine offers. One folder an engine; test/contracts/ holds each to the promises in io/ports.ts.

import type { ConsentStore, PeopleCounter, Register } from "../ports.ts";

export interface Stores {
  readonly consent: ConsentStore;
  readonly people: PeopleCounter;
  readonly register: Register;
  /** Waits for what is being written, then lets go of the files. Nothing may be called afterwards. */
  close(): Promise<void>;
}
