"""Pages in a real Chromium, with every request and error counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

# One page of each kind; all are permanent addresses.
CORE_PAGES = {
    "home": "index.html",
    "cases": "cases/index.html",
    "year": "cases/2015.html",
    "case": "cases/2015-08-12-tianjin-ruihai.html",
    "sectors": "sectors/index.html",
    "sector": "sectors/fire.html",
    "regulations": "regulations/index.html",
    "regulation": "regulations/work-safety-law.html",
    "standard": "regulations/gb-6441-2025.html",
    "banks": "quizzes/index.html",
    "bank": "quizzes/community-home.html",
    "report": "report.html",
    "about": "about.html",
}


@dataclass
class Watch:
    """What pages under one address asked for elsewhere, and what went wrong in them."""

    own: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def follow(self, context: Any) -> None:
        """Count from now on what happens in the pages of a browser context."""
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.errors.append(f"script: {error.error}"))

    def _on_request(self, request: Any) -> None:
        if not request.url.startswith((self.own, "data:", "blob:", "about:")):
            self.foreign.append(request.url)

    def _on_response(self, response: Any) -> None:
        if response.status >= 400:
            self.errors.append(f"{response.status}: {response.url}")

    def _on_console(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(f"console: {message.text} ({message.location.get('url', '')})")


OpenPage = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any) -> Iterator[OpenPage]:
    """`open_page(home, **options)` gives a page of a context of its own and its Watch.

    `home` is the address of the site's folder, with a slash at its end; `options` are those of
    Playwright's `new_context`.
    """
    contexts: list[Any] = []

    def open_one(home: str, **options: Any) -> tuple[Any, Watch]:
        watch = Watch(home)
        context = browser.new_context(locale="zh-CN", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        watch.follow(context)
        return context.new_page(), watch

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def file_home(site_dir: Path) -> str:
    """The site as opened from a disk by double-click."""
    return site_dir.as_uri() + "/"


@pytest.fixture(params=list(CORE_PAGES))
def core_page(request: pytest.FixtureRequest) -> str:
    """The address of one page of each kind, one after the other."""
    return CORE_PAGES[str(request.param)]


@pytest.fixture
def core_pages() -> dict[str, str]:
    """Kind → address of one page of each kind."""
    return CORE_PAGES


@pytest.fixture
def write_site(tmp_path: Path) -> Callable[[dict[str, str]], str]:
    """`write_site({name: html})` makes a small site to plant faults in; returns its address."""

    def write(pages: dict[str, str]) -> str:
        for name, text in pages.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<!doctype html><meta charset='utf-8'>{text}", "utf-8")
        return tmp_path.as_uri() + "/"

    return write
