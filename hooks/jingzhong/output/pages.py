"""All pages and files of the site, in one place: who shows what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jingzhong.law.versions import LawBook
from jingzhong.model.library import Library
from jingzhong.model.safety_month import SafetyMonth
from jingzhong.output.bank_pages import bank_pages, offline_page
from jingzhong.output.case_pages import case_list_pages, case_pages
from jingzhong.output.coverage_page import coverage_file, coverage_page
from jingzhong.output.data_page import cases_table, data_page
from jingzhong.output.facets import facet_files
from jingzhong.output.home_pages import home_page, month_page, today_files
from jingzhong.output.page import Page, TextFile
from jingzhong.output.plan_pages import plan_files, plan_pages
from jingzhong.output.quiz_data import Cited, quiz_files
from jingzhong.output.regulation_pages import article_files, regulation_pages
from jingzhong.output.search_page import search_page
from jingzhong.output.sector_pages import sector_pages
from jingzhong.rules.coverage import build_coverage


def build_pages(library: Library, book: LawBook, month: SafetyMonth) -> Iterator[Page]:
    """Every generated page, in a fixed order; nothing is rendered yet."""
    yield home_page(library, month)
    yield from case_list_pages(library)
    yield from case_pages(library, book)
    yield from sector_pages(library, book)
    yield from regulation_pages(library, book)
    yield from bank_pages(library)
    yield offline_page(library)
    yield data_page(library)
    yield month_page(library, month)
    yield from plan_pages(library)
    yield search_page(library)
    yield coverage_page(build_coverage(library, book))


def build_files(
    library: Library, book: LawBook, plain: Callable[[str], str], cited: Cited
) -> Iterator[TextFile]:
    """Data for scripts, and tables to download.

    `plain` turns Markdown into text, `cited` splits a text at its citations.
    """
    yield from article_files(library, plain)
    yield from facet_files(library)
    yield from today_files(library)
    yield from quiz_files(library, cited)
    yield from plan_files(library)
    yield cases_table(library)
    yield coverage_file(build_coverage(library, book))
