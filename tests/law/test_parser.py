"""Properties of the parser: places, width, time, and what hostile text does to it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingzhong.law.articles import parse_articles
from jingzhong.law.reading import Reading

PIECES = """《 》 〈 〉 （ ） ( ) 〔 〕 安全生产法 消防法 刑法 条例 规定 本法 该法 同法 中华人民共和国
第 条 款 项 目 之 一 十 五十四 一百三十四 54 ５４ 、 ， 。 和 至 到 - — ～ GB GB/T 30871 2022 国务院令 493
号 令 文 2014年 修正 版 以下简称 旧 新 原 关于修改 的决定 的 中 总则 章 某市 省 办法 依照 ［2017］ 安监总管三
129 ” “ 第五条 第二款 （三） * 典 实施 公布的"""
WORDS = st.sampled_from([*PIECES.split(), " ", "\n", "\n\n", "　"])


@settings(max_examples=400, deadline=None)
@given(words=st.lists(WORDS, max_size=40))
def test_any_mixture_gives_findings_inside_the_text(cite, words):
    text = "".join(words)
    for citation in cite(text):
        assert 0 <= citation.start < citation.end <= len(text)
        assert citation.text == text[citation.start : citation.end]
        assert citation.status == "unknown_law" or citation.law or citation.status == "ambiguous"


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_survived(cite, text):
    for citation in cite(text):
        assert citation.text == text[citation.start : citation.end]


@settings(max_examples=200, deadline=None)
@given(words=st.lists(WORDS, max_size=30))
def test_reading_leads_back(words):
    """Each character of the uniform text stands for one of the source, in order."""
    text = "".join(words)
    reading = Reading(text)
    places = [reading.span(index, index + 1) for index in range(len(reading.text))]
    assert all(end == start + 1 for start, end in places)
    assert [start for start, _ in places] == sorted({start for start, _ in places})
    assert all(0 <= start < len(text) for start, _ in places)


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("", "《安全生产法》第五十四条", ""),
        ("一段话。", "安全生产法第五十四条", "，后面还有话。"),
        ("😀", "《刑法》第一百三十四条之一", "😀"),
        ("A  B\n\n", "GB 30871-2022", "\n\nC"),
        ("\r\n", "《消防法》\r\n第二十八条", "\r\n"),
    ],
)
def test_offsets_count_code_points(cite, before, text, after):
    (citation,) = cite(before + text + after)
    assert (citation.start, citation.end) == (len(before), len(before) + len(text))


@pytest.mark.parametrize("width", ["第54条", "第５４条", "第五十四条", "第 54 条", "第五四条"])
def test_numerals_mean_the_same(cite, width):
    assert [c.article for c in cite(f"《安全生产法》{width}")] == ["54"]


def test_paragraph_breaks_part_what_lines_join(cite):
    assert len(cite("《安全生产法》\n第五十四条规定")) == 1
    assert cite("《安全生产法》\n\n第五十四条规定") == []
    # an article quoted below its law; a whole law begins; a statute of its own
    assert len(cite("《安全生产法》\n第五十四条 从业人员有权")) == 1
    assert cite("《安全生产法》\n第一条 为了加强安全生产工作") == []
    assert cite("中华人民共和国安全生产法\n第五十四条 从业人员有权") == []
    assert cite("- 《安全生产法》\n- 第五十四条") == []


def test_a_very_long_range_gives_its_ends(cite):
    assert [c.article for c in cite("《民法典》第一条至第一千二百六十条")] == ["1", "1260"]
    assert len(cite("《消防法》第一条至第七十四条")) == 74


def test_parts_are_told_from_counts():
    for text in ("三条红线", "十条措施", "第一百货", "第五十四", "条", "第条", "第零条"):
        assert parse_articles(text, 0, loose=True) == ([], 0)


HOSTILE = {
    "open titles": lambda n: "《" * n,
    "closed titles": lambda n: "《安全生产法》" * (n // 7),
    "numbers": lambda n: "《安全生产法》第一" + "、一" * (n // 2),
    "articles": lambda n: "《安全生产法》第一条" + "、第一条" * (n // 4),
    "brackets": lambda n: "安全生产法(" * (n // 6),
    "orders": lambda n: "国务院令第1号" * (n // 7),
    "the word law": lambda n: "法" * n,
    "back": lambda n: "《消防条例》" * (n // 12) + "该法第一条" * (n // 10),
    "generic": lambda n: "《条例》第一条" * (n // 7),
    "short forms": lambda n: "".join(f"《消防法》（以下简称{i}法）" for i in range(n // 14)),
    "verbs": lambda n: "依照" * (n // 2),
    "digits": lambda n: "第" + "1" * n,
    "numerals": lambda n: "《消防法》第" + "十" * n,
    "codes": lambda n: "GB 1" * (n // 4),
    "blanks": lambda n: "《消防法》" + " " * n,
    "lines": lambda n: "\n" * n,
    "marks": lambda n: "消防法2014年修正" * (n // 10),
    "places": lambda n: "上海市条例第一" * (n // 7),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(cite, name):
    """Eight times the text takes about eight times as long, never sixty-four times."""
    make = HOSTILE[name]

    def best(size):
        text = make(size)
        times = []
        for _ in range(3):
            started = time.process_time()
            cite(text)
            times.append(time.process_time() - started)
        return min(times)

    # The processor's time: other work on the machine does not count.
    small, large = best(3_000), best(24_000)
    assert large < 24 * small + 0.02, (small, large)


def test_an_unnamed_law_is_carried_only_within_its_sentence(cite):
    """违反…第四十一条，依据第一百零一条处罚: the second article is the same law's."""

    def articles(text):
        return [citation.article for citation in cite(text)]

    assert articles("违反《安全生产法》第四十一条，依据第一百零一条处罚") == ["41", "101"]
    assert articles("违反《安全生产法》第四十一条。依据第一百零一条处罚") == ["41"]
    assert articles("违反《安全生产法》第四十一条和《奖惩手册》，依据第一百零一条处罚") == ["41"]
    assert articles("《安全生产法》施行后，其第五十四条规定了拒绝权") == ["54"]
    assert articles("《安全生产法》施行后签了劳动合同，其第五条规定了工资") == []
    assert articles("《消防法》不许堵通道（第二十八条）") == ["28"]
    assert articles("《消防法》不许堵通道（第二条通道）") == []


def test_carrying_on_is_quick_however_long_the_text(cite):
    """No sign of a carried article looks back further than its sentence."""
    started = time.perf_counter()
    cite("《消防法》" + "其第，（第，依据第；" * 20_000)
    cite("《消防法》" + "规定的" * 50_000)
    assert time.perf_counter() - started < 3
