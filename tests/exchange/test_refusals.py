"""What cannot be read is refused with words that say what to do; nothing is unpacked or guessed."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import containers
import pytest

from jingzhong.exchange.questions.found import RefusedError
from jingzhong.exchange.questions.open_file import read_bytes, read_file

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + b"\0" * 600


def bomb() -> bytes:
    out = BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(600):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def liar() -> bytes:
    """A part that unpacks to more than its header says."""
    data = bytearray(containers.zipped({"word/document.xml": b" " * 90_000_000}))
    size = (90_000_000).to_bytes(4, "little")
    return bytes(data.replace(size, (1000).to_bytes(4, "little")))


def encrypted() -> bytes:
    data = bytearray(containers.zipped({"xl/workbook.xml": b"<workbook/>"}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


ENTITY = b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz><question type="essay"><questiontext><text>&a;</text></questiontext></question></quiz>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>'


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "x.txt", "空"),
        (b"%PDF-1.7 ...", "x.pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "x.png", "OCR"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 90, "scan.txt", "OCR"),
        (stream("WordDocument"), "x.doc", ".docx"),
        (stream("WordDocument"), "x.docx", ".docx"),
        (stream("EncryptedPackage"), "x.docx", "密码"),
        (stream("PowerPoint Document"), "x.ppt", ".docx"),
        (stream("Workbook"), "x.xls", ".xlsx"),
        (OLE, "x.wps", ".docx"),
        (b"{\\rtf1 x}", "x.rtf", ".docx"),
        (b"Rar!\x1a\x07", "x.rar", "解压"),
        (b"PK\x03\x04 broken", "x.docx", "损坏"),
        (containers.word_with_lists()[:-2000], "x.docx", "损坏"),
        (encrypted(), "x.xlsx", "密码"),
        (bomb(), "x.docx", "没有打开"),
        (liar(), "x.docx", ""),
        (containers.zipped({"a/b.docx": b"x"}), "x.zip", "解压"),
        (containers.zipped({"../../etc/passwd": b"x"}), "x.zip", "不认识"),
        (containers.zipped({"word/document.xml": LAUGHS}), "x.docx", "实体"),
        (containers.zipped({"word/document.xml": b"<a>" * 50_000}), "x.docx", "太深"),
        (containers.zipped({"word/document.xml": b"<a><b></a>"}), "x.docx", "XML"),
        (ENTITY, "x.xml", "实体"),
        (b"<?xml version='1.0'?><book/>", "x.xml", "Moodle"),
        (b'{"question": "a", "options": [', "x.json", "第 1 行"),
        (b"[" * 100_000, "x.json", "嵌套"),
        ("锟斤拷锟斤拷锟斤拷 1. 锟斤拷（ ）".encode(), "x.txt", "乱码"),
        ("1. 安全帽应当（ ）。A. 系带".encode().decode("latin-1").encode(), "x.txt", "乱码"),
        (bytes(range(128, 255)) * 40, "x.txt", "编码"),
        (b"\x00\x01\x02\x03" * 400, "x.txt", "二进制"),
    ],
)
def test_refused(data: bytes, name: str, word: str) -> None:
    started = time.perf_counter()
    tracemalloc.start()
    with pytest.raises(RefusedError) as caught:
        read_bytes(data, name)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert word in caught.value.message
    assert caught.value.line >= 1 and "\n" not in caught.value.message
    assert time.perf_counter() - started < 5
    assert peak < 250_000_000


def test_a_scan_in_word() -> None:
    import docx

    document = docx.Document()
    packed = zipfile.ZipFile(BytesIO(containers.saved(document)))
    parts = {name: packed.read(name) for name in packed.namelist()} | {
        "word/media/image1.png": b"x"
    }
    with pytest.raises(RefusedError, match="OCR"):
        read_bytes(containers.zipped(parts), "x.docx")


@pytest.mark.parametrize(("name", "word"), [("missing.txt", "读不了"), (".", "文件夹")])
def test_paths(tmp_path: Path, name: str, word: str) -> None:
    with pytest.raises(RefusedError, match=word):
        read_file(tmp_path / name)


def test_twin_the_same_files_sound_are_read() -> None:
    assert read_bytes(containers.word_with_lists(), "x.docx").questions
    assert read_bytes(containers.excel_as_met(), "x.xlsx").questions
