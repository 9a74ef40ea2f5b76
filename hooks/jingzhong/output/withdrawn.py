"""Addresses are promises: `addresses.txt` lists those given, `removed.yml` those withdrawn."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jingzhong.errors import Problem, Report, expected, quoted
from jingzhong.model.fields import At, Date, ListOf, Nested, Record, Text, spec
from jingzhong.model.library import Library
from jingzhong.model.source import load_source, parse_yaml
from jingzhong.output.page import Page

ADDRESSES = "addresses.txt"
REMOVED = "removed.yml"


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Record):
    """A page that was public and no longer is, with the reason its readers are told."""

    address: str = spec(
        Text("以 .html 结尾的网址", r"[a-z0-9][a-z0-9/-]*\.html"), "网址", "cases/2020-01-01-x.html"
    )
    date: datetime.date = spec(Date(), "撤下日期", "2026-11-23")
    reason: str = spec(Text(), "原因", "与另一篇合并")
    see: str | None = spec(
        Text("以 .html 结尾的网址", r"[a-z0-9][a-z0-9/-]*\.html"),
        "改看",
        "cases/index.html",
        default=None,
    )


def load_withdrawn(root: Path, report: Report) -> tuple[Withdrawn, ...]:
    """Read `removed.yml`, if there is one."""
    path = root / REMOVED
    source = load_source(root, path, report) if path.is_file() else None
    node = parse_yaml(source.text, source.path, report) if source else None
    if node is None:
        return ()
    items = ListOf(Nested(Withdrawn)).read(node, At(REMOVED, "", report), "address: …")
    return items if isinstance(items, tuple) else ()


def withdrawn_pages(root: Path, report: Report) -> Iterator[Page]:
    """For each withdrawn address a page that says why."""
    for item in load_withdrawn(root, report):
        yield Page(
            address=item.address,
            title="这一页已撤下",
            template="withdrawn.html",
            description=item.reason,
            data={"item": item},
            date=item.date,
            origin=REMOVED,
        )


def permanent_addresses(pages: Iterable[Page], library: Library) -> list[str]:
    """The addresses that may never vanish: everything but the later pages of a list."""
    lists = {page.address for page in pages if page.template in ("cases.html", "sector.html")}
    later = {
        address for address in lists if address.rpartition("-")[2].removesuffix(".html").isdigit()
    }
    made = {page.address for page in pages if page.listed} - later
    written = {_page_address(page.origin.path) for page in library.pages}
    return sorted(made | written)


def _page_address(path: str) -> str:
    return path.removeprefix("content/").removesuffix(".md") + ".html"


def _listed(root: Path, report: Report) -> list[str]:
    """The lines of `addresses.txt`; none when there is no such file yet."""
    listing = root / ADDRESSES
    source = load_source(root, listing, report) if listing.is_file() else None
    return source.text.split("\n") if source else []


def check_addresses(
    root: Path, pages: Iterable[Page], library: Library, report: Report
) -> Iterator[Problem]:
    """Yield addresses given twice, and published ones that have vanished."""
    pages = tuple(pages)
    seen: dict[str, str] = {}
    for address, origin in (
        *((page.address, page.origin) for page in pages),
        *((_page_address(page.origin.path), page.origin.path) for page in library.pages),
    ):
        if address in seen:
            got = f"{quoted(address)}，{seen[address] or '本站自动生成的页面'}已经占用"
            example = "换一个文件名，网址就跟着换"
            yield Problem(
                origin or seen[address], 1, "", expected("全站不重复的网址", got, example)
            )
        seen.setdefault(address, origin)
    for line, text in enumerate(_listed(root, report), 1):
        address = text.strip()
        if address and address not in seen:
            message = expected(
                "仍在的页面，或在 removed.yml 里写明原因",
                f"{quoted(address)}不见了",
                f"- address: {address}（下一行写 date: 和 reason:）",
            )
            yield Problem(ADDRESSES, line, "", message)


def record_addresses(root: Path, pages: Iterable[Page], library: Library) -> int:
    """Add new permanent addresses to `addresses.txt`; returns how many were added."""
    listing = root / ADDRESSES
    old = listing.read_text("utf-8").split() if listing.is_file() else []
    new = sorted({*old, *permanent_addresses(tuple(pages), library)})
    if new != old:
        listing.write_text("".join(f"{address}\n" for address in new), "utf-8")
    return len(new) - len(old)
