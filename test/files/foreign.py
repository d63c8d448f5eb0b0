"""Files that other people's tools make: python-docx, openpyxl, XlsxWriter, reportlab, fpdf2, Pillow.

Usage: pip install python-docx openpyxl XlsxWriter reportlab fpdf2 pillow; python3 test/files/foreign.py (writes beside itself).
"""
import os

import docx
import openpyxl
import xlsxwriter
from fpdf import FPDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

OUT = os.path.dirname(os.path.abspath(__file__)) + "/"

word = docx.Document()
word.add_heading("客户名单", 0)
paragraph = word.add_paragraph("张三，电话 138")
paragraph.add_run("00138").bold = True
paragraph.add_run("000")
table = word.add_table(2, 2)
for at, text in {(0, 0): "姓名", (0, 1): "手机号", (1, 0): "李四", (1, 1): "13912345678"}.items():
    table.cell(*at).text = text
word.core_properties.author = "王小明"
word.sections[0].header.paragraphs[0].text = "页眉 13700000001"
word.save(OUT + "python-docx.docx")

book = openpyxl.Workbook()
book.active.title = "客户"
book.active.append(["姓名", "手机号", "身份证号"])
book.active.append(["张三", 13800138000, "11010519491231002X"])
book.save(OUT + "openpyxl.xlsx")

book = xlsxwriter.Workbook(OUT + "xlsxwriter.xlsx")
sheet = book.add_worksheet("名单")
sheet.write_row(0, 0, ["name", "phone"])
sheet.write(1, 0, "Zhang")
sheet.write_number(1, 1, 13800138000)
sheet.write_comment(1, 0, "note 13700000003")
sheet.set_header("&L13700000004")
sheet.write_url(3, 0, "mailto:zhang@example.com")
chart = book.add_chart({"type": "column"})
chart.add_series({"values": "='名单'!$B$2:$B$2", "name": "13700000005"})
sheet.insert_chart("D2", chart)
book.close()

page = canvas.Canvas(OUT + "reportlab.pdf", pageCompression=1)
page.drawString(72, 720, "Tel 13800138000")
page.save()
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
page = canvas.Canvas(OUT + "reportlab-song.pdf", pageCompression=1)
page.setFont("STSong-Light", 12)
page.drawString(72, 720, "电话 13800138000")
page.save()

paper = FPDF()
paper.add_page()
paper.set_font("Helvetica", size=12)
paper.cell(text="Tel 13800138000")
paper.output(OUT + "fpdf.pdf")

# a picture with a number in it, for programs that read pictures (pip install pillow; DejaVu Sans)
from PIL import Image, ImageDraw, ImageFont

picture = Image.new("L", (620, 90), 255)
font = ImageFont.truetype("DejaVuSans.ttf", 40)
ImageDraw.Draw(picture).text((20, 20), "Call 139 1234 5678 please", font=font, fill=0)
picture.convert("1").save(OUT + "mobile.png", optimize=True)
