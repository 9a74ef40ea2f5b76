"""Lists of articles: 第二十五条、第二十八条和第三十条第一款第（二）项 → one part an article.

Reads uniform text (see `reading.py`); the patterns are in `runs.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jingzhong.law.runs import (
    CITED,
    CLAUSE,
    COUNTED,
    COUNTED_NEXT,
    DASHED,
    LONE,
    RANGE_SIGNS,
    REMARK,
    RUNS,
    SEPARATOR,
    SUB,
    TOKEN,
    value,
)
from jingzhong.model.articles import article_order

# Longer ranges name no real stretch of a law; only their ends are given.
LONGEST_RANGE = 300


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
    match = CLAUSE.match(text, start)
    if not match or not (text.startswith("第", start) or match[0].endswith("条")):
        return None
    return match["number"], match.end()


def _plausible(text: str, start: int) -> bool:
    match = LONE.match(text, start)
    if not match:
        return False
    number = match["number"]
    if COUNTED_NEXT.match(text, match.end()):
        return False
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
        remark = REMARK.match(self.text, self.place)
        start = remark.end() if remark else self.place
        separator = SEPARATOR.match(self.text, start)
        if not separator or separator.end() == start:
            return self._articles(ranged=False, strict=True) and self._narrow()
        self.place = separator.end()
        run = RUNS["条"].match(self.text, self.place)
        aside = separator[0][0] in ",;"
        if aside and run and COUNTED_NEXT.match(self.text, run.end()):
            self.place = back
            return False
        ranged = separator[0] in RANGE_SIGNS
        strict = separator[0][-1] not in "、至到~-"
        if strict and not aside and run and CITED.match(self.text, run.end()):
            strict = False
        if self._articles(ranged=ranged, strict=strict or remark is not None):
            return self._narrow()
        if not remark and (self._sub_articles() or self._more(ranged)):
            return True
        self.place = back
        return False

    def _articles(self, *, ranged: bool, strict: bool = False) -> bool:
        """One run 第十四、十五条, with 之一; `ranged` closes a range that the last part opened."""
        match = RUNS["条"].match(self.text, self.place)
        if not match or (strict and not match[0].startswith("第")):
            return False
        if COUNTED.match(self.text, match.end()):
            return False
        dashed = DASHED.fullmatch(match[0])
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
        sub = SUB.match(self.text, self.place)
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
        sub = SUB.match(self.text, self.place)
        if not sub or "-" not in self.parts[-1].article:
            return False
        article = f"{article_order(self.parts[-1].article)[0]}-{value(sub['number'])}"
        self.parts.append(Part(sub.start(), sub.end(), article))
        self.place = sub.end()
        return True

    def _narrow(self) -> bool:
        """Read the paragraphs and items that follow an article directly; always True."""
        article = self.parts.pop()
        if self.text.startswith("的第", self.place) and RUNS["款"].match(self.text, self.place + 1):
            self.place += 1
        parts = [article]
        paragraphs = self._run("款")
        if paragraphs:
            parts = self._spread(article, paragraphs, "paragraph")
        short = self._run("数款") if not paragraphs else []
        if short:
            parts = self._spread(article, short, "paragraph")
        items = self._run("项") or self._run("括号")
        if not items and (paragraphs or short):
            items = self._run("几项" if short else "数项")
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
        match = RUNS[unit].match(self.text, self.place)
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
        for token in TOKEN.finditer(self.text, start, end):
            number = value(token["number"])
            begin = token.start("whole")
            if token["join"] in RANGE_SIGNS and found:
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
