"""A bank as an Excel file: questions with their pictures, facts, and what stayed behind."""

from __future__ import annotations

import datetime
import io
import re
import struct
from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jingzhong.exchange.export.archive import repack
from jingzhong.exchange.export.losses import CELL_LIMIT, HEADING, NOTHING
from jingzhong.exchange.export.material import Material, safe
from jingzhong.exchange.export.table import header, rows
from jingzhong.model.quizzes import TYPES

LOSSES = {
    "law": "只写法规名和条号，不能点开",
    "case": "只写案例名，不能点开",
    "long": f"Excel 一格最多 {CELL_LIMIT} 个字，超出的截去了",
}
_WIDTHS = {"题干": 50, "解析": 50, "材料": 40, "左列": 24, "右列": 24, "条文": 24, "案例": 24}
_PICTURE_HEIGHT = 120
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


class _Picture(Image):  # type: ignore[misc]  # openpyxl has no types
    """A PNG; unlike openpyxl's own it needs no Pillow."""

    def __init__(self, raw: bytes) -> None:
        width, height = struct.unpack(">II", raw[16:24])
        scale = _PICTURE_HEIGHT / max(height, width / 2, 1)
        self.width, self.height = round(width * scale), round(height * scale)
        self.format, self._raw = "png", raw

    def _data(self) -> bytes:
        return self._raw


def make(material: Material) -> bytes:
    """The bytes of an `.xlsx`; every cell is text, so that none can be a formula."""
    book = Workbook()
    moment = datetime.datetime.combine(material.date, datetime.time())
    book.properties.creator = book.properties.lastModifiedBy = safe(material.unit)
    book.properties.title = safe(material.bank.title)
    book.properties.created = moment
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "题目"
    names = header(material)
    _fill(sheet, [names, *rows(material)])
    for place, name in enumerate(names, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(
            name, 20 if name.startswith("选项") else 10
        )
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    kinds = DataValidation(type="list", formula1=f'"{",".join(TYPES.values())}"', allow_blank=True)
    kinds.add(f"B2:B{len(material.bank.questions) + 1}")
    sheet.add_data_validation(kinds)
    _add_pictures(sheet, material, names.index("图片") + 1)
    _about(book.create_sheet("说明"), material)
    written = io.BytesIO()
    book.save(written)
    return repack(written.getvalue(), _dated(moment))


def _fill(sheet: Worksheet, lines: Sequence[Sequence[str]]) -> None:
    for number, line in enumerate(lines, 1):
        for place, text in enumerate(line, 1):
            if not text:
                continue
            cell = sheet.cell(number, place)
            cell.value = text[:CELL_LIMIT]
            # A text stays a text, also after someone has edited the cell.
            cell.data_type, cell.quotePrefix = "s", True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)


def _add_pictures(sheet: Worksheet, material: Material, column: int) -> None:
    for row, question in enumerate(material.bank.questions, 2):
        png = material.picture(question)
        if png:
            sheet.add_image(_Picture(png), f"{get_column_letter(column)}{row}")
            # Heights of rows are in points, three to four pixels.
            sheet.row_dimensions[row].height = _PICTURE_HEIGHT * 0.75 + 4
            sheet.column_dimensions[get_column_letter(column)].width = 34


def _about(sheet: Worksheet, material: Material) -> None:
    bank = material.bank
    facts = [
        ["题库", bank.title],
        ["编号", bank.id],
        ["适合", "、".join(bank.audience)],
        ["主题", "、".join(bank.topics)],
        ["简介", bank.description or ""],
        ["最近核对", str(bank.reviewed)],
        ["题数", str(len(bank.questions))],
        ["答案写法", "填空题各空用“；”隔开，一个空的几种写法用“|”隔开；连线题写“左A—右2”"],
        [HEADING, NOTHING if not material.losses else ""],
        *(["", str(loss)] for loss in material.losses),
    ]
    _fill(sheet, [[safe(text) for text in line] for line in facts])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 90


def _dated(moment: datetime.datetime) -> Callable[[str, bytes], bytes]:
    """openpyxl writes the time of day on saving; the file says the day of its content."""
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()

    def change(name: str, content: bytes) -> bytes:
        if name != "docProps/core.xml":
            return content
        return _MODIFIED.sub(lambda match: match[1] + stamp + match[2], content)

    return change
