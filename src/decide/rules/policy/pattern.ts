// Regular expressions that end. Law of this file: a pattern that passes is tried in at most CHOICES_MAX ways and one
// unbounded run from each place of a text: the engine backtracks over no more than that, whatever the text.
//
// Why that holds. The engine tries again at a quantifier (how often) and at an alternation (which branch), nowhere
// else, as back references and lookarounds are refused. What stands in a row multiplies; branches add; "perhaps" is one
// more branch, the empty one. A group that can come twice holds neither, so each repetition matches in one way only.

import type { Language } from "../../../words.ts";

type Text = Readonly<Record<Language, string>>;

const LENGTH_MAX = 128;
const CHOICES_MAX = 64;
/** No text that is asked about is longer: more repetitions mean nothing. */
const REPEAT_MAX = 128;

/** In how many ways a part can match at one place, but for its unbounded runs; and how many of those it holds. */
interface Ways {
  readonly choices: number;
  readonly unbounded: number;
  /** A quantifier or an alternation is in it. */
  readonly branches: boolean;
}

const ONE: Ways = { choices: 1, unbounded: 0, branches: false };

/** @param pattern as `new RegExp` gets it. @returns why it is refused; null: it is bounded. */
export function unboundedPattern(pattern: string): Text | null {
  if (pattern.length > LENGTH_MAX)
    return { zh: `正则不能超过 ${LENGTH_MAX} 个字符`, en: `a pattern has at most ${LENGTH_MAX} characters` };
  try {
    const { choices, unbounded } = new Reader(pattern).whole();
    if (unbounded > 1) throw new Refused(REFUSALS.runs);
    if (choices > CHOICES_MAX) throw new Refused(REFUSALS.choices);
    new RegExp(pattern);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.text;
    if (error instanceof SyntaxError) return REFUSALS.syntax;
    throw error;
  }
}

/** At most once: `(X)?` is `(X|)` in other words, and `(X){1}` is X. */
function perhaps({ choices, unbounded, branches }: Ways, orNot: boolean): Ways {
  return { choices: choices + (orNot ? 1 : 0), unbounded, branches: branches || orNot };
}

const REFUSALS = {
  syntax: { zh: "不是正则", en: "is no regular expression" },
  group: {
    zh: "括号只能写 (…) 或 (?:…)，不能前后查看、命名或反向引用",
    en: "groups are (…) or (?:…): no lookaround, names or back references",
  },
  escape: { zh: "不认识的转义", en: "an unknown escape" },
  nested: {
    zh: "可重复多次的括号里不能再有重复或多选：有的文字会算不完",
    en: "a group that repeats must hold no repetition and no choice: some texts take it for ever",
  },
  runs: { zh: "只能有一处 *、+ 或 {n,}", en: "at most one of *, + and {n,}" },
  choices: {
    zh: `可选的匹配方式超过 ${CHOICES_MAX} 种`,
    en: `can match in more than ${CHOICES_MAX} ways: fewer choices and ranges`,
  },
  repeat: { zh: `重复次数不能超过 ${REPEAT_MAX}`, en: `repeats at most ${REPEAT_MAX} times` },
} as const satisfies Readonly<Record<string, Text>>;

class Refused extends Error {
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** `{n}`, `{n,}`, `{n,m}` or one character, and a `?` that makes it lazy. */
const QUANTIFIER = /(?:[*+?]|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})\??/y;
/** What means in a JavaScript pattern what it means in others; a letter that means nothing is a mistake. */
const ESCAPE = /\\(?:[dDwWsSbBtnrfv]|0(?!\d)|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^0-9A-Za-z])/y;

/** One pass over the pattern, by recursive descent (ECMA-262 §22.2.1 without its `v` and `u` modes). */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Ways {
    const ways = this.#choice();
    if (this.#at < this.#text.length) throw new Refused(REFUSALS.syntax);
    return ways;
  }

  /** Branches, up to the end or the bracket that closes. Of several one runs, so their choices add. */
  #choice(): Ways {
    const branches = [this.#row()];
    while (this.#takes("|")) branches.push(this.#row());
    if (branches.length === 1) return branches[0]!;
    return {
      choices: branches.reduce((sum, { choices }) => sum + choices, 0),
      unbounded: branches.reduce((sum, { unbounded }) => sum + unbounded, 0),
      branches: true,
    };
  }

  #row(): Ways {
    let ways = ONE;
    while (this.#at < this.#text.length && !"|)".includes(this.#text[this.#at]!)) {
      const next = this.#repeated(this.#atom());
      ways = {
        choices: ways.choices * next.choices,
        unbounded: ways.unbounded + next.unbounded,
        branches: ways.branches || next.branches,
      };
    }
    return ways;
  }

  #repeated(inner: Ways): Ways {
    const found = this.#takesMatch(QUANTIFIER);
    if (found === null) return inner;
    const [sign, least, comma, most] = found;
    if (Number(least) > REPEAT_MAX || Number(most) > REPEAT_MAX) throw new Refused(REFUSALS.repeat);
    const isEndless = !sign.startsWith("?") && (least === undefined || (comma !== undefined && most === undefined));
    const [from, to] = sign.startsWith("?") ? [0, 1] : [Number(least), Number(most ?? least)];
    if (!isEndless && to <= 1) return perhaps(inner, from < to);
    if (inner.branches) throw new Refused(REFUSALS.nested);
    if (isEndless) return { choices: 1, unbounded: 1, branches: true };
    return { choices: to - from + 1, unbounded: 0, branches: true };
  }

  #atom(): Ways {
    const sign = this.#text[this.#at]!;
    if (sign === "(") return this.#group();
    if (sign === "[") return this.#class();
    if (sign === "\\") return this.#escape();
    // a quantifier of nothing; a brace that is none would be read as itself, which hardly anybody means
    if ("*+?{}]".includes(sign)) throw new Refused(REFUSALS.syntax);
    this.#at += 1;
    return ONE;
  }

  #group(): Ways {
    this.#at += 1;
    if (this.#takes("?") && !this.#takes(":")) throw new Refused(REFUSALS.group);
    const ways = this.#choice();
    if (!this.#takes(")")) throw new Refused(REFUSALS.syntax);
    return ways;
  }

  /** One character in one way, whatever stands in it. */
  #class(): Ways {
    for (this.#at += 1; this.#at < this.#text.length; ) {
      if (this.#takes("]")) return ONE;
      if (this.#text[this.#at] === "\\") this.#escape();
      else this.#at += 1;
    }
    throw new Refused(REFUSALS.syntax);
  }

  #escape(): Ways {
    if (/[1-9k]/.test(this.#text[this.#at + 1] ?? "")) throw new Refused(REFUSALS.group);
    if (this.#takesMatch(ESCAPE) === null) throw new Refused(REFUSALS.escape);
    return ONE;
  }

  #takes(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #takesMatch(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }
}
