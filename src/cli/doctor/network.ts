// The way to each destination, and the clock by what is heard there. Law: each destination is heard once.

import { X509Certificate } from "node:crypto";
import type { Destination } from "../../words.ts";
import { type Check, fail, ok, type Verdict, warn } from "./check.ts";
import { type Heard, hear, type Step, type Way } from "./hear.ts";

const STEPS: Readonly<Record<Step, readonly [zh: string, en: string, fixZh: string, fixEn: string]>> = {
  dns: ["查不到主机名", "its name is not found", "检查 DNS 和 url 里的主机名", "check DNS and the host in its url"],
  tcp: [
    "连不上",
    "no connection",
    "检查防火墙、路由，或经代理出去：via.proxy",
    "check firewall and routes, or go through a proxy: via.proxy",
  ],
  proxy: [
    "代理不通",
    "the proxy refuses or fails",
    "检查 via.proxy 的地址、口令和它的放行名单",
    "check via.proxy: address, password, what it lets through",
  ],
  tls: [
    "TLS 不通过",
    "TLS fails",
    "检查证书、tls.ca 和 tls.min；中间若有解密设备，把它的 CA 放进 tls.ca",
    "check the certificate, tls.ca and tls.min; where a device decrypts in between, its CA goes into tls.ca",
  ],
};

export function destinationVerdict(way: Way, heard: Heard): Verdict {
  const host = new URL(way.url).host;
  if (heard.ok) return ok(`${host} 通，${heard.ms.toFixed(0)} ms`, `${host} answers, ${heard.ms.toFixed(0)} ms`);
  const [zh, en, fixZh, fixEn] = STEPS[heard.step];
  const said = [`${host} ${zh}（${heard.code}）`, `${host}: ${en} (${heard.code})`] as const;
  if (/^(?:localhost|127\.[\d.]+|\[::1\])(?::|$)/.test(host))
    return warn(
      ...said,
      "是本机上的端点：先启动它（演示用 yumen start --demo）",
      "it is on this machine: start it first (the demo's: yumen start --demo)",
    );
  return fail(...said, fixZh, fixEn);
}

const SKEW_WARN_MS = 5_000;
const SKEW_FAIL_MS = 60_000;

/** @param beijing the time of day there, as this machine has it. @param heards of all destinations. */
export function clockVerdict(beijing: string, heards: readonly Heard[]): Verdict {
  const skews = heards.flatMap((heard) => (heard.ok && heard.skewMs !== null ? [heard.skewMs] : []));
  const now = [`北京时间 ${beijing}`, `Beijing time ${beijing}`] as const;
  if (skews.length === 0)
    return warn(
      `${now[0]}；没有端点可对时`,
      `${now[1]}; no endpoint told its date`,
      "用 chronyc tracking 或 timedatectl 看是否已同步",
      "see with chronyc tracking or timedatectl whether it is synchronised",
    );
  const off = skews.sort((a, b) => Math.abs(a) - Math.abs(b))[skews.length >> 1]!;
  const seconds = (Math.abs(off) / 1000).toFixed(1);
  const said = [
    `${now[0]}，${off < 0 ? "慢" : "快"} ${seconds} 秒`,
    `${now[1]}, ${seconds} s ${off < 0 ? "slow" : "fast"}`,
  ] as const;
  const fix = [
    "同步时钟（chrony、ntpd）：同意、撤回和年度计数都以它为准",
    "synchronise it (chrony, ntpd): consent, withdrawal and the yearly count go by it",
  ] as const;
  if (Math.abs(off) > SKEW_FAIL_MS) return fail(...said, ...fix);
  return Math.abs(off) > SKEW_WARN_MS ? warn(...said, ...fix) : ok(now[0], `${now[1]}, agrees with what endpoints say`);
}

/** A check a destination, and the clock by all of them: each is heard once. */
export function networkChecks(destinations: readonly Destination[], beijing: () => string): readonly Check[] {
  const heard = new Map(destinations.map((one) => [one.id, hear(one)]));
  return [
    { id: "clock", examine: async () => clockVerdict(beijing(), await Promise.all(heard.values())) },
    ...destinations.map((one) => ({
      id: `destination:${one.id}`,
      examine: async () => destinationVerdict(one, await heard.get(one.id)!),
    })),
  ];
}

const SOON_MS = 30 * 86_400_000;

/** The CA that a destination trusts besides the system's. @param nowMs ms since the epoch. */
export function caChecks(destinations: readonly Destination[], nowMs: number): readonly Check[] {
  return destinations.flatMap(({ id, tls }) =>
    tls.ca === null ? [] : [{ id: `ca:${id}`, examine: () => caVerdict(tls.ca!, nowMs) }],
  );
}

export function caVerdict(pem: string, nowMs: number): Verdict {
  const until = Date.parse(new X509Certificate(pem).validTo);
  const day = new Date(until).toISOString().slice(0, 10);
  const fix = ["换新的 CA 证书（tls.ca）", "replace the CA certificate (tls.ca)"] as const;
  if (until < nowMs) return fail(`CA 已于 ${day} 到期`, `the CA expired on ${day}`, ...fix);
  if (until < nowMs + SOON_MS) return warn(`CA ${day} 到期`, `the CA expires on ${day}`, ...fix);
  return ok(`CA 有效至 ${day}`, `the CA is good until ${day}`);
}
