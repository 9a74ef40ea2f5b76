"""The head of every page: low on a phone, with everything still in it and in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

MOST = 130
LOOK = """() => {
  const shown = [...document.querySelectorAll("header :is(a, button, input, select)")]
    .filter(node => node.checkVisibility({visibilityProperty: true}));
  const boxes = shown.map(node => [node.textContent.trim() || node.id, node.getBoundingClientRect()]);
  return {
    height: Math.round(document.querySelector("header").getBoundingClientRect().height),
    words: shown.map(node => node.textContent.trim()),
    small: boxes.filter(([, box]) => Math.min(box.width, box.height) < 43.9).map(([name]) => name),
    outside: boxes.filter(([, box]) => box.left < 0 || box.right > innerWidth).map(([name]) => name),
    wide: document.documentElement.scrollWidth - innerWidth,
  };
}"""


def head_faults(page: Any) -> list[str]:
    """What is wrong with the head of the page that is open on a phone."""
    look = page.evaluate(LOOK)
    faults = [f"{look['height']} px high"] if look["height"] > MOST else []
    faults += [
        f"no {word}" for word in ("菜单", "搜索", "大字版", "朗读") if word not in look["words"]
    ]
    faults += [f"{name} is too small" for name in look["small"]]
    faults += [f"{name} sticks out" for name in look["outside"]]
    if look["wide"] > 0:
        faults.append("too wide")
    if not page.locator("header input[type=search]").is_visible():
        faults.append("no field")
    return faults


@pytest.mark.parametrize("width", [360, 390])
def test_the_head_is_low_on_a_phone(
    width: int, core_pages: dict[str, str], file_home: str, open_page: Callable[..., Any]
) -> None:
    page, watch = open_page(file_home, viewport={"width": width, "height": 844})
    found = {}
    for address in core_pages.values():
        page.goto(file_home + address)
        found[address] = head_faults(page)
        if address.count("/") and not address.endswith("index.html"):
            assert page.locator(".jz-crumbs a").first.is_visible(), address
    assert {address: faults for address, faults in found.items() if faults} == {}
    assert watch.errors == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (".jz-nav { display: block !important }", "px high"),
        (".jz-tool { min-height: 2rem !important }", "大字版 is too small"),
        ("[data-read] { display: none }", "no 朗读"),
        (".jz-brand { min-width: 30rem !important }", "sticks out"),
    ],
)
def test_a_fault_of_the_head_is_found(
    planted: str, fault: str, file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, viewport={"width": 390, "height": 844})
    page.goto(file_home + "about.html")
    page.add_style_tag(content=planted)
    assert any(fault in found for found in head_faults(page)), head_faults(page)


@pytest.mark.parametrize(
    ("width", "font", "most"), [(320, 100, 160), (390, 200, 310), (320, 200, 345)]
)
def test_narrow_screens_and_large_letters(
    width: int, font: int, most: int, file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, viewport={"width": width, "height": 844})
    session = page.context.new_cdp_session(page)
    session.send("Page.enable")
    sizes = {"standard": 16 * font // 100, "fixed": 13 * font // 100}
    session.send("Page.setFontSizes", {"fontSizes": sizes})
    page.goto(file_home + "about.html")
    for press in (0, 1):
        if press:
            page.get_by_role("button", name="菜单").click()
        look = page.evaluate(LOOK)
        assert press or look["height"] <= most, look
        assert look["outside"] == [] and look["small"] == [] and look["wide"] <= 0, look


def test_the_menu_holds_the_columns_and_the_colours(
    site_server: Any, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(site_server.root, viewport={"width": 390, "height": 844})
    # It needs no other script.
    page.route("**/js/comfort.js", lambda route: route.abort())
    page.goto(site_server.root + "about.html")
    menu, links = page.get_by_role("button", name="菜单"), page.locator("header nav a:visible")
    assert menu.get_attribute("aria-expanded") == "false" and links.count() == 0
    menu.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true" and links.count() == 8
    assert page.locator("header nav [aria-current]").inner_text() == "关于本站"
    page.keyboard.press("Space")
    assert menu.get_attribute("aria-expanded") == "false" and links.count() == 0
    page.unroute("**/js/comfort.js")
    page.reload()
    assert page.get_by_label("颜色").is_hidden()
    menu.click()
    page.get_by_label("颜色").select_option("dark")
    assert page.evaluate("document.documentElement.dataset.color") == "dark"


def test_without_scripts_the_columns_are_open(
    file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(
        file_home, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    page.goto(file_home + "about.html")
    assert page.locator("header nav a:visible").count() == 8
    assert page.get_by_text("菜单", exact=True).is_hidden()


def test_a_wide_window_needs_no_menu(file_home: str, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(file_home, viewport={"width": 1280, "height": 800})
    page.goto(file_home + "about.html")
    assert page.locator("header nav a:visible").count() == 8
    assert page.locator("[data-menu]").is_hidden()
    assert page.get_by_label("颜色").is_visible()
    assert page.locator("header").bounding_box()["height"] <= MOST
