// Numbers as they are typed. Law: what is none stops the command before anything is sent.

import { beijingYear } from "../../law/year.ts";
import { CannotRun } from "../shown/cannot-run.ts";

/** @param least the smallest that will do. @throws CannotRun */
export function wholeNumber(text: string, least: 0 | 1): number {
  if (/^\d{1,10}$/.test(text) && Number(text) >= least) return Number(text);
  throw new CannotRun(`--people 应为不小于 ${least} 的整数`, `--people wants a whole number, ${least} or more`);
}

/** The Beijing year of now, unless another was typed. @throws CannotRun */
export function ofThisYear(text: string | undefined): number {
  if (text === undefined) return beijingYear(Date.now());
  if (/^\d{4}$/.test(text)) return Number(text);
  throw new CannotRun("--year 应为四位年份", "--year wants a year of four digits");
}
