// Answers in words for a terminal. Law: nothing here knows an identifier.

import type { ConsentState } from "../../words.ts";
import type { Answer } from "./ask.ts";

export function tellChange({ event, added, state }: Answer): string {
  const what = added ? "recorded" : "known already, nothing changed";
  return [`${what}: event ${event ?? "-"}`, ...(state === undefined ? [] : [tellState(state)])].join("\n");
}

export function tellLookup({ states, history }: Answer): string {
  if (!states?.length) return "nothing is known of this person";
  const events = (history ?? []).map(({ givenAt, action, channel }) => `  ${givenAt} ${action} (${channel})`);
  return [...states.map(tellState), "history:", ...events].join("\n");
}

export function inForce({ granted, validUntil }: ConsentState): boolean {
  return granted && (validUntil === null || Date.parse(validUntil) > Date.now());
}

function tellState(state: ConsentState): string {
  const { recipient, purpose, validUntil, types, sensitiveTypes, notice } = state;
  const parts = [
    state.separate ? "separate" : "not separate",
    `kinds ${[...types, ...sensitiveTypes].join(", ") || "none"}`,
    `given ${state.givenAt}`,
    ...(validUntil === null ? [] : [`until ${validUntil}`]),
    ...(notice === null ? [] : [`notice ${notice.id}@${notice.version}`]),
    ...(state.receipt === "" ? [] : [`receipt ${state.receipt}`]),
  ];
  return `${recipient} / ${purpose}: ${standingOf(state)} (${parts.join("; ")})`;
}

function standingOf(state: ConsentState): string {
  if (inForce(state)) return "in force";
  if (state.granted) return "ended";
  return state.withdrawnAt === null ? "not given" : `withdrawn ${state.withdrawnAt}`;
}
