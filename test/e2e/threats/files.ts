// Files as programs write them, with a text inside: small ones, made by hand.

import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { crc32 as crcOf } from "./crc.ts";

/** One entry, deflated (APPNOTE.TXT 4.3). */
export function zip(name: string, content: string): Buffer {
  const data = Buffer.from(content);
  const packed = deflateRawSync(data);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(crcOf(data), 14);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(data.length, 22);
  head.writeUInt16LE(Buffer.byteLength(name), 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  head.copy(central, 6, 4, 30);
  const local = Buffer.concat([head, Buffer.from(name), packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + Buffer.byteLength(name), 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, Buffer.from(name), end]);
}

export function docx(text: string): Buffer {
  return zip(
    "word/document.xml",
    `<?xml version="1.0"?><w:document><w:body><w:p><w:t>${text}</w:t></w:p></w:body></w:document>`,
  );
}

export function xlsx(text: string): Buffer {
  return zip("xl/sharedStrings.xml", `<?xml version="1.0"?><sst><si><t>${text}</t></si></sst>`);
}

export function pptx(text: string): Buffer {
  return zip("ppt/slides/slide1.xml", `<p:sld><a:t>${text}</a:t></p:sld>`);
}

export function pdf(text: string, packed: boolean): Buffer {
  const page = Buffer.from(`BT /F1 12 Tf 72 720 Td (${text}) Tj ET`, "latin1");
  const stream = packed ? deflateSync(page) : page;
  const filter = packed ? " /Filter /FlateDecode" : "";
  return Buffer.concat([
    Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Length ${stream.length}${filter} >>\nstream\n`),
    stream,
    Buffer.from("\nendstream\nendobj\ntrailer << >>\n%%EOF\n"),
  ]);
}

/** A picture of one point whose comment tells. */
export function png(text: string): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    const named = Buffer.concat([Buffer.from(type), content]);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crcOf(named));
    return Buffer.concat([length, named, crc]);
  };
  const size = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", size),
    chunk("tEXt", Buffer.from(`Comment\0${text}`, "latin1")),
    chunk("IDAT", deflateSync(Buffer.from([0, 0]))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

export function jpeg(text: string): Buffer {
  const comment = Buffer.from(text, "latin1");
  const length = Buffer.alloc(2);
  length.writeUInt16BE(comment.length + 2);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe]), length, comment, Buffer.from([0xff, 0xd9])]);
}

export function sqlite(text: string): Buffer {
  const file = Buffer.alloc(4096);
  file.write("SQLite format 3\0", "latin1");
  file.write(text, 2048, "utf8");
  return file;
}

export function tar(text: string): Buffer {
  const file = Buffer.alloc(1024);
  file.write("note.txt", "latin1");
  file.write("ustar\u000000", 257, "latin1");
  file.write(text, 512, "utf8");
  return file;
}

export function gzipped(text: string): Buffer {
  return gzipSync(text);
}
