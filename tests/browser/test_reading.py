"""Pages fit narrow screens and large type, and long ones show their contents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

# What sticks out to the right, for the message; parents of it stick out because of it.
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter(node => {
    const box = node.getBoundingClientRect();
    return box.right > width + 1 && box.width > 0 && node.checkVisibility();
  });
  const wide = document.documentElement.scrollWidth - width;
  return wide <= 0 ? [] : [`${wide} px`, ...out
    .filter(node => !out.some(other => other !== node && node.contains(other)))
    .slice(0, 3).map(node => node.tagName + "." + node.className)];
}"""


def set_text_size(page: Any, percent: int) -> None:
    """Set the browser's own text size, as its settings do; 100 % is 16 pixels."""
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    sizes = {"standard": 16 * percent // 100, "fixed": 13 * percent // 100}
    session.send("Page.setFontSizes", {"fontSizes": sizes})


@pytest.mark.parametrize(("width", "percent"), [(320, 100), (390, 100), (390, 200), (1280, 200)])
def test_no_page_scrolls_sideways(
    width: int,
    percent: int,
    core_pages: dict[str, str],
    file_home: str,
    open_page: Callable[..., Any],
) -> None:
    page, _ = open_page(file_home, viewport={"width": width, "height": 800})
    set_text_size(page, percent)
    found = {}
    for address in (*core_pages.values(), "404.html"):
        page.goto(file_home + address)
        for details in page.locator("details").all()[:3]:
            details.evaluate("e => { e.open = true }")
        found[address] = page.evaluate(OVERFLOW)
    assert {address: what for address, what in found.items() if what} == {}


def test_text_grows_with_the_browsers_own_size(
    file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home)
    sizes = {}
    for percent in (100, 200):
        set_text_size(page, percent)
        page.goto(file_home + "report.html")
        sizes[percent] = {
            part: page.locator(part).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
            for part in ("#content p", "h1", "h2", "header nav a", "footer p")
        }
    # Wide screens have slightly larger steps of type; in a larger type the screen counts as narrow.
    assert {part: round(sizes[200][part] / size, 1) for part, size in sizes[100].items()}
    for part, size in sizes[100].items():
        assert sizes[200][part] >= 1.6 * size, part
    assert sizes[100]["#content p"] >= 17


@pytest.mark.parametrize(
    "planted",
    [
        "<div style='width: 60rem'>x</div>",
        "<p style='white-space: nowrap'>" + "很长的一行" * 30 + "</p>",
    ],
)
def test_a_planted_overflow_is_found(
    planted: str, file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, viewport={"width": 390, "height": 800})
    page.goto(file_home + "report.html")
    assert page.evaluate(OVERFLOW) == []
    page.locator("#content").evaluate(
        "(e, html) => e.insertAdjacentHTML('beforeend', html)", planted
    )
    assert page.evaluate(OVERFLOW) != []


@pytest.mark.parametrize(
    "address", ["cases/2015-08-12-tianjin-ruihai.html", "regulations/work-safety-law.html"]
)
def test_the_contents_of_a_long_page_lead_to_its_parts(
    address: str, file_home: str, open_page: Callable[..., Any]
) -> None:
    page, watch = open_page(file_home, viewport={"width": 1280, "height": 800})
    page.goto(file_home + address)
    links = page.locator("nav[aria-label=本页目录] a[href^='#']")
    assert links.count() >= 5
    for link in (links.nth(1), links.last):
        assert link.is_visible()
        link.click()
        target = page.locator(":target")
        assert target.inner_text().split() == link.inner_text().split()
        page.wait_for_function(
            "() => { const y = document.querySelector(':target').getBoundingClientRect().top;"
            " return y >= 0 && y < innerHeight }"
        )
    page.set_viewport_size({"width": 390, "height": 800})
    assert links.first.is_hidden()
    assert watch.errors == []
