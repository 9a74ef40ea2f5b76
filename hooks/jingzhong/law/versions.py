"""Which version of a law governed on a day, and where its articles stand today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from pathlib import Path

from jingzhong.errors import ContentError, Report
from jingzhong.model.articles import parse_article
from jingzhong.model.cases import Case, Violation
from jingzhong.model.fields import (
    Article,
    At,
    Date,
    ListOf,
    MapOf,
    Nested,
    Record,
    Reference,
    read_record,
    spec,
)
from jingzhong.model.regulations import Regulation, Version
from jingzhong.model.source import Sequence, load_source, parse_yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True)
class Renumbering(Record):
    """Old article → article in force, for one old version."""

    version: str = spec(Date(partial=True), "旧版本的通过日期", "2014-08-31")
    articles: MappingType[str, str] = spec(
        MapOf(Article(), r"第.+条(之.+)?", "“第五十一条: 第五十四条”"),
        "条号对应",
        "第五十一条: 第五十四条",
    )


@dataclass(frozen=True, kw_only=True)
class Numbering(Record):
    """What is known about the article numbers of one law's older versions."""

    law: str = spec(Reference("regulation", "法规 id"), "法规 id", "fire-law")
    unchanged_since: str | None = spec(
        Date(partial=True), "从哪一版起条号未变", "2008-10-28", default=None
    )
    renumbered: tuple[Renumbering, ...] = spec(
        ListOf(Nested(Renumbering)), "条号对应表", "", default=()
    )


@dataclass(frozen=True)
class Resolved:
    """One citation resolved: the version it counts in and the article in force today.

    `current` is None where no table tells how that version's articles are numbered today.
    """

    version: Version
    current: str | None

    def renumbered(self, article: str) -> bool:
        """True when the article stands under another number today."""
        return self.current is not None and self.current != article


class LawBook:
    """Regulations with what is known of their numbering."""

    def __init__(self, regulations: Iterable[Regulation], numberings: Iterable[Numbering]) -> None:
        self._regulations = {regulation.id: regulation for regulation in regulations}
        self._numberings = {numbering.law: numbering for numbering in numberings}

    def version_on(self, law: str, day: datetime.date) -> Version:
        """The version in force on a day; the first one where the day is before them all."""
        versions = self._regulations[law].versions
        in_force = [v for v in versions if (v.effective or v.date) <= day.isoformat()]
        return in_force[-1] if in_force else versions[0]

    def resolve(self, law: str, article: str, version: Version) -> Resolved:
        """Where an article of one version stands in the version in force."""
        regulation = self._regulations[law]
        if version.date == regulation.current.date:
            return Resolved(version, article)
        numbering = self._numberings.get(law)
        if numbering is None:
            return Resolved(version, None)
        if numbering.unchanged_since and version.date >= numbering.unchanged_since:
            return Resolved(version, article)
        tables = {table.version: table.articles for table in numbering.renumbered}
        for old, current in tables.get(version.date, {}).items():
            if parse_article(old) == article:
                return Resolved(version, current)
        return Resolved(version, None)

    def resolve_violation(self, case: Case, violation: Violation) -> Resolved | None:
        """Resolve an article a case broke; None without a carried law or without an article."""
        law = violation.law
        if law not in self._regulations or violation.article is None:
            return None
        versions = {version.date: version for version in self._regulations[law].versions}
        version = versions.get(violation.version or "") or self.version_on(law, case.date)
        return self.resolve(law, violation.article, version)


def load_numberings(folder: Path = DATA) -> tuple[Numbering, ...]:
    """Read the numbering table; a fault in it raises ContentError."""
    report = Report()
    path = "hooks/jingzhong/law/data/numbering.yml"
    source = load_source(folder, folder / "numbering.yml", report)
    node = parse_yaml(source.text, path, report) if source else None
    items = node.items if isinstance(node, Sequence) else ()
    read = [
        read_record(Numbering, item, At(path, f"[{number}]", report))
        for number, item in enumerate(items, 1)
    ]
    if report.errors:
        raise ContentError(report.problems)
    return tuple(item for item in read if item)


def cited_articles(
    cases: Iterable[Case], book: LawBook
) -> Iterator[tuple[tuple[str, str | None], Case]]:
    """((law, article in force or None), case) for each law a case broke, once per case."""
    for case in cases:
        keys: dict[tuple[str, str | None], None] = {}
        for violation in case.violations:
            if violation.law is None:
                continue
            resolved = book.resolve_violation(case, violation)
            keys[violation.law, resolved.current if resolved else None] = None
        for key in keys:
            yield key, case
