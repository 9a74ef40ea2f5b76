"""The search page, and the files of the index that it and the header read."""

from __future__ import annotations

from collections.abc import Iterator

from jingzhong.model.library import Library
from jingzhong.output import urls
from jingzhong.output.case_pages import sector_counts
from jingzhong.output.page import Page, TextFile
from jingzhong.output.search_units import search_units
from jingzhong.search.shards import build_shards
from jingzhong.search.synonyms import load_synonyms


def search_page(library: Library) -> Page:
    """`search.html`: results where JavaScript runs, the indexes of the site where it does not."""
    return Page(
        address=urls.SEARCH,
        title="搜索",
        template="search.html",
        description="搜案例、法条、题目和页面",
        data={
            "years": [(year, len(cases)) for year, cases in library.cases_by_year.items()],
            "sectors": sector_counts(library),
        },
        date=library.settings.as_of,
        column="搜索",
        scripts=("search-page",),
    )


def build_search(library: Library) -> Iterator[TextFile]:
    """Every file of the index, ready to be published."""
    for address, text in build_shards(tuple(search_units(library)), load_synonyms()):
        yield TextFile(address, text)
