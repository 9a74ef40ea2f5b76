"""Every link, picture and anchor of the finished site leads somewhere, and never off this host.

`mkdocs build --strict` cannot see this: it does not look into ready HTML bodies.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

# Attributes whose value a browser loads or goes to.
LINK_ATTRIBUTES = ("href", "xlink:href", "src", "poster", "data", "action", "formaction", "cite")
# What a reader may be sent to; nothing of this is loaded with the page.
OUTWARD = re.compile(r"(https?://|tel:|mailto:)", re.IGNORECASE)
ELSEWHERE = re.compile(r"([a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
CSS_TARGET = re.compile(
    r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""", re.IGNORECASE
)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Served at any depth, so its one link is not relative: tests/site/test_not_found.py.
NOT_FOUND = "404.html"


@dataclass
class PageLinks(HTMLParser):
    """What one page names: its anchors, and its targets as (tag, attribute, value)."""

    text: str
    ids: Counter[str] = field(default_factory=Counter)
    targets: list[tuple[str, str, str]] = field(default_factory=list)
    _in_style: bool = False

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        for name, value in attrs:
            value = value or ""
            if name == "id":
                self.ids[value] += 1
            elif name in LINK_ATTRIBUTES:
                self.targets.append((tag, name, value))
            elif name == "srcset":
                urls = (part.split()[0] for part in value.split(",") if part.strip())
                self.targets.extend((tag, name, url) for url in urls)
            elif name == "style":
                self.targets.extend((tag, name, url) for url in css_targets(value))
            elif name == "content" and dict(attrs).get("http-equiv", "").lower() == "refresh":
                self.targets.append((tag, name, value.partition("=")[2]))

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.targets.extend(("style", "url()", url) for url in css_targets(data))


def css_targets(css: str) -> Iterator[str]:
    """Addresses that a piece of CSS loads."""
    for match in CSS_TARGET.finditer(CSS_COMMENT.sub("", css)):
        yield (match[1] or match[2]).strip()


def site_faults(folder: Path) -> list[str]:
    """Every broken, absolute or outward target of a site, and every anchor given twice."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {
        name: PageLinks((folder / name).read_text("utf-8"))
        for name in sorted(files)
        if name.endswith((".html", ".svg"))
    }
    faults = [
        f"{name}: id {anchor!r} stands {count} times"
        for name, page in pages.items()
        for anchor, count in page.ids.items()
        if count > 1
    ]
    named = [
        (name, tag, attribute, target)
        for name, page in pages.items()
        if name != NOT_FOUND
        for tag, attribute, target in page.targets
    ]
    named += [
        (name, "css", "url()", target)
        for name in sorted(files)
        if name.endswith(".css")
        for target in css_targets((folder / name).read_text("utf-8"))
    ]
    for name, tag, attribute, target in named:
        fault = _fault(name, tag, target, files, pages)
        if fault:
            faults.append(f"{name}: <{tag} {attribute}={target!r}> {fault}")
    return faults


def _fault(
    name: str, tag: str, target: str, files: set[str], pages: dict[str, PageLinks]
) -> str | None:
    if tag == "a" and OUTWARD.match(target):
        return None
    if target.startswith("data:") and tag in ("css", "style", "img", "link"):
        return None
    if ELSEWHERE.match(target):
        return "leaves the site"
    if target.startswith("/"):
        return "is not relative"
    path, _, anchor = target.partition("#")
    path = path.partition("?")[0]
    file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
    if not path:
        file = name
    if file not in files:
        return "leads nowhere"
    if anchor and file in pages and unquote(anchor) not in pages[file].ids:
        return "has no such anchor"
    return None


def test_every_link_and_anchor_of_the_site_resolves(site_dir: Path) -> None:
    assert site_faults(site_dir) == []


def test_the_site_has_the_pages_whose_links_are_checked(site_dir: Path) -> None:
    pages = [PageLinks(path.read_text("utf-8")) for path in site_dir.rglob("*.html")]
    assert len(pages) > 100
    assert sum(len(page.targets) for page in pages) > 1000
    assert sum(1 for page in pages for _, _, url in page.targets if "#art-" in url) > 100


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """Two pages and a style sheet without a fault."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "index.html").write_text(
        '<link rel="stylesheet" href="style.css"><a href="pages/one.html#here">one</a>'
        '<a href="https://www.mem.gov.cn/">out</a><a href="tel:12350">call</a>',
        "utf-8",
    )
    (tmp_path / "pages/one.html").write_text(
        '<h1 id="here">一</h1><a href="../index.html">home</a>'
        '<a href="#here">up</a><img src="../dot.svg" alt="点" srcset="../dot.svg 2x">',
        "utf-8",
    )
    (tmp_path / "style.css").write_text(
        "/* url(gone.png) */ a { background: url('dot.svg#part'); } b { src: url(data:,x); }",
        "utf-8",
    )
    (tmp_path / "dot.svg").write_text('<svg><path id="part"/></svg>', "utf-8")
    return tmp_path


def test_a_sound_small_site_has_no_fault(small_site: Path) -> None:
    assert site_faults(small_site) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<a href="two.html">x</a>', "leads nowhere"),
        ('<a href="../">x</a>', "leads nowhere"),
        ('<a href="One.html">x</a>', "leads nowhere"),
        ('<a href="../index.html#there">x</a>', "has no such anchor"),
        ('<a href="#there">x</a>', "has no such anchor"),
        ('<a href="/index.html">x</a>', "is not relative"),
        ('<a href="javascript:alert(1)">x</a>', "leaves the site"),
        ('<a href="//cdn.example.com/">x</a>', "leaves the site"),
        ('<script src="https://cdn.example.com/a.js"></script>', "leaves the site"),
        ('<link rel="preconnect" href="https://fonts.example.com">', "leaves the site"),
        ('<img src="x.png" alt="">', "leads nowhere"),
        ('<img src="../dot.svg" srcset="../dot.svg 1x, x.png 2x" alt="">', "leads nowhere"),
        ('<form action="https://example.com/post"></form>', "leaves the site"),
        ('<svg><use href="../dot.svg#part"/><use xlink:href="x.svg"/></svg>', "leads nowhere"),
        ('<svg><use href="../dot.svg#gone"/></svg>', "has no such anchor"),
        ('<p style="background: url(//example.com/a.png)">x</p>', "leaves the site"),
        ("<style>@import 'https://example.com/a.css';</style>", "leaves the site"),
        ('<meta http-equiv="refresh" content="0; url=https://example.com/">', "leaves the site"),
        ('<p id="here">x</p>', "id 'here' stands 2 times"),
    ],
)
def test_a_planted_fault_in_a_page_is_found(small_site: Path, planted: str, fault: str) -> None:
    page = small_site / "pages/one.html"
    page.write_text(page.read_text("utf-8") + planted, "utf-8")
    found = site_faults(small_site)
    assert len(found) == 1, found
    assert found[0].startswith("pages/one.html: ")
    assert fault in found[0]


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("i { background: url(gone.png) }", "leads nowhere"),
        ("@import url(https://fonts.example.com/a.css);", "leaves the site"),
        ("i { background: url(/dot.svg) }", "is not relative"),
    ],
)
def test_a_planted_fault_in_a_style_sheet_is_found(
    small_site: Path, planted: str, fault: str
) -> None:
    (small_site / "style.css").write_text(planted, "utf-8")
    found = site_faults(small_site)
    assert len(found) == 1, found
    assert found[0].startswith("style.css: ")
    assert fault in found[0]
