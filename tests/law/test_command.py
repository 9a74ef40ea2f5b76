"""`python hooks cite`: files, standard input, dates, formats, errors."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile

import docx
import pytest

from jingzhong.law.citations import STATUSES
from jingzhong.law.command import _SAID

KEYS = [
    "text",
    "start",
    "end",
    "law",
    "article",
    "paragraph",
    "item",
    "version",
    "current_article",
    "status",
    "message",
]


@pytest.fixture
def run(project):
    def call(*arguments, text=""):
        data = text if isinstance(text, bytes) else text.encode()
        return subprocess.run(
            [sys.executable, "hooks", "cite", *arguments],
            cwd=project,
            input=data,
            capture_output=True,
            check=False,
        )

    return call


def _items(done):
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_json_items(run):
    text = "旧《安全生产法》第五十一条第一款第（二）项"
    (item,) = _items(run("-", "--format", "json", text=text))
    assert list(item) == KEYS
    assert item == {
        "text": "《安全生产法》第五十一条第一款第（二）项",
        "start": 1,
        "end": 21,
        "law": "work-safety-law",
        "article": "51",
        "paragraph": "1",
        "item": "2",
        "version": "2014-08-31",
        "current_article": "54",
        "status": "renumbered",
        "message": "当时第五十一条（现行第五十四条）",
    }
    assert text[item["start"] : item["end"]] == item["text"]


def test_date_governs(run):
    text = "《安全生产法》第五十一条"
    (now,) = _items(run("--format", "json", text=text))
    (then,) = _items(run("--date", "2015-08-12", "--format", "json", text=text))
    assert (now["status"], then["status"]) == ("ok", "renumbered")


def test_file_and_text_format(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff第一行\r\n见《消防法》第二十八条。\r\n".encode())
    done = run(str(path))
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("2:2: 《消防法》第二十八条 → fire-law 第二十八条 [无误]")
    assert lines[-1] == "共 1 处引用，按 2026-11-23 的法律看。"


def test_case_file_brings_its_own_date(run, project):
    case = project / "cases" / "2015-08-12-tianjin-ruihai.md"
    done = run(str(case))
    assert done.stdout.decode().splitlines()[-1].endswith("按 2015-08-12 的法律看。")


def test_a_text_that_begins_with_its_title_is_that_law(run):
    text = "# 中华人民共和国消防法\n\n第六十条 违反本法第二十八条规定的"
    (item,) = _items(run("--format", "json", text=text))
    assert (item["law"], item["article"]) == ("fire-law", "28")


def test_nothing_to_find(run):
    assert _items(run("--format", "json", text="江上有第三条船。")) == []
    assert _items(run("--format", "json", text="")) == []


@pytest.mark.parametrize(
    ("arguments", "text", "words"),
    [
        (["--date", "去年"], "", "--date 应为日期"),
        (["--date", "2015-02-30"], "", "--date 应为日期"),
        (["没有这个文件.txt"], "", "读不了"),
        (["."], "", "读不了"),
        (["没有这个文件.txt"], "", "没有这个文件或文件夹"),
        (["."], "", "这是文件夹"),
        (["-"], b"\x7fELF" + bytes(300), "不是文本"),
        (["-"], bytes(range(256)) * 9, "看不出文字编码"),
    ],
)
def test_errors_are_told_in_chinese(run, arguments, text, words):
    done = run(*arguments, text=text)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert not re.search(r"Traceback|No such|Is a dir", done.stderr.decode())


def _word(*texts, cells=()):
    document, out = docx.Document(), io.BytesIO()
    for text in texts:
        document.add_paragraph(text)
    if cells:
        row = document.add_table(1, len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(out)
    return out.getvalue()


def test_a_word_file_is_read_and_its_paragraphs_named(run, tmp_path):
    path = tmp_path / "稿件.docx"
    texts = ("关于做好消防工作的通知", "", "根据《消防法》第二十八条，不得占用疏散通道。")
    path.write_bytes(_word(*texts, cells=("依据", "《安全生产法》第九百条")))
    done = run(str(path))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        "第 3 段（根据《消防法》第二十八条…）: 《消防法》第二十八条 → fire-law 第二十八条 [无误] "
        "《消防法》第二十八条，现行有效",
        "第 4 段（依据 | 《安全生产法》…）: 《安全生产法》第九百条 → work-safety-law 第九百条 "
        "[没有这一条] 《安全生产法》只有119条，没有第九百条",
        "共 2 处引用，按 2026-11-23 的法律看。",
    ]


def _zip(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "《消防法》第二十八条")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 \xe5", "这是 PDF"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "旧的 .doc 格式"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "这是图片"),
        (_zip("xl/workbook.xml"), "没有 Word 正文"),
        (_word("《消防法》第二十八条")[:900], "压缩包已损坏"),
    ],
)
def test_what_is_no_text_is_refused_whatever_its_name(data, words, run, tmp_path):
    for name in ("稿件.txt", "稿件.docx"):
        (tmp_path / name).write_bytes(data)
        done = run(str(tmp_path / name))
        assert (done.returncode, done.stdout) == (2, b"")
        assert words in done.stderr.decode()


def test_a_text_in_the_encoding_of_old_notepads_is_read(run, tmp_path):
    (tmp_path / "稿件.txt").write_bytes("根据《消防法》第二十八条规定，要做到：".encode("gb18030"))
    (item,) = _items(run(str(tmp_path / "稿件.txt"), "--format", "json"))
    assert (item["law"], item["start"]) == ("fire-law", 2)


def test_every_status_has_a_chinese_name():
    assert set(_SAID) == set(STATUSES)
    assert not any(re.search("[a-z]", words) for words in _SAID.values())
