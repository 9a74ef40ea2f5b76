"""How faults are worded, sorted and told apart."""

from __future__ import annotations

import pytest

from jingzhong.errors import ContentError, Problem, Report, closest, expected, nearest, quoted


@pytest.mark.parametrize(
    ("what", "got", "example", "text"),
    [
        ("文字", "空值", "", "应为文字，实际为空值"),
        ("文字", "空值", "甲", "应为文字，实际为空值。例：甲"),
        ("2 项", "-1", "3", "应为 2 项，实际为 -1。例：3"),
        ("字段", "“a”；是不是“b”？", "b: 1", "应为字段，实际为“a”；是不是“b”？例：b: 1"),
    ],
)
def test_expected(what: str, got: str, example: str, text: str) -> None:
    assert expected(what, got, example) == text


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("titel", ("title", "time"), "title"),
        ("TITLE", ("title", "time"), "title"),
        ("消方", ("消防", "燃气"), "消防"),
        ("可燃气爆炸", ("可燃气体爆炸", "粉尘爆炸"), "可燃气体爆炸"),
        ("xyz", ("title", "time"), None),
        ("编者认定", ("报告认定", "编者对照"), None),
        ("home", ("mine", "gas"), None),
        ("", ("title",), None),
        ("title", (), None),
        ("t" * 100_000, ("title",), None),
    ],
)
def test_closest(word: str, known: tuple[str, ...], meant: str | None) -> None:
    assert closest(word, known) == meant
    assert closest(word, tuple(reversed(known))) == meant
    assert nearest(word, known) == (f"；是不是“{meant}”？" if meant else "")


def test_quoted_is_one_short_line() -> None:
    assert quoted("一\n 二") == "“一 二”"
    assert quoted("长" * 50) == f"“{'长' * 40}…”"


def test_report_keeps_each_fault_once_and_sorts() -> None:
    report = Report()
    report.error("b.md", 2, "", "乙")
    report.warn("a.md", 9, "", "丙")
    report.error("b.md", 0, "", "甲")
    report.error("b.md", 2, "", "乙")
    assert [str(problem) for problem in report.problems] == [
        "a.md:9: （提醒）丙",
        "b.md:1: 甲",
        "b.md:2: 乙",
    ]
    assert len(report) == 3
    assert [problem.path for problem in report.errors] == ["b.md", "b.md"]
    error = ContentError([*report.problems, Problem("b.md", 2, "", "乙")])
    assert error.problems == report.problems
    assert str(error).splitlines()[0] == "a.md:9: （提醒）丙"
