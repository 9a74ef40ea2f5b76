"""Regulation pages: versions, status, articles, and what refers to each article."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby

from jingzhong.law.citations import Context
from jingzhong.law.versions import LawBook, cited_articles
from jingzhong.model.articles import article_anchor, article_order
from jingzhong.model.cases import Case
from jingzhong.model.library import Library
from jingzhong.model.regulations import Regulation
from jingzhong.output import urls
from jingzhong.output.page import Crumb, Heading, Page, TextFile

# An article of a large collection is cited by thousands; a page shows the newest few.
REFERENCES_SHOWN = 12


def regulation_pages(library: Library, book: LawBook) -> Iterator[Page]:
    """The list of regulations, then one page each."""
    cases: defaultdict[tuple[str, str | None], list[Case]] = defaultdict(list)
    for key, case in cited_articles(library.cases, book):
        cases[key].append(case)
    # The laws that cases and questions lean on most come first.
    uses: Counter[str] = Counter()
    for (law, _), found in cases.items():
        uses[law] += len(found)
    for (law, _), questions in library.questions_by_article.items():
        uses[law] += len(questions)
    yield Page(
        address=urls.REGULATIONS,
        title="安全法规",
        template="regulations.html",
        description=f"与安全生产和生活安全有关的 {len(library.regulations)} 部法律、规定和标准",
        data={
            "groups": [
                (kind, sorted(group, key=lambda reg: (-uses[reg.id], reg.id)))
                for kind, group in groupby(library.regulations, key=lambda reg: reg.kind)
            ],
        },
        date=library.settings.as_of,
        column="安全法规",
        scripts=("facets",),
    )
    for regulation in library.regulations:
        yield _page(regulation, library, cases)


def article_files(library: Library, plain: Callable[[str], str]) -> Iterator[TextFile]:
    """For previews, one script a regulation: `{"54": [heading, text]}`.

    `plain` turns an article's Markdown into text.
    """
    for regulation in library.regulations:
        if not regulation.articles:
            continue
        texts = {
            article.number: [
                f"《{regulation.short_title}》{article.name} {article.title}".strip()
                + ("（要点）" if regulation.text == "要点" else ""),
                plain(article.markdown),
            ]
            for article in regulation.articles
        }
        data = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
        call = f'Jingzhong.register("articles","{regulation.id}",{data});\n'
        yield TextFile(f"data/articles/{regulation.id}.js", call)


def _page(
    regulation: Regulation,
    library: Library,
    cases: defaultdict[tuple[str, str | None], list[Case]],
) -> Page:
    def references(article: str | None) -> dict[str, object]:
        key = (regulation.id, article)
        found = cases.get(key, [])
        questions = library.questions_by_article.get(key, ())
        return {
            "cases": found[:REFERENCES_SHOWN],
            "cases_total": len(found),
            "questions": [
                (
                    urls.question_address(
                        bank.id, library.question_index[question.id], question.id
                    ),
                    question.stem,
                )
                for bank, question in questions[:REFERENCES_SHOWN]
            ],
            "questions_total": len(questions),
        }

    carried = {article.number for article in regulation.articles}
    # Articles that are cited but not carried are gathered under the regulation itself.
    others = [
        number
        for law, number in (*cases, *library.questions_by_article)
        if law == regulation.id and number is not None and number not in carried
    ]
    successor = library.regulation_by_id.get(regulation.superseded_by or "")
    return Page(
        address=urls.regulation_address(regulation.id),
        title=regulation.title,
        template="regulation.html",
        description=f"{regulation.short_title}（{regulation.number}，{regulation.status}）{regulation.text}",
        data={
            "regulation": regulation,
            "references": {
                article.number: references(article.number) for article in regulation.articles
            },
            "whole": references(None),
            "others": [
                (number, references(number)) for number in sorted(set(others), key=article_order)
            ],
            "successor": successor,
            "crumbs": (Crumb(urls.REGULATIONS, "安全法规"),),
        },
        headings=tuple(_headings(regulation)),
        anchors=frozenset(article_anchor(number) for number in carried),
        date=regulation.reviewed,
        origin=regulation.origin.path,
        cites=Context(library.settings.as_of, self_law=regulation.id),
        column="安全法规",
    )


def _headings(regulation: Regulation) -> Iterator[Heading]:
    yield Heading("facts", "基本信息")
    for article in regulation.articles:
        text = f"{article.name} {article.title}".strip()
        yield Heading(article_anchor(article.number), text)
