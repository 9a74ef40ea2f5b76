"""Synonyms as data: what editors may write, and what they are told when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingzhong.errors import ContentError
from jingzhong.search.fold import fold
from jingzhong.search.synonyms import load_synonyms


def test_the_words_of_the_site_are_there() -> None:
    groups = [set(group) for group in load_synonyms()]
    for word, other in (
        ("危化品", "危险化学品"),
        ("煤气", "燃气"),
        ("电瓶车", "电动自行车"),
        ("叉车", "厂内车辆"),
    ):
        assert any({word, other} <= group for group in groups)


def test_no_word_means_itself() -> None:
    for group in load_synonyms():
        assert len({fold(word) for word in group}) == len(group)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "synonyms.yml:1"),
        ("- 危化品\n", "synonyms.yml:1"),
        ("- [危化品]\n", "至少"),
        ("- [危化品, 化]\n", "至少两个字"),
        ("- [煤气, 燃气]\n- [液化气, 煤气]\n", "第 1 组也有"),
        ("- [煤气, 燃气\n", "synonyms.yml:"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "synonyms.yml").write_text(text, "utf-8")
    with pytest.raises(ContentError) as caught:
        load_synonyms(tmp_path)
    assert said in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        load_synonyms(tmp_path)
