"""What stands in an answer key: numbers with answers, ranges, rows, tables, texts with reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jingzhong.exchange.questions.markdown import HEADED
from jingzhong.exchange.questions.marks import (
    ANSWER_KINDS,
    EXPLAIN_KINDS,
    MARK,
    TYPES,
    chinese_number,
    type_of,
)
from jingzhong.exchange.questions.sections import Heading
from jingzhong.exchange.questions.tidy import Paper

RANGE = re.compile(
    r"(?<![\d.])(?P<from>\d{1,4})[ \t]*(?:题)?[ \t]*[-~～至到―─][-]?[ \t]*(?P<to>\d{1,4})[ \t]*(?:题)?[ \t]*[:：.、)]?[ \t]*(?P<row>[A-H√×对错TFYN正误VX](?:[ \t]{0,8}(?:[,，、;；|/][ \t]{0,8})?[A-H√×对错TFYN正误VX确]){0,200})"
)
PAIR = re.compile(
    r"(?<![\d.])[(【\[]?(?:第)?(?P<number>\d{1,4})[ \t]*(?:题)?[ \t]*[.、:：)】\]\-—]*[ \t]*[(【\[]?[ \t]*(?P<answer>[A-H](?:[ \t]{0,2}[,、]?[ \t]{0,2}[A-H](?![a-z]))*|√|×|正确|错误|对|错|[TFYN](?![A-Za-z]))[ \t]*[)】\]]?(?=$|[\s,，;；、.。|]|\d|[(（【]|第)"
)
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]{1,2}[ \t]*[、.:：][ \t]*|\([一二三四五六七八九十]{1,2}\)[ \t]*[、.:：]?[ \t]*"
)
NUMBERS = re.compile(
    r"^[ \t|]*(?:题[ \t]?号|序[ \t]?号|题目|题)[ \t|:：]*(?P<row>\d{1,4}(?:[ \t|,，、]+\d{1,4})*)[ \t|]*$",
    re.MULTILINE,
)
ANSWERS = re.compile(
    r"^[ \t|]*(?:参考|正确|标准)?(?:答[ \t]?案|选项)[ \t|:：]*(?P<row>\S[^\n]*?)[ \t|]*$",
    re.MULTILINE,
)
_ITEM_HERE = re.compile(
    r"[ \t]*(?:[(（【\[]?[ \t]?(?P<number>\d{1,4})[ \t]?(?:[)）】\]]|[.、:：．]|题[:：]?)+|第[ \t]?(?P<ti>\d{1,4}|[一二三四五六七八九十百]{1,4})[ \t]?题[:：]?|(?P<alone>\d{1,4})[ \t]*(?=\n\s{0,8}[【\[(]?(?:参考|正确|标准)?答[ \t]?案))[ \t]*(?P<rest>[^\n]*)"
)
ITEM = re.compile("^" + _ITEM_HERE.pattern, re.MULTILINE)
# 单选：1.A 2.B, 多选题答案：AB ACD: a type in front of answers.
_LABEL = re.compile(
    rf"^[ \t]*(?P<pre>[一二三四五六七八九十]{{1,2}}[、.][ \t]*)?(?P<type>{TYPES})(?:部分)?(?:参考|标准)?(?:答案)?[ \t]*[:：]?[ \t]*(?=[A-H√×对错正(\[]|\d)",
    re.MULTILINE,
)
SIGN_ONE = r"[A-H√×对错TFYN正误VX]"
SIGN = r"(?:[A-H]{1,8}|√|×|正确|错误|对|错)"
# One sign at a time: a row of groups would be tried in all ways.
ONE = r"(?:[A-H√×]|正确|错误|对|错)"
_ROW = re.compile(
    rf"[\s:：【\[]*(?:(?:参考|标准|正确)?答案)?[\s:：】\]]*(?P<row>{ONE}(?:[\s,，、;；|]{{0,8}}{ONE})+)[\s。;；]*"
)
# 1 2 3 above A B C, without words in front.
_TWO_LINES = re.compile(
    rf"^[ \t|]*(?P<numbers>\d{{1,3}}(?:[ \t|]+\d{{1,3}})+)[ \t|]*\n[ \t|]*(?P<row>{SIGN}(?:[ \t|]+{SIGN})+)[ \t|]*$",
    re.MULTILINE,
)


@dataclass
class Entry:
    """One answer of a key: its number, its words, a reason beside it, where it stands."""

    number: int
    answer: str
    explanation: str
    at: int


@dataclass
class Part:
    """The entries of one section of a key; `type` or `ordinal` (一, 二) where it names the section.

    `row`: its answers without numbers (ABCDA), `at` where they stand.
    """

    type: str
    entries: list[Entry] = field(default_factory=list)
    ordinal: str = ""
    row: str = ""
    at: int = 0


def read_parts(paper: Paper, headings: Sequence[Heading], start: int, end: int) -> list[Part]:
    """The sections of a key, each with its answers; `start` to `end` holds nothing else."""
    scan = paper.scan
    inside = [
        (heading.start, heading.end, heading.type, heading.title)
        for heading in headings
        if start <= heading.start < end
    ]
    taken = {begin for begin, *_ in inside}
    for match in re.compile(
        rf"(?:^[ \t]*|(?<=[A-H√×对错确误。;；案]))(?P<name>{_ORDINAL.pattern})(?=[(【\[第]?\d|\n)",
        re.MULTILINE,
    ).finditer(scan, start, end):
        if match.start() not in taken:
            inside.append((match.start(), match.end(), "", match["name"]))
    for match in _LABEL.finditer(scan, start, end):
        if not any(left <= match.start("type") < right for left, right, *_ in inside):
            title = match["pre"] or ""
            inside.append((match.start(), match.end(), type_of(match["type"]), title))
    inside.sort()
    parts: list[Part] = []
    edges = [start, *(begin for begin, *_ in inside), end]
    for place, begin in enumerate(edges[:-1]):
        _, content, kind, title = inside[place - 1] if place else (begin, begin, "", "")
        entries = _entries(paper, min(content, edges[place + 1]), edges[place + 1])
        row = "" if entries else _row_of(scan[content : edges[place + 1]])
        if not kind and not title and not answers_many(row):
            row = ""  # 答案： and A、B, C below: one question's answer.
        if entries or kind or row:
            ordinal = re.match(r"[\s(（]*([一二三四五六七八九十]{1,2})[\s、.．)）:：]", title)
            if row and not kind and not ordinal:
                above = [heading.type for heading in headings if heading.start < start]
                kind = above[-1] if above else ""
            parts.append(Part(kind, entries, ordinal[1] if ordinal else "", row, content))
    return parts


def _entries(paper: Paper, start: int, end: int) -> list[Entry]:
    """The entries of one section of a key, whatever form it has."""
    scan = paper.scan
    found: list[Entry] = []
    taken = bytearray(max(end - start, 0) + 1)

    def take(left: int, right: int) -> None:
        taken[left - start : right - start] = b"x" * (right - left)

    def free(at: int) -> bool:
        return not taken[at - start]

    for match in NUMBERS.finditer(scan, start, end):
        row = ANSWERS.match(scan, match.end() + 1, end) if match.end() < end else None
        numbers = re.findall(r"\d+", match["row"])
        answers = re.split(r"[ \t|]+", row["row"].strip(" \t|")) if row else []
        if row and len(numbers) == len(answers):
            found += [
                Entry(int(number), answer, "", match.start())
                for number, answer in zip(numbers, answers, strict=True)
            ]
            take(match.start(), row.end())
    for match in _TWO_LINES.finditer(scan, start, end):
        numbers, answers = (
            match["numbers"].replace("|", " ").split(),
            re.findall(SIGN, match["row"]),
        )
        steps = [int(number) - int(numbers[0]) for number in numbers]
        if (
            len(numbers) == len(answers)
            and steps == list(range(len(steps)))
            and free(match.start())
        ):
            found += [
                Entry(int(number), answer, "", match.start())
                for number, answer in zip(numbers, answers, strict=True)
            ]
            take(match.start(), match.end())
    for match in RANGE.finditer(scan, start, end):
        low, high = int(match["from"]), int(match["to"])
        answers = _spread(match["row"], high - low + 1) if low <= high < low + 500 else []
        if answers and free(match.start()):
            found += [
                Entry(low + place, answer, "", match.start())
                for place, answer in enumerate(answers)
            ]
            take(match.start(), match.end())
    first = _ITEM_HERE.match(scan, start, end)
    for match in [*([first] if first else []), *ITEM.finditer(scan, start + bool(first), end)]:
        if not free(match.start()):
            continue
        pairs = list(PAIR.finditer(scan, match.start(), match.end()))
        if len(pairs) >= 2 and _covers(scan[match.start() : match.end()], pairs):
            found += [
                Entry(int(pair["number"]), pair["answer"], "", pair.start()) for pair in pairs
            ]
        else:
            told = match["number"] or match["alone"]
            number = int(told) if told else chinese_number(match["ti"])
            found.append(Entry(number, "", "", match.start("rest")))
            found += _further(scan, match.start("rest"), match.end(), number)
        take(match.start(), match.end())
    for match in PAIR.finditer(scan, start, end):
        if free(match.start()):
            found.append(Entry(int(match["number"]), match["answer"], "", match.start()))
            take(match.start(), match.end())
    found.sort(key=lambda entry: entry.at)
    _fill_texts(paper, found, end)
    return [entry for entry in found if entry.answer]


def _row_of(text: str) -> str:
    """The answers of a section in one row without numbers, or ""."""
    match = _ROW.fullmatch(text) if len(text) < 4000 else None
    return match["row"] if match else ""


def spread_row(row: str, count: int) -> list[str]:
    """The answers of a row without numbers, if there are just so many."""
    groups = [group for group in re.split(r"[\s,，、;；|]+", row) if group]
    if len(groups) == count:
        return groups
    signs = re.findall(r"[A-H]|√|×|正确|错误|对|错", row)
    return signs if len(signs) == count else []


def _further(scan: str, start: int, end: int, number: int) -> list[Entry]:
    """Items that go on in one line: 1.预防为主  2.119."""
    found = []
    for match in re.compile(r"(?<=[\s;；。])(\d{1,3})[ \t]*[.、)：:][ \t]*").finditer(
        scan, start, end
    ):
        # 2.119 is number 2 only where it stands apart.
        apart = (
            not scan[match.end() : match.end() + 1].isdigit()
            or scan[match.start() - 2 : match.start()].isspace()
        )
        if int(match[1]) == number + 1 and apart:
            number += 1
            found.append(Entry(number, "", "", match.end()))
    return found


def answers_many(row: str) -> bool:
    """Whether a row of signs cannot be the answer of one question: ABCDABC, √××."""
    letters, verdicts = re.findall("[A-H]", row), re.findall("√|×|正确|错误|对|错", row)
    return len(verdicts) > 1 or (len(letters) > 2 and len(set(letters)) < len(letters))


def is_pairs(line: str, least: int = 3) -> bool:
    """Whether a line is nothing but numbers with answers: 1.A 2.B 3.C."""
    said = re.match(r"[ \t]*[【\[(]?(?:参考|正确|标准)?答[ \t]?案[】\]]?[ \t]*[:：]?", line)
    line = line[said.end() :] if said else line
    if len(line) > 4000 or not re.match(
        rf"[ \t(【\[]*(?:{_ORDINAL.pattern})?[ \t(【\[第]*\d", line
    ):
        return False
    pairs = list(PAIR.finditer(line))
    return (
        len(pairs) >= (2 if said else least)
        and len(re.sub(r"[\s,，;；、.。|]", "", PAIR.sub("", line))) <= 2
    )


def _covers(line: str, pairs: Sequence[re.Match[str]]) -> bool:
    rest = len(line) - sum(pair.end() - pair.start() for pair in pairs)
    return rest <= len(line) * 0.4


def _spread(row: str, count: int) -> list[str]:
    """The answers of a range: one sign each, or groups parted by blanks."""
    row = row.replace("正确", "√").replace("错误", "×")
    groups = [
        re.sub(r"[^A-H√×对错TFYN正误VX]", "", part)
        for part in re.split(r"[ \t,，、;；|/]+", row.strip())
    ]
    groups = [group for group in groups if group]
    if len(groups) == count:
        return groups
    signs = re.findall(SIGN_ONE, row)
    return signs if len(signs) == count else []


def _fill_texts(paper: Paper, entries: list[Entry], end: int) -> None:
    """Give line entries their words, up to the next entry; split off reasons."""
    items = [entry for entry in entries if not entry.answer]
    places = [entry.at for entry in entries]
    for entry in items:
        following = next((place for place in places if place > entry.at), end)
        stop = following
        if following < end:
            # Leave out the number that the next entry begins with.
            lead = re.search(
                r"[(【\[第]?[ \t]*(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[ \t]*(?:题|[)】\].、:：．])*[ \t]*$",
                paper.scan[entry.at : following],
            )
            stop = entry.at + lead.start() if lead else following
        # The next heading ends the last answer of a section.
        told = paper.text.find("\n" + HEADED, entry.at, stop)
        stop = told if told >= 0 and paper.text[entry.at : told].strip() else stop
        text, scan = paper.text[entry.at : stop], paper.scan[entry.at : stop]
        for mark in MARK.finditer(scan):
            kind = mark.lastgroup or ""
            if kind in EXPLAIN_KINDS:
                entry.explanation = text[mark.end() :].strip()
                text, scan = text[: mark.start()], scan[: mark.start()]
                break
        first = MARK.match(scan.lstrip())
        if first and (first.lastgroup in ANSWER_KINDS) and first.lastgroup != "paren":
            text = text[len(scan) - len(scan.lstrip()) + first.end() :]
        entry.answer = text.strip()
