"""Time, answers and handing in stay in sight all through an exam, and are in nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Visit = Callable[..., Any]
PHONE = {"width": 390, "height": 844}
LOOK = """() => {
  const shown = [...document.querySelectorAll("[data-clock], [data-answered], [data-hand-in]")]
    .map(node => node.getBoundingClientRect());
  const bar = document.querySelector(".jz-exam__bar").getBoundingClientRect();
  return {inSight: shown.every(box => box.height > 0 && box.top >= 0 && box.bottom <= innerHeight
            && box.left >= 0 && box.right <= innerWidth),
          height: bar.height, part: bar.height / innerHeight, scrolled: scrollY};
}"""
# The bars that cover the focused control, or the letters beside it.
COVERED = """() => {
  const node = document.activeElement;
  if (!node.closest(".jz-quiz") || node.matches("[data-question]")) return null;
  const box = node.getBoundingClientRect();
  return [...document.querySelectorAll(".jz-exam__bar, .jz-deckbar")].filter(bar => {
    const over = bar.getBoundingClientRect();
    return box.top < over.bottom - 1 && box.bottom > over.top + 1;
  }).map(bar => bar.className + " over " + (node.name || node.textContent)).join();
}"""


def sit(visit: Visit, site: Path, address: str, layout: str = "list", **options: Any) -> Any:
    """A page in the middle of an exam."""
    options.setdefault("viewport", PHONE)
    page = visit(site, address, reduced_motion="reduce", **options)
    begin(page, layout)
    return page


def begin(page: Any, layout: str) -> None:
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_selector("[data-screen='run']:not([hidden]) ~ [data-questions] [data-question]")
    if layout == "list":
        page.get_by_role("button", name="列表").click()
        page.wait_for_function("document.querySelectorAll('[data-question]').length > 1")


def enlarge(page: Any, font: int, root: str) -> None:
    """The font setting of the browser in per cent, and text zoomed through the root element."""
    session = page.context.new_cdp_session(page)
    sizes = {"standard": 16 * font // 100, "fixed": 13 * font // 100}
    session.send("Page.enable")
    session.send("Page.setFontSizes", {"fontSizes": sizes})
    page.evaluate("(root) => { document.documentElement.style.fontSize = root; }", root)


@pytest.mark.parametrize(
    ("font", "root", "most"), [(100, "", 60), (200, "", 211), (100, "200%", 211)]
)
def test_the_bar_stays_in_sight_and_slim(
    planted_site: Path, visit: Visit, font: int, root: str, most: int
) -> None:
    page = sit(visit, planted_site, "exam.html?contest=planted")
    enlarge(page, font, root)
    page.mouse.wheel(0, 3000)
    page.wait_for_function("scrollY > 2500")
    look = page.evaluate(LOOK)
    assert look["inSight"] and look["height"] <= most and look["part"] <= 0.25, look
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_bar_that_scrolls_away_or_grows_is_noticed(planted_site: Path, visit: Visit) -> None:
    page = sit(visit, planted_site, "exam.html?contest=planted")
    page.add_style_tag(content=".jz-exam__bar { position: static !important }")
    page.mouse.wheel(0, 3000)
    page.wait_for_function("scrollY > 2500")
    assert not page.evaluate(LOOK)["inSight"]
    page.add_style_tag(content=".jz-exam__bar { padding: 6rem 0 !important }")
    assert page.evaluate(LOOK)["part"] > 0.2


def test_the_bar_counts_the_answers(planted_site: Path, visit: Visit) -> None:
    page = sit(visit, planted_site, "exam.html?contest=planted")
    shown = page.locator("[data-answered]")
    assert shown.inner_text() == "0/13"
    page.locator("[data-option] label").nth(0).click()
    page.locator("[data-option] label").nth(1).click()
    assert shown.inner_text() == "1/13"
    blank = page.locator("#q-nasty-4 input").first
    blank.fill("119")
    assert shown.inner_text() == "2/13"
    blank.fill(" ")
    assert shown.inner_text() == "1/13"
    page.reload()
    page.wait_for_selector("[data-screen='run']:not([hidden]) ~ [data-questions] [data-question]")
    assert shown.inner_text() == "1/13"


def covered(page: Any, key: str, steps: int) -> list[str]:
    """Press a key so often; what the bars covered of what had the focus."""
    found = []
    met = 0
    for _ in range(steps):
        page.keyboard.press(key)
        fault = page.evaluate(COVERED)
        met += fault is not None
        found += [fault] if fault else []
    assert met > steps // 2
    return found


@pytest.mark.parametrize(
    ("font", "planted", "is_found"),
    [(100, "", False), (200, "", False), (100, "* { scroll-margin: 0 !important }", True)],
)
def test_the_bars_never_cover_what_has_the_focus(
    planted_site: Path, visit: Visit, font: int, planted: str, is_found: bool
) -> None:
    page = sit(visit, planted_site, "exam.html?contest=planted")
    enlarge(page, font, "")
    if planted:
        page.add_style_tag(content=planted)
    page.locator("#q-nasty-4 input").first.focus()
    found = covered(page, "Tab", 20) + covered(page, "Shift+Tab", 30)
    assert bool(found) == is_found, found


def test_a_question_turned_to_stands_below_the_bar(planted_site: Path, visit: Visit) -> None:
    page = sit(visit, planted_site, "exam.html?contest=planted", "one")
    for _ in range(4):
        page.locator("[data-next]").click()
        page.wait_for_timeout(60)
        tops = page.evaluate(
            "['.jz-exam__bar', '.jz-exam__tools', '[data-question]'].map(name =>"
            " document.querySelector(name).getBoundingClientRect())"
            ".flatMap(box => [box.top, box.bottom])"
        )
        assert tops == sorted(tops) and tops[0] >= 0, tops


def test_the_end_comes_near_in_words_and_with_a_sign(
    planted_site: Path, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(planted_site.as_uri() + "/", viewport=PHONE)
    page.clock.install()
    page.goto((planted_site / "quizzes/exam.html").as_uri() + "?bank=many")
    page.locator("[data-minutes]").select_option("10")
    begin(page, "one")
    label, sign = page.locator("[data-time-label]"), page.locator("[data-near-sign]")
    before = page.evaluate(LOOK)["height"]
    page.clock.run_for(299_000)
    assert label.inner_text() == "剩余" and sign.is_hidden()
    page.clock.run_for(2_000)
    for words, pause in (("不到 5 分钟", 210_000), ("不到 1 分钟", 0)):
        assert label.inner_text() == words and sign.is_visible()
        # It stays, does not move anything, and does not blink.
        page.clock.run_for(30_000)
        assert label.inner_text() == words
        assert page.evaluate(LOOK)["height"] == before
        assert page.evaluate("document.getAnimations().length") == 0
        page.clock.run_for(pause)
    # After a reload too.
    page.reload()
    page.wait_for_selector("[data-screen='run']:not([hidden])")
    assert label.inner_text() == "不到 1 分钟"


def test_a_short_exam_does_not_begin_with_a_warning(planted_site: Path, visit: Visit) -> None:
    page = sit(visit, planted_site, "exam.html?contest=planted", "one")
    assert page.locator("[data-time]").inner_text() in ("02:00", "01:59")
    assert page.locator("[data-time-label]").inner_text() == "剩余"
    assert page.locator("[data-near-sign]").is_hidden()


def test_handing_in_asks_where_the_reader_is(planted_site: Path, visit: Visit) -> None:
    page = sit(visit, planted_site, "exam.html?contest=planted")
    page.mouse.wheel(0, 2000)
    page.wait_for_function("scrollY > 1500")
    before = page.evaluate("scrollY")
    page.locator("[data-hand-in]").click()
    box = page.locator("[data-confirm]").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.hasAttribute('data-hand-in')")
    assert page.evaluate("scrollY") == before


def test_neither_a_notch_nor_paper_disturbs(planted_site: Path, visit: Visit) -> None:
    page = sit(visit, planted_site, "exam.html?contest=planted")
    before = page.evaluate(LOOK)["height"]
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setSafeAreaInsetsOverride", {"insets": {"top": 40}})
    assert page.evaluate(LOOK)["height"] == before + 40
    page.emulate_media(media="print")
    assert page.locator(".jz-exam__bar").is_hidden() and page.locator(".jz-exam__tools").is_hidden()
