"""Where questions begin: numbers in their order, whatever style, also inside glued lines.

A number counts as a question's when it is the next one, or when what follows looks like a
question (options, an answer, an empty bracket) and the one before is complete.
"""

from __future__ import annotations

import re

from jingzhong.exchange.questions.evidence import Evidence
from jingzhong.exchange.questions.numbers import Start, find_candidates
from jingzhong.exchange.questions.tidy import Paper

_OPTION_MARK = re.compile(r"[A-J][ \t]?[.、:)][ \t]*$")
_LETTER_ABOVE = re.compile(r"\n[ \t]*[A-J][ \t]?[.、:)]?[ \t]*\n[ \t]*$")

_WORTH = re.compile(r"\([ \t]*(?:本题)?[ \t]*\d{1,3}[ \t]*分[ \t]*\)[ \t]*$")


def choose_starts(
    paper: Paper, evidence: Evidence, start: int, end: int, *, kind: str
) -> list[Start]:
    """The numbers of a section that begin questions; `kind` is the type that a heading declares."""
    candidates = find_candidates(paper, start, end)
    if kind == "short" and (scored := _scored_row(paper, candidates)):
        return scored
    return _Chooser(paper, evidence, candidates, end, kind).choose()


def _scored_row(paper: Paper, candidates: list[Start]) -> list[Start]:
    """1：简述…（15分）, 2：…（15分）: what counts on and is worth points asks; lists below answer."""
    row: list[Start] = []
    for candidate in candidates:
        line = paper.scan[candidate.text : paper.line_end(candidate.text)]
        if not candidate.inside and _WORTH.search(line):
            row.append(candidate)
    counted = [item.number for item in row] == list(range(1, len(row) + 1))
    return row if len(row) >= 2 and counted and len({item.style for item in row}) == 1 else []


class _Chooser:
    """Walks through the candidates of one section and keeps those that make sense as a row."""

    def __init__(
        self,
        paper: Paper,
        evidence: Evidence,
        candidates: list[Start],
        end: int,
        kind: str,
    ) -> None:
        self.paper, self.evidence, self.candidates = paper, evidence, candidates
        self.end, self.typed = end, bool(kind)
        # In a fill-in section words in brackets are answers.
        self.brackets = kind == "blank"
        self.optioned = kind not in ("judge", "blank", "short")
        # The numbers of a side to be matched are no questions.
        self.paired = kind == "match"
        self.chosen: list[Start] = []
        self.skipped: set[tuple[str, int]] = set()
        self.skipped_inside: set[tuple[str, int]] = set()
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
                self.skipped, self.skipped_inside = set(), set()
            elif not candidate.suffix and not candidate.digit:
                self.skipped.add((candidate.style, candidate.number))
                if candidate.inside:
                    self.skipped_inside.add((candidate.style, candidate.number))
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
                and not (other.digit or other.suffix)
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
        return self._weight(self.candidates[place].at, self._extent(place))

    def _weight(self, start: int, end: int) -> int:
        weight = self.evidence.strength(start, end)
        return max(weight, 2) if self.brackets and self.evidence.bracketed(start, end) else weight

    def _complete(self, until: int) -> bool:
        """Whether the current question has what a question needs, up to a place."""
        if not self.chosen:
            return True
        begin = self.chosen[-1].text
        if self.evidence.inline:
            told = self.brackets and self.evidence.bracketed(begin, until)
            return told or self.evidence.answered(begin, until)
        return self._weight(begin, until) >= 2

    def _hollow(self, candidate: Start) -> bool:
        """Whether a row begins anew and nothing spoke for the last number: notes above questions."""
        begin = self.chosen[-1].text
        new = candidate.number == 1 and not self.typed
        return new and self.evidence.strength(begin, candidate.at) <= 1

    def _fits(self, place: int, candidate: Start) -> bool:
        if candidate.style == "latin" and not self._goes_on_glued(place, candidate):
            return False
        if not self.chosen:
            return self._fits_first(place, candidate)
        current = self.chosen[-1]
        same = candidate.style == current.style
        if self.paired and not self._complete(candidate.at):
            return False
        if candidate.number == current.number + 1:
            if same:
                return (
                    self._fits_inside(place, candidate)
                    if candidate.inside
                    else self._fits_next(place, candidate)
                )
            if candidate.inside or (candidate.style, candidate.number - 1) in self.skipped:
                return False
            if self._resumes(candidate) and self._strength(place) >= 2:
                return True
            return (
                self._strength(place) >= 3
                and self._complete(candidate.at)
                and not self._rival(place, current)
            )
        restarts = same and candidate.number == 1
        if candidate.inside or (
            candidate.digit
            and not (restarts and (self._ended(candidate) or self._begins_row(place)))
        ):
            return False
        if (candidate.style, candidate.number - 1) in self.skipped and self._strength(place) < 3:
            return False
        if candidate.style == "alone" and _LETTER_ABOVE.search(
            self.paper.scan, max(candidate.at - 12, 0), candidate.at
        ):
            # A letter alone on its line, then 30: an option.
            return False
        hollow = self._hollow(candidate)
        if restarts:
            strength = self._strength(place)
            return (strength >= 2 and self._complete(candidate.at)) or (strength >= 3 and hollow)
        if same and candidate.number > current.number:
            return self._strength(place) >= 2 or (
                self.typed and candidate.number <= current.number + 3
            )
        if self._strength(place) < 3 or not (hollow or self._complete(candidate.at)):
            return False
        if same or candidate.style in ("ti", "timu", "q") or self._begins_row(place):
            return True
        mixed = (
            candidate.number == 1
            and current.number >= 3
            and candidate.style in ("dot", "dun", "tab")
        )
        return mixed and self._complete(candidate.at) and self._restarts_mixed(place)

    def _goes_on_glued(self, place: int, candidate: Start) -> bool:
        """9GSM系统…: only the number that comes next, and only where options or an answer follow."""
        before = self.chosen[-1].number if self.chosen else -1
        next_one = candidate.number == before + 1
        return next_one and self._strength(place) >= 3 and self._complete(candidate.at)

    def _restarts_mixed(self, place: int) -> bool:
        """Whether 1 and then 2 begin lines, in different styles, each with a whole question."""
        for other in range(place + 1, min(place + 40, len(self.candidates))):
            following = self.candidates[other]
            if following.inside or following.number != 2 or following.suffix or following.digit:
                continue
            between = self.evidence.strength(self.candidates[place].text, following.at)
            return between >= 3 and self._strength(other) >= 3
        return False

    def _resumes(self, candidate: Start) -> bool:
        """2. 3： 4.: whether a row goes on in its style behind one number of another."""
        before = self.chosen[-2] if len(self.chosen) > 1 else None
        return before is not None and (before.style, before.number) == (
            candidate.style,
            candidate.number - 2,
        )

    def _fits_first(self, place: int, candidate: Start) -> bool:
        strength = self._strength(place)
        if candidate.inside:
            # 《导则》1.4 is a reference.
            near = self.paper.scan[candidate.at - 1]
            cited = candidate.digit and re.match(r"[》≈=<>~\-±≥≤约为达A-Za-z]", near) is not None
            first = candidate.number == 1 and not cited
            return first and strength >= 2 and self._follows_row(place)
        if candidate.digit and strength < 2 and not (self.typed and self._begins_row(place)):
            return False
        if candidate.style in ("alone", "glue", "colon", "tab", "cn", "circ"):
            if candidate.style == "circ" and candidate.number != 1:
                return False
            begins = self._begins_row(place)
            if candidate.style == "glue" and not begins:
                later = [
                    item for item in self.candidates[place + 1 : place + 12] if not item.inside
                ]
                begins = any((i.style, i.number) == ("latin", candidate.number + 1) for i in later)
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
        # 答：1、…；2、…: a list that has begun inside the current question goes on, unless it
        # had this number on its line already.
        listed = (candidate.style, candidate.number - 1) in self.skipped
        return not listed or (candidate.style, candidate.number) in self.skipped_inside

    def _fits_inside(self, place: int, candidate: Start) -> bool:
        """A number inside a line: the next one, after a complete question, with a question behind."""
        if (candidate.style, candidate.number - 1) in self.skipped:
            return False
        if (
            not self._complete(candidate.at)
            and not self._weight(self.chosen[-1].text, candidate.at) >= 2
        ):
            return False
        before = self.paper.scan[max(candidate.at - 6, 0) : candidate.at]
        if candidate.digit and self.optioned and _OPTION_MARK.search(before):
            return False
        if candidate.suffix:
            if not self._fits_suffix(place, candidate):
                return False
        elif candidate.digit:
            near = self.paper.scan[candidate.at - 1]
            if re.match(r"[第约为达至到过超于按见图表距离\d.≈=<>~\-±≥≤]", near):
                return False
            ended = re.match(r"[\s。;!?)】A-H√×对错确误”\"》]", near) is not None
            if not ended and self._comes_again(place, candidate):
                return False
            if self._strength(place) < (2 if ended else 3) or not self._complete(candidate.at):
                return False
        if candidate.style == "par" and not re.search(r"[。;?!”\s√×A-H对错确误]$", before):
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
        decimal = (
            candidate.style == "dot"
            and self.paper.scan[candidate.text : candidate.text + 1].isdigit()
        )
        return (
            self._strength(place) >= 3 and not decimal and not self._comes_again(place, candidate)
        )

    def _comes_again(self, place: int, candidate: Start) -> bool:
        """Whether the same number stands again, and better, before the next one."""
        for other in self.candidates[place + 1 : place + 200]:
            if other.style != candidate.style or other.suffix:
                continue
            if other.number == candidate.number:
                return True
            if other.number == candidate.number + 1:
                break
        return False

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
