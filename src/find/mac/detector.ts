// MAC 地址 (IEEE 802). Law: six pairs with one separator throughout; broadcast, zero and multicast of the protocols are
// nobody's device.

import type { Detector, Span } from "../detector.ts";
import { CODE, COLONS } from "../scan/bits.ts";
import { keyNames } from "../shared/label.ts";
import { beginning, bordered } from "../shared/pattern.ts";

const PAIR = "[0-9A-Fa-f]{2}";
const BODY = `${PAIR}(?:(?::${PAIR}){5}|(?:-${PAIR}){5}|[0-9A-Fa-f]{2}\\.[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4})`;
const SHAPE = bordered(BODY);
const BARE = /^[0-9A-Fa-f]{12}$/;
const POINT = 0x2e;
const HEX_DIGIT: ReadonlySet<number> = new Set(Buffer.from("0123456789abcdefABCDEF"));
const KEYS = keyNames(["mac", "macdz", "wlanmac", "bssid"], ["mac", "macaddr", "macaddress"]);
const NOBODY = /^(?:0{12}|F{12}|01005E|3333)/;

export const mac: Detector = {
  type: "mac",
  triggers: COLONS | CODE,
  // the second where a member's name alone opens it
  clauses: [
    { shape: beginning(BODY), may },
    { shape: beginning("[0-9A-Fa-f]{12}"), triggers: 0 },
  ],
  keys: KEYS,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const isKey = context.keyed?.includes(mac) === true;
    if (isKey && BARE.test(text.trim())) {
      const start = text.indexOf(text.trim());
      return [{ start, end: start + 12, certainty: "key", canonical: compact(text) }];
    }
    const spans: Span[] = [];
    for (const { start, end, text: value } of SHAPE(text)) {
      const canonical = compact(value);
      if (NOBODY.test(canonical) || /^[:-][0-9A-Fa-f]/.test(text.slice(end, end + 2))) continue;
      if (/[0-9A-Fa-f][:-]$/.test(text.slice(Math.max(0, start - 2), start))) continue;
      spans.push({ start, end, certainty: isKey ? "key" : "format+context", canonical });
    }
    return spans;
  },
  canonical(text) {
    const value = compact(text);
    return /^[0-9A-F]{12}$/.test(value) && !NOBODY.test(value) ? value : null;
  },
};

function compact(text: string): string {
  return text.replace(/[\s:.-]/g, "").toUpperCase();
}

const isHex = (byte: number | undefined) => byte !== undefined && HEX_DIGIT.has(byte);

/** Two pairs and the same sign after both; or four digits and a point. */
function may(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start === 4) return bytes[end] === POINT;
  if (end - start !== 2 || !isHex(bytes[end + 1]) || !isHex(bytes[end + 2])) return false;
  return bytes[end] === bytes[end + 3] && isHex(bytes[end + 4]);
}
