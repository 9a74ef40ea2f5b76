"""What of the library is searched: cases, articles, questions and pages, as units of text.

The texts are those that authors wrote, in the order of the page; what the build adds to a page
(marks of renumbered articles, lists of similar cases, labels) is not among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markdown.extensions.toc import slugify, unique

from jingzhong.model.articles import article_anchor, article_name
from jingzhong.model.cases import Case, Violation
from jingzhong.model.library import Library
from jingzhong.model.pages import ContentPage
from jingzhong.model.quizzes import Bank, Question
from jingzhong.model.regulations import Regulation
from jingzhong.output import urls
from jingzhong.output.case_pages import SECTION_ANCHORS
from jingzhong.search.plain import plain_text, sections
from jingzhong.search.units import BODY, HEADING, LEAD, TITLE, Part, Unit

# Pages that list what is searched one by one; only their names are worth finding.
_INDEXES = (
    (urls.CASES, "事故案例", "全部案例，按年份、行业领域、等级看"),
    (urls.SECTORS, "行业领域", "按行业领域看事故案例、法规和题目"),
    (urls.REGULATIONS, "安全法规", "法律、行政法规、部门规章和标准"),
    (urls.BANKS, "知识题库", "安全知识题库，每题有解析、条文和案例"),
    (
        urls.MONTH,
        "安全生产月",
        "历年主题、全年的安全宣传日，进企业、进农村、进社区、进学校、进家庭",
    ),
    (urls.DATA, "看数据", "案例的等级、类型、地区和年份"),
)


def search_units(library: Library) -> Iterator[Unit]:
    """Every unit, sorted by kind and then by rank: newer cases first."""
    for case in library.cases:
        yield _case(case, library)
    for regulation in library.regulations:
        yield from _regulation(regulation)
    for bank in library.banks:
        yield from _bank(bank)
    for sector in library.vocabularies.sectors:
        yield Unit(
            kind="page",
            url=urls.sector_address(sector.id),
            title=sector.name,
            names=(sector.name, *sector.also),
            parts=_parts((TITLE, (sector.name,), ""), (BODY, sector.watch, "watch")),
            facets={"sector": (sector.name,)},
        )
    for page in library.pages:
        if page.listed:
            yield _page(page)
    for address, title, about in _INDEXES:
        parts = _parts((TITLE, (title,), ""), (LEAD, (about,), ""))
        yield Unit(kind="page", url=address, title=title, names=(title,), parts=parts)


def _parts(*rows: tuple[int, Iterable[str | None], str]) -> tuple[Part, ...]:
    """Parts from (weight, lines, anchor); what has no text is left out."""
    parts = (
        Part(weight, "\n".join(" ".join(line.split()) for line in lines if line), anchor)
        for weight, lines, anchor in rows
    )
    return tuple(part for part in parts if part.text)


def _lines(markdown: str, *, raw_html: bool = False) -> list[str]:
    return plain_text(markdown, raw_html=raw_html).split("\n")


def _case(case: Case, library: Library) -> Unit:
    rows: list[tuple[int, Iterable[str | None], str]] = [
        (TITLE, (case.title,), ""),
        (TITLE, case.aliases, ""),
        (LEAD, (case.cause,), ""),
        (BODY, _facts(case), "facts"),
        (BODY, (f"{action.audience} {action.do}" for action in case.actions), "actions"),
        (BODY, (text for image in case.images for text in (image.alt, image.credit)), ""),
        (BODY, (f"{m.time or ''} {m.event}" for m in case.timeline), "timeline"),
    ]
    for section in case.sections:
        anchor = SECTION_ANCHORS.get(section.heading, "")
        rows += [
            (HEADING, (section.heading,), anchor),
            (BODY, _lines(section.markdown), anchor),
        ]
    account = case.accountability
    rows += [
        (BODY, (account.note,) if account else (), "accountability"),
        (BODY, (_violation(v, library) for v in case.violations), "law"),
        (BODY, _sources(case), "sources"),
    ]
    return Unit(
        kind="case",
        url=urls.case_address(case.id),
        title=case.title,
        # Accidents are known by their day, too.
        names=(*case.aliases, *_days(case)),
        parts=_parts(*rows),
        facets={
            "sector": case.sector,
            "grade": (case.grade,) if case.grade else (),
            "year": (str(case.date.year),),
        },
    )


def _days(case: Case) -> tuple[str, str]:
    day = f"{case.date.month}月{case.date.day}日"
    return f"{case.date.year}年{day}", day


def _facts(case: Case) -> Iterator[str | None]:
    """Figures and names as the page states them."""
    place, people, notes = case.place, case.casualties, case.notes
    city = "" if place.city == place.province else place.city
    yield f"{place.province}{city}{place.county or ''} {place.detail or ''}"
    yield f"{_days(case)[0]} {case.time or ''}"
    yield case.company
    yield " ".join(case.sector)
    counts = (
        ("死亡", people.deaths),
        ("失踪", people.missing),
        ("受伤", people.injuries),
        ("其中重伤", people.serious_injuries),
    )
    yield " ".join(f"{label} {count} 人" for label, count in counts if count is not None)
    if case.economic_loss_wan is not None:
        yield f"直接经济损失 {case.economic_loss_wan:,g} 万元"
    yield f"{case.grade}事故" if case.grade else None
    yield case.grade_basis
    yield case.accident_type.current
    if case.accident_type.legacy != case.accident_type.current:
        yield case.accident_type.legacy
    if notes:
        yield from (notes.deaths, notes.injuries, notes.loss, notes.type, notes.grade)
    yield case.disputed


def _violation(violation: Violation, library: Library) -> str:
    regulation = library.regulation_by_id.get(violation.law or "")
    law = regulation.short_title if regulation else violation.law_title
    article = article_name(violation.article) if violation.article else ""
    paragraph = f"第{violation.paragraph}款" if violation.paragraph else ""
    item = f"第{violation.item}项" if violation.item else ""
    clause = violation.clause or ""
    return f"《{law}》{article}{paragraph}{item} {clause} {violation.gist}"


def _sources(case: Case) -> Iterator[str | None]:
    report = case.report
    if report:
        yield f"{report.title} {report.authority} {report.number or ''}"
    for source in case.sources:
        if not report or source.title != report.title:
            yield f"{source.title} {source.publisher}"
    for correction in case.corrections:
        yield correction.what


def _regulation(regulation: Regulation) -> Iterator[Unit]:
    """The regulation itself, then each article it carries."""
    address = urls.regulation_address(regulation.id)
    rows: list[tuple[int, Iterable[str | None], str]] = [
        (TITLE, (regulation.title,), ""),
        (TITLE, regulation.aliases, ""),
        (BODY, (regulation.number, *regulation.number_history, regulation.issuer), "facts"),
        (BODY, (version.note for version in regulation.versions), "facts"),
    ]
    for part in regulation.parts:
        rows += [(HEADING, (part.heading,), ""), (BODY, _lines(part.markdown), "")]
    yield Unit(
        kind="regulation",
        url=address,
        title=regulation.title,
        names=(regulation.title, regulation.short_title, *regulation.aliases, regulation.number),
        parts=_parts(*rows),
        page=address,
        facets={"sector": regulation.topics},
    )
    for article in regulation.articles:
        heading = f"{article.name} {article.title}".strip()
        yield Unit(
            kind="regulation",
            url=f"{address}#{article_anchor(article.number)}",
            title=f"《{regulation.short_title}》{heading}",
            parts=_parts((HEADING, (heading,), ""), (BODY, _lines(article.markdown), "")),
            page=address,
            facets={"sector": regulation.topics},
        )


def _bank(bank: Bank) -> Iterator[Unit]:
    """The bank itself, then each question."""
    address = urls.bank_address(bank.id)
    yield Unit(
        kind="question",
        url=address,
        title=bank.title,
        names=(bank.title,),
        parts=_parts((TITLE, (bank.title,), ""), (LEAD, (bank.description,), "")),
        page=address,
        facets={"sector": bank.topics},
    )
    for index, question in enumerate(bank.questions):
        url = urls.question_address(bank.id, index, question.id)
        yield Unit(
            kind="question",
            url=url,
            title=question.stem,
            parts=_parts((HEADING, (question.stem,), ""), (BODY, _question(question), "")),
            page=url.partition("#")[0],
            facets={"sector": question.topics or bank.topics},
        )


def _question(question: Question) -> Iterator[str | None]:
    yield question.passage
    if question.image:
        yield question.image.alt
    for part in (question.options, question.left, question.right):
        yield from part.values()
    if question.type == "blank":
        yield from (word for words in question.answer for word in words)
    yield question.explanation


def _page(page: ContentPage) -> Unit:
    """A hand-written page; anchors are those that Markdown's table of contents makes."""
    name = page.origin.path.partition("/")[2].removesuffix(".md")
    rows: list[tuple[int, Iterable[str | None], str]] = [
        (TITLE, (page.title,), ""),
        (LEAD, (page.description,), ""),
    ]
    anchors: set[str] = set()
    for heading, markdown in sections(page.markdown):
        anchor, text = "", plain_text(heading, raw_html=True)
        if text:
            anchor = unique(slugify(text, "-"), anchors)
            rows.append((HEADING, (text,), anchor))
        rows.append((BODY, _lines(markdown, raw_html=True), anchor))
    return Unit(
        kind="page",
        url=f"{name}.html",
        title=page.title,
        names=(page.title, *page.aliases),
        parts=_parts(*rows),
    )
