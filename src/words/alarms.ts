// What somebody is told without asking. Types only.

import type { Language } from "./arrival.ts";

export type Severity = "info" | "warning" | "critical";

/** Something that stands until it is mended. Code and id make it one: raised again, it is the same. */
export interface Alarm {
  /** Lower snake case. */
  readonly code: string;
  /** Id of what it is about: a duty, a paper, a destination. Never payload. */
  readonly about: string;
  readonly severity: Severity;
  /** ISO 8601 UTC. */
  readonly since: string;
  /** Figures and ids for the message. */
  readonly details: Readonly<Record<string, string | number>>;
}

/** Where alarms are sent. Address and secret are references or, of the address, plain text: they are read when sent. */
export interface AlarmPlace {
  readonly id: string;
  readonly kind: "webhook" | "feishu" | "dingtalk" | "wecom";
  readonly url: string;
  readonly secret?: string;
  readonly language: Language;
  /** The mildest that is sent there. */
  readonly from: Severity;
}
