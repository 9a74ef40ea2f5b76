""".xlsx → rows of cells as text, sheet by sheet; merged cells are filled.

Of what is hidden: rows and columns are read (mostly a filter was left on, and the questions are
wanted), whole sheets are not (mostly lists for menus, or old states). Either is told.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from itertools import groupby
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.cells import plain_number, shown
from jingzhong.exchange.questions.found import Haul, RefusedError, Row
from jingzhong.exchange.questions.package import Package, child, value, within

MAX_CELLS = 2_000_000
MAX_COLUMNS = 200
MAX_MERGED = 20_000
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_sheets(data: bytes, haul: Haul) -> list[tuple[str, list[Row]]]:
    """(name, rows) of every visible sheet, in the order of the book; `haul` notes what is hidden."""
    package = Package(data)
    if "xl/workbook.xml" not in package.names:
        raise RefusedError(
            "这个文件里没有 Excel 工作簿。请在 Excel 或 WPS 里打开，另存为 .xlsx",
            code="no_workbook",
        )
    book = package.xml("xl/workbook.xml")
    early = value(book, "workbookPr", attribute="date1904") not in ("1", "true")
    targets = _targets(package)
    texts = _shared(package)
    formats = _formats(package)
    sheets = []
    for item in within(book, "sheet"):
        name = targets.get(item.get("id", ""), "")
        if name not in package.names:
            continue
        title, state = item.get("name", ""), item.get("state", "visible")
        try:
            root = package.xml(name)
            rows = _rows(root, texts, formats, early=early)
        except RefusedError:
            if state == "visible":
                raise
            continue  # What nobody sees and nobody can read is not missed.
        if state == "visible":
            sheets.append((title, rows))
            _tell_hidden(root, title, rows, haul)
        elif rows:
            haul.note(rows[0].number, "hidden_sheet", _skipped(title, len(rows), state))
    return sheets


def _skipped(title: str, count: int, state: str) -> str:
    how = (
        "它是程序藏起来的，Excel 的菜单里看不到；要读，请让原作者把内容放到看得见的工作表"
        if state == "veryHidden"
        else "要读，请在 Excel 或 WPS 里右击工作表标签，选“取消隐藏”，存好再导入"
    )
    return f"工作表“{title}”（有字的 {count} 行）是隐藏的，没有读。{how}"


def _tell_hidden(root: Element, title: str, rows: list[Row], haul: Haul) -> None:
    """Note the hidden rows and columns that have text."""
    data = child(root, "sheetData")
    hidden: set[int] = set()
    number = 0
    for row in data if data is not None else ():
        given = row.get("r", "")
        number = int(given[:7]) if given.isdigit() else number + 1
        if row.tag == "row" and row.get("hidden") in ("1", "true"):
            hidden.add(number)
    lines = [row.number for row in rows if row.number in hidden]
    filtered = child(root, "autoFilter", "filterColumn") is not None
    if lines:
        why = "（开着筛选）" if filtered else ""
        haul.note(
            lines[0],
            "hidden_rows",
            f"工作表“{title}”的第 {_spans(lines, str)} 行是隐藏的{why}，共 {len(lines)} 行，照样读了。"
            "不要这些行，请先删掉再导入",
        )
    columns = [
        place
        for place in sorted(_hidden_columns(root))
        if any(len(row.cells) > place and row.cells[place].strip() for row in rows)
    ]
    if columns:
        haul.note(
            1,
            "hidden_columns",
            f"工作表“{title}”的 {_spans(columns, _letters)} 列是隐藏的，照样读了。"
            "不要这些列，请先删掉再导入",
        )


def _hidden_columns(root: Element) -> set[int]:
    """The hidden columns, counted from 0."""
    found: set[int] = set()
    cols = child(root, "cols")
    for item in cols if cols is not None else ():
        first, last = item.get("min", ""), item.get("max", "")
        if item.get("hidden") in ("1", "true") and first.isdigit() and last.isdigit():
            found.update(range(int(first[:6]) - 1, min(int(last[:6]), MAX_COLUMNS)))
    return found


def _spans(numbers: Iterable[int], shown: Callable[[int], str]) -> str:
    """5、9–12: runs of neighbours as one, the first ten of them."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    words = [
        shown(run[0]) if len(run) == 1 else f"{shown(run[0])}–{shown(run[-1])}" for run in runs
    ]
    return "、".join(words[:10]) + (" 等" if len(words) > 10 else "")


def _letters(place: int) -> str:
    """0 → A, 27 → AB."""
    text, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _targets(package: Package) -> dict[str, str]:
    """Relation id → part; a target never leaves the package."""
    name = "xl/_rels/workbook.xml.rels"
    if name not in package.names:
        return {}
    targets = {}
    for item in package.xml(name):
        target = item.get("Target", "")
        path = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join("xl", target))
        )
        targets[item.get("Id", "")] = path
    return targets


def _text(element: Element) -> str:
    """The text of a string item; readings above the signs (rPh) are left out."""
    parts = []
    for item in element:
        if item.tag == "t":
            parts.append(item.text or "")
        elif item.tag == "r":
            parts += [part.text or "" for part in item if part.tag == "t"]
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), "".join(parts))


def _shared(package: Package) -> list[str]:
    name = "xl/sharedStrings.xml"
    return (
        [_text(item) for item in package.xml(name) if item.tag == "si"]
        if name in package.names
        else []
    )


def _formats(package: Package) -> list[tuple[int, str]]:
    """(format id, custom code) of every cell style."""
    if "xl/styles.xml" not in package.names:
        return []
    root = package.xml("xl/styles.xml")
    codes = {
        item.get("numFmtId", ""): item.get("formatCode", "") for item in within(root, "numFmt")
    }
    styles = child(root, "cellXfs")
    found = []
    for item in styles if styles is not None else ():
        name = item.get("numFmtId", "0")
        found.append((int(name[:6]) if name.isdigit() else 0, codes.get(name, "")))
    return found


def _rows(
    root: Element, texts: list[str], formats: list[tuple[int, str]], *, early: bool
) -> list[Row]:
    rows: dict[int, dict[int, str]] = {}
    number = cells = 0
    data = child(root, "sheetData")
    for row in data if data is not None else ():
        if row.tag != "row":
            continue
        given = row.get("r", "")
        number = int(given[:7]) if given.isdigit() else number + 1
        line: dict[int, str] = {}
        column = -1
        for cell in row:
            if cell.tag != "c":
                continue
            place = _REFERENCE.match(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            cells += 1
            if cells > MAX_CELLS:
                raise RefusedError(
                    f"工作表超过 {MAX_CELLS // 10_000} 万个单元格，请删去空白的格式再导入",
                    code="too_many_cells",
                )
            if column >= MAX_COLUMNS:
                continue
            text = _cell(cell, texts, formats, early=early)
            if text.strip():
                line[column] = text
        if line:
            rows[number] = line
    _fill_merged(root, rows)
    return [
        Row(number, [line.get(place, "") for place in range(max(line) + 1)])
        for number, line in sorted(rows.items())
    ]


def _cell(cell: Element, texts: list[str], formats: list[tuple[int, str]], *, early: bool) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _text(inline) if inline is not None else ""
    stored = child(cell, "v")
    raw = stored.text or "" if stored is not None else ""
    if kind == "s":
        return texts[int(raw)] if raw.isdigit() and int(raw) < len(texts) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
    if kind in ("str", "e"):
        return "" if kind == "e" else raw
    try:
        number = float(raw)
    except ValueError:
        return raw
    style = cell.get("s", "")
    place = int(style) if style.isdigit() else -1
    if 0 <= place < len(formats):
        return shown(number, *formats[place], early=early)
    return plain_number(number) if abs(number) != float("inf") and number == number else raw


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _fill_merged(root: Element, rows: dict[int, dict[int, str]]) -> None:
    """Give a merged cell's text to all its rows (a category beside many questions)."""
    filled = 0
    for item in within(root, "mergeCell"):
        ends = _REFERENCE.findall(item.get("ref", ""))
        if len(ends) != 2:
            continue
        left, right = _column(ends[0][0]), _column(ends[1][0])
        top, bottom = int(ends[0][1]), int(ends[1][1])
        text = rows.get(top, {}).get(left, "")
        if not text or (right != left and bottom == top) or left >= MAX_COLUMNS:
            continue
        for number in range(top + 1, min(bottom, top + MAX_MERGED) + 1):
            filled += 1
            if filled > MAX_MERGED:
                return
            if number in rows:
                rows[number].setdefault(left, text)
