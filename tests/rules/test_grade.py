"""The computed grade, and a stated grade against it (国务院令第493号第三条、第十三条)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingzhong.model.cases import GRADES, Case
from jingzhong.rules.grade import (
    case_grade,
    computed_grade,
    counting_days,
    grade_facts,
    special_rule,
)

from .conftest import CASE, VALID, Find, load

# Number → grade, at and around each boundary: 以上 includes, 以下 excludes.
DEATHS = [
    (0, "一般"),
    (2, "一般"),
    (3, "较大"),
    (9, "较大"),
    (10, "重大"),
    (29, "重大"),
    (30, "特别重大"),
]
SERIOUS = [(9, "一般"), (10, "较大"), (49, "较大"), (50, "重大"), (99, "重大"), (100, "特别重大")]
LOSS = [
    (999.9, "一般"),
    (1000, "较大"),
    (4999.9, "较大"),
    (5000, "重大"),
    (9999.9, "重大"),
    (10000, "特别重大"),
]

counts = st.none() | st.integers(0, 200)
losses = st.none() | st.floats(0, 30_000)
numbers = st.tuples(counts, counts, counts, losses)


@pytest.mark.parametrize(("deaths", "grade"), DEATHS)
def test_deaths(deaths: int, grade: str) -> None:
    computed = computed_grade(deaths, 0, 0, 0)
    assert computed is not None and computed.grade == grade and computed.complete


@pytest.mark.parametrize(("serious", "grade"), SERIOUS)
def test_serious_injuries(serious: int, grade: str) -> None:
    computed = computed_grade(0, 0, serious, 0)
    assert computed is not None and computed.grade == grade


@pytest.mark.parametrize(("loss", "grade"), LOSS)
def test_loss(loss: float, grade: str) -> None:
    computed = computed_grade(0, 0, 0, loss)
    assert computed is not None and computed.grade == grade


def test_missing_count_with_the_dead() -> None:
    computed = computed_grade(5, 6, None, None)
    assert computed is not None and computed.grade == "重大"


def test_the_highest_dimension_wins() -> None:
    computed = computed_grade(1, 0, 12, 6000)
    assert computed is not None
    assert (computed.grade, computed.by) == ("重大", "直接经济损失")


def test_nothing_known_gives_no_grade() -> None:
    assert computed_grade(None, None, None, None) is None


def test_incomplete_numbers_give_a_lower_bound() -> None:
    known = computed_grade(2, 0, 0, 100)
    unknown = computed_grade(2, None, None, None)
    assert known is not None and known.complete
    assert unknown is not None and unknown.grade == "一般" and not unknown.complete


def test_the_top_grade_cannot_rise() -> None:
    computed = computed_grade(30, None, None, None)
    assert computed is not None and computed.complete


def rank(grade: str) -> int:
    return len(GRADES) - GRADES.index(grade)


@given(numbers, st.integers(0, 3), st.integers(1, 100))
def test_grade_is_monotone_in_each_number(values: tuple[Any, ...], which: int, more: int) -> None:
    raised = list(values)
    raised[which] = (raised[which] or 0) + more
    before, after = computed_grade(*values), computed_grade(*raised)
    assert after is not None
    assert before is None or rank(after.grade) >= rank(before.grade)


@given(numbers, st.integers(0, 3), st.integers(0, 200))
def test_learning_an_unknown_number_never_lowers_the_grade(
    values: tuple[Any, ...], which: int, number: int
) -> None:
    unknown, known = list(values), list(values)
    unknown[which], known[which] = None, number
    before, after = computed_grade(*unknown), computed_grade(*known)
    assert after is not None
    assert before is None or rank(after.grade) >= rank(before.grade)


GRADE = "grade: 一般\ngrade_basis: 调查报告按死亡人数定级\n"


def test_stated_grade_without_basis_differs(find: Find) -> None:
    (problem,) = find({CASE: [(GRADE, "grade: 较大\n")]})
    assert (problem.field, problem.severity) == ("grade", "error")
    assert "“一般”" in problem.message and "“较大”" in problem.message


def test_stated_grade_with_basis_may_differ(find: Find) -> None:
    assert find({CASE: [("grade: 一般", "grade: 较大")]}) == []


def test_stated_grade_that_agrees_needs_no_basis(find: Find) -> None:
    assert find({CASE: [(GRADE, "grade: 一般\n")]}) == []


def test_deaths_when_the_grade_was_set_count(find: Find) -> None:
    later = ("deaths: 2\n  missing: 0", "deaths: 3\n  missing: 0")
    assert find({CASE: [(GRADE, "grade: 一般\n"), later]}) == []


def test_rescuers_are_not_counted(find: Find) -> None:
    many = ("rescuers: 1", "rescuers: 40")
    assert find({CASE: [(GRADE, "grade: 一般\n"), many]}) == []


@pytest.fixture(scope="module")
def case() -> Case:
    return load(VALID).case_by_id["2024-05-06-jingzhou-workshop"]


def typed(case: Case, current: str, title: str = "") -> Case:
    kind = replace(case.accident_type, current=current)
    return replace(case, accident_type=kind, title=title or case.title)


def test_counting_rules(case: Case) -> None:
    assert counting_days(typed(case, "火灾")) == 7
    assert counting_days(typed(case, "道路（轨道）车辆致害")) == 7
    assert counting_days(typed(case, "坍塌")) == 30
    assert "火灾" in special_rule(typed(case, "火灾"))
    assert "道路交通" in special_rule(typed(case, "道路（轨道）车辆致害"))
    assert "501" in special_rule(typed(case, "道路（轨道）车辆致害", "某铁路列车脱轨事故"))
    assert "30日" in special_rule(typed(case, "坍塌"))


def test_facts_of_a_stated_grade(case: Case) -> None:
    facts = grade_facts(case)
    assert (facts.grade, facts.text) == ("一般", "一般")
    assert facts.basis == "调查报告按死亡人数定级"


def test_facts_of_an_open_investigation(case: Case) -> None:
    assert grade_facts(replace(case, status="调查中")).text == "一般（初判）"


def test_facts_without_a_stated_grade(case: Case) -> None:
    unstated = replace(case, grade=None, grade_basis=None, economic_loss_wan=None)
    facts = grade_facts(unstated)
    assert facts.text == "一般（初判，下限）"
    assert "第三条" in facts.basis and facts.is_lower_bound


def test_facts_without_any_number(case: Case) -> None:
    people = replace(
        case.casualties, deaths=None, missing=None, serious_injuries=None, injuries=None
    )
    unknown = replace(case, grade=None, casualties=people, economic_loss_wan=None, reported=None)
    assert case_grade(unknown) is None
    assert grade_facts(unknown).text == "未公布"


def test_few_injured_bound_the_serious(case: Case) -> None:
    """Four injured cannot be ten seriously injured, so nothing unknown is left to raise."""
    people = replace(case.casualties, serious_injuries=None, injuries=4)
    computed = case_grade(replace(case, casualties=people))
    assert computed is not None and computed.complete
