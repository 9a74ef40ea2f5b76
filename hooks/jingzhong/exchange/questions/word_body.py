"""The body of a Word file as lines and tables of questions, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.found import Place, RefusedError, Row
from jingzhong.exchange.questions.option_cells import cells_as_text
from jingzhong.exchange.questions.package import child, value
from jingzhong.exchange.questions.table import read_table
from jingzhong.exchange.questions.tidy import PICTURED, TINTED, UNDER, Line
from jingzhong.exchange.questions.word_numbers import Numbers
from jingzhong.exchange.questions.word_runs import Runs

MAX_TEXT = 8_000_000
# No table that a person made has more columns.
MAX_SPAN = 63
# What only wraps other parts of a document.
_INSIDE = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "AlternateContent", "Choice"}
)
NO_SIGNS = str.maketrans(dict.fromkeys((PICTURED, TINTED, UNDER), ""))
_SHOWN = 12
_LONGEST_HEADING = 20
_CN = "[一二三四五六七八九十百]{1,3}"
# A heading that looks like text to Word: 一、单选题（每题 2 分）; 第二章 电气安全.
_HEADING = re.compile(
    rf"(?:第(?:{_CN}|\d{{1,3}})[章节篇]|第(?:{_CN}|\d{{1,3}})部分)[^。？?！!]{{0,30}}"
    rf"|(?:{_CN}[、.．]|[(（]{_CN}[)）])[^。？?！!_]{{0,16}}题[^？?_]{{0,40}}"
)
_NUMBERED = re.compile(r"(?:第\s*)?[(（]?(\d{1,4})\s*(?:题|[.．、)）](?!\d))[\s.．、:：]*")


@dataclass
class Block:
    """Either lines or one table of questions, in the order of the document."""

    lines: list[Line]
    table: list[Row] | None = None
    title: str = ""


def _begun(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


def _last_line(blocks: list[Block]) -> str:
    """The line above a table, which may say what its questions are."""
    lines = (line.text for block in reversed(blocks) for line in reversed(block.lines))
    return next((text for text in lines if text.strip()), "")


class Body:
    """Walks through a body and collects lines; tables of questions stand apart."""

    def __init__(self, numbers: Numbers, runs: Runs) -> None:
        self.numbers = numbers
        self.runs = runs
        self.blocks: list[Block] = [Block([])]
        self.count = 0
        self.size = 0
        self.places: dict[int, Place] = {}
        # (line, what it says, whether it is a heading) of every paragraph that says something.
        self.said: list[tuple[int, str, bool]] = []
        self._heading = ""
        self._tables = 0
        # Paragraphs whose end was deleted run on in the next one.
        self._open = ""

    def take(self, parent: Element) -> None:
        """Read everything below an element."""
        for item in parent:
            if item.tag == "p":
                self.count += 1
                if _is_joined(item):
                    self._open += self.runs.text(item, self.count)[0]
                    continue
                text = self._paragraph(item)
                self._mark(item, text.translate(NO_SIGNS).strip())
                self._add(text)
            elif item.tag == "tbl":
                self._table(item)
            elif item.tag in _INSIDE:
                self.take(item)

    def finish(self) -> None:
        """Keep what waits for a next paragraph that never came."""
        if self._open:
            self._add(self._open)
            self._open = ""

    def _mark(self, paragraph: Element, text: str) -> None:
        """Note where a paragraph stands: under which heading, and how it begins."""
        text = " ".join(text.split())
        if not text:
            return
        heading = self.numbers.is_heading(paragraph) or _HEADING.fullmatch(text) is not None
        self.said.append((self.count, text, heading))
        self.runs.notes.texts[self.count] = "" if heading else text
        if heading:
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
        hidden = self.runs.notes.count("hidden")
        text, boxes = self.runs.text(paragraph, self.count)
        text, self._open = self._open + text, ""
        if text or self.runs.notes.count("hidden") == hidden:
            # A paragraph that is hidden whole has no number either.
            text = self.numbers.label(paragraph) + text
        return "\n".join([text, *(self._box(box) for box in boxes)])

    def _box(self, box: Element) -> str:
        """The text of a text box or a cell, its paragraphs as lines."""
        parts = []
        for item in box:
            if item.tag == "p":
                parts.append(self._paragraph(item))
            elif item.tag == "tbl":
                parts += ["\t".join(self._box(inner) for inner in line) for line in _rows(item)]
            elif item.tag in _INSIDE:
                parts.append(self._box(item))
        return "\n".join(parts)

    def _table(self, table: Element) -> None:
        start = self.count
        self._tables += 1
        rows: list[Row] = []
        merged: list[Row] = []
        above: dict[int, str] = {}
        for number, line in enumerate(_rows(table), 1):
            self.count += 1
            here = f"表 {self._tables} 第 {number} 行"
            self.places[self.count] = Place(self._heading, "", here)
            cells = [self._box(cell) for cell in line]
            rows.append(Row(self.count, cells))
            merged.append(Row(self.count, _spread(line, cells, above)))
        if not rows:
            return
        if max(len(row.cells) for row in rows) > 1 and _asks(merged):
            self.blocks += [Block([], merged, _last_line(self.blocks)), Block([])]
            return
        self.count = start
        for row in rows:
            self.count += 1
            self._add(cells_as_text(row.cells))


def _is_joined(paragraph: Element) -> bool:
    """Whether the end of a paragraph was deleted under revision."""
    return child(paragraph, "pPr", "rPr", "del") is not None


def _spread(line: list[Element], cells: list[str], above: dict[int, str]) -> list[str]:
    """A row's cells by column: wide cells leave empty ones behind, tall ones go on below."""
    done: list[str] = []
    for cell, text in zip(line, cells, strict=True):
        properties = child(cell, "tcPr")
        tall = child(properties, "vMerge")
        column = len(done)
        if tall is not None and tall.get("val", "continue") == "continue":
            text = text if text.strip() else above.get(column, "")
        elif tall is not None:
            above[column] = text
        width = value(properties, "gridSpan")
        wide = min(int(width[:3]), MAX_SPAN) if width.isdigit() else 1
        done += [text, *[""] * (wide - 1)]
    return done


def _rows(table: Element) -> Iterator[list[Element]]:
    for item in table:
        if item.tag == "tr":
            if child(item, "trPr", "del") is None:
                yield [cell for cell in _flat(item) if cell.tag == "tc"]
        elif item.tag in _INSIDE:
            yield from _rows(item)


def _flat(row: Element) -> Iterator[Element]:
    for item in row:
        if item.tag in ("sdt", "sdtContent", "customXml"):
            yield from _flat(item)
        else:
            yield item


def _asks(rows: list[Row]) -> bool:
    """Whether a table holds questions; a key (题号, 答案) or a layout grid is text."""
    haul = read_table(rows, headed_only=True)
    return (
        haul is not None and len(haul.questions) >= 1 and len(haul.questions) * 2 >= len(rows) - 2
    )
