"""The same pages for three searches: slices of statutes as a site of ours, of Material, of Pagefind.

`search.py` uses this. The texts are the statutes of the shared data; a page is 1,150 characters
of one statute, and slices overlap where there are not enough statutes for the number of pages.
"""

from __future__ import annotations

import compileall
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

SIZE = 1150
COPIED = ("mkdocs.yml", "hooks")
NEEDED = ("about.md", "report.md")
MATERIAL = """\
site_name: 测试
use_directory_urls: false
theme: {name: material, language: zh, font: false}
nav: [index.md]
not_in_nav: "*"
plugins: %s
"""
# What Material's own documentation says for Chinese.
MATERIAL_SEARCH = """
  - search:
      lang: [zh]
      separator: '[\\s\\u200b\\-]'
"""
# Statutes of the past break the editors' rules on wording, which are no part of a search.
NO_RULES = "\n\ndef check_library(library):  # noqa\n    return iter(())\n"
# A copy of ours that makes no index, to see what the index costs.
NO_INDEX = "\n\ndef write_search(library, folder):  # noqa\n    pass\n"


@dataclass(frozen=True)
class Slice:
    """One page: its address below `p/`, its title and its text."""

    address: str
    title: str
    text: str


@dataclass(frozen=True)
class Cost:
    """What a build took."""

    seconds: float
    cpu: float
    peak: int


def slices(laws: Path, count: int) -> list[Slice]:
    """`count` pages, evenly drawn from all statutes in the order of their names."""
    texts = [(path.stem.partition("(")[0], _visible(path)) for path in sorted(laws.rglob("*.md"))]
    total = sum(len(text) for _, text in texts)
    stride = min(SIZE, int(total / count * 0.9))
    cut = [
        (title, text[start : start + SIZE])
        for title, text in texts
        for start in range(0, max(1, len(text) - SIZE // 2), stride)
    ]
    drawn = [cut[number * len(cut) // count] for number in range(count)]
    return [
        Slice(f"p/{number:05}.html", f"{title} {number}", text)
        for number, (title, text) in enumerate(drawn)
    ]


def _visible(path: Path) -> str:
    """The text without what no reader sees: comments, and signs that our build refuses."""
    text = re.sub(r"<!--.*?-->", "", path.read_text("utf-8"), flags=re.DOTALL)
    return "".join(char for char in text if char == "\n" or unicodedata.category(char)[0] != "C")


def write_ours(project: Path, folder: Path, pages: list[Slice], *, index: bool) -> None:
    """A project of this repository whose hand-written pages are the slices."""
    for name in COPIED:
        source = project / name
        ignored = shutil.ignore_patterns("__pycache__")
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    _write_pages(folder / "content", pages)
    for name in NEEDED:
        (folder / "content" / name).write_text("---\ntitle: 页\n---\n\n正文\n", "utf-8")
    for name in ("cases", "quizzes", "content/regulations"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _append(folder / "hooks/jingzhong/rules/__init__.py", NO_RULES)
    if not index:
        _append(folder / "hooks/jingzhong/output/search_page.py", NO_INDEX)
    # So that no build pays for it.
    compileall.compile_dir(folder / "hooks", quiet=1)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def write_material(folder: Path, pages: list[Slice], *, index: bool) -> None:
    """Plain Material with its own search, or without any."""
    _write_pages(folder / "docs", pages)
    (folder / "docs/index.md").write_text("# 首页\n", "utf-8")
    config = MATERIAL % (MATERIAL_SEARCH if index else "[]")
    (folder / "mkdocs.yml").write_text(config, "utf-8")


def _write_pages(folder: Path, pages: list[Slice]) -> None:
    (folder / "p").mkdir(parents=True)
    for page in pages:
        # Blank lines between lines, so that each stays a paragraph; no line may look like a list.
        path = folder / page.address.replace(".html", ".md")
        body = "\n\n".join(line.strip() for line in page.text.split("\n") if line.strip())
        path.write_text(f"---\ntitle: {page.title}\n---\n\n{body}\n", "utf-8")


def build(folder: Path, repeat: int = 1) -> Cost:
    """`mkdocs build` into `site/` in a process of its own; the cheapest of `repeat` builds.

    The others go into folders beside it: to delete thousands of files makes the next ones costly.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d"]
    sites = ("site", *(f"site-{number}" for number in range(2, repeat + 1)))
    return min((_run([*command, site], folder) for site in sites), key=lambda cost: cost.cpu)


def add_pagefind(folder: Path) -> Cost | None:
    """Pagefind's index beside the pages of a built site; None when it is not installed."""
    if importlib.util.find_spec("pagefind") is None:
        return None
    return _run([sys.executable, "-m", "pagefind", "--site", "site"], folder)


def _run(command: list[str], folder: Path) -> Cost:
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    environment.pop("PYTHONPATH", None)
    with (folder / "build.log").open("w+b") as log:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        said = log.read().decode("utf-8", "replace")
    if child.returncode:
        sys.exit(f"search.py: {' '.join(command)}\n{said[-3000:]}")
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak)


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
