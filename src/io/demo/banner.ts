// What `npm start` prints: the addresses, and four things to try. Law: what each line says will happen is tested to
// happen.

import type { Language } from "../../words.ts";

export interface Addresses {
  readonly gate: string;
  readonly admin: string;
  readonly overseas: string;
}

export interface Try {
  readonly says: Readonly<Record<Language, string>>;
  readonly expect: { readonly status: number; readonly action: string };
  readonly subject: string | null;
  readonly body: {
    readonly model: string;
    readonly stream?: true;
    readonly messages: readonly { role: "user"; content: string }[];
  };
}

const ask = (content: string) => ({ model: "echo", messages: [{ role: "user" as const, content }] });

/** (a) to (d). The people and numbers are made up (policies/demo/demo.people.yaml). */
export const TRIES: readonly Try[] = [
  {
    says: { zh: "没有个人信息 → 放行", en: "no personal information → forwarded" },
    expect: { status: 200, action: "forward" },
    subject: null,
    body: ask("把这句话翻成英文：今天天气很好"),
  },
  {
    says: {
      zh: "手机号，本人没有同意 → 拦截，说明理由、法条和补救",
      en: "a mobile number, no consent → blocked, with reason, article and cure",
    },
    expect: { status: 403, action: "block" },
    subject: null,
    body: ask("客户电话 13912345678，帮我写一条回访短信"),
  },
  {
    says: { zh: "同样的请求，本人已单独同意 → 放行", en: "the same for a person who consented → forwarded" },
    expect: { status: 200, action: "forward" },
    subject: "id:zhang",
    body: ask("客户电话 13800138000，帮我写一条回访短信"),
  },
  {
    says: {
      zh: "身份证号，标准合同未覆盖 → 化名后发出，流式回答里还原",
      en: "an ID card outside the contract's scope → pseudonymized, restored in the stream",
    },
    expect: { status: 200, action: "pseudonymize" },
    subject: "id:zhang",
    body: { ...ask("给身份证 11010519491231002X 的客户写封信"), stream: true },
  },
];

/** A line to paste into a shell. */
export function curlOf({ body, subject }: Try, gate: string): string {
  const flags = body.stream ? "-sN" : "-s";
  const who = subject === null ? "" : ` -H 'X-Yumen-Subject: ${subject}'`;
  const what = `-H 'content-type: application/json'${who} -d '${JSON.stringify(body)}'`;
  return `curl ${flags} ${gate}/openai/v1/chat/completions ${what}`;
}

export function banner(version: string, { gate, admin, overseas }: Addresses, language: Language): string {
  const zh = language === "zh";
  const head = zh
    ? [
        `玉门关 Yumen ${version}   演示：一切都在本机，不会有任何数据出境`,
        `网关      ${gate}/openai/v1   ${gate}/anthropic`,
        `管理      ${admin}   （/healthz /readyz /metrics）`,
        `「海外」  ${overseas}   （内置：把收到的话原样说回来）`,
        "",
        "试四条（另开一个终端，复制即可）：",
      ]
    : [
        `Yumen 玉门关 ${version}   demo: everything stays on this machine, nothing is exported`,
        `gate      ${gate}/openai/v1   ${gate}/anthropic`,
        `admin     ${admin}   (/healthz /readyz /metrics)`,
        `overseas  ${overseas}   (built in: it says back what it is told)`,
        "",
        "Four things to try (in another terminal):",
      ];
  const tries = TRIES.flatMap((one, i) => [`${"abcd"[i]}) ${one.says[language]}`, `   ${curlOf(one, gate)}`]);
  return `\n${[...head, ...tries].map((line) => `  ${line}`).join("\n")}\n\n`;
}
