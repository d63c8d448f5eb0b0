// A text as somebody may read it, and where each of its units stands in the text that is really there. Law: a view
// never has a unit without a place, so a finding in it covers exactly what carries it.

export interface View {
  readonly text: string;
  /** By unit of `text`: where its source begins; one more for the end. Ascending. */
  readonly at: Int32Array;
}

/** Builds a view unit by unit. */
export class ViewBuilder {
  #text = "";
  readonly #at: number[] = [];

  /** @param from where in the source that stands which reads as `read`. */
  add(read: string, from: number): void {
    this.#text += read;
    for (let i = 0; i < read.length; i++) this.#at.push(from);
  }

  /** @param end of the source. */
  done(end: number): View {
    this.#at.push(end);
    return { text: this.#text, at: Int32Array.from(this.#at) };
  }
}

/** A view of a view, as a view of what is beneath. */
export function through(upper: View, lower: View): View {
  return { text: upper.text, at: upper.at.map((unit) => lower.at[unit]!) };
}

/** A text seen as it is. */
export function plain(text: string): View {
  return { text, at: Int32Array.from({ length: text.length + 1 }, (_, i) => i) };
}
