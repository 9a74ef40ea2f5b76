"""Article numbers: written by us and read back the same; what is no number is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingzhong.model.articles import (
    article_anchor,
    article_name,
    article_order,
    chinese_to_int,
    int_to_chinese,
    parse_article,
)

NUMBERS = st.integers(1, 9999)
ARTICLES = st.one_of(
    NUMBERS.map(str),
    st.tuples(NUMBERS, st.integers(1, 99)).map(lambda pair: f"{pair[0]}-{pair[1]}"),
)


def test_every_number_is_read_as_it_is_written() -> None:
    for number in range(1, 10_000):
        assert parse_article(article_name(str(number))) == str(number)
        assert chinese_to_int(int_to_chinese(number)) == number


@settings(deadline=None, derandomize=True, database=None)
@given(ARTICLES)
def test_names_are_read_back(article: str) -> None:
    assert parse_article(article_name(article)) == article
    assert parse_article(article) == article
    assert parse_article(f" {article_name(article)} ") == article
    assert article_anchor(article) == f"art-{article}"


@settings(deadline=None, derandomize=True, database=None)
@given(ARTICLES, ARTICLES)
def test_order_is_that_of_the_law(one: str, other: str) -> None:
    pairs = [tuple(int(part) for part in a.split("-")) for a in (one, other)]
    assert (article_order(one) < article_order(other)) == (pairs[0] < pairs[1])


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("第五十四条", "54"),
        ("五十四", "54"),
        ("第五十四", "54"),
        ("第54条", "54"),
        ("第 54 条", "54"),
        ("54", "54"),
        ("第十条", "10"),
        ("第一百条", "100"),
        ("第一百零八条", "108"),
        ("第一百〇八条", "108"),
        ("第一百一十条", "110"),
        ("第一百十条", "110"),
        ("第一百十四条", "114"),
        ("第二百二十条", "220"),
        ("第一千零一条", "1001"),
        ("第一千零一十条", "1010"),
        ("第一千一百一十条", "1110"),
        ("第两千条", "2000"),
        ("第一二〇条", "120"),
        ("第一百三十四条之一", "134-1"),
        ("第134条之一", "134-1"),
        ("134-1", "134-1"),
        ("第二百八十七条之十二", "287-12"),
    ],
)
def test_ways_of_writing(text: str, article: str) -> None:
    assert parse_article(text) == article


@pytest.mark.parametrize(
    "text",
    [
        "",
        "条",
        "第条",
        "零",
        "0",
        "第零条",
        "10000",
        "第一万条",
        "-5",
        "54.1",
        "第五十四条第二款",
        "五十四十",
        "一百五",
        "十百",
        "百",
        "第五四十条",
        "第五十四条之",
        "第五十四条之零",
        "54-100",
        "５４",
        "第１条",
        "消防法",
        "9" * 5000,
        "一" * 5000,
        "第" + "一百" * 2000 + "条",
    ],
)
def test_what_is_no_article(text: str) -> None:
    assert parse_article(text) is None


@settings(deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="第条之零〇一二三四五六七八九十百千两0123456789- ", max_size=14))
def test_any_mixture_is_read_or_refused(text: str) -> None:
    article = parse_article(text)
    if article is not None:
        assert parse_article(article_name(article)) == article


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_out_of_range_have_no_name(number: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        int_to_chinese(number)
