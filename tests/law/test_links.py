"""Links for pages: where, to what, and what is shown beside them."""

from __future__ import annotations

import datetime
import time

import pytest

from jingzhong.law.citations import Context
from jingzhong.law.links import link_spans
from jingzhong.output.citing import CitationLinker

TIANJIN = datetime.date(2015, 8, 12)


@pytest.fixture(scope="module")
def links(lexicon, as_of):
    def find(text, day=None, law=None):
        return link_spans(text, lexicon, Context(as_of, day, law))

    return find


def _shown(text, spans):
    return [(text[span.start : span.end], span.law, span.article) for span in spans]


def test_article_links_to_its_anchor(links):
    text = "依据《安全生产法》第五十四条，可以拒绝。"
    (span,) = links(text)
    assert _shown(text, [span]) == [("《安全生产法》第五十四条", "work-safety-law", "54")]
    assert span.carried and span.status == "ok" and span.label == ""


def test_article_that_is_not_carried_links_to_the_regulation(links):
    (span,) = links("《安全生产法》第一百一十九条")
    assert (span.article, span.carried) == ("119", False)


def test_renumbered_article_shows_both_numbers(links):
    (span,) = links("《安全生产法》第五十一条", TIANJIN)
    assert (span.cited, span.article) == ("51", "54")
    assert span.label == "当时第五十一条（现行第五十四条）"
    assert span.carried
    (today,) = links("《安全生产法》第五十一条")
    assert today.label == "" and today.article == "51"


def test_bare_name_is_linked_but_no_item(links, cite):
    text = "学习《消防法》，也学习安全生产法。"
    assert _shown(text, links(text)) == [
        ("《消防法》", "fire-law", None),
        ("安全生产法", "work-safety-law", None),
    ]
    assert cite(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "安全生产法律法规",
        "刑法学概论",
        "刑法修正案",
        "消防法治建设",
        "《关于修改〈消防法〉的决定》",
        "《消防法知识读本》",
        "劳动法庭",
        "交通安全法规",
    ],
)
def test_longer_words_are_not_linked(links, text):
    assert links(text) == []


def test_what_the_site_has_no_page_for_gets_no_link(links):
    assert (
        links("《民用爆炸物品安全管理条例》第三条、《煤矿安全监察条例》第十条、《森林法》第三条")
        == []
    )


def test_list_gives_a_link_each_and_a_range_its_ends(links):
    text = "《消防法》第十六条、第十七条，《刑法》第一百三十一条至第一百三十五条"
    assert _shown(text, links(text)) == [
        ("《消防法》第十六条", "fire-law", "16"),
        ("第十七条", "fire-law", "17"),
        ("《刑法》第一百三十一条", "criminal-law", "131"),
        ("第一百三十五条", "criminal-law", "135"),
    ]


def test_standards_link_whole(links):
    text = "按《危险化学品企业特殊作业安全规范》（GB 30871-2022）执行"
    assert _shown(text, links(text)) == [
        ("《危险化学品企业特殊作业安全规范》（GB 30871-2022）", "gb-30871-2022", None)
    ]


def test_own_regulation(links):
    assert [s.article for s in links("违反本法第二十八条", law="fire-law")] == ["28"]
    assert links("违反本法第二十八条") == []


def test_spans_lie_apart_and_inside(links, corpus):
    for path in sorted(corpus.glob("部门规章/*.md")):
        text = path.read_text(encoding="utf-8")
        last = 0
        for span in links(text):
            assert last <= span.start < span.end <= len(text)
            last = span.end


def test_cost_of_an_average_page(links, lexicon, capsys, project):
    """Printed, never asserted: milliseconds for 1,100 characters, best of five."""
    texts = [
        path.read_text(encoding="utf-8").split("---\n", 2)[-1]
        for folder in ("cases", "content/regulations")
        for path in sorted((project / folder).glob("*.md"))
    ]
    best = min(_seconds(lambda: [links(text) for text in texts]) for _ in range(5))
    with capsys.disabled():
        size = sum(map(len, texts))
        print(f"\nlinking: {best / size * 1100 * 1000:.3f} ms a page of 1,100 characters")


def _seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def test_parts_for_scripts_say_the_same_as_the_html(lexicon, as_of):
    linker = CitationLinker(lexicon)
    text = "当年按《安全生产法》第五十一条处理，见《消防法》。"
    day = Context(as_of, TIANJIN)
    law = "../regulations/work-safety-law.html#art-54"
    assert linker.link_parts(text, "quizzes/index.html", day) == [
        ["当年按"],
        ["《安全生产法》第五十一条", law, "work-safety-law/54", "（现行第五十四条）"],
        ["处理，见"],
        ["《消防法》", "../regulations/fire-law.html", "", ""],
        ["。"],
    ]
    assert linker.link_parts("第三条船", "quizzes/index.html", day) == []
