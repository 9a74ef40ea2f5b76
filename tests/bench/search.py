"""Measures our search beside Material's with jieba and beside Pagefind, on the same pages.

    python tests/bench/search.py                     2,000 and 10,000 pages, about an hour
    python tests/bench/search.py --sizes 2000        one size
    python tests/bench/search.py --ours              ours alone
    python tests/bench/search.py --repeat 3          the cheapest of three builds each
    python tests/bench/search.py --quick             60 pages, ours alone, under a minute
    python tests/bench/search.py --keep FOLDER       leaves the sites there, and uses them again

Pages are slices of the statutes in the shared data; without it, the run says so and ends. Queries
are drawn by seed: substrings of two to six characters, two neighbouring words, and terms of the
trade. A page *contains* a query when its title or text does, spaces and punctuation aside. Shares
of hits that contain the query are of the first twenty. Bytes are raw; with compression they are
fewer. What is not installed (`pip install jieba "pagefind[extended]"`) is left out with a word.
The numbers are for reading: nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import shutil
import statistics
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import search_engines as engines
from playwright.sync_api import sync_playwright
from search_sites import (
    Cost,
    Slice,
    add_pagefind,
    build,
    size_of,
    slices,
    write_material,
    write_ours,
)

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("JINGZHONG_SHARED", ROOT.parent / "shared"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TERMS = """
安全生产 危险化学品 燃气 电动自行车 有限空间 消防 特种设备 事故隐患 应急预案 动火 从业人员
行政处罚 责令改正 监督检查 主要负责人 安全培训 职业病 粉尘 烟花爆竹 道路运输 建筑施工 矿山
瓦斯 尾矿库 起重机械 电梯 压力容器 疏散通道 灭火器 安全出口 举报 罚款 吊销 许可证 高处作业
劳动防护用品 重大危险源 应急救援 生产经营单位 铁路
""".split()  # noqa: SIM905


@dataclass
class Row:
    """The figures of one search at one size."""

    name: str
    count: int
    found: list[float] = field(default_factory=list)
    containing: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    answers: list[engines.Answer] = field(default_factory=list)
    index: int = 0
    texts: float = 0.0
    with_index: Cost = Cost(0, 0, 0)
    without: Cost = Cost(0, 0, 0)


def main() -> None:
    """Build, ask, print."""
    options = _options()
    laws = SHARED / "corpus/laws"
    if not laws.is_dir():
        print(f"没有 {laws.name}（设 JINGZHONG_SHARED 指到共享数据），跳过搜索的基准测试。")
        return
    with (
        tempfile.TemporaryDirectory(prefix="jingzhong-search-") as temporary,
        sync_playwright() as p,
    ):
        work = options.keep.resolve() if options.keep else Path(temporary)
        path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = p.chromium.launch(executable_path=path, args=arguments)
        rows: list[Row] = []
        for count in [60] if options.quick else options.sizes:
            pages = slices(laws, count)
            queries = draw(
                pages, random.Random(options.seed), 3 if options.quick else options.queries
            )
            alone = options.ours or options.quick
            rows += measure(
                work / str(count), pages, queries, browser, ours_alone=alone, repeat=options.repeat
            )
        browser.close()
    print_table(rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=[2000, 10_000],
        help="numbers of pages, with commas (default 2000,10000)",
    )
    parser.add_argument("--queries", type=int, default=40, help="of each of the three kinds")
    parser.add_argument("--repeat", type=int, default=1, help="builds each; the cheapest counts")
    parser.add_argument("--seed", type=int, default=1, help="of the queries")
    parser.add_argument("--ours", action="store_true", help="ours alone")
    parser.add_argument("--quick", action="store_true", help="60 pages, ours alone")
    parser.add_argument("--keep", type=Path, help="leave the sites in this folder")
    return parser.parse_args()


def plain(text: str) -> str:
    """Letters and digits only, one width and case: what containing means here."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")


def draw(pages: list[Slice], rng: random.Random, each: int) -> list[str]:
    """The queries: substrings, pairs of words, terms."""
    queries: list[str] = []
    while len(queries) < each:
        text, size = rng.choice(pages).text, rng.randint(2, 6)
        start = rng.randrange(len(text) - size)
        query = text[start : start + size]
        if len(plain(query)) == size:
            queries.append(query)
    while len(queries) < 2 * each:
        pair = "".join(_two_words(rng.choice(pages).text, rng))
        if 3 <= len(plain(pair)) == len(pair) <= 8:
            queries.append(pair)
    return queries + rng.sample(TERMS, min(each, len(TERMS)))


def _two_words(text: str, rng: random.Random) -> list[str]:
    start = rng.randrange(len(text) - 40)
    part = text[start : start + 40]
    if importlib.util.find_spec("jieba") is None:
        return [part[:2], part[2:4]]
    import jieba  # type: ignore[import-untyped]

    jieba.setLogLevel(60)
    words = list(jieba.cut(part))[1:-1]
    first = rng.randrange(max(1, len(words) - 1))
    return words[first : first + 2]


def measure(
    work: Path,
    pages: list[Slice],
    queries: list[str],
    browser: Any,
    *,
    ours_alone: bool,
    repeat: int,
) -> Iterator[Row]:
    """One row for each search that is there."""
    texts = {page.address: plain(page.title + page.text) for page in pages}
    raw = sum(len((page.title + page.text).encode()) for page in pages)
    work.mkdir(parents=True, exist_ok=True)

    ours = Row("警钟", len(pages))

    def write(folder: Path, index: bool) -> None:
        write_ours(ROOT, folder, pages, index=index)

    _build(ours, work / "ours", write, repeat)
    built = work / "ours/site/data/search"
    texts_size = sum(size_of(folder) for folder in built.glob("*/t"))
    ours.index, ours.texts = size_of(built) - texts_size, texts_size / raw
    _ask(ours, engines.Engine, work / "ours/site", browser, queries, texts)
    yield ours
    if ours_alone:
        return
    if importlib.util.find_spec("jieba") is None:
        print("没有装 jieba，跳过 Material 自带的搜索（pip install jieba）。")
    else:
        row = Row("Material + jieba", len(pages))

        def write_other(folder: Path, index: bool) -> None:
            write_material(folder, pages, index=index)

        _build(row, work / "material", write_other, repeat)
        row.index = size_of(work / "material/site/search")
        _ask(row, engines.Material, work / "material/site", browser, queries, texts)
        yield row
    row = Row("Pagefind", len(pages))
    plain_site = work / "material-without"
    if not (plain_site / "site").is_dir():
        write_material(plain_site, pages, index=False)
        build(plain_site)
    cost = add_pagefind(plain_site)
    if cost is None:
        print('没有装 Pagefind，跳过（pip install "pagefind[extended]"）。')
        return
    row.with_index = cost
    row.index = size_of(plain_site / "site/pagefind")
    _ask(row, engines.Pagefind, plain_site / "site", browser, queries, texts)
    yield row


def _build(row: Row, folder: Path, write: Callable[[Path, bool], None], repeat: int) -> None:
    """With the index and without."""
    without = folder.with_name(f"{folder.name}-without")
    for place, index in ((without, False), (folder, True)):
        print(f"{row.name} {row.count} {'带索引' if index else '不带索引'} …", file=sys.stderr)
        if not place.is_dir():
            write(place, index)
        cost = build(place, repeat)
        if index:
            row.with_index = cost
        else:
            row.without = cost


def _ask(
    row: Row,
    make: engines.MakeEngine,
    site: Path,
    browser: Any,
    queries: list[str],
    texts: dict[str, str],
) -> None:
    print(f"{row.name} {row.count} 提问 …", file=sys.stderr)
    with engines.Served(site) as origin:
        row.answers = make(browser, site, origin).ask(queries)
    for query, answer in zip(queries, row.answers, strict=True):
        want = {address for address, text in texts.items() if plain(query) in text}
        # Our build adds a few pages of its own, as one for each sector; they are not compared.
        if want:
            row.found.append(len(want & set(answer.all_urls)) / len(want))
        shown = [url for url in answer.urls[:20] if url in texts]
        if shown:
            row.containing.append(sum(url in want for url in shown) / len(shown))
        if want:
            row.first.append(float(bool(shown) and shown[0] in want))


def print_table(rows: list[Row]) -> None:
    """One column for each search, as in the issue that asked for it."""
    names = [f"{row.name} {row.count}" for row in rows]
    print("| | " + " | ".join(names) + " |")
    print("|" + " --- |" * (len(rows) + 1))
    lines: tuple[tuple[str, Callable[[Row], str]], ...] = (
        ("找到的含词网页占比", lambda row: f"{statistics.mean(row.found):.3f}"),
        ("前 20 条里含词的占比", lambda row: f"{statistics.mean(row.containing):.3f}"),
        ("第一条含词", lambda row: f"{statistics.mean(row.first):.0%}"),
        ("首次回答前的 KB（中位、p95）", lambda row: _spread(row, lambda a: a.cold_bytes / 1e3)),
        ("首次回答前的请求数", lambda row: _spread(row, lambda a: float(a.requests))),
        ("空缓存毫秒（中位、p95）", lambda row: _spread(row, lambda a: a.cold_ms)),
        ("其中前十条带摘要毫秒（中位、p95）", lambda row: _spread(row, lambda a: a.ten_ms)),
        ("再问一次毫秒（中位、p95）", lambda row: _spread(row, lambda a: a.warm_ms)),
        ("索引 MB", lambda row: f"{row.index / 1e6:.1f}"),
        ("存的正文比 UTF-8 原文", lambda row: f"{row.texts:.2f}" if row.texts else "–"),
        (
            "建站秒：带、不带索引",
            lambda row: f"{row.with_index.seconds:.1f}、{row.without.seconds:.1f}",
        ),
        ("CPU 秒：带、不带索引", lambda row: f"{row.with_index.cpu:.1f}、{row.without.cpu:.1f}"),
        ("建索引 CPU 比 Material", lambda row: _ratio(row, rows)),
        ("整站 CPU 比 Material", lambda row: _whole(row, rows)),
        ("峰值内存 MB", lambda row: f"{row.with_index.peak / 1e6:.0f}"),
    )
    for name, cell in lines:
        print(f"| {name} | " + " | ".join(map(cell, rows)) + " |")


def _spread(row: Row, value: Callable[[engines.Answer], float]) -> str:
    values = sorted(map(value, row.answers))
    return f"{statistics.median(values):.0f}、{values[int(len(values) * 0.95)]:.0f}"


def _material(row: Row, rows: list[Row]) -> Row | None:
    return next((r for r in rows if r.count == row.count and r.name.startswith("Material")), None)


def _ratio(row: Row, rows: list[Row]) -> str:
    material = _material(row, rows)
    if material is None:
        return "–"
    base = material.with_index.cpu - material.without.cpu
    return f"{(row.with_index.cpu - row.without.cpu) / base:.2f}"


def _whole(row: Row, rows: list[Row]) -> str:
    material = _material(row, rows)
    if material is None or row.name == "Pagefind":
        return "–"
    return f"{row.with_index.cpu / material.with_index.cpu:.2f}"


if __name__ == "__main__":
    main()
