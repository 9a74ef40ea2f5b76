"""All pages of the site, in one place: who shows what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jingzhong.law.versions import LawBook
from jingzhong.model.library import Library
from jingzhong.output import urls
from jingzhong.output.bank_pages import bank_pages
from jingzhong.output.case_pages import case_list_pages, case_pages, sector_pages
from jingzhong.output.page import Heading, Page
from jingzhong.output.regulation_pages import regulation_pages

NEWEST_ON_HOME = 6


def build_pages(library: Library, book: LawBook) -> Iterator[Page]:
    """Every generated page, in a fixed order; nothing is rendered yet."""
    yield _home(library)
    yield from case_list_pages(library)
    yield from case_pages(library, book)
    yield from sector_pages(library, book)
    yield from regulation_pages(library, book)
    yield from bank_pages(library)


def _home(library: Library) -> Page:
    sectors = sorted(library.vocabularies.sectors, key=lambda sector: not sector.key)
    return Page(
        address=urls.HOME,
        title="首页",
        template="home.html",
        description=f"{library.settings.city}安全生产警示教育：事故案例、法规条文和知识题库",
        data={
            "sectors": sectors,
            "newest": library.cases[:NEWEST_ON_HOME],
            "questions": sum(len(bank.questions) for bank in library.banks),
            "counts": Counter(name for case in library.cases for name in case.sector),
        },
        headings=(Heading("sectors", "重点领域"), Heading("newest", "最近发生的")),
        date=library.settings.as_of,
    )
