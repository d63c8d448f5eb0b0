// What --lift says. Law: what cannot be read stops the command; no value stands in its error.

import type { Subject } from "../consent/subjects.ts";
import { CannotRun } from "../shown/cannot-run.ts";

/** @param values those of a kind go to the false findings of that kind. */
export function liftsOf(texts: readonly string[], values: readonly Subject[]): readonly object[] {
  const lifts = texts.map((text) => liftOf(text, values));
  const kinds = new Set(texts.map((text) => /^false:([^@]+)@/.exec(text)?.[1]));
  if (values.some(({ type }) => !kinds.has(type)))
    throw new CannotRun(
      "--values-stdin：有的值没有对应的 --lift false:<种类>@<位置>",
      "--values-stdin: some values have no --lift false:<kind>@<pointer> of their kind",
    );
  return lifts;
}

function liftOf(text: string, values: readonly Subject[]): object {
  const [of, rest = ""] = cut(text, ":");
  if (of === "suspect" && rest === "") return { of };
  if (of === "rule" && rest !== "") return { of, rule: rest };
  if (of === "opaque" && rest !== "") return { of, class: rest };
  const [type, path = ""] = cut(rest, "@");
  if (of !== "false" || type === "" || path === "")
    throw new CannotRun(
      "--lift：rule:<规则>、suspect、opaque:<类别> 或 false:<种类>@<位置>",
      "--lift: rule:<id>, suspect, opaque:<class> or false:<kind>@<pointer>",
    );
  const mine = values.filter((one) => one.type === type).map(({ value }) => value);
  return { of: "false-finding", type, path, ...(mine.length === 0 ? {} : { values: mine }) };
}

function cut(text: string, at: string): [string, string?] {
  const i = text.indexOf(at);
  return i < 0 ? [text] : [text.slice(0, i), text.slice(i + 1)];
}
