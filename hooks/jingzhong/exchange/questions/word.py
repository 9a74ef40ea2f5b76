""".docx → lines of text and tables; numbers, letters, check marks and underlines are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.found import Haul, Place, RefusedError, Row
from jingzhong.exchange.questions.option_cells import cells_as_text
from jingzhong.exchange.questions.package import Package, child, value
from jingzhong.exchange.questions.paper import read_lines
from jingzhong.exchange.questions.table import read_table
from jingzhong.exchange.questions.tidy import PICTURED, TINTED, UNDER, Line
from jingzhong.exchange.questions.word_numbers import Numbers

_SKIPPED = frozenset(
    {
        "instrText",
        "del",
        "moveFrom",
        "Fallback",
        "pPr",
        "rPr",
        "sectPr",
        "fldSimplePr",
        "commentReference",
        "delText",
    }
)
_RED = frozenset({"FF0000", "C00000", "E00000", "FF3300", "EE0000", "ED1C24", "F00000", "D00000"})
MAX_TEXT = 8_000_000
_NO_PICTURE = str.maketrans({PICTURED: ""})
_NO_SIGNS = str.maketrans(dict.fromkeys((PICTURED, TINTED, UNDER), ""))
_SHOWN = 12
_LONGEST_HEADING = 20
_CN = "[一二三四五六七八九十百]{1,3}"
# A heading that looks like text to Word: 一、单选题（每题 2 分）; 第二章 电气安全.
_HEADING = re.compile(
    rf"(?:第(?:{_CN}|\d{{1,3}})[章节篇]|第(?:{_CN}|\d{{1,3}})部分)[^。？?！!]{{0,30}}"
    rf"|(?:{_CN}[、.．]|[(（]{_CN}[)）])[^。？?！!_]{{0,16}}题[^？?_]{{0,40}}"
)
_NUMBERED = re.compile(r"(?:第\s*)?[(（]?(\d{1,4})\s*(?:题|[.．、)）])[\s.．、:：]*")


@dataclass
class _Block:
    """Either lines or one table of questions, in the order of the document."""

    lines: list[Line]
    table: list[Row] | None = None
    title: str = ""


def read_word(data: bytes) -> Haul:
    """All questions of a .docx; line numbers count its paragraphs."""
    package = Package(data)
    if "word/document.xml" not in package.names:
        raise RefusedError(
            "这个文件里没有 Word 正文。请在 Word 或 WPS 里打开，另存为 .docx", code="no_document"
        )
    names = {
        name: package.xml(f"word/{name}.xml") if f"word/{name}.xml" in package.names else None
        for name in ("numbering", "styles")
    }
    reader = _Reader(Numbers(names["numbering"], names["styles"]))
    body = child(package.xml("word/document.xml"), "body")
    if body is None:
        raise RefusedError(
            "这个文件里没有 Word 正文。请在 Word 或 WPS 里打开，另存为 .docx", code="no_document"
        )
    reader.take(body)
    told = any(
        block.table or any(line.text.translate(_NO_PICTURE).strip() for line in block.lines)
        for block in reader.blocks
    )
    if not told and any("media/" in name for name in package.names):
        raise RefusedError(
            "文档里只有图片，没有文字（可能是扫描件）。请先做文字识别（OCR），再存成 .docx 或 .txt",
            code="scan",
        )
    haul = Haul(places=reader.places)
    for block in reader.blocks:
        if block.table is not None:
            haul.take(read_table(block.table, block.title, headed_only=True) or Haul())
        else:
            haul.take(read_lines(block.lines))
    return haul


def _begun(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


def _last_line(blocks: list[_Block]) -> str:
    """The line above a table, which may say what its questions are."""
    lines = (line.text for block in reversed(blocks) for line in reversed(block.lines))
    return next((text for text in lines if text.strip()), "")


class _Reader:
    """Walks through a body and collects lines; tables of questions stand apart."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.blocks: list[_Block] = [_Block([])]
        self.count = 0
        self.size = 0
        self.places: dict[int, Place] = {}
        self._heading = ""
        self._tables = 0

    def take(self, parent: Element) -> None:
        for item in parent:
            if item.tag == "p":
                self.count += 1
                text = self._paragraph(item)
                self._mark(item, text.translate(_NO_SIGNS).strip())
                self._add(text)
            elif item.tag == "tbl":
                self._table(item)
            elif item.tag in (
                "sdt",
                "sdtContent",
                "ins",
                "moveTo",
                "smartTag",
                "customXml",
                "AlternateContent",
                "Choice",
            ):
                self.take(item)

    def _mark(self, paragraph: Element, text: str) -> None:
        """Note where a paragraph stands: under which heading, and how it begins."""
        text = " ".join(text.split())
        if not text:
            return
        if self.numbers.is_heading(paragraph) or _HEADING.fullmatch(text):
            self._heading = _begun(text, _LONGEST_HEADING)
            self.places[self.count] = Place("", "", f"“{self._heading}”")
            return
        number = _NUMBERED.match(text)
        start = _begun(text[number.end() :] if number else text, _SHOWN)
        self.places[self.count] = Place(self._heading, number[1] if number else "", f"“{start}”")

    def _add(self, text: str) -> None:
        self.size += len(text)
        if self.size > MAX_TEXT:
            raise RefusedError(
                f"文档文字超过 {MAX_TEXT // 1_000_000} 百万字，请拆成几个文件", code="too_long"
            )
        self.blocks[-1].lines += [Line(self.count, part) for part in text.split("\n")]

    def _paragraph(self, paragraph: Element) -> str:
        boxes: list[str] = []
        text = self.numbers.label(paragraph) + "".join(self._pieces(paragraph, boxes))
        text = text.replace(UNDER + UNDER, "").replace(TINTED + TINTED, "")
        return "\n".join([text, *boxes])

    def _pieces(self, element: Element, boxes: list[str]) -> Iterator[str]:
        for item in element:
            if item.tag == "r":
                yield from _run(item, self, boxes)
            elif item.tag == "oMath" or item.tag == "oMathPara":
                yield "".join(part.text or "" for part in item.iter() if part.tag == "t")
            elif item.tag not in _SKIPPED:
                yield from self._pieces(item, boxes)

    def box(self, element: Element) -> str:
        """The text of a text box, its paragraphs as lines."""
        return "\n".join(self._paragraph(item) for item in element if item.tag == "p")

    def _table(self, table: Element, depth: int = 0) -> None:
        start = self.count
        self._tables += 1
        rows: list[Row] = []
        for number, line in enumerate(_rows(table), 1):
            self.count += 1
            here = f"表 {self._tables} 第 {number} 行"
            self.places[self.count] = Place(self._heading, "", here)
            rows.append(Row(self.count, [self._cell(cell) for cell in line]))
        if not rows:
            return
        if max(len(row.cells) for row in rows) > 1 and _asks(rows):
            self.blocks += [_Block([], rows, _last_line(self.blocks)), _Block([])]
            return
        self.count = start
        for row in rows:
            self.count += 1
            self._add(cells_as_text(row.cells))

    def _cell(self, cell: Element) -> str:
        parts = []
        for item in cell:
            if item.tag == "p":
                parts.append(self._paragraph(item))
            elif item.tag == "tbl":
                parts += ["\t".join(self._cell(inner) for inner in line) for line in _rows(item)]
            elif item.tag in ("sdt", "sdtContent"):
                parts.append(self._cell(item))
        return "\n".join(parts)


def _rows(table: Element) -> Iterator[list[Element]]:
    for item in table:
        if item.tag == "tr":
            yield [cell for cell in _flat(item) if cell.tag == "tc"]
        elif item.tag in ("sdt", "sdtContent"):
            yield from _rows(item)


def _flat(row: Element) -> Iterator[Element]:
    for item in row:
        if item.tag in ("sdt", "sdtContent"):
            yield from _flat(item)
        else:
            yield item


def _asks(rows: list[Row]) -> bool:
    """Whether a table holds questions; a key (题号, 答案) or a layout grid is text."""
    haul = read_table(rows, headed_only=True)
    return (
        haul is not None and len(haul.questions) >= 1 and len(haul.questions) * 2 >= len(rows) - 2
    )


def _run(run: Element, reader: _Reader, boxes: list[str]) -> Iterator[str]:
    properties = child(run, "rPr")
    text = "".join(_signs(run, reader, boxes))
    if not text:
        return
    line = value(properties, "u")
    if line and line != "none":
        text = UNDER + text + UNDER
    color = value(properties, "color").upper()
    if color in _RED or value(properties, "highlight") not in ("", "none", "white"):
        text = TINTED + text + TINTED
    yield text


def _signs(run: Element, reader: _Reader, boxes: list[str]) -> Iterator[str]:
    for item in run:
        if item.tag == "t":
            yield item.text or ""
        elif item.tag == "tab":
            yield "\t"
        elif item.tag in ("br", "cr"):
            yield "\n"
        elif item.tag == "noBreakHyphen":
            yield "-"
        elif item.tag == "sym":
            code = item.get("char", "")
            try:
                yield chr(int(code, 16))
            except (ValueError, OverflowError):
                continue
        elif item.tag in ("drawing", "pict", "object", "AlternateContent"):
            found = list(_boxes(item))
            boxes += [reader.box(box) for box in found[:1]]
            if not found:
                yield PICTURED


def _boxes(element: Element) -> Iterator[Element]:
    for item in element:
        if item.tag == "txbxContent":
            yield item
        elif item.tag != "Fallback":
            yield from _boxes(item)
