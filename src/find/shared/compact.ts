// What is left of a value without what only parts it. Law: most values hold none of it, and come back as they are.

const DASH = 0x2d;
const SPACE = 0x20;

/** Without spaces and hyphens. */
export function unspaced(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === SPACE || unit === DASH) return text.replace(/[ -]/g, "");
  }
  return text;
}

/** The digits alone. */
export function digitsOf(text: string): string {
  let digits = "";
  let from = 0;
  for (let at = 0; at < text.length; at++)
    if (!isDigit(text.charCodeAt(at))) {
      if (at > from) digits += text.slice(from, at);
      from = at + 1;
    }
  return from === 0 ? text : digits + text.slice(from);
}

/** The digit at a unit of the text, which is one. */
export function digitOf(text: string, at: number): number {
  return text.charCodeAt(at) - 0x30;
}

/** How many digits stand in it. */
export function digitCount(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if (isDigit(text.charCodeAt(at))) count++;
  return count;
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
