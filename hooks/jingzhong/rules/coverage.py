"""Where case, article and question do not meet yet: no fault, but a list for editors."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from jingzhong.law.versions import LawBook, cited_articles
from jingzhong.model.cases import Case
from jingzhong.model.library import Library
from jingzhong.model.quizzes import Question
from jingzhong.model.regulations import ArticleText, Regulation


@dataclass(frozen=True)
class UnaskedArticle:
    """A carried article that no question asks about; `cases` is how many cases broke it."""

    law: str
    title: str
    article: str
    name: str
    heading: str
    cases: int


@dataclass(frozen=True)
class LawCoverage:
    """How many of one regulation's carried articles questions ask about."""

    law: str
    title: str
    articles: int
    asked: int


@dataclass(frozen=True)
class UnusedCase:
    """A case that no question uses."""

    id: str
    title: str
    sector: str


@dataclass(frozen=True)
class UnlinkedQuestion:
    """A question that names neither law nor case."""

    bank: str
    id: str
    stem: str


@dataclass(frozen=True)
class Coverage:
    """The whole report. Articles that cases broke come first, then the order of the library."""

    as_of: datetime.date
    articles: int
    cases: int
    questions: int
    sectors: int
    laws: tuple[LawCoverage, ...]
    unasked_articles: tuple[UnaskedArticle, ...]
    unused_cases: tuple[UnusedCase, ...]
    unlinked_questions: tuple[UnlinkedQuestion, ...]
    questions_without_law: int
    questions_without_case: int
    sectors_without_case: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON form: `editors/coverage.json` and `python hooks check --coverage`."""
        return {**asdict(self), "as_of": self.as_of.isoformat()}


def build_coverage(library: Library, book: LawBook) -> Coverage:
    """Count what is joined and list what is not."""
    asked = set(library.questions_by_article)
    broken = Counter(key for key, _ in cited_articles(library.cases, book))
    carried = [(reg, article) for reg in library.regulations for article in reg.articles]
    unasked = [
        _unasked(reg, article, broken[reg.id, article.number])
        for reg, article in carried
        if (reg.id, article.number) not in asked
    ]
    questions = [(bank.id, question) for bank in library.banks for question in bank.questions]
    return Coverage(
        as_of=library.settings.as_of,
        articles=len(carried),
        cases=len(library.cases),
        questions=len(questions),
        sectors=len(library.vocabularies.sectors),
        laws=tuple(
            LawCoverage(
                reg.id,
                reg.short_title,
                len(reg.articles),
                sum((reg.id, article.number) in asked for article in reg.articles),
            )
            for reg in library.regulations
            if reg.articles
        ),
        unasked_articles=tuple(sorted(unasked, key=lambda item: -item.cases)),
        unused_cases=tuple(
            _unused(case) for case in library.cases if case.id not in library.questions_by_case
        ),
        unlinked_questions=tuple(
            UnlinkedQuestion(bank, question.id, question.stem)
            for bank, question in questions
            if not (question.law or question.case)
        ),
        questions_without_law=_count(questions, lambda question: not question.law),
        questions_without_case=_count(questions, lambda question: not question.case),
        sectors_without_case=tuple(
            sector.name
            for sector in library.vocabularies.sectors
            if sector.name not in library.cases_by_sector
        ),
    )


def _unasked(regulation: Regulation, article: ArticleText, cases: int) -> UnaskedArticle:
    return UnaskedArticle(
        regulation.id, regulation.short_title, article.number, article.name, article.title, cases
    )


def _unused(case: Case) -> UnusedCase:
    return UnusedCase(case.id, case.title, case.sector[0])


def _count(questions: list[tuple[str, Question]], holds: Callable[[Question], bool]) -> int:
    return sum(1 for _, question in questions if holds(question))


def coverage_lines(coverage: Coverage, shown: int = 20) -> list[str]:
    """The report as lines of text for a terminal; long lists are cut, with a note that they are."""
    asked = coverage.articles - len(coverage.unasked_articles)
    used = coverage.cases - len(coverage.unused_cases)
    return [
        f"条文：本站收录 {coverage.articles} 条，有题目考到 {asked} 条。",
        *_cut(
            [
                f"  没有题目：《{item.title}》{item.name} {item.heading}"
                + (f"（{item.cases} 起案例违反）" if item.cases else "")
                for item in coverage.unasked_articles
            ],
            shown,
        ),
        f"案例：{coverage.cases} 起，有题目用到 {used} 起。",
        *_cut([f"  没有题目：{item.id} {item.title}" for item in coverage.unused_cases], shown),
        f"题目：{coverage.questions} 道，没有条文的 {coverage.questions_without_law} 道，"
        f"没有案例的 {coverage.questions_without_case} 道，"
        f"两样都没有的 {len(coverage.unlinked_questions)} 道。",
        *_cut(
            [
                f"  两样都没有：{item.bank} {item.id} {item.stem}"
                for item in coverage.unlinked_questions
            ],
            shown,
        ),
        f"行业领域：{coverage.sectors} 个，没有案例的 {len(coverage.sectors_without_case)} 个。",
        *[f"  没有案例：{name}" for name in coverage.sectors_without_case],
    ]


def _cut(lines: list[str], shown: int) -> list[str]:
    more = len(lines) - shown
    return lines[:shown] + ([f"  ……还有 {more} 条（--format json 看全部）"] if more > 0 else [])
