"""Finds where a text names a law, and which articles of it follow the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingzhong.law.carried import carry_on
from jingzhong.law.following import Follower
from jingzhong.law.lexicon import Lexicon, Name
from jingzhong.law.marks import NEWEST, PREVIOUS, Mark, mark_before, mark_within
from jingzhong.law.mention import Mention
from jingzhong.law.numbers import Code, code_at, order_before
from jingzhong.law.signs import SIGNS, may_cite
from jingzhong.law.titles import (
    broken_act_end,
    ending,
    generic_words,
    is_generic,
    names_act,
    sounds_legal,
    unlisted_name,
)

__all__ = ["Scanner", "may_cite"]

LONGEST_TITLE = 120
_TITLE_MARKS = re.compile("[《》\n]")
_TITLE_NEXT = re.compile(r"(?:公布|发布|颁布)?的?《")
# 北京市实施《消防法》办法: local law, which the site does not carry.
_ISSUING_PLACE = re.compile(r"(?:[一-鿿]{2,8}(?:省|市|自治区|自治州))?实施$")
# 《道路交通安全法》及其实施条例
_AND_ITS = re.compile(r"[及和与、]其?(?P<rule>实施(?:条例|细则|办法))$")
_CARRIES_OUT = re.compile(r"的?(?:若干规定|办法|条例|细则|规定)(?=第|\()")
# 安全生产法律, 刑法学: the word goes on.
_GOES_ON = re.compile(
    r"规(?!定)|律|院|官|人|治|制|学|庭|警|医|务|盲|典|案|修正案|释义|解读"
    r"|(?:实施)?(?:条例|细则|办法)"
)
_MADE_UNDER = re.compile(r"实施(?:条例|细则|办法)(?=第|\()")
# 旧法第五十一条, after the law was named.
_EDITIONS = {
    **dict.fromkeys(("新法", "现行法"), Mark(NEWEST)),
    **dict.fromkeys(("旧法", "老法", "原法"), Mark(PREVIOUS)),
}
# 基本法, 成本法, 应该: no 本法 and no 该法.
_PART_OF_WORD = frozenset("基根成日资样剧版课应不文")


class Scanner:
    """One pass over one uniform text."""

    def __init__(self, text: str, lexicon: Lexicon, self_law: str | None = None) -> None:
        self.text, self.lexicon, self.self_law = text, lexicon, self_law
        self._follower = Follower(text, lexicon)
        self._last: dict[str, Mention] = {}
        self._meant: dict[str, dict[object, Mention]] = {}
        self._floor = 0
        self._latest: Mention | None = None

    def mentions(self) -> Iterator[Mention]:
        """Every mention, from left to right; their spans do not overlap."""
        place = 0
        while match := SIGNS.search(self.text, place):
            sign = match[0]
            place = match.end()
            mention: Mention | None
            if sign == "《":
                mention, place = self._titled(match.start())
            elif sign == "号":
                mention = self._ordered(match.start())
            elif sign[0] in "其(,;依根按":
                mention = carry_on(self.text, match.end(), sign, self._latest)
            elif sign[0] in "本该同上前" or sign in _EDITIONS:
                # 劳动合同法 holds 同法: a name that ends here goes first.
                mention = self._bare(match.start() + 1, match.end())
                mention = mention or self._back(match.start(), match.end(), sign)
            elif sign[0].isascii():
                mention = self._coded(match.start())
                place = match.end()
            else:
                mention = self._bare(match.start(), match.end())
            if mention is None:
                continue
            place = max(place, mention.stop, mention.end)
            self._floor = place
            self._latest = mention
            if not mention.indirect and not mention.ambiguous:
                self._remember(mention)
            yield mention

    def _remember(self, mention: Mention) -> None:
        """Keep what 该法 and 《条例》 may refer back to."""
        self._last[ending(mention.title)] = mention
        for word in generic_words(mention.title):
            # Two different ones are as unclear as many.
            meant = self._meant.setdefault(word, {})
            if len(meant) < 2:
                meant[mention.laws or mention.title] = mention

    def _titled(self, start: int) -> tuple[Mention | None, int]:
        """《…》: a known title, an unknown law, or no law at all. Also where to go on."""
        close = self._close(start)
        if close < 0:
            return None, broken_act_end(self.text, start + 1) or start + 1
        title, end = self.text[start + 1 : close], close + 1
        if names_act(title):
            # Its order number is not the law's.
            close = self.text.find(")", end, end + 60) if self.text.startswith("(", end) else -1
            return None, close + 1 if close > 0 else end
        carries_out = _CARRIES_OUT.match(self.text, end)
        if carries_out and self.text.endswith("实施", 0, start):
            end = carries_out.end()
            head = _ISSUING_PLACE.search(self.text[max(self._floor, start - 14) : start])
            start = start - len(head[0]) if head else start
            return self._follower.follow(Mention(start, end, self.text[start:end])), end
        mention = self._named(title, start, end)
        if mention is None:
            return None, end
        if mention.mark is None:
            mention.mark = mark_before(self.text, start)
        return self._follower.follow(mention), end

    def _named(self, title: str, start: int, end: int) -> Mention | None:
        local = self._follower.short_forms.get(title)
        if local:
            return local.again(start, end)
        known = self.lexicon.title(title)
        if known:
            return _meant(known, start, end)
        code = code_at(title, 0)
        if code and code.end == len(title):
            return self._standard(code, start, end, title)
        order = order_before(title, title.rfind("号")) if title.endswith(("号", "号令")) else None
        if order:
            return Mention(start, end, title, *self.lexicon.order(order))
        bare, mark = mark_within(title)
        known = self.lexicon.title(bare) if mark else None
        if known:
            mention = _meant(known, start, end)
            mention.mark = mark
            return mention
        if is_generic(title):
            return self._generic(title, start, end)
        coded = code_at(self.text, end + self.text.startswith("(", end))
        return Mention(start, end, title) if coded or sounds_legal(title) else None

    def _generic(self, title: str, start: int, end: int) -> Mention:
        """《条例》: the one such law named before, else nobody can tell which."""
        made_under = self._last.get("法") if title.startswith("实施") else None
        known = self.lexicon.title(made_under.title + title) if made_under else None
        if known:
            return _meant(known, start, end)
        before = self._meant.get(title, {})
        if len(before) == 1:
            return next(iter(before.values())).again(start, end)
        return Mention(start, end, title, ambiguous=True)

    def _bare(self, start: int, end: int) -> Mention | None:
        """安全生产法第五十四条; a longer name (…法实施条例) is found at its own end."""
        text = self.text
        found = self.lexicon.bare_at(text, end)
        if text.startswith("典", end) and self.lexicon.bare_at(text, end + 1):
            found, end = self.lexicon.bare_at(text, end + 1), end + 1
        local = self._follower.short_forms.bare_at(text, end, self._floor)
        if local:
            mention = local
        elif found and found[0] >= self._floor:
            mention = _meant(found[1], found[0], end)
        else:
            return self._its_rule(end) or self._unlisted(start, end)
        if mention.start < self._floor:
            return None
        if mention.mark is None:
            mention.mark = mark_before(text, mention.start)
        self._follower.follow(mention)
        if mention.parts or mention.code:
            return mention
        longer = _MADE_UNDER.match(text, end)
        if longer and not self.lexicon.bare_at(text, longer.end()):
            # 安全生产法实施条例: another law, and one that no list holds.
            title = text[mention.start : longer.end()]
            return self._follower.follow(Mention(mention.start, longer.end(), title))
        return None if _GOES_ON.match(text, end) or not mention.laws else mention

    def _its_rule(self, end: int) -> Mention | None:
        """…法》及其实施条例第六十二条: the rule made under the law named just before."""
        match = _AND_ITS.search(self.text, max(self._floor, end - 8), end)
        law = self._latest
        if not match or not law or match.start() != max(law.stop, law.end):
            return None
        title = law.title + match["rule"]
        known = self.lexicon.title(title) if ending(law.title) == "法" else None
        start = match.start("rule")
        mention = _meant(known, start, end) if known else Mention(start, end, title)
        return mention if self._follower.follow(mention).parts else None

    def _unlisted(self, start: int, end: int) -> Mention | None:
        """依照某某法第三条, 上海市消防条例第三条: known by the words before the name."""
        if not self.text.startswith(("第", "("), end):
            return None
        head = self.text[max(self._floor, end - 32) : end]
        name = unlisted_name(head, national=self.text[start:end] == "法")
        if name is None:
            return None
        mention = self._follower.follow(Mention(end - len(name), end, name))
        return mention if mention.parts else None

    def _ordered(self, sign: int) -> Mention | None:
        """国务院令第493号, 安监总财〔2018〕19号, 69号文; with the title after it, one mention."""
        text = self.text
        if text.startswith("文", sign + 1):
            return self._bare(sign, sign + 2)
        document = self.lexicon.documents_before(text, sign)
        if document:
            start, names = document
            laws = tuple(law for name in names for law in name.laws)
            mention = Mention(start, sign + 1, text[start : sign + 1], laws, names[0].version)
        else:
            order = order_before(text, sign)
            if order is None or order.start < self._floor:
                return None
            start = order.start
            laws, version = self.lexicon.order(order)
            mention = Mention(start, order.end, text[start : order.end], laws, version)
        end = mention.end
        title = _TITLE_NEXT.match(text, end)
        if title:
            titled, _ = self._titled(title.end() - 1)
            if titled:
                titled.start = start
                if mention.version and set(mention.laws) & set(titled.laws):
                    titled.version = titled.version or mention.version
                return titled
        self._follower.follow(mention)
        if not mention.laws and not mention.parts:
            return None
        return mention

    def _back(self, start: int, end: int, sign: str) -> Mention | None:
        """本法 in a regulation; 该法, 同法 after a law was named."""
        before = self.text[start - 1 : start]
        if before in _PART_OF_WORD:
            return None
        if sign[0] == "本":
            meant = self._follower.short_forms.get(sign) or (
                Mention(start, end, sign, (self.self_law,)) if self.self_law else None
            )
        else:
            kind = "法" if sign in _EDITIONS else sign[2:] if sign[1] == "述" else sign[1:]
            meant = self._last.get(kind)
        if meant is None:
            return None
        mention = meant.again(start, end)
        if sign in _EDITIONS:
            mention.mark, mention.version = _EDITIONS[sign], None
        self._follower.follow(mention)
        mention.indirect = True
        return mention if mention.parts else None

    def _coded(self, start: int) -> Mention | None:
        """GB 30871-2022, alone or with its title after it."""
        code = code_at(self.text, start)
        if code is None or code.start < self._floor:
            return None
        mention = self._standard(code, start, code.end, self.text[start : code.end])
        if not mention.laws and not code.year and len(code.family) < 5:
            return None
        if self.text.startswith("《", code.end):
            close = self._close(code.end)
            if close > 0 and not names_act(self.text[code.end + 1 : close]):
                mention.end = close + 1
        return self._follower.follow(mention)

    def _standard(self, code: Code, start: int, end: int, title: str) -> Mention:
        mention = Mention(start, end, title)
        self._follower.take_code(mention, code)
        return mention

    def _close(self, start: int) -> int:
        """Where the title that opens at `start` closes, inner titles skipped; -1 if nowhere."""
        depth = 0
        for match in _TITLE_MARKS.finditer(self.text, start, start + LONGEST_TITLE):
            if match[0] == "\n":
                return -1
            depth += 1 if match[0] == "《" else -1
            if depth == 0:
                return match.start()
        return -1


def _meant(name: Name, start: int, end: int) -> Mention:
    return Mention(start, end, name.text, name.laws, name.version)
