// What `npm start` prints: the addresses, four things to try, and how the people in them were counted. Law: what each
// line says will happen is tested to happen.

import type { Language } from "../../words.ts";

export interface Addresses extends Here {
  readonly gate: string;
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
      zh: "手机号，没有人问过这位客户 → 拦截，说明理由、法条和补救",
      en: "a mobile number of somebody whom nobody asked → blocked, with reason, article and cure",
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
      zh: "同一个人的身份证号，标准合同未覆盖 → 化名后发出，流式回答里还原",
      en: "the same person's ID card, outside the contract's scope → pseudonymized, restored in the stream",
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

/** Whom the four lines have sent, after a first start: one person, in both classes, beside whom other channels sent. */
export const COUNTED: Readonly<Record<Language, string>> = {
  zh: "四条之后数人：手机号和身份证号是同一个人，只数一次 → 1181 / 1 / 1181（其中 1180 是登记的期初）",
  en: "after all four: phone and ID card are one person → 1181 / 1 / 1181 (1180 of them an opening)",
};

const MORE: Readonly<Record<Language, string>> = {
  zh: "认识更多的人（撤回同意的、孩子、别人话里的第三人）：",
  en: "Meet more people (consent withdrawn, children, somebody named by another): ",
};

/** Where the command and the data are, as this process sees them. */
export interface Here {
  readonly admin: string;
  readonly data: string;
  /** bin/yumen.mjs and docs/demo.md, from the working directory. */
  readonly bin: string;
  readonly page: string;
}

/** A line to paste into a shell in the same folder. */
export function countsOf({ admin, data, bin }: Omit<Here, "page">): string {
  return `node ${quoted(bin)} counts --admin ${admin} --data ${quoted(data)}`;
}

function quoted(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function banner(version: string, addresses: Addresses, language: Language): string {
  const { gate, admin, overseas } = addresses;
  const zh = language === "zh";
  const head = zh
    ? [
        `玉门关 Yumen ${version}   演示：一切都在本机，不会有任何数据出境`,
        `网关      ${gate}/openai/v1   ${gate}/anthropic`,
        `管理      ${admin}   （/healthz /readyz /metrics）`,
        `「海外」  ${overseas}   （内置：把收到的话原样说回来）`,
        "",
        "试四条（在本目录另开一个终端，复制即可）：",
      ]
    : [
        `Yumen 玉门关 ${version}   demo: everything stays on this machine, nothing is exported`,
        `gate      ${gate}/openai/v1   ${gate}/anthropic`,
        `admin     ${admin}   (/healthz /readyz /metrics)`,
        `overseas  ${overseas}   (built in: it says back what it is told)`,
        "",
        "Four things to try (in another terminal, in this folder):",
      ];
  const tries = TRIES.flatMap((one, i) => [`${"abcd"[i]}) ${one.says[language]}`, `   ${curlOf(one, gate)}`]);
  const people = ["", COUNTED[language], `   ${countsOf(addresses)}`, `${MORE[language]}${addresses.page}`];
  return `\n${[...head, ...tries, ...people].map((line) => `  ${line}`).join("\n")}\n\n`;
}
