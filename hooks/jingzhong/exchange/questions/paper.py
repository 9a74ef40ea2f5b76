"""A paper as plain text: lines in, questions out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from jingzhong.exchange.questions import patterns
from jingzhong.exchange.questions.blank_answers import blanks_below
from jingzhong.exchange.questions.body import read_body
from jingzhong.exchange.questions.bounds import (
    answered_behind,
    before_case,
    before_heading,
    behind_key_title,
)
from jingzhong.exchange.questions.evidence import Evidence
from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.guard import CODE, look_over
from jingzhong.exchange.questions.key_answers import apply_key
from jingzhong.exchange.questions.keys import Key, find_keys
from jingzhong.exchange.questions.marks import BARE_SCORE, Mark, find_marks
from jingzhong.exchange.questions.pages import without_feet, without_page_counters
from jingzhong.exchange.questions.sections import ROUND, Heading, find_headings
from jingzhong.exchange.questions.shell import rejoin, strip_shell
from jingzhong.exchange.questions.starts import choose_starts
from jingzhong.exchange.questions.stems import Chunk, drop_levels
from jingzhong.exchange.questions.tidy import Line, Paper, tidy
from jingzhong.exchange.questions.unnumbered import split, type_starts

# How a stem asks: with a blank, a question mark, or a verb left open.
_ASKED = re.compile(r"（[ \t]*）|_{2,}|[?？]|(?:是|有|为|包括|属于|应当?|可以|不得|的)[：:]?$")

_PART = re.compile(
    r"第[ \t]?([一二三四五六七八九十]{1,3}|\d{1,2})[ \t]?(?:部分|章|篇|单元|模块)(?:[ \t、:.]|$)"
)


def read_lines(lines: Sequence[Line], *, markdown: bool = False) -> Haul:
    """All questions of a text, in its order."""
    cleaned = tidy(lines, markdown=markdown)
    special = patterns.read_pattern(cleaned)
    if special is not None:
        return special
    parts = patterns.parted(cleaned)
    if parts is None:
        return read_paper(_paper(cleaned))
    haul = Haul()
    for text, table in parts:
        haul.take(table if table is not None else read_paper(_paper(text)))
    return haul


def _paper(lines: Sequence[Line]) -> Paper:
    """The lines of a text without pages and shell."""
    return Paper(rejoin(strip_shell(without_feet(without_page_counters(lines)))))


def read_paper(paper: Paper) -> Haul:
    """All questions of a paper whose shell is off."""
    haul = Haul()
    headings = find_headings(paper)
    keys = find_keys(paper, headings)
    marks = list(find_marks(paper.scan))
    evidence = Evidence(paper, marks)
    asked: list[list[Found]] = []
    parts = [
        _chunks(paper, evidence, marks, heading, start, end)
        for heading, start, end in _sections(paper, headings, keys)
    ]
    every = [chunk for chunks in parts for chunk in chunks]
    scored = _has_scores(paper, every)
    filled = _answers_in_brackets(evidence, every)
    for chunks in parts:
        group: list[Found] = []
        lettered = answered_behind(paper, chunks)
        lined = _answers_below(paper, chunks)
        for chunk in chunks:
            inside = marks[_at(marks, chunk.text) : _at(marks, chunk.end)]
            found = read_body(
                paper, chunk, inside, scored=scored, filled=filled, lettered=lettered, lined=lined
            )
            if found is not None and found.has("survey_field"):
                haul.note(found.line, "survey_field", f"“{found.stem[:20]}”像是登记信息，不当题目")
            elif found is not None:
                if behind_key_title(paper, chunk, inside, found, group):
                    found.doubt(
                        CODE,
                        "请核对：答案在“参考答案”的标题下面，前面的题都没有答案，可能是别的题的",
                    )
                group.append(found)
        asked.append(group)
        haul.questions.extend(group)
    for key in keys:
        apply_key(paper, key, asked, haul)
    _drop_forms(haul)
    if not any(mark.kind == "answer" for mark in marks):
        _drop_lists(haul)
    drop_levels(haul.questions)
    _mark_truncated(haul.questions)
    look_over(haul.questions)
    _count_headings(asked, haul)
    return haul


def _drop_forms(haul: Haul) -> None:
    """A form with blanks to fill in is no paper: nothing in it has options, answer or type."""
    told = [found for found in haul.questions if not found.has("type_unknown")]
    brackets = sum("（）" in found.stem for found in haul.questions)
    if not told and brackets < 3:
        haul.questions.clear()


def _drop_lists(haul: Haul) -> None:
    """Lists with letters are no paper either: nothing answers, nothing is left blank or asked."""
    if any(
        found.answer is not None or found.implied is not None or found.declared or found.answer_text
        for found in haul.questions
    ):
        return
    asked = sum(bool(_ASKED.search(found.stem)) for found in haul.questions)
    if asked * 2 < len(haul.questions):
        haul.questions.clear()


def _mark_truncated(questions: Sequence[Found]) -> None:
    """Stems that all stop at one length without an end were cut off by whoever copied them."""
    open_ended = [
        found for found in questions if re.search(r"[\u4e00-\u9fffA-Za-z，、]$", found.stem)
    ]
    longest = max((len(found.stem) for found in questions), default=0)
    cut = [found for found in open_ended if len(found.stem) == longest]
    if len(cut) >= 3 and longest >= 15:
        for found in cut:
            found.doubt("truncated", f"题干像是在第 {longest} 个字处被截断了，请和原题核对")


def _count_headings(groups: Sequence[Sequence[Found]], haul: Haul) -> None:
    """Say where a heading promises another number of questions than follow it."""
    for group in groups:
        titles = {found.section for found in group}
        told = (
            re.search(r"共[ \t]*(\d{1,4})[ \t]*(?:小?题|道)", titles.pop())
            if len(titles) == 1
            else None
        )
        if told and int(told[1]) != len(group):
            message = (
                f"标题写共 {told[1]} 题，下面读到 {len(group)} 题（题目可能不全，或没有全部认出）"
            )
            haul.note(group[0].line, "section_count", message)


def _at(marks: Sequence[Mark], offset: int) -> int:
    return bisect_left(marks, offset, key=lambda mark: mark.start)


def _sections(
    paper: Paper, headings: Sequence[Heading], keys: Sequence[Key]
) -> list[tuple[Heading | None, int, int]]:
    """(heading that rules it, start, end) of every stretch between headings and keys."""
    cuts: list[tuple[int, int, Heading | None]] = [
        (heading.start, heading.end, heading)
        for heading in headings
        if not any(key.start <= heading.start < key.end for key in keys)
    ]
    cuts += [(key.start, key.end, None) for key in keys]
    sections: list[tuple[Heading | None, int, int]] = []
    ruling: Heading | None = None
    parted = False
    at = 0
    for start, end, heading in sorted(cuts, key=lambda cut: cut[0]):
        if start > at:
            sections.append((ruling, at, start))
        at = max(at, end)
        if heading is not None:
            part = _PART.match(heading.title)
            first = part is not None and part[1] in ("一", "1")
            if part and not heading.type and not first and not parted:
                # 第二部分 ends what 第一部分 was, though nobody wrote that name above it.
                ruling = heading
            else:
                ruling = _ruling(ruling, heading)
            parted = (parted or first) and not heading.type
    sections.append((ruling, at, len(paper.text)))
    return [
        (heading, start, _before_title(paper, end))
        for heading, start, end in sections
        if paper.text[start:end].strip()
    ]


def _ruling(before: Heading | None, heading: Heading) -> Heading:
    """A mere title keeps the type of a heading above it, unless it is numbered as that one is."""
    if heading.type or before is None or not before.type or ROUND.match(heading.title):
        return heading
    if _style(before.title) == _style(heading.title):
        return heading
    return Heading(heading.start, heading.end, before.type, heading.title)


def _style(title: str) -> str:
    match = re.match(r"[ \t#*]*(第|[（(【\[]|[一二三四五六七八九十])", title)
    return (
        {"（": "(", "【": "(", "[": "("}.get(match[1], match[1] if match[1] in "第(" else "一")
        if match
        else ""
    )


def _before_title(paper: Paper, end: int) -> int:
    """Leave out a short title line right above the next heading (the name of a unit)."""
    if end >= len(paper.text):
        return end
    stripped = paper.text[:end].rstrip()
    start = stripped.rfind("\n") + 1
    line = paper.scan[start : len(stripped)].strip()
    if (
        start
        and 0 < len(line) <= 24
        and re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9《》“”\-+&·、 ]+", line)
        and not re.match(r"[A-Ja-j][.、 :)]|\d|[①-⑨]", line)
        and len(line) >= 3
        and next(find_marks(line), None) is None
        and not re.search(r"[A-J][.、:)]", line)
    ):
        head = paper.scan[max(start - 40, 0) : start].rstrip()
        before = head[-1:]
        if re.search(r"(?:^|[\s(])[A-J][ \t]?[.、:)]$", head):
            return end
        if not before or before in "。.;!?)】)”":
            return start
    return end


def _chunks(
    paper: Paper,
    evidence: Evidence,
    marks: Sequence[Mark],
    heading: Heading | None,
    start: int,
    end: int,
) -> list[Chunk]:
    """The stretches of a section that may each be one question."""
    kind = heading.type if heading else ""
    title = heading.title if heading else ""
    numbers = choose_starts(paper, evidence, start, end, kind=kind)
    begins: dict[int, tuple[int, str]] = {
        number.at: (number.text, str(number.number)) for number in numbers
    }
    for begin, text, number in type_starts(paper, evidence, start, end, numbers):
        begins.setdefault(begin, (text, number))
    if not begins or (min(begins) > start and evidence.strength(start, min(begins)) >= 2):
        begins[start] = (start, "")
    places = sorted(begins)
    chunks: list[Chunk] = []
    for place, begin in enumerate(places):
        stop = places[place + 1] if place + 1 < len(places) else end
        text, number = begins[begin]
        edges = [text]
        if _holds_several(evidence, text, stop) or kind in (
            "judge",
            "blank",
            "single",
            "multiple",
            "choice",
        ):
            inside = marks[_at(marks, text) : _at(marks, stop)]
            if not number or _holds_several(evidence, text, stop):
                edges += [
                    edge for edge in split(paper, evidence, inside, text, stop, kind) if edge > text
                ]
        for index, left in enumerate(edges):
            right = edges[index + 1] if index + 1 < len(edges) else stop
            at = begin if index == 0 else left
            right = before_heading(paper, evidence, left, right)
            right = before_case(paper, left, right) if number else right
            at += len(paper.text[at:right]) - len(paper.text[at:right].lstrip())
            chunks.append(Chunk(at, left, right, number if index == 0 else "", title, kind))
    return chunks


def _holds_several(evidence: Evidence, start: int, end: int) -> bool:
    """Whether a stretch has two answers, or options that begin anew."""
    answers = bisect_left(evidence.answers, end) - bisect_left(evidence.answers, start)
    if answers >= 2:
        return True
    filled = bisect_left(evidence.asking, end) - bisect_left(evidence.asking, start)
    options = bisect_left(evidence.options_a, end) - bisect_left(evidence.options_a, start)
    return options >= 2 or filled >= 2


def _has_scores(paper: Paper, chunks: Sequence[Chunk]) -> bool:
    """Whether bare numbers in brackets stand at an edge of most stems: (1.0)."""
    count = 0
    for chunk in chunks:
        line = paper.scan[chunk.text : min(paper.line_end(chunk.text), chunk.end)].strip()
        count += bool(BARE_SCORE.match(line) or re.search(BARE_SCORE.pattern + "$", line))
    return count >= 3 and count * 2 >= len(chunks)


def _answers_below(paper: Paper, chunks: Sequence[Chunk]) -> bool:
    """Whether the words for the blanks of nearly every stem stand on the lines below it."""
    told = sum(bool(blanks_below(paper.text[chunk.text : chunk.end])[1]) for chunk in chunks)
    return told >= 3 and told * 10 >= len(chunks) * 9


def _answers_in_brackets(evidence: Evidence, chunks: Sequence[Chunk]) -> bool:
    """Whether most questions are answered in a bracket of their stem."""
    told = sum(
        bisect_left(evidence.asking, chunk.end) > bisect_left(evidence.asking, chunk.at)
        for chunk in chunks
    )
    return told >= 3 and told * 2 >= len(chunks)
