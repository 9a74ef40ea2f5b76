"""Files too big, too deep or not text: made here rather than kept. Each brings one message.

Refusing them takes no longer than looking at them: 50 MB and 200,000 brackets in under two
seconds each.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

CASE, BANK, PAGE = "cases/2026-10-01-jingzhou-well.md", "quizzes/home.yml", "content/about.md"
CONFIG = "mkdocs.yml"
CONVERT = (
    "例：用记事本打开，选“文件→另存为”，编码选 UTF-8；"
    "或运行 iconv -f GB18030 -t UTF-8 旧文件 > 新文件（UTF-16 时把 GB18030 换成 UTF-16）"
)
DEEP = "字段 正文: 应为最多 16 层列表或引用，实际为层数更多的内容。例：- 一项"
REFUSED = {
    "fifty-megabytes": (
        BANK,
        f"{BANK}:1: 应为不超过 2 MB 的文本文件，实际为 50.0 MB。例：把一个大文件拆成几个小文件",
    ),
    "just-too-big": (
        BANK,
        f"{BANK}:1: 应为不超过 2 MB 的文本文件，实际为 2.1 MB。例：把一个大文件拆成几个小文件",
    ),
    "brackets-in-bank": (
        BANK,
        f"{BANK}:1: 应为最多 16 层缩进或括号，实际为层数更多的内容。例：title: 名称",
    ),
    "braces-in-bank": (
        BANK,
        f"{BANK}:1: 应为最多 16 层缩进或括号，实际为层数更多的内容。例：title: 名称",
    ),
    "dashes-in-bank": (
        BANK,
        f"{BANK}:1: 应为最多 16 层缩进或括号，实际为层数更多的内容。例：title: 名称",
    ),
    "brackets-in-head": (
        CASE,
        f"{CASE}:2: 应为最多 16 层缩进或括号，实际为层数更多的内容。例：title: 名称",
    ),
    "brackets-in-settings": (
        CONFIG,
        f"{CONFIG}:1: 应为最多 16 层缩进或括号，实际为层数更多的内容。例：title: 名称",
    ),
    "brackets-in-body": (
        CASE,
        f"{CASE}:30: 字段 正文: 应为一段里最多 500 个方括号，实际为更多方括号。例：空一行，分成几段",
    ),
    "brackets-in-page": (
        PAGE,
        f"{PAGE}:24: 字段 正文: 应为一段里最多 500 个方括号，实际为更多方括号。例：空一行，分成几段",
    ),
    "quotes-in-body": (CASE, f"{CASE}:31: {DEEP}"),
    "lists-in-body": (CASE, f"{CASE}:31: {DEEP}"),
    "deep-list-in-body": (CASE, f"{CASE}:47: {DEEP}"),
    "nul": (
        CASE,
        f"{CASE}:3: 应为纯文本，实际为含有空字节（NUL）的内容，文件已损坏，或不是文本。例：换成完好的文件，重新保存为 UTF-8",
    ),
    "gbk": (CASE, f"{CASE}:2: 应为 UTF-8 编码，实际为像是 GBK（GB18030）编码的文件。{CONVERT}"),
    "utf-16": (CASE, f"{CASE}:1: 应为 UTF-8 编码，实际为 UTF-16 编码的文件。{CONVERT}"),
    "utf-16-big-end-first": (
        CASE,
        f"{CASE}:1: 应为 UTF-8 编码，实际为 UTF-16 编码的文件。{CONVERT}",
    ),
    "no-encoding": (PAGE, f"{PAGE}:14: 应为 UTF-8 编码，实际为无法识别的编码。{CONVERT}"),
    "bell": (
        BANK,
        f"{BANK}:1: 应为看得见的文字，实际为看不见的字符 U+0007（在“家庭安全”之后）。例：删去这里，重新输入",
    ),
    "line-separator": (
        PAGE,
        f"{PAGE}:2: 应为看得见的文字，实际为看不见的字符 U+2028（在行首）。例：删去这里，重新输入",
    ),
    "zero-width-space": (
        CASE,
        f"{CASE}:2: 应为看得见的文字，实际为看不见的字符 U+200B（在“title”之后）。例：删去这里，重新输入",
    ),
    "nowhere": (
        PAGE,
        f"{PAGE}:1: 应为能打开的文件，实际为打不开（没有读取权限、已被删除，或是失效的快捷方式）。例：换成真正的文件",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(
    name: str,
    generated: dict[str, dict[str, bytes]],
    overlay: Callable[[dict[str, bytes]], Path],
    checked: Callable[[Path], list[str]],
) -> None:
    path, message = REFUSED[name]
    assert path in generated[name]
    root = overlay(generated[name])
    started = time.process_time()
    problems = checked(root)
    assert time.process_time() - started < 2
    assert problems == [message]


def test_every_generated_file_is_tested(generated: dict[str, dict[str, bytes]]) -> None:
    assert set(REFUSED) == set(generated)
