"""Every core page is complete with JavaScript off: read, answered, and left by links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

OFF = {"java_script_enabled": False, "viewport": {"width": 390, "height": 800}}
# Words that only the middle of each page can show.
SHOWN = {
    "index.html": ("看案例", "学法规", "做题目", "重点领域", "12350"),
    "cases/index.html": ("事故案例", "烟花爆竹零售店", "按年份、行业领域看"),
    "cases/2015.html": ("2015 年", "天津港", "康乐园"),
    "cases/2015-08-12-tianjin-ruihai.html": (
        "特别重大",
        "基本情况",
        "165",
        "你能做什么",
        "直接原因",
        "事故教训",
        "法律对照",
        "出处",
        "更新日期",
    ),
    "sectors/index.html": ("危险化学品", "消防", "燃气"),
    "sectors/fire.html": ("看得见的隐患", "事故案例", "法规", "12350"),
    "regulations/index.html": ("安全生产法", "消防法", "现行有效"),
    "regulations/work-safety-law.html": ("文号", "制定机关", "第二十八条", "历次版本"),
    "regulations/gb-6441-2025.html": ("GB", "制定机关", "最近核对"),
    "quizzes/index.html": ("小学", "建筑", "题"),
    "quizzes/community-home.html": ("第 1 题", "看答案", "清除本页所选"),
    "report.html": ("12350", "119"),
    "about.html": ("口径",),
}


def lacks(page: Any, words: tuple[str, ...]) -> list[str]:
    """What a reader without scripts would miss on the page that is open."""
    missing = []
    heading = page.locator("h1")
    if heading.count() != 1 or not heading.is_visible() or not heading.inner_text().strip():
        missing.append("h1")
    # `inner_text` holds only what is displayed.
    body = page.locator("#content")
    text = body.inner_text() if body.count() else ""
    missing += [word for word in words if word not in text]
    for part in page.locator("#content h2").all():
        # A widget that needs its script stays out of sight as a whole.
        shut = part.locator(
            "xpath=ancestor::details[not(@open)] | ancestor::*[@data-module][@hidden]"
        ).count()
        if not shut and not part.is_visible():
            missing.append(f"h2 {part.text_content()}")
    if page.locator("header nav a >> visible=true").count() < 6:
        missing.append("navigation")
    return missing


def test_core_pages_are_complete(
    core_page: str, file_home: str, open_page: Callable[..., Any]
) -> None:
    page, watch = open_page(file_home, **OFF)
    page.goto(file_home + core_page)
    assert lacks(page, SHOWN[core_page]) == []
    assert watch.foreign == [] and watch.errors == []


def test_what_only_a_script_shows_is_found(
    write_site: Callable[[dict[str, str]], str], open_page: Callable[..., Any]
) -> None:
    text = (
        "<header><nav>" + "<a href='#x'>x</a>" * 6 + "</nav></header>"
        "<main id='content'><h1 hidden>题</h1><p hidden>原因</p><h2 hidden>乙</h2></main>"
        "<script>for (const e of document.querySelectorAll('[hidden]')) e.hidden = false</script>"
    )
    home = write_site({"index.html": text})
    for enabled, missing in ((True, []), (False, ["h1", "原因", "h2 乙"])):
        page, _ = open_page(home, java_script_enabled=enabled)
        page.goto(home + "index.html")
        assert lacks(page, ("原因",)) == missing


@pytest.mark.parametrize(
    "bank", ["community-home", "construction", "primary-school", "secondary-school"]
)
def test_a_quiz_is_a_form_whose_answers_open(
    bank: str, file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, **OFF)
    page.goto(f"{file_home}quizzes/{bank}.html")
    questions = page.locator("section.jz-question")
    assert questions.count() >= 30
    # Each question: something to answer with, and an answer that is shut until asked for.
    for question in questions.all():
        assert question.locator("input, select").count() >= 1
        assert question.locator("legend").count() == 1
        assert question.locator("details > summary").count() == 1
    assert page.locator("details[open]").count() == 0
    assert page.get_by_text("答案：").first.is_hidden()
    for question in (questions.first, questions.last):
        question.locator("summary").click()
        answer = question.get_by_text("答案：")
        assert answer.is_visible()
        assert len(question.locator("details").inner_text()) > 20
    choice = questions.locator("input[type=radio]").first
    choice.check()
    assert choice.is_checked()
    page.get_by_role("button", name="清除本页所选").click()
    assert not choice.is_checked()
    assert page.url == f"{file_home}quizzes/{bank}.html"


def test_an_answer_leads_to_its_article_and_its_case(
    file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, **OFF)
    for folder, anchor in (("regulations", "#art-"), ("cases", ".html")):
        page.goto(f"{file_home}quizzes/community-home.html")
        link = f"a[href*='../{folder}/'][href*='{anchor}']"
        answer = page.locator(f"details:has({link})").first
        answer.locator("summary").click()
        answer.locator(link).first.click()
        assert page.url.startswith(f"{file_home}{folder}/")
        assert anchor in page.url
        assert page.locator("h1").is_visible()
        if "#" in page.url:
            assert page.locator(":target").is_visible()


def test_lists_and_neighbours_lead_on(file_home: str, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(file_home, **OFF)
    page.goto(file_home + "index.html")
    page.locator("#content").get_by_role("link", name="看案例").click()
    assert page.url == file_home + "cases/index.html"
    page.get_by_text("按年份、行业领域看").click()
    page.get_by_role("link", name="2015 年").click()
    assert page.url == file_home + "cases/2015.html"
    page.get_by_role("link", name="天津港").first.click()
    first = page.locator("h1").inner_text()
    page.locator("a[rel=next]").last.click()
    second = page.locator("h1").inner_text()
    assert second != first
    page.locator("a[rel=prev]").last.click()
    assert page.locator("h1").inner_text() == first
    page.locator("nav[aria-label=所在位置] a").first.click()
    assert page.url == file_home + "index.html"
