"""Asks three searches in a real Chromium: each gives its hits in order, and what they cost.

`search.py` uses this. A query is asked in a browser context of its own with an empty cache, then
once more in the same page. Bytes are those of the files that were asked for after the page itself
was there, as they lie on the disk, and of the scripts of the search that the page had loaded.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

READY_MS = 120_000
# A page's own start is over before anyone has typed a word.
SETTLED_MS = 500

OURS = """async ([text, limit]) => {
  const start = performance.now();
  const answer = await Jingzhong.search.query(text, limit ? {limit} : {});
  const ms = performance.now() - start;
  return {ms, urls: answer.hits.map((hit) => hit.url), total: answer.total};
}"""

# Pagefind's own module, asked as its documentation shows; excerpts come with `data()`.
PAGEFIND = """async ([text, limit]) => {
  const start = performance.now();
  if (!window.finder) window.finder = await import("/pagefind/pagefind.js");
  const answer = await window.finder.search(text);
  const first = await Promise.all(answer.results.slice(0, 10).map((one) => one.data()));
  const ms = performance.now() - start;
  const rest = await Promise.all(answer.results.slice(10, limit || 20).map((one) => one.data()));
  const urls = first.concat(rest).map((one) => one.url.replace(/^\\//, ""));
  return {ms, urls, total: answer.results.length};
}"""

# Material's worker, listened to from the page; asked through the page's own field.
LISTEN = """() => {
  const Real = window.Worker;
  window.heard = {ready: false, waiting: null};
  window.Worker = class extends Real {
    constructor(...rest) {
      super(...rest);
      this.addEventListener("message", ({data}) => {
        if (data.type === 1) window.heard.ready = true;
        if (data.type === 3 && window.heard.waiting) window.heard.waiting(data.data);
      });
    }
  };
}"""
MATERIAL = """async ([text, limit]) => {
  const field = document.querySelector("[data-md-component=search-query]");
  const type = (value) => new Promise((done) => {
    window.heard.waiting = done;
    setTimeout(() => done([]), value ? 60000 : 500);
    field.focus();
    field.value = value;
    field.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
  });
  await type(""); // The same words twice are asked only once.
  const start = performance.now();
  const answer = await type(text);
  window.heard.waiting = null;
  const ms = performance.now() - start;
  const items = answer.items || answer;
  const urls = items.map((group) => group[0].location.split("#")[0]);
  return {ms, urls: limit ? urls : urls.slice(0, 20), total: urls.length};
}"""


@dataclass(frozen=True)
class Answer:
    """What came back for one query; bytes and milliseconds with an empty cache, then again.

    `cold_ms` is until all twenty hits are there, `ten_ms` until the first ten with their excerpts.
    """

    urls: list[str]
    all_urls: list[str]
    cold_bytes: int
    cold_ms: float
    ten_ms: float
    warm_ms: float
    requests: int


class Engine:
    """One search over one built site."""

    def __init__(self, browser: Any, site: Path, origin: str) -> None:
        self.browser, self.site, self.origin = browser, site, origin
        self.asked: list[str] = []

    script = OURS
    page = "/about.html"
    loaded_before: tuple[str, ...] = ("assets/jingzhong/js/search.js",)
    cold_each = True
    # Whether fewer hits take less time; the others' first answer has ten excerpts in any case.
    asks_for_ten = True

    def open(self) -> Any:
        """A page in a context of its own, ready to be asked."""
        context = self.browser.new_context()
        self.prepare(context)
        page = context.new_page()
        page.set_default_timeout(READY_MS)
        context.on("requestfinished", lambda request: self.asked.append(request.url))
        page.goto(self.origin + self.page)
        page.wait_for_load_state("load")
        return page

    def prepare(self, context: Any) -> None:
        """Before the page is opened."""

    def ask(self, queries: list[str]) -> list[Answer]:
        """Every query with its costs; then all its hits, for the share of pages found."""
        answers = []
        everything = self.open()
        for query in queries:
            page = self.open() if self.cold_each else everything
            page.wait_for_timeout(SETTLED_MS if self.cold_each else 0)
            self.asked.clear()
            cold = page.evaluate(self.script, [query, 0])
            asked = list(self.asked)
            warm = page.evaluate(self.script, [query, 0])
            if self.cold_each:
                page.context.close()
            ten_ms = cold["ms"]
            if self.asks_for_ten:
                page = self.open()
                page.wait_for_timeout(SETTLED_MS)
                ten_ms = page.evaluate(self.script, [query, 10])["ms"]
                page.context.close()
            every = everything.evaluate(self.script, [query, 10**9])
            answers.append(
                Answer(
                    [address(url) for url in cold["urls"]],
                    [address(url) for url in every["urls"]],
                    self.bytes_of(asked),
                    cold["ms"],
                    ten_ms,
                    warm["ms"],
                    len(asked),
                )
            )
        everything.context.close()
        return answers

    def bytes_of(self, urls: list[str]) -> int:
        """Bytes on the disk of what was asked for, and of what the page had loaded before."""
        paths = {unquote(urlsplit(url).path).lstrip("/") for url in urls} | set(self.loaded_before)
        files = [self.site / path for path in paths]
        return sum(file.stat().st_size for file in files if file.is_file())


class Pagefind(Engine):
    """Pagefind over the pages that Material made."""

    script = PAGEFIND
    page = "/index.html"
    loaded_before = ()
    asks_for_ten = False


class Material(Engine):
    """Material's own search; it loads everything before the first answer, once a visit."""

    script = MATERIAL
    page = "/index.html"
    loaded_before = ()
    asks_for_ten = False
    cold_each = False

    def prepare(self, context: Any) -> None:
        context.add_init_script(f"({LISTEN})()")

    def open(self) -> Any:
        self.asked.clear()
        page = super().open()
        page.wait_for_function("window.heard.ready", timeout=READY_MS)
        self.loaded_before = tuple(
            unquote(urlsplit(url).path).lstrip("/") for url in self.asked if "search" in url
        )
        return page


def address(url: str) -> str:
    """The page of a hit, without anchor and host."""
    return urlsplit(url).path.lstrip("/")


class Served(AbstractContextManager[str]):
    """A folder served by a process of its own; the value is its address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> str:
        server = Path(__file__).with_name("search_server.py")
        self._process = subprocess.Popen(
            [sys.executable, str(server), str(self._folder)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        return f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()


MakeEngine = Callable[[Any, Path, str], Engine]
