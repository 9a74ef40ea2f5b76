"""The same paper as a Word file that a teacher can change, through python-docx.

Fonts are named, not embedded: 宋体 and 黑体 are on every machine with Word or WPS. The bytes are the
same for the same paper: dates are given, and the archive is packed again with fixed times.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from jingzhong.channels.paper.payload import Data, text_ems
from jingzhong.channels.paper.printing import picture_png, plain_text

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_WIDTH = Cm(17)
_INDENT = Cm(0.9)
_SIZE = Pt(10.5)
_EMS = (_WIDTH - _INDENT) / _SIZE
# Spaces, and brackets, that no line ends at.
_BRACKET = f"({chr(0xA0) * 8})"
_BLANK = chr(0xA0) * 24
_AS_IS = (".png", ".jpg", ".jpeg", ".gif")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def make_word(data: Data, pictures: Mapping[str, bytes], date: datetime.date) -> bytes:
    """One variant (a payload of `paper_payload`) as the bytes of a `.docx`."""
    document = docx.Document()
    _set_up(document, data, date)
    title = data["title"] + (f"（{data['variant']} 卷）" if data["variant"] else "")
    if data["seal"]:
        _line(document, "学校__________　班级__________　姓名__________　考号__________")
        _line(document, "……………………密……………………封……………………线……………………")
    _heading(document.add_paragraph(), title, Pt(16), centered=True)
    _line(document, data["facts"])
    if data["seal"]:
        _score_table(document, [part["name"] for part in data["parts"]])
    else:
        _line(document, "班级__________　姓名__________　日期__________")
    for part in data["parts"]:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(10)
        _heading(paragraph, part["heading"], Pt(12))
        _write(paragraph, f"　{part['hint']}" if part["hint"] else "")
        paragraph.paragraph_format.keep_with_next = True
        for item in part["items"]:
            _question(document, item, pictures)
    return _packed(document)


def _set_up(document: Document, data: Data, date: datetime.date) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = _LATIN, _SIZE
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _SONG)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after = Pt(2)
    normal.paragraph_format.line_spacing = 1.25
    properties = document.core_properties
    moment = datetime.datetime.combine(date, datetime.time())
    properties.title, properties.author = plain_text(data["title"]), plain_text(data["unit"])
    properties.last_modified_by = properties.author
    properties.created = properties.modified = moment
    properties.language, properties.comments, properties.revision = "zh-CN", "", 1
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES"), (" 页", "")):
        _write(foot, text)
        if field:
            _field(foot.add_run(), field)
    mark = section.footer.add_paragraph()
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(mark, f"{data['mark']}　{data['unit']}")
    for run in (*foot.runs, *mark.runs):
        run.font.size = Pt(9)


def _field(run: Run, name: str) -> None:
    """A number that Word fills in: the page, or how many there are."""
    for kind in ("begin", "", "end"):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = name
        run._r.append(element)


def _write(paragraph: Paragraph | Any, text: str) -> Run:
    run: Run = paragraph.add_run(plain_text(text))
    return run


def _heading(paragraph: Paragraph, text: str, size: Length, *, centered: bool = False) -> None:
    run = _write(paragraph, text)
    run.bold, run.font.size = True, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _HEI)
    if centered:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _line(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, text)


def _grid(document: Document, rows: Sequence[Sequence[str]], widths: Sequence[Length]) -> Table:
    """A ruled table whose rows stay on one page; its first row is the head."""
    table: Table = document.add_table(len(rows), len(rows[0]), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for at, (cells, row) in enumerate(zip(rows, table.rows, strict=True)):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for text, cell, width in zip(cells, row.cells, widths, strict=True):
            _fill(cell, text, width, head=at == 0)
    return table


def _fill(cell: _Cell, text: str, width: Length, *, head: bool) -> None:
    cell.width = width
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    if head:
        _heading(paragraph, text, _SIZE, centered=True)
    else:
        _write(paragraph, text)


def _score_table(document: Document, names: Sequence[str]) -> None:
    head = ["题号", *names, "总分"]
    width = Cm(min(1.6, 16 / len(head)))
    table = _grid(document, [head, ["得分", *[""] * (len(head) - 1)]], [width] * len(head))
    table.alignment = 1  # type: ignore[assignment]  # WD_TABLE_ALIGNMENT.CENTER


def _question(document: Document, item: Data, pictures: Mapping[str, bytes]) -> None:
    """Stem, picture, choices or table; Word is told to keep them on one page."""
    body = document.element.body
    before = len(body) - 1  # The last element is the page's set-up; all is added before it.
    if item["passage"]:
        _heading(document.add_paragraph(), item["passage"]["intro"], _SIZE)
        passage = document.add_paragraph()
        passage.paragraph_format.left_indent = _INDENT
        _write(passage, item["passage"]["text"])
    _stem(document.add_paragraph(), item)
    if item["image"]:
        _picture(document, item["image"], pictures)
    if item["kind"] == "match":
        _match(document, item)
    else:
        _choices(document, item["options"])
    if item["kind"] == "order":
        count = len(item["options"])
        rows = [["次序", *map(str, range(1, count + 1))], ["填字母", *[""] * count]]
        _grid(document, rows, [Cm(1.8), *[Cm(1.2)] * count])
        document.add_paragraph().paragraph_format.space_after = Pt(0)
    own = [Paragraph(e, document._body) for e in body[before:-1] if e.tag == qn("w:p")]
    for paragraph in own:
        paragraph.paragraph_format.keep_together = True
    for paragraph in own[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _stem(paragraph: Paragraph, item: Data) -> None:
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = _INDENT, -_INDENT
    form.space_before = Pt(4)
    form.tab_stops.add_tab_stop(_INDENT)
    form.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{item['number']}.\t")
    for piece in item["stem"]:
        if piece is None:
            paragraph.add_run(_BLANK).underline = True
        else:
            _write(paragraph, piece)
    if item["bracket"]:
        # Where the last line has no room left, programs would tear the bracket.
        last = "".join(piece or "" for piece in item["stem"]).rpartition("\n")[2]
        is_full = text_ems(plain_text(last)) % _EMS > _EMS - 4
        paragraph.add_run(("\n" if is_full else "") + f"\t{_BRACKET}")


def _picture(document: Document, image: Data, pictures: Mapping[str, bytes]) -> None:
    raw = pictures.get(image["src"])
    if raw is not None and Path(image["src"]).suffix.lower() not in _AS_IS:
        raw = picture_png(image["src"], raw)
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = _INDENT
    if raw is None:
        _write(paragraph, f"［图：{image['alt']}］")
        return
    shape = paragraph.add_run().add_picture(io.BytesIO(raw), width=Cm(6))
    if shape.height > Cm(5):
        shape.width, shape.height = int(shape.width * Cm(5) / shape.height), Cm(5)  # type: ignore[assignment]
    shape._inline.docPr.set("descr", plain_text(image["alt"]))


def _choices(document: Document, options: Sequence[Sequence[str]]) -> None:
    """As many in a row as fit: four, two or one."""
    if not options:
        return
    widest = max(text_ems(plain_text(text)) for _, text in options) + 2.5
    columns = next((count for count in (4, 2) if widest <= _EMS / count), 1)
    for first in range(0, len(options), columns):
        paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        form.left_indent = _INDENT
        if columns == 1:
            form.left_indent, form.first_line_indent = _INDENT + Cm(0.7), -Cm(0.7)
        for column in range(1, columns):
            form.tab_stops.add_tab_stop(Length(_INDENT + (_WIDTH - _INDENT) * column // columns))
        for at, (letter, text) in enumerate(options[first : first + columns]):
            _write(paragraph, f"{letter}．{text}")
            if at + 1 < len(options[first : first + columns]):
                paragraph.add_run("\t")


def _match(document: Document, item: Data) -> None:
    left, right = item["left"], item["options"]
    rows = [["左列", "填编号", "右列"]]
    for at in range(max(len(left), len(right))):
        one = [f"{left[at][0]}．{left[at][1]}", _BRACKET] if at < len(left) else ["", ""]
        rows.append([*one, f"{right[at][0]}．{right[at][1]}" if at < len(right) else ""])
    _grid(document, rows, [Cm(6.5), Cm(2.2), Cm(8.3)])
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _packed(document: Document) -> bytes:
    """The document's bytes without the time of day in its archive."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(entry))
    return packed.getvalue()
