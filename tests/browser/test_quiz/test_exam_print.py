"""A result on paper: few pages, and only what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "10mm")
# Answers every question of the page rightly but each fifth, which is answered wrongly or left out.
ANSWER = """() => document.querySelectorAll("[data-question]").forEach((section, at) => {
  const facts = JSON.parse(section.dataset.question);
  const {type, answer} = facts;
  let given = type === "blank" ? answer.map(words => Array.isArray(words) ? words[0] : words) : answer;
  if (type === "order") given = [...answer];
  if (at % 5 === 2) {
    if (type === "single") given = answer === "A" ? "B" : "A";
    else if (type === "judge") given = answer === "对" ? "错" : "对";
    else return;
  }
  Jingzhong.question(section).setResponse(given);
  section.querySelector("input, select").dispatchEvent(new Event("change", {bubbles: true}));
})"""


@pytest.fixture
def result(site_dir: Path, visit: Callable[..., Any]) -> Any:
    """The result of a contest of 45 questions, 36 of them right."""
    page = visit(site_dir, "exam.html?contest=community-2026", reduced_motion="reduce")
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-question]")
    page.get_by_role("button", name="列表").click()
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 45")
    page.evaluate(ANSWER)
    page.locator("[data-hand-in]").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_function(
        "document.querySelectorAll('[data-feedback]:not([hidden])').length === 45"
    )
    return page


def pages(page: Any) -> int:
    """How many sheets of A4 the page prints."""
    count: int = page.pdf(format="A4", margin=MARGIN).count(b"/Type /Page\n")
    return count


def choose(page: Any, what: str) -> None:
    page.locator("[data-print-what]").select_option(label=what)


@pytest.mark.parametrize(
    ("what", "most", "questions"), [("只印成绩", 1, 0), ("成绩和错题", 3, 9), ("全部", 8, 45)]
)
def test_a_result_prints_on_few_pages(result: Any, what: str, most: int, questions: int) -> None:
    choose(result, what)
    assert pages(result) <= most
    result.emulate_media(media="print")
    assert result.locator("[data-question]:visible").count() == questions
    assert result.locator("[data-explanation]:visible").count() == questions
    assert result.locator("[data-score]").is_visible()
    assert result.locator("[data-each] tr:visible").count() == 15
    assert result.locator("#content button:visible, #content select:enabled:visible").count() == 0


def test_without_the_choice_the_result_would_take_many_pages(result: Any) -> None:
    result.evaluate("delete document.documentElement.dataset.prints")
    assert pages(result) > 12


def test_the_table_says_of_each_question_what_it_was(result: Any) -> None:
    rows = [
        row.split("\t")
        for row in result.locator("[data-each] tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent).join('\\t'))"
        )
    ]
    cells = [row[at : at + 3] for at in (0, 3, 6) for row in rows]
    assert [int(number) for number, _, _ in cells] == list(range(1, 46))
    states = [state for _, state, _ in cells]
    assert (states.count("✓ 对"), states.count("✗ 错"), states.count("○ 未答")) == (36, 6, 3)
    for at, (_, state, answer) in enumerate(cells):
        said = result.locator("[data-feedback]").nth(at).inner_text()
        if state == "✓ 对":
            assert said == "✓ 答对了" and answer
        elif state == "✗ 错":
            right, given = said.removeprefix("✗ 答错了。正确答案：").split("。你的答案：")
            assert answer == f"你答 {given}，应为 {right}"
        else:
            assert answer == "应为 " + said.removeprefix("○ 没有作答。正确答案：")
    assert result.locator(".jz-paper:visible").count() == 0, "on the screen the list says it"


def test_all_means_all_though_only_some_are_looked_at(result: Any) -> None:
    result.locator("[data-only-wrong]").check()
    result.wait_for_function("document.querySelectorAll('[data-question]').length === 9")
    choose(result, "全部")
    result.wait_for_function("document.querySelectorAll('[data-question]').length === 45")
    assert not result.locator("[data-only-wrong]").is_checked()


def test_the_button_prints_and_another_exam_prints_as_any_page(result: Any) -> None:
    result.evaluate(
        "window.print = () => { window.printed = {...document.documentElement.dataset}; }"
    )
    result.get_by_role("button", name="打印", exact=True).click()
    assert result.evaluate("[printed.print, printed.prints]") == ["result", "wrong"]
    result.get_by_role("button", name="再考一份").click()
    result.wait_for_selector("[data-screen='start']:not([hidden])")
    assert result.evaluate("'prints' in document.documentElement.dataset") is False


def test_nothing_wrong_prints_as_the_score(planted_site: Path, visit: Callable[..., Any]) -> None:
    page = visit(planted_site, "exam.html?bank=many")
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-question]")
    page.get_by_role("button", name="列表").click()
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 20")
    page.evaluate(ANSWER.replace("at % 5 === 2", "false"))
    page.locator("[data-hand-in]").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_function("document.documentElement.dataset.prints")
    assert page.locator("[data-score]").inner_text() == "100 分，满分 100 分"
    assert page.evaluate("document.documentElement.dataset.prints") == "score"
    assert pages(page) == 1
