"""Addresses of the site: permanent, relative to its root, without a leading slash."""

from __future__ import annotations

import posixpath

HOME = "index.html"
CASES = "cases/index.html"
REGULATIONS = "regulations/index.html"
BANKS = "quizzes/index.html"
EXAM = "quizzes/exam.html"
BOOK = "quizzes/book.html"
SECTORS = "sectors/index.html"
MONTH = "month.html"
DATA = "data.html"
SEARCH = "search.html"
OFFLINE = "offline.html"
PACKAGE = "downloads/jingzhong-offline.zip"
CASES_TABLE = "data/cases.csv"

# Pages that exist whatever the content is; the header leads to them.
STANDING = (HOME, CASES, SECTORS, REGULATIONS, BANKS, EXAM, BOOK, MONTH, DATA, SEARCH, OFFLINE)

QUESTIONS_PER_PAGE = 100
ENTRIES_PER_PAGE = 60


def numbered(stem: str, page: int) -> str:
    """`quizzes/home.html`, then `quizzes/home-2.html`, `quizzes/home-3.html` …"""
    return f"{stem}.html" if page == 1 else f"{stem}-{page}.html"


def case_address(case_id: str) -> str:
    """Page of one case."""
    return f"cases/{case_id}.html"


def case_list_address(page: int) -> str:
    """Page of the list of all cases."""
    return CASES if page == 1 else f"cases/page-{page}.html"


def year_address(year: int, page: int = 1) -> str:
    """List of one year's cases."""
    return numbered(f"cases/{year}", page)


def sector_address(sector_id: str, page: int = 1) -> str:
    """Page of one sector."""
    return numbered(f"sectors/{sector_id}", page)


def regulation_address(regulation_id: str, article: str | None = None) -> str:
    """Page of one regulation, or of one article on it."""
    anchor = f"#art-{article}" if article else ""
    return f"regulations/{regulation_id}.html{anchor}"


def bank_address(bank_id: str, page: int = 1) -> str:
    """Page of one bank."""
    return numbered(f"quizzes/{bank_id}", page)


def single_address(bank_id: str) -> str:
    """One bank as one file that needs no other."""
    return f"quizzes/{bank_id}.single.html"


def paper_address(contest_id: str, form: str) -> str:
    """A contest's paper as a file to print: in a form such as `a4`, its answer sheet, its key."""
    suffix = ".docx" if form == "word" else f"-{form}.pdf"
    return f"downloads/{contest_id}/{contest_id}{suffix}"


def bank_file_address(bank_id: str, suffix: str) -> str:
    """One bank as a file for another program: `.xlsx`, `.docx`, `.csv`."""
    return f"downloads/{bank_id}{suffix}"


def question_address(bank_id: str, index: int, question_id: str) -> str:
    """Where one question stands; `index` counts from 0 within its bank."""
    return f"{bank_address(bank_id, index // QUESTIONS_PER_PAGE + 1)}#q-{question_id}"


def plan_address(plan_id: str) -> str:
    """Page of one plan for a month."""
    return f"plans/{plan_id}.html"


def relative(target: str, page: str) -> str:
    """The link from one page to an address, so that the site works under any path and from disk."""
    file, sign, anchor = target.partition("#")
    if file == page and sign:
        return f"#{anchor}"
    slash = "/" if file.endswith("/") else ""
    return posixpath.relpath(file, posixpath.dirname(page) or ".") + slash + sign + anchor
