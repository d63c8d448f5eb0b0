// How far an import is. Law: figures only.

import type { Language } from "../../../words.ts";

export interface Tally {
  lines: number;
  added: number;
  known: number;
  merged: number;
  rejected: number;
  bytes: number;
  readonly bytesTotal: number;
  /** A run before this one was cut off; whether the file is another since. */
  readonly changed?: boolean;
}

const EVERY_MS = 1_000;
const BAR_COLUMNS = 24;
const LINE_COLUMNS = 78;

export interface Progress {
  tell(tally: Tally): void;
  end(tally: Tally): void;
}

/** @param json one object a second on standard output, the last with `done`; else a bar where there is a terminal. */
export function createProgress(json: boolean, language: Language, nowMs: () => number): Progress {
  const startedMs = nowMs();
  let toldMs = startedMs;
  const isTerminal = process.stderr.isTTY === true;
  const rate = ({ lines }: Tally) => Math.round((lines / Math.max(nowMs() - startedMs, 1)) * 1_000);
  return {
    tell(tally) {
      if (nowMs() - toldMs < EVERY_MS) return;
      toldMs = nowMs();
      if (json) console.log(JSON.stringify({ ...tally, linesPerSecond: rate(tally), done: false }));
      else if (isTerminal) process.stderr.write(`\r${bar(tally, rate(tally), language)}`);
    },
    end(tally) {
      if (json) return console.log(JSON.stringify({ ...tally, linesPerSecond: rate(tally), done: true }));
      if (isTerminal) process.stderr.write(`\r${" ".repeat(LINE_COLUMNS)}\r`);
      console.log(ended(tally, language));
    },
  };
}

function ended({ lines, added, known, merged, rejected }: Tally, language: Language): string {
  if (language === "zh")
    return `共 ${lines} 行：新记录 ${added}，早已记录 ${known}，未接受 ${rejected}，合并为一人 ${merged}`;
  return `${lines} lines: ${added} recorded, ${known} already known, ${rejected} rejected, ${merged} merges`;
}

function bar({ bytes, bytesTotal, lines, known, rejected }: Tally, perSecond: number, language: Language): string {
  const share = bytesTotal === 0 ? 1 : Math.min(bytes / bytesTotal, 1);
  const full = Math.round(share * BAR_COLUMNS);
  const drawn = `${"█".repeat(full)}${"░".repeat(BAR_COLUMNS - full)} ${Math.round(share * 100)} %`;
  if (language === "zh") return `${drawn}  ${lines} 行，早已记录 ${known}，未接受 ${rejected}，${perSecond} 行/秒`;
  return `${drawn}  ${lines} lines, ${known} known, ${rejected} rejected ${perSecond}/s`;
}
