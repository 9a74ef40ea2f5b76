""".docx → questions; numbers, letters, check marks, underlines and what Word hides are kept or told.

A document is read once; again where it says what a colour means, or where its hidden text may be
the answers, and that reading is taken only where it answers more and changes no other answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.found import Found, Haul, RefusedError
from jingzhong.exchange.questions.package import Package, child
from jingzhong.exchange.questions.paper import read_lines
from jingzhong.exchange.questions.table import read_table
from jingzhong.exchange.questions.tidy import PICTURED
from jingzhong.exchange.questions.word_body import Body
from jingzhong.exchange.questions.word_looks import Looks, Way
from jingzhong.exchange.questions.word_marked import offered_rule, stated_rule, take_stated
from jingzhong.exchange.questions.word_notes import tell
from jingzhong.exchange.questions.word_numbers import Numbers
from jingzhong.exchange.questions.word_runs import Runs

_NO_PICTURE = str.maketrans({PICTURED: ""})
_NO_BODY = "这个文件里没有 Word 正文。请在 Word 或 WPS 里打开，另存为 .docx"


class _Document:
    """The parts of a .docx that its text needs."""

    def __init__(self, package: Package) -> None:
        parts = {
            name: package.xml(f"word/{name}.xml") if f"word/{name}.xml" in package.names else None
            for name in ("numbering", "styles")
        }
        self.numbering, self.styles = parts["numbering"], parts["styles"]
        body = child(package.xml("word/document.xml"), "body")
        if body is None:
            raise RefusedError(_NO_BODY, code="no_document")
        self.body: Element = body

    def walk(self, way: Way) -> Body:
        """The lines and tables of one reading."""
        runs = Runs(Looks(self.styles), way)
        body = Body(Numbers(self.numbering, self.styles), runs)
        body.take(self.body)
        body.finish()
        return body

    def read(self, way: Way) -> tuple[Haul, Body]:
        """The questions of one reading."""
        body = self.walk(way)
        haul = Haul(places=body.places)
        for block in body.blocks:
            if block.table is not None:
                haul.take(read_table(block.table, block.title, headed_only=True) or Haul())
            else:
                haul.take(read_lines(block.lines))
        return haul, body


def read_word(data: bytes) -> Haul:
    """All questions of a .docx; line numbers count its paragraphs."""
    package = Package(data)
    if "word/document.xml" not in package.names:
        raise RefusedError(_NO_BODY, code="no_document")
    document = _Document(package)
    body = document.walk(Way())
    _refuse_scan(body, package)
    said = stated_rule(body.said)
    way = Way(rule=said.rule) if said else Way()
    haul, body = document.read(way)
    if body.runs.notes.count("hidden"):
        shown = document.read(replace(way, hidden=True))
        if _answers_more(haul.questions, shown[0].questions):
            way, (haul, body) = replace(way, hidden=True), shown
    if said:
        haul, body = take_stated(
            said, haul, body, lambda rule: document.read(replace(way, rule=rule))
        )
    else:
        haul, body = offered_rule(haul, body, lambda rule: document.read(replace(way, rule=rule)))
    tell(body.runs.notes, haul, package, took_hidden=way.hidden)
    return haul


def _refuse_scan(body: Body, package: Package) -> None:
    told = any(
        block.table or any(line.text.translate(_NO_PICTURE).strip() for line in block.lines)
        for block in body.blocks
    )
    if not told and any("media/" in name for name in package.names):
        raise RefusedError(
            "文档里只有图片，没有文字（可能是扫描件）。请先做文字识别（OCR），再存成 .docx 或 .txt",
            code="scan",
        )


def _answers_more(before: Sequence[Found], after: Sequence[Found]) -> bool:
    """Whether hidden text is answers: the same questions, more of them answered, none otherwise."""
    if len(after) < len(before) or not _answered(after) > _answered(before):
        return False
    rest = {found.line: found for found in after}
    return all(
        (other := rest.get(found.line)) is not None
        and other.options == found.options
        and found.answer in (None, other.answer)
        for found in before
    )


def _answered(questions: Sequence[Found]) -> int:
    return sum(found.answer is not None for found in questions) + sum(
        bool(found.explanation) for found in questions
    )
