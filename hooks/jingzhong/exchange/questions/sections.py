"""Headings: 一、单项选择题(每题2分), 判断题, 第二部分 多选题 …, and titles that name no type."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jingzhong.exchange.questions.marks import TYPES, find_marks, type_of
from jingzhong.exchange.questions.tidy import Paper

_CN = "[一二三四五六七八九十]{1,3}"
_BULLETS = r"[ \t]*(?:[#>*•★●■◆▲☆·][ \t]*)*"
_PREFIX = rf"""(?:
    第[ \t]?(?:{_CN}|\d{{1,2}})[ \t]?(?:部分|大题|大类|章|节|篇|单元|类|卷|题型|题)[ \t]*[、.:,]?[ \t]*
    (?:{_CN}[、.][ \t]*)?
  | [(\[【][ \t]?{_CN}[ \t]?[)\]】][ \t]?[、.:]?[ \t]*
  | {_CN}[ \t]?[、.,:][ \t]*(?:\d{{1,2}}[ \t]+(?={TYPES}))?
  | {_CN}[ \t]+
  | {_CN}(?={TYPES})
  | 题型{_CN}[ \t]*[:、.]?[ \t]*
  | (?:\d{{1,2}}|[IVXⅠⅡⅢⅣⅤⅥ]{{1,4}})[ \t]?[、.)][ \t]*
)"""
_HEADING = re.compile(
    rf"(?P<line>^{_BULLETS})?(?P<open>[【\[<(《]?)(?P<pre>{_PREFIX})?(?P<open2>[【\[<《]?)(?:安全|本)?(?P<type>{TYPES})(?P<key>(?:部分)?(?:参考|标准|正确)?答案)?[】\]>)》]*",
    re.MULTILINE | re.VERBOSE,
)
_TAIL = re.compile(
    r"""[ \t]*(?:
      \([^()\n]{0,160}\) | 【[^】\n]{0,80}】 | \[[^\[\]\n]{0,80}\]
    | (?:总|合)?[共计][ \t]*\d+[ \t]*(?:小?题|道题?|个|分|条) | 共计?[ \t]*\d+[ \t]*
    | (?:每小?题|每空|每道题?|每个|各)[ \t]*\d+(?:\.\d+)?[ \t]*分 | (?:合计|满分|总分|总计|计)[ \t]*\d+[ \t]*分
    | \d+[ \t]*(?:小?题|道题?|分) | 部分 | 试题 | 题目 | 题库 | 练习 | 及(?:参考)?答案 | 类 | [,;:。.、*#=\-|]+
    )""",
    re.VERBOSE,
)
_INSTRUCTION = re.compile(
    r"每[小道个]?[题空]|答案|括号|选择|正确|打[√×“\"]|得分|共\d|备选|下列|请将|请在|分\)"
)
_FIRST = re.compile(r"[ \t]*(?:第?[ \t]*\(?[ \t]*(?:0?1|一)[ \t]*(?:题|[.、)])|01(?!\d))")
# 1-5 ABCDA: a heading within a key.
_RANGE_FIRST = re.compile(r"[ \t:]*\d{1,3}[ \t]*[-~至到]{1,2}[ \t]*\d{1,3}[ \t:.、)]*[A-H√×对错正]")
_ANY = re.compile(r"[ \t]*(?:第?[ \t]*\(?[ \t]*\d{1,4}[ \t]*(?:题|[.、)]))|[ \t]*01(?!\d)")
_TITLE = re.compile(
    rf"^{_BULLETS}(?:第[ \t]?(?:{_CN}|\d{{1,2}})[ \t]?(?:部分|章|节|篇|单元|类|卷|套|模块)[ \t]*[、.:]?[ \t]*|{_CN}[ \t]?[、.][ \t]*|\({_CN}\)[、.]?[ \t]*)(?P<name>[^\n]{{0,40}})$",
    re.MULTILINE,
)

_PART = re.compile(
    rf"{_BULLETS}第[ \t]?(?:{_CN}|\d{{1,2}})[ \t]?(?:部分|章|篇|单元|模块)(?:[ \t]*[:、.][ \t]*|[ \t]+)[^\n]{{2,30}}$"
)
_ENDED = re.compile(r"[。.;!?)】”A-H√×]$|(?:正确|错误|对|错)$")
_NAMED = re.compile(r"(?<=(?<![问难课主话议标])题)[ \t]*[。:]+[ \t]*$")

# The rounds of a contest: they name no type, and end the type of the section above.
ROUND = re.compile(
    rf"^{_BULLETS}(?:{_CN}[ \t]?[、.][ \t]*|\({_CN}\)|第{_CN}[轮环节部分]{{1,3}}[ \t:、]*)?(?:个人|集体|团队|小组|选手|现场|观众|各队)?"
    r"(?:必答|抢答|风险|附加|加赛|加试|共答|轮答|选答|互动|观众)题?[ \t]*(?:\([^()\n]{0,40}\))?[ \t:]*$",
    re.MULTILINE,
)


# $$$$ on a line, and the number 1 with a blank below it: two lists of questions.
_PARTED = re.compile(
    r"^[ \t]*(?:\${3,}|@{3,}|%{3,}|&{3,}|\+{3,}|\^{3,})[ \t]*$(?=\n\s*1[ \t]*[、.)][^\n]*(?:_{2}|\([ \t]*\)))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where it stands, the type it declares ("" for a mere title), 答案 in its words."""

    start: int
    end: int
    type: str
    title: str
    key: bool = False


def find_headings(paper: Paper) -> list[Heading]:
    """All headings of a paper, from top to bottom."""
    found: list[Heading] = []
    scan = paper.scan
    for match in _HEADING.finditer(scan):
        heading = _heading(paper, match)
        if heading and (not found or heading.start >= found[-1].end):
            found.append(heading)
    titles = [title for match in _TITLE.finditer(scan) if (title := _title(paper, match))]
    titles += [
        Heading(match.start(), match.end(), "", match[0].strip()) for match in ROUND.finditer(scan)
    ]
    titles += [Heading(match.start(), match.end(), "", "") for match in _PARTED.finditer(scan)]
    titles = list({title.start: title for title in titles}.values())
    typed = [(heading.start, heading.end) for heading in found]
    found += [
        title
        for title in titles
        if not any(start < title.end and title.start < end for start, end in typed)
    ]
    return sorted(found, key=lambda heading: heading.start)


def _heading(paper: Paper, match: re.Match[str]) -> Heading | None:
    scan = paper.scan
    at_line = match["line"] is not None
    numbered = bool(match["pre"])
    if bool(match["open"]) and not numbered and not at_line:
        return None
    start = match.start("pre") if numbered else match.start("type")
    if not at_line:
        # Glued papers: only 二、多项选择题 after a sentence, a bracket, an answer or a blank.
        if not match["type"].endswith("题"):
            return None
        if not numbered:
            return _glued_heading(paper, match)
        if not re.match(rf"{_CN}[ \t]?[、.]|\({_CN}\)|第", match["pre"]):
            return None
        tail = _tail_end(scan, match.end())
        begins = bool(_ANY.match(scan, tail) or _RANGE_FIRST.match(scan, tail))
        sure = re.match(rf"{_CN}[ \t]?[、.]", match["pre"]) is not None and begins
        if (
            start
            and not sure
            and not re.match(r"[\s。.;!?)】\]A-H√×对错确误”\"0-9]", scan[start - 1])
        ):
            return None
    end = _tail_end(scan, match.end())
    line_end = paper.line_end(end)
    rest = scan[end:line_end]
    word = match["type"]
    key = bool(match["key"])
    if (
        not word.endswith("题")
        and not (numbered and not rest.strip())
        and not (
            at_line
            and not rest.strip()
            and (len(word) == 4 or _stands_alone(paper, match.start(), line_end))
        )
    ):
        return None
    if (
        at_line
        and not numbered
        and _stands_in_question(paper, match.start(), scan[match.end() : end])
    ):
        return None
    title = paper.text[start:end].strip()
    if numbered and re.match(r"第[^大部章节篇]*题", match["pre"]) and rest.strip():
        return None
    if numbered and match["pre"][0].isdigit():
        # “1.单选题” may be a question's number and type: a heading is followed by the number 1.
        following = scan[line_end : line_end + 200].lstrip()
        if not re.match(r"\(?(?:1|一)[ \t]*(?:[.、):]|$|\n)|第[1一]题", following):
            return None
    if not rest.strip():
        return Heading(start, line_end, type_of(word), title, key)
    cn = numbered and not match["pre"][0].isdigit() and "题" not in match["pre"]
    if (
        _FIRST.match(rest)
        or _RANGE_FIRST.match(rest)
        or (cn and _ANY.match(rest))
        or (key and re.match(r"[ \t]*\(?\d", rest))
    ):
        return Heading(start, end, type_of(word), title, key)
    if key and at_line:
        return Heading(start, end, type_of(word), title, key)
    if not numbered or match["pre"][0].isdigit() or not _INSTRUCTION.search(rest):
        return None
    unmarked = next(find_marks(scan, end, line_end), None) is None
    if unmarked or _INSTRUCTION.match(rest.strip(" :")):
        first = re.search(r"(?<=[。.)\s:;”])(?:1[.、]|\(1\)|第1题)", rest)
        stop = end + first.start() if first else line_end
        if len(scan[end:stop]) <= 200:
            return Heading(start, stop, type_of(word), title, key)
    return None


def _glued_heading(paper: Paper, match: re.Match[str]) -> Heading | None:
    """答案：B）多选题：1、…: a bare type behind an end, with the number 1 behind it."""
    scan, start = paper.scan, match.start("type")
    end = _tail_end(scan, match.end())
    ended = start == 0 or re.match(r"[\s。;!?)】√×]", scan[start - 1])
    if match["open"] or not ended or not re.match(r"(?:1[.、]|第1题)", scan[end : end + 4]):
        return None
    return Heading(start, end, type_of(match["type"]), paper.text[start:end].strip())


def _stands_alone(paper: Paper, start: int, line_end: int) -> bool:
    """Whether 判断 alone on its line heads numbers, and is no end of a wrapped line."""
    line = paper.line_start(start)
    above = line - 1 - paper.line_start(line - 1) if line else 0
    wrapped = above >= max(paper.common, 24) - 2
    return not wrapped and _ANY.match(paper.scan[line_end : line_end + 60].lstrip()) is not None


def _stands_in_question(paper: Paper, start: int, tail: str) -> bool:
    """Whether a bare 单选题 on its own line belongs to a number alone on the line before."""
    before = paper.scan[max(start - 40, 0) : start].rstrip()
    line = before.rpartition("\n")[2].strip()
    return re.fullmatch(r"(?:第[ \t]*)?\d{1,4}[ \t]*(?:[.、)]|题)?", line) is not None


def _tail_end(scan: str, at: int) -> int:
    while match := _TAIL.match(scan, at):
        words = match[0]
        if re.match(
            r"[ \t]*\((?=[^()]*\d)[^()\u4e00-\u9fff]{2,20}\)[ \t]*(?:\n|$)",
            scan[at : match.end() + 1],
        ):
            # (2pt*10) at the line's end counts, in whatever words.
            return match.end()
        if "(" in words and not re.search(r"[题分空打选确误答√×共]|\d[-~至]+\d", words):
            break
        at = match.end()
    return at


def _parts(paper: Paper, match: re.Match[str]) -> bool:
    """第二部分 起重机械 on its own line behind an end: a heading, whatever follows it."""
    if not _PART.match(match[0]) or "," in match[0]:
        return False
    above = paper.scan[max(match.start() - 80, 0) : match.start()]
    return not above.strip() or above.endswith("\n\n") or bool(_ENDED.search(above.rstrip()))


def _title(paper: Paper, match: re.Match[str]) -> Heading | None:
    # 二、单项挑选题。: the name of a type, in whatever words.
    name = match["name"]
    if len(name) <= 12 and not re.search("[的是为应当不]", name):
        name = _NAMED.sub("", name)
    if re.search(r"[?!。;_]|\([ \t]*\)|[A-D][.、]", name) or next(find_marks(name), None):
        return None
    if re.search(r"[,:]$", name.strip()) or len(name.strip()) > 30 or re.match(r"[ \t(]*\d", name):
        return None
    following = paper.scan[match.end() : match.end() + 200].lstrip()
    line = following.split("\n")[0]
    if not re.match(
        rf"\(?\d{{1,4}}[ \t]*(?:[.、)]|$)|第\d+题|[【\[(](?:{TYPES})|{_CN}、|\({_CN}\)|第{_CN}|(?:{TYPES})",
        line,
    ) and not _parts(paper, match):
        return None
    return Heading(match.start(), match.end(), "", match[0].strip())
