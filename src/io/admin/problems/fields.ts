// What is said of a field, in Chinese. Law: every sentence of the plane about a field has its line here (a test reads
// them from the code); one that has none is told in English rather than not at all.

/** The English sentence, with `*` for what varies, and the Chinese one with what varied in its place. */
const FIELDS: readonly (readonly [string, string])[] = [
  // of the form
  ["must be there, and be: *", "必须有，且应为：*"],
  ["has a member that is not known here", "有这里不认识的成员"],
  ["must be at least *", "至少为 *"],
  ["must be at most *", "至多为 *"],
  ["must be one of: *", "应为其中之一：*"],
  ["has not the form that is wanted; see /openapi.json", "格式不对，见 /openapi.json"],
  [
    "must be an id: lower-case letters, digits, . _ -, at most 64, and no number that looks like a person's",
    "应为 id：小写字母、数字、. _ -，至多 64 个，且不含像某人号码的数字",
  ],
  [
    "must be a letter and 7 to 63 of A-Z a-z 0-9 _ -, and no number that looks like a person's",
    "应为一个字母加 7 到 63 个 A-Z a-z 0-9 _ -，且不含像某人号码的数字",
  ],
  [
    "must be a UUID, a ULID, or at most 64 of A-Z a-z 0-9 . _ -, and no number that looks like a person's",
    "应为 UUID、ULID，或至多 64 个 A-Z a-z 0-9 . _ -，且不含像某人号码的数字",
  ],
  ["the event's id in the path must be a UUID, a ULID or a short id", "路径里的事件 id 应为 UUID、ULID 或短 id"],
  [
    "must be an ISO 8601 instant with its offset, such as 2026-03-01T08:00:00+08:00",
    "应为带时区的 ISO 8601 时刻，如 2026-03-01T08:00:00+08:00",
  ],
  ["must be 64 lower-case hex digits", "应为 64 位小写十六进制"],
  ["must be an absolute URI, such as https://proofs.example/4f0c", "应为绝对 URI，如 https://proofs.example/4f0c"],
  ["must not hold control characters", "不得含控制字符"],
  ["must be well-formed text", "应为合格的文本"],
  [
    "must be iso, epoch-s, epoch-ms, or a pattern such as YYYY-MM-DD HH:mm:ss",
    "应为 iso、epoch-s、epoch-ms，或 YYYY-MM-DD HH:mm:ss 这样的格式",
  ],
  // of whom it may not name
  ["holds personal information: name the proof by an id that says nothing", "含个人信息：用不透露内容的 id 指出凭证"],
  [
    "must not hold personal information, a name or a number of anybody (seen: *): say it without",
    "不得含个人信息、任何人的姓名或号码（看到：*），请换个说法",
  ],
  ["must not hold anybody's number", "不得含任何人的号码"],
  // of what it refers to
  ["is no * of the policy in force", "不是现行策略里的 *"],
  ["is the recipient of no destination in force", "不是现行任何去向的接收方"],
  ["is no kind of personal information", "不是个人信息的种类"],
  ["is no identifier of the type given, or the type is not known", "不是所给类型的标识，或不认识这个类型"],
  ["is no identifier of the type given", "不是所给类型的标识"],
  ["there is no identity of this id in the register", "登记里没有这个 id 的身份"],
  ["is no hold", "没有这道停止命令"],
  ["is lifted already", "已经解除"],
  ["is on no page any more", "已不在任何一页上"],
  ["is env:NAME or file:PATH: the secret itself does not stand here", "应为 env:NAME 或 file:PATH：密钥本身不写在这里"],
  ["the mapping gives no meaning to an item that stands there", "映射没有给出那里某一项的含义"],
  ["the mapping gives no meaning to what stands there", "映射没有给出那里内容的含义"],
  // of what goes with what
  [
    "recipient and purpose go together; without both, everything is withdrawn",
    "接收方和目的要一起给；都不给就是全部撤回",
  ],
  [
    "must be there unless `event` is: by it a line is known when it comes again",
    "没有 `event` 时必须有：这一行再来时靠它认出",
  ],
  [
    "is wanted for a recipient, a destination or an exporter, and for nothing else",
    "停接收方、去向或处理者时必须有，其他时候不能有",
  ],
  ["either subjects or people: the other is left out", "subjects 和 people 只给一个"],
  ["is wanted: people are an exporter's", "必须有：人属于某个处理者"],
  ["is wanted: keys are an exporter's", "必须有：键属于某个处理者"],
  ["is wanted: suspects of which kinds", "必须有：哪些种类的疑似"],
  ["is wanted: the policy names the kind of document that shows it", "必须有：策略规定了用哪种文件证明"],
  ["is a document of another kind than the duty asks for", "文件的种类与义务要求的不同"],
  ["is a credential: no release lets one go", "是凭据：任何放行都不放它出去"],
  [
    "are wanted: this kind names somebody, and nothing at the place says that it is another number",
    "必须有：这一种指向某个人，而这个位置没有说明它是别的号码",
  ],
  ["one of people, subjects and keys: the others are left out", "people、subjects、keys 三选一"],
  [
    "has nobody whom an opening balance named in this class and for this recipient",
    "没有一个人是这一类、这个接收方的期初按名登记的",
  ],
  [
    "is more than was stated as a number, in this class and for this recipient",
    "多于这一类、这个接收方以数字申报的人数",
  ],
  [
    "has nobody whom an opening balance named in this class and for this recipient",
    "没有任何人是期初在这一类、这个接收方里点名的",
  ],
  ["one of people, subjects and keys: the others are left out", "people、subjects、keys 只给一个"],
  ["is not this year or the last", "不是今年或去年"],
  ["lies in the future", "在将来"],
  ["must be a date that exists", "应为存在的日期"],
  [
    "is not signed: of a batch its sender signs the first event alone; have it send them one by one",
    "没有签名：一批里发送方只签第一条；请让它逐条发送",
  ],
];

const PATTERNS = FIELDS.map(
  ([en, zh]) => [new RegExp(`^${en.split("*").map(escaped).join("(.+)")}$`, "s"), zh] as const,
);

/** @param detail in English, as the plane's code says it. @returns the same in Chinese, or null: it has no line. */
export function fieldInChinese(detail: string): string | null {
  for (const [pattern, zh] of PATTERNS) {
    const found = pattern.exec(detail);
    if (found !== null) return zh.replace("*", () => found[1] ?? "");
  }
  return null;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
