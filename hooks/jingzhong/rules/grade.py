"""The grade that the numbers give, and whether the grade a case states agrees with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jingzhong.errors import Problem, expected
from jingzhong.model.cases import GRADES, Case
from jingzhong.model.library import Library

# 国务院令第493号第三条, highest first: deaths (with missing), serious injuries, loss in 万元.
_THRESHOLDS = ((30, 100, 10_000), (10, 50, 5_000), (3, 10, 1_000), (0, 0, 0))
_DAYS, _DAYS_SPECIAL = 30, 7
_RAILWAY = re.compile(r"铁路|列车|火车|动车")


@dataclass(frozen=True)
class Computed:
    """A grade by numbers; not `complete` when a number is unknown, so that it may still rise."""

    grade: str
    complete: bool
    by: str


@dataclass(frozen=True)
class GradeFacts:
    """What a page shows about the grade; every text is Chinese and ready to print.

    `grade` is the stated one, or the computed one where none is stated, or None where no number
    is known. `is_preliminary` means: show it as 初判. `basis` says where it comes from.
    """

    grade: str | None
    is_preliminary: bool
    is_lower_bound: bool
    basis: str
    special_rule: str

    @property
    def text(self) -> str:
        """较大, 重大（初判）, 一般（初判，下限）, 未公布."""
        if self.grade is None:
            return "未公布"
        marks = ["初判"] * self.is_preliminary + ["下限"] * self.is_lower_bound
        return f"{self.grade}（{'，'.join(marks)}）" if marks else self.grade


def computed_grade(
    deaths: int | None, missing: int | None, serious: int | None, loss_wan: float | None
) -> Computed | None:
    """The grade of 国务院令第493号 art. 3; None when no number is known at all.

    Deaths and missing count together; serious injuries include acute industrial poisoning;
    the loss is direct and in 万元. Each threshold includes its number (以上包括本数), each upper
    limit excludes it (以下不包括本数). Each dimension gives a grade and the highest wins. An unknown
    number counts as nothing known, never as zero damage: it can only raise the grade, so the
    result is then a lower bound. Rescuers hurt while rescuing are not counted.
    """
    lost = None if deaths is None and missing is None else (deaths or 0) + (missing or 0)
    numbers = (lost, serious, loss_wan)
    if all(number is None for number in numbers):
        return None
    ranks = [
        next(rank for rank, limits in enumerate(_THRESHOLDS) if number >= limits[column])
        for column, number in enumerate(numbers)
        if number is not None
    ]
    names = [
        name
        for name, number in zip(
            ("死亡和失踪人数", "重伤人数", "直接经济损失"), numbers, strict=True
        )
        if number is not None
    ]
    best = min(ranks)
    complete = None not in (deaths, missing, serious, loss_wan)
    return Computed(GRADES[best], complete or best == 0, names[ranks.index(best)])


def case_grade(case: Case) -> Computed | None:
    """The grade a case's numbers give; deaths as they stood when the grade was set, if told.

    When more people die after the days that 国务院令第493号 art. 13 counts, the later deaths do
    not change the grade; `reported` holds the number that did.
    """
    people = case.casualties
    deaths = people.deaths
    if case.reported and case.reported.deaths is not None:
        deaths = case.reported.deaths
    serious, loss = people.serious_injuries, case.economic_loss_wan
    computed = computed_grade(deaths, people.missing, serious, loss)
    if computed and serious is None and people.injuries is not None:
        # The seriously injured are among the injured: where even all of them raise nothing,
        # not knowing how many they are leaves nothing open.
        most = computed_grade(deaths, people.missing, people.injuries, loss)
        if most and most.grade == computed.grade:
            return replace(computed, complete=most.complete)
    return computed


def counting_days(case: Case) -> int:
    """Days after the accident within which its deaths count (国务院令第493号 art. 13)."""
    special = case.accident_type.current in ("火灾", "道路（轨道）车辆致害")
    return _DAYS_SPECIAL if special else _DAYS


def special_rule(case: Case) -> str:
    """Which counting rule applies to this accident, for its facts box."""
    if case.accident_type.current == "火灾":
        return "火灾事故的伤亡按事发后7日内统计（国务院令第493号第十三条）"
    if case.accident_type.current == "道路（轨道）车辆致害":
        if _RAILWAY.search(case.title):
            return (
                "铁路交通事故的伤亡按事发后7日内统计，"
                "脱轨辆数和中断行车时间另有等级标准（国务院令第501号）"
            )
        return "道路交通事故的伤亡按事发后7日内统计（国务院令第493号第十三条）"
    return "伤亡按事发后30日内统计（国务院令第493号第十三条）"


def grade_facts(case: Case) -> GradeFacts:
    """Everything a template needs to show the grade honestly; no side effects."""
    by_numbers = case_grade(case)
    rule = special_rule(case)
    if case.grade:
        basis = case.grade_basis or ""
        return GradeFacts(case.grade, case.is_preliminary, False, basis, rule)
    if by_numbers is None:
        return GradeFacts(None, False, False, "", rule)
    basis = f"编者按{by_numbers.by}推定（国务院令第493号第三条）"
    return GradeFacts(by_numbers.grade, True, not by_numbers.complete, basis, rule)


def check_grades(library: Library) -> Iterator[Problem]:
    """A stated grade differs from what the numbers give and no `grade_basis` says why."""
    for case in library.cases:
        numbers = case_grade(case)
        if case.grade is None or numbers is None or case.grade == numbers.grade:
            continue
        if case.grade_basis:
            continue
        bound = "" if numbers.complete else "（有的数字未公布，这是下限）"
        what = (
            f"“{numbers.grade}”{bound}，即按{numbers.by}和国务院令第493号第三条得出的等级；"
            "官方另有认定时用 grade_basis 写明依据"
        )
        example = "grade_basis: 调查报告按直接经济损失定级"
        message = expected(what, f"“{case.grade}”", example)
        yield Problem(case.origin.path, case.line_of("grade"), "grade", message)
