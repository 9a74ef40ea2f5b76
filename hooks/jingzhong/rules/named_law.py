"""Law named in fields (a question's `law`, a case's `violations`) that cannot be meant so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType

from jingzhong.errors import Problem, expected
from jingzhong.law.versions import LawBook
from jingzhong.model.articles import article_name
from jingzhong.model.cases import Case
from jingzhong.model.library import Library
from jingzhong.model.quizzes import Bank
from jingzhong.rules.citations import Miscitation, load_miscitations

_EXAMPLE = "law: fire-law"


def check_named_law(library: Library, book: LawBook) -> Iterator[Problem]:
    """Yield law that was not in force, and numbers that belong to another rule."""
    rules = [rule for rule in load_miscitations() if rule.articles]
    for case in library.cases:
        yield from _check_violations(case, library, book, rules)
    for bank in library.banks:
        yield from _check_questions(bank, library, rules)


def _check_violations(
    case: Case, library: Library, book: LawBook, rules: Sequence[Miscitation]
) -> Iterator[Problem]:
    path, day = case.origin.path, case.date.isoformat()
    for number, violation in enumerate(case.violations, 1):
        regulation = library.regulation_by_id.get(violation.law or "")
        if regulation is None:
            continue
        field, line = f"violations[{number}].law", violation.line_of("law")
        if regulation.repealed_on and regulation.repealed_on <= case.date:
            got = f"《{regulation.short_title}》（{regulation.repealed_on} 起废止）"
            yield Problem(path, line, field, expected("事故发生时有效的法规", got, _EXAMPLE))
        began = regulation.versions[0].effective or regulation.versions[0].date
        if day[: len(began)] < began:
            got = f"《{regulation.short_title}》（{began} 起施行）"
            yield Problem(path, line, field, expected("事故发生时已经施行的法规", got, _EXAMPLE))
        if violation.article is None:
            continue
        version = violation.version or book.version_on(regulation.id, case.date).date
        for rule in rules:
            if rule.fits(regulation.id, violation.article, version) and rule.near.search(
                violation.gist
            ):
                field, line = f"violations[{number}].article", violation.line_of("article")
                message = rule.message(article_name(violation.article))
                yield Problem(path, line, field, message, rule.severity)


def _check_questions(
    bank: Bank, library: Library, rules: Sequence[Miscitation]
) -> Iterator[Problem]:
    path = bank.origin.path
    for number, question in enumerate(bank.questions, 1):
        told = f"{question.stem}。{_chosen(question.options, question.answer)}"
        for ref in question.law:
            regulation = library.regulation_by_id.get(ref.law)
            if regulation is None:
                continue
            if ref.article is None:
                continue  # A law named as a whole may be named for its history.
            field = f"questions[{number}].law"
            missing = regulation.text == "全文" and ref.article not in regulation.article_by_number
            if regulation.status in ("已废止", "尚未施行") and not missing:
                got = f"《{regulation.short_title}》（{regulation.status}）{article_name(ref.article)}"
                what = "现行有效的法规的条文"
                yield Problem(path, ref.line, field, expected(what, got, _EXAMPLE))
            for rule in rules:
                if rule.near.search(told) and rule.fits(
                    ref.law, ref.article, regulation.current.date
                ):
                    message = rule.message(article_name(ref.article))
                    yield Problem(path, ref.line, field, message, rule.severity)


def _chosen(options: MappingType[str, str], answer: object) -> str:
    """The right options; wrong ones may name what another article says."""
    letters = answer if isinstance(answer, str) else ""
    return "。".join(text for letter, text in options.items() if letter in letters)
