"""The same files work as a whole host, inside one, and from a disk: every page, opened for real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from jingzhong.errors import Report
from jingzhong.output.withdrawn import load_withdrawn

# Of each folder, so that the crawl stays affordable as content grows; the first place takes all.
PAGES_PER_FOLDER = 60
LOOK = """() => ({
  links: [...document.links].map(link => link.href.split("#")[0]),
  title: document.title,
  heading: document.querySelectorAll("h1").length,
  styled: document.styleSheets.length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})"""


def crawl(page: Any, home: str, limit: int | None = None) -> tuple[dict[str, Any], set[str]]:
    """Open every page that links lead to from home; what each showed, and all names met.

    With a limit, only so many pages of each folder are opened.
    """
    shown: dict[str, Any] = {}
    met = {"index.html"}
    queue = ["index.html"]
    opened: Counter[str] = Counter()
    while queue:
        name = queue.pop(0)
        folder = name.rpartition("/")[0]
        if limit is not None and opened[folder] >= limit:
            continue
        opened[folder] += 1
        page.goto(home + name)
        shown[name] = page.evaluate(LOOK)
        for link in shown[name]["links"]:
            inside = unquote(link.removeprefix(home))
            if link.startswith(home) and inside.endswith(".html") and inside not in met:
                met.add(inside)
                queue.append(inside)
    return shown, met


def unreached(folder: Path, met: set[str]) -> list[str]:
    """Pages of a site that no link leads to."""
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    return sorted(pages - met - {"404.html"})


@pytest.mark.parametrize(
    ("place", "width", "limit"),
    [("root", 320, None), ("below", 390, PAGES_PER_FOLDER), ("file", 1280, PAGES_PER_FOLDER)],
)
def test_the_site_works_here(
    place: str,
    width: int,
    limit: int | None,
    project: Path,
    site_dir: Path,
    site_server: Any,
    file_home: str,
    open_page: Callable[..., Any],
) -> None:
    home = {"root": site_server.root, "below": site_server.below, "file": file_home}[place]
    page, watch = open_page(home, viewport={"width": width, "height": 800})
    shown, met = crawl(page, home, limit)
    assert watch.foreign == []
    assert watch.errors == []
    assert len(shown) > 100
    if limit is None:
        withdrawn = {item.address for item in load_withdrawn(project, Report())}
        # Withdrawn pages are linked from nowhere on purpose.
        assert set(unreached(site_dir, met)) <= withdrawn
        assert set(shown) == met
    assert [name for name, look in shown.items() if look["heading"] != 1] == []
    assert [name for name, look in shown.items() if not look["title"]] == []
    assert [name for name, look in shown.items() if look["styled"] < 1] == []
    assert [name for name, look in shown.items() if look["wide"] > 0] == [], f"at {width} px"


@pytest.mark.parametrize(
    ("planted", "foreign", "errors"),
    [
        ("<p>nothing wrong</p>", 0, 0),
        ("<script>console.error('planted')</script>", 0, 1),
        ("<script>null.planted</script>", 0, 1),
        ("<img src='gone.png'>", 0, 1),
        ("<img src='/elsewhere.png'>", 1, 1),
        ("<script src='http://localhost:{port}/planted.js'></script>", 1, 1),
        ("<link rel='stylesheet' href='https://fonts.example.com/planted.css'>", 1, 1),
        ("<img src='http://192.0.2.1/planted.png'>", 1, 1),
        ("<script>navigator.sendBeacon('http://example.com/a')</script>", 1, 1),
    ],
)
def test_a_planted_request_or_error_is_counted(
    planted: str,
    foreign: int,
    errors: int,
    tmp_path: Path,
    write_site: Callable[[dict[str, str]], str],
    open_page: Callable[..., Any],
    serve_folder: Callable[[Path], Any],
) -> None:
    trap = serve_folder(tmp_path)
    port = trap.origin.rpartition(":")[2]
    home = write_site({"index.html": f"<h1>x</h1>{planted.replace('{port}', port)}"})
    page, watch = open_page(home)
    crawl(page, home)
    page.wait_for_timeout(50)
    assert len(watch.foreign) == foreign, watch
    assert len(watch.errors) == errors, watch
    assert trap.requested == [], "a request to another host was not blocked"


def test_a_page_without_a_link_to_it_is_found(
    tmp_path: Path, write_site: Callable[[dict[str, str]], str], open_page: Callable[..., Any]
) -> None:
    home = write_site(
        {
            "index.html": "<a href='a/one.html#x'>1</a><a href='https://example.com/b.html'>2</a>",
            "a/one.html": "<a href='../index.html'>home</a>",
            "a/two.html": "<a href='one.html'>one</a>",
            "404.html": "",
        }
    )
    page, _ = open_page(home)
    _, met = crawl(page, home)
    assert unreached(tmp_path, met) == ["a/two.html"]


def test_not_found_shows_at_any_depth_without_another_file(
    site_server: Any, open_page: Callable[..., Any]
) -> None:
    page, watch = open_page(site_server.root)
    before = len(site_server.requested)
    answer = page.goto(site_server.below + "no/such/place.html")
    assert answer.status == 404
    assert page.locator("h1").inner_text() == "没有这个页面"
    assert page.locator("svg").bounding_box()["width"] > 30
    asked = [path for path in site_server.requested[before:] if path != "/favicon.ico"]
    assert asked == ["/a/b/no/such/place.html"]
    assert watch.foreign == []
    page.get_by_role("link").click()
    assert page.url == site_server.root
