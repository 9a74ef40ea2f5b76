"""What was reviewed too long ago, before the law changed, or rests on no official source."""

from __future__ import annotations

import pytest

from .conftest import BANK, CASE, LAW, Find

BANK_REVIEWED = "reviewed: 2026-11-01"
LAW_CHANGED = ("effective: 2021-04-29", "effective: 2026-11-10")
FIELDS = {CASE: "violations[1].law", BANK: "questions[1].law", LAW: "reviewed"}


def test_reviewed_before_the_law_changed(find: Find) -> None:
    problems = find({LAW: [LAW_CHANGED]})
    assert {problem.severity for problem in problems} == {"warning"}
    assert {problem.path for problem in problems} == {CASE, BANK, LAW}
    for problem in problems:
        assert "消防法" in problem.message and "2026-11-10" in problem.message
    fields = {(problem.path, problem.field) for problem in problems}
    assert set(FIELDS.items()) <= fields


def test_reviewed_on_the_day_it_changed(find: Find) -> None:
    assert find({LAW: [("effective: 2021-04-29", "effective: 2026-11-01")]}) == []
    assert find({LAW: [("effective: 2021-04-29", "effective: 2026-11")]}) == []


def test_a_change_to_come_is_none_yet(find: Find) -> None:
    assert find({LAW: [("effective: 2021-04-29", "effective: 2027-01-01")]}) == []


def test_law_cited_in_prose_only(find: Find) -> None:
    unnamed = [
        ("    law: fire-law 第二十八条\n", ""),
        ("      - fire-law 第五条\n", ""),
        ("explanation: 楼道是逃生的路", "explanation: 《消防法》第二十八条讲楼道，楼道是逃生的路"),
    ]
    early = ("reviewed: 2026-11-01", "reviewed: 2020-01-01")
    problems = find({BANK: [*unnamed, early]})
    assert "questions[1].explanation" in {problem.field for problem in problems}
    assert "2021-04-29" in problems[0].message
    assert find({BANK: unnamed}) == []


def test_regulation_not_checked_for_a_year(find: Find) -> None:
    old = "content/regulations/old-fire-rules.md"
    (problem,) = find({old: [("reviewed: 2026-11-01", "reviewed: 2025-11-22")]})
    assert (problem.field, problem.severity) == ("reviewed", "warning")
    assert "366 天" in problem.message
    assert find({old: [("reviewed: 2026-11-01", "reviewed: 2025-11-23")]}) == []


WELL = "cases/2026-10-01-jingzhou-well.md"
NOTICE = "  - title: 示例小区“10·1”窒息事故情况通报\n    publisher: 荆州市应急管理局\n"
UNOFFICIAL = [
    "  - title: 小区窒息事故一人遇难\n    publisher: 某晚报\n",
    "  - title: 示例小区“10·1”窒息事故情况通报\n    publisher: 官方通报（某社报道）\n",
    "  - title: 有限空间作业提醒\n    publisher: 荆州市应急管理局\n",
]
OFFICIAL = [
    "  - title: 某小区事故通报\n    publisher: 示例市人民政府\n",
    "  - title: 刑事判决书\n    publisher: 示例市人民法院\n",
    "  - title: 报道\n    publisher: 某报\n  - title: 新闻发布会通报\n    publisher: 湖北省荆州市新闻发布会\n",
]


@pytest.mark.parametrize("sources", UNOFFICIAL)
def test_no_official_source(sources: str, find: Find) -> None:
    (problem,) = find({WELL: [(NOTICE, sources)]})
    assert (problem.field, problem.severity) == ("sources", "warning")


@pytest.mark.parametrize("sources", OFFICIAL)
def test_official_source(sources: str, find: Find) -> None:
    assert find({WELL: [(NOTICE, sources)]}) == []


def test_a_named_report_is_enough(find: Find) -> None:
    source = (
        "  - title: 示例公司“5·6”一般火灾事故调查报告\n    publisher: 荆州市人民政府\n",
        "  - title: 报道\n    publisher: 某报\n",
    )
    assert find({CASE: [source]}) == []
