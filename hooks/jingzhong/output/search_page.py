"""The search page, and the files of the index that it and the header read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jingzhong.model.library import Library
from jingzhong.output import urls
from jingzhong.output.case_pages import sector_counts
from jingzhong.output.page import Page, TextFile
from jingzhong.output.search_units import search_units
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


def write_search(library: Library, folder: Path) -> None:
    """Write the index into the folder of the finished site.

    It is thousands of small files, which MkDocs would hold in memory until the pages are made.
    """
    made: set[Path] = set()
    for file in search_files(library):
        path = folder / file.address
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_text(file.text, "utf-8", newline="\n")


def search_files(library: Library) -> Iterator[TextFile]:
    """Every file of the index."""
    # Here, so that checking need not load numpy.
    from jingzhong.search.shards import build_shards

    for address, text in build_shards(tuple(search_units(library)), load_synonyms()):
        yield TextFile(address, text)
