// Answers in words for a terminal. Law: nothing here knows an identifier.

import type { ConsentState, Language } from "../../words.ts";
import type { Answer } from "./ask.ts";

export function tellChange({ event, added, state }: Answer, language: Language): string {
  const id = event ?? "-";
  const [zh, en] = added
    ? [`已记录：事件 ${id}`, `recorded: event ${id}`]
    : [`早已记录，没有变化：事件 ${id}`, `known already, nothing changed: event ${id}`];
  return [language === "zh" ? zh : en, ...(state === undefined ? [] : [tellState(state, language)])].join("\n");
}

export function tellLookup({ states, history }: Answer, language: Language): string {
  const [nothing, title] =
    language === "zh" ? ["没有此人的记录", "经过："] : ["nothing is known of this person", "history:"];
  if (!states?.length) return nothing!;
  const events = (history ?? []).map(({ givenAt, action, channel }) => `  ${givenAt} ${action} (${channel})`);
  return [...states.map((state) => tellState(state, language)), title, ...events].join("\n");
}

export function inForce({ granted, validUntil }: ConsentState): boolean {
  return granted && (validUntil === null || Date.parse(validUntil) > Date.now());
}

function tellState(state: ConsentState, language: Language): string {
  const { recipient, purpose, validUntil, types, sensitiveTypes, notice } = state;
  const isZh = language === "zh";
  const kinds = [...types, ...sensitiveTypes].join(", ");
  const say = (zh: string, en: string) => (isZh ? zh : en);
  const parts = [
    state.separate ? say("单独同意", "separate") : say("非单独同意", "not separate"),
    say(`种类 ${kinds || "无"}`, `kinds ${kinds || "none"}`),
    say(`作出于 ${state.givenAt}`, `given ${state.givenAt}`),
    ...(validUntil === null ? [] : [say(`有效至 ${validUntil}`, `until ${validUntil}`)]),
    ...(notice === null ? [] : [say(`告知 ${notice.id}@${notice.version}`, `notice ${notice.id}@${notice.version}`)]),
    ...(state.receipt === "" ? [] : [say(`收据 ${state.receipt}`, `receipt ${state.receipt}`)]),
  ];
  const standing = standingOf(state, say);
  return isZh
    ? `${recipient} / ${purpose}：${standing}（${parts.join("；")}）`
    : `${recipient} / ${purpose}: ${standing} (${parts.join("; ")})`;
}

function standingOf(state: ConsentState, say: (zh: string, en: string) => string): string {
  if (inForce(state)) return say("有效", "in force");
  if (state.granted) return say("已到期", "ended");
  if (state.withdrawnAt === null) return say("未作出", "not given");
  return say(`已于 ${state.withdrawnAt} 撤回`, `withdrawn ${state.withdrawnAt}`);
}
