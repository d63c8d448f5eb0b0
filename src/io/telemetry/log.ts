// pino, JSON on stdout; readable lines on a terminal. Law 6: what is logged are named fields that telemetry chose.

import pino, { type Logger } from "pino";

export type { Logger };

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

const LEVELS: Readonly<Record<number, string>> = { 20: "debug", 30: "info ", 40: "warn ", 50: "error", 60: "fatal" };

/**
 * @param pretty one short line per record instead of JSON: for a terminal.
 * Writes are buffered up to 4 KiB or 100 ms, so that a log line costs no system call of its own; `flush` before exit.
 */
export function createLog(level: LogLevel, pretty: boolean): Logger {
  if (pretty)
    return pino({ level, base: null }, { write: (line: string) => void process.stdout.write(readable(line)) });
  const destination = pino.destination({ fd: 1, sync: false, minLength: 4096 });
  destination.on("error", () => {}); // the reader of the log went away: the gate stays
  setInterval(() => destination.flush(), 100).unref();
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

function readable(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as { level: number; time: number; msg?: string };
  const shown = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const at = new Date(time).toISOString().slice(11, 23);
  return `${at} ${LEVELS[level] ?? level} ${msg ?? ""} ${shown.join(" ")}\n`;
}
