// The one page, for people. Law: what is wrong stands first; nothing is said that is as it should be and has no figure.

import type { Status } from "../../io/admin/status.ts";
import type { Language } from "../../words.ts";
import { rowsOf, type Shown } from "../duties/tell.ts";
import { table } from "../shown/table.ts";

type Say = (zh: string, en: string) => string;

export function tellStatus(status: Status, language: Language): string {
  const say: Say = (zh, en) => (language === "zh" ? zh : en);
  const parts = [
    head(status, say),
    section(say("已停止", "Shut"), shutRows(status, say)),
    section(
      say("告警", "Alarms"),
      status.alarms.map(({ severity, code, about, since }) => [severity, code, about, since]),
    ),
    duties(say("逾期", "Overdue"), status.overdue, language),
    duties(say("六十天内", "In sixty days"), status.soon, language),
    section(say("出境机制", "Mechanisms"), mechanismRows(status, say)),
    section(say("本年人数", "People this year"), countRows(status, say)),
    section(say("同意来源", "Sources of consents"), sourceRows(status, say)),
    section(
      say("试行", "On trial"),
      status.observing.map(({ destination, covers, until }) => [destination, covers, until]),
    ),
    section(
      say("放行", "Releases"),
      status.releases.map(({ id, destination, until }) => [id, destination, until]),
    ),
    others(status, say),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function head({ fine, ready, policy, ledger, today, checks }: Status, say: Say): string {
  const word = fine ? say("一切正常", "All is well") : say("有事要处理", "Something needs doing");
  const wrong = Object.entries(checks).flatMap(([name, said]) =>
    name === "policy" || said === "ok" || said === "false" ? [] : [`${name}: ${said}`],
  );
  const rows = [
    [say("就绪", "ready"), ready ? say("是", "yes") : `${say("否", "no")} ${wrong.join(", ")}`],
    [say("策略", "policy"), policy],
    ...(ledger === null ? [] : [[say("台账", "ledger"), `${ledger.size} ${ledger.root}`]]),
  ];
  return `${word}  ${today}\n${table(rows)}`;
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? "" : `${title}\n${table(rows)}`;
}

function duties(title: string, items: readonly Shown[], language: Language): string {
  return items.length === 0 ? "" : `${title}\n${rowsOf(items, language)}`;
}

function shutRows({ shut }: Status, say: Say): string[][] {
  return [
    ...shut.holds.map(({ id, of, target, at, known }) => [
      ...[say("命令", "order"), `${of} ${target ?? ""}`.trim(), at, id],
      ...(known ? [] : [say("策略里没有这个名字，所以全部停止", "no such name in policy: everything is shut")]),
    ]),
    ...shut.duties.map((id) => [say("义务逾期", "duty overdue"), id]),
  ];
}

function mechanismRows({ mechanisms }: Status, say: Say): string[][] {
  return mechanisms.map(({ id, type, status, until, daysLeft }) => {
    const left = daysLeft === null ? "" : say(`剩 ${daysLeft} 天`, `${daysLeft} d left`);
    return [id, type, status, until ?? say("没有期限", "no end"), left];
  });
}

function countRows({ counts }: Status, say: Say): string[][] {
  return counts.map(({ exporter, year, nonSensitive, sensitive, gross, opened, declared, namesakes, near }) => [
    ...[exporter, String(year)],
    say(`非敏感 ${nonSensitive}`, `non-sensitive ${nonSensitive}`),
    say(`敏感 ${sensitive}`, `sensitive ${sensitive}`),
    say(`合计 ${gross}`, `gross ${gross}`),
    ...(opened ? [] : [say("没有期初", "not opened")]),
    ...declaredCell(declared, say),
    ...near.map(({ id, counter, share, startBy }) => {
      const start = startBy === null ? "" : say(`，${startBy} 前动手`, `, start by ${startBy}`);
      return `${id} ${counter} ${Math.floor(share * 100)}%${start}`;
    }),
    ...(namesakes > 0 ? [say(`U-14 可少计 ${namesakes}`, `U-14 would count ${namesakes} fewer`)] : []),
  ]);
}

/** People of flows past the gate: somebody's word, marked as one. */
function declaredCell({ nonSensitive, sensitive }: Status["counts"][number]["declared"], say: Say): string[] {
  if (nonSensitive + sensitive === 0) return [];
  const numbers = `${nonSensitive} / ${sensitive}`;
  return [say(`另有登记的出境流 ${numbers}（未经核实）`, `declared flows besides ${numbers} (unverified)`)];
}

function sourceRows({ sources }: Status, say: Say): string[][] {
  return sources.map(({ id, heardAt, lagSeconds, heartbeatMinutes, silent, refused, wronglySigned }) => [
    id,
    heardAt ?? say("启动以来没有消息", "not heard since the start"),
    lagSeconds === null ? "" : say(`滞后 ${lagSeconds} 秒`, `${lagSeconds} s behind`),
    heartbeatMinutes === null ? "" : say(`心跳 ${heartbeatMinutes} 分钟`, `heartbeat ${heartbeatMinutes} min`),
    silent ? say("久无消息", "silent too long") : "",
    refused > 0 ? say(`拒收 ${refused}`, `${refused} refused`) : "",
    wronglySigned > 0 ? say(`签名不对 ${wronglySigned}`, `${wronglySigned} wrongly signed`) : "",
  ]);
}

function others({ drift, proposals }: Status, say: Say): string {
  const lines = [
    ...(drift.declared
      ? drift.open > 0
        ? [say(`清单以外的新情况：${drift.open} 项待处理（yumen drift）`, `Drift: ${drift.open} open (yumen drift)`)]
        : []
      : [say("策略没有出境清单 inventory：不看新情况", "The policy has no inventory: drift is not looked for")]),
    ...(proposals > 0 ? [say(`待第二人批准：${proposals}`, `Awaiting a second person: ${proposals}`)] : []),
  ];
  return lines.join("\n");
}
