// The policy folders that the two Yumen rows run on: file name → text.
// Law of this file: `empty` asks for nothing (what the gate costs by itself); `full` is what a careful company writes:
// one person with consent (`CONSENT`), notice, assessment and contract, so that a mobile number may leave.

import { MOBILE } from "./bodies.mjs";

/** The headers that a caller sends so that the crossing is judged for its person. */
export const SUBJECT_HEADERS = { "X-Yumen-Subject": `cn-mobile:${MOBILE}` };

/** `yumen consent grant …`: what the person of the bodies has consented to. */
export const CONSENT = [
  ...[`cn-mobile:${MOBILE}`, "--exporter", "bench-retail", "--recipient", "openai", "--purpose", "customer-service"],
  ...["--types", "cn-mobile,person,email", "--separate", "--notice", "notice-openai@2026-05"],
  ...["--given-at", "2026-06-15T00:00:00+08:00"],
];

/** @param {"empty" | "full"} kind @param {string} upstreamUrl @returns {Record<string, string>} */
export function policyFiles(kind, upstreamUrl) {
  if (kind === "empty") return { "yumen.yaml": parties(upstreamUrl) + FORWARD_ALL };
  return { "yumen.yaml": parties(upstreamUrl) + LAWFUL_ROUTE + RULES };
}

/** Who takes part: the same in both. */
function parties(upstreamUrl) {
  return `apiVersion: yumen/v1
exporters:
  - { id: bench-retail, name: Bench Retail, ciio: false }
recipients:
  - { id: openai, name: "OpenAI, L.L.C.", country: US, contact: privacy@openai.example }
destinations:
  - { id: openai, recipient: openai, url: "${upstreamUrl}", exporter: bench-retail, purpose: customer-service }
purposes:
  - { id: customer-service, label: { zh: 客户服务, en: Customer service }, basis: consent }
callers:
  - id: bench
    loopback: true
    exporters: bench-retail
    destinations: openai
    purposes: customer-service
    mayAssert: [subject]
`;
}

const FORWARD_ALL = `rules:
  - id: all
    why: { zh: 全部放行, en: Everything passes }
    action: forward
    match: {}
`;

const LAWFUL_ROUTE = `mechanisms:
  - id: sc-openai
    type: standard-contract
    exporters: bench-retail
    validFrom: 2026-06-01
    filedDate: 2026-06-10
    validUntil: 2029-05-31
    scope:
      recipients: openai
      purposes: customer-service
      categories: [cn-mobile, email, person]
      maxNonSensitive: 500000
      maxSensitive: 9999
notices:
  - id: notice-openai
    version: "2026-05"
    recipients: openai
    purposes: customer-service
    recipientName: OpenAI, L.L.C.
    recipientContact: privacy@openai.example
    purpose: 用大模型整理客户来电和留言，以便答复您
    method: 通过加密接口逐条发送
    categories: 姓名、手机号、邮箱
    rights: 可向上述联系方式要求查阅、更正、删除、撤回同意
    retention: 三十日
pipias:
  - { id: pipia-2026-05, done: true, recipients: openai, purposes: customer-service, types: [person, cn-mobile, email] }
`;

const RULES = `rules:
  - id: no-pi
    why: { zh: 没有发现个人信息, en: No personal information was found }
    action: forward
    match: { pi: false }
  - id: covered
    why: { zh: 有路可走的个人信息, en: Personal information with a lawful route }
    action: forward
    match: { pi: true }
  - id: id-numbers
    why: { zh: 证件号化名, en: Identity numbers leave as pseudonyms }
    action: pseudonymize
    match: { piAny: [cn-id, bank-card] }
`;
