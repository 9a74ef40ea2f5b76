"""Warnings that editors looked at and accepted: `accepted.yml`, each with its reason.

Errors cannot be accepted, and an entry that fits nothing any more is itself a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jingzhong.errors import Problem, Report, expected, quoted
from jingzhong.model.fields import At, ListOf, Nested, Record, Text, spec
from jingzhong.model.source import load_source, parse_yaml

ACCEPTED = "accepted.yml"


@dataclass(frozen=True, kw_only=True)
class Accepted(Record):
    """One accepted warning: in this file, a warning whose text has these words."""

    path: str = spec(Text(), "文件", "cases/2020-01-01-x.md")
    contains: str = spec(Text(), "提醒里的文字", "规则 agency-fire")
    reason: str = spec(Text(), "为什么可以放过", "引用的是2017年文件的原名")

    def fits(self, problem: Problem) -> bool:
        """Whether this entry is about that problem."""
        return (
            problem.severity == "warning"
            and problem.path == self.path
            and self.contains in str(problem)
        )


def without_accepted(root: Path, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems without the accepted ones, with what is wrong in `accepted.yml` itself."""
    report = Report()
    entries = _load(root, report)
    used: set[int] = set()
    for problem in problems:
        fitting = [number for number, entry in enumerate(entries) if entry.fits(problem)]
        used.update(fitting)
        if not fitting:
            yield problem
    yield from report.problems
    for number, entry in enumerate(entries):
        if number not in used:
            got = f"{quoted(entry.contains)}已经没有对应的提醒"
            message = expected("仍然存在的提醒", got, "删去这一条")
            yield Problem(ACCEPTED, entry.line_of("path"), "", message, "warning")


def _load(root: Path, report: Report) -> tuple[Accepted, ...]:
    path = root / ACCEPTED
    source = load_source(root, path, report) if path.is_file() else None
    node = parse_yaml(source.text, source.path, report) if source else None
    if node is None:
        return ()
    read = ListOf(Nested(Accepted)).read(node, At(ACCEPTED, "", report), "path: …")
    return read if isinstance(read, tuple) else ()
