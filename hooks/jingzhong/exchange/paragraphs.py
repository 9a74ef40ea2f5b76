"""A document as plain paragraphs: .docx, .md and .txt, for statutes and reports.

Unlike the reader for question papers it keeps the text alone: no check marks, no colours. Tables
become one line a row, cells apart by ` | `. Limits and refusals are those of the question reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from jingzhong.errors import why
from jingzhong.exchange.questions.decode import decode
from jingzhong.exchange.questions.found import RefusedError
from jingzhong.exchange.questions.package import MAX_FILE, Package, child
from jingzhong.exchange.questions.word_numbers import Numbers

MAX_TEXT = 4_000_000
_NO_TEXT = frozenset({"del", "delText", "moveFrom", "instrText", "Fallback", "pPr", "rPr", "rt"})
_INSIDE = frozenset({"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"})
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff]"
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*$")
_HEAD_END = "INFO END"
# First bytes → what the file is and what to do.
_FOREIGN = (
    (b"%PDF", "这是 PDF。请用 Word 或 WPS 打开 PDF 另存为 .docx；扫描件先做文字识别（OCR）"),
    (
        bytes.fromhex("d0cf11e0a1b11ae1"),
        "这是旧的 .doc 格式或加了密码的文件。请用 Word 或 WPS 打开，另存为不加密的 .docx",
    ),
    (b"{\\rtf", "这是 RTF 格式。请用 Word 或 WPS 打开，另存为 .docx"),
    (b"\x89PNG", "这是图片。请先做文字识别（OCR），存成 .txt 或 .docx"),
    (b"\xff\xd8\xff", "这是图片。请先做文字识别（OCR），存成 .txt 或 .docx"),
    (b"Rar!", "这是压缩包。请先解压，再导入里面的文件"),
    (b"7z\xbc\xaf", "这是压缩包。请先解压，再导入里面的文件"),
    (b"\x1f\x8b", "这是压缩包。请先解压，再导入里面的文件"),
)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `line` counts paragraphs of a .docx and lines of a text file.

    `level` is that of a Markdown heading, 0 for other text. `ends_head` marks the line that the
    corpus of statutes puts under the note about versions.
    """

    line: int
    text: str
    level: int = 0
    ends_head: bool = False


def read_paragraphs(path: Path) -> list[Paragraph]:
    """The paragraphs of a file, empty ones left out. Raises `RefusedError`."""
    try:
        if path.is_dir():
            raise RefusedError("这是文件夹，请给出文件名", code="folder")
        if path.stat().st_size > MAX_FILE:
            raise RefusedError(f"文件超过 {MAX_FILE // 1_000_000} MB，请删去图片再导入")
        data = path.read_bytes()
    except FileNotFoundError:
        raise RefusedError("没有这个文件，请检查文件名和路径", code="missing") from None
    except OSError as error:
        raise RefusedError(f"读不了这个文件（{why(error)}）") from error
    return paragraphs_of(data, path.suffix.lower())


def paragraphs_of(data: bytes, suffix: str) -> list[Paragraph]:
    """The paragraphs of a file's bytes. Raises `RefusedError`."""
    if not data.strip():
        raise RefusedError("文件是空的", code="empty")
    if data.startswith(b"PK"):
        found = list(_word(data))
    else:
        for sign, message in _FOREIGN:
            if data.startswith(sign):
                raise RefusedError(message, code="foreign")
        text, _ = decode(data)
        if len(text) > MAX_TEXT:
            raise RefusedError(f"文字超过 {MAX_TEXT // 1_000_000} 百万字，请拆成几个文件")
        found = list(_lines(text, suffix in (".md", ".markdown")))
    if not any(paragraph.text for paragraph in found):
        raise RefusedError(
            "文件里没有文字（可能是扫描件）。请先做文字识别（OCR），再存成 .docx 或 .txt"
        )
    return found


def _lines(text: str, markdown: bool) -> Iterator[Paragraph]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    if markdown:
        # A comment goes, its lines stay, so that line numbers hold.
        text = _COMMENT.sub(
            lambda c: ("\0" if _HEAD_END in c[0] else "") + "\n" * c[0].count("\n"), text
        )
    for number, line in enumerate(text.split("\n"), 1):
        ends, line = markdown and "\0" in line, tidy(line.replace("\0", ""))
        heading = _HEADING.match(line) if markdown else None
        if heading:
            yield Paragraph(number, heading[2].replace("**", "").strip(), len(heading[1]))
        elif line:
            yield Paragraph(number, line.replace("**", "") if markdown else line)
        if ends:
            yield Paragraph(number, "", ends_head=True)


def tidy(text: str) -> str:
    """One line without what nobody sees and without blanks around it."""
    return _INVISIBLE.sub("", text.replace("\t", " ").replace("\xa0", " ")).strip(" \u3000")


def _word(data: bytes) -> Iterator[Paragraph]:
    package = Package(data)
    if "word/document.xml" not in package.names:
        raise RefusedError("这个文件里没有 Word 正文。请在 Word 或 WPS 里打开，另存为 .docx")
    parts = {
        name: package.xml(f"word/{name}.xml") if f"word/{name}.xml" in package.names else None
        for name in ("numbering", "styles")
    }
    body = child(package.xml("word/document.xml"), "body")
    if body is None:
        raise RefusedError("这个文件里没有 Word 正文。请在 Word 或 WPS 里打开，另存为 .docx")
    numbers, size = Numbers(parts["numbering"], parts["styles"]), 0
    for count, text in enumerate(_blocks(body, numbers), 1):
        size += len(text)
        if size > MAX_TEXT:
            raise RefusedError(f"文字超过 {MAX_TEXT // 1_000_000} 百万字，请拆成几个文件")
        for part in text.split("\n"):
            if line := tidy(part):
                yield Paragraph(count, line)


def _blocks(parent: Element, numbers: Numbers) -> Iterator[str]:
    for item in parent:
        if item.tag == "p":
            yield numbers.label(item) + "".join(_pieces(item))
        elif item.tag == "tbl":
            for row in _found(item, "tr"):
                cells = ["".join(_blocks(cell, numbers)) for cell in _found(row, "tc")]
                yield " | ".join(cell.replace("\n", " ").strip() for cell in cells)
        elif item.tag in _INSIDE:
            yield from _blocks(item, numbers)


def _found(parent: Element, tag: str) -> Iterator[Element]:
    for item in parent:
        if item.tag == tag:
            yield item
        elif item.tag in _INSIDE:
            yield from _found(item, tag)


def _pieces(element: Element) -> Iterator[str]:
    for item in element:
        if item.tag == "t":
            yield item.text or ""
        elif item.tag == "tab":
            yield "\t"
        elif item.tag in ("br", "cr"):
            yield "\n"
        elif item.tag == "noBreakHyphen":
            yield "-"
        elif item.tag not in _NO_TEXT:
            yield from _pieces(item)
