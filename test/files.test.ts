// Files are opened where they lie: every text of them is looked at, and what is no text is named.
// The files are made by test/files/make.py: python3's zipfile, zip(1), markup and PDF by hand.

import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { find } from "../src/find/find.ts";
import type { NameReader } from "../src/words.ts";
import { cpuMs } from "./cpu.ts";
import { inJson, made, read, seen } from "./files/read.ts";
import { type Member, zipOf } from "./files/zip.ts";

const TEL = "13800138000";
const LIMITS = { bodyBytesMax: 8 << 20 };
const data = (name: string) => made(name).toString("base64");

describe("every text of a file", () => {
  const numbered = (n: number, place: string) => `138${String(n).padStart(8, "0")} /file!${place}`;
  test.each<[string, readonly string[]]>([
    ["clean.docx", []],
    ["runs.docx", [`${TEL} /file!word/document.xml`]],
    [
      "everywhere.docx",
      [
        numbered(1, "word/document.xml"),
        numbered(2, "word/document.xml/2/descr"),
        numbered(3, "word/document.xml"),
        numbered(4, "word/document.xml"),
        numbered(5, "word/header1.xml"),
        numbered(6, "word/footer1.xml"),
        numbered(7, "word/comments.xml"),
        numbered(8, "word/footnotes.xml"),
        numbered(9, "docProps/core.xml/cp:coreProperties/dc:description"),
        numbered(10, "docProps/app.xml/Properties/Manager"),
        numbered(11, "docProps/custom.xml/Properties/property/vt:lpwstr/"),
        numbered(12, "customXml/item1.xml/data/mobile"),
        "zhang@example.com /file!word/_rels/document.xml.rels/Relationships/Relationship/Target",
      ],
    ],
    ["utf16.docx", [`${TEL} /file!word/header1.xml`]],
    [
      "book.xlsx",
      [
        numbered(1, "xl/worksheets/sheet1.xml/12/tooltip"),
        numbered(2, "xl/worksheets/sheet1.xml"),
        numbered(3, "xl/sharedStrings.xml"),
        numbered(4, "xl/workbook.xml/workbook/sheets/sheet/name"),
        numbered(5, "xl/comments1.xml"),
        `${TEL} /file!xl/worksheets/sheet1.xml/1/手机号`,
        "zhang@example.com /file!xl/worksheets/sheet1.xml/1/邮箱",
      ],
    ],
    ["deck.pptx", [numbered(1, "ppt/slides/slide1.xml"), numbered(2, "ppt/notesSlides/notesSlide1.xml")]],
    ["text.odt", [`${TEL} /file!content.xml`]],
    ["plain.zip", [`${TEL} /file!entry-1.csv/1/手机号`, "13912345678 /file!entry-2.json/mobile"]],
    ["names.zip", [numbered(1, "names"), numbered(2, "names"), numbered(3, "names")]],
    ["nested.zip", [`${TEL} /file!entry-1.docx!word/document.xml`]],
    ["streamed.zip", [`${TEL} /file!entry-1.txt`]],
    ["zip64.zip", [`${TEL} /file!entry-1.txt`]],
    ["infozip.zip", Array(20).fill(`${TEL} /file!entry-1.txt`)],
    ["gbk.zip", []],
  ])("%s", async (name, expected) => {
    expect(await seen(inJson(made(name)))).toEqual([...expected].sort());
  });

  test("gzip: what it holds, and the name in its head", async () => {
    expect(await seen(inJson(gzipSync(`{"mobile":"${TEL}"}`)))).toEqual([`${TEL} /file!unpacked/mobile`]);
    expect(await seen(inJson(gzipSync(made("plain.zip"))))).toHaveLength(2);
    const named = Buffer.from(gzipSync("x"));
    named[3] = 8;
    const withName = Buffer.concat([named.subarray(0, 10), Buffer.from(`${TEL}.txt\0`), named.subarray(10)]);
    expect(await seen(inJson(withName))).toEqual([`${TEL} /file!names`]);
  });

  test("names written in GBK are read as names", async () => {
    const doc = await read(inJson(made("gbk.zip")));
    if ("code" in doc) throw new Error(doc.detail);
    const names = doc.files!.find(({ path }) => path === "/file!names")!;
    expect(Buffer.from(names.doc.bytes).toString()).toBe("张三.txt");
  });
});

describe("files of other people's tools (test/files/foreign.py)", () => {
  test.each<[string, readonly string[]]>([
    [
      "python-docx.docx",
      [
        "13700000001 /file!word/header1.xml",
        `${TEL} /file!word/document.xml`,
        "13912345678 /file!word/document.xml",
        "image /file!docProps/thumbnail.jpeg: jpeg",
      ],
    ],
    [
      "openpyxl.xlsx",
      [
        "11010519491231002X /file!xl/worksheets/sheet1.xml/1/身份证号",
        `${TEL} /file!xl/worksheets/sheet1.xml/1/手机号`,
      ],
    ],
    [
      "xlsxwriter.xlsx",
      [
        "13700000003 /file!xl/comments1.xml",
        "13700000004 /file!xl/worksheets/sheet1.xml",
        "13700000005 /file!xl/charts/chart1.xml",
        `${TEL} /file!xl/charts/chart1.xml`,
        `${TEL} /file!xl/worksheets/sheet1.xml/1/phone`,
        "zhang@example.com /file!xl/worksheets/_rels/sheet1.xml.rels/Relationships/Relationship/Target",
        "zhang@example.com /file!xl/worksheets/sheet1.xml/2/name",
      ],
    ],
    ["reportlab.pdf", [`${TEL} /file!page-1`]],
    ["reportlab-song.pdf", [`${TEL} /file!page-1`]],
    ["fpdf.pdf", [`${TEL} /file!page-1`]],
  ])("%s", async (name, expected) => {
    expect(await seen(inJson(made(name)))).toEqual([...expected].sort());
  });
});

test("fonts and styles are no people; what else stands among them is read", async () => {
  const names: NameReader = {
    everywhere: true,
    read: (text) => [{ type: "person", start: 0, end: text.length, certainty: "model", canonical: text }],
  };
  const styled = (value: string) =>
    inJson(
      zipOf([
        { name: "[Content_Types].xml", data: "<Types/>" },
        {
          name: "xl/theme/theme1.xml",
          data: `<a:theme xmlns:a="a"><a:font typeface="${value}" script="Beng"/></a:theme>`,
        },
      ]),
    );
  const found = async (value: string) => {
    const doc = await read(styled(value));
    if ("code" in doc) throw new Error(doc.detail);
    const inTheme = find(doc, "strict", names).filter(({ path }) => path.includes("theme1"));
    return inTheme.map(({ original }) => original.reveal());
  };
  expect(await found("Vrinda")).toEqual([]);
  expect(await found(`Vrinda ${TEL}`)).toContain(TEL);
  expect(await found("a@example.com")).toContain("a@example.com");
});

describe("a PDF", () => {
  const numbered = (n: number, place: string) => `138${String(n).padStart(8, "0")} /file!${place}`;
  test.each<[string, string, readonly string[]]>([
    ["nothing in it", "clean", []],
    ["text in pieces", "text", [`${TEL} /file!page-1`, "13912345678 /file!page-1"]],
    ["Chinese by the numbers of its letters", "chinese", [`${TEL} /file!page-1`]],
    [
      "what stands around the pages",
      "around",
      [
        numbered(1, "properties/Title"),
        numbered(2, "metadata"),
        numbered(3, "outline/0"),
        numbered(4, "notes-1/0/contents"),
        numbered(5, "fields/0/values/0/value"),
        numbered(5, "notes-1/2/fieldValue"),
        numbered(6, "scripts/a/0"),
        `${TEL} /file!attachment-1!word/document.xml`,
        "zhang@example.com /file!notes-1/1/url",
      ],
    ],
    ["what an earlier revision showed", "revised", [`${TEL} /file!revision-1!page-1`]],
    ["what nothing shows", "unused", [`${TEL} /file!strings`, "image /file!pictures: a picture in a pdf"]],
    ["a comment behind its end", "comment", [`${TEL} /file!strings`]],
    ["a page that is a picture", "scan", ["image /file!pictures: a picture in a pdf"]],
    ["a picture in a page's own text", "inline", ["image /file!pictures: a picture in a pdf"]],
    ["a page that is drawn", "drawn", ["image /file!page-1: a drawn page"]],
    ["letters that no table maps", "unmapped", ["document /file!page-1: pdf: letters that no table maps"]],
    ["a font that is named only, its codes are Unicode", "song", [`${TEL} /file!page-1`]],
    ["… or GBK", "gbk", [`${TEL} /file!page-1`]],
    [
      "… or numbers of a collection",
      "numbers",
      ["document /file!page-1: pdf: letters that no table maps", "image /file!page-1: a drawn page"],
    ],
    [
      "… beside such numbers, in an object that is packed",
      "mixed",
      ["document /file!page-1: pdf: letters that no table maps", "image /file!page-1: a drawn page"],
    ],
    ["a form that shows itself", "loop", []],
    ["pages that are their own parents", "tree", ["document /file: a broken pdf"]],
    ["cut off", "cut", ["document /file: a broken pdf"]],
    ["with a password", "locked", ["document /file: an encrypted pdf"]],
    ["with an owner's password", "owner", ["document /file: an encrypted pdf"]],
  ])("%s", async (_, name, expected) => {
    expect(await seen(inJson(made(`${name}.pdf`)))).toEqual([...expected].sort());
  });

  test("in an archive, and as a body under another label", async () => {
    expect(await seen(zipOf([{ name: "a.pdf", data: made("text.pdf") }]), "application/zip")).toEqual([
      `${TEL} !entry-1.pdf!page-1`,
      "13912345678 !entry-1.pdf!page-1",
    ]);
    expect(await seen(made("chinese.pdf"), "text/plain")).toEqual([`${TEL} !page-1`]);
  });

  test("packed in the ways of other makers; in odd ways it stays closed", async () => {
    const with_ = (filter: string, content: string) => {
      const file = made("text.pdf").toString("latin1");
      const [, head] = /4 0 obj\n(<<[^>]*>>)\nstream\n/.exec(file)!;
      const stop = file.indexOf("endstream", file.indexOf("4 0 obj"));
      const from = file.indexOf(head!);
      const stream = `<<${filter}/Length ${content.length}>>\nstream\n${content}\n`;
      return Buffer.from(file.slice(0, from) + stream + file.slice(stop), "latin1");
    };
    const content = `BT /F1 12 Tf (Tel ${TEL}) Tj ET`;
    const hex = `${Buffer.from(content).toString("hex")}>`;
    expect(await seen(inJson(with_("/Filter/ASCIIHexDecode", hex)))).toEqual([`${TEL} /file!page-1`]);
    expect(await seen(inJson(with_("/Filter[/ASCIIHexDecode]", hex)))).toEqual([`${TEL} /file!page-1`]);
    expect(await seen(inJson(with_("/#46ilter/ASCII85Decode", `${ascii85(Buffer.from(content))}~>`)))).toEqual([
      `${TEL} /file!page-1`,
    ]);
    for (const odd of ["/Filter/LZWDecode", "/Filter 9 0 R", "/Filter/Crypt"])
      expect(await seen(inJson(with_(odd, content)))).toEqual(["document /file: a pdf packed in an odd way"]);
  });

  test("keywords without end cost no more than their bytes", async () => {
    for (const file of [`%PDF-1.4\n${"stream\n".repeat(200_000)}`, `%PDF-1.4\n${"stream\n".repeat(50_000)}endstream`]) {
      const began = cpuMs();
      expect(await seen(Buffer.from(file), "application/pdf")).toEqual([expect.any(String)]);
      expect(cpuMs() - began).toBeLessThan(4_000);
    }
  });

  test("a bomb in a stream", async () => {
    const packed = deflateSync(Buffer.alloc(64 << 20)).toString("latin1");
    const file = `%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n${packed}\nendstream endobj`;
    expect(await seen(Buffer.from(file, "latin1"), "application/pdf")).toEqual([
      expect.stringMatching(/^body_too_large/),
    ]);
  });

  test("whatever a byte is changed to, it is read, named or refused", async () => {
    const file = made("text.pdf");
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bent = Buffer.from(file);
        bent[at]! ^= flip;
        expect(await seen(bent, "application/pdf")).toEqual(expect.any(Array));
      }),
      { numRuns: 60 },
    );
  });
});

/** Adobe's, without `z`. */
function ascii85(bytes: Buffer): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 4) {
    const group = Buffer.alloc(4);
    const taken = bytes.copy(group, 0, i, i + 4);
    let value = group.readUInt32BE();
    let digits = "";
    for (let n = 0; n < 5; n++) {
      digits = String.fromCharCode(33 + (value % 85)) + digits;
      value = Math.floor(value / 85);
    }
    out += digits.slice(0, taken + 1);
  }
  return out;
}

test("printer settings are read for their words, and only where they are that", async () => {
  const devmode = (size: number, said: string) => {
    const bytes = Buffer.alloc(256);
    bytes.write("HP LaserJet", "utf16le");
    bytes.writeUInt16LE(0x0401, 64);
    bytes.writeUInt16LE(size, 68);
    bytes.writeUInt16LE(36, 70);
    bytes.write(said, 120, "utf16le");
    return bytes;
  };
  const xlsx = (bin: Buffer) =>
    inJson(
      zipOf([
        { name: "[Content_Types].xml", data: "<Types/>" },
        { name: "xl/printerSettings/printerSettings1.bin", data: bin },
      ]),
    );
  expect(await seen(xlsx(devmode(220, "normal")))).toEqual([]);
  expect(await seen(xlsx(devmode(220, `for ${TEL}`)))).toEqual([
    `${TEL} /file!xl/printerSettings/printerSettings1.bin`,
  ]);
  for (const other of [devmode(100, "normal"), Buffer.alloc(256, 0x81)])
    expect(await seen(xlsx(other))).toEqual([
      "unknown /file!xl/printerSettings/printerSettings1.bin: a binary of no known kind",
    ]);
});

describe("what is no text is named by its class", () => {
  test.each([
    ["picture.docx", "image /file!word/media/image1.png: png"],
    ["broken.docx", "document /file!word/header1.xml: xml with tags that do not match"],
    ["entity.docx", "document /file!word/header1.xml: xml with a document type"],
    ["deep.zip", "archive /file!entry-1.zip!entry-1.zip!entry-1.zip: deeper than 2 files"],
    ["encrypted.zip", "archive /file!entry-1.txt: an encrypted zip"],
    ["torch.pt.zip", "model-weights /file: model weights: torch"],
  ])("%s", async (name, expected) => {
    expect(await seen(inJson(made(name)))).toEqual([expected]);
  });

  const NOISE = Buffer.from(Array.from({ length: 900 }, (_, i) => 0x80 | (((i * 2654435761) >>> 11) & 0xff)));
  const hex = (text: string) => Buffer.concat([Buffer.from(text, "hex"), NOISE]);
  const riff = (kind: string) => Buffer.concat([Buffer.from(`RIFF\0\0\0\0${kind}`), hex("ff")]);
  const brand = (name: string) =>
    Buffer.concat([hex("00000018").subarray(0, 4), Buffer.from(`ftyp${name}`), hex("00")]);
  test.each<[string, Buffer, string]>([
    ["png", hex("89504e470d0a1a0a"), "image"],
    ["jpeg", hex("ffd8ffe0"), "image"],
    ["webp", riff("WEBP"), "image"],
    ["heic", brand("heic"), "image"],
    ["wav", riff("WAVE"), "audio"],
    ["mp3", hex("49443303"), "audio"],
    ["m4a", brand("M4A "), "audio"],
    ["mp4", brand("isom"), "video"],
    ["avi", riff("AVI "), "video"],
    ["webm", hex("1a45dfa3"), "video"],
    ["7z", hex("377abcaf271c"), "archive"],
    ["tar", Buffer.concat([Buffer.alloc(257), Buffer.from("ustar\0"), hex("00")]), "archive"],
    ["sqlite", Buffer.concat([Buffer.from("SQLite format 3\0"), hex("10")]), "dataset"],
    ["parquet", Buffer.concat([Buffer.from("PAR1"), hex("15")]), "dataset"],
    ["doc", hex("d0cf11e0a1b11ae1"), "document"],
    ["gguf", Buffer.concat([Buffer.from("GGUF"), hex("03")]), "model-weights"],
    [
      "safetensors",
      Buffer.concat([hex("2000000000000000").subarray(0, 8), Buffer.from('{"a":{"dtype":"F32"}}'), hex("00")]),
      "model-weights",
    ],
    ["pickle", hex("80049500"), "model-weights"],
    ["onnx", Buffer.concat([hex("08081207").subarray(0, 4), Buffer.from("pytorch"), hex("3a")]), "model-weights"],
    ["elf", hex("7f454c46"), "unknown"],
    ["nothing known", hex("00fe01ff"), "unknown"],
  ])("%s: in JSON, as a body, in an archive", async (_, file, name) => {
    const [inString] = await seen(inJson(file));
    expect(inString).toMatch(new RegExp(`^${name} /file: `));
    const [asBody] = await seen(file, "application/octet-stream");
    expect(asBody).toMatch(new RegExp(`^${name} : `));
    const [inArchive] = await seen(zipOf([{ name: "x", data: file }]), "application/zip");
    expect(inArchive).toMatch(new RegExp(`^${name} !entry-1: `));
  });
});

describe("wherever a file lies", () => {
  const part = (head: string, content: Buffer | string) =>
    Buffer.concat([Buffer.from(`--b\r\n${head}\r\n\r\n`), Buffer.from(content), Buffer.from("\r\n")]);
  const multipart = (...parts: Buffer[]) => Buffer.concat([...parts, Buffer.from("--b--\r\n")]);
  const FORM = "multipart/form-data; boundary=b";

  test("a part of an upload, whatever its label says", async () => {
    for (const label of ["application/zip", "application/octet-stream", "text/plain", "image/png"]) {
      const upload = multipart(
        part('Content-Disposition: form-data; name="purpose"', "user_data"),
        part(
          `Content-Disposition: form-data; name="file"; filename="a.zip"\r\nContent-Type: ${label}`,
          made("nested.zip"),
        ),
      );
      expect(await seen(upload, FORM), label).toEqual([`${TEL} /file!entry-1.docx!word/document.xml`]);
    }
  });

  test("nobody looks for text in the bytes of a part that was opened", async () => {
    const stored = zipOf([{ name: "a.txt", data: ` ${TEL} `, method: 0 }]);
    const upload = multipart(part('Content-Disposition: form-data; name="file"; filename="a.zip"', stored));
    expect(await seen(upload, FORM)).toEqual([`${TEL} /file!entry-1.txt`]);
  });

  test("the whole body, under any label", async () => {
    for (const label of ["", "application/zip", "application/octet-stream", "text/plain", "application/json"])
      expect(await seen(made("runs.docx"), label), label).toEqual([`${TEL} !word/document.xml`]);
  });

  const content = (block: object) =>
    JSON.stringify({ messages: [{ role: "user", content: [{ type: "text" }, block] }] });
  const AT = "/messages/0/content/1";
  test.each<[string, string, string]>([
    [
      "OpenAI chat",
      content({ file: { file_data: `data:application/pdf;base64,${data("runs.docx")}` } }),
      `${AT}/file/file_data`,
    ],
    ["OpenAI responses", content({ type: "input_file", file_data: data("runs.docx") }), `${AT}/file_data`],
    [
      "Anthropic",
      content({ type: "document", source: { type: "base64", data: data("runs.docx") } }),
      `${AT}/source/data`,
    ],
    ["Gemini", content({ inlineData: { mimeType: "x/y", data: data("runs.docx") } }), `${AT}/inlineData/data`],
    ["url-safe", content({ data: made("runs.docx").toString("base64url") }), `${AT}/data`],
    ["hexadecimal", content({ data: made("runs.docx").toString("hex") }), `${AT}/data`],
    ["in lines", content({ data: data("runs.docx").replace(/.{76}/g, "$&\r\n") }), `${AT}/data`],
    ["in the middle of a text", content({ text: `看 ![](data:a/b;base64,${data("runs.docx")}) 吧` }), `${AT}/text`],
  ])("%s", async (_, body, place) => {
    expect(await seen(body)).toEqual([`${TEL} ${place}!word/document.xml`]);
  });

  test("a short one, known by its beginning", async () => {
    const small = zipOf([{ name: "a", data: TEL }]);
    expect(small.length).toBeLessThan(200);
    expect(await seen(inJson(small))).toEqual([`${TEL} /file!entry-1`]);
  });

  test("text in base64, by the label beside it", async () => {
    const csv = Buffer.from(`姓名,手机号\n张三,${TEL}\n`.padEnd(900, "x")).toString("base64");
    expect(await seen(JSON.stringify({ source: { data: csv, media_type: "text/csv" } }))).toEqual([
      `${TEL} /source/data/1/手机号`,
    ]);
    expect(await seen(JSON.stringify({ file_data: csv, filename: "a.csv" }))).toEqual([`${TEL} /file_data/1/手机号`]);
    const short = Buffer.from(`mobile ${TEL}`).toString("base64");
    expect(await seen(JSON.stringify({ url: `data:text/plain;base64,${short}` }))).toEqual([`${TEL} /url`]);
  });

  test("several in one string, and text around them is read where it stands", async () => {
    const url = `data:a/b;base64,${data("runs.docx")}`;
    expect(await seen(JSON.stringify({ t: `${url} 13912345678 ${url}` }))).toEqual([
      "13800138000 /t!word/document.xml",
      "13800138000 /t!word/document.xml",
      "13912345678 /t",
    ]);
  });

  test("base64 in a text in a file", async () => {
    const inside = JSON.stringify({
      image: Buffer.alloc(900, "\u0089PNG\r\n\u001a\n0123456789abcdef", "latin1").toString("base64"),
    });
    expect(await seen(inJson(zipOf([{ name: "a.json", data: inside }])))).toEqual([
      "image /file!entry-1.json/image: png",
    ]);
  });

  test("base64 that may be read in two ways, and a data URL in a name, are not opened", async () => {
    const twice = `${"QUJD".repeat(300)}${data("clean.docx")}==${data("runs.docx")}`;
    expect(await seen(JSON.stringify({ file: twice }))).toEqual([
      expect.stringContaining("unknown /file: base64 that may"),
    ]);
    const url = `data:a/b;base64,${data("clean.docx")}%41`;
    expect(await seen(JSON.stringify({ file: url }))).toEqual([
      expect.stringContaining("unknown /file: base64 that may"),
    ]);
    const inName = JSON.stringify({
      [`data:a/b;base64,${data("runs.docx")}`]: 1,
      b: `data:a/b;base64,${data("clean.docx")}`,
    });
    expect(await seen(inName)).toEqual([expect.stringMatching(/^content_opaque: a data URL/)]);
  });
});

describe("a zip that says two things", () => {
  const two: Member[] = [
    { name: "a.txt", data: "aaaa" },
    { name: "b.txt", data: TEL },
  ];
  const change = (more: Partial<Member>) => zipOf([two[0]!, { ...two[1]!, ...more }]);
  test.each<[string, Buffer]>([
    ["names differ", change({ local: { name: "c.txt" } })],
    ["lengths differ", change({ local: { bytes: 3 } })],
    ["flags differ", change({ local: { flags: 1 } })],
    ["longer than it says", change({ bytes: 5 })],
    ["shorter than it says", change({ bytes: 500 })],
    ["another checksum", change({ crc: 1 })],
    ["bytes behind what is packed", change({ tail: Buffer.from("hidden") })],
    ["bytes between entries", change({ gap: Buffer.from("hidden") })],
    ["an extra field of no known kind", change({ extra: Buffer.from("ab\u0004\u0000abcd") })],
    ["an entry before, in no directory", zipOf(two, { before: zipOf([two[1]!]).subarray(0, 30 + 5 + 13) })],
    ["text before", zipOf(two, { before: Buffer.from("hidden") })],
    ["text before the directory", zipOf(two, { between: Buffer.from("hidden") })],
    ["text behind", zipOf(two, { after: Buffer.from("hidden") })],
    ["cut off", zipOf(two).subarray(0, -10)],
    ["one that overlaps", Buffer.from(zipOf(two)).fill(0, 0, 4)],
  ])("%s: not opened", async (_, file) => {
    const [only, ...more] = await seen(file, "application/zip");
    expect(more).toEqual([]);
    expect(only).toMatch(/^(?:archive : |unknown )/);
  });

  test("whatever a byte is changed to: found, named as unread, or refused; never silent", async () => {
    const file = zipOf(two);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bent = Buffer.from(file);
        bent[at]! ^= flip;
        expect((await seen(bent, "application/zip")).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe("limits", () => {
  test("a bomb is too large, in little time and memory", async () => {
    const bomb = zipOf([{ name: "a", data: Buffer.alloc(64 << 20) }]);
    for (const file of [bomb, zipOf([{ name: "z.zip", data: bomb }]), gzipSync(Buffer.alloc(64 << 20))]) {
      const [before, began] = [process.memoryUsage.rss(), cpuMs()];
      expect(await seen(file, "application/zip")).toEqual([expect.stringMatching(/^body_too_large/)]);
      expect(cpuMs() - began).toBeLessThan(2_000);
      expect(process.memoryUsage.rss() - before).toBeLessThan(100 << 20);
    }
  });

  test("many small bombs are one", async () => {
    const file = zipOf(Array.from({ length: 60 }, (_, i) => ({ name: `${i}`, data: Buffer.alloc(1 << 20, " ") })));
    expect(await seen(file, "application/zip")).toEqual([expect.stringMatching(/^body_too_large/)]);
  });

  test("more entries than a file may have", async () => {
    const file = zipOf(Array.from({ length: 5_000 }, (_, i) => ({ name: `${i}`, data: "" })));
    expect(await seen(file, "application/zip")).toEqual([expect.stringMatching(/^body_too_large: .*4000 entries/)]);
  });

  test("more files than a body may have", async () => {
    const body = JSON.stringify(Array(300).fill(`data:a/b;base64,${data("clean.docx")}`));
    expect(await seen(body)).toEqual([expect.stringMatching(/^body_too_large: .*256 files/)]);
  });
});

test("an opening serves only the very bytes that were opened", () => {
  const leaving = (file: string) => ({
    ...{ method: "POST", target: "/", contentType: "application/json", contentEncoding: "" },
    body: Buffer.from(JSON.stringify({ file: data(file) })),
  });
  const first = decode(leaving("clean.docx"), [], LIMITS);
  if (!("code" in first)) throw new Error("nothing in the way");
  const opened = [{ raw: first.enclosed![0]!.raw, parts: [] }];
  expect(decode(leaving("clean.docx"), [], LIMITS, opened)).toHaveProperty("codec", "json");
  for (const [file, other] of [
    ["runs.docx", opened],
    ["clean.docx", []],
  ] as const)
    expect(decode(leaving(file), [], LIMITS, other)).toMatchObject({ code: "content_opaque" });
});

test("nobody looks for text in base64 that was opened", async () => {
  const doc = await read(inJson(zipOf([{ name: "a", data: Buffer.alloc(4000, "13800138000") }])));
  if ("code" in doc) throw new Error(doc.detail);
  expect(find(doc, "strict").every(({ where }) => where === "file")).toBe(true);
});
