"""Which version of a law governed on a day, and where its articles stand today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jingzhong.law.records import KnownLaw, Numbering, Renumbering, load_records
from jingzhong.model.articles import article_order, parse_article
from jingzhong.model.cases import Case, Violation
from jingzhong.model.regulations import Regulation, Version

DATA = Path(__file__).parent / "data"
STANDARDS = ("国家标准", "行业标准", "地方标准")


@dataclass(frozen=True)
class Law:
    """One law that citations can name: carried by the site, or known only from `laws.yml`."""

    id: str
    title: str
    aliases: tuple[str, ...]
    kind: str
    number: str
    versions: tuple[Version, ...]
    repealed_on: str | None
    superseded_by: str | None
    article_count: int | None
    page: Regulation | None = None

    @property
    def short_title(self) -> str:
        """The title as people say it: without 中华人民共和国."""
        return self.title.removeprefix("中华人民共和国")

    @property
    def is_standard(self) -> bool:
        """Standards are cited whole, by code; statutes by article."""
        return self.kind in STANDARDS

    @property
    def current(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    def version_on(self, day: datetime.date) -> Version | None:
        """The version in force on a day; None before the first took effect."""
        in_force = [v for v in self.versions if starts(v) <= day.isoformat()]
        return in_force[-1] if in_force else None

    def repealed_by(self, day: datetime.date) -> bool:
        """True when the law was no longer in force on a day."""
        return self.repealed_on is not None and self.repealed_on <= day.isoformat()

    def in_force(self, day: datetime.date) -> bool:
        """True when some version governed on a day."""
        return self.version_on(day) is not None and not self.repealed_by(day)


def starts(version: Version) -> str:
    """The day a version took effect (ISO text, perhaps only a month or a year)."""
    return version.effective or version.date


def _of_regulation(page: Regulation) -> Law:
    return Law(
        page.id,
        page.title,
        page.aliases,
        page.kind,
        page.number,
        page.versions,
        page.repealed_on.isoformat() if page.repealed_on else None,
        page.superseded_by,
        page.article_count,
        page,
    )


def _of_record(record: KnownLaw) -> Law:
    return Law(
        record.id,
        record.title,
        record.aliases,
        record.kind,
        record.number,
        record.versions,
        record.repealed_on.isoformat() if record.repealed_on else None,
        record.superseded_by,
        record.article_count,
    )


@dataclass(frozen=True)
class Resolved:
    """One citation resolved: the version it counts in and the article in force today.

    `current` is None where no table tells how that version's articles are numbered today;
    `also` holds further articles that an old one was split into.
    """

    version: Version
    current: str | None
    also: tuple[str, ...] = ()

    def renumbered(self, article: str) -> bool:
        """True when the article stands under another number today."""
        return self.current is not None and self.current != article


@dataclass(frozen=True)
class _Table:
    """One old numbering, keyed by canonical article number."""

    count: int | None
    articles: MappingType[str, tuple[str, ...]]


class LawBook:
    """Laws with what is known of their versions and their numbering."""

    def __init__(
        self,
        regulations: Iterable[Regulation],
        numberings: Iterable[Numbering],
        others: Iterable[KnownLaw] = (),
    ) -> None:
        known = {record.id: _of_record(record) for record in others}
        self.laws: MappingType[str, Law] = known | {
            regulation.id: _of_regulation(regulation) for regulation in regulations
        }
        self._numberings = {numbering.law: numbering for numbering in numberings}
        self._added = {
            (numbering.law, parse_article(article)): day.isoformat()
            for numbering in self._numberings.values()
            for article, day in numbering.added.items()
        }
        self._tables = {
            (numbering.law, version): _table(table)
            for numbering in self._numberings.values()
            for table in numbering.renumbered
            for version in table.versions
        }

    @cached_property
    def _inverse(self) -> MappingType[tuple[str, str, str], tuple[str, ...]]:
        found: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for (law, version), table in self._tables.items():
            for old, current in table.articles.items():
                for article in current:
                    key = law, version, article
                    found[key] = (*found.get(key, ()), old)
        return found

    def version_on(self, law: str, day: datetime.date) -> Version:
        """The version in force on a day; the first one where the day is before them all."""
        return self.laws[law].version_on(day) or self.laws[law].versions[0]

    def resolve(self, law: str, article: str, version: Version) -> Resolved:
        """Where an article of one version stands in the version in force."""
        if version.date == self.laws[law].current.date or self._unchanged(law, version):
            return Resolved(version, article)
        table = self._tables.get((law, version.date))
        current = table.articles.get(article, ()) if table else ()
        return Resolved(version, current[0], current[1:]) if current else Resolved(version, None)

    def articles_then(self, law: str, article: str, version: Version) -> tuple[str, ...]:
        """The reverse of `resolve`: the numbers an article in force had in an old version."""
        if version.date == self.laws[law].current.date or self._unchanged(law, version):
            return (article,)
        return self._inverse.get((law, version.date, article), ())

    def has_table(self, law: str, version: Version) -> bool:
        """Whether anything is known of how a version's articles are numbered today."""
        table = self._tables.get((law, version.date))
        return bool(table and table.articles)

    def exists(self, law: str, article: str, version: Version) -> bool | None:
        """Whether a version has an article; None where neither count nor full text is known."""
        entry, number = self.laws[law], article_order(article)
        numbering = self._numberings.get(law)
        current = version.date == entry.current.date
        if current and entry.page and entry.page.text == "全文":
            return article in entry.page.article_by_number
        table = self._tables.get((law, version.date))
        if table and table.count:
            return number[0] <= table.count and not number[1]
        if not current and not self._unchanged(law, version):
            return None
        if entry.article_count:
            return 0 < number[0] <= entry.article_count and not number[1]
        if numbering and numbering.last_article and number[0] > numbering.last_article:
            return False
        return None

    def added_on(self, law: str, article: str) -> str | None:
        """The day an article took effect that was inserted later, where that is known."""
        return self._added.get((law, article))

    def count(self, law: str, version: Version) -> int | None:
        """How many articles a version has, where that is known."""
        table = self._tables.get((law, version.date))
        if table:
            return table.count
        current = version.date == self.laws[law].current.date
        return self.laws[law].article_count if current or self._unchanged(law, version) else None

    def _unchanged(self, law: str, version: Version) -> bool:
        numbering = self._numberings.get(law)
        since = numbering.unchanged_since if numbering else None
        return since is not None and version.date >= since

    def resolve_violation(self, case: Case, violation: Violation) -> Resolved | None:
        """Resolve an article a case broke; None without a carried law or without an article."""
        law = self.laws.get(violation.law or "")
        if law is None or law.page is None or violation.article is None:
            return None
        versions = {version.date: version for version in law.versions}
        version = versions.get(violation.version or "") or self.version_on(law.id, case.date)
        return self.resolve(law.id, violation.article, version)


def _table(table: Renumbering) -> _Table:
    articles = {parse_article(old) or old: current for old, current in table.articles.items()}
    return _Table(table.article_count, articles)


def load_numberings(folder: Path = DATA) -> tuple[Numbering, ...]:
    """Read the numbering tables; a fault in them raises ContentError."""
    return load_records(Numbering, folder / "numbering.yml")


def load_law_book(regulations: Iterable[Regulation], folder: Path = DATA) -> LawBook:
    """The site's regulations together with every other law the data knows."""
    others = load_records(KnownLaw, folder / "laws.yml")
    return LawBook(regulations, load_numberings(folder), others)


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
