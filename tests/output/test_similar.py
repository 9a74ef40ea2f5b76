"""Similar cases: those that a comparison of each with each would name, without making it."""

from __future__ import annotations

import dataclasses
import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from jingzhong.errors import Report
from jingzhong.model.cases import Case
from jingzhong.model.library import load_library
from jingzhong.output import similar
from jingzhong.output.similar import SHOWN, similar_cases


@pytest.fixture(scope="module")
def cases(project: Path) -> tuple[Case, ...]:
    """The cases of this repository."""
    library = load_library(project, project / "mkdocs.yml", Report())
    assert library is not None
    return library.cases


def renamed(case: Case, name: str, **changes: object) -> Case:
    """The case under another id, changed."""
    origin = dataclasses.replace(case.origin, path=f"cases/{name}.md")
    return dataclasses.replace(case, origin=origin, **changes)  # type: ignore[arg-type]


def many(cases: Sequence[Case], count: int) -> list[Case]:
    """Invented cases: sector, type and the two halves of the cause are each from another one."""
    dice = random.Random(7)
    made = []
    for number in range(count):
        first, second, third = dice.sample(cases, 3)
        cause = first.cause[: len(first.cause) // 2] + second.cause[len(second.cause) // 2 :]
        made.append(
            renamed(
                first,
                f"{first.id[:10]}-{number:05}",
                cause=cause,
                sector=third.sector,
                accident_type=second.accident_type,
            )
        )
    return made


def shares(cases: Sequence[Case]) -> Callable[[Case, Case], float]:
    """How much two cases share: the weight of what both have over the weight of what either has."""

    def features(case: Case) -> set[str]:
        runs = "".join(c if "\u4e00" <= c <= "\u9fff" else " " for c in case.cause).split()
        pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
        return pairs | {f"in {name}" for name in case.sector} | {f"a {case.accident_type.current}"}

    of = {case.id: features(case) for case in cases}
    seen = Counter(feature for found in of.values() for feature in found)

    def weight(found: set[str]) -> float:
        return math.fsum(math.log((len(cases) + 1) / seen[feature]) for feature in found)

    return lambda one, other: weight(of[one.id] & of[other.id]) / weight(of[one.id] | of[other.id])


def test_the_nearest_are_found(cases: tuple[Case, ...]) -> None:
    share = shares(cases)
    found = similar_cases(cases)
    assert list(found) == [case.id for case in cases]
    for case in cases:
        others = [other for other in cases if other is not case]
        best = sorted((share(case, other) for other in others), reverse=True)[:SHOWN]
        assert case not in found[case.id]
        assert len(set(map(id, found[case.id]))) == len(found[case.id])
        got = [share(case, other) for other in found[case.id]]
        assert got == pytest.approx(best, abs=1e-8), case.id


def test_in_a_large_collection_the_nearest_are_hardly_missed(cases: tuple[Case, ...]) -> None:
    # Only neighbours among those that share a feature are looked at, so a few are missed.
    large = many(cases, 400)
    share = shares(large)
    found = similar_cases(large)
    kept = []
    for case in large[::8]:
        best = max(share(case, other) for other in large if other is not case)
        kept.append(share(case, found[case.id][0]) / best)
    assert sum(kept) / len(kept) > 0.9
    # Four cases taken by lot would keep far less.
    lot = random.Random(1)
    by_lot = []
    for case in large[::8]:
        others = [other for other in large if other is not case]
        best = max(share(case, other) for other in others)
        by_lot.append(max(share(case, other) for other in lot.sample(others, SHOWN)) / best)
    assert sum(by_lot) / len(by_lot) < 0.5


def compared(cases: Sequence[Case], monkeypatch: pytest.MonkeyPatch) -> float:
    """How many others each case is compared with, on average."""
    counts: list[int] = []
    look = similar._candidates

    def count(*arguments: object) -> dict[int, None]:
        found = look(*arguments)  # type: ignore[arg-type]
        counts.append(len(found))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(similar, "_candidates", count)
        similar_cases(cases)
    assert len(counts) == len(cases)
    return sum(counts) / len(counts)


def test_the_work_grows_with_the_number_of_cases(
    cases: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    few, more = many(cases, 500), many(cases, 2000)
    assert compared(more, monkeypatch) < 2 * compared(few, monkeypatch)
    # The measure sees a comparison of each with each.
    monkeypatch.setattr(similar, "_NEIGHBOURS", 10**9)
    few, more = few[:100], more[:400]
    assert compared(more, monkeypatch) > 3 * compared(few, monkeypatch)


def test_the_same_cases_give_the_same_answer(cases: tuple[Case, ...]) -> None:
    first = {name: [case.id for case in found] for name, found in similar_cases(cases).items()}
    again = {
        name: [case.id for case in found] for name, found in similar_cases(list(cases)).items()
    }
    assert first == again


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_cases(cases: tuple[Case, ...], count: int) -> None:
    found = similar_cases(cases[:count])
    assert len(found) == count
    assert all(case.id not in {other.id for other in found[case.id]} for case in cases[:count])


def test_twins_find_each_other(cases: tuple[Case, ...]) -> None:
    twin = renamed(cases[5], "2000-01-01-twin")
    found = similar_cases((*cases, twin))
    assert found[twin.id][0].id == cases[5].id
    assert found[cases[5].id][0].id == twin.id
