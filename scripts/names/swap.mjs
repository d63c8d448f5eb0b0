// More examples from labelled ones: the same sentence about other people. Law: labels keep their type; the text outside
// the names is unchanged.

/** @returns {text, spans} with every person replaced. */
export function swapped({ text, spans }, { chinese, foreignFull, foreign, random }) {
  const made = new Map();
  const stand = (name) => {
    if (!made.has(name)) made.set(name, another(name, { chinese, foreignFull, foreign, random }));
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

function another(name, { chinese, foreignFull, foreign, random }) {
  if (!/^[一-鿿·]+$/u.test(name) || name.length === 1) return name;
  if (name.includes("·")) return foreignFull();
  if (name.length > 4) return foreign();
  if (name.length === 4) return random() < 0.6 ? foreign() : chinese();
  return random() < 0.85 ? chinese() : foreign();
}
