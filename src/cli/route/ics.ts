// Milestones as a calendar file. Law: RFC 5545 to the letter, for calendars that forgive nothing: CRLF, lines of at
// most 75 octets folded between characters, text escaped, whole days as DATE with an exclusive end.

import { plusDays } from "../../law/year.ts";

export interface CalendarEvent {
  /** Unique in its calendar and the same at each export: a second import updates. */
  readonly uid: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly summary: string;
  readonly description: string;
}

const LINE_OCTETS_MAX = 75;

/** @param stamp when it was made, ms since the epoch (DTSTAMP). */
export function ics(name: string, events: readonly CalendarEvent[], stamp: number): string {
  const made = new Date(stamp).toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Yumen//yumen route//EN",
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap((event) => eventLines(event, made)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventLines({ uid, date, summary, description }: CalendarEvent, made: string): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${made}`,
    `DTSTART;VALUE=DATE:${compact(date)}`,
    `DTEND;VALUE=DATE:${compact(plusDays(date, 1))}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(summary)}`,
    "TRIGGER:-P7D",
    "END:VALARM",
    "END:VEVENT",
  ];
}

function compact(ymd: string): string {
  return ymd.replaceAll("-", "");
}

/** §3.3.11. Other control characters have no place in a TEXT. */
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "");
}

/** §3.1. The blank that begins a continuation counts. */
export function folded(line: string): string {
  let octets = 0;
  let out = "";
  for (const c of line) {
    const size = Buffer.byteLength(c);
    if (octets + size > LINE_OCTETS_MAX) {
      out += "\r\n ";
      octets = 1;
    }
    out += c;
    octets += size;
  }
  return out;
}
