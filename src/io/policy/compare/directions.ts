// Whether a changed value lets more through. Law of this file: what cannot be shown to let no more through loosens.

export type Effect = "loosens" | "tightens" | "neutral";

/** @param a before, b now; undefined: not said. They differ. */
export type Direction = (a: unknown, b: unknown) => Effect;

type Ids = readonly string[] | undefined;

export const anything: Direction = () => "loosens";
export const nothing: Direction = () => "neutral";

const tightensIf = (holds: boolean): Effect => (holds ? "tightens" : "loosens");

/** Who or what may: fewer tightens. Not said is any. */
export const fewer: Direction = (a, b) => tightensIf(isWithin(b as Ids, a as Ids));
/** Who or what is forbidden, or asked after: more tightens. Not said is any. */
export const more: Direction = (a, b) => tightensIf(isWithin(a as Ids, b as Ids));

function isWithin(small: Ids, large: Ids): boolean {
  return large === undefined || (small?.every((id) => large.includes(id)) ?? false);
}

/** The highest that may be; not said is no limit. */
export const lower: Direction = (a, b) => tightensIf(numberOf(b) <= numberOf(a));

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.POSITIVE_INFINITY;
}

/** First day of what permits; not said is always. */
export const later: Direction = (a, b) => tightensIf(dayOf(b, "") >= dayOf(a, ""));
/** Last day of what permits; not said is for ever. */
export const earlier: Direction = (a, b) => tightensIf(dayOf(b, "9") <= dayOf(a, "9"));
/** First and last day of what forbids. */
export const forbiddenFrom: Direction = (a, b) => tightensIf(dayOf(b, "") <= dayOf(a, ""));
export const forbiddenUntil: Direction = (a, b) => tightensIf(dayOf(b, "9") >= dayOf(a, "9"));

function dayOf(value: unknown, open: string): string {
  return typeof value === "string" ? value : open;
}

/** @param ranks from the loosest to the strictest; those of one rank are alike. */
export function towards(...ranks: readonly (readonly unknown[])[]): Direction {
  const rankOf = (value: unknown) => ranks.findIndex((rank) => rank.includes(value));
  return (a, b) => {
    const [was, is] = [rankOf(a), rankOf(b)];
    if (was < 0 || is < 0) return "loosens";
    return was === is ? "neutral" : tightensIf(is > was);
  };
}

/** A text that must be there, whatever it says. */
export const filled: Direction = (a, b) => {
  const [was, is] = [a, b].map((text) => typeof text === "string" && text.trim() !== "");
  if (was === is) return "neutral";
  return was ? "tightens" : "loosens";
};

/** Members each with a direction of their own; one that is not named loosens. Not said has no members. */
export function members(directions: Readonly<Record<string, Direction>>): Direction {
  return (a, b) => {
    const [was, is] = [a, b].map((value) => (value ?? {}) as Readonly<Record<string, unknown>>) as [
      Readonly<Record<string, unknown>>,
      Readonly<Record<string, unknown>>,
    ];
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
      (name) => !isSame(was[name], is[name]),
    );
    const effects = names.map((name) => (directions[name] ?? anything)(was[name], is[name]));
    return worst(effects);
  };
}

export function worst(effects: readonly Effect[]): Effect {
  if (effects.includes("loosens")) return "loosens";
  return effects.includes("tightens") ? "tightens" : "neutral";
}

/** Lists of words are sets, as in the policy's hash. Not said and an absent member are the same. */
export function isSame(a: unknown, b: unknown, ordered = false): boolean {
  return normal(a, ordered) === normal(b, ordered);
}

function normal(value: unknown, ordered: boolean): string {
  return (
    JSON.stringify(value, (_, inner: unknown) => {
      if (Array.isArray(inner) && !ordered && inner.every((one) => typeof one === "string")) return [...inner].sort();
      if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
      return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? ""
  );
}
