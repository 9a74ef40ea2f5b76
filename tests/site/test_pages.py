"""What every page of the finished site has: a title of its own, a heading, neighbours, a contents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

CONTENTS = "本页目录"
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "col", "embed"}


@dataclass
class Outline(HTMLParser):
    """Title, headings, contents and neighbours of one page."""

    text: str
    title: str = ""
    language: str = ""
    description: str = ""
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    neighbours: dict[str, str] = field(default_factory=dict)
    empty_links: int = 0
    _open: list[str] = field(default_factory=list)
    _sidebar: int = 0
    _link: str | None = None

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if "template" in self._open:
            return
        if given.get("aria-label") == CONTENTS:
            self._sidebar = len(self._open)
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "meta" and given.get("name") == "description":
            self.description = given.get("content", "")
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append((int(tag[1]), given.get("id", ""), ""))
        elif tag == "a":
            self._link = given.get("aria-label", "")
            if self._sidebar:
                self.contents.append(given.get("href", ""))
            if given.get("rel") in ("prev", "next"):
                self.neighbours[given["rel"]] = given.get("href", "")
        elif tag == "img" and self._link is not None:
            self._link += given.get("alt", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.empty_links += self._link is not None and not self._link.strip()
            self._link = None
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if len(self._open) < self._sidebar:
            self._sidebar = 0

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.title += data
        if self._link is not None:
            self._link += data
        if self.headings and any(tag in self._open for tag in ("h1", "h2", "h3", "h4")):
            level, anchor, text = self.headings[-1]
            self.headings[-1] = (level, anchor, text + data)


def outlines(folder: Path) -> dict[str, Outline]:
    return {
        path.relative_to(folder).as_posix(): Outline(path.read_text("utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def page_faults(pages: dict[str, Outline]) -> list[str]:
    """What a page lacks that every page has."""
    faults = []
    titles = Counter(page.title.strip() for page in pages.values())
    for name, page in pages.items():
        levels = [level for level, _, _ in page.headings]
        ids = {anchor for _, anchor, _ in page.headings}
        if not page.title.strip() or titles[page.title.strip()] > 1:
            faults.append(f"{name}: title {page.title.strip()!r} is empty or used twice")
        if levels.count(1) != 1 or levels[0] != 1:
            faults.append(f"{name}: not one h1 before all other headings")
        if any(after > before + 1 for before, after in pairwise(levels)):
            faults.append(f"{name}: a level of headings is left out")
        if any(not text.strip() for _, _, text in page.headings):
            faults.append(f"{name}: a heading is empty")
        if not page.language.startswith("zh"):
            faults.append(f"{name}: the language is not said")
        if not page.description.strip() and name != "404.html":
            faults.append(f"{name}: no description")
        if page.empty_links:
            faults.append(f"{name}: a link without words")
        missing = [link for link in page.contents if link.removeprefix("#") not in ids]
        if missing:
            faults.append(f"{name}: contents name {missing[0]}, which is no heading")
    return faults


def chain(pages: dict[str, Outline], last: str) -> list[str]:
    """Addresses met when `next` is followed back from the last page of a chain by `prev`."""
    found = [last]
    while "prev" in pages[found[-1]].neighbours:
        name = found[-1]
        before = normpath(join(dirname(name), pages[name].neighbours["prev"]))
        after = pages[before].neighbours.get("next", "")
        assert normpath(join(dirname(before), after)) == name, f"{before} does not lead on"
        assert before not in found, f"{before} comes twice"
        found.append(before)
    return found


@pytest.fixture(scope="module")
def pages(site_dir: Path) -> dict[str, Outline]:
    return outlines(site_dir)


def test_every_page_is_well_formed(pages: dict[str, Outline]) -> None:
    assert page_faults(pages) == []


GOOD = (
    '<html lang="zh"><title>一</title><meta name="description" content="说明">'
    '<h1>一</h1><h2 id="a">甲</h2><nav aria-label="本页目录"><a href="#a">甲</a></nav>'
)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD.replace("<title>一</title>", ""), "title"),
        (GOOD.replace("<h1>一</h1>", ""), "not one h1"),
        (GOOD + "<h1>二</h1>", "not one h1"),
        (GOOD + "<h4>丁</h4>", "a level"),
        (GOOD + "<h2> </h2>", "a heading is empty"),
        (GOOD.replace(' lang="zh"', ""), "language"),
        (GOOD.replace('content="说明"', ""), "description"),
        (GOOD + '<a href="x.html"><img src="x" alt=""></a>', "without words"),
        (GOOD + "<template><h2></h2></template><h2></h2>", "a heading is empty"),
        (GOOD.replace('id="a"', 'id="b"'), "contents name #a"),
    ],
)
def test_a_planted_lack_is_found(text: str, fault: str) -> None:
    assert page_faults({"one.html": Outline(GOOD)}) == []
    (found,) = page_faults({"one.html": Outline(text)})
    assert fault in found


def test_a_title_used_twice_is_found() -> None:
    assert len(page_faults({"one.html": Outline(GOOD), "two.html": Outline(GOOD)})) == 2


def test_long_pages_have_a_table_of_contents(project: Path, pages: dict[str, Outline]) -> None:
    cases = [f"cases/{path.stem}.html" for path in (project / "cases").glob("*.md")]
    assert cases
    assert [name for name in cases if len(pages[name].contents) < 5] == []
    law = pages["regulations/work-safety-law.html"]
    assert {f"#{anchor}" for _, anchor, _ in law.headings if anchor.startswith("art-")} <= set(
        law.contents
    )


def test_previous_and_next_lead_through_all_cases(project: Path, pages: dict[str, Outline]) -> None:
    oldest_first = sorted(f"cases/{path.stem}.html" for path in (project / "cases").glob("*.md"))
    (first, *_, last) = oldest_first
    assert "next" not in pages[first].neighbours
    assert "prev" not in pages[last].neighbours
    met = chain(pages, first)
    assert sorted(met) == oldest_first
    dates = [name[len("cases/") :][:10] for name in met]
    assert dates == sorted(dates)


def test_a_broken_chain_is_found() -> None:
    one = Outline('<a rel="prev" href="b.html">b</a>')
    two = Outline('<a rel="next" href="c.html">c</a>')
    with pytest.raises(AssertionError, match="does not lead on"):
        chain({"x/a.html": one, "x/b.html": two}, "x/a.html")
