"""The note under a statute's title: versions, numbers, issuer, kind. What it lacks stays unknown.

A version counts from its adoption where a congress passed it, and from its publication where a
government issued it after a meeting or with an approval; so the site's own data counts too.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from jingzhong.exchange.laws.statute import Statute
from jingzhong.model.articles import chinese_to_int

_DAY = re.compile(r"(?P<y>\d{4})\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日")
_QUOTED = re.compile(r"[《〈<][^》]*》")
_CHANGE = re.compile(r"第[一二三四五六七八九十]{1,3}次(?:修正|修订|修改)|修正|修订|修改")
_ORDER = re.compile(
    r"(?P<issuer>[一-鿿、]{2,60}?)令\s?[（(]?(?:(?P<year>\d{4})年)?\s?第\s?(?P<n>[一二三四五六七八九十百零〇\d]{1,7})\s?号"
)
_BARE_ORDER = re.compile(r"(?P<issuer>[一-鿿、]{2,60}?)第\s?(?P<n>\d{1,5})\s?号令")
_DOCUMENT = re.compile(
    r"(?P<office>[一-鿿]{1,10})\s?[\[〔（(](?P<year>\d{4})[\]〕)）]\s?(?P<n>\d{1,4})\s?号"
)
_OFFICE = re.compile(
    r"(?P<office>[一-鿿、（）]{2,60}?(?:委员会|人民政府|国务院|[部局署院厅室会]))(?:[、\s]*)(?:发布|公布|印发)"
)
_CONGRESS = re.compile(
    r"(?P<who>(?:[一-鿿]{2,12}(?:省|市|自治区|自治州|自治县|经济特区)|全国)?)"
    r"(?P<nth>第[一二三四五六七八九十]{1,3}届)?(?P<body>全国人民代表大会|人民代表大会)(?P<standing>常务委员会)?"
)
_EFFECT = re.compile(
    r"自\s?(?P<day>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)\s?起?\s?(?:施行|实施|执行|生效)"
)
_AT_ONCE = re.compile(r"自(?:公布|发布|印发|颁布)之日起(?:施行|实施|执行|生效)")
_STATE = "中华人民共和国"
# The longest time that has passed between the adoption and the start of a national law is less.
_LONGEST_WAIT = datetime.timedelta(days=800)


@dataclass(frozen=True)
class Edition:
    """One version as the note states it; dates are ISO, `effective` is empty where unknown."""

    date: str
    note: str
    effective: str = ""
    by_name: bool = False


@dataclass
class Facts:
    """What a note states. Empty means: not stated. `doubts` is what an editor should look at."""

    editions: list[Edition] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    number_is_old: bool = False
    issuer: str = ""
    kind: str = ""
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Event:
    day: datetime.date
    text: str

    @property
    def change(self) -> str:
        match = _CHANGE.search(_QUOTED.sub("", self.text))
        return match[0] if match else ""

    @property
    def adopts(self) -> bool:
        """Passed in a meeting or approved; a publication may follow."""
        return re.search(r"通过|批准", _QUOTED.sub("", self.text)) is not None

    @property
    def publishes(self) -> bool:
        return re.search(r"公布|发布|印发|颁布", _QUOTED.sub("", self.text)) is not None


def read_note(statute: Statute, file_name: str = "") -> Facts:
    """The facts of a statute's note; the date in the name of the file counts where it is newer."""
    text = "　".join(one.text for one in statute.note)
    events = list(_events(text))
    facts = Facts()
    facts.editions = _editions(events)
    facts.numbers = list(dict.fromkeys(_numbers(text)))
    facts.issuer = _issuer(events, text)
    facts.kind = kind_of(statute.title, facts, text)
    newest = [event for event in events if facts.editions and event.change]
    if facts.numbers and newest:
        facts.number_is_old = not any(_numbers_of(event.text) for event in newest[-1:])
    _add_starts(facts, events, statute)
    _add_file_date(facts, file_name)
    return facts


def _events(text: str) -> Iterator[_Event]:
    """Each date with what stands behind it, up to the next date."""
    found = list(_DAY.finditer(text))
    for here, match in enumerate(found):
        end = found[here + 1].start() if here + 1 < len(found) else len(text)
        day = _date(match)
        if day:
            before = text[max(match.start() - 2, 0) : match.start()]
            yield _Event(day, ("自" if before.endswith("自") else "") + text[match.end() : end])


def _date(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _is_start(event: _Event) -> bool:
    words = event.text.strip(" 　）)。，,")
    return bool(re.match(r"起?\s?(?:施行|实施|生效)", words.removeprefix("自")))


def _editions(events: Sequence[_Event]) -> list[Edition]:
    editions: list[Edition] = []
    waiting: _Event | None = None  # Adopted by a government, not yet published.
    for event in events:
        if _is_start(event) or not (event.change or event.adopts or event.publishes):
            continue
        congress = "人民代表大会" in _QUOTED.sub("", event.text)
        if event.publishes and editions and not event.change and not waiting:
            gap = event.day - datetime.date.fromisoformat(editions[-1].date)
            if datetime.timedelta(0) <= gap < datetime.timedelta(days=400):
                continue  # The publication of what was passed just before.
        if event.adopts and not congress and not event.publishes:
            waiting = event
            continue
        words = event.change or (waiting.change if waiting else "")
        if not words and editions:
            words = "修订"
        editions.append(Edition(event.day.isoformat(), words or ("通过" if congress else "公布")))
        waiting = None
    if waiting:
        editions.append(Edition(waiting.day.isoformat(), waiting.change or "通过"))
    unique = {edition.date: edition for edition in editions}
    return [unique[date] for date in sorted(unique)]


def _numbers(text: str) -> Iterator[str]:
    for match in sorted(
        (*_ORDER.finditer(text), *_BARE_ORDER.finditer(text), *_DOCUMENT.finditer(text)),
        key=lambda match: match.start(),
    ):
        yield from _number(match)


def _numbers_of(text: str) -> list[str]:
    return list(_numbers(text))


def _number(match: re.Match[str]) -> Iterator[str]:
    if match.re is _DOCUMENT:
        yield f"{match['office']}〔{match['year']}〕{match['n']}号"
        return
    if chinese_to_int(match["n"]) is not None:
        issuer = _clean_office(match["issuer"])
        if issuer:
            year = f"{match['year']}年" if match.re is _ORDER and match["year"] else ""
            yield f"{issuer}令{year}第{match['n']}号"


def _clean_office(words: str) -> str:
    """The office alone: 中华人民共和国国务院 → 国务院, 通过中华人民共和国主席 → 主席."""
    words = re.split(r"通过|批准|根据|以|由|经国务院|，|。|日", words)[-1].strip("、 　（）()")
    parts = [part.removeprefix(_STATE) for part in words.split("、")]
    return "、".join(part for part in parts if part)


def _issuer(events: Sequence[_Event], text: str) -> str:
    """Who made the newest version that was made anew; a decision that amends names its maker too."""
    found = ""
    for event in events:
        if event.change and found:
            continue
        found = _maker(_QUOTED.sub("", event.text)) or found
    return found or _maker(_QUOTED.sub("", text))


def _maker(words: str) -> str:
    congress = _CONGRESS.search(words)
    if congress:
        place = congress["who"].removeprefix("全国")
        national = not place
        body = "全国人民代表大会" if national else f"{place}人民代表大会"
        standing = congress["standing"] or ""
        return body + standing
    order = _ORDER.search(words) or _BARE_ORDER.search(words)
    if order:
        office = _clean_office(order["issuer"])
        return "" if office == "主席" else office
    office_match = _OFFICE.search(words)
    if office_match:
        return _clean_office(office_match["office"].strip("（）"))
    if re.search(r"国务院(?:第.{1,6}次)?(?:全体|常务)?会议?|国务院(?:批准|发布)", words):
        return "国务院" if "批准" not in words else ""
    return ""


def kind_of(title: str, facts: Facts, text: str) -> str:
    """The kind, where issuer and note leave no doubt."""
    issuer, numbers = facts.issuer, "　".join(facts.numbers)
    if issuer.startswith("全国人民代表大会"):
        return "法律"
    if "人民代表大会" in issuer:
        return "地方性法规"
    if issuer.startswith(("最高人民法院", "最高人民检察院")):
        return "司法解释"
    if issuer.startswith("国务院、") or issuer == "国务院" or "国务院批准" in _QUOTED.sub("", text):
        return "行政法规"
    if "国务院令" in numbers:
        return "行政法规"
    if issuer.endswith("人民政府"):
        return "政府规章" if "令" in numbers else "规范性文件"
    if re.search(r"[部局署会行]$|办公室$", issuer) and "令" in numbers:
        return "部门规章"
    if "〔" in numbers and "令" not in numbers:
        return "规范性文件"
    if re.fullmatch(rf"{_STATE}[一-鿿]{{1,24}}法", title):
        return "法律"
    return ""


def _add_starts(facts: Facts, events: Sequence[_Event], statute: Statute) -> None:
    text = "　".join(one.text for one in statute.note)
    days = [event.day for event in events if _is_start(event)]
    days += [day for match in _EFFECT.finditer(text) if (day := _date_in(match["day"]))]
    for day in days:
        _start(facts, day)
    articles = statute.articles
    ending = "\n".join(one.text for one in articles[-3:])
    matches = list(_EFFECT.finditer(ending))
    if matches:
        last = _date_in(matches[-1]["day"])
        if last and not _start(facts, last):
            facts.doubts.append(f"正文说{matches[-1]['day']}起施行，和题注里的哪一版对应没有把握")
    elif _AT_ONCE.search(ending) or _AT_ONCE.search(text):
        anew = [e for e in facts.editions if e.note in ("通过", "公布", "修订")]
        if len(facts.editions) == 1 or (anew and len(anew) == 1 and anew[0] is facts.editions[0]):
            one = facts.editions[0]
            facts.editions[0] = replace(one, effective=one.effective or one.date)


def _date_in(words: str) -> datetime.date | None:
    match = _DAY.search(words)
    return _date(match) if match else None


def _start(facts: Facts, day: datetime.date) -> bool:
    """Give a day of entry into force to the version it follows; False where none fits."""
    for place in range(len(facts.editions) - 1, -1, -1):
        one = facts.editions[place]
        adopted = datetime.date.fromisoformat(one.date)
        if adopted <= day:
            if day - adopted > _LONGEST_WAIT:
                return False
            if not one.effective:
                facts.editions[place] = replace(one, effective=day.isoformat())
            return facts.editions[place].effective == day.isoformat()
    return False


def _add_file_date(facts: Facts, name: str) -> None:
    """消防法(2021-04-29).md, 消防法_20210429.docx: the newest version's day by the file's name."""
    match = re.search(r"(?<!\d)(\d{4})[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)", name)
    if not match:
        return
    try:
        day = datetime.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return
    if any(day in (one.date, one.effective) for one in facts.editions):
        return
    if not facts.editions or day > facts.editions[-1].date:
        words = "修改" if facts.editions else ""
        facts.editions.append(Edition(day, words, by_name=True))
        facts.doubts.append(f"{day} 这一版的日期只写在文件名里，题注没有写，请核对")
    elif day != facts.editions[-1].date:
        facts.doubts.append(
            f"文件名里的日期 {day} 和题注的最新一版 {facts.editions[-1].date} 不一致"
        )
