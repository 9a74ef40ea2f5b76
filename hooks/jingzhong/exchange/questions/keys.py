"""Answer keys apart from the questions: ranges, rows, tables, texts, by section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from jingzhong.exchange.questions.marks import (
    ANSWER_KINDS,
    EXPLAIN_KINDS,
    MARK,
    TYPES,
    chinese_number,
    find_marks,
    type_of,
)
from jingzhong.exchange.questions.sections import Heading
from jingzhong.exchange.questions.tidy import SCAN, Paper

_TITLE = re.compile(
    r"^[ \t#*>【\[(]*(?:附[件录]?[一二三1-9]?[ \t]*[:：、.]?[ \t]*)?(?:[一二三四五六七八九十]{1,3}[、.][ \t]*)?[^\n:：。,，?？]{0,40}?(?:参考|标准|正确|试题|试卷|习题|题库)?答[ \t]{0,4}案"
    r"(?:及|与|和)?(?:评分标准|详?解析?|评分细则|部分|页|表|区|卷|汇总|速查|如下|一览表?)?[ \t】\])*]*[:：]?[ \t*]*(?:\([^()\n]{0,20}\))?[ \t]*$",
    re.MULTILINE,
)
_RANGE = re.compile(
    r"(?<![\d.])(?P<from>\d{1,4})[ \t]*(?:题)?[ \t]*[-~～至到―─][-]?[ \t]*(?P<to>\d{1,4})[ \t]*(?:题)?[ \t]*[:：.、)]?[ \t]*(?P<row>[A-H√×对错TFYN正误VX](?:[ \t]{0,8}(?:[,，、;；|/][ \t]{0,8})?[A-H√×对错TFYN正误VX确]){0,200})"
)
_PAIR = re.compile(
    r"(?<![\d.])[(【\[]?(?:第)?(?P<number>\d{1,4})[ \t]*(?:题)?[ \t]*[.、:：)】\]\-—]*[ \t]*[(【\[]?[ \t]*(?P<answer>[A-H](?:[ \t]{0,2}[,、]?[ \t]{0,2}[A-H](?![a-z]))*|√|×|正确|错误|对|错|[TFYN](?![A-Za-z]))[ \t]*[)】\]]?(?=$|[\s,，;；、.。|]|\d|[(（【]|第)"
)
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]{1,2}[ \t]*[、.:：][ \t]*|\([一二三四五六七八九十]{1,2}\)[ \t]*[、.:：]?[ \t]*"
)
_NUMBERS = re.compile(
    r"^[ \t|]*(?:题[ \t]?号|序[ \t]?号|题目|题)[ \t|:：]*(?P<row>\d{1,4}(?:[ \t|,，、]+\d{1,4})*)[ \t|]*$",
    re.MULTILINE,
)
_ANSWERS = re.compile(
    r"^[ \t|]*(?:参考|正确|标准)?(?:答[ \t]?案|选项)[ \t|:：]*(?P<row>\S[^\n]*?)[ \t|]*$",
    re.MULTILINE,
)
_ITEM_HERE = re.compile(
    r"[ \t]*(?:[(（【\[]?[ \t]?(?P<number>\d{1,4})[ \t]?(?:[)）】\]]|[.、:：．]|题[:：]?)+|第(?P<ti>\d{1,4}|[一二三四五六七八九十百]{1,4})题[:：]?)[ \t]*(?P<rest>[^\n]*)"
)
_ITEM = re.compile("^" + _ITEM_HERE.pattern, re.MULTILINE)
_OPTIONS_LINE = re.compile(
    r"^[ \t]*[(\[【]?A[)\]】]?[ \t]?[.、:)][ \t]*\S.*(?:\n[ \t]*)?\s*[(\[【]?B[)\]】]?[ \t]?[.、:)]",
    re.MULTILINE,
)

# 单选：1.A 2.B, 多选题答案：AB ACD: a type in front of answers.
_LABEL = re.compile(
    rf"^[ \t]*(?P<pre>[一二三四五六七八九十]{{1,2}}[、.][ \t]*)?(?P<type>{TYPES})(?:部分)?(?:参考|标准)?(?:答案)?[ \t]*[:：]?[ \t]*(?=[A-H√×对错正(\[]|\d)",
    re.MULTILINE,
)
_SIGN_ONE = r"[A-H√×对错TFYN正误VX]"
_SIGN = r"(?:[A-H]{1,8}|√|×|正确|错误|对|错)"
_ROW = re.compile(
    rf"[\s:：【\[]*(?:(?:参考|标准|正确)?答案)?[\s:：】\]]*(?P<row>{_SIGN}(?:[\s,，、;；|]*{_SIGN})+)[\s。;；]*"
)
# 答案：ABCDABC below a section: more letters than one question can have.
_ROW_LINE = re.compile(
    rf"^[ \t]*[【\[(]?(?:参考|标准|正确)?答案[】\])]?[ \t]*[:：]?[ \t]*(?P<row>{_SIGN}(?:[ \t,，、;；]*{_SIGN})+)[ \t。]*$",
    re.MULTILINE,
)
# …（ ）标准答案一、1~5 ABCDA, all in one line.
_GLUED_KEY = re.compile(
    rf"(?:参考|标准|正确)?答案[ \t]*[:：]?[ \t]*(?=(?:一、)?[ \t]*(?:1[ \t]*[-~至到]+[ \t]*\d{{1,3}}[ \t:：.、]*{_SIGN}[ \t,，、]*{_SIGN}|\(?1[.、:) \t]*{_SIGN}[ \t,，、;；。.]*\(?2[.、:) \t]*{_SIGN}))"
)
# 1 2 3 above A B C, without words in front.
_TWO_LINES = re.compile(
    rf"^[ \t|]*(?P<numbers>\d{{1,3}}(?:[ \t|]+\d{{1,3}})+)[ \t|]*\n[ \t|]*(?P<row>{_SIGN}(?:[ \t|]+{_SIGN})+)[ \t|]*$",
    re.MULTILINE,
)
# The answers of one question's blanks: (1) … and (2) … on lines of their own.
_LISTED = re.compile(r"\s*(?:^[ \t]*\(\d{1,2}\)[^\n]*(?:\n|$)){1,12}", re.MULTILINE)
_NUMBERED = re.compile(r"^[ \t]*\d{1,4}[ \t]*[.、](?!\d)", re.MULTILINE)
_GAPS = re.compile(r"_{2,}|\([ \t]*\)|【[ \t]*】")


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
    begins += [(heading.start, heading.start) for heading in headings if heading.key]
    begins += [
        (_at_word(scan, heading.start), heading.start)
        for heading, following in pairwise([*headings, None])
        if heading and _is_answers(scan, heading.end, following.start if following else len(scan))
    ]
    begins += [
        (match.start(), match.start())
        for match in _ROW_LINE.finditer(scan)
        if _answers_many(match["row"])
    ]
    begins += [(match.start(), match.start()) for match in _GLUED_KEY.finditer(scan)]
    begins += [(left, left) for left, right in paper.spans if _is_pairs(scan[left:right])]
    begins += [
        (paper.line_start(match.start()), paper.line_start(match.start()))
        for match in _RANGE.finditer(scan)
        if _whole_line(paper, match)
    ]
    begins += [
        (match.start(), match.start())
        for match in _NUMBERS.finditer(scan)
        if _ANSWERS.match(scan, min(match.end() + 1, len(scan)))
    ]
    for title, content in sorted(set(begins)):
        if keys and title < keys[-1].end:
            continue
        end = _end(paper, headings, title, content)
        parts = _parts(paper, headings, content, end)
        entries = sum(len(part.entries) + bool(part.row) for part in parts)
        if _fills_gaps(scan, title, content):
            continue
        if entries and (title == content or _mostly_entries(paper, content, end, parts)):
            keys.append(Key(title, end, parts))
    return keys


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
    symbols = len(re.findall(_SIGN_ONE, match["row"]))
    return (
        not before.strip(" \t【】[]()单多项选判断填空择题答案:：、.一二三四五六")
        and 1 < numbers <= symbols
    )


def _end(paper: Paper, headings: Sequence[Heading], title: int, content: int) -> int:
    """A key ends where questions with options begin again, else with the paper."""
    scan = paper.scan
    again = _OPTIONS_LINE.search(scan, content)
    if again is None:
        blanks = re.compile(r"^[^\n]{8,}\([ \t]*\)[^\n]*$", re.MULTILINE).search(scan, content)
        if blanks is None:
            return len(scan)
        again = blanks
    before = [
        (heading.start, heading.end)
        for heading in headings
        if content <= heading.start < again.start() and not heading.key
    ]
    line = paper.line_start(again.start())
    numbered = [match.start() for match in _ITEM.finditer(scan, content, line + 1)]
    stem = numbered[-1] if numbered else line
    near = [
        begin for begin, behind in before if begin <= stem and not _has_entry(scan[behind:stem])
    ]
    return min([stem, *near[:1]])


def _has_entry(text: str) -> bool:
    return bool(_PAIR.search(text) or _RANGE.search(text) or _ITEM.search(text))


def _parts(paper: Paper, headings: Sequence[Heading], start: int, end: int) -> list[Part]:
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
        if not kind and not title and not _answers_many(row):
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

    for match in _NUMBERS.finditer(scan, start, end):
        row = _ANSWERS.match(scan, match.end() + 1, end) if match.end() < end else None
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
            re.findall(_SIGN, match["row"]),
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
    for match in _RANGE.finditer(scan, start, end):
        low, high = int(match["from"]), int(match["to"])
        answers = _spread(match["row"], high - low + 1) if low <= high < low + 500 else []
        if answers and free(match.start()):
            found += [
                Entry(low + place, answer, "", match.start())
                for place, answer in enumerate(answers)
            ]
            take(match.start(), match.end())
    first = _ITEM_HERE.match(scan, start, end)
    for match in [*([first] if first else []), *_ITEM.finditer(scan, start + bool(first), end)]:
        if not free(match.start()):
            continue
        pairs = list(_PAIR.finditer(scan, match.start(), match.end()))
        if len(pairs) >= 2 and _covers(scan[match.start() : match.end()], pairs):
            found += [
                Entry(int(pair["number"]), pair["answer"], "", pair.start()) for pair in pairs
            ]
        else:
            number = int(match["number"]) if match["number"] else chinese_number(match["ti"])
            found.append(Entry(number, "", "", match.start("rest")))
            found += _further(scan, match.start("rest"), match.end(), number)
        take(match.start(), match.end())
    for match in _PAIR.finditer(scan, start, end):
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


def _answers_many(row: str) -> bool:
    """Whether a row of signs cannot be the answer of one question: ABCDABC, √××."""
    letters, verdicts = re.findall("[A-H]", row), re.findall("√|×|正确|错误|对|错", row)
    return len(verdicts) > 1 or (len(letters) > 2 and len(set(letters)) < len(letters))


def _is_answers(scan: str, start: int, end: int) -> bool:
    """Whether a stretch below a heading is nothing but numbers with answers, or begins with a range."""
    first = start + len(scan[start:end]) - len(scan[start:end].lstrip(" \t:："))
    row = _RANGE.match(scan, first, end)
    numbers = int(row["to"]) - int(row["from"]) + 1 if row else 0
    ranged = row is not None and 1 < numbers <= len(re.findall(_SIGN_ONE, row["row"]))
    return ranged or _is_pairs(scan[start:end].strip(), least=2)


def _at_word(scan: str, start: int) -> int:
    """Where 答案 begins that stands right before a key glued to it."""
    word = re.search(
        r"(?:参考|标准|正确)?答案[ \t]*[:：]?[ \t]*$", scan[max(start - 12, 0) : start]
    )
    return max(start - 12, 0) + word.start() if word else start


def _is_pairs(line: str, least: int = 3) -> bool:
    """Whether a line is nothing but numbers with answers: 1.A 2.B 3.C."""
    said = re.match(r"[ \t]*[【\[(]?(?:参考|正确|标准)?答[ \t]?案[】\]]?[ \t]*[:：]?", line)
    line = line[said.end() :] if said else line
    if len(line) > 4000 or not re.match(
        rf"[ \t(【\[]*(?:{_ORDINAL.pattern})?[ \t(【\[第]*\d", line
    ):
        return False
    pairs = list(_PAIR.finditer(line))
    return (
        len(pairs) >= (2 if said else least)
        and len(re.sub(r"[\s,，;；、.。|]", "", _PAIR.sub("", line))) <= 2
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
    signs = re.findall(_SIGN_ONE, row)
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
