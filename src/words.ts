// Every value that crosses a stage border: types only, no logic. Law: nothing here is mutable after its stage
// returned it, and nothing but an Original holds payload text.

export type * from "./words/alarms.ts";
export type * from "./words/arrival.ts";
export type * from "./words/counting.ts";
export type * from "./words/decision.ts";
export type * from "./words/departure.ts";
export type * from "./words/doc.ts";
export type * from "./words/drift.ts";
export type * from "./words/duties.ts";
export type * from "./words/entry.ts";
export type * from "./words/facts.ts";
export type * from "./words/finding.ts";
export type * from "./words/flow.ts";
export type * from "./words/identity.ts";
export type * from "./words/orders.ts";
export type * from "./words/papers.ts";
export type * from "./words/policy.ts";
