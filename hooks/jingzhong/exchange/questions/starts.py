"""Where questions begin: numbers in their order, whatever style, also inside glued lines.

A number counts as a question's when it is the next one, or when what follows looks like a
question (options, an answer, an empty bracket) and the one before is complete.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from jingzhong.exchange.questions.marks import (
    CN_DIGITS,
    EMPTY_BRACKET,
    IN_BRACKET,
    JUDGED,
    LETTERS,
    RIGHT_MARK,
    TYPE_MARK,
    TYPES,
    Mark,
    chinese_number,
)
from jingzhong.exchange.questions.tidy import Paper

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LINE = rf"^[ \t]*(?:[*>•·●■◆★☆▲\-][ \t]*){{0,3}}[\"“]?(?P<mark>[【\[(][ \t]*(?:(?:{TYPES})|{LETTERS}|{JUDGED})?[ \t]*[】\])][ \t]*)?"
_NUMBER = rf"""(?:
    (?P<ti>第[ \t]?(?P<n1>\d{{1,4}}|[{CN_DIGITS}]{{1,4}})[ \t]?(?:小?题|道题|问)[ \t]*[:、.,]?)
  | (?P<timu>(?:试题|题目|题号|考题|例题|题|例)[ \t]?(?P<n2>\d{{1,4}})[ \t]*[:、.,)]?)
  | (?P<q>(?:[Qq]uestion[ \t]*|[Qq]|No\.?[ \t]*|NO\.?[ \t]*|\#)(?P<n3>\d{{1,4}})[ \t]*[:、.,)]?)
  | (?P<lent>[【\[][ \t]?(?:题干|题目|试题)?[ \t]?(?P<n4>\d{{1,4}})[ \t]?[】\]][ \t]*[、.]?)
  | (?P<par>\([ \t]?(?P<n5>\d{{1,4}})[ \t]?\)[ \t]*[、.]?)
  | (?P<half>(?P<n6>\d{{1,4}})[ \t]?\)[ \t]*[、.]?)
  | (?P<dun>(?P<n7>\d{{1,4}})[ \t]*、[ \t]*[.、]?)
  | (?P<clause>\d{{1,3}}\.\d{{1,3}}(?:\.\d{{1,3}}){{1,4}})
  | (?P<dot>(?P<n8>\d{{1,4}})[ \t]*\.[ \t]*[、.]?)
  | (?P<circ>(?P<n10>[{_CIRCLED}])[ \t]*[、.]?)
  | (?P<pad>(?P<n15>0[1-9])(?=[\u4e00-\u9fff《“(]))
  | (?P<alone>(?P<n11>\d{{1,4}})[ \t]*$)
  | (?P<colon>(?P<n9>\d{{1,4}})[ \t]*[:,;][ \t]*(?![0-9]))
  | (?P<tab>(?P<n12>\d{{1,4}})(?:(?:\t[ \t]*|[ ]{{2,8}})(?=[^\s\d]|\d{{1,6}}(?:\.\d+)?[\u4e00-\u9fff])|[ ](?=[^\s\d])))
  | (?P<glue>(?P<n13>\d{{1,4}})(?=[\u4e00-\u9fff“《(【\[])(?![年月日时分秒号个名人米度吨条元种类次天级项层楼步台只对岁小毫厘千百万亿伏安瓦公升克多余以周届倍张件套根把位处家部所起批支]))
  | (?P<cn>(?P<n14>[{CN_DIGITS}]{{1,4}})[ \t]?[、.])
)"""
_AT_LINE = re.compile(_LINE + _NUMBER, re.MULTILINE | re.VERBOSE)
_HERE = re.compile(r"[ \t]*" + _NUMBER, re.MULTILINE | re.VERBOSE)
# Inside a line only forms that text seldom has: the chain of numbers decides.
_INSIDE = re.compile(
    rf"""(?<=[\s。.;；:!?)】\]A-Ha-h√×对错确误”"”》，,、…_\u4e00-\u9fff0-9])(?:
    (?P<ti>第[ \t]?(?P<n1>\d{{1,4}}|[{CN_DIGITS}]{{1,4}})[ \t]?题[ \t]*[:、.,]?)
  | (?P<lent>【[ \t]?(?:题干|题目|试题)?[ \t]?(?P<n4>\d{{1,4}})[ \t]?】)
  | (?P<pad>(?<=[A-H√×对错确误。)])(?P<n15>0[1-9]|[1-9]\d)(?=\d{{0,4}}[\u4e00-\u9fff《“(]))
  | (?P<par>\([ \t]?(?P<n5>\d{{1,4}})[ \t]?\)[ \t]*[、.]?)
  | (?P<dun>(?<!\d)(?P<n7>\d{{1,8}})[ \t]*、)
  | (?P<dot>(?<!\d)(?P<n8>\d{{1,8}})[ \t]*\.(?!\d+\.))
    )""",
    re.VERBOSE,
)
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
_OPTION_MARK = re.compile(r"[A-J][ \t]?[.、:)][ \t]*$")
_SQUARE = re.compile(rf"[\[【][ \t]*{JUDGED}[ \t]*[\]】]")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,3})(?:[ \t]+|(?=[\u4e00-\u9fff(（“《]))(?!\d)")
_LINES = re.compile(r"_{2,}")


@dataclass(frozen=True, slots=True)
class Start:
    """A place where a question may begin: its number, its style, where number and text begin."""

    at: int
    text: int
    number: int
    style: str
    inside: bool
    digit: bool
    suffix: bool = False


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
        filled = list(IN_BRACKET.finditer(scan))
        squares = [match.start() for match in _SQUARE.finditer(scan)]
        self.filled = sorted(
            [match.start() for match in filled if match["letters"] or match["judged"]] + squares
        )
        self.blanks = sorted(
            {match.start() for match in EMPTY_BRACKET.finditer(scan)}
            | {match.start() for match in _LINES.finditer(scan)}
        )
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
            or _has(self.filled, start, end)
            or _has(self.rights, start, end)
        )

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
        return len(self.answers) + len(self.filled) + len(self.rights) >= 3


def _has(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def find_candidates(paper: Paper, start: int, end: int) -> list[Start]:
    """Every number of a stretch that may begin a question, in order."""
    scan = paper.scan
    found: dict[int, Start] = {}
    for match in _AT_LINE.finditer(scan, start, end):
        candidate = _start(scan, match, inside=False)
        if candidate:
            found[candidate.at] = candidate
    # A heading may end inside a glued line: what follows it begins like a line.
    glued = start > 0 and scan[start - 1] != "\n"
    if glued and (here := _HERE.match(scan, start, end)):
        candidate = _start(scan, here, inside=False)
        if candidate:
            found[candidate.at] = candidate
    spans = sorted((item.at, item.text) for item in found.values())
    for match in _INSIDE.finditer(scan, start, end):
        near = bisect_right(spans, (match.start(), len(scan))) - 1
        if near >= 0 and spans[near][0] <= match.start() < spans[near][1]:
            continue
        candidate = _start(scan, match, inside=True)
        if candidate and candidate.at not in found:
            found[candidate.at] = candidate
        if inside_digits := re.fullmatch(r"\d{2,8}", match["n7"] or match["n8"] or ""):
            # 答案：1192.急救电话: the answer 119, then number 2. The chain decides.
            for cut in range(max(len(inside_digits[0]) - 3, 1), len(inside_digits[0])):
                at = match.start() + cut
                number = inside_digits[0][cut:]
                if number[0] != "0":
                    found.setdefault(
                        at,
                        Start(
                            at,
                            match.end(),
                            int(number),
                            "dot" if match["n8"] else "dun",
                            True,
                            True,
                            True,
                        ),
                    )
    rows = sorted(found.values(), key=lambda item: item.at)
    return _with_dotted(scan, rows)


def _with_dotted(scan: str, rows: list[Start]) -> list[Start]:
    """1.1, 1.2, 2.1 … numbered in two steps: one row of numbers, where most lines go on that way."""
    dotted = [
        (row, match)
        for row in rows
        if row.digit and not row.inside and (match := _DOTTED.match(scan, row.at))
    ]
    steps = [(int(match[1]), int(match[2])) for _, match in dotted]
    follows = sum(
        two == (one[0], one[1] + 1) or two == (one[0] + 1, 1) for one, two in pairwise(steps)
    )
    if len(dotted) < 3 or follows * 3 < (len(dotted) - 1) * 2:
        return rows
    known = {row.at for row, _ in dotted}
    ends = [(row.at, match.end()) for row, match in dotted]
    kept = [
        row
        for row in rows
        if row.at not in known and not any(at <= row.at < end for at, end in ends)
    ]
    kept += [
        Start(row.at, match.end(), place, "dotted", False, False)
        for place, (row, match) in enumerate(dotted, 1)
    ]
    return sorted(kept, key=lambda item: item.at)


def _start(scan: str, match: re.Match[str], *, inside: bool) -> Start | None:
    groups = match.groupdict()
    style = next(
        (
            name
            for name, text in groups.items()
            if text is not None and name != "mark" and not name.startswith("n")
        ),
        "",
    )
    if style in ("", "clause"):
        return None
    text = next(text for name, text in groups.items() if name.startswith("n") and text is not None)
    number = _CIRCLED.index(text) + 1 if text in _CIRCLED else chinese_number(text)
    if number > 9999 or (style == "cn" and number == 0):
        return None
    follows = scan[match.end() : match.end() + 1]
    digit = style in ("dot", "colon") and follows.isdigit() and scan[match.end() - 1] in ".:,;"
    if digit and groups.get("mark"):
        # （C）2.5米 is an option, no number behind an answer.
        return None
    begin = match.start("mark") if groups.get("mark") else match.start(style)
    return Start(begin, match.end(), number, style, inside, digit)


def choose_starts(
    paper: Paper, evidence: Evidence, start: int, end: int, *, typed: bool
) -> list[Start]:
    """The numbers of a section that begin questions. `typed`: a heading says that questions follow."""
    return _Chooser(paper, evidence, find_candidates(paper, start, end), start, end, typed).choose()


class _Chooser:
    """Walks through the candidates of one section and keeps those that make sense as a row."""

    def __init__(
        self,
        paper: Paper,
        evidence: Evidence,
        candidates: list[Start],
        start: int,
        end: int,
        typed: bool,
    ) -> None:
        self.paper, self.evidence, self.candidates = paper, evidence, candidates
        self.start, self.end, self.typed = start, end, typed
        self.chosen: list[Start] = []
        self.skipped: set[tuple[str, int]] = set()
        self.next_same: list[int] = [len(candidates)] * len(candidates)
        last: dict[str, int] = {}
        for place in range(len(candidates) - 1, -1, -1):
            candidate = candidates[place]
            self.next_same[place] = last.get(candidate.style, len(candidates))
            if not candidate.inside:
                last[candidate.style] = place

    def choose(self) -> list[Start]:
        for place, candidate in enumerate(self.candidates):
            if self._fits(place, candidate):
                self.chosen.append(candidate)
                self.skipped = set()
            else:
                if not candidate.suffix:
                    self.skipped.add((candidate.style, candidate.number))
        return self.chosen

    def _extent(self, place: int) -> int:
        """Where the text of a candidate ends: the next line that begins with a like number."""
        current = self.chosen[-1] if self.chosen else None
        candidate = self.candidates[place]
        ends = [self.end]
        following = self.next_same[place]
        if candidate.style == "circ":
            # ① ② behind ⑦ are options.
            while (
                following < len(self.candidates)
                and self.candidates[following].number != candidate.number + 1
            ):
                following = self.next_same[following]
        if following < len(self.candidates):
            ends.append(self.candidates[following].at)
        for other in self.candidates[place + 1 : place + 60]:
            if (
                other.inside
                and other.number == candidate.number + 1
                and other.style == candidate.style
            ):
                ends.append(other.at)
                break
            if (
                current
                and not other.inside
                and other.style == current.style
                and other.number in (current.number + 1, candidate.number + 1)
            ):
                ends.append(other.at)
                break
        return min(ends)

    def _strength(self, place: int) -> int:
        return self.evidence.strength(self.candidates[place].at, self._extent(place))

    def _complete(self, until: int) -> bool:
        """Whether the current question has what a question needs, up to a place."""
        if not self.chosen:
            return True
        begin = self.chosen[-1].text
        if self.evidence.inline:
            return self.evidence.answered(begin, until)
        return self.evidence.strength(begin, until) >= 2

    def _fits(self, place: int, candidate: Start) -> bool:
        if not self.chosen:
            return self._fits_first(place, candidate)
        current = self.chosen[-1]
        same = candidate.style == current.style
        if candidate.number == current.number + 1:
            if same:
                return (
                    self._fits_inside(place, candidate)
                    if candidate.inside
                    else self._fits_next(place, candidate)
                )
            if candidate.inside or (candidate.style, candidate.number - 1) in self.skipped:
                return False
            return (
                self._strength(place) >= 3
                and self._complete(candidate.at)
                and not self._rival(place, current)
            )
        restarts = same and candidate.number == 1
        if candidate.inside or (candidate.digit and not (restarts and self._ended(candidate))):
            return False
        if (candidate.style, candidate.number - 1) in self.skipped and self._strength(place) < 3:
            return False
        if restarts:
            return self._strength(place) >= 2 and self._complete(candidate.at)
        if same and candidate.number > current.number:
            return self._strength(place) >= 2 or (
                self.typed and candidate.number <= current.number + 3
            )
        if self._strength(place) < 3 or not self._complete(candidate.at):
            return False
        return same or candidate.style in ("ti", "timu", "q") or self._begins_row(place)

    def _fits_first(self, place: int, candidate: Start) -> bool:
        strength = self._strength(place)
        if candidate.inside:
            return candidate.number == 1 and strength >= 2 and self._follows_row(place)
        if candidate.digit and strength < 2 and not (self.typed and self._begins_row(place)):
            return False
        if candidate.style in ("alone", "glue", "colon", "tab", "cn", "circ"):
            begins = self._begins_row(place)
            if self.typed and begins and candidate.style in ("alone", "tab"):
                return True
            return strength >= 2 and (candidate.style != "glue" or begins)
        return (
            self.typed or strength >= 2 or (candidate.number == 1 and self._row_has_evidence(place))
        )

    def _fits_next(self, place: int, candidate: Start) -> bool:
        if candidate.style == "glue" and self._strength(place) < 2:
            return False
        strength = self._strength(place)
        if strength >= 2:
            return True
        # The same number may come again, with more to say: this one is then an item of a list.
        following = self.next_same[place]
        while (
            following < len(self.candidates)
            and self.candidates[following].number != candidate.number + 1
        ):
            other = self.candidates[following]
            if other.number == candidate.number and (
                self._strength(following) > strength or (candidate.digit and not other.digit)
            ):
                return False
            following = self.next_same[following]
        if candidate.digit:
            ended = (
                self.paper.scan[max(candidate.at - 80, 0) : candidate.at].rstrip()[-1:]
                in "。?!)】;:”》"
            )
            return following < len(self.candidates) or strength >= 1 or (self.typed and ended)
        # 答：1、…；2、…: a list that has begun inside the current question goes on.
        return (candidate.style, candidate.number - 1) not in self.skipped

    def _fits_inside(self, place: int, candidate: Start) -> bool:
        """A number inside a line: the next one, after a complete question, with a question behind."""
        if (candidate.style, candidate.number - 1) in self.skipped:
            return False
        if (
            not self._complete(candidate.at)
            and not self.evidence.strength(self.chosen[-1].text, candidate.at) >= 2
        ):
            return False
        if _OPTION_MARK.search(self.paper.scan, max(candidate.at - 6, 0), candidate.at):
            return False
        if candidate.suffix:
            if not self._fits_suffix(place, candidate):
                return False
        elif candidate.digit and (self._strength(place) < 3 or not self._complete(candidate.at)):
            return False
        following = self.next_same[place]
        if (
            following < len(self.candidates)
            and self.candidates[following].number == candidate.number
        ):
            return False
        return self._strength(place) >= 2 or (self.typed and self._strength(place) >= 1)

    def _fits_suffix(self, place: int, candidate: Start) -> bool:
        """答案：1192.急救, D. 500005. 企业: the end of a run of digits is the next number."""
        between = self.paper.scan[max(candidate.at - 12, 0) : candidate.at]
        if re.search(r"(?:答[ \t]?案[】\])]?[:：]?[ \t]*|[:：】])[\d.、]{1,6}$", between):
            return True
        if (
            self._strength(place) < 3
            or self.paper.scan[candidate.text : candidate.text + 1].isdigit()
        ):
            return False
        for other in self.candidates[place + 1 : place + 200]:
            if other.style != candidate.style or other.suffix:
                continue
            if other.number == candidate.number:
                return False
            if other.number == candidate.number + 1:
                break
        return True

    def _ended(self, candidate: Start) -> bool:
        """Whether the text before a number has come to an end (a wrapped line has not)."""
        before = self.paper.scan[max(candidate.at - 80, 0) : candidate.at].rstrip()
        return before[-1:] in "。?!)】;:”》" or bool(re.search(r"[A-H√×对错]$|正确$|错误$", before))

    def _rival(self, place: int, current: Start) -> bool:
        """Whether the row goes on in its own style right behind, so that this is a list's number."""
        for other in self.candidates[place + 1 : place + 40]:
            if (
                other.style == current.style
                and other.number == current.number + 1
                and not other.inside
            ):
                return self.evidence.strength(self.candidates[place].text, other.at) < 3
        return False

    def _begins_row(self, place: int) -> bool:
        """Whether the next number of the same style follows, so that a new row begins here."""
        following = self.next_same[place]
        return (
            following < len(self.candidates)
            and self.candidates[following].number == self.candidates[place].number + 1
        )

    def _follows_row(self, place: int) -> bool:
        candidate = self.candidates[place]
        return any(
            other.style == candidate.style and other.number == 2
            for other in self.candidates[place + 1 : place + 80]
        )

    def _row_has_evidence(self, place: int) -> bool:
        following, checked = self.next_same[place], 0
        while following < len(self.candidates) and checked < 5:
            if self._strength(following) >= 2:
                return True
            following, checked = self.next_same[following], checked + 1
        return False
