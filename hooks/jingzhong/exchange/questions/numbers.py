"""Numbers that may begin a question: at a line's start in any style, inside a line in some."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from jingzhong.exchange.questions.marks import CN_DIGITS, JUDGED, LETTERS, TYPES, chinese_number
from jingzhong.exchange.questions.tidy import Paper

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LINE = rf"^[ \t]*(?:[*>•·●■◆★☆▲\-][ \t]*){{0,3}}[\"“]?(?P<lead>[【\[](?:题目|题干|试题)[】\]][ \t]*:?[ \t]*)?(?P<mark>[【\[(][ \t]*(?:(?:{TYPES})|{LETTERS}|{JUDGED})?[ \t]*[】\])][ \t]*)?"
_NUMBER = rf"""(?:
    (?P<ti>第[ \t]?(?P<n1>\d{{1,4}}|[{CN_DIGITS}]{{1,4}})[ \t]?(?:小?题|道题|问)[ \t]*[:、.,]?)
  | (?P<timu>(?:试题|题目|题号|考题|例题|题|例)[ \t]?(?P<n2>\d{{1,4}})[ \t]*[:、.,)]?)
  | (?P<label>(?:试题|题目|题号|序号|编号)[ \t]*:[ \t]*(?P<n16>\d{{1,4}})[ \t]*$)
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
  | (?P<colon>(?P<n9>\d{{1,4}})[ \t]*(?:[:,;][ \t]*(?![0-9])|:(?=\d{{2,}}[A-Za-z\u4e00-\u9fff])))
  | (?P<tab>(?P<n12>\d{{1,4}})(?:(?:\t[ \t]*|[ ]{{2,8}})(?=[^\s\d]|\d{{1,6}}(?:\.\d+)?[\u4e00-\u9fff])|[ ](?=[^\s\d])))
  | (?P<glue>(?P<n13>\d{{1,4}})(?=[\u4e00-\u9fff“《(【\[])(?![年月日时分秒号个名人米度吨条元种类次天级项层楼步台只对岁小毫厘千百万亿伏安瓦公升克多余以周届倍张件套根把位处家部所起批支]))
  | (?P<latin>(?P<n17>\d{{1,4}})(?=[A-Z][A-Za-z]{{1,8}}\.?\d{{0,3}}[\u4e00-\u9fff])(?!\d+(?:[kKM]?[VWA]|[kMG]?Pa|[KMGT]B|[kMG]?Hz|[kK][gGmM]|AM|PM)))
  | (?P<cn>(?P<n14>[{CN_DIGITS}]{{1,4}})[ \t]?[、.])
)"""
_AT_LINE = re.compile(_LINE + _NUMBER, re.MULTILINE | re.VERBOSE)
_HERE = re.compile(r"[ \t]*" + _NUMBER, re.MULTILINE | re.VERBOSE)
# Inside a line only forms that text seldom has: the chain of numbers decides.
_INSIDE = re.compile(
    rf"""(?<=.)(?:
    (?P<ti>第[ \t]?(?P<n1>\d{{1,4}}|[{CN_DIGITS}]{{1,4}})[ \t]?题[ \t]*[:、.,]?)
  | (?P<lent>【[ \t]?(?:题干|题目|试题)?[ \t]?(?P<n4>\d{{1,4}})[ \t]?】)
  | (?P<pad>(?<=[A-H√×对错确误。)])(?P<n15>0[1-9]|[1-9]\d)(?=\d{{0,4}}[\u4e00-\u9fff《“(]))
  | (?P<par>\([ \t]?(?P<n5>\d{{1,4}})[ \t]?\)[ \t]*[、.]?)
  | (?P<dun>(?<!\d)(?P<n7>\d{{1,8}})[ \t]*、)
  | (?P<dot>(?<!\d)(?P<n8>\d{{1,8}})[ \t]*\.(?!\d+\.))
    )""",
    re.VERBOSE,
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,3})(?:[ \t]+|(?=[\u4e00-\u9fff(（“《]))(?!\d)")


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
    rows = [item for item in found.values() if not (item.style == "circ" and named(scan, item.at))]
    rows.sort(key=lambda item: item.at)
    return _with_dotted(scan, rows)


# A．①② / B．②③: options that only name what a stem has listed.
_NAMING = re.compile(
    rf"\n[ \t]*A[ \t]?[.、:)][ \t]*[{_CIRCLED}][{_CIRCLED}、,和 \t]*(?=[\nB])[ \t\n]*B[ \t]?[.、:)][ \t]*[{_CIRCLED}]"
)
_AWAY = re.compile(r"\n[ \t]*\n|答案|(?<=\n)[ \t]*[A-J][ \t]?[.、:)]")


def named(scan: str, at: int) -> bool:
    """Whether options that name ①② follow a ① with nothing between, so that it is in a stem."""
    match = _NAMING.search(scan, at, at + 1500)
    return match is not None and not _AWAY.search(scan, at, match.start())


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
            if text is not None and name not in ("mark", "lead") and not name.startswith("n")
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
    begin = match.start(next(name for name in ("lead", "mark", style) if groups.get(name)))
    return Start(begin, match.end(), number, style, inside, digit)
