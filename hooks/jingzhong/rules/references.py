"""Every id and article number that content mentions exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jingzhong.errors import Problem, closest, expected, nearest, quoted
from jingzhong.law.versions import LawBook
from jingzhong.model.articles import article_name, article_order
from jingzhong.model.cases import Case, Violation
from jingzhong.model.fields import ListOf, Record, Reference, walk
from jingzhong.model.library import Library
from jingzhong.model.quizzes import LawReference
from jingzhong.model.regulations import Regulation

_NAMES = {
    "regulation": ("法规 id", "content/regulations/", ".md"),
    "case": ("案例 id", "cases/", ".md"),
    "bank": ("题库 id", "quizzes/", ".yml"),
}


def check_references(library: Library) -> Iterator[Problem]:
    """Yield references to regulations, cases, banks and articles that are not there."""
    items: tuple[Record, ...] = (
        *library.cases,
        *library.regulations,
        *library.banks,
        *library.contests,
        *library.plans,
    )
    for item in items:
        path = item.origin.path
        for owner, name, kind, value, key in walk(item):
            inner = kind.of if isinstance(kind, ListOf) else kind
            if isinstance(inner, Reference):
                ids = value if isinstance(value, tuple) else (value,)
                for number, one in enumerate(ids, 1):
                    if not _exists(inner.target, one, library):
                        message = _dangling(inner.target, one, library)
                        yield Problem(path, owner.line_of_item(name, number), key, message)
            elif isinstance(owner, Violation) and name == "gist":
                yield from _check_violation(library, item, owner, key.removesuffix(".gist"))
            elif name == "law" and isinstance(value, tuple):
                yield from _check_law_references(library, path, value, key)


def _exists(target: str, name: str, library: Library) -> bool:
    if target != "question":
        return library.known.has(target, name)
    # A bank that could not be read may hold the question: one fault brings no second.
    return name in library.question_by_id or len(library.banks) < len(library.known.banks)


def _dangling(target: str, name: str, library: Library) -> str:
    if target == "question":
        known: Iterable[str] = library.question_by_id
        example = closest(name, known) or min(known, default="home-001")
        return expected("题库里有的题目 id", quoted(name) + nearest(name, known), example)
    label, folder, suffix = _NAMES[target]
    known = getattr(library.known, f"{target}s")
    what = f"{folder} 里有的{label}（文件名去掉 {suffix}）"
    example = closest(name, known) or min(known, default=f"先写好 {folder}{name}{suffix}")
    return expected(what, quoted(name) + nearest(name, known), example)


def _check_law_references(
    library: Library, path: str, references: tuple[LawReference, ...], key: str
) -> Iterator[Problem]:
    for reference in references:
        if not library.known.has("regulation", reference.law):
            message = _dangling("regulation", reference.law, library)
            yield Problem(path, reference.line, key, message)
            continue
        regulation = library.regulation_by_id.get(reference.law)
        if regulation and reference.article:
            yield from _check_article(regulation, reference.article, path, reference.line, key)


def _check_violation(
    library: Library, case: Record, violation: Violation, key: str
) -> Iterator[Problem]:
    assert isinstance(case, Case)
    path, line = case.origin.path, violation.origin.line
    if (violation.law is None) == (violation.law_title is None):
        got = "两个都写了" if violation.law else "两个都没有写"
        yield Problem(
            path, line, key, expected("law 和 law_title 写且只写一个", got, "law: fire-law")
        )
    regulation = library.regulation_by_id.get(violation.law or "")
    if regulation is None:
        return
    dates = [version.date for version in regulation.versions]
    if violation.version and violation.version not in dates:
        what = f"《{regulation.short_title}》的版本日期（{'、'.join(dates)}）"
        at = violation.line_of("version")
        message = expected(what, quoted(violation.version), f'version: "{dates[-1]}"')
        yield Problem(path, at, f"{key}.version", message)
        return
    if violation.article is None:
        return
    book = LawBook(library.regulations, ())
    version = violation.version or book.version_on(regulation.id, case.date).date
    # The count of articles is known only for the version in force.
    if version == regulation.current.date:
        at = violation.line_of("article")
        yield from _check_article(regulation, violation.article, path, at, f"{key}.article")


def _check_article(
    regulation: Regulation, article: str, path: str, line: int, key: str
) -> Iterator[Problem]:
    """An article may be called missing only where the count or the full text is known."""
    carried = {text.number for text in regulation.articles}
    if article in carried:
        return
    count = regulation.article_count
    beyond = count is not None and article_order(article)[0] > count
    if beyond or regulation.text == "全文":
        total = f"（共 {count} 条）" if count else ""
        what = f"《{regulation.short_title}》现行版本里有的条文{total}"
        example = regulation.articles[0].name if regulation.articles else ""
        yield Problem(path, line, key, expected(what, article_name(article), example))


def check_question_ids(library: Library) -> Iterator[Problem]:
    """Yield question ids used twice, within a bank or across banks."""
    seen: dict[str, str] = {}
    for bank in library.banks:
        for number, question in enumerate(bank.questions, 1):
            line = question.line_of("id")
            if question.id in seen:
                got = f"{quoted(question.id)}，{seen[question.id]}已经用过"
                message = expected("全部题库中不重复的题目 id", got, f"{bank.id}-{number:03}")
                yield Problem(bank.origin.path, line, f"questions[{number}].id", message)
            seen.setdefault(question.id, f"{bank.origin.path} 第 {line} 行")
