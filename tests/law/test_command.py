"""`python hooks cite`: files, standard input, dates, formats, errors."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

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
    assert lines[0].startswith("2:2: 《消防法》第二十八条 → fire-law 第二十八条 [ok]")
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
        (["-"], "《消防法》".encode("gbk"), "UTF-8"),
    ],
)
def test_errors_are_told_in_chinese(run, arguments, text, words):
    done = run(*arguments, text=text)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
