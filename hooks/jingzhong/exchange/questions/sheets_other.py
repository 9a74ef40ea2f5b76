"""Rows from older and plainer tables: .xls, .ods, .csv."""

from __future__ import annotations

import csv
import io
import re
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.cells import plain_number, shown
from jingzhong.exchange.questions.columns import by_content, read_header
from jingzhong.exchange.questions.found import RefusedError, Row
from jingzhong.exchange.questions.package import Package, within

MAX_CELLS = 2_000_000
MAX_REPEATED = 1_000


def read_xls(data: bytes) -> list[tuple[str, list[Row]]]:
    """(name, rows) of every sheet of an old Excel book (BIFF)."""
    import xlrd  # type: ignore[import-untyped]

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except NotImplementedError:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
    except Exception as error:
        # xlrd raises whatever a broken record leads to: struct.error, IndexError, AssertionError …
        if "ncrypt" in str(error):
            raise RefusedError(
                "文件加了密码。请先在 Excel 里去掉密码，另存为 .xlsx 再导入", code="password"
            ) from error
        raise RefusedError(
            "这个 .xls 打不开（文件损坏，或不是 Excel 工作簿）。请在 Excel 或 WPS 里打开，另存为 .xlsx",
            code="broken_xls",
        ) from error
    sheets = []
    try:
        for sheet in book.sheets():
            if sheet.nrows * max(sheet.ncols, 1) > MAX_CELLS:
                raise RefusedError(
                    f"工作表超过 {MAX_CELLS // 10_000} 万个单元格，请删去空白的格式再导入",
                    code="too_many_cells",
                )
            rows = [
                Row(number + 1, [_xls_cell(book, cell) for cell in sheet.row(number)])
                for number in range(sheet.nrows)
            ]
            _fill_xls_merged(sheet, rows)
            sheets.append((sheet.name, rows))
    except RefusedError:
        raise
    except Exception as error:
        raise RefusedError(
            "这个 .xls 读不完整（文件损坏）。请在 Excel 或 WPS 里打开，另存为 .xlsx",
            code="broken_xls",
        ) from error
    return sheets


def _xls_cell(book: object, cell: object) -> str:
    kind, stored = getattr(cell, "ctype", 0), getattr(cell, "value", "")
    if kind in (2, 3):
        styles, formats = getattr(book, "xf_list", []), getattr(book, "format_map", {})
        place = getattr(cell, "xf_index", None)
        format_id = (
            styles[place].format_key
            if styles and place is not None and place < len(styles)
            else (14 if kind == 3 else 0)
        )
        known = formats.get(format_id)
        return shown(
            float(stored),
            format_id,
            known.format_str if known else "",
            early=not getattr(book, "datemode", 0),
        )
    if kind == 4:
        return "TRUE" if stored else "FALSE"
    return stored if isinstance(stored, str) else plain_number(float(stored)) if kind == 2 else ""


def _fill_xls_merged(sheet: object, rows: list[Row]) -> None:
    for top, bottom, left, _ in getattr(sheet, "merged_cells", [])[:5_000]:
        if top < len(rows) and left < len(rows[top].cells):
            for row in rows[top + 1 : min(bottom, top + 5_000)]:
                if left < len(row.cells) and not row.cells[left]:
                    row.cells[left] = rows[top].cells[left]


def read_ods(data: bytes) -> list[tuple[str, list[Row]]]:
    """(name, rows) of every sheet of an OpenDocument spreadsheet."""
    package = Package(data)
    if "content.xml" not in package.names:
        raise RefusedError(
            "这个文件里没有表格内容。请在 LibreOffice 或 WPS 里另存为 .xlsx", code="no_workbook"
        )
    root = package.xml("content.xml")
    sheets = []
    cells = 0
    for table in within(root, "table"):
        rows: list[Row] = []
        number = 0
        for item in within(table, "table-row"):
            line = _ods_cells(item)
            cells += len(line)
            if cells > MAX_CELLS:
                raise RefusedError(
                    f"工作表超过 {MAX_CELLS // 10_000} 万个单元格，请删去空白的格式再导入",
                    code="too_many_cells",
                )
            times = _repeated(item.get("number-rows-repeated", "1"))
            if any(text.strip() for text in line):
                rows += [
                    Row(number + place + 1, list(line)) for place in range(min(times, MAX_REPEATED))
                ]
            number += times
        sheets.append((table.get("name", ""), rows))
    return sheets


def _repeated(text: str) -> int:
    return int(text[:7]) if text.isdigit() else 1


def _ods_cells(row: Element) -> list[str]:
    line: list[str] = []
    for cell in row:
        if cell.tag not in ("table-cell", "covered-table-cell"):
            continue
        text = "\n".join(_ods_text(part) for part in cell if part.tag == "p")
        times = _repeated(cell.get("number-columns-repeated", "1"))
        line += [text] * (min(times, 60) if text else min(times, 200 - min(len(line), 200)))
    while line and not line[-1].strip():
        line.pop()
    return line[:200]


def _ods_text(element: Element) -> str:
    text = element.text or ""
    for item in element:
        if item.tag == "s":
            text += " " * min(_repeated(item.get("c", "1")), 50)
        elif item.tag == "tab":
            text += "\t"
        elif item.tag == "line-break":
            text += "\n"
        elif item.tag not in ("annotation",):
            text += _ods_text(item)
        text += item.tail or ""
    return text


def read_csv(text: str) -> list[Row]:
    """Rows of a CSV or TSV text; the number of a row is the line it begins on."""
    quote = _quote(text)
    separator = _separator(text, quote)
    rows: list[Row] = []
    csv.field_size_limit(5_000_000)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        quotechar=quote,
        skipinitialspace=quote == "'",
        strict=False,
    )
    start = 1
    try:
        for cells in reader:
            rows.append(Row(start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise RefusedError(
            f"第 {reader.line_num} 行的逗号或引号不成对（{error}）。请在 Excel 里打开，另存为 .xlsx",
            line=reader.line_num,
            code="broken_csv",
        ) from error
    return rows


def _sample(text: str) -> list[str]:
    return [line for line in text[:40_000].split("\n")[:80] if line.strip()]


def _quote(text: str) -> str:
    """' where most lines begin with it and have '…' , '…' in them, else the usual sign."""
    lines = _sample(text)
    single = sum(bool(re.match(r"\s*'.*'\s*[,;\t|]\s*'", line)) for line in lines)
    return "'" if single * 10 >= len(lines) * 6 and single >= 2 else '"'


def _separator(text: str, quote: str = '"') -> str:
    """The sign that most lines have equally often."""
    lines = _sample(text)
    best, worth = ",", 0.0
    inside = re.compile(f"{quote}[^{quote}]*{quote}")
    for sign in (",", "\t", ";", "|", "，", "；"):
        counts = [len(inside.sub("", line).split(sign)) - 1 for line in lines]
        used = [count for count in counts if count]
        if not used:
            continue
        common = max(used.count(count) for count in set(used)) / len(lines)
        weight = {"\t": 1.2, "，": 0.8, "；": 0.8}.get(sign, 1.0)
        if common * weight > worth:
            best, worth = sign, common * weight
    return best


def looks_like_csv(text: str) -> bool:
    """Whether a plain text is a table: rows of equal width, with a header or a column of answers."""
    sample = text[:20_000]
    lines = [line for line in sample.split("\n") if line.strip()]
    if len(lines) < 2 or not any(sign in sample for sign in ",\t;"):
        return False
    quote = _quote(sample)
    try:
        rows = [
            row
            for row in csv.reader(
                io.StringIO(sample, newline=""),
                delimiter=_separator(sample, quote),
                quotechar=quote,
            )
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        return False
    rows = rows[:-1] if len(text) > len(sample) else rows
    widths = [len(row) for row in rows]
    width = max(set(widths), key=widths.count) if widths else 0
    if width < 2 or len(rows) < 2 or widths.count(width) < 0.9 * len(rows):
        return False
    if any(read_header(row) for row in rows[:4]):
        return True
    columns = by_content(rows)
    return (
        columns is not None
        and "answer" in columns.roles
        and "stem" in columns.roles
        and not columns.open_ended
    )
