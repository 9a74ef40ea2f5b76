"""Sorting numbers gives the very lists that filling a list for each run would give."""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
import pytest

from jingzhong.search import grams as grams_module
from jingzhong.search.codes import hash_of, list_code
from jingzhong.search.grams import Grams, hashes

UNITS = 70


def texts(seed: int = 1) -> list[tuple[str, int]]:
    """(text, unit), rising, some units with several texts and some texts empty."""
    rng = random.Random(seed)
    signs = "安全生产事故的a1\ue042龥"
    rows = [
        ("".join(rng.choices(signs, k=rng.randrange(30))), rng.randrange(UNITS)) for _ in range(90)
    ]
    return sorted(rows, key=lambda row: row[1])


def plain_lists(rows: list[tuple[str, int]], size: int) -> dict[str, str]:
    """Run → code of its units, by filling lists."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for text, unit in rows:
        for at in range(len(text) - size + 1):
            found[text[at : at + size]].add(unit)
    return {run: list_code(sorted(units)) for run, units in found.items()}


def made(rows: list[tuple[str, int]], size: int, *more: np.ndarray) -> dict[str, str]:
    grams = Grams([text for text, _ in rows], [unit for _, unit in rows], UNITS)
    found: dict[str, str] = {}
    for lists in grams.lists(size, *more):
        assert not found.keys() & set(lists.grams)
        assert lists.grams == sorted(lists.grams)
        assert lists.hashes.tolist() == list(map(hash_of, lists.grams))
        found |= dict(zip(lists.grams, lists.codes, strict=True))
    return found


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("block", [1, 50, 10**6])
def test_lists_are_those_of_a_plain_count(
    monkeypatch: pytest.MonkeyPatch, size: int, block: int
) -> None:
    monkeypatch.setattr(grams_module, "BLOCK", block)
    assert made(texts(), size) == plain_lists(texts(), size)


def test_a_run_across_two_texts_is_none() -> None:
    assert made([("安全", 0), ("生产", 0)], 2).keys() == {"安全", "生产"}


def test_only_runs_of_common_pairs_are_wanted() -> None:
    common = np.zeros(1 << 21, np.bool_)
    for pair in ("安全", "全生"):
        common[hash_of(pair)] = True
    assert made([("安全生产", 0), ("全生产", 1)], 3, common).keys() == {"安全生"}


def test_no_text_makes_no_list() -> None:
    assert made([], 1) == made([("", 0)], 2) == {}


def test_sizes_are_numbers_of_units() -> None:
    (lists,) = Grams(["安安安", "安"], [0, 1], 2).lists(1)
    assert lists.sizes.tolist() == [2]


def test_hashes_are_the_same_for_one_and_for_many() -> None:
    runs = ["安全", "\ue042龥", "a1"]
    columns = [np.array([ord(run[at]) for run in runs]) for at in range(2)]
    assert hashes(*columns).tolist() == list(map(hash_of, runs))


def test_more_units_than_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="too many units"):
        Grams(["安全"], [0], 1 << 62)
