// Names with `*`. Law of this file: linear in the text, whatever the pattern: it is compared piece by piece, without an
// expression that could be led astray.

/** @param pattern literal but for `*`, which stands for any run of characters, an empty one too. Case matters. */
export function matcherOf(pattern: string): (text: string) => boolean {
  const [first, ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first!) || text.length < first!.length + last.length) return false;
    let at = first!.length;
    const end = text.length - last.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return text.endsWith(last);
  };
}
