// A command of the program, run in this process: what it wrote and how it ended.

import { Command } from "commander";
import { vi } from "vitest";

type Register = (program: Command) => void;

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** @param register of the commands that may be named. @param argv the name first. */
export async function ranCommand(register: Register | readonly Register[], argv: readonly string[]): Promise<Ran> {
  let [out, err] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const program = new Command().exitOverride();
  for (const one of [register].flat()) one(program);
  await program.parseAsync([...argv], { from: "user" });
  vi.restoreAllMocks();
  const code = Number(process.exitCode);
  process.exitCode = undefined;
  return { code, out, err };
}
