"""What is not written yet must not be published: TODO marks, and sources that an importer noted.

`hooks import` writes both (`exchange/reports/draft.py`, `exchange/laws/page.py`), into comments
and into the text; editors write TODO too. `drafts/` is no content and may hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingzhong.errors import Problem, expected, quoted
from jingzhong.model.library import CONTENT
from jingzhong.model.source import Source

_FOLDERS = ("cases/", f"{CONTENT}/regulations/")
# What follows the scheme of an address; its words are no marks.
_URL = re.compile(r"://[^\s)）>，。；]+")
# Chinese stands close to it on both sides; full-width letters are what an input method makes.
_TODO = re.compile(r"(?<![A-Za-z0-9_-])(?:TODO|Todo|ＴＯＤＯ)(?![A-Za-z0-9_-])")
_NOTE = re.compile(r"第 \d+ 段")
_NOTHING = "报告里没有找到这一部分"


def find_todo(line: str) -> int | None:
    """Where a mark stands in a line."""
    if "://" in line:
        line = _URL.sub(lambda match: " " * len(match[0]), line)
    match = _TODO.search(line)
    return match.start() if match else None


def find_note(line: str) -> int | None:
    """Where a source's note begins: `> 第 12 段：…`, or `第 12 段` in a comment."""
    if line.startswith(_NOTHING):
        return 0
    match = _NOTE.search(line)
    noted = match and (line.lstrip().startswith(">") or "#" in line[: match.start()])
    return match.start() if match and noted else None


_KINDS = (
    (
        find_todo,
        "没有待办记号 TODO 的内容",
        "补上要写的，再删去 TODO；没有写完的放在 drafts/ 里",
    ),
    (find_note, "没有报告原文的内容", "用自己的话写好，再删去附着的“第几段”原文"),
)
_MOST, _FAR, _BEFORE = 5, 30, 20


def find_unfinished(source: Source) -> Iterator[Problem]:
    """One problem a kind, at its first line; the message tells the other lines."""
    if not source.path.startswith(_FOLDERS) or source.path.lower().endswith("/readme.md"):
        return
    lines = source.text.split("\n")
    for find, what, example in _KINDS:
        found = [
            (number, start, line)
            for number, line in enumerate(lines, 1)
            if (start := find(line)) is not None
        ]
        if found:
            number, start, line = found[0]
            # A long line is shown from a little before its mark.
            begin = start - _BEFORE if start > _FAR else 0
            shown = quoted(line[begin:].lstrip(" #>"))
            message = expected(what, shown + _others([one for one, *_ in found[1:]]), example)
            yield Problem(source.path, number, "", message)


def _others(places: list[int]) -> str:
    if not places:
        return ""
    shown = "、".join(map(str, places[:_MOST]))
    return f"（还有第 {shown} 行{'等' if len(places) > _MOST else ''}，共 {len(places) + 1} 处）"
