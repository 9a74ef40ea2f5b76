"""Plans for a month: `quizzes/plans/<id>.yml`, a theme, a case and five questions for each day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from jingzhong.model.fields import (
    At,
    Integer,
    ListOf,
    Nested,
    Record,
    Reference,
    Text,
    read_record,
    spec,
)
from jingzhong.model.source import Source, parse_yaml

QUESTIONS_A_DAY = 5


@dataclass(frozen=True, kw_only=True)
class PlanDay(Record):
    """One day: what it is about, the case to read, the questions to answer."""

    day: int = spec(Integer(1, 31), "几号", "1")
    theme: str = spec(Text(), "当天主题", "认准两个出口")
    do: str = spec(Text(), "当天做一件事", "和家人一起走一遍从家门到楼外的路。")
    case: str = spec(Reference("case", "案例 id"), "案例", "2015-08-12-tianjin-ruihai")
    questions: tuple[str, ...] = spec(
        ListOf(Reference("question", "题目 id"), least=QUESTIONS_A_DAY), "五道题", "home-001"
    )


@dataclass(frozen=True, kw_only=True)
class Plan(Record):
    """A month of days; it belongs to no year, so that it serves every year."""

    title: str = spec(Text(), "计划名", "安全生产月 30 天")
    description: str = spec(Text(), "简介", "每天一个主题、一个案例、五道题。")
    month: int = spec(Integer(1, 12), "月份", "6")
    days: tuple[PlanDay, ...] = spec(ListOf(Nested(PlanDay), least=1), "每一天", "day: 1")

    id: str = field(default="", kw_only=True)


def parse_plan(source: Source, at: At) -> Plan | None:
    """Read one plan; None after every fault in it was reported."""
    node = parse_yaml(source.text, source.path, at.report)
    plan = read_record(Plan, node, at) if node is not None else None
    if plan is None:
        return None
    faults = [_fault(plan, number) for number in range(len(plan.days))]
    for number, (what, got, example) in ((n, fault) for n, fault in enumerate(faults) if fault):
        day = plan.days[number]
        at.child("days").child(number + 1).child("day").fail(day.line_of("day"), what, got, example)
    if any(faults):
        return None
    name = source.path.rsplit("/", 1)[-1].removesuffix(".yml")
    return replace(plan, id=name)


def _fault(plan: Plan, number: int) -> tuple[str, str, str] | None:
    day, before = plan.days[number].day, plan.days[number - 1].day if number else 0
    if day > before:
        return None
    return f"比前一天（{before}）大的日子", str(day), f"day: {before + 1}"
