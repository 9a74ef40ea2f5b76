"""Markup, quotes, `</script>`, right-to-left and emoji in every field show as text, everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_quiz.conftest import NASTY, nasty_questions

Visit = Callable[..., Any]
SHOWN = " ".join(NASTY.split())


def assert_text_only(page: Any) -> None:
    """Nothing in the page came from the planted markup, and no planted script ran."""
    assert page.evaluate("window.broken") is None
    assert page.locator("#content b[onclick], #content img[src='x']").count() == 0
    assert page.quiz_watch.errors == []


def assert_shows_everything(page: Any, number: int) -> None:
    """Every text of one planted question stands in its block as it was written."""
    question = nasty_questions()[number - 1]
    block = page.locator(f"#q-nasty-{number}")
    page.evaluate("document.querySelectorAll('[data-answer]').forEach(d => { d.open = true; })")
    text = " ".join(block.evaluate("node => node.textContent").split())
    wanted = [question["stem"], question["passage"], question["explanation"]]
    wanted += [
        part for name in ("options", "left", "right") for part in question.get(name, {}).values()
    ]
    for part in wanted:
        assert " ".join(part.split()) in text, part
    assert block.locator("[data-image]").get_attribute("alt") == f"图{NASTY}"
    width = (
        "node => { node.loading = 'eager'; return node.decode().then(() => node.naturalWidth); }"
    )
    assert block.locator("[data-image]").evaluate(width) > 0


def test_on_the_page_of_the_bank(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, "nasty.html")
    assert SHOWN in " ".join(page.locator("h1").inner_text().split())
    for number in range(1, 7):
        assert_shows_everything(page, number)
    page.locator("[data-filters] summary").click()
    page.wait_for_function("document.querySelector('[data-topic]').options.length === 2")
    assert SHOWN in " ".join(page.locator("[data-topic] option").last.inner_text().split())
    page.locator("#q-nasty-4 input").last.fill(f"急救{NASTY}")
    page.locator("#q-nasty-4 [data-check]").click()
    said = page.locator("#q-nasty-4 [data-feedback]").inner_text()
    assert "◐" in said and SHOWN in " ".join(said.split())
    page.locator("#q-nasty-5 select").first.select_option("D")
    assert_text_only(page)


def test_without_javascript(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, "nasty.html", java_script_enabled=False)
    assert page.locator("#content b[onclick], #content img[src='x']").count() == 0
    assert page.locator("#q-nasty-1 [data-stem]").inner_text() == f"题干1{NASTY}"


def test_in_the_exam(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, "exam.html?contest=planted")
    assert f"竞赛{SHOWN}" in " ".join(page.locator("[data-facts]").inner_text().split())
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-question]")
    page.get_by_role("button", name="列表").click()
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 13")
    for number in (2, 4, 5, 6):
        assert_shows_everything(page, number)
    page.locator("[data-hand-in]").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_selector("[data-screen='result']:not([hidden])")
    assert f"竞赛{SHOWN}" in " ".join(page.locator("[data-result-title]").inner_text().split())
    page.locator("[data-screen='result'] summary", has_text="答题证明").click()
    page.locator("[data-holder]").fill(NASTY)
    # A name has room for forty signs.
    assert page.locator("[data-certificate-name]").inner_text() == NASTY[:40].strip()
    assert_text_only(page)


def test_in_a_link_from_a_stranger(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, "exam.html")
    paper = {
        "title": NASTY,
        "minutes": 0,
        "scoring": "全对才得分",
        "sections": [
            {
                "type": "judge",
                "count": 1,
                "banks": ["nasty"],
                "topics": [f"主题{NASTY}"],
                "difficulties": [],
                "points": 100,
            }
        ],
        "seed": NASTY,
        "variant": "",
        "id": "00000000",
    }
    code = page.evaluate("(paper) => Jingzhong.papers.encode(paper)", paper)
    page.goto("about:blank")
    page.goto((planted_site / "quizzes/exam.html").as_uri() + "#paper=" + code)
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert "改过" in page.locator("[data-problem]").inner_text()
    assert SHOWN in " ".join(page.locator("[data-facts]").inner_text().split())
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("#q-nasty-3")
    assert_text_only(page)


def test_in_the_wrong_answer_book(planted_site: Path, visit: Visit) -> None:
    page = visit(planted_site, "nasty.html")
    page.locator("#q-nasty-1 [data-option='A'] label").click()
    page.goto((planted_site / "quizzes/book.html").as_uri())
    page.locator("[data-do-due]").click()
    page.wait_for_selector("#q-nasty-1")
    assert_shows_everything(page, 1)
    assert_text_only(page)


@pytest.mark.parametrize(
    "stranger", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("]
)
def test_no_script_of_the_quiz_can_make_markup_of_text(project: Path, stranger: str) -> None:
    scripts = project / "hooks/jingzhong/static/js"
    names = ("draw", "scoring", "quiz-*", "exam*", "book*")
    found = [path for name in names for path in scripts.glob(f"{name}.js")]
    assert len(found) >= 15
    assert [path.name for path in found if stranger in path.read_text("utf-8")] == []
