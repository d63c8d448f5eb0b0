// How far an import is. Law: figures only.

export interface Tally {
  lines: number;
  added: number;
  known: number;
  merged: number;
  rejected: number;
  bytes: number;
  readonly bytesTotal: number;
}

const EVERY_MS = 1_000;
const BAR_COLUMNS = 24;

export interface Progress {
  tell(tally: Tally): void;
  end(tally: Tally): void;
}

/** @param json one object a second on standard output, the last with `done`; else a bar where there is a terminal. */
export function createProgress(json: boolean, nowMs: () => number): Progress {
  const startedMs = nowMs();
  let toldMs = startedMs;
  const isTerminal = process.stderr.isTTY === true;
  const rate = ({ lines }: Tally) => Math.round((lines / Math.max(nowMs() - startedMs, 1)) * 1_000);
  return {
    tell(tally) {
      if (nowMs() - toldMs < EVERY_MS) return;
      toldMs = nowMs();
      if (json) console.log(JSON.stringify({ ...tally, linesPerSecond: rate(tally), done: false }));
      else if (isTerminal) process.stderr.write(`\r${bar(tally)} ${rate(tally)}/s`);
    },
    end(tally) {
      if (json) return console.log(JSON.stringify({ ...tally, linesPerSecond: rate(tally), done: true }));
      if (isTerminal) process.stderr.write(`\r${" ".repeat(78)}\r`);
      const { lines, added, known, merged, rejected } = tally;
      console.log(`${lines} lines: ${added} recorded, ${known} already known, ${rejected} rejected, ${merged} merges`);
    },
  };
}

function bar({ bytes, bytesTotal, lines, known, rejected }: Tally): string {
  const share = bytesTotal === 0 ? 1 : Math.min(bytes / bytesTotal, 1);
  const full = Math.round(share * BAR_COLUMNS);
  const drawn = "█".repeat(full) + "░".repeat(BAR_COLUMNS - full);
  return `${drawn} ${Math.round(share * 100)} %  ${lines} lines, ${known} known, ${rejected} rejected`;
}
