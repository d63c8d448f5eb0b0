// Addresses that a client loads by itself when it shows an answer: pictures in Markdown, elements of HTML. Law: no
// original is put into one: whoever can make a model write `![](https://…?q=<stand-in>)` would have it without a click
// and past the gate (threats: prompt injection). What a person must click, and addresses without a host, are left.

/** How far back an address may have begun. */
export const BACK_UNITS = 4096;
/** Elements that load, and what carries a style. */
const LOADING = "img|image|picture|i?frame|video|audio|source|track|embed|object|link|script|input|svg|use";
const ELEMENT = new RegExp(String.raw`^<(?:(?:${LOADING})\b|[a-z0-9]+\s[\s\S]*style\s*=)`, "i");
const BEGUN = /!\[|<[a-z]/i;
/** What may become one: `!`, `<`. */
const MAY_BEGIN = /[!<]$/;
const SPACE_OR_END = /[\s)]/;
const DEFINED = /(?:^|\n) {0,3}\[[^\]\n]{1,200}\]:\s*<?\S*$/;
/** As a client reads an address: what is escaped is what it stands for, a backslash is a slash, a tab is nothing. */
const HOST = /\/\/|\b(?:https?|ftp|wss?):/i;
const ENTITY = /&#(?:x0{0,8}([\da-f]{1,2})(?![\da-f])|0{0,8}(\d{1,3})(?!\d));?|&(sol|bsol|colon|tab|newline);/gi;
const NAMED: ReadonlyMap<string, string> = new Map([
  ["sol", "/"],
  ["bsol", "/"],
  ["colon", ":"],
]);

function hasHost(address: string): boolean {
  const read = address.replace(ENTITY, (_, hex?: string, ten?: string, named?: string) =>
    named === undefined
      ? String.fromCharCode(hex === undefined ? Number(ten) : Number.parseInt(hex, 16))
      : (NAMED.get(named.toLowerCase()) ?? ""),
  );
  return HOST.test(read.replaceAll("\\", "/").replace(/[\t\n\r]/g, ""));
}

/** Text that was let go, as far back as an address in it may matter. */
export class Shown {
  #text = "";
  #begun = false;

  /** Whether what comes next must be seen, even if there is nothing of ours in it. */
  get watches(): boolean {
    return this.#text !== "";
  }

  /** @param text that goes on, as it came in. */
  add(text: string): void {
    const all = this.#text + text;
    this.#begun ||= BEGUN.test(all);
    if (this.#begun) this.#text = all.slice(-BACK_UNITS);
    else this.#text = MAY_BEGIN.test(all) ? all.slice(-1) : "";
  }

  /** Whether what stands behind `text` stands in such an address. */
  loads(text: string): boolean {
    return isLoaded((this.#text + text).slice(-BACK_UNITS));
  }
}

/** @param before what stands in front. Linear. */
export function isLoaded(before: string): boolean {
  return BEGUN.test(before) && (isPicture(before) || isDefined(before) || isAttribute(before));
}

/** `![…](https://…`, without an end. */
function isPicture(before: string): boolean {
  const open = before.lastIndexOf("](");
  if (open < 0) return false;
  const address = before.slice(open + 2).trimStart();
  return hasHost(address) && !SPACE_OR_END.test(address) && before.lastIndexOf("![", open) >= 0;
}

/** `[1]: https://…` somewhere behind `![`. */
function isDefined(before: string): boolean {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return before.includes("![") && hasHost(line) && DEFINED.test(line);
}

/** An element that is still open. */
function isAttribute(before: string): boolean {
  const element = before.slice(before.lastIndexOf("<"));
  return element.startsWith("<") && !element.includes(">") && hasHost(element) && ELEMENT.test(element);
}
