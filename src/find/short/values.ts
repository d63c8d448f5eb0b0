// The short way of a value that is one word or number, as records are full of: one look at its bytes tells who is
// asked, and they read it as it stands. Law: the same is found as the long way finds (search.ts), or nothing is said.

import { asciiText, textOf } from "../../decode/json/read.ts";
import { DETECTORS } from "../all.ts";
import type { Context, Detector, Span } from "../detector.ts";
import { type Claim, disjoint } from "../spans.ts";
import { type Asked, look, VALUE_BYTES_MAX } from "./look.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);
const asked: Asked = { low: 0, high: 0, isDigits: false, isAscii: false };

/** The values of one document, and what was found in them: columns, a row for each finding. */
export class ShortValues {
  readonly tokens: number[] = [];
  readonly contexts: Context[] = [];
  readonly detectors: Detector[] = [];
  readonly spans: Span[] = [];
  #bytes: Uint8Array = NO_BYTES;

  over(bytes: Uint8Array): void {
    this.#bytes = bytes;
  }

  /** @param start @param end of a value without escapes. @returns false where it goes the long way. */
  take(token: number, start: number, end: number, context: Context): boolean {
    if (end - start > VALUE_BYTES_MAX || start === end || !look(this.#bytes, start, end, context, asked)) return false;
    const { low, high, isDigits, isAscii } = asked;
    if ((low | high) === 0) return true;
    const text = isAscii ? asciiText(this.#bytes, start, end) : textOf(this.#bytes, start, end, false);
    const before = this.spans.length;
    for (let bits = low; bits !== 0; bits &= bits - 1)
      this.#ask(31 - Math.clz32(bits & -bits), text, isDigits, context);
    for (let bits = high; bits !== 0; bits &= bits - 1)
      this.#ask(63 - Math.clz32(bits & -bits), text, isDigits, context);
    if (this.spans.length - before > 1) this.#settle(before);
    for (let i = before; i < this.spans.length; i++) {
      this.tokens.push(token);
      this.contexts.push(context);
    }
    return true;
  }

  #ask(nth: number, text: string, isDigits: boolean, context: Context): void {
    const detector = DETECTORS[nth]!;
    const span = detector.ofValue?.(text, isDigits, context);
    if (span === null) return;
    if (span !== undefined) this.#add(detector, span);
    else for (const one of detector.find(text, context)) this.#add(detector, one);
  }

  #add(detector: Detector, span: Span): void {
    this.detectors.push(detector);
    this.spans.push(span);
  }

  /** Of what was said of one value, the first of them `from`, leaves what stands. */
  #settle(from: number): void {
    const spans = this.spans.splice(from);
    const detectors = this.detectors.splice(from);
    const claims = spans.map((span, i): Claim => ({ detector: detectors[i]!, span }));
    for (const { detector, span } of disjoint(claims)) this.#add(detector, span);
  }

  /** Lets go of the document. */
  done(): void {
    this.#bytes = NO_BYTES;
    this.tokens.length = this.contexts.length = this.detectors.length = this.spans.length = 0;
  }
}
