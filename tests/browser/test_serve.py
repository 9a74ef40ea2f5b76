"""`mkdocs serve` as an editor sees it: the open page follows each save, mistakes and all, and soon."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import Served, save, serving

# The promise is 2.5 s from save to screen on a machine that does nothing else; here, beside other
# tests, only that it comes. What it took is printed (`pytest -s`).
PATIENCE = 20_000
CASE = "cases/2015-08-12-tianjin-ruihai"
BANK = "quizzes/community-home"
LAW = "regulations/fire-law"
NEW = "甲乙丙改过"


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory,
    copy_project: Callable[..., Path],
    build_environment: dict[str, str],
) -> Iterator[Served]:
    """Serve a copy of the whole site on a free port."""
    place = tmp_path_factory.mktemp("served")
    folder = copy_project(place / "project")
    with serving(folder, build_environment, place / "serve.log") as one:
        yield one


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that counts as seen: a hidden one does not ask for changes."""
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def open_page(page: Page, address: str) -> None:
    """Open a page and let it begin to ask for changes."""
    with page.expect_request("**/livereload/**"):
        page.goto(address)


def shows(page: Page, text: str, saved: float) -> float:
    """Wait, without touching the page, until it shows a text; seconds since the save."""
    expect(page.locator("#content")).to_contain_text(text, timeout=PATIENCE)
    return time.monotonic() - saved


EDITS = {
    "case": (f"{CASE}.md", f"{CASE}.html", r"(?m)^cause: ", f"cause: {NEW}。"),
    "bank": (f"{BANK}.yml", f"{BANK}.html", r"(?m)^( +)stem: ", rf"\1stem: {NEW}"),
    "regulation": (f"content/{LAW}.md", f"{LAW}.html", r"(?m)^(### .*\n+)", rf"\1{NEW}。"),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_comes_to_the_open_page(served: Served, page: Page, kind: str) -> None:
    source, address, old, new = EDITS[kind]
    path = served.folder / source
    text, count = re.subn(old, new, path.read_text("utf-8"), count=1)
    assert count == 1
    open_page(page, served.address + address)
    expect(page.locator("#content")).not_to_contain_text(NEW)
    seconds = shows(page, NEW, save(path, text))
    print(f"\nserve: {source} on screen after {seconds:.2f} s")


def test_a_mistake_shows_its_place_and_the_page_comes_back(served: Served, page: Page) -> None:
    path = served.folder / f"{CASE}.md"
    text = path.read_text("utf-8")
    line = next(n for n, row in enumerate(text.split("\n"), 1) if row.startswith("grade: "))
    open_page(page, f"{served.address}{CASE}.html")
    seconds = shows(
        page, f"{CASE}.md:{line}", save(path, text.replace("\ngrade: ", "\ngrade: 非常", 1))
    )
    print(f"\nserve: a mistake on screen after {seconds:.2f} s")
    expect(page.locator("h1")).to_contain_text("内容有 1 处错误")
    title = "鬱金里八号"
    text = re.sub(r"(?m)^title: ", f"title: {title}", text, count=1)
    seconds = shows(page, title, save(path, text))
    print(f"serve: mended after {seconds:.2f} s")
    assert "Traceback" not in served.log.read_text("utf-8")

    # What depends on the case shows the edit too: its lists, the sector's page, and the search.
    sector = page.locator("#content a[href*='sectors/']").first.get_attribute("href") or ""
    assert sector.startswith("../sectors/")
    for address in ("cases/2015.html", sector.removeprefix("../")):
        page.goto(served.address + address)
        expect(page.locator("#content")).to_contain_text(title)
    page.goto(f"{served.address}search.html?q={title}")
    expect(page.locator("[data-hits]")).to_contain_text(title)


def test_what_a_preview_leaves_out_is_said(served: Served, page: Page) -> None:
    for address in (f"{BANK}.html", "quizzes/index.html", "offline.html"):
        page.goto(served.address + address)
        expect(page.locator("#content")).to_contain_text("这里")
        assert page.locator("#content a[href*='downloads/']").count() == 0
    answer = page.request.get(f"{served.address}downloads/community-home.xlsx")
    assert answer.status == 404 and "预览里不做可下载的文件" in answer.text()


def test_without_the_page_asking_nothing_comes(served: Served, page: Page) -> None:
    source, address, old, _ = EDITS["case"]
    path = served.folder / source
    page.route("**/livereload/**", lambda route: route.abort())
    open_page(page, served.address + address)
    save(path, re.sub(old, "cause: 又一次改过。", path.read_text("utf-8"), count=1))
    page.wait_for_timeout(3000)
    expect(page.locator("#content")).not_to_contain_text("又一次改过")
    page.reload()
    expect(page.locator("#content")).to_contain_text("又一次改过", timeout=PATIENCE)
