"""Case pages, and the lists that lead to them: all, by year, by sector."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from jingzhong.law.citations import Context
from jingzhong.law.versions import LawBook
from jingzhong.model.cases import Case
from jingzhong.model.library import Library
from jingzhong.model.regulations import Regulation
from jingzhong.output import urls
from jingzhong.output.facets import facet_vocabulary
from jingzhong.output.page import Crumb, Heading, Page, Pager
from jingzhong.output.similar import similar_cases
from jingzhong.rules.grade import grade_facts

# Anchors of the body's sections; ASCII, permanent.
SECTION_ANCHORS = {
    "事故经过": "process",
    "直接原因": "direct-cause",
    "间接原因": "indirect-causes",
    "事故教训": "lessons",
    "防范措施": "measures",
    "责任追究": "accountability",
}
QUESTIONS_SHOWN = 8


def case_pages(library: Library, book: LawBook) -> Iterator[Page]:
    """One page a case; neighbours are the next older and the next newer case."""
    similar = similar_cases(library.cases)
    for position, case in enumerate(library.cases):
        newer = library.cases[position - 1] if position else None
        older = library.cases[position + 1] if position + 1 < len(library.cases) else None
        yield Page(
            address=urls.case_address(case.id),
            title=case.title,
            template="case.html",
            description=case.cause,
            data={
                "case": case,
                "sections": {section.heading: section for section in case.sections},
                "anchors": SECTION_ANCHORS,
                "grade": grade_facts(case),
                "violations": _violations(case, library, book),
                "questions": _questions(case, library),
                "questions_total": len(library.questions_by_case.get(case.id, ())),
                "similar": similar[case.id],
                "newer": newer,
                "older": older,
            },
            headings=tuple(_headings(case, library)),
            date=case.reviewed,
            origin=case.origin.path,
            cites=Context(library.settings.as_of, case.date),
            column="事故案例",
        )


def _headings(case: Case, library: Library) -> Iterator[Heading]:
    yield Heading("facts", "基本情况")
    yield Heading("actions", "你能做什么")
    if case.timeline:
        yield Heading("timeline", "时间线")
    for section in case.sections:
        if section.heading:
            yield Heading(SECTION_ANCHORS[section.heading], section.heading)
    if case.violations:
        yield Heading("law", "法律对照")
    if case.id in library.questions_by_case:
        yield Heading("questions", "学了就考")
    yield Heading("similar", "类似的事故")
    yield Heading("sources", "出处")


def _violations(case: Case, library: Library, book: LawBook) -> list[dict[str, object]]:
    """Each broken article with its regulation and where it stands today."""
    rows: list[dict[str, object]] = []
    for violation in case.violations:
        regulation: Regulation | None = library.regulation_by_id.get(violation.law or "")
        resolved = book.resolve_violation(case, violation)
        current = resolved.current if resolved else None
        rows.append(
            {
                "violation": violation,
                "regulation": regulation,
                "current": current,
                "renumbered": bool(
                    resolved and violation.article and resolved.renumbered(violation.article)
                ),
                "old_version": resolved.version
                if resolved and regulation and resolved.version is not regulation.current
                else None,
                "article": regulation.article_by_number.get(current or "") if regulation else None,
            }
        )
    return rows


def _questions(case: Case, library: Library) -> list[tuple[str, str]]:
    """(address, stem) of the first questions learned from a case."""
    rows = []
    for bank, question in library.questions_by_case.get(case.id, ())[:QUESTIONS_SHOWN]:
        index = library.question_index[question.id]
        rows.append((urls.question_address(bank.id, index, question.id), question.stem))
    return rows


def paged(
    cases: Sequence[Case], address: Callable[[int], str]
) -> Iterator[tuple[Pager, Sequence[Case]]]:
    """Cut a list into pages of at most 60; an empty list is one empty page."""
    size = urls.ENTRIES_PER_PAGE
    total = max(1, -(-len(cases) // size))
    addresses = tuple(address(number) for number in range(1, total + 1))
    for number in range(1, total + 1):
        yield Pager(number, addresses), cases[(number - 1) * size : number * size]


def case_list_pages(library: Library) -> Iterator[Page]:
    """All cases, and those of each year."""
    years = [(year, len(cases)) for year, cases in library.cases_by_year.items()]
    sectors = sector_counts(library)

    vocabulary = facet_vocabulary(library)

    def page(title: str, heading: str, pager: Pager, shown: Sequence[Case], total: int) -> Page:
        is_main = pager.addresses[pager.page - 1] == urls.CASES
        suffix = f"（第 {pager.page} 页）" if pager.page > 1 else ""
        return Page(
            address=pager.addresses[pager.page - 1],
            title=title + suffix,
            template="cases.html",
            description=f"{heading}，共 {total} 起",
            data={
                "heading": heading,
                "cases": shown,
                "total": total,
                "pager": pager,
                "years": years,
                "sectors": sectors,
                "vocabulary": vocabulary if is_main and library.cases else None,
                "crumbs": () if heading == "事故案例" else (Crumb(urls.CASES, "事故案例"),),
            },
            date=library.settings.as_of,
            column="事故案例",
            scripts=("facets",) if is_main else (),
        )

    for pager, shown in paged(library.cases, urls.case_list_address):
        yield page("事故案例", "事故案例", pager, shown, len(library.cases))
    for year, cases in library.cases_by_year.items():
        for pager, shown in paged(cases, partial(urls.year_address, year)):
            yield page(f"{year} 年的事故案例", f"{year} 年", pager, shown, len(cases))


def sector_counts(library: Library) -> list[tuple[str, str, int]]:
    """(id, name, number of cases) of each sector, in vocabulary order."""
    counts = Counter(name for case in library.cases for name in case.sector)
    return [
        (sector.id, sector.name, counts[sector.name]) for sector in library.vocabularies.sectors
    ]
