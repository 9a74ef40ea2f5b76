"""Every kind of page in every dress it can wear, looked at by axe; and how pages are built up.

The dresses: light, dark, high contrast, 大字版 and paper, on a phone and on a desktop. Of blocks that
are made alike, such as the cards of a list, the first is looked at: they differ in words only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from jingzhong.site import build
from tests.browser.full_site import KINDS, build_full_site

WIDTHS = (390, 1280)
# What the reader or the reader's system has chosen.
DRESSES: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"scheme": "dark"},
    "contrast": {"color": "contrast"},
    "large": {"size": "large"},
    "print": {"media": "print"},
}
WEAR = """(dress) => {
  const chosen = document.documentElement.dataset;
  for (const key of ["size", "color"]) {
    if (dress[key]) chosen[key] = dress[key]; else delete chosen[key];
  }
}"""
UNFOLD = "() => { for (const each of document.querySelectorAll('details')) each.open = true; }"
# Takes away each block whose make was seen before on the page; says how many.
THIN = """() => {
  let taken = 0;
  const seen = new Set();
  const make = node => [node, ...node.querySelectorAll("*")].map(each => [
    each.tagName, each.className.baseVal ?? each.className, each.hidden, each.type ?? "",
    each.dataset.grade ?? "", each.dataset.status ?? "", each.dataset.sign ?? "",
  ].join()).join(";");
  for (const node of document.querySelectorAll("#content :is(li, tr, section, label)")) {
    const known = make(node.parentElement.cloneNode(false)) + make(node);
    if (seen.has(known)) {
      taken += node.isConnected ? 1 : 0;
      node.remove();
    }
    seen.add(known);
  }
  return taken;
}"""
AXE = """() => axe.run(
  document,
  {resultTypes: ["violations"], preload: false, rules: {"target-size": {enabled: true}}},
).then(result => result.violations.flatMap(found => found.nodes.map(
  node => ({rule: found.id, impact: found.impact, where: node.html.slice(0, 120),
            why: node.failureSummary}))))"""
STRUCTURE = """() => {
  const shown = node => node.getClientRects().length > 0;
  const name = node => node.textContent.trim().replace(/\\s+/g, " ").slice(0, 20);
  const faults = [];
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
  let before = 0;
  for (const heading of headings) {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) faults.push(`h${level} after h${before}: ${name(heading)}`);
    if (level === 1 && before) faults.push(`second h1: ${name(heading)}`);
    if (!name(heading)) faults.push(`empty h${level}`);
    before = level;
  }
  if (!headings.length) faults.push("no heading");
  for (const table of document.querySelectorAll("table")) {
    const heads = [...table.querySelectorAll("th")];
    if (!table.querySelector("thead th")) faults.push(`no column headers: ${name(table)}`);
    if (heads.some(head => !head.scope && !head.closest("thead"))) {
      faults.push(`header without scope: ${name(table)}`);
    }
    for (const row of table.querySelectorAll("tr")) {
      if (row.children.length !== table.rows[0].children.length) faults.push(`uneven: ${name(row)}`);
    }
  }
  for (const section of document.querySelectorAll("[aria-labelledby]")) {
    for (const id of section.getAttribute("aria-labelledby").split(" ")) {
      if (!document.getElementById(id)) faults.push(`named after nothing: ${id}`);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) {
    faults.push(`id twice: ${id}`);
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
    folder = tmp_path_factory.mktemp("accessible")
    root: str = serve_folder(build_full_site(folder, copy_project, run_mkdocs)).root
    return root


@pytest.fixture(scope="module", params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A phone's page, then a desktop's; axe is in every document that it opens."""
    context = browser.new_context(locale="zh-CN", viewport={"width": request.param, "height": 800})
    context.add_init_script(AXE_SCRIPT)
    yield context.new_page()
    context.close()


def wear(page: Any, dress: str) -> None:
    """Give the open page a dress."""
    chosen = DRESSES[dress]
    page.emulate_media(
        media=chosen.get("media", "screen"), color_scheme=chosen.get("scheme", "light")
    )
    page.evaluate(WEAR, chosen)


def faults(page: Any, dress: str) -> list[str]:
    """What axe calls serious or critical on the open page in a dress."""
    wear(page, dress)
    found = page.evaluate(AXE)
    return [
        f"{dress}: {one['rule']}: {one['where']}: {one['why']}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def show(page: Any, address: str) -> None:
    """Open a page with everything on it unfolded."""
    page.emulate_media(media="screen", color_scheme="light")
    page.goto(address)
    page.evaluate(UNFOLD)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_serious(kind: str, page: Any, home: str) -> None:
    show(page, home + KINDS[kind])
    assert page.evaluate(STRUCTURE) == []
    page.evaluate(THIN)
    assert [fault for dress in DRESSES for fault in faults(page, dress)] == []


def unseen_templates(project: Path, addresses: set[str]) -> set[str]:
    """Templates that make pages of the site, none of which is among the addresses."""
    pages = build(project, project / "mkdocs.yml").pages
    return {page.template for page in pages} - {
        page.template for page in pages if page.address in addresses
    }


def test_every_kind_of_page_is_looked_at(project: Path) -> None:
    addresses = set(KINDS.values())
    assert unseen_templates(project, addresses) == set()
    assert unseen_templates(project, addresses - {KINDS["data"]}) == {"data.html"}


def test_axe_finds_nothing_serious_while_widgets_are_used(page: Any, home: str) -> None:
    wear(page, "light")
    page.goto(home + KINDS["case list"] + "#sector=消防&sort=deaths")
    page.locator("[data-list] .jz-card").first.wait_for()
    page.get_by_role("button", name="大字版").click()
    page.evaluate(UNFOLD)
    page.evaluate(THIN)
    assert page.locator("[data-large][aria-pressed=true]").is_visible()
    assert [fault for dress in DRESSES for fault in faults(page, dress)] == []
    page.evaluate("localStorage.clear()")


# Faults to plant, each on an element of its own, and the dresses in which it is one.
PLANTED: dict[str, tuple[str, set[str]]] = {
    "pale": ("<p class=pale style='color: #bbb'>看不清的字</p>", {"light", "large", "print"}),
    "in-dark": (
        "<p class=in-dark>看不清的字</p><style>@media (prefers-color-scheme: dark)"
        " { .in-dark { color: #444 !important } }</style>",
        {"dark"},
    ),
    "in-contrast": (
        "<p class=in-contrast>看不清的字</p>"
        "<style>[data-color=contrast] .in-contrast { color: #222 !important }</style>",
        {"contrast"},
    ),
    "on-paper": (
        "<p class=on-paper>看不清的字</p>"
        "<style>@media print { .on-paper { color: #ccc !important } }</style>",
        {"print"},
    ),
    "when-large": (
        "<div><button class=when-large>一</button><button class=when-large>二</button></div>"
        "<style>[data-size=large] .when-large { height: 9px; width: 9px; padding: 0; border: 0;"
        " font-size: 5px }</style>",
        {"large"},
    ),
    "no-words": ("<img class=no-words src='data:,'>", set(DRESSES)),
    "no-name": ("<button class=no-name></button>", set(DRESSES)),
    "no-label": ("<input class=no-label type=text>", set(DRESSES)),
    "no-item": ("<ul class=no-item><p>x</p></ul>", set(DRESSES)),
}


def test_planted_faults_are_found_in_the_dress_that_has_them(page: Any, home: str) -> None:
    show(page, home + KINDS["withdrawn"])
    html = "".join(f"<div>{planted}</div>" for planted, _ in PLANTED.values())
    page.evaluate(
        "html => document.querySelector('#content').insertAdjacentHTML('beforeend', html)", html
    )
    found = {dress: faults(page, dress) for dress in DRESSES}
    for name, (_, where) in PLANTED.items():
        seen = {dress for dress, lines in found.items() if any(name in line for line in lines)}
        assert seen == where, name


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<h4>甲</h4>", "h4 after h1: 甲"),
        ("<h1>乙</h1>", "second h1: 乙"),
        ("<h2></h2>", "empty h2"),
        ("<table><tr><td>丙</td></tr></table>", "no column headers: 丙"),
        (
            "<table><thead><tr><th>丁</th></tr></thead><tr><th>戊</th></tr></table>",
            "header without scope: 丁戊",
        ),
        ("<section aria-labelledby=nobody></section>", "named after nothing: nobody"),
        ("<p id=content></p>", "id twice: content"),
    ],
)
def test_a_planted_fault_of_structure_is_found(
    planted: str, fault: str, page: Any, home: str
) -> None:
    page.goto(home + KINDS["about"])
    page.evaluate(
        "html => document.querySelector('h1').insertAdjacentHTML('afterend', html)", planted
    )
    assert fault in page.evaluate(STRUCTURE)


def test_a_block_of_another_make_is_looked_at(page: Any, home: str) -> None:
    # The saving must not hide a block that is made differently.
    show(page, home + KINDS["case list"])
    page.locator("[data-plain-list] .jz-card .jz-chip").last.evaluate(
        "e => { e.className = 'planted'; e.style = 'color: #ccc; background: #fff' }"
    )
    assert page.evaluate(THIN) > 40
    assert page.locator(".planted").count() == 1
    assert len(faults(page, "print")) == 1
