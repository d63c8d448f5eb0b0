// Regular expressions as trees, so that what every match must hold can be read off them. Law: a tree matches at least
// what its expression matches; what it cannot tell is null, and whoever asks then leaves nothing out.

/** Units that may stand in one place: ranges, both ends included. */
export type Units = readonly (readonly [number, number])[];

export type Node =
  | { readonly kind: "units"; readonly units: Units }
  /** Of no width: borders, and what lookarounds ask. `isBorder`: no two letters of ASCII stand on its two sides. */
  | { readonly kind: "nothing"; readonly isBorder?: true }
  | { readonly kind: "row"; readonly parts: readonly Node[] }
  | { readonly kind: "either"; readonly parts: readonly Node[] }
  | { readonly kind: "times"; readonly part: Node; readonly min: number; readonly max: number };

const UNIT_MAX = 0xffff;
const DIGITS: Units = [[0x30, 0x39]];
const WORD: Units = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** `\s` of ECMAScript. */
const SPACES: Units = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const BREAKS: Units = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const ESCAPED: Readonly<Record<string, Units>> = {
  d: DIGITS,
  w: WORD,
  s: SPACES,
  D: allBut(DIGITS),
  W: allBut(WORD),
  S: allBut(SPACES),
  t: [[0x09, 0x09]],
  n: [[0x0a, 0x0a]],
  v: [[0x0b, 0x0b]],
  f: [[0x0c, 0x0c]],
  r: [[0x0d, 0x0d]],
};
const NOTHING: Node = { kind: "nothing" };
const BORDER: Node = { kind: "nothing", isBorder: true };
const LETTERS: Units = [
  [0x41, 0x5a],
  [0x61, 0x7a],
];
/** What a short look at a source cannot read: code points, sets of sets, names of properties and groups. */
const FLAGS_UNREAD = /[uvm]/;

/** @returns null where the expression holds something that is not read here. */
export function treeOf({ source, flags }: RegExp): Node | null {
  if (FLAGS_UNREAD.test(flags)) return null;
  const reader = new Reader(source, flags.includes("i"), flags.includes("s"));
  const tree = reader.either();
  return reader.failed || !reader.atEnd() ? null : tree;
}

function allBut(units: Units): Units {
  const others: [number, number][] = [];
  let from = 0;
  for (const [low, high] of [...units].sort((a, b) => a[0] - b[0])) {
    if (low > from) others.push([from, low - 1]);
    from = Math.max(from, high + 1);
  }
  if (from <= UNIT_MAX) others.push([from, UNIT_MAX]);
  return others;
}

/** Letters in either case: ASCII folds to ASCII alone; what is not ASCII is anything when it has a case. */
function inBothCases(units: Units): Units {
  const both = units.map(([low, high]) => [low, high] as [number, number]);
  for (const [low, high] of units) {
    addShifted(both, Math.max(low, 0x41), Math.min(high, 0x5a), 32);
    addShifted(both, Math.max(low, 0x61), Math.min(high, 0x7a), -32);
    if (high >= 0x80 && isCased(Math.max(low, 0x80), high)) both.push([0x80, UNIT_MAX]);
  }
  return both;
}

function addShifted(into: [number, number][], low: number, high: number, by: number): void {
  if (low <= high) into.push([low + by, high + by]);
}

function hasLetters(units: Units): boolean {
  return LETTERS.every(([low, high]) => units.some(([from, to]) => from <= low && to >= high));
}

function isCased(low: number, high: number): boolean {
  if (high - low > 0xff) return low < 0x2e80 || high > 0x9fff;
  for (let unit = low; unit <= high; unit++) {
    const text = String.fromCharCode(unit);
    if (text.toLowerCase() !== text || text.toUpperCase() !== text) return true;
  }
  return false;
}

/** Recursive descent over one source. */
class Reader {
  failed = false;
  readonly #source: string;
  readonly #isEither: boolean;
  readonly #isDotAll: boolean;
  #at = 0;
  /** By number: what a back reference repeats. */
  readonly #groups: Node[] = [];
  #opened = 0;

  constructor(source: string, isEither: boolean, isDotAll: boolean) {
    this.#source = source;
    this.#isEither = isEither;
    this.#isDotAll = isDotAll;
  }

  atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  either(): Node {
    const parts = [this.#row()];
    while (this.#takes("|")) parts.push(this.#row());
    return parts.length === 1 ? parts[0]! : { kind: "either", parts };
  }

  #takes(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #row(): Node {
    const parts: Node[] = [];
    while (!this.atEnd() && !this.failed && !"|)".includes(this.#source[this.#at]!))
      parts.push(this.#times(this.#one()));
    return parts.length === 1 ? parts[0]! : { kind: "row", parts };
  }

  #times(part: Node): Node {
    const found = /^(?:([?*+])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at, this.#at + 16));
    if (found === null) return part;
    this.#at += found[0].length;
    const [, sign, least, comma, most] = found;
    if (sign === "?") return { kind: "times", part, min: 0, max: 1 };
    if (sign !== undefined) return { kind: "times", part, min: sign === "+" ? 1 : 0, max: Number.POSITIVE_INFINITY };
    const min = Number(least);
    return {
      kind: "times",
      part,
      min,
      max: comma === "" ? min : most === "" ? Number.POSITIVE_INFINITY : Number(most),
    };
  }

  #one(): Node {
    const character = this.#source[this.#at++]!;
    if (character === "(") return this.#group();
    if (character === "[") return this.#units(this.#class());
    if (character === ".") return { kind: "units", units: this.#isDotAll ? [[0, UNIT_MAX]] : allBut(BREAKS) };
    if (character === "^" || character === "$") return NOTHING;
    if (character === "\\") return this.#escape();
    const unit = character.charCodeAt(0);
    return this.#units([[unit, unit]]);
  }

  #units(units: Units): Node {
    return { kind: "units", units: this.#isEither ? inBothCases(units) : units };
  }

  #group(): Node {
    const isNot = ["?!", "?<!"].some((sign) => this.#takes(sign));
    const isLook = isNot || ["?=", "?<="].some((sign) => this.#takes(sign));
    const number = isLook || this.#takes("?:") ? 0 : ++this.#opened;
    if (this.#source[this.#at] === "?") this.failed = true;
    const inside = this.either();
    if (!this.#takes(")")) this.failed = true;
    if (number > 0) this.#groups[number] = inside;
    if (!isLook) return inside;
    return isNot && inside.kind === "units" && hasLetters(inside.units) ? BORDER : NOTHING;
  }

  #escape(): Node {
    const character = this.#source[this.#at]!;
    if (character === "b" || character === "B") {
      this.#at++;
      return character === "b" ? BORDER : NOTHING;
    }
    if (/[1-9]/.test(character)) {
      this.#at++;
      const part = this.#groups[Number(character)];
      if (part === undefined || /\d/.test(this.#source[this.#at] ?? "")) this.failed = true;
      return { kind: "times", part: part ?? NOTHING, min: 0, max: 1 };
    }
    return this.#units(this.#escapedUnits());
  }

  /** After a backslash, in a class and outside. */
  #escapedUnits(): Units {
    const character = this.#source[this.#at++]!;
    const known = ESCAPED[character];
    if (known !== undefined) return known;
    const digits = character === "u" ? 4 : character === "x" ? 2 : 0;
    if (digits === 0 && /[A-Za-z0-9]/.test(character)) this.failed = true;
    const written = this.#source.slice(this.#at, this.#at + digits);
    if (digits > 0 && !/^[0-9A-Fa-f]+$/.test(written)) this.failed = true;
    this.#at += digits;
    const unit = digits === 0 ? character.charCodeAt(0) : Number.parseInt(written, 16);
    return [[unit, unit]];
  }

  #class(): Units {
    const isNegated = this.#takes("^");
    const units: (readonly [number, number])[] = [];
    while (!this.failed && !this.#takes("]")) {
      const low = this.#inClass();
      if (this.#source[this.#at] !== "-" || this.#source[this.#at + 1] === "]" || low.length !== 1) {
        units.push(...low);
        continue;
      }
      this.#at++;
      const high = this.#inClass();
      if (high.length !== 1 || low[0]![0] !== low[0]![1]) this.failed = true;
      units.push([low[0]![0], high[0]![1]]);
    }
    return isNegated ? allBut(units) : units;
  }

  #inClass(): Units {
    if (this.atEnd()) this.failed = true;
    if (this.#takes("\\b")) return [[0x08, 0x08]];
    if (this.#takes("\\")) return this.#escapedUnits();
    const unit = this.#source.charCodeAt(this.#at++);
    return [[unit, unit]];
  }
}
