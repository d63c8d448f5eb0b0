// The chat bodies that are sent: Chinese and English mixed, as a customer-service backend would write them.
// Law of this file: a body has exactly the bytes asked for; `plain` holds no personal information, `pi` holds one
// consenting person's mobile number (made up) in the last user message; the same arguments give the same bytes.

/** The person of the `pi` bodies. Subject header: `cn-mobile:<this>`. Made up. */
export const MOBILE = "13571904826";

export const PI_SENTENCE = `客户的手机号是 ${MOBILE}，请按约定时间回电。`;

const SENTENCES = [
  "请用三句话总结下面的客户反馈，语气友好而专业。",
  "The customer reports that the export button does nothing on the second click.",
  "物流显示包裹已经到达分拨中心，但两天没有更新。",
  "Please draft a reply that apologises once and offers a concrete next step.",
  "用户希望把发票抬头从个人改为公司，并补开上个月的电子发票。",
  "We saw the same stack trace after the deployment: TypeError: cannot read properties of undefined.",
  "如果无法判断原因，请列出最可能的三种情况，并说明如何逐一排除。",
  "Keep the tone neutral, avoid jargon, and do not promise a delivery date.",
  "会员等级升级后，优惠券没有自动到账，界面提示“系统繁忙，请稍后再试”。",
  "Summarise the discussion in a table with the columns: issue, owner, status.",
  "这段代码在数据量较大时会变慢，请解释时间复杂度并给出改进建议。",
  "Refunds above the threshold need a second approval in the back office.",
  "请把下面这段中文翻译成英文，保留专业术语，不要意译产品名称。",
  "The dashboard shows a spike in latency every night while the batch job runs.",
  "退货政策规定，未拆封的商品可以在签收后七天内申请无理由退货。",
  "Add an example request and an example response to the documentation.\n",
];

const ROLES = ["user", "assistant"];

/**
 * @param {number} size bytes of the whole body @param {"plain" | "pi"} variant
 * @param {number} ordinal another one of the same kind @returns {Buffer}
 */
export function chatBody(size, variant, ordinal = 0) {
  const next = numbers(size * 31 + ordinal);
  const messages = [{ role: "system", content: "你是一名严谨的客服助手。Answer in the language of the question." }];
  const last = { role: "user", content: variant === "pi" ? PI_SENTENCE : "请给出处理建议。" };
  const bytes = () => Buffer.byteLength(serialised([...messages, last]));
  while (bytes() < size - 700) messages.push({ role: ROLES[(messages.length % 2) ^ 1], content: paragraph(next, 600) });
  for (let left = size - bytes(); left > 0; left = size - bytes()) last.content += filler(next, left);
  const body = Buffer.from(serialised([...messages, last]));
  if (body.length !== size) throw new Error(`a ${size} byte body came out as ${body.length} bytes`);
  return body;
}

/** `model` stands first: the endpoint's fast path looks for it in the first bytes. */
function serialised(messages) {
  return JSON.stringify({ model: "bench", temperature: 0.2, stream: false, messages });
}

function paragraph(next, atLeastBytes) {
  let text = "";
  while (Buffer.byteLength(text) < atLeastBytes) text += SENTENCES[next() % SENTENCES.length];
  return text;
}

/** A sentence, or as much ASCII as fits. */
function filler(next, leftBytes) {
  const sentence = SENTENCES[next() % SENTENCES.length];
  if (Buffer.byteLength(JSON.stringify(sentence)) - 2 <= leftBytes) return sentence;
  return " and so on, as agreed".repeat(1 + leftBytes / 21).slice(0, leftBytes);
}

function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
