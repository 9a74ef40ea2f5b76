"""Small Word and Excel files, written with the usual libraries, for the readers to read."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import openpyxl
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor


def numbered(document: Any, levels: list[tuple[str, str]]) -> int:
    """A list definition with these (format, text) levels; returns its id."""
    root = document.part.numbering_part.element
    number = 900 + len(root.findall(qn("w:num")))
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(number))
    for place, (form, text) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(place))
        for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            item = OxmlElement(name)
            item.set(qn("w:val"), value)
            level.append(item)
        abstract.append(level)
    root.insert(0, abstract)
    entry = OxmlElement("w:num")
    entry.set(qn("w:numId"), str(number))
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), str(number))
    entry.append(link)
    root.append(entry)
    return number


def listed(document: Any, text: str, number: int, level: int = 0) -> Any:
    """A paragraph of a list: its number stands in its properties, not in its text."""
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    numbering = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", number)):
        item = OxmlElement(name)
        item.set(qn("w:val"), str(value))
        numbering.append(item)
    properties.append(numbering)
    return paragraph


def saved(document: Any) -> bytes:
    """The bytes of a Word or Excel file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with_lists() -> bytes:
    """Questions and options numbered by Word itself, one list for each question's options."""
    document = docx.Document()
    document.add_paragraph("一、单选题")
    questions = numbered(document, [("decimal", "%1．"), ("upperLetter", "%2．")])
    listed(document, "进入泵房前应当先（ ）。", questions)
    for text in ("通风检测", "关灯", "锁门"):
        listed(document, text, questions, 1)
    document.add_paragraph("答案：A")
    listed(document, "配电柜前的地面应当铺（ ）。", questions)
    for text in ("绝缘垫", "地毯", "钢板"):
        listed(document, text, questions, 1)
    document.add_paragraph("答案：A")
    document.add_paragraph("二、判断题")
    judgements = numbered(document, [("chineseCounting", "%1、")])
    listed(document, "安全阀可以自行拆卸。（×）", judgements)
    listed(document, "压力表应当定期检定。（√）", judgements)
    return saved(document)


def word_with_looks() -> bytes:
    """Answers told by looks: an underlined blank, red options, a table key, a text in a table."""
    document = docx.Document()
    document.add_paragraph("一、填空题")
    paragraph = document.add_paragraph("1．灭火的四种方法是冷却、窒息、隔离和")
    paragraph.add_run(" 抑制 ").underline = True
    paragraph.add_run("。")
    document.add_paragraph("二、单选题")
    document.add_paragraph("1．氧气瓶的颜色是（ ）。")
    document.add_paragraph("A．白色")
    document.add_paragraph().add_run("B．淡蓝色").font.color.rgb = RGBColor(0xFF, 0, 0)
    document.add_paragraph("C．黑色")
    document.add_paragraph("2．安全出口应当（ ）。")
    document.add_paragraph("A．上锁")
    document.add_paragraph().add_run("B．畅通").font.highlight_color = WD_COLOR_INDEX.YELLOW
    document.add_paragraph("三、判断题")
    document.add_paragraph("1．动火前应当清理可燃物。（ ）")
    document.add_paragraph("2．监护人可以离开现场。（ ）")
    document.add_paragraph("参考答案")
    document.add_paragraph("三、判断题")
    table = document.add_table(rows=2, cols=3)
    for place, (top, bottom) in enumerate((("题号", "答案"), ("1", "√"), ("2", "×"))):
        table.cell(0, place).text, table.cell(1, place).text = top, bottom
    return saved(document)


def word_with_table() -> bytes:
    """A table with a header, one question a row, between paragraphs."""
    document = docx.Document()
    document.add_paragraph("班组安全题库")
    table = document.add_table(rows=3, cols=5)
    rows = [
        ("序号", "题型", "题目", "选项", "答案"),
        ("1", "单选题", "手动葫芦使用前应当（ ）。", "A.检查链条\nB.直接起吊\nC.加油门", "A"),
        ("2", "判断题", "吊钩可以焊补后继续使用。", "", "错误"),
    ]
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            table.cell(number, place).text = text
    document.add_paragraph("1．起重工应当（ ）。")
    document.add_paragraph("A．持证  B．无证")
    document.add_paragraph("答案：A")
    return saved(document)


def excel_as_met() -> bytes:
    """A title, an empty row, the header in row 3, merged types, numbers as numbers, a note, a formatted empty sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "题库"
    sheet["A1"] = "2025年安全生产月题库（内部资料）"
    sheet.merge_cells("A1:H1")
    sheet.append([])
    sheet.append(["序号", "题型", "试题内容", "A", "B", "C", "D", "标准答案"])
    sheet.append([1, "单选题", "安全电压的上限是（ ）伏。", 36, 220, 380, 10, "A"])
    sheet.append([2, None, "湿度过高时，绝缘电阻会下降约（ ）。", 0.5, 0.05, None, None, "A"])
    sheet["D5"].number_format = sheet["E5"].number_format = "0%"
    sheet.append([3, None, "发现\u00a0隐患应当\n（ ）。", "A. 报告", "B. 隐瞒", None, None, " A。"])
    sheet.merge_cells("B4:B6")
    for _ in range(30):
        sheet.append([None])
    sheet.append(
        [
            4,
            "多选题",
            "下列属于“四不伤害”的有（ ）。",
            "不伤害自己",
            "不伤害他人",
            "不被他人伤害",
            "不上班",
            "A、B,C",
        ]
    )
    sheet.append([5, "判断题", "检修时应当挂牌上锁。", None, None, None, None, "√"])
    sheet.append([6, "填空题", "火警电话是（ ）。", None, None, None, None, 119])
    sheet.append(["说明：以上题目由安环部整理。"])
    second = book.create_sheet("判断题")
    second.append(["题目", "答案"])
    second.append(["脚手板应当满铺。", True])
    second.append(["安全网可以有破洞。", False])
    empty = book.create_sheet("空表")
    empty["Z500"].number_format = "0.00"
    hidden = book.create_sheet("旧版")
    hidden.append(["题目", "答案"])
    hidden.append(["藏起来的题不读。", "对"])
    hidden.sheet_state = "hidden"
    return saved(book)


def open_document(rows: list[list[str]]) -> bytes:
    """A small .ods with one sheet; the last row is repeated a million times, as Calc writes it."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{cells}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
        }
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()
