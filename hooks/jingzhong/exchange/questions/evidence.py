"""What in a paper speaks for questions: options, answers, blanks, words that ask."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from jingzhong.exchange.questions.marks import (
    EMPTY_BRACKET,
    IN_BRACKET,
    JUDGED,
    RIGHT_MARK,
    TYPE_MARK,
    Mark,
)
from jingzhong.exchange.questions.tidy import Paper

_OPTION_A = re.compile(
    r"(?:^|(?<=[^A-Za-z]))(?:[(\[【<][ \t]?[Aa][ \t]?[)\]】>]|A[ \t]?[.、:)。,]|(?<=\n)[ \t]*(?:[Aa][ \t]?[.、:)。, \t]|A(?=[\u4e00-\u9fff0-9])|①))",
    re.MULTILINE,
)
_OPTION_B = re.compile(
    r"[(\[【<][ \t]?[Bb][ \t]?[)\]】>]|[Bb][ \t]?[.、:)。,]|(?<=[\s])[ \t]{0,8}(?:[Bb][ \t]|B(?=[\u4e00-\u9fff0-9])|②)",
    re.MULTILINE,
)
_BULLET = re.compile(r"^[ \t]*[☆○◯□☐▢◇](?=[ \t]*\S)", re.MULTILINE)
_ASKS = re.compile(
    r"[?]|简述|试述|论述|什么是|名词解释|哪些|如何|怎样|为什么|阐述|说明|列出|写出|请"
)
_SQUARE = re.compile(rf"[\[【][ \t]*{JUDGED}[ \t]*[\]】]")
_LINES = re.compile(r"_{2,}")

# …。(M)3、: a verdict that was not read right is one all the same; (一) numbers.
UNREAD = re.compile(
    r"(?<=[。.;!?”])[ \t]*\([ \t]*(?P<sign>[^\s()0-9A-H一二三四五六七八九十])[ \t]*\)(?=[ \t]*(?:\d{1,4}[ \t]*[、.](?!\d)|\n|\Z))"
)


def _asks_letter(scan: str, match: re.Match[str]) -> bool:
    """Whether a bracket with a letter stands in a stem, and is no option such as （A）上锁."""
    if not match["letters"]:
        return bool(match["judged"])
    line = scan.rfind("\n", 0, match.start()) + 1
    if not scan[line : match.start()].strip(" \t○□☐•"):
        return False
    letter = match["letters"].strip()
    if len(letter) > 1:
        return True
    before = re.search(
        r"\(([A-J])\)[^()\n]{1,80}$", scan[max(line, match.start() - 90) : match.start()]
    )
    after = re.match(r"[^()\n]{1,80}\(([A-J])\)", scan[match.end() : match.end() + 90])
    return not (before and ord(before[1]) == ord(letter) - 1) and not (
        after and ord(after[1]) == ord(letter) + 1
    )


class Evidence:
    """What in a paper speaks for questions, found once, asked for stretches."""

    def __init__(self, paper: Paper, marks: Sequence[Mark]) -> None:
        scan = paper.scan
        self.options_a = [match.start() for match in _OPTION_A.finditer(scan)]
        self.options_b = [match.start() for match in _OPTION_B.finditer(scan)]
        self.bullets = [match.start() for match in _BULLET.finditer(scan)]
        self.answers = [mark.start for mark in marks if mark.kind == "answer"]
        self.rights = [
            match.start() for match in re.finditer(RIGHT_MARK.pattern, scan, re.MULTILINE)
        ]
        filled = IN_BRACKET.finditer(scan)
        squares = [match.start() for match in _SQUARE.finditer(scan)]
        self.asking = sorted(
            [match.start() for match in filled if _asks_letter(scan, match)] + squares
        )
        self.blanks = sorted(
            {match.start() for match in EMPTY_BRACKET.finditer(scan)}
            | {match.start() for match in _LINES.finditer(scan)}
            | {match.start("sign") - 1 for match in UNREAD.finditer(scan)}
        )
        self.brackets = [match.start() for match in re.finditer(r"\(", scan)]
        self.asks = [match.start() for match in _ASKS.finditer(scan)]
        self.types = sorted(match.start() for match in TYPE_MARK.finditer(scan))

    def optioned(self, start: int, end: int) -> bool:
        """Whether options A, B (or bullets) stand in a stretch."""
        first = bisect_left(self.options_a, start)
        if (
            first < len(self.options_a)
            and self.options_a[first] < end
            and _has(self.options_b, self.options_a[first] + 1, end)
        ):
            return True
        low = bisect_left(self.bullets, start)
        return low + 1 < len(self.bullets) and self.bullets[low + 1] < end

    def answered(self, start: int, end: int) -> bool:
        """Whether an answer stands in a stretch."""
        return (
            _has(self.answers, start, end)
            or _has(self.asking, start, end)
            or _has(self.rights, start, end)
        )

    def bracketed(self, start: int, end: int) -> bool:
        """Whether any bracket stands in a stretch."""
        return _has(self.brackets, start, end)

    def strength(self, start: int, end: int) -> int:
        """0 nothing, 1 a question mark or such, 2 a blank, 3 options or an answer."""
        if self.optioned(start, end) or self.answered(start, end):
            return 3
        if _has(self.blanks, start, end) or _has(self.types, start, end):
            return 2
        return int(_has(self.asks, start, min(end, start + 120)))

    @cached_property
    def inline(self) -> bool:
        """Whether the paper answers near its questions at all."""
        return len(self.answers) + len(self.asking) + len(self.rights) >= 3


def _has(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
