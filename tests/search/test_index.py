"""What the index promises: every unit that holds the words is among those of its grams."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from jingzhong.search import index as index_module
from jingzhong.search.codes import SIGNS, number_code
from jingzhong.search.fold import fold
from jingzhong.search.grams import Grams, Lists
from jingzhong.search.index import Index
from jingzhong.search.units import HEADING, Part, Unit

CODES = {number_code(number): number for number in range(1, 3000)}


def read(code: str) -> list[int]:
    """Ids of one list; what `readIds` of search-index.js does."""
    ids, at, last = [], 0, -1
    while at < len(code):
        size = 1 if SIGNS.index(code[at]) < 62 else 2
        last += CODES[code[at : at + size]]
        ids.append(last)
        at += size
    return ids


def lists(index: Index) -> dict[str, list[list[int]]]:
    return {key: [read(part) for part in code.split("|")] for _, key, code in index.entries()}


def candidates(found: Mapping[str, list[list[int]]], index: Index, word: str) -> set[int]:
    """Units that hold all grams of a word, read as the browser plans it."""
    grams = [word[at : at + 2] for at in range(len(word) - 1)] or [word]
    for at in range(len(word) - 2):
        if index.is_common(word[at : at + 2]) and index.is_common(word[at + 1 : at + 3]):
            grams.append(word[at : at + 3])
    return set.intersection(*(set(found.get(gram, [[]])[0]) for gram in grams))


def missed(units: tuple[Unit, ...], index: Index, seed: int = 1) -> list[str]:
    """Words drawn from the texts that the index does not lead back to."""
    rng = random.Random(seed)
    texts = [fold("".join(part.text for part in unit.parts)) for unit in units]
    found = lists(index)
    bad = []
    for _ in range(400):
        text = rng.choice(texts)
        start = rng.randrange(len(text))
        word = text[start : start + rng.randint(1, 6)]
        holding = {number for number, text in enumerate(texts) if word in text}
        if not holding <= candidates(found, index, word):
            bad.append(word)
        if len(word) < 3 and holding != candidates(found, index, word):
            bad.append(word)
    return bad


@pytest.mark.parametrize("common", [10_000, 20])
def test_every_word_leads_to_all_units_that_hold_it(
    units: tuple[Unit, ...], monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    monkeypatch.setattr(index_module, "COMMON", common)
    index = Index(units)
    assert bool(index.common_hashes) == (common == 20)
    assert missed(units, index) == []


def test_a_lost_pair_is_found(units: tuple[Unit, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: an index that forgets one run in ten."""
    whole = Grams.lists

    def forgetful(self: Grams, size: int, *more: Any) -> Iterator[Lists]:
        for lists in whole(self, size, *more):
            grams = [gram if at % 10 else "" for at, gram in enumerate(lists.grams)]
            yield replace(lists, grams=grams)

    monkeypatch.setattr(Grams, "lists", forgetful)
    assert missed(units, Index(units)) != []


def test_three_in_a_row_are_indexed_only_between_common_pairs(
    make_unit: Callable[..., Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "COMMON", 2)
    units = [make_unit(f"{number}", "安全生产") for number in range(3)] + [make_unit("x", "全生")]
    found = lists(Index(units))
    assert found["安全生"] == [[0, 1, 2]]
    assert found["全生"] == [[0, 1, 2, 3]]
    assert lists(Index(units[2:]))["全生"] == [[0, 1]]
    assert "安全生" not in lists(Index(units[2:]))


def test_places_that_rank_have_lists_of_their_own(make_unit: Callable[..., Unit]) -> None:
    units = [
        make_unit("消防", "灭火"),
        Unit("page", "b.html", "乙", (Part(HEADING, "消防"),), names=("火警",)),
    ]
    found = lists(Index(units))
    assert found["消防"] == [[0, 1], [0], [], [1]]
    assert found["N火警"] == [[1]]


def test_words_that_meet_across_parts_are_found(make_unit: Callable[..., Unit]) -> None:
    index = Index([make_unit("甲", "前一段。", "后一段")])
    assert lists(index)["段后"] == [[0]]


def test_whole_words_and_numbers_are_told_apart(make_unit: Callable[..., Unit]) -> None:
    found = lists(Index([make_unit("a", "拨打119"), make_unit("b", "编号21190")]))
    assert found["11"] == [[0, 1]]
    assert found["W119"] == [[0]]
