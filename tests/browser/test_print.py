"""On paper: the text in black on white, without anything to click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

# An A4 page with margins of 1.5 cm, in CSS pixels.
PAPER = {"width": 680, "height": 1010}
CASE = "cases/2015-08-12-tianjin-ruihai.html"
LOOK = """() => {
  const shown = node => node.checkVisibility() && node.getClientRects().length > 0;
  const style = name => getComputedStyle(document.querySelector(name));
  return {
    clickable: [...document.querySelectorAll("nav, header, button, .jz-skip")]
      .filter(shown).map(node => node.className || node.tagName),
    ink: style("#content").color,
    heading: style("h1").color,
    paper: style("body").backgroundColor,
    wide: document.documentElement.scrollWidth - innerWidth,
  };
}"""


def print_faults(page: Any) -> list[str]:
    """What of the open page does not belong on paper."""
    page.emulate_media(media="print")
    look = page.evaluate(LOOK)
    faults = [f"{name} is shown" for name in look["clickable"]]
    faults += [
        f"{part} is {look[part]}" for part in ("ink", "heading") if look[part] != "rgb(0, 0, 0)"
    ]
    if look["paper"] != "rgb(255, 255, 255)":
        faults.append(f"paper is {look['paper']}")
    if look["wide"] > 0:
        faults.append(f"{look['wide']} px too wide")
    return faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_core_pages_print_as_text(
    scheme: str, core_pages: dict[str, str], file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, viewport=PAPER, color_scheme=scheme)
    found = {}
    for address in core_pages.values():
        page.goto(file_home + address)
        page.emulate_media(media="screen")
        assert page.locator("header nav").first.is_visible()
        found[address] = print_faults(page)
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (".jz-crumbs.jz-crumbs { display: block !important }", "is shown"),
        ("#content { color: #555 !important }", "ink is"),
        ("body { background: #15181b !important }", "paper is"),
        ("h1 { width: 60rem }", "too wide"),
    ],
)
def test_a_planted_fault_on_paper_is_found(
    planted: str, fault: str, file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, viewport=PAPER)
    page.goto(file_home + CASE)
    page.add_style_tag(content=planted)
    assert any(fault in found for found in print_faults(page))


def test_a_printed_case_keeps_its_stripe_and_names_its_sources(
    file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, viewport=PAPER)
    page.goto(file_home + CASE)
    page.emulate_media(media="print")
    stripe = page.locator(".jz-stripe").first
    box = stripe.bounding_box()
    assert box["height"] >= 4 and box["width"] > PAPER["width"] * 0.8
    style = stripe.evaluate(
        "e => [getComputedStyle(e).backgroundImage, getComputedStyle(e).printColorAdjust]"
    )
    assert "repeating-linear-gradient" in style[0] and style[1] == "exact"
    # On paper a link is no use without its address.
    links = page.locator(".jz-sources a[href^=http]")
    for link in links.all():
        after = link.evaluate("e => getComputedStyle(e, '::after').content")
        assert link.get_attribute("href") in after
    assert page.locator("#sources").is_visible()
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF") and 2 <= pdf.count(b"/Type /Page\n") <= 8
