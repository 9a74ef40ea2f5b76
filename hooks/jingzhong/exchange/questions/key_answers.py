"""The answers of a key given to the questions they belong to, section by section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions.answers import bare, read_answer
from jingzhong.exchange.questions.blanks import count_gaps
from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.key_parts import Entry, Part, spread_row
from jingzhong.exchange.questions.keys import Key
from jingzhong.exchange.questions.settling import check, settle
from jingzhong.exchange.questions.tidy import SCAN, Paper, plain
from jingzhong.exchange.questions.value import Value


def apply_key(paper: Paper, key: Key, groups: Sequence[Sequence[Found]], haul: Haul) -> None:
    """Give the answers of a key to the questions before it, section by section."""
    limit = paper.line_of(key.start)
    if not any(found.line <= limit for group in groups for found in group):
        limit = paper.line_of(len(paper.text))  # The key stands before the questions.
    waiting = [
        [found for found in group if found.line <= limit and found.answer is None]
        for group in groups
    ]
    open_groups = [part for group in waiting for part in _runs(group)]
    used: set[int] = set()
    for part in key.parts:
        if part.row and not _spread_row(paper, part, open_groups, used):
            haul.note(
                paper.line_of(part.at),
                "key_without_question",
                f"答案“{part.row[:20]}”没有题号，个数和题目对不上，没有采用",
            )
        entries = list(part.entries)
        while entries:
            place = _group_for(part, entries, open_groups, used)
            if place is None:
                for entry in entries:
                    haul.note(
                        paper.line_of(entry.at),
                        "key_without_question",
                        f"答案里有第 {entry.number} 题，没有找到这道题",
                    )
                break
            used.add(place)
            entries = _match(paper, entries, open_groups[place], last=bool(part.type))


def _spread_row(
    paper: Paper, part: Part, groups: Sequence[Sequence[Found]], used: set[int]
) -> bool:
    """Give a row without numbers to the section it names, if there are as many of both."""
    free = [place for place in range(len(groups)) if place not in used]
    named = [place for place in free if _names(part, groups[place])]
    fitting = [place for place in named or free if not part.type or _fits(part.type, groups[place])]
    if not fitting or not (part.type or named):
        return False
    group = groups[fitting[0]]
    signs = spread_row(part.row, len(group))
    if not signs:
        return False
    used.add(fitting[0])
    for found, sign in zip(group, signs, strict=True):
        _answer(paper, found, Entry(_number(found), sign, "", part.at))
    return True


def _names(part: Part, group: Sequence[Found]) -> bool:
    """Whether a part of a key has the ordinal of a section: 一, 二."""
    ordinal = rf"[\s(（第]*{part.ordinal}[\s、.．)）:：部]"
    return bool(part.ordinal) and re.match(ordinal, group[0].section) is not None


def _runs(group: Sequence[Found]) -> list[list[Found]]:
    """A group parted where its numbers begin anew: papers without headings."""
    runs: list[list[Found]] = []
    for found in group:
        number = _number(found)
        before = runs[-1][-1] if runs else found
        other = (before.declared or before.type) != (found.declared or found.type)
        if not runs or other or (number and number <= max(map(_number, runs[-1]))):
            runs.append([])
        runs[-1].append(found)
    return runs


def _group_for(
    part: Part, entries: Sequence[Entry], groups: Sequence[Sequence[Found]], used: set[int]
) -> int | None:
    free = [place for place in range(len(groups)) if place not in used]
    if part.ordinal:
        named = [place for place in free if _names(part, groups[place])]
        if named and (not part.type or _fits(part.type, groups[named[0]])):
            return named[0]
    if part.type:
        fitting = [place for place in free if _fits(part.type, groups[place])]
        return fitting[0] if fitting else None
    numbers = {entry.number for entry in entries[:3]}
    holding = [
        place
        for place in free
        if numbers & {_number(found) for found in groups[place]} and _suits(entries, groups[place])
    ]
    return holding[0] if holding else None


def _suits(entries: Sequence[Entry], group: Sequence[Found]) -> bool:
    """Whether answers of no named type can be those of a section: rows of letters are no verdicts."""
    declared = {found.declared for found in group}
    told = [entry.answer.translate(SCAN).strip(" \t\n.。;；") for entry in entries[: len(group)]]
    lettered = [text for text in told if re.fullmatch(r"[A-H]+(?:[ \t,、]*[A-H]+)*", text)]
    several = [text for text in lettered if len(re.sub("[^A-H]", "", text)) > 1]
    if declared == {"single"}:
        return len(several) * 2 < len(told)
    if declared == {"judge"} and len(lettered) == len(told):
        return len(set(lettered)) <= 2 and not several
    return True


def _fits(kind: str, group: Sequence[Found]) -> bool:
    types = {found.declared or found.type for found in group}
    choices = {"single", "multiple", "choice", "order"}
    return kind in types or (
        kind in choices
        and bool(types & choices)
        and (kind == "choice" or "choice" in types or kind in {found.type for found in group})
    )


def _number(found: Found) -> int:
    return int(found.number) if found.number.isdigit() else 0


def _match(
    paper: Paper, entries: Sequence[Entry], group: Sequence[Found], *, last: bool
) -> list[Entry]:
    """Answer a group's questions by number; what is left over belongs to a later group."""
    by_number: dict[int, list[Found]] = {}
    for place, found in enumerate(group, 1):
        by_number.setdefault(_number(found) or place, []).append(found)
    left: list[Entry] = []
    seen: set[int] = set()
    for entry in entries:
        waiting = by_number.get(entry.number, [])
        if not waiting or (entry.number in seen and not last) or left:
            left.append(entry)
            continue
        seen.add(entry.number)
        _answer(paper, waiting.pop(0), entry)
    return left


def _answer(paper: Paper, found: Found, entry: Entry) -> None:
    gaps = count_gaps(found.stem)
    kind = found.declared or (
        "blank"
        if found.type == "blank"
        else "judge"
        if found.type == "judge"
        else "short"
        if found.type == "short"
        else ""
    )
    if found.type == "single" and not found.options and not found.declared:
        kind = ""
    words = re.sub(r"^[ \t]*答[ \t]*[:：][ \t]*", "", entry.answer)
    value = read_answer(words, found.options, kind, gaps)
    verdicts = found.extra.get("verdicts", {})
    letter = words.translate(SCAN).strip(" \t.。、()").upper()
    if letter in verdicts:
        value = Value(verdicts[letter], kind="judge")
    reason = found.explanation or entry.explanation or value.rest
    problems = [
        problem
        for problem in found.problems
        if problem.code not in ("type_unknown", "answer_missing", "missing_options")
    ]
    found.problems = problems
    settle(found, found.stem, [value], kind)
    found.explanation = "" if bare(reason) in ("略", "无", "暂无") else plain(reason)
    check(found)
