// Text as bytes of charsets that Node only reads: their tables are its decoder turned round.

const tables = new Map<string, Map<string, Buffer>>();

function tableOf(charset: "gb18030" | "big5"): Map<string, Buffer> {
  const known = tables.get(charset);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(charset, { fatal: true });
  const table = new Map<string, Buffer>();
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const pair = Buffer.from([lead, trail]);
      try {
        const text = decoder.decode(pair);
        if ([...text].length === 1 && !table.has(text)) table.set(text, pair);
      } catch {} // no character there
    }
  tables.set(charset, table);
  return table;
}

/** GBK and GB 2312 are parts of it. */
export function gb(text: string): Buffer {
  return inTable(text, tableOf("gb18030"));
}

export function big5(text: string): Buffer {
  return inTable(text, tableOf("big5"));
}

function inTable(text: string, table: ReadonlyMap<string, Buffer>): Buffer {
  return Buffer.concat(
    [...text].map((one) => (one < "\u0080" ? Buffer.from(one) : (table.get(one) ?? Buffer.from("?")))),
  );
}

export function utf16(text: string, big = false, mark = false): Buffer {
  const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
  return big ? bytes.swap16() : bytes;
}

export function utf32(text: string, big = false, mark = false): Buffer {
  const points = [...((mark ? "\ufeff" : "") + text)].map((one) => one.codePointAt(0)!);
  const bytes = Buffer.alloc(points.length * 4);
  for (const [i, point] of points.entries())
    big ? bytes.writeUInt32BE(point, i * 4) : bytes.writeUInt32LE(point, i * 4);
  return bytes;
}

/** RFC 2152, also what need not be written so. */
export function utf7(text: string): Buffer {
  const written = text.replace(
    /[0-9\u0080-\uffff]+/g,
    (run) => `+${utf16(run, true).toString("base64").replace(/=+$/, "")}-`,
  );
  return Buffer.from(written);
}

/** Code page 37, of ASCII the letters, digits and what JSON needs. */
export function ebcdic(text: string): Buffer {
  const bytes = [...text].map((one) => {
    if (/\d/.test(one)) return 0xf0 + Number(one);
    const letter = "abcdefghijklmnopqrstuvwxyz".indexOf(one.toLowerCase());
    if (letter >= 0) return 0x81 + letter + (letter > 8 ? 7 : 0) + (letter > 17 ? 8 : 0) - (one < "a" ? -0x40 : 0);
    return (
      ({ "{": 0xc0, "}": 0xd0, '"': 0x7f, ":": 0x7a, ",": 0x6b, "[": 0xba, "]": 0xbb } as Record<string, number>)[
        one
      ] ?? 0x40
    );
  });
  return Buffer.from(bytes);
}

/** RFC 1843: GB 2312 as ASCII between `~{` and `~}`. */
export function hz(text: string): Buffer {
  const written = text.replace(/[\u0080-\uffff]+/g, (run) => {
    const pairs = gb(run).map((byte) => byte & 0x7f);
    return `~{${Buffer.from(pairs).toString("latin1")}~}`;
  });
  return Buffer.from(written, "latin1");
}

/** RFC 1922: shifted out to GB 2312 and back. */
export function iso2022(text: string): Buffer {
  const written = text.replace(/[\u0080-\uffff]+/g, (run) => {
    const pairs = gb(run).map((byte) => byte & 0x7f);
    return `\u001b$)A\u000e${Buffer.from(pairs).toString("latin1")}\u000f`;
  });
  return Buffer.from(written, "latin1");
}

/** Every ASCII character in more bytes than it needs. */
export function overlong(text: string): Buffer {
  return Buffer.concat(
    [...text].map((one) => (/\d/.test(one) ? Buffer.from([0xc0, 0x80 | one.charCodeAt(0)]) : Buffer.from(one))),
  );
}
