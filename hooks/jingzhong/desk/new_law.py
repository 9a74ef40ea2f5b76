"""The laws of the site by whatever an editor calls them: title, short title, alias, code or id."""

from __future__ import annotations

import datetime
from functools import cached_property
from pathlib import Path

from jingzhong.desk.new_forms import known_ids
from jingzhong.errors import Report, expected, nearest, quoted
from jingzhong.law.lexicon import Lexicon, load_lexicon
from jingzhong.law.numbers import code_at
from jingzhong.law.reading import Reading
from jingzhong.model.fields import At
from jingzhong.model.regulations import Regulation, parse_regulation
from jingzhong.model.source import load_source
from jingzhong.model.vocabulary import load_vocabularies

EXAMPLE = "消防法"


class Laws:
    """Finds a law's id; files that cannot be read are still known by their id."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @cached_property
    def _pages(self) -> dict[str, Regulation]:
        spellings, pages = load_vocabularies().spellings, {}
        for name in known_ids(self._root, "regulation"):
            report = Report()  # What is wrong with another file is told by `check`.
            path = self._root / "content" / "regulations" / f"{name}.md"
            source = load_source(self._root, path, report)
            place = At(source.path if source else "", "", report, spellings)
            page = parse_regulation(source, place) if source else None
            if page:
                pages[name] = page
        return pages

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load_lexicon(self._pages.values())

    def find(self, words: str, day: datetime.date | None) -> tuple[str, ...]:
        """The ids that `words` may mean; of several, those in force on `day` if there are any."""
        if words in known_ids(self._root, "regulation"):
            return (words,)
        text = Reading(words.strip("《》 ")).text
        book = self._lexicon.book.laws
        code, name = code_at(text, 0), self._lexicon.title(text)
        found: tuple[str, ...] = ()
        if code and code.end == len(text):
            laws, version = self._lexicon.code(code)
            # A bare year that is not the law's own is an edition that nobody told us of.
            own = {book[law].current.date for law in laws}
            found = laws if version is None or len(version) > 4 or version in own else ()
        elif name and name.version is None:
            found = name.laws
        if len(found) > 1 and day:
            found = tuple(law for law in found if book[law].in_force(day)) or found
        return tuple(law for law in found if law in self._pages)

    def shown(self, law: str) -> str:
        """《消防法》（fire-law）."""
        page = self._pages.get(law)
        return f"《{page.short_title}》（{law}）" if page else law

    def fault(self, words: str, found: tuple[str, ...]) -> str:
        """What is wrong with words that mean no law of the site, or more than one."""
        if found:
            got = f"{quoted(words)}，可能是{'、'.join(map(self.shown, found))}"
            return expected("说明是哪一部，请写 id", got, found[0])
        names = set(known_ids(self._root, "regulation"))
        for page in self._pages.values():
            names |= {page.title, page.short_title, *page.aliases}
        got = quoted(words) + nearest(words.strip("《》 "), names)
        return expected("本站收录的法规的全称、简称或 id", got, EXAMPLE)
