// What a company has set itself to do, what it says that it sends, and whom an alarm reaches.
// Law of this file: a duty has somebody who answers for it; a place that alarms go to is named by reference, for its
// address is its key.

import * as z from "zod";
import * as f from "./fields.ts";
import { ways } from "./schema-papers.ts";

const OWN_KINDS = [
  ...(["access-review", "surveillance-audit", "compliance-audit", "drill", "minors-audit", "localisation"] as const),
  ...(["contract-review", "due-diligence", "deletion-certificate", "training", "other"] as const),
] as const;

/** How often, unless the duty says so: what the article or the custom of the kind asks. */
export const EVERY = {
  "access-review": "quarter",
  "surveillance-audit": "year",
  "compliance-audit": "year",
  drill: "year",
  "minors-audit": "year",
  localisation: "year",
  "contract-review": "year",
  "due-diligence": "year",
  "deletion-certificate": "once",
  training: "year",
  other: "year",
} as const satisfies Readonly<Record<(typeof OWN_KINDS)[number], string>>;

export const duty = z.strictObject({
  id: f.id,
  kind: z.enum(OWN_KINDS).default("other"),
  what: f.localised,
  every: z.enum(["once", "month", "quarter", "half-year", "year"]).exactOptional(),
  first: f.date,
  owner: f.signature,
  evidence: f.id.exactOptional(),
  onOverdue: z.enum(["alarm", "block"]).default("alarm"),
  ...ways,
});

/** An address is https, or on this machine: what is said there is said of how the company is run. */
const address = f.must(z.string(), isReachable, {
  zh: "应为 env:变量名、file:路径，或 https 地址（本机可用 http）",
  en: "must be env:NAME, file:PATH or an https address (http to this machine only)",
});

function isReachable(text: string): boolean {
  if (/^(?:env:[A-Za-z_]\w*|file:\S.*)$/.test(text)) return true;
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const here = protocol === "http:" && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  return (protocol === "https:" || here) && username === "" && password === "";
}

/** A robot's address holds its token, so it may be a secret itself. `secret` signs what is sent. */
export const alarm = z.strictObject({
  id: f.id,
  kind: z.enum(["webhook", "feishu", "dingtalk", "wecom"]),
  url: address,
  secret: f.secretReference.exactOptional(),
  language: z.enum(["zh", "en"]).default("zh"),
  from: z.enum(["info", "warning", "critical"]).default("warning"),
});

/** An index of a list is written `*`; so is any run of characters. */
const fieldPattern = f.must(f.filled, (s) => s.length <= 200 && !/\*\*/.test(s), {
  zh: "应为字段位置，如 /messages/*/content，* 代表任意一段",
  en: "must be where the field lies, such as /messages/*/content; * stands for any run",
});

/** What is known to leave: caller, way, fields, kinds, models. Left out is any. */
export const inventoryRow = z.strictObject({
  id: f.id,
  callers: f.someOf(f.id).exactOptional(),
  destinations: f.someOf(f.id),
  purposes: f.someOf(f.id).exactOptional(),
  recipients: f.someOf(f.id).exactOptional(),
  kinds: f.someOf(f.id),
  fields: f.someOf(fieldPattern).exactOptional(),
  models: f.someOf(f.pattern).exactOptional(),
});
