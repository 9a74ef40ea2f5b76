"""Reads what stands behind a law's name: brackets, version marks, numbers, articles."""

from __future__ import annotations

import re
from dataclasses import replace

from jingzhong.law.articles import Part, clause_at, parse_articles
from jingzhong.law.lexicon import STATE, Lexicon
from jingzhong.law.marks import mark_after, mark_behind, mark_in, short_form_in
from jingzhong.law.mention import Mention
from jingzhong.law.numbers import Code, Order, code_at, order_before
from jingzhong.law.reading import FUNCTION_WORDS, is_chinese
from jingzhong.law.titles import has_clauses

# A text that defines more short forms of one ending than this is no text about law.
MOST_SHORT_FORMS = 24
_QUOTES = frozenset("”」』\"’'〉》]")
_BRACKETS = {"(": ")", "[": "]"}
_BRIDGE = re.compile(
    r"(?:的|中的?|里的?|之(?=第)|:|,(?=第)|[-·|](?=第)|\s+(?=第)|总则|分则|附则"
    r"|第[零一二三四五六七八九十百\d]{1,4}[编章节](?:“[^“”]{1,30}”)?"
    r"|(?:对此)?[也还都已]?(?:有|作[了出])?(?:明确|明文)?(?:规定|要求|指出|写明|强调)"
    r"(?:如下)?(?:的|(?=[:,]\s*第))){1,4}+"
)
# 依据《安全生产法》，第三条生产线停产: behind a comma only what reads on like a citation is one.
_AFTER_COMMA = re.compile(
    r"(?:的|之)?规定|明确|要求|指出|写明|禁止|赋予|列[明举出]|[,.。;:、)）]|$"
)
_CODE_SIGN = re.compile(r"GB|AQ|gb|aq|TSG|JGJ|XF|GA")
# A draft is another text than the law it may become.
_DRAFT = re.compile(r"草案|征求意见|送审稿|修订稿|讨论稿")
# （根据国务院令第493号制定）: a number that is not the law's own.
_REASON = re.compile(r"根据|参照|依据|按照|修改|废止")


class ShortForms:
    """Names that a text itself defines: （以下简称《条例》）."""

    def __init__(self) -> None:
        self._titles: dict[str, Mention] = {}
        self._by_tail: dict[str, dict[str, Mention]] = {}

    def add(self, name: str, mention: Mention) -> None:
        """From here on `name` means the law of `mention`."""
        self._titles[name] = mention
        alike = self._by_tail.setdefault(name[-1], {})
        if len(alike) < MOST_SHORT_FORMS:
            alike[name] = mention

    def get(self, title: str) -> Mention | None:
        """What a title in book-title marks, or 本法, was defined to mean."""
        return self._titles.get(title)

    def bare_at(self, text: str, end: int, floor: int) -> Mention | None:
        """The short form that stands alone and ends at `end`."""
        for name, mention in self._by_tail.get(text[end - 1 : end], {}).items():
            start = end - len(name)
            if start >= floor and text.startswith(name, start):
                before = text[start - 1 : start]
                if not is_chinese(before) or before in FUNCTION_WORDS - frozenset("该本"):
                    return mention.again(start, end)
        return None


class Follower:
    """Completes mentions of one text; keeps the short forms that its brackets define."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.short_forms = ShortForms()

    def follow(self, mention: Mention) -> Mention:
        """Read brackets, marks and articles behind a name into the mention."""
        text, place = self.text, mention.end
        # （国务院令第493号）第三条
        wrapped = mention.start and text[mention.start - 1] == "(" and text.startswith(")", place)
        if wrapped or (text[place : place + 1] in _QUOTES and place < len(text)):
            place += 1
        for _ in range(3):
            behind = self._aside(mention, place)
            if behind == place:
                break
            place = behind
            if mention.parts:
                mention.stop = place
                return mention
        year = mark_after(text, place)
        if year:
            mention.mark, place = year
        bridge = _BRIDGE.match(text, place)
        if bridge and "\n" in bridge[0] and not self._heads(place, bridge.end()):
            bridge = None
        at = bridge.end() if bridge else place
        clause = clause_at(text, at) if self._has_clauses(mention) else None
        if clause:
            mention.clause, mention.stop = clause
            return mention
        parts, end = parse_articles(text, at, loose=not bridge)
        if parts and (
            self._counts(mention, text, at, parts)
            or (bridge and bridge[0].endswith(",") and not _AFTER_COMMA.match(text, end))
        ):
            parts, end = [], place
        mention.parts = parts
        mention.stop = end if parts else mention.end
        if parts and mention.mark is None and mention.version is None:
            mention.mark = mark_behind(text, end)
        return mention

    def _heads(self, place: int, at: int) -> bool:
        """《消防法》 on a line of its own, an article of it quoted below; not a whole law."""
        text = self.text
        one_line_on = text.count("\n", place, at) == 1
        return one_line_on and text[place - 1] in "》)" and not text.startswith("第一条", at)

    def _aside(self, mention: Mention, place: int) -> int:
        """One bracket, order number or code behind a name; returns where it ends."""
        text = self.text
        bracket = _BRACKETS.get(text[place : place + 1])
        if bracket:
            close = text.find(bracket, place + 1, place + 100)
            if close < 0:
                return place
            inner = text[place + 1 : close]
            parts, end = parse_articles(text, place + 1)
            if parts and end == close:
                mention.parts = [*parts[:-1], replace(parts[-1], end=close + 1)]
                return close + 1
            longer = self.lexicon.title(f"{mention.title.removeprefix(STATE)}({inner})")
            if longer:
                mention.title, mention.laws = longer.text, longer.laws
                mention.end = close + 1
                return close + 1
            if _DRAFT.search(inner):
                mention.title, mention.laws = f"{mention.title}({inner})", ()
            elif self._interpret(mention, inner):
                mention.end = close + 1
            return close + 1
        code = code_at(text, place)
        if code:
            if self.take_code(mention, code):
                mention.end = code.end
            return code.end
        sign = text.find("号", place, place + 24)
        order = order_before(text, sign) if sign > 0 else None
        if order and order.start == place:
            self._take_order(mention, order)
            return order.end
        return place

    def _interpret(self, mention: Mention, inner: str) -> bool:
        """A bracket behind a name: version mark, order number, code or short form.

        True where it holds the standard's code, which belongs to the name.
        """
        short = short_form_in(inner)
        if short:
            self.short_forms.add(short, mention)
        for index, char in enumerate(inner):
            if char == "号" and not _REASON.search(inner, 0, index):
                self._take_order(mention, order_before(inner, index))
                document = self.lexicon.documents_before(inner, index)
                if document:
                    self._narrow(mention, {law for name in document[1] for law in name.laws})
        code_start = _CODE_SIGN.search(inner)
        code = code_at(inner, code_start.start()) if code_start else None
        if code:
            return self.take_code(mention, code)
        if not mention.code:
            mention.mark = mark_in(inner) or mention.mark
        return False

    def _take_order(self, mention: Mention, order: Order | None) -> None:
        if order is None:
            return
        for law in mention.laws:
            version = self.lexicon.pinned_by(order, law)
            if version:
                mention.version = version
        if not mention.laws:
            mention.laws, mention.version = self.lexicon.order(order)
        else:
            self._narrow(mention, set(self.lexicon.order(order)[0]))

    @staticmethod
    def _narrow(mention: Mention, laws: set[str]) -> None:
        """Of several laws a title may mean, keep the one that its number names."""
        named = laws & set(mention.laws)
        if len(named) == 1:
            mention.laws = tuple(named)

    def take_code(self, mention: Mention, code: Code) -> bool:
        """Let a standard's code say which standard is meant.

        False where it stands for something else: behind a statute, or behind another code.
        """
        other = mention.code and mention.code.family != code.family
        if other or (mention.laws and not self._has_clauses(mention)):
            return False
        mention.code = code
        laws, version = self.lexicon.code(code)
        if laws or not mention.laws:
            mention.laws, mention.version = laws, version
        return True

    def _has_clauses(self, mention: Mention) -> bool:
        """Standards number their clauses 5.2.1; so do the codes that nobody told us of."""
        if mention.laws:
            return self.lexicon.book.laws[mention.laws[0]].is_standard
        return bool(mention.code or has_clauses(mention.title))

    def _counts(self, mention: Mention, text: str, at: int, parts: list[Part]) -> bool:
        """安全生产法119条: the number of its articles, not an article."""
        if text.startswith("第", at) or len(mention.laws) != 1:
            return False
        return parts[0].article == str(self.lexicon.book.laws[mention.laws[0]].article_count)
