// Failures that a policy may not choose about, each with its reason. Law of this file: a choice is offered only where
// no law of the gate is broken whichever way it goes (design.md §2); the rest is closed, and says why by name.

import type { Text } from "./problem.ts";

/** A member that somebody might write in `failures` → why it is none. */
export const NO_CHOICE: Readonly<Record<string, Text>> = {
  ledgerDown: {
    zh: "没有落盘的记录就不放行：这一条不能选",
    en: "nothing leaves before its entry is durable: there is no choice",
  },
  storeDown: {
    zh: "查不到同意和人数就不放行：人数只能多计，不能少计",
    en: "without consents and counts nothing leaves: the year's count never under-counts",
  },
  contentUnreadable: {
    zh: "网关读不了的内容不放行；图片、文件等可以按类签字放行，写在目的地的 opaque 里",
    en: "what the gate cannot read does not leave; classes of files are signed for in opaque of a destination",
  },
  bodyTooLarge: {
    zh: "超过上限的内容没有读完，不放行；上限写在目的地的 limits 里",
    en: "what is over a limit was not read to its end and does not leave; the limit stands in limits of a destination",
  },
  readerLost: {
    zh: "读内容的线程没有读完，内容不放行",
    en: "a thread that reads was lost: what was not read does not leave",
  },
  ruleFailed: {
    zh: "算不出来的规则按禁止处理：这一条不能选",
    en: "a rule that fails forbids: there is no choice",
  },
  consentStale: {
    zh: "可能有撤回还没送到，不能当作仍然同意（个人信息保护法第15条）",
    en: "a withdrawal may be on its way: what may be withdrawn is no consent (PIPL Art. 15)",
  },
  residualFound: {
    zh: "改写之后还有个人信息，就是没有改好，不放行",
    en: "what is left after rewriting was not taken out: it does not leave",
  },
  recipientUnknown: {
    zh: "说不准由哪个法律实体接收，就没有可依据的同意和机制",
    en: "no consent and no mechanism is for a legal entity that cannot be told",
  },
  modelUnreadable: {
    zh: "规则或接收方取决于模型时，读不准模型就不放行",
    en: "where rules or recipients hang on the model, one that cannot be read for certain does not leave",
  },
  operationUnknown: {
    zh: "不认识的操作写在目的地的 operations 里（unknown），不在这里",
    en: "operations that no shape knows are opened in operations of a destination (unknown), not here",
  },
  waySuspended: {
    zh: "有人下令停止的路，撤销之前不放行",
    en: "a way that somebody has stopped stays shut until the stop is lifted",
  },
  documentChanged: {
    zh: "与登记的哈希不符的文件证明不了什么：保留原来的策略，请登记新的哈希",
    en: "a paper that is not the one registered proves nothing: the old policy stays; register the new hash",
  },
  documentMissing: {
    zh: "登记了却找不到的文件证明不了什么：保留原来的策略，请放回文件或撤下登记",
    en: "a paper that is not there proves nothing: the old policy stays; put it back or take it out",
  },
  telemetryDown: {
    zh: "遥测从不影响放行：记录在账本里，不在遥测里",
    en: "telemetry never decides: what is recorded is in the ledger",
  },
  shadowFailed: {
    zh: "影子策略从不影响放行",
    en: "a draft beside live traffic never decides",
  },
};
