"""Answer keys apart from the questions: ranges, rows, tables, texts, by section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jingzhong.exchange.questions.marks import EXPLAIN_KINDS, JUDGED, MARK, ANSWER_KINDS, chinese_number
from jingzhong.exchange.questions.sections import Heading
from jingzhong.exchange.questions.tidy import Paper

_TITLE = re.compile(
    r"^[ \t#*>【\[(]*(?:附[件录]?[一二三1-9]?[ \t]*[:：、.]?[ \t]*)?(?:[一二三四五六七八九十]{1,3}[、.][ \t]*)?[^\n:：。,，?？]{0,40}?(?:参考|标准|正确|试题|试卷|习题|题库)?答[ \t]{0,4}案"
    r"(?:及|与|和)?(?:评分标准|详?解析?|评分细则|部分|页|表|区|卷|汇总|速查|如下|一览表?)?[ \t】\])*]*[:：]?[ \t*]*(?:\([^()\n]{0,20}\))?[ \t]*$",
    re.MULTILINE,
)
_SYMBOL = rf"(?:[A-H](?:[ \t]*[,、]?[ \t]*[A-H])*|{JUDGED})"
_RANGE = re.compile(r"(?<![\d.])(?P<from>\d{1,4})[ \t]*(?:题)?[ \t]*[-~～至到―─][-]?[ \t]*(?P<to>\d{1,4})[ \t]*(?:题)?[ \t]*[:：.、)]?[ \t]*(?P<row>[A-H√×对错TFYN正误VX](?:[ \t]*[,，、;；|/]?[ \t]*[A-H√×对错TFYN正误VX确]){0,200})")
_PAIR = re.compile(rf"(?<![\d.])[(【\[]?(?:第)?(?P<number>\d{{1,4}})[ \t]*(?:题)?[ \t]*[.、:：)】\]\-—]*[ \t]*[(【\[]?[ \t]*(?P<answer>[A-H](?:[ \t]{{0,2}}[,、]?[ \t]{{0,2}}[A-H](?![a-z]))*|√|×|正确|错误|对|错|[TFYN](?![A-Za-z]))[ \t]*[)】\]]?(?=$|[\s,，;；、.。|]|\d|[(（【]|第)")
_NUMBERS = re.compile(r"^[ \t|]*(?:题[ \t]?号|序[ \t]?号|题目|题)[ \t|:：]*(?P<row>\d{1,4}(?:[ \t|,，、]+\d{1,4})*)[ \t|]*$", re.MULTILINE)
_ANSWERS = re.compile(r"^[ \t|]*(?:参考|正确|标准)?(?:答[ \t]?案|选项)[ \t|:：]*(?P<row>\S[^\n]*?)[ \t|]*$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[(（【\[]?[ \t]?(?P<number>\d{1,4})[ \t]?(?:[)）】\]]|[.、:：．]|题[:：]?)+|第(?P<ti>\d{1,4}|[一二三四五六七八九十百]{1,4})题[:：]?)[ \t]*(?P<rest>[^\n]*)", re.MULTILINE)
_OPTIONS_LINE = re.compile(r"^[ \t]*[(\[【]?A[)\]】]?[ \t]?[.、:)][ \t]*\S.*(?:\n[ \t]*)?\s*[(\[【]?B[)\]】]?[ \t]?[.、:)]", re.MULTILINE)


@dataclass
class Entry:
    """One answer of a key: its number, its words, a reason beside it, where it stands."""

    number: int
    answer: str
    explanation: str
    at: int


@dataclass
class Part:
    """The entries of one section of a key; `type` where a heading names it."""

    type: str
    entries: list[Entry] = field(default_factory=list)


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
    begins = [(match.start(), match.end()) for match in _TITLE.finditer(scan)]
    begins += [(heading.start, heading.start) for heading in headings if heading.key]
    begins += [(left, left) for left, right in paper.spans if _is_pairs(scan[left:right])]
    begins += [(paper.line_start(match.start()), paper.line_start(match.start())) for match in _RANGE.finditer(scan) if _whole_line(paper, match)]
    begins += [(match.start(), match.start()) for match in _NUMBERS.finditer(scan) if _ANSWERS.match(scan, min(match.end() + 1, len(scan)))]
    for title, content in sorted(set(begins)):
        if keys and title < keys[-1].end:
            continue
        end = _end(paper, headings, title, content)
        parts = _parts(paper, headings, content, end)
        entries = sum(len(part.entries) for part in parts)
        if entries and (title == content or _mostly_entries(paper, content, end, parts)):
            keys.append(Key(title, end, parts))
    return keys


def _whole_line(paper: Paper, match: re.Match[str]) -> bool:
    before = paper.scan[paper.line_start(match.start()) : match.start()]
    numbers = int(match["to"]) - int(match["from"]) + 1
    symbols = len(re.findall(r"[A-H√×对错TFYN正误VX]", match["row"]))
    return not before.strip(" \t【】[]()单多项选判断填空择题答案:：、.一二三四五六") and 1 < numbers <= symbols


def _end(paper: Paper, headings: Sequence[Heading], title: int, content: int) -> int:
    """A key ends where questions with options begin again, else with the paper."""
    scan = paper.scan
    again = _OPTIONS_LINE.search(scan, content)
    if again is None:
        blanks = re.compile(r"^[^\n]{8,}\([ \t]*\)[^\n]*$", re.MULTILINE).search(scan, content)
        if blanks is None:
            return len(scan)
        again = blanks
    before = [heading.start for heading in headings if content <= heading.start < again.start() and not heading.key]
    line = paper.line_start(again.start())
    numbered = [match.start() for match in _ITEM.finditer(scan, content, line + 1)]
    stem = numbered[-1] if numbered else line
    near = [start for start in before if start <= stem and not _has_entry(scan[paper.line_end(start) : stem])]
    return min([stem, *near[:1]])


def _has_entry(text: str) -> bool:
    return bool(_PAIR.search(text) or _RANGE.search(text) or _ITEM.search(text))


def _parts(paper: Paper, headings: Sequence[Heading], start: int, end: int) -> list[Part]:
    inside = [heading for heading in headings if start <= heading.start < end]
    parts: list[Part] = []
    edges = [start, *(heading.start for heading in inside), end]
    for place, begin in enumerate(edges[:-1]):
        heading = inside[place - 1] if place else None
        content = heading.end if heading else begin
        entries = _entries(paper, content, edges[place + 1])
        if heading is not None and (heading.type or entries):
            parts.append(Part(heading.type, entries))
        elif entries:
            parts.append(Part("", entries))
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
            found += [Entry(int(number), answer, "", match.start()) for number, answer in zip(numbers, answers, strict=True)]
            take(match.start(), row.end())
    for match in _RANGE.finditer(scan, start, end):
        low, high = int(match["from"]), int(match["to"])
        answers = _spread(match["row"], high - low + 1) if low <= high < low + 500 else []
        if answers and free(match.start()):
            found += [Entry(low + place, answer, "", match.start()) for place, answer in enumerate(answers)]
            take(match.start(), match.end())
    for match in _ITEM.finditer(scan, start, end):
        if not free(match.start()):
            continue
        pairs = list(_PAIR.finditer(scan, match.start(), match.end()))
        if len(pairs) >= 2 and _covers(scan[match.start() : match.end()], pairs):
            found += [Entry(int(pair["number"]), pair["answer"], "", pair.start()) for pair in pairs]
        else:
            number = int(match["number"]) if match["number"] else chinese_number(match["ti"])
            found.append(Entry(number, "", "", match.start("rest")))
        take(match.start(), match.end())
    for match in _PAIR.finditer(scan, start, end):
        if free(match.start()):
            found.append(Entry(int(match["number"]), match["answer"], "", match.start()))
            take(match.start(), match.end())
    found.sort(key=lambda entry: entry.at)
    _fill_texts(paper, found, end)
    return [entry for entry in found if entry.answer]


def _is_pairs(line: str) -> bool:
    """Whether a line is nothing but numbers with answers: 1.A 2.B 3.C."""
    if len(line) > 4000 or not line.lstrip(" \t(【[第")[:1].isdigit():
        return False
    pairs = list(_PAIR.finditer(line))
    return len(pairs) >= 3 and len(re.sub(r"[\s,，;；、.。|]", "", _PAIR.sub("", line))) <= 2


def _covers(line: str, pairs: Sequence[re.Match[str]]) -> bool:
    rest = len(line) - sum(pair.end() - pair.start() for pair in pairs)
    return rest <= len(line) * 0.4


def _spread(row: str, count: int) -> list[str]:
    """The answers of a range: one sign each, or groups parted by blanks."""
    row = row.replace("正确", "√").replace("错误", "×")
    groups = [re.sub(r"[^A-H√×对错TFYN正误VX]", "", part) for part in re.split(r"[ \t,，、;；|/]+", row.strip())]
    groups = [group for group in groups if group]
    if len(groups) == count:
        return groups
    signs = re.findall(r"[A-H√×对错TFYN正误VX]", row)
    return signs if len(signs) == count else []


def _fill_texts(paper: Paper, entries: list[Entry], end: int) -> None:
    """Give line entries their words, up to the next entry; split off reasons."""
    items = [entry for entry in entries if not entry.answer]
    places = [entry.at for entry in entries]
    for entry in items:
        following = next((place for place in places if place > entry.at), end)
        stop = following
        line = paper.line_start(following) if following < end else end
        stop = min(stop, max(line, entry.at))
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
    first = min(entry.at for entry in entries)
    between = paper.text[start:first].strip()
    if len(between) > 120:
        return False
    asked = sum(bool(re.search(r"\([ \t]*\)|_{3,}|[?]", entry.answer)) for entry in entries)
    return asked * 3 <= len(entries)
