"""A cited article speaks of what it is cited for.

For each citation of a violation or a question the words around it are compared with every article
that the site carries of the same law; the cited one must stand in the upper half. That is a weak
test of one citation and a strong one of many: numbers shifted by one amendment fail in heaps.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from jingzhong.law.versions import load_law_book
from jingzhong.model.library import Library

FEWEST = 8
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def pairs(text: str) -> set[str]:
    """Neighbouring characters, the cheapest notion of a word."""
    return {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}


@dataclass(frozen=True)
class Cited:
    """One citation: who cites, what, and the words it is cited for."""

    by: str
    law: str
    article: str
    words: str


class Articles:
    """The articles of the site by their words; rare words weigh more."""

    def __init__(self, library: Library) -> None:
        self.words = {
            (law.id, article.number): pairs(article.title + article.markdown)
            for law in library.regulations
            for article in law.articles
        }
        self.common = Counter(pair for words in self.words.values() for pair in words)

    def closeness(self, words: set[str], key: tuple[str, str]) -> float:
        total = len(self.words)
        return sum(math.log(total / self.common[pair]) for pair in words & self.words[key])

    def of(self, law: str) -> list[tuple[str, str]]:
        return [key for key in self.words if key[0] == law]

    def fits(self, cited: Cited) -> bool:
        """Whether the cited article stands in the upper half of its law for these words."""
        words = pairs(cited.words)
        mine = self.closeness(words, (cited.law, cited.article))
        others = self.of(cited.law)
        better = sum(self.closeness(words, key) > mine for key in others)
        return mine > 0 and better < len(others) / 2


@pytest.fixture(scope="module")
def articles(library: Library) -> Articles:
    return Articles(library)


def citations(library: Library, articles: Articles) -> Iterator[Cited]:
    """Every citation of an article that the site carries, by today's number."""
    book = load_law_book(library.regulations)
    for case in library.cases:
        for violation in case.violations:
            resolved = book.resolve_violation(case, violation)
            if resolved and resolved.current and violation.law:
                words = f"{violation.gist}{case.cause}"
                yield Cited(case.id, violation.law, resolved.current, words)
    for bank in library.banks:
        for question in bank.questions:
            words = "".join((question.stem, *question.options.values(), question.explanation))
            for reference in question.law:
                if reference.article:
                    yield Cited(question.id, reference.law, reference.article, words)


def judged(library: Library, articles: Articles) -> list[Cited]:
    """The citations of laws with enough articles to compare."""
    return [
        cited
        for cited in citations(library, articles)
        if (cited.law, cited.article) in articles.words and len(articles.of(cited.law)) >= FEWEST
    ]


def excused() -> set[tuple[str, str]]:
    """(who cites, law/article) that a reader looked at and found right."""
    files = sorted((Path(__file__).parent / "topics").glob("*.yml"))
    rows: list[Any] = [
        row for file in files for row in yaml.safe_load(file.read_text("utf-8")) or []
    ]
    return {(row["by"], row["article"]) for row in rows}


def test_cited_articles_speak_of_what_they_are_cited_for(
    library: Library, articles: Articles
) -> None:
    found = judged(library, articles)
    assert len(found) > 200
    known = excused()
    strange = [
        f"{cited.by}: {cited.law}/{cited.article}: {cited.words[:40]}"
        for cited in found
        if not articles.fits(cited) and (cited.by, f"{cited.law}/{cited.article}") not in known
    ]
    assert strange == [], "读一遍条文：引错了就改；没有引错，写进 tests/content/topics/"


def test_numbers_shifted_by_an_amendment_would_be_noticed(
    library: Library, articles: Articles
) -> None:
    """As if today's numbers of 安全生产法 were taken for those of 2014, three lower."""
    right = [cited for cited in judged(library, articles) if cited.law == "work-safety-law"]
    wrong = [
        Cited(cited.by, cited.law, str(int(cited.article) - 3), cited.words)
        for cited in right
        if cited.article.isdigit()
        and ("work-safety-law", str(int(cited.article) - 3)) in articles.words
    ]
    misfits = sum(not articles.fits(cited) for cited in wrong)
    before = sum(not articles.fits(cited) for cited in right)
    assert misfits > len(wrong) / 5 and misfits > 4 * before
