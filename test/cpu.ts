// What work took of a processor. Law: for bounds on pure, synchronous work: how busy the machine is with something else
// is not its fault. How fast it is, the benches tell.

/** Milliseconds of this process, all its threads. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
