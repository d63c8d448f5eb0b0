// Two lanes into one writer. Law: one commit at a time; what is urgent goes with the next one, however much of the
// other lane is waiting; within a lane the order of calls is the order of writing.

export interface Lanes<W, R> {
  /** Resolves with the results in order, when all are written; rejects with the first commit that failed. */
  urgent(works: readonly W[]): Promise<readonly R[]>;
  patient(works: readonly W[]): Promise<readonly R[]>;
}

/** Works of one caller. */
interface Batch<W, R> {
  readonly works: readonly W[];
  readonly results: R[];
  /** Works handed to a commit. */
  taken: number;
  readonly done: (results: readonly R[]) => void;
  readonly failed: (error: unknown) => void;
}

/** @param commit writes these works together, or none of them. @param worksMax in one commit. */
export function createLanes<W, R>(
  commit: (works: readonly W[]) => Promise<readonly R[]>,
  worksMax: number,
): Lanes<W, R> {
  const urgent: Batch<W, R>[] = [];
  const patient: Batch<W, R>[] = [];
  let running = false;

  /** Fills one commit: all that is urgent first. A batch that still has works to go stays at the head of its lane. */
  const take = () => {
    const parts: { readonly batch: Batch<W, R>; readonly works: readonly W[] }[] = [];
    let room = worksMax;
    for (const lane of [urgent, patient]) {
      while (room > 0 && lane.length > 0) {
        const batch = lane[0]!;
        const works = batch.works.slice(batch.taken, batch.taken + room);
        batch.taken += works.length;
        room -= works.length;
        parts.push({ batch, works });
        if (batch.taken === batch.works.length) lane.shift();
      }
    }
    return parts;
  };

  const run = async (): Promise<void> => {
    for (let parts = take(); parts.length > 0; parts = take()) {
      try {
        const results = await commit(parts.flatMap(({ works }) => works));
        let at = 0;
        for (const { batch, works } of parts) {
          for (let i = 0; i < works.length; i++) batch.results.push(results[at++]!);
          if (batch.results.length === batch.works.length) batch.done(batch.results);
        }
      } catch (error) {
        for (const { batch } of parts) giveUp(batch, error);
      }
    }
    running = false;
  };

  const giveUp = (batch: Batch<W, R>, error: unknown) => {
    if (patient[0] === batch) patient.shift();
    if (urgent[0] === batch) urgent.shift();
    batch.failed(error);
  };

  const into = (lane: Batch<W, R>[]) => (works: readonly W[]) =>
    new Promise<readonly R[]>((done, failed) => {
      if (works.length === 0) return done([]);
      lane.push({ works, results: [], taken: 0, done, failed });
      if (running) return;
      running = true;
      // not at once: whoever calls in the same turn goes with it
      queueMicrotask(() => void run());
    });
  return { urgent: into(urgent), patient: into(patient) };
}
