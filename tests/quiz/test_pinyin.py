"""One syllable for each character, whatever stands between them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingzhong.quiz.pinyin import syllables


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("放学回家。", "fàng xué huí jiā"),
        ("拨119，行人走斑马线", "bō xíng rén zǒu bān mǎ xiàn"),
        ("银行", "yín háng"),
        ("行走", "xíng zǒu"),
        ("<b>火</b>🔥 GB 43854____", "huǒ"),
        ("", ""),
    ],
)
def test_syllables(text: str, sounds: str) -> None:
    assert syllables(text) == sounds


@given(
    st.text(
        alphabet=st.one_of(
            st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), st.characters(codec="utf-8")
        )
    )
)
def test_as_many_syllables_as_characters(text: str) -> None:
    assert len(syllables(text).split()) == len(re.findall(r"[\u4e00-\u9fff]", text))
