"""Lists of articles: 第二十五条、第二十八条和第三十条第一款第（二）项 → one part an article.

All patterns read uniform text (see `reading.py`) and are possessive or bounded, so that a list is
read in time linear in its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jingzhong.law.reading import NUMERALS
from jingzhong.model.articles import article_order, chinese_to_int

# Longer ranges name no real stretch of a law; only their ends are given.
LONGEST_RANGE = 300

_ENCLOSED = {
    chr(first + offset): offset + 1
    for first, count in ((0x3220, 10), (0x2474, 20), (0x2460, 20))
    for offset in range(count)
}
_N = rf"(?:\d{{1,4}}|[{NUMERALS}]{{1,9}}|[{''.join(_ENCLOSED)}])"
_JOIN = r"(?:、|,|/|以及|或者|和|及|与|或|至|到|~|-)"
_RANGE_SIGNS = frozenset("至到~-")
_ITEM = rf"(?:第?\({_N}\)|第?{_N})"
# 七项职责 counts duties; only 第七项 and （七）项 name one.
_RUNS = {
    "条": re.compile(rf"第?{_N}(?:{_JOIN}第?{_N}){{0,80}}+条"),
    "款": re.compile(rf"(?:第{_N}|\d{{1,2}})(?:{_JOIN}第?{_N}){{0,30}}+款"),
    "项": re.compile(rf"(?:第?\({_N}\)|第{_N})(?:{_JOIN}{_ITEM}|第?\({_N}\)){{0,60}}+项"),
    # 1款3项: short for 第一款第三项.
    "数项": re.compile(r"\d{1,2}项"),
    # (一) without 项 counts only in brackets.
    "括号": re.compile(rf"第?\([{NUMERALS}]{{1,3}}\)(?:{_JOIN}\([{NUMERALS}]{{1,3}}\)){{0,30}}+"),
    "目": re.compile(rf"{_ITEM}(?:{_JOIN}{_ITEM}){{0,30}}+目"),
}
_TOKEN = re.compile(rf"(?P<join>{_JOIN})?(?P<whole>第?\(?(?P<number>{_N})\)?)")
_SUB = re.compile(rf"之(?P<number>{_N})(?![分{NUMERALS}\d])")
_SEPARATOR = re.compile(
    r"(?=[、,;/和及与或以并暨至到~-])[、,;/]?(?:以及|或者|和|及|与|或|并|暨|至|到|~|-)?"
)
# Some write 之一 as -1: 第134-1条.
_DASHED = re.compile(r"第?(?P<number>\d{2,4})-(?P<sub>\d{1,2})条")
_LONE = re.compile(rf"(?P<number>{_N})条")
_CLAUSE = re.compile(r"第?(?P<number>\d{1,3}(?:\.\d{1,3}){1,5})条?")
# 第二十八条（教育培训）、第四十一条: what stands between is passed over.
_REMARK = re.compile(r"\([^()\s]{1,60}\)|“[^“”\s]{1,60}”")
# 第三条船: what is counted here is no article.
_COUNTED = re.compile(
    r"船|街|河|沟|鱼|狗|蛇|腿|裤|新闻|消息|微博|热搜|短信|生产线|流水线|战线|道路|铁路|公路"
)
# …第十六条，第三条通道堵塞: behind a comma more things may be counted.
_COUNTED_NEXT = re.compile(
    r"(?:疏散|消防|安全)?(?:通道|走道|走廊|楼梯|路线|红线|线索|意见|建议|经验|教训|措施|理由|原因|标语|横幅)"
)


@dataclass(frozen=True)
class Part:
    """One article of a list, with the paragraph and item it was narrowed to.

    `start` and `end` are offsets in the uniform text. `inner` marks an article that stands
    inside a range and therefore has no place of its own.
    """

    start: int
    end: int
    article: str
    paragraph: str | None = None
    item: str | None = None
    inner: bool = False


def parse_articles(text: str, start: int, *, loose: bool = False) -> tuple[list[Part], int]:
    """Read the list of articles at `start`: its parts, and where it ends.

    Without `loose` the list begins with 第; with it, a number that is too long to count things
    may stand alone (刑法134条). An empty list means that there is none.
    """
    if not text.startswith("第", start) and not (loose and _plausible(text, start)):
        return [], start
    return _List(text, start).read()


def clause_at(text: str, start: int) -> tuple[str, int] | None:
    """A standard's clause, 第5.2.1条 or 5.2.1: its number and where it ends."""
    match = _CLAUSE.match(text, start)
    if not match or not (text.startswith("第", start) or match[0].endswith("条")):
        return None
    return match["number"], match.end()


def value(number: str) -> int:
    """The number a numeral stands for."""
    return _ENCLOSED.get(number) or chinese_to_int(number) or 0


def _plausible(text: str, start: int) -> bool:
    match = _LONE.match(text, start)
    if not match:
        return False
    number = match["number"]
    return value(number) >= 10 if number.isdigit() else len(number) >= 3


class _List:
    """One pass over a list of articles."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.place = text, start
        self.parts: list[Part] = []

    def read(self) -> tuple[list[Part], int]:
        if not self._articles(ranged=False):
            return [], self.place
        self._narrow()
        while self._next():
            pass
        return self.parts, self.place

    def _next(self) -> bool:
        """Read a separator and what follows it; without a follower nothing is consumed."""
        back = self.place
        remark = _REMARK.match(self.text, self.place)
        start = remark.end() if remark else self.place
        separator = _SEPARATOR.match(self.text, start)
        if not separator or separator.end() == start:
            return self._articles(ranged=False, strict=True) and self._narrow()
        self.place = separator.end()
        run = _RUNS["条"].match(self.text, self.place) if separator[0][0] in ",;" else None
        if run and _COUNTED_NEXT.match(self.text, run.end()):
            self.place = back
            return False
        ranged = separator[0] in _RANGE_SIGNS
        strict = separator[0][-1] not in "、至到~-"
        if self._articles(ranged=ranged, strict=strict or remark is not None):
            return self._narrow()
        if not remark and (self._sub_articles() or self._more(ranged)):
            return True
        self.place = back
        return False

    def _articles(self, *, ranged: bool, strict: bool = False) -> bool:
        """One run 第十四、十五条, with 之一; `ranged` closes a range that the last part opened."""
        match = _RUNS["条"].match(self.text, self.place)
        if not match or (strict and not match[0].startswith("第")):
            return False
        if _COUNTED.match(self.text, match.end()):
            return False
        dashed = _DASHED.fullmatch(match[0])
        if dashed and int(dashed["sub"]) < int(dashed["number"]):
            article = f"{int(dashed['number'])}-{int(dashed['sub'])}"
            self.parts.append(Part(match.start(), match.end(), article))
            self.place = match.end()
            return True
        found = [
            Part(start, end, str(number), inner=inner)
            for start, end, number, inner in self._numbers(match.start(), match.end() - 1)
        ]
        if not all(0 < int(part.article) < 10_000 for part in found):
            return False
        previous = self.parts[-1] if self.parts else None
        if (
            previous
            and not match[0].startswith("第")
            and article_order(found[0].article) <= article_order(previous.article)
        ):
            return False
        self.place = match.end()
        last = replace(found[-1], end=match.end())
        sub = _SUB.match(self.text, self.place)
        if sub and 0 < value(sub["number"]) < 100:
            self.place = sub.end()
            last = replace(last, article=f"{last.article}-{value(sub['number'])}", end=sub.end())
        found = _closed(found, last)
        if ranged and previous:
            first = article_order(previous.article)[0]
            number, sub_number = article_order(found[0].article)
            final = number + bool(sub_number)
            if final - first <= LONGEST_RANGE:
                self.parts += [
                    Part(previous.start, last.end, str(number), inner=True)
                    for number in range(first + 1, final)
                ]
        self.parts += found
        return True

    def _sub_articles(self) -> bool:
        """第一百三十三条之一、之二."""
        sub = _SUB.match(self.text, self.place)
        if not sub or "-" not in self.parts[-1].article:
            return False
        article = f"{article_order(self.parts[-1].article)[0]}-{value(sub['number'])}"
        self.parts.append(Part(sub.start(), sub.end(), article))
        self.place = sub.end()
        return True

    def _narrow(self) -> bool:
        """Read the paragraphs and items that follow an article directly; always True."""
        article = self.parts.pop()
        if self.text.startswith("的第", self.place) and _RUNS["款"].match(
            self.text, self.place + 1
        ):
            self.place += 1
        parts = [article]
        paragraphs = self._run("款")
        if paragraphs:
            parts = self._spread(article, paragraphs, "paragraph")
        items = self._run("项") or self._run("括号") or (self._run("数项") if paragraphs else [])
        if items:
            parts = parts[:-1] + self._spread(parts[-1], items, "item")
        points = self._run("目")
        if points:
            parts[-1] = replace(parts[-1], end=self.place)
        self.parts += parts
        return True

    def _more(self, ranged: bool) -> bool:
        """Another paragraph or item of the same article: 第一款、第三款."""
        base = self.parts[-1]
        for unit, field in (("款", "paragraph"), ("项", "item"), ("括号", "item")):
            start = self.place
            run = self._run(unit)
            if not run:
                continue
            if field == "item" and base.item is None:
                self.place = start
                return False
            first = getattr(base, field)
            if ranged and first and 0 < run[0][2] - int(first) <= LONGEST_RANGE:
                run = [
                    (base.start, run[0][1], number, True)
                    for number in range(int(first) + 1, run[0][2])
                ] + run
            blank = replace(base, item=None) if field == "paragraph" else base
            parts = [
                replace(blank, start=begin, end=end, inner=inner, **{field: str(number)})
                for begin, end, number, inner in run
            ]
            self.parts += _closed(parts, replace(parts[-1], end=self.place))
            if field == "paragraph":
                items = self._run("项") or self._run("括号")
                if items:
                    self.parts[-1:] = self._spread(self.parts[-1], items, "item")
            return True
        return False

    def _spread(self, part: Part, run: list[tuple[int, int, int, bool]], field: str) -> list[Part]:
        """One part a number; the first keeps the article's own words in its span."""
        parts = [
            replace(
                part,
                start=part.start if not index else start,
                end=end,
                inner=inner,
                **{field: str(number)},
            )
            for index, (start, end, number, inner) in enumerate(run)
        ]
        return _closed(parts, replace(parts[-1], end=self.place))

    def _run(self, unit: str) -> list[tuple[int, int, int, bool]]:
        """A run of numbers of one unit at the place, which moves behind it."""
        match = _RUNS[unit].match(self.text, self.place)
        if not match:
            return []
        numbers = self._numbers(match.start(), match.end())
        if any(number <= 0 for _, _, number, _ in numbers):
            return []
        self.place = match.end()
        return numbers

    def _numbers(self, start: int, end: int) -> list[tuple[int, int, int, bool]]:
        """(start, end, number, inner) of each numeral of a run, ranges filled in."""
        found: list[tuple[int, int, int, bool]] = []
        for token in _TOKEN.finditer(self.text, start, end):
            number = value(token["number"])
            begin = token.start("whole")
            if token["join"] in _RANGE_SIGNS and found:
                first, previous = found[-1][0], found[-1][2]
                if 0 < number - previous <= LONGEST_RANGE:
                    found += [
                        (first, token.end(), between, True)
                        for between in range(previous + 1, number)
                    ]
            found.append((begin, token.end(), number, False))
        return found


def _closed(parts: list[Part], last: Part) -> list[Part]:
    """Put the finished last part in; what stands inside its range ends where it ends."""
    old = parts[-1].end
    return [
        replace(part, end=last.end) if part.inner and part.end == old else part
        for part in parts[:-1]
    ] + [last]
