// The shape of a policy file as JSON Schema (draft 2020-12), for editors. Law of this file: it is drawn from the schema
// that loads the file, so the two cannot say different things; what JSON Schema cannot say (two fields that exclude
// each other, ids that must exist) `yumen check` says.

import * as z from "zod";
import { frame, LISTS, type ListName, type SCALARS } from "./schema.ts";

type Scalar = keyof typeof SCALARS;

/** What an editor shows over the name. The page docs/policy.md says the rest. */
const SAID: Readonly<Record<ListName | Scalar | "apiVersion", string>> = {
  apiVersion: "版本 · the version of this format, in every file",
  profile: "敏感个人信息的口径 · what counts as sensitive: GB/T 35273 (strict) or GB/T 45574",
  names: "识别姓名、地址到什么程度 · how far names and addresses are read",
  language: "默认提示语言 · language of messages when the caller states none",
  unclassified: "没有分类说明的数据视为 · what data without a classification count as",
  failures: "网关对法律所知不足时 · what is done where the gate lacks knowledge of the law",
  thresholds: "到人数线的几成时提醒 · at which shares of a line of the law somebody is told",
  switches: "法律未明之处的取向 · readings of unsettled law",
  release: "谁写、谁批准、哪次提交、为什么 · author, approver, commit and reason of this release",
  groups: "集团 · companies whose numbers an authority may add up",
  exporters: "个人信息处理者 · who exports and answers for it",
  recipients: "境外接收方 · legal entities overseas",
  destinations: "目的地 · ways to a recipient's endpoint; what is not listed does not exist",
  purposes: "目的与合法性基础 · purposes and their legal basis (PIPL Art. 13)",
  mechanisms: "出境机制 · mechanisms of PIPL Art. 38",
  notices: "告知 · notices to individuals (PIPL Arts. 17, 30, 39)",
  pipias: "个人信息保护影响评估 · impact assessments (PIPL Arts. 55-56)",
  exemptions: "豁免情形 · exemptions claimed (Provisions on Cross-Border Data Flows, Arts. 4-5)",
  proofs: "匿名化证明、提取测试 · proofs of anonymisation, extraction tests",
  approvals: "主管机关批准 · approvals of PRC authorities (PIPL Art. 41, DSL Art. 36)",
  orders: "停止令 · orders to stop",
  restricted: "限制清单 · the list of PIPL Art. 42",
  ftzLists: "自贸区负面清单 · negative lists (Provisions Art. 6)",
  ftz: "自贸区登记 · registrations in a zone",
  documents: "文件 · papers with their hash, checked at each load",
  callers: "调用方 · services that may send",
  onDrift: "清单以外的出境 · what becomes of a crossing that the inventory does not know",
  duties: "自定义务 · what the company has set itself to do, and by when",
  inventory: "出境清单 · what is known to leave: caller, way, fields, kinds, models",
  outsideFlows: "不经网关的出境 · what the exporter sends past the gate, as declared; in the year's count",
  alarms: "告警去处 · whom an alarm reaches: webhook, Feishu, DingTalk, WeCom",
  rules: "规则 · every rule is read; the strictest match wins; no match blocks",
};

type Schema = z.core.JSONSchema.BaseSchema;

/** @returns a JSON Schema of one file of a policy folder, as somebody may write it. */
export function policyJsonSchema(): Schema {
  const whole = frame.extend(
    Object.fromEntries(Object.entries(LISTS).map(([name, item]) => [name, z.array(item).exactOptional()])),
  );
  const { $schema, ...schema } = drawn(whole);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    if (typeof property === "object") property.description = SAID[name as keyof typeof SAID];
  return { $schema: $schema!, title: "Yumen policy (yumen/v1)", ...schema };
}

function drawn(schema: z.core.$ZodType): Schema {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    reused: "inline",
    override({ zodSchema, jsonSchema }) {
      const { def } = (zodSchema as z.core.$ZodTypes)._zod;
      if (def.type === "pipe" && (def.in as z.core.$ZodTypes)._zod.def.type === "transform") shorten(jsonSchema);
    },
  }) as Schema;
}

/** fields.ts reads a value alone as a list of one, and otherwise a text as the short form of what stands there. */
function shorten(schema: Schema): void {
  const { default: otherwise, ...whole } = schema;
  const short = whole.type === "array" ? (whole.items as Schema) : { type: "string" as const };
  for (const name of Object.keys(schema)) delete schema[name];
  Object.assign(schema, { anyOf: [short, whole] }, otherwise === undefined ? {} : { default: otherwise });
}
