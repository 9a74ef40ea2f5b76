"""Previews of cited articles: hover, focus, tap, Escape; nothing moves; links work without them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

CASE = "cases/2024-01-24-xinyu-jialeyuan.html"


@pytest.fixture
def address(site_dir: Path) -> str:
    """A case page from disk, where `fetch` fails: previews must not need it."""
    return (site_dir / CASE).as_uri()


def _open(browser: Browser, address: str, *, touch: bool = False, script: bool = True) -> Page:
    width = 390 if touch else 1280
    context = browser.new_context(
        viewport={"width": width, "height": 844}, has_touch=touch, is_mobile=touch
    )
    page = context.new_page()
    if not script:

        def drop(route: Route) -> None:
            route.abort()

        page.route("**/preview.js", drop)
    page.goto(address)
    page.locator("a[data-cite]").first.scroll_into_view_if_needed()
    return page


def test_hover_shows_the_article_and_moves_nothing(browser: Browser, address: str) -> None:
    page = _open(browser, address)
    before = page.evaluate("document.querySelector('#content').getBoundingClientRect().height")
    page.locator("a[data-cite]").first.hover()
    box = page.locator("#jz-preview")
    expect(box).to_be_visible()
    expect(box).to_contain_text("《消防法》第二十八条")
    expect(box).to_contain_text("（要点）")
    after = page.evaluate("document.querySelector('#content').getBoundingClientRect().height")
    assert after == before
    expect(page.locator("a[data-cite]").first).to_have_attribute("aria-describedby", "jz-preview")
    page.mouse.move(5, 5)
    expect(box).to_be_hidden()
    page.context.close()


def test_focus_shows_and_escape_hides(browser: Browser, address: str) -> None:
    page = _open(browser, address)
    page.locator("a[data-cite]").first.focus()
    expect(page.locator("#jz-preview")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#jz-preview")).to_be_hidden()
    expect(page.locator("a[data-cite]").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/regulations/fire-law.html#art-28")
    page.context.close()


def test_first_tap_shows_second_way_opens(browser: Browser, address: str) -> None:
    page = _open(browser, address, touch=True)
    page.locator("a[data-cite]").first.tap()
    box = page.locator("#jz-preview")
    expect(box).to_be_visible()
    assert page.url.endswith(CASE)
    box.get_by_role("button", name="关闭").tap()
    expect(box).to_be_hidden()
    page.locator("a[data-cite]").first.tap()
    box.get_by_role("link", name="打开这一条").tap()
    page.wait_for_url("**/regulations/fire-law.html#art-28")
    page.context.close()


def test_without_its_script_the_link_is_a_link(browser: Browser, address: str) -> None:
    page = _open(browser, address, script=False)
    page.locator("a[data-cite]").first.hover()
    page.wait_for_timeout(600)
    assert page.locator("#jz-preview").count() == 0
    page.locator("a[data-cite]").first.click()
    page.wait_for_url("**/regulations/fire-law.html#art-28")
    page.context.close()
