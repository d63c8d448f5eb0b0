// A command of the program, run in this process: what it wrote and how it ended.

import { Command } from "commander";
import { vi } from "vitest";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** @param register of the command. @param argv its name first. */
export async function ranCommand(register: (program: Command) => void, argv: readonly string[]): Promise<Ran> {
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
  register(program);
  await program.parseAsync([...argv], { from: "user" });
  vi.restoreAllMocks();
  return { code: Number(process.exitCode), out, err };
}
