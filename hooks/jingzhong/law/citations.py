"""Citations in running text, each resolved to law, version and article on a given day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from jingzhong.law.lexicon import Lexicon
from jingzhong.law.marks import IF_FITTING, NEWEST, Mark
from jingzhong.law.mention import Mention
from jingzhong.law.mentions import Scanner
from jingzhong.law.reading import Reading
from jingzhong.law.signs import may_cite
from jingzhong.law.versions import Law, LawBook, starts
from jingzhong.model.articles import article_name
from jingzhong.model.regulations import Version

STATUSES = (
    "ok",
    "renumbered",
    "repealed",
    "not_in_force",
    "unknown_law",
    "no_such_article",
    "version_not_carried",
    "ambiguous",
)


@dataclass(frozen=True)
class Context:
    """When and where a text speaks.

    `as_of` is the site's date; `on` the day whose law governs (a case's accident), by default
    `as_of`; `self_law` the regulation that 本法 means, if the text belongs to one.
    """

    as_of: datetime.date
    on: datetime.date | None = None
    self_law: str | None = None

    @property
    def day(self) -> datetime.date:
        """The day whose law governs."""
        return self.on or self.as_of


@dataclass(frozen=True)
class Citation:
    """One cited article, or one cited standard. Offsets count code points of the source.

    `article`, `paragraph` and `item` are Arabic text; `version` is the day its version was
    adopted; `current_article` is where it stands today, None where that is unknown.
    """

    text: str
    start: int
    end: int
    law: str | None
    article: str | None
    paragraph: str | None
    item: str | None
    version: str | None
    current_article: str | None
    status: str
    message: str

    def as_dict(self) -> dict[str, str | int | None]:
        """The JSON form that `python hooks cite --format json` prints."""
        return asdict(self)


@dataclass(frozen=True)
class Verdict:
    """What a day's law says of one article."""

    law: Law | None
    status: str
    version: str | None
    current: tuple[str, ...]
    message: str


def find_citations(text: str, lexicon: Lexicon, context: Context) -> list[Citation]:
    """Every citation in a text, from left to right; time is linear in its length."""
    if not may_cite(text):
        return []
    reading = Reading(text)
    found: list[Citation] = []
    for mention in Scanner(reading.text, lexicon, context.self_law).mentions():
        law, ambiguous = choose(mention, lexicon.book, context)
        for start, end, article, paragraph, item in _targets(mention, law):
            verdict = judge(mention, law, ambiguous, article, lexicon.book, context)
            begin, stop = reading.span(start, end)
            found.append(
                Citation(
                    text[begin:stop],
                    begin,
                    stop,
                    law.id if law else None,
                    article,
                    paragraph,
                    item,
                    verdict.version,
                    verdict.current[0] if verdict.current else None,
                    verdict.status,
                    verdict.message,
                )
            )
    return found


def _targets(
    mention: Mention, law: Law | None
) -> Iterator[tuple[int, int, str | None, str | None, str | None]]:
    """(start, end, article, paragraph, item) of each item a mention gives."""
    for index, part in enumerate(mention.parts):
        start = mention.start if index == 0 else part.start
        yield start, part.end, part.article, part.paragraph, part.item
    whole = mention.code or mention.clause or (law and law.is_standard)
    if not mention.parts and whole:
        yield mention.start, max(mention.stop, mention.end), mention.clause, None, None


def choose(mention: Mention, book: LawBook, context: Context) -> tuple[Law | None, bool]:
    """The law a mention means on the day, and whether nobody can tell which one it means."""
    laws = [book.laws[law] for law in mention.laws]
    if len(laws) < 2:
        return (laws[0] if laws else None), mention.ambiguous
    if mention.mark and mention.mark.year:
        # 两高解释（2022年）: the year tells which.
        fitting = [law for law in laws if mention.mark.pick(law.versions)]
        if len(fitting) == 1:
            return fitting[0], False
    governing = [law for law in laws if law.in_force(context.day)]
    if mention.code:
        # A standard's page lists the editions before it; they have entries of their own.
        today = context.day.isoformat()
        governing = [law for law in governing if starts(law.current) <= today] or governing
    if len(governing) == 1:
        return governing[0], False
    if len({law.short_title for law in laws}) > 1:
        return None, True
    # One title, several rules, none or all in force: the last that had begun, else the first.
    laws.sort(key=lambda law: starts(law.versions[0]))
    begun = [law for law in laws if starts(law.versions[0]) <= context.day.isoformat()]
    return (begun or laws[:1])[-1], False


def judge(
    mention: Mention,
    law: Law | None,
    ambiguous: bool,
    article: str | None,
    book: LawBook,
    context: Context,
) -> Verdict:
    """Resolve one article of a mention on the day; words the message for readers."""
    if law is None:
        if ambiguous:
            several = "、".join(f"《{book.laws[law].short_title}》" for law in mention.laws)
            message = (
                f"“{mention.title}”可能指{several}"
                if several
                else (f"“{mention.title}”前面没有写明是哪一部")
            )
            return Verdict(None, "ambiguous", None, (), f"{message}，请写全称")
        return Verdict(None, "unknown_law", None, (), f"没有收录“{mention.title}”")
    version, pinned = _version(mention, law, context)
    name = f"《{law.short_title}》"
    if version is None and pinned:
        asked = mention.version or (mention.mark.year if mention.mark else "")
        return Verdict(law, "version_not_carried", asked, (), f"没有{name}{asked}年版的条号资料")
    day = context.day
    first = version or law.versions[0]
    if version is None or (_dated(mention) and starts(version) > day.isoformat()):
        message = f"{name}{_long(starts(first))}起施行，{_long(day.isoformat())}还没有施行"
        return Verdict(law, "not_in_force", first.date, (), message)
    if law.repealed_by(day):
        assert law.repealed_on is not None
        message = f"{name}已于{_long(law.repealed_on)}废止{_successor(law, book)}"
        return Verdict(law, "repealed", version.date, (), message)
    if law.is_standard and pinned and version is not (law.version_on(day) or version):
        newer = law.version_on(day)
        assert newer is not None
        message = f"这一版已由{_long(starts(newer))}起实施的新版代替"
        return Verdict(law, "repealed", version.date, (), message)
    added = book.added_on(law.id, article) if article else None
    if added and added >= (_replaced(law, version) if pinned else _next_day(day)):
        message = f"{name}{article_name(article or '')}{_long(added)}起施行，当时还没有这一条"
        return Verdict(law, "not_in_force", version.date, (), message)
    return _article(law, article, version, book, context)


def _replaced(law: Law, version: Version) -> str:
    """The day the next version took effect; far away for the newest."""
    later = law.versions[law.versions.index(version) + 1 :]
    return starts(later[0]) if later else "9999"


def _next_day(day: datetime.date) -> str:
    return (day + datetime.timedelta(days=1)).isoformat()


def _article(
    law: Law, article: str | None, version: Version, book: LawBook, context: Context
) -> Verdict:
    """The verdict on an article of a version that was in force."""
    name = f"《{law.short_title}》"
    past = ""
    if law.repealed_by(context.as_of):
        assert law.repealed_on is not None
        past = f"当时有效，{_long(law.repealed_on)}起已废止{_successor(law, book)}"
    if article is None or law.is_standard:
        newest = law.version_on(context.as_of) or version
        if not past and version is not newest:
            past = f"当时有效，现行的是{newest.date[:4]}年版"
        return Verdict(law, "ok", version.date, (article,) if article else (), past or "现行有效")
    shown = article_name(article)
    if book.exists(law.id, article, version) is False:
        count = book.count(law.id, version)
        total = f"只有{count}条，" if count else ""
        message = f"{name}{_edition(law, version)}{total}没有{shown}"
        return Verdict(law, "no_such_article", version.date, (), message)
    if past:
        return Verdict(law, "ok", version.date, (), past)
    if version is law.version_on(context.as_of):
        return Verdict(law, "ok", version.date, (article,), f"{name}{shown}，现行有效")
    resolved = book.resolve(law.id, article, version)
    if resolved.current is None:
        reason = "没有列出" if book.has_table(law.id, version) else "没有收录"
        message = f"{name}{_edition(law, version)}{shown}：{reason}与现行条号的对照"
        return Verdict(law, "version_not_carried", version.date, (), message)
    current = (resolved.current, *resolved.also)
    if resolved.renumbered(article) or resolved.also:
        today = "、".join(map(article_name, current))
        status = "renumbered" if resolved.renumbered(article) else "ok"
        return Verdict(law, status, version.date, current, f"当时{shown}（现行{today}）")
    return Verdict(law, "ok", version.date, current, f"{name}{shown}，条号至今没有变")


def _version(mention: Mention, law: Law, context: Context) -> tuple[Version | None, bool]:
    """The version a mention counts in, and whether the text itself asked for one."""
    if mention.version:
        fitting = [version for version in law.versions if version.date == mention.version]
        return (fitting[0] if fitting else None), True
    picked = mention.mark.pick(law.versions) if mention.mark else None
    if mention.mark and (picked or mention.mark.which != IF_FITTING):
        return picked, True
    return law.version_on(context.day), False


def _dated(mention: Mention) -> bool:
    """True where a version was asked for by date, or none was asked for at all."""
    return not (mention.mark and mention.mark.which == NEWEST)


def _edition(law: Law, version: Version) -> str:
    return "" if version is law.current else f"（{version.date[:4]}年版）"


def _successor(law: Law, book: LawBook) -> str:
    new = book.laws.get(law.superseded_by or "")
    return f"，现看《{new.short_title}》" if new else ""


def _long(date: str) -> str:
    """2024-05-01 → 2024年5月1日, 2025-12 → 2025年12月."""
    units = ("年", "月", "日")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(date.split("-"), units, strict=False))


__all__ = ["STATUSES", "Citation", "Context", "Mark", "Verdict", "find_citations"]
