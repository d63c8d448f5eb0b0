// More examples from labelled ones: the same sentence about other people. Law: labels keep their type; the text outside
// the names is unchanged.

/** @returns {text, spans} with every person replaced. */
export function swapped({ text, spans }, { chinese, foreignFull, foreign, latin, alike, random }) {
  const made = new Map();
  const stand = (name) => {
    if (!made.has(name)) made.set(name, another(name, { chinese, foreignFull, foreign, latin, alike, random }));
    return made.get(name);
  };
  let out = "";
  let at = 0;
  const moved = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < at) continue;
    out += text.slice(at, span.start);
    const name = text.slice(span.start, span.end);
    const put = span.type === "PERSON" ? stand(name) : name;
    moved.push({ start: out.length, end: out.length + put.length, type: span.type });
    out += put;
    at = span.end;
  }
  return { text: out + text.slice(at), spans: moved };
}

/** What the dictionary knows stands for what it knows: that is what its classes are worth in real text. */
function another(name, { chinese, foreignFull, foreign, latin, alike, random }) {
  const known = alike(name);
  if (known !== null) return known;
  if (/^[A-Z][A-Za-z. '-]+$/u.test(name)) return latin();
  if (!/^[一-鿿·]+$/u.test(name) || name.length === 1) return name;
  if (name.includes("·")) return foreignFull();
  if (name.length > 4) return foreign();
  if (name.length === 4) return random() < 0.6 ? foreign() : chinese();
  return random() < 0.85 ? chinese() : foreign();
}
