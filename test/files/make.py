"""Office files, archives and PDFs as foreign tools make them: zipfile, zip(1) and hand-written markup.

Usage: python3 test/files/make.py (writes beside itself; the same bytes on every run but for zip(1)'s).
"""
import hashlib
import io
import os
import struct
import subprocess
import tempfile
import zipfile
import zlib

OUT = os.path.dirname(os.path.abspath(__file__))
DATE = (2026, 11, 22, 0, 0, 0)
DECL = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
XL = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PP = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TYPES = (
    DECL + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = DECL + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


def save(name, data):
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(data)
    return data


def entry(name, flags=0):
    info = zipfile.ZipInfo(name, DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.flag_bits |= flags
    return info


def pack(entries, comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in entries:
            z.writestr(entry(name), data)
        z.comment = comment
    return out.getvalue()


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def run(text, tag="t"):
    return '<w:r><w:rPr><w:b/><w:sz w:val="24"/></w:rPr><w:%s xml:space="preserve">%s</w:%s></w:r>' % (tag, text, tag)


def p(*runs):
    return '<w:p w:rsidR="00C12345" w:rsidRDefault="00C12345">%s</w:p>' % "".join(runs)


def document(body):
    tail = '<w:sectPr w:rsidR="00A77B3E"><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    return DECL + "<w:document %s><w:body>%s%s</w:body></w:document>" % (W, body, tail)


def docx(body, *more):
    office = '<Relationship Id="rId1" Type="%sofficeDocument" Target="word/document.xml"/>' % REL
    return pack([("[Content_Types].xml", TYPES), ("_rels/.rels", RELS % office), ("word/document.xml", document(body)), *more])


CLEAN = docx(p(run("本季度销售额增长百分之八。")) + p(run("谢谢。")))
save("clean.docx", CLEAN)
RUNS = save("runs.docx", docx(p(run("电话 1380"), "<w:proofErr w:type=\"spellStart\"/>", run("0138000"), run("，请联系。"))))
save(
    "everywhere.docx",
    docx(
        p(run("正文没有。"))
        + p('<w:del w:id="1" w:author="Li Lei">%s</w:del>' % run("删去的 13800000001", "delText"))
        + p('<w:r><w:drawing><wp:docPr id="1" descr="照片 13800000002"/></w:drawing></w:r>')
        + p('<w:r><w:instrText xml:space="preserve">HYPERLINK "tel:13800000003"</w:instrText></w:r>')
        + p(run("实体 138&#48;0000004")),
        ("word/header1.xml", DECL + "<w:hdr %s>%s</w:hdr>" % (W, p(run("页眉 13800000005")))),
        ("word/footer1.xml", DECL + "<w:ftr %s>%s</w:ftr>" % (W, p(run("页脚 13800000006")))),
        ("word/comments.xml", DECL + '<w:comments %s><w:comment w:id="0" w:author="Han Meimei">%s</w:comment></w:comments>' % (W, p(run("批注 13800000007")))),
        ("word/footnotes.xml", DECL + "<w:footnotes %s><w:footnote>%s</w:footnote></w:footnotes>" % (W, p(run("脚注 13800000008")))),
        ("word/_rels/document.xml.rels", RELS % ('<Relationship Id="rId9" Type="%shyperlink" Target="mailto:zhang@example.com" TargetMode="External"/>' % REL)),
        ("docProps/core.xml", DECL + '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>王小明</dc:creator><dc:description>13800000009</dc:description></cp:coreProperties>'),
        ("docProps/app.xml", DECL + "<Properties><Manager>13800000010</Manager></Properties>"),
        ("docProps/custom.xml", DECL + '<Properties><property name="电话"><vt:lpwstr xmlns:vt="v">13800000011</vt:lpwstr></property></Properties>'),
        ("customXml/item1.xml", DECL + "<data><mobile>13800000012</mobile></data>"),
    ),
)
save("picture.docx", docx(p(run("有图。")), ("word/media/image1.png", PNG)))
save("broken.docx", docx(p(run("好。")), ("word/header1.xml", "<w:hdr><w:p>13800000001</w:hdr>")))
save("entity.docx", docx(p(run("好。")), ("word/header1.xml", '<!DOCTYPE a [<!ENTITY b "13800000001">]><a>&b;</a>')))
wide = (DECL.replace("UTF-8", "UTF-16") + "<w:hdr %s>%s</w:hdr>" % (W, p(run("页眉 13800138000")))).encode("utf-16")
save("utf16.docx", docx(p(run("好。")), ("word/header1.xml", wide)))

# ── Excel, PowerPoint, OpenDocument ──────────────────────────────────────────────────────────────────────────────────


def row(number, *cells):
    return '<row r="%d" spans="1:3">%s</row>' % (number, "".join(cells))


def cell(place, value, kind="", inside="<v>%s</v>"):
    return '<c r="%s"%s>%s</c>' % (place, ' t="%s"' % kind if kind else "", inside % value)


SHEET = (
    DECL
    + "<worksheet %s><sheetData>" % XL
    + row(1, cell("A1", 0, "s"), cell("B1", 1, "s"), cell("C1", 2, "s"))
    + row(2, cell("A2", 1), cell("B2", "1.3800138E10"), cell("C2", "zhang@example.com", "inlineStr", "<is><t>%s</t></is>"))
    + row(3, cell("A3", 2), cell("C3", 4, "s"))
    + "</sheetData><hyperlinks><hyperlink ref=\"A9\" tooltip=\"13800000001\"/></hyperlinks>"
    + "<headerFooter><oddHeader>&amp;L13800000002</oddHeader></headerFooter></worksheet>"
)
STRINGS = ["<t>编号</t>", "<r><t>手机</t></r><r><t>号</t></r>", "<t>邮箱</t>", "<t>13800000003</t>", "<t>正常</t><rPh sb=\"0\" eb=\"1\"><t>zheng chang</t></rPh>"]
save(
    "book.xlsx",
    pack(
        [
            ("[Content_Types].xml", TYPES),
            ("xl/workbook.xml", DECL + '<workbook %s><sheets><sheet name="13800000004" sheetId="1"/></sheets></workbook>' % XL),
            ("xl/worksheets/sheet1.xml", SHEET),
            ("xl/sharedStrings.xml", DECL + '<sst %s count="5" uniqueCount="5">%s</sst>' % (XL, "".join("<si>%s</si>" % s for s in STRINGS))),
            ("xl/comments1.xml", DECL + "<comments %s><commentList><comment ref=\"A1\"><text><r><t>1380000</t></r><r><t>0005</t></r></text></comment></commentList></comments>" % XL),
        ]
    ),
)
SLIDE = DECL + "<p:sld %s><p:txBody><a:p><a:r><a:t>联系 138000</a:t></a:r><a:r><a:t>00001</a:t></a:r></a:p></p:txBody></p:sld>" % PP
NOTES = DECL + "<p:notes %s><a:p><a:r><a:t>备注 13800000002</a:t></a:r></a:p></p:notes>" % PP
save("deck.pptx", pack([("[Content_Types].xml", TYPES), ("ppt/slides/slide1.xml", SLIDE), ("ppt/notesSlides/notesSlide1.xml", NOTES)]))
CONTENT = DECL + "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><text:p>电话 138<text:span>00138000</text:span></text:p></office:document-content>"
save("text.odt", pack([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", CONTENT)]))

# ── Archives ─────────────────────────────────────────────────────────────────────────────────────────────────────────

CSV = "姓名,手机号\n张三,13800138000\n"
save("plain.zip", pack([("a/客户.csv", CSV), ("b.json", '{"mobile":"13912345678"}'), ("c.txt", "没有")]))
save("names.zip", pack([("13800000001.txt", "x"), ("../../etc/13800000002", "y")], "注 13800000003".encode()))
inner = pack([("runs.docx", RUNS)])
save("nested.zip", inner)
save("deep.zip", pack([("3.zip", pack([("2.zip", pack([("1.zip", inner)]))]))]))
save("torch.pt.zip", pack([("archive/data.pkl", b"\x80\x02}q\x00."), ("archive/data/0", b"\x00" * 64)]))


class Stream(io.RawIOBase):
    """A pipe: the writer cannot go back, and puts sizes behind the data."""

    def __init__(self):
        self.bytes = io.BytesIO()

    def writable(self):
        return True

    def write(self, data):
        return self.bytes.write(data)


def streamed(big):
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as z:
        with z.open(entry("a.txt"), "w", force_zip64=big) as file:
            file.write("电话 13800138000".encode())
    return stream.bytes.getvalue()


save("streamed.zip", streamed(False))
save("zip64.zip", streamed(True))
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "a.txt"), "w") as file:
        file.write("13800138000 " * 20)
    os.utime(file.name, (1795305600, 1795305600))
    subprocess.run(["zip", "-q", "-P", "secret", "e.zip", "a.txt"], cwd=folder, check=True)
    subprocess.run(["zip", "-q", "o.zip", "a.txt"], cwd=folder, check=True)
    for name, to in (("e.zip", "encrypted.zip"), ("o.zip", "infozip.zip")):
        with open(os.path.join(folder, name), "rb") as file:
            save(to, file.read())
gbk = bytearray(pack([("abcd.txt", "x")]))
save("gbk.zip", bytes(gbk.replace(b"abcd", "张三".encode("gbk"))))

# ── PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Pdf:
    """Objects by number, a plain cross-reference table, a trailer."""

    def __init__(self, head=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"):
        self.out = io.BytesIO()
        self.out.write(head)
        self.places = {}

    def object(self, number, body):
        self.places[number] = self.out.tell()
        self.out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def stream(self, number, data, head=b"", packed=True):
        if packed:
            data, head = zlib.compress(data, 9), head + b"/Filter/FlateDecode"
        self.object(number, b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(data), data))

    def end(self, trailer=b"", prev=None):
        at = self.out.tell()
        self.out.write(b"xref\n0 1\n0000000000 65535 f \n")
        for number, place in sorted(self.places.items()):
            self.out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
        more = b"" if prev is None else b"/Prev %d" % prev
        self.out.write(b"trailer\n<</Size 100/Root 1 0 R%s%s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, more, at))
        self.places = {}
        return at


HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def page(content, resources=b"<</Font<</F1 5 0 R>>>>", catalog=b"", page_more=b"", more=(), trailer=b"", packed=True):
    """One page; objects 1 to 5, `more` from 6 on: (number, body) or (number, head, data)."""
    pdf = Pdf()
    pdf.object(1, b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog)
    pdf.object(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    pdf.object(3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources %s/Contents 4 0 R%s>>" % (resources, page_more))
    pdf.stream(4, content, packed=packed)
    pdf.object(5, HELVETICA)
    for one in more:
        if len(one) == 2:
            pdf.object(*one)
        else:
            pdf.stream(one[0], one[2], one[1])
    pdf.end(trailer)
    return pdf.out.getvalue()


def text(*shown):
    return b"BT /F1 12 Tf 72 720 Td " + b" ".join(shown) + b" ET"


save("text.pdf", page(text(b"(Tel 13800138000) Tj 0 -20 Td [(139)-5(1234)(5678)] TJ")))
save("clean.pdf", page(text(b"(Sales grew by eight percent.) Tj")))
# Chinese: glyph numbers, and a CMap that says what they are
WORDS = "电话：13800138000，张三。"
GLYPHS = {character: i + 3 for i, character in enumerate(dict.fromkeys(WORDS))}
CMAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    + "%d beginbfchar\n" % len(GLYPHS)
    + "".join("<%04X> <%04X>\n" % (glyph, ord(character)) for character, glyph in GLYPHS.items())
    + "endbfchar endcmap end end"
)
SHOWN = "".join("%04X" % GLYPHS[character] for character in WORDS).encode()
CID = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor 8 0 R>>"
DESCRIPTOR = b"<</Type/FontDescriptor/FontName/ABCDEF+Song/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"
TYPE0 = b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/%s/DescendantFonts[7 0 R]%s>>"
F2 = b"<</Font<</F1 6 0 R>>>>"
CHINESE = [(6, TYPE0 % (b"Identity-H", b"/ToUnicode 9 0 R")), (7, CID), (8, DESCRIPTOR), (9, b"", CMAP.encode())]
save("chinese.pdf", page(text(b"<%s> Tj" % SHOWN), F2, more=CHINESE))
save("unmapped.pdf", page(text(b"<%s> Tj" % SHOWN), F2, more=[(6, TYPE0 % (b"Identity-H", b"")), (7, CID), (8, DESCRIPTOR)]))
SONG = b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 8 0 R>>"
GB1 = [(6, b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[7 0 R]>>"), (7, SONG), (8, DESCRIPTOR)]
save("song.pdf", page(text(b"<%s> Tj" % WORDS.encode("utf-16-be").hex().encode()), F2, more=GB1))
EUC = [(6, GB1[0][1].replace(b"UniGB-UCS2-H", b"GBK-EUC-H")), *GB1[1:]]
save("gbk.pdf", page(text(b"<%s> Tj" % WORDS.encode("gbk").hex().encode()), F2, more=EUC))
NUMBERS = [(6, GB1[0][1].replace(b"UniGB-UCS2-H", b"Identity-H")), *GB1[1:]]
save("numbers.pdf", page(text(b"<0E510F1F> Tj"), F2, more=NUMBERS))
HIDDEN = (9, b"", b"<</Encoding/Identity-H>>")
save("mixed.pdf", page(text(b"<%s> Tj" % WORDS.encode("utf-16-be").hex().encode()), F2, more=[*GB1, HIDDEN]))
XMP = '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r"><rdf:Description xmlns:dc="d" dc:source="13800000002"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
save(
    "around.pdf",
    page(
        text(b"(See the notes.) Tj"),
        catalog=b"/Metadata 6 0 R/Outlines 7 0 R/AcroForm<</Fields[10 0 R]>>/Names<</EmbeddedFiles<</Names[(runs.docx) 11 0 R]>>/JavaScript<</Names[(a) 14 0 R]>>>>",
        page_more=b"/Annots[9 0 R 10 0 R 13 0 R]",
        trailer=b"/Info 15 0 R",
        more=[
            (6, b"/Type/Metadata/Subtype/XML", XMP.encode()),
            (7, b"<</Type/Outlines/First 8 0 R/Last 8 0 R/Count 1>>"),
            (8, b"<</Title(Chapter 13800000003)/Parent 7 0 R/Dest[3 0 R/Fit]>>"),
            (9, b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Note 13800000004)/T(Han Meimei)>>"),
            (10, b"<</Type/Annot/Subtype/Widget/FT/Tx/T(phone)/V(13800000005)/Rect[0 0 9 9]/P 3 0 R>>"),
            (11, b"<</Type/Filespec/F(runs.docx)/EF<</F 12 0 R>>>>"),
            (12, b"/Type/EmbeddedFile", RUNS),
            (13, b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(mailto:zhang@example.com)>>>>"),
            (14, b"<</S/JavaScript/JS(app.alert\\('13800000006'\\))>>"),
            (15, b"<</Title(Contract 13800000001)/Author<FEFF738B5C0F660E>>>"),
        ],
    ),
)
IMAGE = (6, b"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x00\xff\xff\x00")
PICTURE = b"<</Font<</F1 5 0 R>>/XObject<</Im1 6 0 R>>>>"
save("scan.pdf", page(b"q 595 0 0 842 0 0 cm /Im1 Do Q", PICTURE, more=[IMAGE]))
save("inline.pdf", page(text(b"(A stamp.) Tj") + b" q 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"))
save("drawn.pdf", page(b"0 0 m " + b"".join(b"%d %d l " % (i, i * i % 99) for i in range(200)) + b"S"))
save("unused.pdf", page(text(b"(Nothing.) Tj"), more=[IMAGE, (7, b"", b"BT (Hidden 13800138000) Tj ET")]))
two = Pdf()
two.out.write(page(text(b"(Tel 13800138000) Tj"))[len(two.out.getvalue()):])
first = two.out.getvalue().rindex(b"xref\n0 1")
two.stream(4, text(b"(Removed.) Tj"))
two.end(prev=first)
save("revised.pdf", two.out.getvalue())
save("comment.pdf", page(text(b"(Nothing.) Tj")) + b"% 13800138000\n")
save("loop.pdf", page(text(b"(Nothing.) Tj"), b"<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>", more=[(6, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", b"/X Do /X Do")]))
save("tree.pdf", page(text(b"(Nothing.) Tj")).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"))
save("cut.pdf", page(text(b"(Tel 13800138000) Tj"))[:-300])


def rc4(key, data):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def locked(password):
    """PDF 1.7 §7.6, revision 2: RC4 with 40 bits."""
    user = (password + PAD)[:32]
    owner = rc4(hashlib.md5(user).digest()[:5], user)
    key = hashlib.md5(user + owner + struct.pack("<i", -4) + b"0" * 16).digest()[:5]
    content = text(b"(Tel 13800138000) Tj")
    secret = rc4(hashlib.md5(key + b"\x04\x00\x00\x00\x00").digest()[:10], content)
    guard = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (owner.hex().encode(), rc4(key, PAD).hex().encode())
    pdf = Pdf()
    pdf.object(1, b"<</Type/Catalog/Pages 2 0 R>>")
    pdf.object(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    pdf.object(3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>")
    pdf.object(4, b"<</Length %d>>\nstream\n%s\nendstream" % (len(secret), secret))
    pdf.object(5, HELVETICA)
    pdf.object(6, guard)
    number = (b"0" * 16).hex().encode()
    pdf.end(b"/Encrypt 6 0 R/ID[<%s><%s>]" % (number, number))
    return pdf.out.getvalue()


save("locked.pdf", locked(b"secret"))
save("owner.pdf", locked(b""))
