"""Larger for whoever needs it: zoom, the phone's own font setting, 大字版 and the narrowest screens.

On every kind of page: nothing scrolls sideways, no text is cut off, and what stands by itself to be
touched is at least 24 pixels each way (WCAG 2.2, 1.4.4, 1.4.10 and 2.5.8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser.full_site import KINDS, build_full_site


@dataclass(frozen=True)
class View:
    """How a reader looks at the site.

    `font` is the font setting of the browser in per cent, `root` a style of the root element, as
    some browsers zoom text; `size` is the site's own switch.
    """

    width: int
    scale: float = 1
    font: int = 100
    root: str = ""
    size: str = ""


VIEWS = {
    "narrowest": View(320),
    "narrowest, 大字版": View(320, size="large"),
    "narrowest, font 200 %": View(320, font=200),
    "phone, font 200 %": View(390, font=200),
    "phone, font 150 %, 大字版": View(390, font=150, size="large"),
    "desktop, zoom 200 %": View(640, scale=2),
    "desktop, font 200 %": View(1280, font=200),
    "desktop, text 200 %": View(1280, root="200%"),
    "tablet, 大字版": View(970, size="large"),
}
LOOK = """() => {
  const root = document.documentElement;
  const name = node => node.tagName.toLowerCase() + " " +
    (node.textContent.trim().replace(/\\s+/g, " ") || node.getAttribute("name") || "").slice(0, 16);
  const unseen = ".jz-hidden, .jz-skip, svg *, template";
  const shown = node => node.checkVisibility({visibilityProperty: true}) && !node.matches(unseen)
    && !node.closest(".jz-hidden, .jz-skip");
  const faults = [];
  const wide = root.scrollWidth - root.clientWidth;
  if (wide > 0) faults.push(`scrolls sideways by ${wide} px`);
  for (const node of document.body.querySelectorAll("*")) {
    if (!shown(node)) continue;
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    if (box.width && (box.right > root.clientWidth + 1 || box.left < -1)) {
      faults.push(`sticks out: ${name(node)}`);
    }
    // The name of a chosen file is shortened by the browser itself.
    const cuts = node.type !== "file" && /hidden|clip/.test(style.overflowX + style.overflowY)
      || ["BUTTON", "SELECT"].includes(node.tagName);
    if (cuts && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1)) {
      faults.push(`cut off: ${name(node)}`);
    }
    const scrolls = /auto|scroll/.test(style.overflowX) && node.scrollWidth > node.clientWidth + 1;
    if (scrolls && !node.matches("pre")) faults.push(`scrolls sideways: ${name(node)}`);
  }
  // A target within a sentence may be as high as its line; one that stands by itself may not.
  const within = node => {
    if (node.tagName !== "A" || getComputedStyle(node).display !== "inline") return false;
    let block = node.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const text = each => each.textContent.replace(/[\\s，。；：、]/g, "").length;
    return text(block) > [...block.querySelectorAll("a")].reduce((sum, each) => sum + text(each), 0);
  };
  for (const node of document.querySelectorAll("a[href], button, select, input, textarea, summary")) {
    if (!shown(node) || within(node)) continue;
    const boxes = [node, ...(node.labels || [])].flatMap(each => [...each.getClientRects()]);
    const height = Math.max(...boxes.map(box => box.height));
    const width = Math.max(...boxes.map(box => box.width));
    if (height < 23.99 || width < 23.99) {
      faults.push(`too small: ${name(node)} ${Math.round(width)}x${Math.round(height)}`);
    }
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def home(
    tmp_path_factory: pytest.TempPathFactory,
    copy_project: Callable[..., Path],
    run_mkdocs: Callable[..., object],
    serve_folder: Callable[[Path], Any],
) -> str:
    """The address of a site that has every kind of page."""
    folder = tmp_path_factory.mktemp("zoomed")
    root: str = serve_folder(build_full_site(folder, copy_project, run_mkdocs)).root
    return root


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    """One page, to be looked at in every way."""
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.session = context.new_cdp_session(page)
    page.session.send("Page.enable")
    yield page
    context.close()


def look(page: Any, view: View) -> list[str]:
    """Look at the open page in one of the ways; what is wrong with it."""
    metrics = {"width": view.width, "height": 800, "deviceScaleFactor": view.scale, "mobile": False}
    page.session.send("Emulation.setDeviceMetricsOverride", metrics)
    sizes = {"standard": 16 * view.font // 100, "fixed": 13 * view.font // 100}
    page.session.send("Page.setFontSizes", {"fontSizes": sizes})
    page.evaluate(
        "([root, size]) => { document.documentElement.style.fontSize = root;"
        " if (size) document.documentElement.dataset.size = size;"
        " else delete document.documentElement.dataset.size; }",
        [view.root, view.size],
    )
    faults: list[str] = page.evaluate(LOOK)
    return faults


def unfold(page: Any, address: str) -> None:
    """Open a page with everything on it unfolded."""
    page.goto(address)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_fits(kind: str, page: Any, home: str) -> None:
    unfold(page, home + KINDS[kind])
    found = {name: look(page, view) for name, view in VIEWS.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_reader_gets_what_was_asked_for(page: Any, home: str) -> None:
    # Otherwise the test above would look at pages of the usual size.
    unfold(page, home + KINDS["case"])
    for name, view in VIEWS.items():
        look(page, view)
        size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        factor = 2 if view.root else view.font / 100 * (1.3 if view.size else 1)
        assert size >= 17 * factor - 0.1, name
        assert page.evaluate("[innerWidth, devicePixelRatio]") == [view.width, view.scale], name


PLANTED = {
    "<div style='width: 110vw'>宽</div>": "scrolls sideways by",
    "<p style='white-space: nowrap'>" + "很长的一行字" * 40 + "</p>": "scrolls sideways by",
    "<p style='margin-left: -3rem'>出了左边</p>": "sticks out: p 出了左边",
    "<p style='height: 1em; overflow: hidden'>" + "看不到的字" * 40 + "</p>": "cut off: p",
    "<button style='width: 3em; white-space: nowrap; overflow: hidden'>按下去看看</button>": (
        "cut off: button"
    ),
    "<div style='overflow: auto'><div style='width: 120vw'>宽表</div></div>": "scrolls sideways: div",
    "<button style='padding: 0; border: 0; font-size: 9px'>小</button>": "too small: button 小",
    "<p style='font-size: 9px'><a href='#'>小</a></p>": "too small: a 小",
    "<p style='font-size: 9px'>见<a href='#'>小字</a></p>": "",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_found(planted: str, page: Any, home: str) -> None:
    unfold(page, home + KINDS["about"])
    assert look(page, VIEWS["narrowest"]) == []
    page.evaluate(
        "html => document.querySelector('#content').insertAdjacentHTML('beforeend', html)", planted
    )
    faults = look(page, VIEWS["narrowest"])
    if PLANTED[planted]:
        assert [fault for fault in faults if fault.startswith(PLANTED[planted])], faults
    else:
        assert faults == []
