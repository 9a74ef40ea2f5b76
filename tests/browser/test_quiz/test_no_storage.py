"""`localStorage` refused or full: everything still works while the page is open, and says what is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REFUSED = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = function () {
  throw new DOMException("full", "QuotaExceededError"); };"""
NOTE = "[data-storage]:visible"


@pytest.fixture(params=[REFUSED, FULL], ids=["refused", "full"])
def closed(request: pytest.FixtureRequest, site_dir: Path, open_page: Callable[..., Any]) -> Any:
    """A page of a browser that keeps nothing."""
    page, watch = open_page(site_dir.as_uri() + "/", viewport={"width": 1280, "height": 900})
    page.context.add_init_script(request.param)
    page.quiz_watch = watch
    page.home = (site_dir / "quizzes").as_uri() + "/"
    return page


def test_practice_works_and_says_what_is_lost(closed: Any) -> None:
    closed.goto(closed.home + "community-home.html")
    assert "都会丢" in closed.locator(NOTE).inner_text()
    closed.locator("#q-home-001 [data-option='A'] label").click()
    assert "✗ 答错了" in closed.locator("#q-home-001 [data-feedback]").inner_text()
    closed.get_by_role("button", name="一题一屏").click()
    closed.locator("[data-next]").click()
    closed.wait_for_selector("#q-home-002")
    assert closed.quiz_watch.errors == []


def test_an_exam_goes_to_its_end(closed: Any) -> None:
    closed.goto(closed.home + "exam.html?bank=construction")
    assert closed.locator(NOTE).count() == 1
    closed.get_by_role("button", name="开始考试").click()
    closed.wait_for_selector("[data-question]")
    closed.get_by_role("button", name="列表").click()
    closed.wait_for_function("document.querySelectorAll('[data-question]').length === 20")
    closed.locator("[data-hand-in]").click()
    closed.locator("[data-confirm-yes]").click()
    closed.wait_for_selector("[data-screen='result']:not([hidden])")
    closed.wait_for_function("document.querySelector('[data-score]').textContent")
    assert closed.quiz_watch.errors == []


def test_leaving_an_exam_that_cannot_be_kept_is_asked_about(closed: Any) -> None:
    closed.goto(closed.home + "exam.html?bank=construction")
    closed.get_by_role("button", name="开始考试").click()
    closed.wait_for_selector("[data-question]")
    closed.locator("[data-next]").click()
    asked = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    closed.on("dialog", answer)
    closed.reload()
    assert asked == ["beforeunload"]


def test_the_book_keeps_within_the_page(closed: Any) -> None:
    closed.goto(closed.home + "book.html")
    assert closed.locator(NOTE).count() == 1
    closed.evaluate("Jingzhong.progress.record('home-001', 'community-home', false)")
    closed.evaluate("Jingzhong.progress.record('home-002', 'community-home', false)")
    assert closed.evaluate("Jingzhong.progress.open().length") == 2
    closed.get_by_role("button", name="导出我的记录").click()
    assert "home-002" in closed.locator("[data-export-text]").input_value()
    assert closed.quiz_watch.errors == []


def test_where_storage_works_there_is_no_such_note(
    site_dir: Path, visit: Callable[..., Any]
) -> None:
    for name in ("community-home.html", "exam.html", "book.html"):
        page = visit(site_dir, name)
        page.wait_for_selector("button:visible")
        assert page.locator(NOTE).count() == 0
