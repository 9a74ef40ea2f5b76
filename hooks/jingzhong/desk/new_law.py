"""The laws of the site by whatever an editor calls them: title, short title, alias, code or id."""

from __future__ import annotations

import datetime
from functools import cached_property
from pathlib import Path

from jingzhong.desk.new_forms import known_ids
from jingzhong.errors import Report, expected, quoted
from jingzhong.law.lexicon import Lexicon, load_lexicon
from jingzhong.law.numbers import code_at
from jingzhong.law.reading import Reading
from jingzhong.model.articles import article_name, article_order
from jingzhong.model.fields import At
from jingzhong.model.regulations import Regulation, parse_regulation
from jingzhong.model.source import load_source
from jingzhong.model.vocabulary import load_vocabularies


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

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Id → title, title as people say it, aliases, number; only the id of what is unreadable."""
        found: dict[str, tuple[str, ...]] = dict.fromkeys(known_ids(self._root, "regulation"), ())
        for name, page in self._pages.items():
            found[name] = (page.title, page.short_title, *page.aliases, page.number)
        return found

    def missing(self, law: str, article: str) -> str:
        """What is wrong with an article that the version in force has not; "" if it may be there.

        As for `check`, it is missing only where the full text or the count of articles is known.
        """
        page = self._pages.get(law)
        if page is None or article in page.article_by_number:
            return ""
        count = page.article_count
        beyond = count is not None and article_order(article)[0] > count
        if not beyond and page.text != "全文":
            return ""
        total = f"（共 {count} 条）" if count else ""
        what = f"《{page.short_title}》现行版本里有的条号{total}"
        example = page.articles[-1].name if page.articles else "第一条"
        return expected(what, article_name(article), f"{page.short_title}{example}")

    def begins(self, law: str, article: str) -> str:
        """：单位违反…: how a carried article begins, for the editor to see that it is the one."""
        page = self._pages.get(law)
        carried = page.article_by_number.get(article) if page else None
        if carried is None:
            return ""
        return f"：{quoted(f'{carried.title} {carried.markdown}', 30)[1:-1]}"

    def shown(self, law: str) -> str:
        """《消防法》（fire-law）."""
        page = self._pages.get(law)
        return f"《{page.short_title}》（{law}）" if page else law
