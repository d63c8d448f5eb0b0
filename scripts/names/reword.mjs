// More examples from labelled ones: the same sentence in other words of the same class. Law: nothing inside a label
// changes; a word is replaced by a dictionary word of its own class and length class.

/** @param words as chosenWords gives them. @param line of features.ts: cuts text into words. */
export function rewording({ words, line, random, share = 0.3 }) {
  const byClass = new Map();
  for (const [word, payload] of words) {
    if (word.length < 2 || word.length > 4) continue;
    const kind = payload >> 4;
    const key = kind * 8 + word.length;
    const bag = byClass.get(key) ?? { words: [], sums: [], total: 0 };
    bag.words.push(word);
    bag.total += 2 ** (1.3 * (payload & 15) * 0.55);
    bag.sums.push(bag.total);
    byClass.set(key, bag);
  }
  const draw = (bag) => {
    const roll = random() * bag.total;
    let low = 0;
    let high = bag.sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bag.sums[middle] < roll) low = middle + 1;
      else high = middle;
    }
    return bag.words[low];
  };
  return ({ text, spans }) => {
    line.take(text, 0, text.length);
    const { start, end, kind } = line.words;
    const inside = new Uint8Array(text.length);
    for (const span of spans) inside.fill(1, span.start, span.end);
    const shift = new Int32Array(text.length + 1);
    let out = "";
    for (let i = 0; i < text.length; i = end[i]) {
      for (let k = i; k < end[i]; k++) shift[k] = out.length + (k - i);
      const word = text.slice(start[i], end[i]);
      out += replaced(word, kind[i], inside.subarray(i, end[i])) ?? word;
      shift[end[i]] = out.length;
    }
    return {
      text: out,
      spans: spans.map((span) => ({
        ...span,
        start: shift[span.start],
        end: shift[span.start] + span.end - span.start,
      })),
    };
  };

  function replaced(word, kind, inside) {
    if (word.length < 2 || inside.includes(1) || random() > share) return null;
    if ([0, 5, 6, 7, 16, 17, 21, 22, 26].includes(kind)) return null;
    const bag = byClass.get(kind * 8 + word.length);
    return bag === undefined ? null : draw(bag);
  }
}
