"""Bank pages: complete forms without JavaScript, a hundred questions a page; exam; wrong answers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from jingzhong.channels.paper.downloads import contest_downloads
from jingzhong.exchange.export.downloads import bank_downloads
from jingzhong.law.citations import Context
from jingzhong.model.library import Library
from jingzhong.model.quizzes import TYPES, Bank, Question
from jingzhong.output import urls
from jingzhong.output.page import Crumb, Page, Pager
from jingzhong.output.quiz_data import Lesson, contest_data, lessons
from jingzhong.quiz.facts import question_facts
from jingzhong.quiz.pinyin import wants_pinyin

QUIZ = (
    "quiz-text",
    "draw",
    "scoring",
    "quiz-store",
    "quiz-data",
    "quiz-question",
    "quiz-drag",
    "quiz-deck",
)
PRACTICE = (*QUIZ, "quiz-projector", "quiz-print", "quiz-try", "quiz-practice")
BOOK = (*QUIZ, "quiz-try", "book-file", "book")
EXAM = (
    *QUIZ,
    "quiz-projector",
    "quiz-print",
    "exam-paper",
    "exam-clock",
    "exam-session",
    "qr",
    "exam-start",
    "exam-result",
    "exam",
)
CRUMBS = (Crumb(urls.BANKS, "知识题库"),)


def bank_pages(library: Library) -> Iterator[Page]:
    """The list of banks, then each bank."""
    yield Page(
        address=urls.BANKS,
        title="知识题库",
        template="banks.html",
        description="安全知识题库，每题有解析、条文和案例",
        data={
            "types": {bank.id: _type_counts(bank) for bank in library.banks},
            "papers": [(contest, contest_downloads(contest)) for contest in library.contests],
        },
        date=library.settings.as_of,
        column="知识题库",
        scripts=("offline",),
    )
    for bank in library.banks:
        yield from _pages(bank, library)
    yield Page(
        address=urls.EXAM,
        title="考一考",
        template="exam.html",
        description="从题库抽题考试：限时、交卷、判分、讲解；一个链接，全班同一份试卷",
        data={"offer": _offer(library), "samples": SAMPLES, "crumbs": CRUMBS},
        date=library.settings.as_of,
        column="知识题库",
        scripts=(*EXAM, "offline"),
    )
    yield Page(
        address=urls.BOOK,
        title="错题本和每日五题",
        template="book.html",
        description="错题自动收集，连对两次算掌握；每日五题；记录只留在自己的设备上",
        data={"offer": _book_offer(library), "samples": SAMPLES, "crumbs": CRUMBS},
        date=library.settings.as_of,
        column="知识题库",
        scripts=(*BOOK, "offline"),
    )


def offline_page(library: Library) -> Page:
    """How to use the site without a network, and the files to take along."""
    return Page(
        address=urls.OFFLINE,
        title="离线使用",
        template="offline.html",
        description="没有网络也能看案例、做题、考试：存到手机、整站离线包、一个题库一个文件",
        data={},
        date=library.settings.as_of,
        column="离线使用",
    )


def _offer(library: Library) -> dict[str, object]:
    """What may be chosen on the exam page."""
    banks = [
        {"id": bank.id, "title": bank.title, "count": len(bank.questions)} for bank in library.banks
    ]
    return {"banks": banks, "contests": [contest_data(contest) for contest in library.contests]}


def _book_offer(library: Library) -> dict[str, object]:
    """Where the five questions of a day come from: a bank, or in its month a plan."""
    banks = [{"id": bank.id, "title": bank.title} for bank in library.banks]
    plans = [{"id": one.id, "title": one.title, "month": one.month} for one in library.plans]
    return {"banks": banks, "plans": plans}


def _type_counts(bank: Bank) -> list[tuple[str, int]]:
    counts = Counter(question.type for question in bank.questions)
    return [(name, counts[key]) for key, name in TYPES.items() if counts[key]]


def _pages(bank: Bank, library: Library) -> Iterator[Page]:
    size = urls.QUESTIONS_PER_PAGE
    total = -(-len(bank.questions) // size)
    addresses = tuple(urls.bank_address(bank.id, number) for number in range(1, total + 1))
    rows = bank_rows(bank, library)
    for number in range(1, total + 1):
        first = (number - 1) * size
        suffix = f"（第 {number} 页）" if number > 1 else ""
        yield Page(
            address=addresses[number - 1],
            title=bank.title + suffix,
            template="bank.html",
            description=bank.description or f"{bank.title}，共 {len(bank.questions)} 题",
            data={
                "bank": bank,
                "questions": rows[first : first + size],
                "types": _type_counts(bank),
                "pager": Pager(number, addresses),
                "crumbs": CRUMBS,
                "samples": SAMPLES if total > 1 else (),
                "has_pinyin": wants_pinyin(bank),
                "files": bank_downloads(bank),
            },
            anchors=frozenset(f"q-{row[1].id}" for row in rows[first : first + size]),
            date=bank.reviewed,
            origin=bank.origin.path,
            column="知识题库",
            scripts=(*PRACTICE, *(["quiz-pinyin"] if wants_pinyin(bank) else []), "offline"),
            cites=Context(library.settings.as_of),
        )


def bank_rows(bank: Bank, library: Library) -> list[tuple[int, Question, Markup, list[Lesson]]]:
    """Number, question, what scripts need of it, and where it leads; in the order of the bank."""
    return [
        (number, question, _facts(question_facts(question)), list(lessons(question, library)))
        for number, question in enumerate(bank.questions, 1)
    ]


def _facts(facts: dict[str, object]) -> Markup:
    """JSON for an attribute between single quotes, so that its own quotes may stand as they are."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;"))


# An empty question of each type with every part a question may have: what scripts fill in.
SAMPLES: tuple[dict[str, object], ...] = tuple(
    {
        "id": "",
        "type": kind,
        "type_name": name,
        "stem": "",
        "passage": " ",
        "image": {"src": "", "alt": ""},
        "options": {"A": ""},
        "left": {"A": ""},
        "right": {"1": ""},
        "answer": {"blank": [[]], "match": {}}.get(kind, ""),
        "explanation": "",
        "difficulty": 1,
    }
    for kind, name in TYPES.items()
)
