"""Warnings that editors accepted, and entries that fit nothing."""

from __future__ import annotations

from jingzhong.rules.accepted import ACCEPTED

from .conftest import CASE, Find

WELL = "cases/2026-10-01-jingzhou-well.md"
WARNING = {
    WELL: [("    publisher: 荆州市应急管理局", "    publisher: 某晚报")],
}
ENTRY = "- path: {path}\n  contains: {contains}\n  reason: 通报只在报纸上刊登过\n"


def test_accepted_warning_is_gone(find: Find) -> None:
    assert len(find(WARNING)) == 1
    entry = ENTRY.format(path=WELL, contains="官方的调查报告、通报或公告")
    assert find({**WARNING, ACCEPTED: entry}) == []


def test_entry_that_fits_nothing(find: Find) -> None:
    entry = ENTRY.format(path=WELL, contains="官方的调查报告、通报或公告")
    (problem,) = find({ACCEPTED: entry})
    assert (problem.path, problem.severity) == (ACCEPTED, "warning")


def test_errors_cannot_be_accepted(find: Find) -> None:
    error = {CASE: [("serious_injuries: 1", "serious_injuries: 4")]}
    entry = ENTRY.format(path=CASE, contains="重伤人数")
    problems = find({**error, ACCEPTED: entry})
    assert {problem.path for problem in problems} == {CASE, ACCEPTED}


def test_reason_is_required(find: Find) -> None:
    entry = f"- path: {WELL}\n  contains: 官方\n"
    problems = find({**WARNING, ACCEPTED: entry})
    assert any("reason" in problem.field for problem in problems)
