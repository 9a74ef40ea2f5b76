"""Which reader a file needs, by what its first bytes are; refusals say what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from jingzhong.errors import why
from jingzhong.exchange.questions import gift, moodle, qti
from jingzhong.exchange.questions.declared import hinted_type
from jingzhong.exchange.questions.decode import decode, refuse_spoilt
from jingzhong.exchange.questions.found import Haul, RefusedError, Row
from jingzhong.exchange.questions.nothing import tell_none
from jingzhong.exchange.questions.package import MAX_FILE, Package, parse_xml
from jingzhong.exchange.questions.page import declared_charset, looks_like_page, read_page
from jingzhong.exchange.questions.paper import read_lines
from jingzhong.exchange.questions.patterns import read_joined
from jingzhong.exchange.questions.shapes import read_json
from jingzhong.exchange.questions.sheet import read_sheets
from jingzhong.exchange.questions.sheets_other import looks_like_csv, read_csv, read_ods, read_xls
from jingzhong.exchange.questions.table import heads, read_table, tell_unread
from jingzhong.exchange.questions.tidy import Line, split_lines
from jingzhong.exchange.questions.word import read_word

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
MAX_TEXT = 12_000_000


def read_file(path: Path) -> Haul:
    """All questions of a file. Raises `RefusedError` where it cannot be read."""
    try:
        if path.is_dir():
            raise RefusedError(
                "这是文件夹。请给出文件名，如 python hooks import quiz 题库.docx", code="folder"
            )
        if path.stat().st_size > MAX_FILE:
            raise RefusedError(
                f"文件超过 {MAX_FILE // 1_000_000} MB。请拆成几个文件，或删去其中的图片",
                code="too_big",
            )
        data = path.read_bytes()
    except OSError as error:
        raise RefusedError(
            f"读不了这个文件（{why(error)}）。请检查路径和权限", code="unreadable"
        ) from error
    haul = read_bytes(data, path.name)
    for notice in haul.notices:
        notice.file = notice.file or path.name
        place = haul.places.get(notice.line)
        notice.place = place.words() if place else ""
    for found in haul.questions:
        found.file, found.places = path.name, haul.places
    return haul


def read_bytes(data: bytes, name: str) -> Haul:
    """All questions of a file's bytes; `name` only decides between kinds of text.

    A file that gives none always says so, with what was looked for.
    """
    haul = _read_bytes(data, name)
    if not haul.questions:
        tell_none(haul, name)
    return haul


def _read_bytes(data: bytes, name: str) -> Haul:
    if not data.strip():
        raise RefusedError("文件是空的", code="empty")
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLE):
        return _ole(data)
    suffix = name.rpartition(".")[2].lower()
    _refuse_foreign(data, suffix)
    text, _ = decode(data, declared=declared_charset(data))
    if len(text) > MAX_TEXT:
        raise RefusedError(
            f"文字超过 {MAX_TEXT // 1_000_000} 百万字，请拆成几个文件", code="too_long"
        )
    haul = read_text(text, suffix, name.rpartition(".")[0])
    refuse_spoilt(text, haul)
    return haul


def read_text(text: str, suffix: str = "txt", name: str = "") -> Haul:
    """All questions of a decoded text: JSON, XML, HTML, CSV, GIFT, Aiken or a paper.

    `name` (the file's, without its ending) may hint at the type of a table's questions.
    """
    start = text[:2000].lstrip("\ufeff \t\r\n")
    if suffix in ("json", "jsonl", "ndjson") or (
        start[:1] in "{[" and re.match(r"[{\[]\s*[\"{\[\]}]", start)
    ):
        try:
            return read_json(text)
        except RefusedError:
            if suffix in ("json", "jsonl", "ndjson"):
                raise
    if (
        start.startswith("<")
        and not looks_like_page(text)
        and re.search(r"<\?xml|<quiz\b|<(?:qti-)?assessment-?[iI]tem|<questestinterop", start)
    ):
        return _xml(text)
    if looks_like_page(text) or suffix in ("html", "htm"):
        if (
            "<questestinterop" in start
            or "<quiz>" in start
            or "<quiz " in start
            or "assessmentItem" in start
            or "assessment-item" in start
        ):
            return _xml(text)
        return read_page(text)
    lines = split_lines(text)
    if (joined := read_joined(lines)) is not None:
        return joined
    if suffix in ("csv", "tsv") or looks_like_csv(text):
        rows = read_csv(text)
        haul = read_table(rows, hinted_type(name))
        if haul is not None and not haul.questions:
            tell_unread(rows, haul)
        if haul is not None and (haul.questions or suffix in ("csv", "tsv")):
            return haul
    if gift.looks_like_gift(text):
        return gift.read_gift(text)
    if gift.looks_like_aiken(lines):
        return gift.read_aiken(lines)
    haul = read_lines(lines, markdown=suffix in ("md", "markdown"))
    if suffix in ("csv", "tsv") and not haul.questions:
        tell_unread(read_csv(text), haul)
    return haul


def _xml(text: str) -> Haul:
    # The text is decoded already: an encoding that the file declares no longer holds.
    root = parse_xml(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).encode(), "XML 文件")
    if root.tag == "quiz":
        return moodle.read_moodle(root)
    if qti.is_item(root):
        return qti.read_items(root)
    raise RefusedError(
        f"不认识的 XML（根元素是 {root.tag[:40]}）。支持 Moodle XML 和 QTI 2.1、3.0",
        code="unknown_xml",
    )


def _packed(data: bytes) -> Haul:
    package = Package(data)
    names = package.names
    if "word/document.xml" in names:
        return read_word(data)
    if "xl/workbook.xml" in names:
        told = Haul()
        told.take(_sheets(read_sheets(data, told)))
        return told
    if "mimetype" in names and "content.xml" in names:
        kind = package.read("mimetype").decode("ascii", "replace")
        if "spreadsheet" in kind:
            return _sheets(read_ods(data))
        raise RefusedError(
            "这是 OpenDocument 文字或演示文档。请在 LibreOffice 或 WPS 里另存为 .docx 再导入",
            code="odt",
        )
    if "ppt/presentation.xml" in names:
        raise RefusedError("这是演示文稿。请把题目复制到 Word，存成 .docx 再导入", code="slides")
    haul = qti.read_package(package)
    if haul is not None:
        return haul
    if any(name.lower().endswith((".docx", ".xlsx", ".txt", ".doc", ".xls")) for name in names):
        raise RefusedError("这是压缩包。请先解压，再导入里面的文件", code="archive")
    raise RefusedError("不认识的压缩文件。支持 .docx、.xlsx、.ods 和 QTI 包", code="unknown_zip")


def _sheets(sheets: Sequence[tuple[str, list[Row]]]) -> Haul:
    """Every sheet: a table of questions, or lines of text in one column."""
    haul = Haul()
    known = heads(sheets)
    for name, rows in sheets:
        part = read_table(rows, name, known=known)
        if part is None or not part.questions:
            lines = [
                Line(row.number, line)
                for row in rows
                for line in "\t".join(cell for cell in row.cells if cell.strip()).split("\n")
            ]
            part = read_lines(lines)
            if not part.questions:
                tell_unread(rows, part)
        for found in part.questions:
            found.section = found.section or (name if len(sheets) > 1 else "")
        haul.take(part)
    return haul


def _ole(data: bytes) -> Haul:
    """Old binary Office files, by the names of their streams."""
    streams = {
        word
        for word in ("WordDocument", "Workbook", "Book", "EncryptedPackage", "PowerPoint Document")
        if word.encode("utf-16-le") in data
    }
    if "EncryptedPackage" in streams:
        raise RefusedError(
            "文件加了密码。请先在 Word 或 Excel 里去掉密码，另存一份再导入", code="password"
        )
    if "WordDocument" in streams:
        raise RefusedError(
            "这是旧的 .doc 格式（Word 97–2003）。请用 Word 或 WPS 打开，另存为 .docx 再导入",
            code="legacy_doc",
        )
    if "PowerPoint Document" in streams:
        raise RefusedError(
            "这是旧的演示文稿。请把题目复制到 Word，存成 .docx 再导入", code="slides"
        )
    if streams & {"Workbook", "Book"}:
        return _sheets(read_xls(data))
    raise RefusedError(
        "不认识的旧版 Office 文件，或文件已损坏。请用 Word 或 WPS 打开，另存为 .docx 或 .xlsx",
        code="unknown_ole",
    )


def _refuse_foreign(data: bytes, suffix: str) -> None:
    if data.startswith(b"%PDF"):
        raise RefusedError(
            "这是 PDF。请用 Word 或 WPS 打开 PDF 另存为 .docx；如果是扫描件，先做文字识别（OCR）。也可以复制文字存成 .txt",
            code="pdf",
        )
    if (
        data.startswith(_IMAGES)
        and (data[:4] != b"RIFF" or data[8:12] == b"WEBP")
        and data[:2] != b"BM"
    ) or (data[:2] == b"BM" and data.count(b"\0", 0, 64) > 8):
        raise RefusedError(
            "这是图片。请先做文字识别（OCR），把文字存成 .txt 或 .docx 再导入", code="image"
        )
    if data.startswith(b"{\\rtf"):
        raise RefusedError("这是 RTF 格式。请用 Word 或 WPS 打开，另存为 .docx 再导入", code="rtf")
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")):
        raise RefusedError("这是压缩包。请先解压，再导入里面的文件", code="archive")
    if b"<?mso-application" in data[:300] or data[:200].lower().startswith(b"mime-version"):
        raise RefusedError(
            "这是 Word 的网页或 XML 存档格式。请用 Word 或 WPS 打开，另存为 .docx 再导入",
            code="word_archive",
        )
    if suffix in ("doc", "wps", "xls", "et", "docx", "xlsx") and data.count(b"\0", 0, 4000) > 200:
        raise RefusedError(
            "文件已损坏，或扩展名和内容不符。请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx",
            code="broken",
        )
