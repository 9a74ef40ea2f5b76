"""Every name and number a law goes by, made ready for looking up in running text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from pathlib import Path

from jingzhong.law.numbers import UNKNOWN_ISSUER, Code, Order, code_at, document_of, orders_of
from jingzhong.law.reading import FUNCTION_WORDS, Reading, is_chinese
from jingzhong.law.records import Alias, KnownNumber, load_names, load_records
from jingzhong.law.versions import DATA, Law, LawBook, load_law_book
from jingzhong.model.regulations import Regulation

STATE = "中华人民共和国"
# Names are found by this many of their last characters; dozens end with 管理规定.
LONGEST_TAIL = 6
# A bare name ends like this; other aliases count only in book-title marks.
_BARE_END = re.compile(r"(?:法|法典|条例|规定|规则|细则|办法|规程|标准|准则|解释|新国标|号文)$")
_IGNORED = re.compile(r"[、,·\s“”‘’\"'〈〉《》-]")
# 《两高关于…的解释》: issuers that are not part of the title we know.
_ISSUED_BY = re.compile(
    r"^(?:两高|最高(?:人民)?法院?|最高(?:人民)?检察院|最高检|国务院|应急管理部)+(?=关于)"
)
# 上海市消防条例 is no 消防条例: before a rule's name, these mean a local one.
_PLACE_SIGNS = frozenset("省市区县州盟旗")


@dataclass(frozen=True)
class Name:
    """What a name stands for: law ids (none: a law the site does not know), perhaps a version."""

    text: str
    laws: tuple[str, ...] = ()
    version: str | None = None
    formal: bool = True


class Lexicon:
    """Look-ups by title, by bare name, by order number and by standard code."""

    def __init__(
        self,
        book: LawBook,
        aliases: Iterable[Alias] = (),
        numbers: Iterable[KnownNumber] = (),
        names: Iterable[str] = (),
    ) -> None:
        self.book = book
        self._titles: dict[str, Name] = {}
        self._orders: defaultdict[tuple[str, int], dict[str, str | None]] = defaultdict(dict)
        self._documents: defaultdict[str, list[Name]] = defaultdict(list)
        self._codes: defaultdict[str, dict[str, tuple[str, str | None]]] = defaultdict(dict)
        bare: dict[str, Name] = {}
        for name in names:
            text = Reading(name).text
            self._titles.setdefault(title_key(text), Name(text))
            bare.setdefault(text, Name(text))
        for law in book.laws.values():
            self._add_law(law, bare)
        for alias in aliases:
            known = tuple(law for law in alias.laws if law in book.laws)
            if known:
                self._add_alias(Name(alias.name, known, alias.version, formal=False), bare)
        for number in numbers:
            if number.law in book.laws:
                self._add_number(Reading(number.number).text, number.law, number.version)
        self._bare: MappingType[str, tuple[Name, ...]] = _by_tail(bare.values())

    def _add_law(self, law: Law, bare: dict[str, Name]) -> None:
        title = Reading(law.short_title).text
        shorter = title[title.index("关于") :] if 0 < title.find("关于") <= 20 else title
        for text in dict.fromkeys((title, shorter)):
            self._merge(Name(text, (law.id,)), bare if not law.is_standard else None)
        for alias in law.aliases:
            text = Reading(alias).text.removeprefix(STATE)
            if "《" not in text and text != title:
                name = Name(text, (law.id,), formal=title.endswith(text) and len(text) > 5)
                self._add_alias(name, bare)
        self._add_number(Reading(law.number).text, law.id, None)

    def _merge(self, name: Name, bare: dict[str, Name] | None) -> None:
        """Two laws of one title (an old rule and its successor) share the entry."""
        key = title_key(name.text)
        old = self._titles.get(key)
        if old and old.laws and old.version is None and name.laws[0] not in old.laws:
            name = Name(name.text, (*old.laws, *name.laws), formal=old.formal)
        self._titles[key] = name
        if bare is not None and _BARE_END.search(name.text):
            bare[name.text] = name

    def _add_alias(self, name: Name, bare: dict[str, Name]) -> None:
        code = code_at(name.text, 0)
        if code and code.end == len(name.text):
            self._codes[code.family].setdefault(code.year, (name.laws[0], None))
            return
        order = re.fullmatch(r"(\d+)号令", name.text)
        if order:
            # Said without its issuer, the number means the law that lists it as an alias.
            self._orders["", int(order[1])][name.laws[0]] = name.version
            return
        key = title_key(name.text)
        known = self._titles.get(key)
        if known and known.laws and not known.version and name.laws[0] not in known.laws:
            # Also the title of another law: the day tells which is meant.
            name = Name(name.text, (*known.laws, *name.laws), formal=known.formal)
        if not known or name.laws != known.laws:
            self._titles[key] = name
        # The names of things (重大危险源辨识, 安全标志标准) are not used as names of standards.
        standard = self.book.laws[name.laws[0]].is_standard
        if _BARE_END.search(name.text) and (not standard or name.text.endswith("新国标")):
            bare.setdefault(name.text, name)

    def _add_number(self, number: str, law: str, version: str | None) -> None:
        code = code_at(number, 0)
        if code:
            self._codes[code.family][code.year] = law, version
            return
        document = document_of(number)
        if document:
            tail = document[document.index("[") :]
            self._documents[tail].append(Name(document, (law,), version))
        orders = orders_of(number)
        for order in orders:
            if order[0] != "主席" or version:
                self._orders[order][law] = version

    def title(self, text: str) -> Name | None:
        """The law a title or alias (uniform text, without its marks) stands for."""
        key = title_key(text)
        return self._titles.get(key) or self._titles.get(_ISSUED_BY.sub("", key))

    def bare_at(self, text: str, end: int) -> tuple[int, Name] | None:
        """The longest known name that ends at `end`: where it begins, and what it means."""
        for length in range(min(LONGEST_TAIL, end), 1, -1):
            for name in self._bare.get(text[end - length : end], ()):
                start = end - len(name.text)
                if text.endswith(name.text, 0, end) and _stands_alone(text, start, name):
                    return (start - len(STATE) if text.endswith(STATE, 0, start) else start), name
        return None

    def order(self, order: Order) -> tuple[tuple[str, ...], str | None]:
        """(laws, version) an order number stands for."""
        if order.issuer == UNKNOWN_ISSUER:
            return (), None
        found = self._orders.get((order.issuer, order.number), {})
        if not order.issuer and not found:
            for (issuer, number), laws in self._orders.items():
                if number == order.number and issuer not in ("", "主席"):
                    found = {**found, **laws}
        versions = set(found.values())
        return tuple(found), versions.pop() if len(versions) == 1 else None

    def pinned_by(self, order: Order, law: str) -> str | None:
        """The version an order number pins for a law that was already named."""
        return self._orders.get((order.issuer, order.number), {}).get(law)

    def documents_before(self, text: str, sign: int) -> tuple[int, tuple[Name, ...]] | None:
        """The document number (安监总财[2018]19号) whose 号 stands at `sign`, if it is known."""
        start = text.rfind("[", max(0, sign - 12), sign)
        known = self._documents.get(text[start:sign]) if start > 0 else None
        found = tuple(n for n in known or () if text.endswith(n.text, 0, sign))
        return (sign - len(found[0].text), found) if found else None

    def code(self, code: Code) -> tuple[tuple[str, ...], str | None]:
        """(laws, version) of a standard's code; version is a bare year where it is unknown."""
        editions = self._codes.get(code.family)
        if not editions:
            return (), None
        if not code.year:
            return tuple(dict.fromkeys(law for law, _ in editions.values())), None
        if code.year in editions:
            law, version = editions[code.year]
            return (law,), version or self.book.laws[law].current.date
        years = sorted(year for year in editions if year)
        if years and code.year < years[-1]:
            return (editions[years[-1]][0],), code.year
        return (), None


def title_key(title: str) -> str:
    """A title without what people leave out or add: 中华人民共和国, commas, spaces."""
    return _IGNORED.sub("", title).removeprefix(STATE)


def _stands_alone(text: str, start: int, name: Name) -> bool:
    """Whether a bare name is not merely the end of a longer one."""
    before = text[start - 1 : start]
    if before.isdigit() and name.text[0].isdigit():
        return False
    if not is_chinese(before) or text.endswith(STATE, 0, start):
        return True
    if name.formal:
        return name.text.endswith("法") or before not in _PLACE_SIGNS
    return before in FUNCTION_WORDS


def _by_tail(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    """Names by their last characters (shorter ones by all of them), longest first."""
    groups: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        groups[name.text[-LONGEST_TAIL:]].append(name)
    return {
        tail: tuple(sorted(group, key=lambda name: (-len(name.text), name.text)))
        for tail, group in groups.items()
    }


def load_lexicon(regulations: Iterable[Regulation], folder: Path = DATA) -> Lexicon:
    """The site's regulations and all of `law/data`; a fault in the data raises ContentError."""
    return Lexicon(
        load_law_book(regulations, folder),
        load_records(Alias, folder / "aliases.yml"),
        load_records(KnownNumber, folder / "numbers.yml"),
        load_names(folder / "names.yml"),
    )
