"""Sector pages: what to watch for, the law, questions and cases of one 行业领域."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice

from jingzhong.law.versions import LawBook, cited_articles
from jingzhong.model.articles import article_order
from jingzhong.model.library import Library
from jingzhong.model.regulations import ArticleText, Regulation
from jingzhong.model.vocabulary import Sector
from jingzhong.output import urls
from jingzhong.output.case_pages import paged, sector_counts
from jingzhong.output.page import Crumb, Heading, Page

ARTICLES_SHOWN = 8
QUESTIONS_SHOWN = 8


def sector_pages(library: Library, book: LawBook) -> Iterator[Page]:
    """The index of sectors, then each sector, its cases paged."""
    yield Page(
        address=urls.SECTORS,
        title="行业领域",
        template="sectors.html",
        description="按行业领域看事故案例、法规和题目",
        data={"counts": {name: count for _, name, count in sector_counts(library)}},
        date=library.settings.as_of,
        column="行业领域",
    )
    for sector in library.vocabularies.sectors:
        yield from _pages(sector, library, book)


def _pages(sector: Sector, library: Library, book: LawBook) -> Iterator[Page]:
    cases = library.cases_by_sector.get(sector.name, ())
    articles = _articles(sector, library, book)
    regulations = [reg for reg in library.regulations if sector.name in reg.topics]
    questions, total = _questions(sector, library)
    for pager, shown in paged(cases, partial(urls.sector_address, sector.id)):
        first = pager.page == 1
        headings = [Heading("watch", "看得见的隐患"), Heading("cases", "事故案例")]
        if articles or regulations:
            headings.append(Heading("law", "有关条文和法规"))
        if questions:
            headings.append(Heading("questions", "有关题目"))
        yield Page(
            address=pager.addresses[pager.page - 1],
            title=sector.name if first else f"{sector.name}（第 {pager.page} 页）",
            template="sector.html",
            description=f"{sector.name}：看得见的隐患、有关法规和事故案例",
            data={
                "sector": sector,
                "cases": shown,
                "total": len(cases),
                "pager": pager,
                "articles": articles,
                "regulations": regulations,
                "questions": questions,
                "questions_total": total,
                "crumbs": (Crumb(urls.SECTORS, "行业领域"),),
            },
            headings=tuple(headings) if first else (),
            date=library.settings.as_of,
            column="行业领域",
        )


def _articles(
    sector: Sector, library: Library, book: LawBook
) -> list[tuple[Regulation, ArticleText, int]]:
    """The carried articles that this sector's cases broke most often, with the number of cases."""
    counts: Counter[tuple[str, str]] = Counter()
    for (law, article), _ in cited_articles(library.cases_by_sector.get(sector.name, ()), book):
        if article is not None:
            counts[law, article] += 1
    found = []
    for (law, number), count in counts.items():
        regulation = library.regulation_by_id.get(law)
        article_text = regulation.article_by_number.get(number) if regulation else None
        if regulation and article_text:
            found.append((regulation, article_text, count))
    found.sort(key=lambda row: (-row[2], row[0].id, article_order(row[1].number)))
    return found[:ARTICLES_SHOWN]


def _questions(sector: Sector, library: Library) -> tuple[list[tuple[str, str]], int]:
    """(address, stem) of the sector's first questions, and how many there are."""
    found = [
        (urls.question_address(bank.id, index, question.id), question.stem)
        for bank in library.banks
        for index, question in enumerate(bank.questions)
        if sector.name in question.topics
    ]
    return list(islice(found, QUESTIONS_SHOWN)), len(found)
