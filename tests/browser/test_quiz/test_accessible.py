"""axe finds nothing in any state of practice, exam and book: light, dark, contrast, phone, desktop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Visit = Callable[..., Any]
Look = Callable[[Any], list[str]]

DRESSES = [
    pytest.param({"viewport": {"width": 360, "height": 740}}, "", id="phone"),
    pytest.param({"color_scheme": "dark"}, "", id="dark"),
    pytest.param({}, "contrast", id="contrast"),
]


def dressed(visit: Visit, site: Path, name: str, options: dict[str, Any], color: str) -> Any:
    page = visit(site, name, reduced_motion="reduce", **options)
    if color:
        page.evaluate("(color) => { document.documentElement.dataset.color = color; }", color)
    return page


def no_overflow(page: Any) -> bool:
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return fits


@pytest.mark.parametrize(("options", "color"), DRESSES)
def test_practice(
    site_dir: Path, visit: Visit, axe: Look, options: dict[str, Any], color: str
) -> None:
    page = dressed(visit, site_dir, "community-home.html", options, color)
    page.locator("[data-filters] summary").click()
    assert axe(page) == []
    for name, letter in (("001", "A"), ("002", "D"), ("023", "对")):
        page.locator(f"#q-home-{name} [data-option='{letter}'] label").click()
    page.locator("#q-home-030 input").first.fill("12350")
    page.locator("#q-home-030 [data-check]").click()
    page.locator("#q-home-033 select").first.select_option("B")
    page.locator("#q-home-033 [data-check]").click()
    page.locator("#q-home-003 [data-check]").click()
    assert axe(page) == []
    page.locator("[data-open-card]").click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="一题一屏").click()
    page.wait_for_function("document.querySelectorAll('[data-question]').length === 1")
    assert axe(page) == []
    assert no_overflow(page)
    page.get_by_role("button", name="投影").click()
    page.wait_for_selector("[data-reveal]:not([hidden])")
    page.locator("[data-reveal]").click()
    assert axe(page) == []
    assert no_overflow(page)


@pytest.mark.parametrize(("options", "color"), DRESSES)
def test_exam(site_dir: Path, visit: Visit, axe: Look, options: dict[str, Any], color: str) -> None:
    page = dressed(visit, site_dir, "exam.html?contest=community-2026", options, color)
    page.locator("summary", has_text="全班同一份试卷").click()
    page.get_by_role("button", name="生成试卷链接").click()
    page.wait_for_selector("[data-link-row]:not([hidden])")
    assert axe(page) == []
    assert no_overflow(page)
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-question]")
    page.locator("[data-option] label").first.click()
    page.locator("[data-flag]").click()
    assert axe(page) == []
    page.locator("[data-open-card]").click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="暂停").click()
    assert axe(page) == []
    page.get_by_role("button", name="继续作答").click()
    page.locator("[data-hand-in]").click()
    assert axe(page) == []
    assert no_overflow(page)
    page.locator("[data-confirm-yes]").click()
    page.wait_for_function("document.querySelectorAll('[data-feedback]:not([hidden])').length > 40")
    page.locator("[data-screen='result'] summary").click()
    assert axe(page) == []
    assert no_overflow(page)


@pytest.mark.parametrize(("options", "color"), DRESSES)
def test_book(site_dir: Path, visit: Visit, axe: Look, options: dict[str, Any], color: str) -> None:
    page = dressed(visit, site_dir, "book.html", options, color)
    assert axe(page) == []
    page.evaluate("Jingzhong.progress.record('home-001', 'community-home', false)")
    page.evaluate("Jingzhong.progress.recordDaily('community-home', 'home-001', 1)")
    page.reload()
    page.locator("[data-do-due]").click()
    page.wait_for_selector("#q-home-001")
    page.locator("[data-option='A'] label").click()
    page.get_by_role("button", name="导出我的记录").click()
    page.get_by_role("button", name="清除我的记录").click()
    assert axe(page) == []
    assert no_overflow(page)


def test_a_planted_fault_is_found(site_dir: Path, visit: Visit, axe: Look) -> None:
    page = visit(site_dir, "community-home.html")
    page.evaluate("document.querySelector('[data-check]').textContent = ''")
    assert any("button-name" in fault for fault in axe(page))


def test_nothing_moves_for_those_who_asked_for_it(site_dir: Path, visit: Visit) -> None:
    for motion, name in (("reduce", "none"), ("no-preference", "jz-rise")):
        page = visit(
            site_dir,
            "community-home.html",
            reduced_motion=motion,
            viewport={"width": 390, "height": 800},
        )
        page.locator("[data-open-card]").click()
        style = "getComputedStyle(document.querySelector('[data-card]')).animationName"
        assert page.evaluate(style) == name


def test_right_and_wrong_differ_without_colour(site_dir: Path, visit: Visit) -> None:
    page = visit(site_dir, "community-home.html")
    page.locator("#q-home-001 [data-option='A'] label").click()
    rows = page.locator("#q-home-001 [data-option]")
    marks = [rows.nth(at).locator("[data-mark]").inner_text() for at in (0, 1, 2)]
    assert len(set(marks)) == 3
    page.locator("[data-open-card]").click()
    cells = page.locator("[data-cell]")
    assert cells.nth(0).inner_text() == "1✗" and cells.nth(1).inner_text() == "2"
