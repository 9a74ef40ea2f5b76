"""What the vectors cannot show: drawing is fair, complete, and misses no way to meet a quota."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingzhong.quiz.draw import (
    Blueprint,
    Candidate,
    Generator,
    Section,
    ShortageError,
    daily,
    draw,
    option_order,
    paper_id,
)


def chi_square(counts: list[int]) -> float:
    mean = sum(counts) / len(counts)
    return sum((count - mean) ** 2 / mean for count in counts)


def test_numbers_below_a_limit_are_equally_likely() -> None:
    # With limit 3·2³⁰ a remainder would make the lowest third twice as likely.
    generator = Generator("fair")
    limit = 3 << 30
    thirds = Counter(generator.below(limit) >> 30 for _ in range(3000))
    assert chi_square([thirds[third] for third in range(3)]) < 13.8  # p = 0.001


def test_a_remainder_instead_would_be_found_unfair() -> None:
    generator = Generator("fair")
    limit = 3 << 30
    thirds = Counter(generator.next() % limit >> 30 for _ in range(3000))
    assert chi_square([thirds[third] for third in range(3)]) > 100


def test_every_order_of_four_is_equally_likely() -> None:
    orders = Counter("".join(Generator("fair", str(n)).shuffled("ABCD")) for n in range(4800))
    assert len(orders) == 24
    assert chi_square(list(orders.values())) < 49.7  # 23 degrees of freedom, p = 0.001


def test_every_question_is_drawn_about_equally_often() -> None:
    pool = [Candidate(f"q{n:02}", "b", "single", 1) for n in range(20)]
    drawn = Counter(
        name for n in range(2000) for name in draw([Section(5, ("b",))], pool, f"s{n}")[0]
    )
    assert len(drawn) == 20
    assert chi_square([drawn[f"q{n:02}"] for n in range(20)]) < 43.8  # p = 0.001


BIT = st.integers(1, 7)


@settings(max_examples=150, deadline=None)
@given(
    questions=st.lists(BIT, min_size=1, max_size=7),
    demands=st.lists(st.integers(0, 3), min_size=3, max_size=3),
    seed=st.text(max_size=5),
)
def test_a_paper_is_found_exactly_where_there_is_one(
    questions: list[int], demands: list[int], seed: str
) -> None:
    """Each question fits the sections whose bit it has; all assignments are tried beside it."""
    pool = [
        Candidate(f"q{at}", "b", "single", 1, tuple(f"t{b}" for b in range(3) if fits >> b & 1))
        for at, fits in enumerate(questions)
    ]
    sections = [Section(count, ("b",), topics=(f"t{b}",)) for b, count in enumerate(demands)]
    choices = [[None, *(b for b in range(3) if fits >> b & 1)] for fits in questions]
    possible = any(
        all(assignment.count(b) >= demand for b, demand in enumerate(demands))
        for assignment in product(*choices)
    )
    try:
        paper = draw(sections, pool, seed)
    except ShortageError:
        assert not possible
        return
    assert possible
    names = [name for section in paper for name in section]
    assert len(set(names)) == len(names)
    by_id = {candidate.id: candidate for candidate in pool}
    for section, drawn in zip(sections, paper, strict=True):
        assert len(drawn) == section.count
        assert all(section.takes(by_id[name]) for name in drawn)


def test_the_order_of_the_candidates_does_not_matter() -> None:
    pool = [Candidate(f"q{n:02}", "b", "single", n % 5 + 1) for n in range(40)]
    sections = [Section(9, ("b",)), Section(3, ("b",), difficulties=(2,))]
    assert draw(sections, pool, "s") == draw(sections, pool[::-1], "s")


def test_variants_have_the_same_questions_in_another_order() -> None:
    pool = [Candidate(f"q{n:02}", "b", "single", 1) for n in range(40)]
    papers = [draw([Section(20, ("b",))], pool, "s", variant)[0] for variant in "ABCD"]
    assert len({tuple(paper) for paper in papers}) == 4
    assert len({tuple(sorted(paper)) for paper in papers}) == 1


@pytest.mark.parametrize("fixed", ["", "D", "AD", "ABCD"])
def test_fixed_options_stay_and_none_is_lost(fixed: str) -> None:
    seen = set()
    for n in range(240):
        order = option_order("ABCD", fixed, str(n), "", "q")
        assert sorted(order) == list("ABCD")
        assert all(order["ABCD".index(letter)] == letter for letter in fixed)
        seen.add("".join(order))
    assert len(seen) == {0: 24, 1: 6, 2: 2, 4: 1}[len(fixed)]


def test_a_paper_id_changes_with_each_thing_it_binds() -> None:
    section = Section(5, ("a",), "single", ("消防",), (1,), 200)
    blueprint = Blueprint((section,), "少选得半", 60)
    ids = {
        paper_id(blueprint, "s", [("a", "1")]),
        paper_id(blueprint, "t", [("a", "1")]),
        paper_id(blueprint, "s", [("a", "2")]),
        paper_id(Blueprint((section,), "全对才得分", 60), "s", [("a", "1")]),
        paper_id(Blueprint((section, section), "少选得半", 60), "s", [("a", "1")]),
        *(
            paper_id(Blueprint((changed,), "少选得半", 60), "s", [("a", "1")])
            for changed in (
                Section(6, ("a",), "single", ("消防",), (1,), 200),
                Section(5, ("a",), "judge", ("消防",), (1,), 200),
                Section(5, ("a",), "single", ("燃气",), (1,), 200),
                Section(5, ("a",), "single", ("消防",), (2,), 200),
                Section(5, ("a",), "single", ("消防",), (1,), 300),
            )
        ),
    }
    assert len(ids) == 10
    assert all(len(one) == 8 and one.isalnum() for one in ids)


def test_five_a_day_goes_through_the_bank_before_anything_returns() -> None:
    ids = [f"q{n:02}" for n in range(36)]
    first = datetime.date(2026, 6, 1)
    cycle = first.toordinal() % 7
    days = [first + datetime.timedelta(n - cycle) for n in range(7)]
    seen = [name for day in days for name in daily(ids, "home", day)]
    assert len(seen) == len(set(seen)) == 35
    assert daily(ids, "home", first) == daily(ids[::-1], "home", first)
    assert daily([], "home", first) == []
