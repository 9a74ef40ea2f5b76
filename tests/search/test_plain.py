"""Markdown to the words that a reader sees."""

from __future__ import annotations

import re

import pytest

from jingzhong.model.library import Library
from jingzhong.output.render import Renderer
from jingzhong.search.fold import fold
from jingzhong.search.plain import plain_text, sections


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**先断电**，再*救人*", "先断电，再救人"),
        (
            "见[《消防法》第二十八条](../regulations/fire-law.md#art-28)。",
            "见《消防法》第二十八条。",
        ),
        ("![仓库平面图](images/a.svg)", "仓库平面图"),
        ("- 一\n- 二\n\n1. 三\n2. 四", "一\n二\n三\n四"),
        ("> 引文\n> 第二行", "引文\n第二行"),
        ("| 甲 | 乙 |\n| --- | :-: |\n| 丙 | 丁 |", "甲   乙\n丙   丁"),
        ("2.5 米，3\\*4，`code_name`", "2.5 米，3*4，code_name"),
        ("电话是____。", "电话是____。"),
        ("A&amp;B", "A&B"),
        ("<https://www.mem.gov.cn/>", "https://www.mem.gov.cn/"),
        ("第 1.2 条\n1.5 吨", "第 1.2 条\n1.5 吨"),
    ],
)
def test_signs_of_markdown_go_and_words_stay(markdown: str, text: str) -> None:
    assert re.sub(r"[ ]+", " ", plain_text(markdown)) == re.sub(r"[ ]+", " ", text)


def test_tags_and_attributes_of_hand_written_pages_go() -> None:
    text = "<div class='a'>看<b>见</b></div>\n<!-- 不显示 -->\n## 标题 {#here}"
    assert plain_text(text, raw_html=True).split() == ["看见", "标题"]


def test_pages_are_cut_at_headings_outside_code() -> None:
    text = "开头\n## 一\n甲\n```\n# 不是标题\n```\n### 二 ##\n乙"
    assert [heading for heading, _ in sections(text)] == ["", "一", "二"]


def test_the_bodies_of_all_cases_and_articles_read_as_the_page_does(library: Library) -> None:
    """The quick reading equals the text of the rendered HTML, in the spelling of the index."""
    renderer = Renderer(library=library, settings=library.settings, vocabularies=None)
    bodies = [section.markdown for case in library.cases for section in case.sections]
    bodies += [a.markdown for law in library.regulations for a in law.articles]
    assert len(bodies) > 100
    for body in bodies:
        html = str(renderer._markdown.convert(body, "cases/a.html"))
        shown = re.sub(r"<[^>]+>", "", re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\1", html))
        assert fold(plain_text(body)) == fold(shown.replace("&amp;", "&"))
