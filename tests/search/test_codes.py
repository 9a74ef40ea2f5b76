"""The codes of lists and texts; the browser test reads them back with the real JavaScript."""

from __future__ import annotations

import pytest

from jingzhong.search.codes import SIGNS, TABLE_SIZE, IdCoder, TextCoder, number_code


def test_signs_need_no_escape_in_a_script() -> None:
    assert len(SIGNS) == 91
    assert not set('"\\|~') & set(SIGNS)
    assert SIGNS.isascii() and SIGNS.isprintable()


def test_each_difference_has_a_code_of_its_own() -> None:
    numbers = [*range(1, 30_000), 777_000]
    codes = [number_code(number) for number in numbers]
    assert len(set(codes)) == len(codes)
    # No code begins another, so a list needs no separators.
    known = set(codes)
    assert not [code for code in codes if any(code[:k] in known for k in range(1, len(code)))]


def test_near_units_cost_one_sign() -> None:
    assert len(IdCoder(100).encode(range(100))) == 100
    assert IdCoder(100).encode([]) == ""


def test_too_many_units_are_refused() -> None:
    with pytest.raises(ValueError, match="too many units"):
        number_code(10**7)


def test_common_characters_are_short_and_rare_ones_stay() -> None:
    common = "安全生产" * 50
    rare = "".join(map(chr, range(0x4E00, 0x4E00 + TABLE_SIZE + 100)))
    coder = TextCoder([common, rare, "GB 30871"], {"後": "后"})
    assert len(coder.encode("安全")) == 2
    assert len(coder.table) == TABLE_SIZE
    assert len(coder.encode(rare).encode()) < len(rare.encode())
    # ASCII signs are codes, so ASCII characters never stand for themselves.
    assert set("GB 30871") <= set(coder.table)


def test_traditional_characters_stay_out_of_the_table() -> None:
    coder = TextCoder(["後來" * 99], {"後": "后", "來": "来"})
    assert coder.table == ""
    assert coder.traditional == [("來", "来"), ("後", "后")]
    assert coder.encode("後") == "後"
