"""Folding: one spelling for what means the same, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest

from jingzhong.search.fold import fold, simplified, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＧＢ　３０８７１—２０２２", "gb308712022"),
        ("8·12", "812"),
        ("安全，生产。", "安全生产"),
        ("危險化學品", "危险化学品"),
        ("後來", "后来"),
        ("PC 構件", "pc构件"),
        ("㎡①Ⅱ", "m21ii"),
        ("天津港“8·12”", "天津港812"),
        ("😀🔥 \u200b\ufeff", ""),
        ("𠮷野家", "\ue042\ue7b7野家"),
    ],
)
def test_what_means_the_same_is_spelled_the_same(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize("text", ["著名", "乾隆", "藉口", "余下", "面向"])
def test_words_of_mainland_texts_stay_what_they_are(text: str) -> None:
    assert fold(text) == text


def test_folding_happens_character_by_character(project: object) -> None:
    text = "ｶﾞス瓦斯é가각Åﬁ№"
    assert fold(text) == "".join(map(fold, text))


def test_folding_twice_changes_nothing() -> None:
    codes = [*range(0x20, 0xE000), *range(0xF900, 0x10000)]
    chars = [chr(code) for code in codes if unicodedata.category(chr(code)) != "Cs"]
    # The private area holds what lies beyond 16 bits, and is itself not text.
    short = [char for char in chars if not any("\ue000" <= one < "\uf900" for one in fold(char))]
    assert [char for char in short if fold(fold(char)) != fold(char)] == []


def test_no_simplified_character_is_itself_folded_on() -> None:
    table = simplified()
    assert len(table) > 2000
    assert not set(table.values()) & set(table)


def test_words_are_told_by_their_edges() -> None:
    assert words("GB 30871-2022，PC构件12350") == {"gb", "30871", "2022", "pc", "12350"}
