// Why a line was not taken, in the reader's language. Law: what is not known here is told as the gate told it.

import type { Language } from "../../../words.ts";

const ZH: Readonly<Record<string, string>> = {
  "is no exporter of the policy in force": "现行策略里没有这个出境方",
  "is no recipient of the policy in force": "现行策略里没有这个境外接收方",
  "is no purpose of the policy in force": "现行策略里没有这个目的",
  "is no identifier of the type given, or the type is not known": "不是所写类型的标识，或没有这种类型",
  "lies in the future": "时间在将来",
  "must be an id: lower-case letters, digits, . _ -, at most 64, and no number that looks like a person's":
    "应为标识符：小写字母、数字、. _ -，最多 64 个字符，且不含像个人号码的数字",
  "must be a UUID, a ULID, or at most 64 of A-Z a-z 0-9 . _ -, and no number that looks like a person's":
    "应为 UUID、ULID，或最多 64 个 A-Z a-z 0-9 . _ - 字符，且不含像个人号码的数字",
  "must be an ISO 8601 instant with its offset, such as 2026-03-01T08:00:00+08:00":
    "应为带时区的 ISO 8601 时间，如 2026-03-01T08:00:00+08:00",
  "must be 64 lower-case hex digits": "应为 64 位小写十六进制数",
  "must be an absolute URI, such as https://proofs.example/4f0c": "应为绝对 URI，如 https://proofs.example/4f0c",
  "holds personal information: name the proof by an id that says nothing": "含有个人信息：请用不含信息的编号指代证据",
  "recipient and purpose go together; without both, everything is withdrawn":
    "recipient 与 purpose 要么都写，要么都不写；都不写是撤回全部",
  "must be there unless `event` is: by it a line is known when it comes again":
    "没有 `event` 时必须有：再次导入时靠它认出同一行",
  "has a member that is not known here": "含有这里不认识的成员",
  "has not the form that is wanted; see /openapi.json": "格式不对，见 /openapi.json",
  "the mapping gives no meaning to what stands there": "映射里没有说这个值是什么意思",
  "the mapping gives no meaning to an item that stands there": "映射里没有说其中某一项是什么意思",
  "Another event has this id: of another person, recipient, purpose or action. Nothing was recorded.":
    "这个编号已是另一事件的：其人、接收方、目的或动作不同。没有记录。",
  "So many events of one person are recorded that no grant is taken any more; a withdrawal always is.":
    "此人的事件已太多，不再接受同意；撤回总会接受。",
  "So many identifiers are no one person's. Nothing was linked, and nothing recorded.":
    "这么多标识不可能属于一个人。没有关联，也没有记录。",
  "The line is longer than 64 KiB, or no UTF-8.": "这一行超过 64 KiB，或不是 UTF-8。",
  "The line cannot be read as JSON.": "这一行不是 JSON。",
  "must be iso, epoch-s, epoch-ms, or a pattern such as YYYY-MM-DD HH:mm:ss":
    "应为 iso、epoch-s、epoch-ms，或 YYYY-MM-DD HH:mm:ss 这样的格式",
};

/** Those that name a bound or a form. */
const PATTERNS: readonly (readonly [en: RegExp, zh: string])[] = [
  [/^must be there, and be: (.+)$/, "必须有，且为 $1"],
  [/^must be at least (\S+) \(\w+\)$/, "不得小于 $1"],
  [/^must be at most (\S+) \(\w+\)$/, "不得大于 $1"],
  [/^must be one of: (.+)$/, "应为其中之一：$1"],
  [/^is no instant of the form (.+)$/, "不是 $1 格式的时间"],
];

export function inLanguage(detail: string, language: Language): string {
  if (language === "en") return detail;
  const known = ZH[detail];
  if (known !== undefined) return known;
  const pattern = PATTERNS.find(([en]) => en.test(detail));
  return pattern === undefined ? detail : detail.replace(...pattern);
}
