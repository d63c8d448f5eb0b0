// A decision entry as JSON, and what it does not hold. Law: where an entry lacks an input, that is said; it is what a
// replay must be told besides, and nothing is guessed in its place.

import type { Text } from "../../io/policy/problem.ts";
import type { Case, CountKey, Finding, Flow, Lifted, OpaqueClass, Reason } from "../../words.ts";

/** A decision entry, read back from the ledger (docs/ledger-format.md). */
export interface Recorded {
  readonly id: string;
  readonly action: string;
  readonly app: string;
  /** Cursor of the consent store. */
  readonly asOf: string;
  readonly basis: string;
  readonly consent: readonly { readonly person?: number; readonly receipt: string }[];
  readonly counts: Case["counts"];
  readonly country: string;
  /** Places in `people` of whom the caller declared; null: nobody was. Absent: an older gate did not say. */
  readonly declared?: readonly number[] | null;
  readonly destination: string;
  readonly dryRun?: true;
  readonly exporter: string;
  readonly findings: readonly (Pick<Finding, "type" | "certainty" | "path" | "sensitive"> & {
    readonly action: string;
    readonly n?: number;
    /** Whose it is, a place in `people`; of the one person where no finding says. */
    readonly person?: number;
  })[];
  readonly lawRule: string;
  readonly leaves: Flow["leaves"];
  /** What two people had lifted for it; `findings` are places in the entry's own. */
  readonly lifted?: readonly Lifted[];
  readonly mechanism: string | null;
  /** Places in `people`. */
  readonly minors?: readonly number[];
  readonly model: string | null;
  readonly new: readonly CountKey[];
  readonly observedBy?: string;
  readonly operation: Flow["operation"];
  readonly outcome: string | null;
  readonly part?: string;
  readonly people: readonly CountKey[];
  readonly policy: string;
  readonly profile: string;
  readonly proof?: string;
  /** Absent: `openai-chat`, where `declared` stands; else an older gate did not say. */
  readonly provider?: string;
  readonly purpose: string;
  readonly reasons: readonly Reason[];
  readonly recipient: string;
  readonly revision: string;
  readonly rule: string;
  readonly t: string;
  readonly unread?: readonly { readonly class: OpaqueClass; readonly path: string }[];
  readonly unreadMore?: number;
  readonly warnings: readonly string[];
}

/** Why an entry cannot be judged again. */
export type Lack =
  | "stopped"
  | "residual"
  | "findings"
  | "parts"
  | "consents"
  | "consent_store"
  | "unread"
  | "profile"
  | "recipient"
  | "counted"
  | "declared"
  | "provider"
  | "consent_elsewhere";

export const LACKS: Readonly<Record<Lack, Text>> = {
  stopped: { zh: "在判断之前就停下了：没有正文", en: "it was stopped before a judgement: there is no body" },
  residual: {
    zh: "改写之后仍有残留而拦截：没有正文",
    en: "what was left after rewriting blocked it: there is no body",
  },
  findings: { zh: "发现超过 50 项：没有逐条记录", en: "more than 50 findings: they are not listed one by one" },
  parts: { zh: "人数多到分成几条记录", en: "so many people that it is split over several entries" },
  consents: { zh: "人数超过 50：同意没有逐人记录", en: "more than 50 people: their consents are not all listed" },
  consent_store: { zh: "同意库里没有所记的回执", en: "the consent store does not hold the receipt that it names" },
  unread: { zh: "未读内容超过 8 处：没有逐处记录", en: "more than 8 unread places: they are not all listed" },
  profile: {
    zh: "敏感口径不同：要重新识别",
    en: "another profile of what is sensitive: it would have to be read anew",
  },
  recipient: {
    zh: "草案按区域换接收方：记录里没有区域",
    en: "the draft changes recipients by region: an entry has no region",
  },
  counted: {
    zh: "人数线旁：没有记下这些人此前是否已计入",
    en: "beside a line: whether these people had been counted before is not recorded",
  },
  declared: {
    zh: "规则问是否声明了本人：旧版本没有记录",
    en: "a rule asks whether the subject was declared: an older gate did not record it",
  },
  provider: {
    zh: "规则问接口形状：旧版本没有记录，或草案不再用这种形状",
    en: "a rule asks for the API shape: not recorded by an older gate, or no longer one of the draft's",
  },
  consent_elsewhere: {
    zh: "草案发往另一接收方：没有记下对它的同意",
    en: "the draft sends it to another recipient: consent for that one is not recorded",
  },
};

/** The API shape of the request; null: an older gate did not say. */
export function providerOf({ declared, provider }: Recorded): string | null {
  return provider ?? (declared === undefined ? null : "openai-chat");
}

const PEOPLE_CONSENTS_MAX = 50;

/** Of the entry itself; what a draft asks besides is found when it is judged. */
export function lackOf({ outcome, reasons, findings, part, people, consent, unreadMore }: Recorded): Lack | null {
  if (outcome === null) return "stopped";
  if (reasons.some(({ code }) => code === "RESIDUAL_PI")) return "residual";
  if (part !== undefined) return "parts";
  if (findings.some(({ n }) => n !== undefined)) return "findings";
  if (people.length > PEOPLE_CONSENTS_MAX && consent.length >= PEOPLE_CONSENTS_MAX) return "consents";
  return unreadMore === undefined ? null : "unread";
}
