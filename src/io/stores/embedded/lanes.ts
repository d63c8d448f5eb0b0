// Two lanes into one writer. Law: commits begin in the order of their works, and the next may be worked out while the
// ones before it are on their way; once one has failed, nothing begins before all that came after it have ended too.
// What is urgent goes with the next one, however much of the other lane is waiting; within a lane the order of calls is
// the order of writing.

export interface Lanes<W, R> {
  /** Resolves with the results in order, when all are written; rejects with the first commit that failed. */
  urgent(works: readonly W[]): Promise<readonly R[]>;
  patient(works: readonly W[]): Promise<readonly R[]>;
}

/** Works of one caller. */
interface Batch<W, R> {
  readonly works: readonly W[];
  /** In the order of the works, whichever commit ends first. */
  readonly results: R[];
  /** Works handed to a commit. */
  taken: number;
  /** Works that are written. */
  written: number;
  readonly done: (results: readonly R[]) => void;
  readonly failed: (error: unknown) => void;
}

/** The works of a batch that one commit has. */
interface Part<W, R> {
  readonly batch: Batch<W, R>;
  /** Of its works, the first that this commit has. */
  readonly from: number;
  readonly works: readonly W[];
}

export interface Limits {
  /** In one commit. */
  readonly worksMax: number;
  /** Commits on their way. */
  readonly commitsMax: number;
}

/**
 * @param commit writes these works together, or none of them; called in order, it works out at once what they come to.
 * Commits end in the order that they began, and one begun after another that fails must fail.
 */
export function createLanes<W, R>(
  commit: (works: readonly W[]) => Promise<readonly R[]>,
  { worksMax, commitsMax }: Limits,
): Lanes<W, R> {
  const urgent: Batch<W, R>[] = [];
  const patient: Batch<W, R>[] = [];
  let commits = 0;
  let isFailing = false;
  let isSoon = false;

  /** Fills one commit: all that is urgent first. A batch that still has works to go stays at the head of its lane. */
  const take = (): readonly Part<W, R>[] => {
    const parts: Part<W, R>[] = [];
    let room = worksMax;
    for (const lane of [urgent, patient]) {
      while (room > 0 && lane.length > 0) {
        const batch = lane[0]!;
        const from = batch.taken;
        const works = batch.works.slice(from, from + room);
        batch.taken += works.length;
        room -= works.length;
        parts.push({ batch, from, works });
        if (batch.taken === batch.works.length) lane.shift();
      }
    }
    return parts;
  };

  /** Not at once: whoever calls in the same turn goes with it, and between two the process does what else there is. */
  const soon = (): void => {
    if (isSoon) return;
    isSoon = true;
    if (commits === 0) queueMicrotask(begin);
    else setImmediate(begin);
  };

  const begin = (): void => {
    isSoon = false;
    if (commits === commitsMax || (isFailing && commits > 0)) return;
    isFailing = false;
    const parts = take();
    if (parts.length === 0) return;
    commits += 1;
    void see(parts);
    soon();
  };

  const see = async (parts: readonly Part<W, R>[]): Promise<void> => {
    try {
      const only = parts.length === 1 ? parts[0]!.works : parts.flatMap(({ works }) => works);
      tell(parts, await commit(only));
    } catch (error) {
      isFailing = true;
      for (const { batch } of parts) giveUp(batch, error);
    } finally {
      commits -= 1;
      soon();
    }
  };

  const tell = (parts: readonly Part<W, R>[], results: readonly R[]): void => {
    let at = 0;
    for (const { batch, from, works } of parts) {
      for (let i = 0; i < works.length; i++) batch.results[from + i] = results[at++]!;
      batch.written += works.length;
      if (batch.written === batch.works.length) batch.done(batch.results);
    }
  };

  const giveUp = (batch: Batch<W, R>, error: unknown) => {
    if (patient[0] === batch) patient.shift();
    if (urgent[0] === batch) urgent.shift();
    batch.failed(error);
  };

  const into = (lane: Batch<W, R>[]) => (works: readonly W[]) =>
    new Promise<readonly R[]>((done, failed) => {
      if (works.length === 0) return done([]);
      lane.push({ works, results: [], taken: 0, written: 0, done, failed });
      soon();
    });
  return { urgent: into(urgent), patient: into(patient) };
}
