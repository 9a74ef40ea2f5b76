"""Bank pages: complete forms without JavaScript, a hundred questions a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jingzhong.model.library import Library
from jingzhong.model.quizzes import TYPES, Bank
from jingzhong.output import urls
from jingzhong.output.page import Crumb, Page, Pager


def bank_pages(library: Library) -> Iterator[Page]:
    """The list of banks, then each bank."""
    yield Page(
        address=urls.BANKS,
        title="知识题库",
        template="banks.html",
        description="安全知识题库，每题有解析、条文和案例",
        data={"types": {bank.id: _type_counts(bank) for bank in library.banks}},
        date=library.settings.as_of,
        column="知识题库",
    )
    for bank in library.banks:
        yield from _pages(bank)


def _type_counts(bank: Bank) -> list[tuple[str, int]]:
    counts = Counter(question.type for question in bank.questions)
    return [(name, counts[key]) for key, name in TYPES.items() if counts[key]]


def _pages(bank: Bank) -> Iterator[Page]:
    size = urls.QUESTIONS_PER_PAGE
    total = -(-len(bank.questions) // size)
    addresses = tuple(urls.bank_address(bank.id, number) for number in range(1, total + 1))
    for number in range(1, total + 1):
        first = (number - 1) * size
        suffix = f"（第 {number} 页）" if number > 1 else ""
        questions = bank.questions[first : first + size]
        yield Page(
            address=addresses[number - 1],
            title=bank.title + suffix,
            template="bank.html",
            description=bank.description or f"{bank.title}，共 {len(bank.questions)} 题",
            data={
                "bank": bank,
                "questions": list(enumerate(questions, first + 1)),
                "types": _type_counts(bank),
                "pager": Pager(number, addresses),
                "crumbs": (Crumb(urls.BANKS, "知识题库"),),
            },
            anchors=frozenset(f"q-{question.id}" for question in questions),
            date=bank.reviewed,
            origin=bank.origin.path,
            column="知识题库",
        )
