"""Where a paper has an answer key apart from its questions, and where the key ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jingzhong.exchange.questions.key_parts import (
    ANSWERS,
    ITEM,
    NUMBERS,
    ONE,
    PAIR,
    RANGE,
    SIGN,
    SIGN_ONE,
    Part,
    answers_many,
    is_pairs,
    read_parts,
)
from jingzhong.exchange.questions.marks import find_marks
from jingzhong.exchange.questions.sections import Heading
from jingzhong.exchange.questions.tidy import SCAN, Paper

_TITLE = re.compile(
    r"^[ \t#*>【\[(]*(?:附[件录]?[一二三1-9]?[ \t]*[:：、.]?[ \t]*)?(?:[一二三四五六七八九十]{1,3}[、.][ \t]*)?[^\n:：。,，?？]{0,40}?(?:参考|标准|正确|试题|试卷|习题|题库)?答[ \t]{0,4}案"
    r"(?:及|与|和)?(?:评分标准|详?解析?|评分细则|部分|页|表|区|卷|汇总|速查|如下|一览表?)?[ \t】\])*]*[:：]?[ \t*]*(?:\([^()\n]{0,20}\))?[ \t]*$",
    re.MULTILINE,
)
_OPTIONS_LINE = re.compile(
    r"^[ \t]*[(\[【]?A[)\]】]?[ \t]?[.、:)][ \t]*\S.*(?:\n[ \t]*)?\s*[(\[【]?B[)\]】]?[ \t]?[.、:)]",
    re.MULTILINE,
)

# 答案：ABCDABC below a section: more letters than one question can have.
_ROW_LINE = re.compile(
    rf"^[ \t]*[【\[(]?(?:参考|标准|正确)?答案[】\])]?[ \t]*[:：]?[ \t]*(?P<row>{ONE}(?:[ \t,，、;；]{{0,8}}{ONE})+)[ \t。]*$",
    re.MULTILINE,
)
# …（ ）标准答案一、1~5 ABCDA, all in one line.
_GLUED_KEY = re.compile(
    rf"(?:参考|标准|正确)?答案[ \t]*[:：]?[ \t]*(?=(?:一、)?[ \t]*(?:1[ \t]*[-~至到]+[ \t]*\d{{1,3}}[ \t:：.、]*{SIGN}[ \t,，、]*{SIGN}|\(?1[.、:) \t]*{SIGN}[ \t,，、;；。.]*\(?2[.、:) \t]*{SIGN}))"
)
# The answers of one question's blanks: (1) … and (2) … on lines of their own.
_LISTED = re.compile(r"\s*(?:^[ \t]*\(\d{1,2}\)[^\n]*(?:\n|$)){1,12}", re.MULTILINE)
_NUMBERED = re.compile(r"^[ \t]*\d{1,4}[ \t]*[.、](?!\d)", re.MULTILINE)
_GAPS = re.compile(r"_{2,}|\([ \t]*\)|【[ \t]*】")


@dataclass
class Key:
    """A stretch of a paper that holds answers only."""

    start: int
    end: int
    parts: list[Part]


def find_keys(paper: Paper, headings: Sequence[Heading]) -> list[Key]:
    """The keys of a paper, in order; a title such as 题库及答案 above questions is none."""
    scan = paper.scan
    keys: list[Key] = []
    begins = [
        (match.start(), match.end())
        for match in _TITLE.finditer(scan)
        if _is_title(match[0].strip())
    ]
    begins = _without_runs(scan, begins)
    begins += [(heading.start, heading.start) for heading in headings if heading.key]
    begins += [
        (_at_word(scan, heading.start), heading.start)
        for heading, following in pairwise([*headings, None])
        if heading and _is_answers(scan, heading.end, following.start if following else len(scan))
    ]
    begins += [
        (match.start(), match.start())
        for match in _ROW_LINE.finditer(scan)
        if answers_many(match["row"])
    ]
    begins += [(match.start(), match.start()) for match in _GLUED_KEY.finditer(scan)]
    begins += [(left, left) for left, right in paper.spans if is_pairs(scan[left:right])]
    begins += [
        (paper.line_start(match.start()), paper.line_start(match.start()))
        for match in RANGE.finditer(scan)
        if _whole_line(paper, match)
    ]
    begins += [
        (match.start(), match.start())
        for match in NUMBERS.finditer(scan)
        if ANSWERS.match(scan, min(match.end() + 1, len(scan)))
    ]
    for title, content in sorted(set(begins)):
        if keys and title < keys[-1].end:
            continue
        end = _end(paper, headings, title, content)
        parts = read_parts(paper, headings, content, end)
        entries = sum(len(part.entries) + bool(part.row) for part in parts)
        if _fills_gaps(scan, title, content):
            continue
        if entries and (title == content or _mostly_entries(paper, content, end, parts)):
            keys.append(Key(title, end, parts))
    return keys


def _without_runs(scan: str, titles: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Titles without those that only follow two others: thousands of empty 答案： are no keys."""
    kept: list[tuple[int, int]] = []
    run, end = 0, -1
    for start, stop in titles:
        run = run + 1 if end >= 0 and not scan[end:start].strip() else 0
        end = stop
        if run < 2:
            kept.append((start, stop))
    return kept


def _fills_gaps(scan: str, title: int, content: int) -> bool:
    """答案： with (1) … (2) … below, as many as the question right above it has blanks."""
    listed = _LISTED.match(scan, content)
    if title == content or not listed:
        return False
    above = scan[max(title - 600, 0) : title]
    numbers = list(_NUMBERED.finditer(above))
    above = above[numbers[-1].end() :] if numbers else above
    gaps = len(_GAPS.findall(above))
    return gaps > 0 and gaps == len(re.findall(r"(?m)^[ \t]*\(\d{1,2}\)", listed[0]))


def _is_title(line: str) -> bool:
    """消火栓(正确答案) is an option marked right, no title."""
    return line[-1] not in ")】]" or line[0] in "([【" or "(" in line[:-6]


def _whole_line(paper: Paper, match: re.Match[str]) -> bool:
    before = paper.scan[paper.line_start(match.start()) : match.start()]
    numbers = int(match["to"]) - int(match["from"]) + 1
    symbols = len(re.findall(SIGN_ONE, match["row"]))
    return (
        not before.strip(" \t【】[]()单多项选判断填空择题答案:：、.一二三四五六")
        and 1 < numbers <= symbols
    )


def _end(paper: Paper, headings: Sequence[Heading], title: int, content: int) -> int:
    """A key ends where questions with options begin again, else with the paper."""
    scan = paper.scan
    again = _OPTIONS_LINE.search(scan, content)
    if again is None:
        # run() in a reason is no blank.
        blanks = re.compile(r"^[^\n]{7,}(?<![A-Za-z_])\([ \t]*\)[^\n]*$", re.MULTILINE).search(
            scan, content
        )
        if blanks is None:
            return len(scan)
        again = blanks
    before = [
        (heading.start, heading.end)
        for heading in headings
        if content <= heading.start < again.start() and not heading.key
    ]
    line = paper.line_start(again.start())
    numbered = [match.start() for match in ITEM.finditer(scan, content, line + 1)]
    stem = numbered[-1] if numbered else line
    near = [
        begin for begin, behind in before if begin <= stem and not _has_entry(scan[behind:stem])
    ]
    return min([stem, *near[:1]])


def _has_entry(text: str) -> bool:
    return bool(PAIR.search(text) or RANGE.search(text) or ITEM.search(text))


def _is_answers(scan: str, start: int, end: int) -> bool:
    """Whether a stretch below a heading is nothing but numbers with answers, or begins with a range."""
    first = start + len(scan[start:end]) - len(scan[start:end].lstrip(" \t:："))
    row = RANGE.match(scan, first, end)
    numbers = int(row["to"]) - int(row["from"]) + 1 if row else 0
    ranged = row is not None and 1 < numbers <= len(re.findall(SIGN_ONE, row["row"]))
    return ranged or is_pairs(scan[start:end].strip(), least=2)


def _at_word(scan: str, start: int) -> int:
    """Where 答案 begins that stands right before a key glued to it."""
    word = re.search(
        r"(?:参考|标准|正确)?答案[ \t]*[:：]?[ \t]*$", scan[max(start - 12, 0) : start]
    )
    return max(start - 12, 0) + word.start() if word else start


def _mostly_entries(paper: Paper, start: int, end: int, parts: Sequence[Part]) -> bool:
    """Whether a stretch after the word 答案 is a key, not the questions of a 题库及答案."""
    entries = [entry for part in parts for entry in part.entries]
    rows = [part.at for part in parts if part.row]
    first = min([entry.at for entry in entries] + rows)
    between = paper.scan[start:first].strip()
    if len(between) > 60 or re.search(r"[。;]|[\u4e00-\u9fff]{25}", between):
        return False
    asked = sum(
        bool(
            re.search(r"\([ \t]*\)|_{3,}|[?]|\n[ \t]*[○□☐◯]|题[】\]]", entry.answer.translate(SCAN))
        )
        or any(mark.kind == "answer" and mark.start for mark in find_marks(entry.answer))
        for entry in entries
    )
    return asked * 3 <= len(entries)
