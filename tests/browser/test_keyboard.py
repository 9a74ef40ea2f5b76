"""With the keyboard alone: the way past the navigation comes first, and one always sees where one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

STEPS = 25
# What of the focused element a reader can see. A control that is itself invisible (Material's
# colour switch) shows its focus on its label.
FOCUS = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const label = node.labels && [...node.labels].find(each => each.getClientRects().length);
  const shown = [node, label].filter(Boolean).filter(each => {
    const style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    const seen = box.width > 2 && box.height > 2 && style.opacity !== "0"
      && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return seen && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const name = node.textContent.trim().slice(0, 20) || node.getAttribute("aria-label") || node.id;
  return {name: node.tagName.toLowerCase() + " " + name, href: node.getAttribute("href"),
          seen: shown.length > 0, inside: Boolean(node.closest("#content"))};
}"""


def walk(page: Any, steps: int = STEPS) -> list[dict[str, Any]]:
    """Press Tab so often, or until the page ends; what had the focus each time."""
    met = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            break
        met.append(focus)
    return met


@pytest.mark.parametrize("width", [390, 1280])
def test_every_step_of_a_core_page_is_seen(
    width: int, core_pages: dict[str, str], file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(
        file_home, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    unseen = {}
    for address in core_pages.values():
        page.goto(file_home + address)
        met = walk(page)
        assert len(met) > 8
        assert met[0]["name"] == "a 跳到正文", address
        unseen[address] = [focus["name"] for focus in met if not focus["seen"]]
    assert {address: names for address, names in unseen.items() if names} == {}


def test_the_first_step_leads_past_the_navigation(
    core_page: str, file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, reduced_motion="reduce")
    page.goto(file_home + core_page)
    skip = page.get_by_role("link", name="跳到正文")
    assert skip.bounding_box()["y"] < 0
    page.keyboard.press("Tab")
    assert skip.evaluate("e => e === document.activeElement")
    box = skip.bounding_box()
    assert box["y"] >= 0 and box["height"] >= 24
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'content'")
    (after,) = walk(page, 1)
    assert after["inside"], after


def test_a_quiz_is_answered_with_keys_alone(file_home: str, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(file_home, reduced_motion="reduce")
    page.goto(file_home + "quizzes/community-home.html")
    question = page.locator("section.jz-question:has(input[type=radio])").first
    question.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert question.locator("input").nth(1).is_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "核对答案"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert question.get_by_text("答案：").is_visible()


@pytest.mark.parametrize(
    "planted",
    ["*:focus { outline: none !important }", "a { position: absolute; left: -90rem }"],
)
def test_a_step_that_is_not_seen_is_found(
    planted: str, file_home: str, open_page: Callable[..., Any]
) -> None:
    page, _ = open_page(file_home, reduced_motion="reduce")
    page.goto(file_home + "about.html")
    page.add_style_tag(content=planted)
    assert sum(not focus["seen"] for focus in walk(page)) > 3


def test_a_first_step_elsewhere_is_found(file_home: str, open_page: Callable[..., Any]) -> None:
    page, _ = open_page(file_home, reduced_motion="reduce")
    page.goto(file_home + "about.html")
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<a href=\"#x\">先到这里</a>')")
    assert walk(page, 1)[0]["name"] == "a 先到这里"
