"""Where questions begin without numbers: by type marks, and by the order stem, options, answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jingzhong.exchange.questions.answers import value_end
from jingzhong.exchange.questions.evidence import Evidence
from jingzhong.exchange.questions.marks import (
    IN_BRACKET,
    JUDGED,
    SCORE,
    TYPE_MARK,
    TYPES,
    Mark,
    find_marks,
)
from jingzhong.exchange.questions.numbers import Start, named
from jingzhong.exchange.questions.tidy import Paper

_LEADING_WORD = re.compile(
    rf"^[ \t]*(?:\d{{1,6}}[ \t]?|\d{{1,3}}\.\d{{1,6}}[ \t]?)?(?:题型[ \t]*[:：][ \t]*(?:{TYPES})|(?:单选题|多选题|判断题|填空题|简答题|问答题|不定项选择题|单项选择题|多项选择题))[ \t]*(?:[:：.、]|(?=[ \t]*\S))",
    re.MULTILINE,
)
_OPTION = re.compile(
    r"[ \t]*(?:[•○◯●□☐☆√]|\([ \t]*\))?[ \t]*(?:[(\[【][ \t]?(?P<w>[A-Ja-j])[ \t]?[)\]】]|(?P<s>[A-Ja-j])[ \t]?[.、:)。,]|(?P<g>[A-J])(?=[ \t]+\S|[\u4e00-\u9fff])|(?P<c>[①-⑨]))"
)
_BARE = re.compile(
    rf"[ \t]*[(\[【]?[ \t]*(?:[A-H]{{1,7}}|[A-H](?:[,、 ][A-H]){{1,6}}|{JUDGED}|正确|错误|对|错)[ \t]*[)\]】]?[ \t]*[。.]?[ \t]*$"
)
_GAP = re.compile(
    r"\([ \t]*\)|_{2,}|\([ \t]{0,24}[A-H](?:[ \t]{0,8}(?:[,、][ \t]{0,8})?[A-H])*[ \t]{0,24}\)"
)
# A number right before a type mark, on its line or alone on the line above.
_NUMBER_BEFORE = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?P<all>(?:第|题|题目)?[ \t]?[(【]?(?P<digits>\d{1,4})[)】]?[ \t]*(?:题)?[.、):]?)[ \t]*\n?[ \t]*$"
)
_STEM_LABEL = re.compile(r"[ \t]*[【\[]?(?:题目|题干|试题)[ \t]*(?:[】\]][ \t]*[:：]?|[:：])")
_ANY_BRACKET = re.compile(r"\([^()\n]*\)|_{2,}")
_VERDICT_END = re.compile(rf"\([ \t]*(?:{JUDGED})?[ \t]*\)[ \t]*[。.]?[ \t]*$")
# An item of an indented list below 解析 that asks itself: - …？:答案:快照
NOTE = re.compile(r"(?:[ \t]{2,}|\t)[•\-*][ \t]")
_ENDED = re.compile(r"[。!?;.！？；)）”]$")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a stretch and what kind it is."""

    start: int
    end: int
    kind: str
    answered: bool


def type_starts(
    paper: Paper, evidence: Evidence, start: int, end: int, numbers: Sequence[Start]
) -> list[tuple[int, int, str]]:
    """(begin, text, number) of questions that a type mark begins and no accepted number does."""
    scan = paper.scan
    spots: list[tuple[int, int, bool]] = []
    for match in TYPE_MARK.finditer(scan, start, end):
        line_start, line_end = paper.line_start(match.start()), paper.line_end(match.end())
        before = scan[max(line_start, start) : match.start()].strip()
        behind = scan[match.end() : min(line_end, end, match.end() + 80)]
        after = SCORE.sub("", behind).strip(" \t*")
        said = next(find_marks(after), None)
        trailing = bool(before) and (not after or (said is not None and said.start == 0))
        begin = max(line_start, start) if trailing else match.start()
        spots.append((begin, match.start(), trailing or not after))
    for match in _LEADING_WORD.finditer(scan, start, end):
        spots.append((match.start(), match.end(), False))
    found: list[tuple[int, int, str]] = []
    places = [(number.at, number.text) for number in numbers]
    for begin, mark, loose in sorted(spots):
        near = bisect_right(places, (mark, len(scan))) - 1
        numbered = places[near] if near >= 0 else (start, start)
        own = found[-1][:2] if found else (start, start)
        last = max(numbered, own)
        by_number, by_mark = near >= 0 and last == numbered, bool(found) and last == own
        gap = scan[last[1] : mark]
        started = last[0] >= begin or (not gap.strip() and (by_number or by_mark))
        weight = evidence.strength(last[1], mark)
        if started or (by_number and loose and weight < 3) or (by_mark and loose and weight < 2):
            continue
        number = _NUMBER_BEFORE.search(scan, max(begin - 12, start), begin)
        if number and number.start() >= last[1]:
            found.append((number.start("all"), begin, number["digits"]))
        else:
            found.append((begin, begin, ""))
    return found


def split(
    paper: Paper, evidence: Evidence, marks: Sequence[Mark], start: int, end: int, kind: str
) -> list[int]:
    """Where further questions begin inside a stretch that holds more than one; without the first."""
    rows = _rows(paper, marks, start, end)
    if kind == "judge" and (by_line := _by_verdicts(paper, rows)):
        return by_line
    lettered = any(row.kind in ("first", "option") for row in rows)
    if not lettered and not any(row.kind == "answer" or row.answered for row in rows):
        return _by_brackets(paper, rows, kind)
    return _by_order(paper, rows)


def _rows(paper: Paper, marks: Sequence[Mark], start: int, end: int) -> list[_Row]:
    scan, rows = paper.scan, []
    at = start
    inside = [mark for mark in marks if start <= mark.start < end]
    place = 0
    breaks = _breaks(paper, inside, end)
    while at <= end:
        stop = min(paper.line_end(at), end)
        stop = next((spot for spot in breaks if at < spot < stop), stop)
        line = scan[at:stop]
        here = []
        while place < len(inside) and inside[place].start <= stop:
            here.append(inside[place])
            place += 1
        answered = any(mark.kind == "answer" for mark in here)
        first = here[0] if here and not scan[at : here[0].start].strip() else None
        option = _OPTION.match(line)
        letter = next((text for text in option.groups() if text), "") if option else ""
        if not line.strip():
            kind = "empty"
        elif first:
            kind = first.kind if first.kind != "basis" else "explain"
        elif option and option["c"] and named(scan, at):
            kind = "listed"
        elif letter and not (at == start and paper.line_start(start) < start):
            kind = "first" if letter in "Aa①" else "option"
        elif _BARE.match(line):
            kind = "bare"
        elif _STEM_LABEL.match(line):
            kind = "label"
        else:
            kind = "plain"
        rows.append(_Row(at, stop, kind, answered and kind not in ("answer",)))
        at = stop if stop in breaks else stop + 1
        if stop >= end:
            break
    return rows


def _breaks(paper: Paper, marks: Sequence[Mark], end: int) -> list[int]:
    """Where a glued line may be broken: behind a letter or a verdict that answers, before a blank."""
    breaks = []
    for mark in marks:
        if mark.kind == "answer" and not mark.inner:
            stop = value_end(paper.scan, mark.end, end)
            rest = paper.scan[stop : paper.line_end(stop)]
            if (
                stop > mark.end
                and re.match(r"[ \t]+[\u4e00-\u9fff《“(（\d]", rest)
                and len(rest.strip()) > 8
            ):
                breaks.append(stop)
    return breaks


def _by_verdicts(paper: Paper, rows: Sequence[_Row]) -> list[int]:
    """Judgements one a line, each with its bracket at the end."""
    scan = paper.scan
    told = [
        row
        for row in rows
        if row.kind in ("plain", "bare", "option", "first") and row.end > row.start
    ]
    ended = [row for row in told if _VERDICT_END.search(scan, row.start, row.end)]
    if len(ended) < 2 or any(row.kind == "answer" or row.answered for row in rows):
        return []
    starts = []
    for row, following in pairwise(told):
        if _VERDICT_END.search(scan, row.start, row.end) and following.kind != "bare":
            starts.append(following.start)
    return starts


def _by_brackets(paper: Paper, rows: Sequence[_Row], kind: str) -> list[int]:
    """Stems known by nothing but their bracket: numbers and letters were lost on copying."""
    scan = paper.scan
    told = [row for row in rows if row.kind in ("plain", "bare")]
    gap = _ANY_BRACKET if kind == "blank" else _GAP
    asked = [row for row in told if gap.search(scan, row.start, row.end)]
    if kind in ("single", "multiple", "choice"):
        starts = [row.start for row in asked]
    elif kind in ("judge", "blank"):
        starts = [row.start for row in asked if row.kind == "plain"]
    else:
        filled = [
            row.start
            for row in told
            if any(
                m["letters"] or m["judged"] for m in IN_BRACKET.finditer(scan, row.start, row.end)
            )
        ]
        starts = filled if len(filled) >= 2 else []
    return [start for start in starts if told and start > told[0].start]


def _by_order(paper: Paper, rows: Sequence[_Row]) -> list[int]:
    """A stem before options, options before an answer: what comes again begins a new question."""
    starts: list[int] = []
    phase = "stem"
    run: list[_Row] = []
    gap = False

    def begin(row: _Row | None) -> bool:
        """Begin a new question with the run of plain lines (or at a line of its own)."""
        chosen = _stem_rows(paper, run, phase)
        if not chosen and row is None:
            return False
        starts.append(chosen[0].start if chosen else row.start if row else 0)
        return True

    for row in rows:
        if row.kind == "empty":
            gap = True
            if run:
                run.append(row)
            continue
        if row.kind == "label" and phase != "stem":
            starts.append(row.start)
            phase, run = "stem", []
        elif row.kind == "first" and phase != "stem":
            begin(None)
            phase, run = "options", []
        elif row.kind in ("first", "option"):
            phase, run = "options", []
        elif row.kind == "answer":
            if run and (
                phase in ("answer", "explain") or (phase == "options" and gap and _asks(paper, run))
            ):
                begin(None)
            phase, run = "answer", []
        elif row.kind == "explain":
            phase, run = "explain", []
        elif row.kind == "bare" and phase in ("options", "stem"):
            phase, run = "answer", []
        elif row.answered and phase == "explain" and NOTE.match(paper.scan, row.start, row.end):
            continue
        elif row.kind in ("plain", "bare") and row.answered:
            if phase in ("answer", "explain"):
                begin(row) if not run else begin(None)
            phase, run = "answer", []
        elif (row.kind == "plain" and phase != "stem") or (row.kind == "listed" and run):
            run.append(row)
        if row.answered:
            phase = "answer"
        gap = False
    return starts


def _asks(paper: Paper, run: Sequence[_Row]) -> bool:
    return any(_GAP.search(paper.scan, row.start, row.end) for row in run)


def _stem_rows(paper: Paper, run: Sequence[_Row], phase: str) -> list[_Row]:
    """Which of the plain lines between two questions are the stem of the second."""
    run = run[: next((place for place, row in enumerate(run) if row.kind == "listed"), len(run))]
    blank = max((place for place, row in enumerate(run) if row.kind == "empty"), default=-1)
    told = [row for row in run if row.kind != "empty"]
    after = [row for row in run[blank + 1 :] if row.kind != "empty"]
    if blank >= 0 and after:
        return after
    if phase != "explain" or len(told) < 2:
        return told
    first = len(told) - 1
    while first > 0 and not _ENDED.search(
        paper.scan[told[first - 1].start : told[first - 1].end].rstrip()
    ):
        first -= 1
    return told[first:]
