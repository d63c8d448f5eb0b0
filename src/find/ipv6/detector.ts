// IPv6 (RFC 4291). Law: a whole address of global unicast; loopback, link-local, private and documentation ranges say
// nothing about a person, and `std::` and clock times are none.

import type { Detector, Span } from "../detector.ts";
import { COLONS } from "../scan/bits.ts";
import { isHex } from "../scan/tokens.ts";

const SHAPE = /(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])/y;
const GROUPS = 8;
const GROUP_DIGITS_MAX = 4;
const COLON = 0x3a;

export const ipv6: Detector = {
  type: "ipv6",
  triggers: COLONS,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  find(text) {
    const spans: Span[] = [];
    let end = 0;
    for (let colon = text.indexOf(":"); colon >= 0; colon = text.indexOf(":", Math.max(end, colon + 1))) {
      if (!mayBeAddress(text, colon)) continue;
      SHAPE.lastIndex = groupStart(text, colon);
      const address = SHAPE.exec(text)?.[0];
      const canonical = address === undefined ? null : canonicalOf(address);
      if (canonical === null) continue;
      const start = groupStart(text, colon);
      end = start + address!.length;
      spans.push({ start, end, certainty: "format+context", canonical });
    }
    return spans;
  },
  canonical: (text) => canonicalOf(text.trim()),
};

/** Whether there are seven colons with at most four digits between, or two side by side: a MAC address has five. */
function mayBeAddress(text: string, colon: number): boolean {
  let colons = 1;
  for (let at = colon + 1, last = colon; at - last <= GROUP_DIGITS_MAX + 1; at++) {
    const unit = text.charCodeAt(at);
    if (unit === COLON) {
      if (at === last + 1 || ++colons === GROUPS - 1) return true;
      last = at;
    } else if (!isHex(unit)) return false;
  }
  return false;
}

/** The first of up to four hexadecimal digits before a colon. */
function groupStart(text: string, colon: number): number {
  let start = colon;
  while (start > 0 && colon - start < GROUP_DIGITS_MAX && isHex(text.charCodeAt(start - 1))) start--;
  return start;
}

/** All eight groups in lower case without leading zeros, or null: no address, or one that is nobody's. */
function canonicalOf(value: string): string | null {
  const halves = value.split("::");
  if (halves.length > 2 || !/^[0-9A-Fa-f:]+$/.test(value)) return null;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":"))) as [string[], string[] | undefined];
  const missing = GROUPS - head.length - (tail?.length ?? 0);
  if ((tail === undefined) !== (missing === 0) || missing < 0) return null;
  const groups = [...head, ...Array<string>(missing).fill("0"), ...(tail ?? [])];
  if (groups.some((group) => group === "" || group.length > 4)) return null;
  const plain = groups.map((group) => Number.parseInt(group, 16).toString(16));
  return isGlobal(plain) ? plain.join(":") : null;
}

/** 2000::/3 without 2001:db8::/32. */
function isGlobal([first, second]: readonly string[]): boolean {
  const high = Number.parseInt(first!, 16);
  return high >= 0x2000 && high < 0x4000 && !(first === "2001" && second === "db8");
}
