// Places of texts at which patterns can begin, in columns, one text after another. Law: ascending within a text; what a
// large text took is given back.

/** Who is open where, by byte: sets of detectors, in two words. */
export interface Openness {
  lowAt(byte: number): number;
  highAt(byte: number): number;
  /** Nobody is asked from `byte` on before the one that it returns; -1 for nowhere. Questions come in order. */
  nextFrom(byte: number): number;
}

/** A text whose places are listed: [first, last) of the columns. */
export interface Listed {
  readonly text: string;
  readonly first: number;
  readonly last: number;
  /** To everybody everywhere. */
  readonly isOpen: boolean;
}

const LENGTH = 1024;
const LENGTH_KEPT = 16_384;
const COLUMNS = ["at", "unit", "run", "next", "low", "high"] as const;

export class Columns {
  count = 0;
  length = 0;
  /** The unit of the text, and which it is; the row that begins there (first-run.ts), and what ends that. */
  at!: Int32Array;
  unit!: Int32Array;
  run!: Int32Array;
  next!: Int32Array;
  /** Who is asked there. */
  low!: Int32Array;
  high!: Int32Array;

  constructor() {
    this.#room(LENGTH);
  }

  #room(length: number): void {
    this.length = length;
    for (const name of COLUMNS) this[name] = new Int32Array(length);
  }

  /** @param next what ends the row, -1 for the text's end. */
  add(at: number, unit: number, run: number, next: number): void {
    const nth = this.count++;
    if (nth === this.length) this.#grow();
    this.at[nth] = at;
    this.unit[nth] = unit;
    this.run[nth] = run;
    this.next[nth] = next;
  }

  #grow(): void {
    const before = COLUMNS.map((name) => this[name]);
    this.#room(this.length * 2);
    for (const [i, name] of COLUMNS.entries()) this[name].set(before[i]!);
  }

  /** Lets go of all texts. */
  letGo(): void {
    this.count = 0;
    if (this.length > LENGTH_KEPT) this.#room(LENGTH);
  }
}
