// What can be wrong with a ledger, each with a place that a person can open. No text of an entry is ever shown.

export const FAULTS = {
  file_missing: { en: "the file is missing", zh: "文件缺失" },
  file_unexpected: { en: "the file does not belong to a ledger", zh: "不属于台账的文件" },
  file_malformed: { en: "the file is not in its format", zh: "文件格式错误" },
  format_unknown: { en: "ledger.json names another format or origin", zh: "ledger.json 的格式版本或来源不符" },
  key_malformed: { en: "the verifier key is not consistent in itself", zh: "验证公钥自身不一致" },
  signature_invalid: { en: "no valid signature of the ledger's key", zh: "没有台账密钥的有效签名" },
  bundle_malformed: { en: "the entry bundle's lengths do not add up", zh: "条目包的长度不符" },
  leaf_mismatch: { en: "the entry is not the one in the tree", zh: "条目与树中的记录不符" },
  tile_mismatch: { en: "the hashes do not follow from the entries", zh: "哈希与条目不符" },
  root_mismatch: { en: "the entries do not give the signed root", zh: "条目得不出已签名的根哈希" },
  entry_not_canonical: { en: "the entry is not canonical JSON (RFC 8785)", zh: "条目不是规范 JSON（RFC 8785）" },
  entry_malformed: {
    en: "the entry's v, kind, t or id is not as it must be",
    zh: "条目的 v、kind、t 或 id 不符合要求",
  },
  crossing_twice: { en: "a second decision entry for one crossing", zh: "同一次出境有两条决定记录" },
  frame_invalid: { en: "bytes that are no whole commit (torn or changed)", zh: "不完整的提交（中断或被改动）" },
  index_gap: { en: "entries are missing before this place", zh: "此处之前缺少条目" },
  cut: { en: "the older head names more entries than are here", zh: "较早的检查点条目更多：台账被截断" },
  rewritten: { en: "the older head names other entries", zh: "与较早的检查点不一致：台账被改写" },
} as const;

export type FaultCode = keyof typeof FAULTS;

export interface Fault {
  /** `entry 17`, `tile/0/000`, `segment/…0300 byte 96`, `checkpoint`, … */
  readonly place: string;
  readonly code: FaultCode;
}

/** So that a ledger broken everywhere does not fill the memory; the number of all faults is kept. */
const FAULTS_MAX = 1_000;

export class FaultList {
  readonly faults: Fault[] = [];
  total = 0;

  add(place: string, code: FaultCode): void {
    this.total++;
    if (this.faults.length < FAULTS_MAX) this.faults.push({ place, code });
  }
}
