"""The last look at what was read: signs that a cut went wrong, so that nobody takes it unseen.

Every question of a text passes here. What shows such a sign is left out of the bank with the
reason and 请核对, whether or not it reads well: a wrong question that was accepted is the worst
that an import can do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from jingzhong.exchange.questions.answers import CIRCLES, bare, judged
from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.marks import SURE_TYPES, find_marks
from jingzhong.exchange.questions.tidy import SCAN

CODE = "look_again"
# What is left of 正确答案：A when a cut went through it.
_LABELS = frozenset({"答案", "正确答案", "参考答案", "标准答案", "参考", "标准", "正确", "解析"})
_VERDICT = re.compile(r"\([ \t]*(?:√|×|正确|错误|对|错)[ \t]*\)")
_ENDED_VERDICT = re.compile(r"[。!?;][ \t]*\([ \t]*(?:√|×|正确|错误|对|错|[XVM,])[ \t]*\)[ \t]*\S")
_BLANK = re.compile(r"\([ \t]*(?:[A-H]{1,6}|√|×|对|错)?[ \t]*\)|_{2,}")
_TAILED = re.compile(r"\S(?:参考|正确|标准)?答案[•:：\s]*$")
_LETTERED_BLANK = re.compile(r"(?:\([ \t]*\)|_{2,}).*\([ \t]*[A-H]{1,6}[ \t]*\)", re.DOTALL)
_LED = re.compile(r"[A-J][ \t]?[.、:)][ \t]*[\u4e00-\u9fff]")
_LEFT_OPEN = re.compile(r"[\u4e00-\u9fff](?:[和与及或、，,])$")
_TITLED = re.compile(
    rf"(?:第[一二三四五六]部分|[一二三四五六][、.)])[^。,;]{{0,8}}(?:{SURE_TYPES})|(?<=\S)[ \t]*(?:{SURE_TYPES})[ \t]*\d"
)
_TICKED = re.compile(
    r"(?<=\S)[ \t]*[☆○◯□☐▢◇][ \t]*\S|\S[ \t]*[•\-][ \t]*[(\[]?[A-J ][.、:)\]]|[\u4e00-\u9fff?。][ \t]*-[ \t]+[(\u4e00-\u9fff]"
)
_LABEL = re.compile(r"[【\[][ \t]*(?:选项|题目|题干)[ \t]*[】\]]|^[ \t]*选项[ \t]*:")
_BY_LETTER = re.compile(r"[A-H]{1,6}|[①-⑧]{1,6}")
_LABELLED = re.compile(r"[。)?][ \t]*(?:参考|标准|正确)?答案[与及和]?[ \t:]*$")
_TYPED = re.compile(r"(?:单选|多选|判断|填空|选择)题?[ \t]*\d")
_RULED = re.compile(r"[-=~*#]{3,}|[☆○◯□☐▢]")
_POINTS = re.compile(r"[。?!)][ \t]*\d{1,2}(?:\.\d)?[ \t]*分$")
_JOINED = re.compile(
    r"[【\[](?:正确|错误|对|错|√|×)[】\]]|(?:正确错误|对错)$|[√×][ \t]*\d{1,3}[ \t]*[.、]|A[ \t]?[.、:)][ \t]*(?:正确|错误|对|错|√|×)"
)
# 1有限空间…; 110报警电话, 3号楼 and 5类 begin stems.
_GLUED = re.compile(
    r"(?!11[09]|12[0-9])(\d{1,3})(?=[\u4e00-\u9fff])(?![年月日时分秒号个名人米度吨条元种类次天级项层楼步台只对岁小毫厘千百万亿伏安瓦公升克多余以周届倍张件套根把位处家部所起批支至到或比例段期相])"
)
_COUNTED = re.compile(r"(?<!\d)(\d{1,4})[ \t]*[、.]")
_GOES_ON = re.compile(
    r"(?<![\d.、,~-])(\d{1,4})[ \t]*[、.:](?![\d ]*\d)[ \t]*[\u4e00-\u9fff《“A-Za-z(]"
)
_APART = re.compile(r"(?:^|(?<=[。;!?\n \t]))(\d{1,4})[ \t]*[、.](?!\d)")
_INNER = re.compile(
    r"(?<=[。?!;)_])[ \t]*(\d{1,3})[ \t]*(?:、|\.)(?!\d)[ \t]*(?=[\u4e00-\u9fff《“])"
)
_HEADING = re.compile(r"[。;!?)][ \t]*[一二三四五六七八九十]{1,2}、[^。,;()]{1,12}题[。:]?[ \t]*$")
_NUMBERED = re.compile(r"\\?(\d{1,3})[ \t]*(?:[、:](?!\d)|\.(?!\d))[ \t]*(?=[\u4e00-\u9fff(《“])")
_LETTERS = re.compile(
    r"(?:^|[\s。?:;)])[(\[【]?A[ \t]?[.、:)\]】][ \t]*[^\s,、].*?[\s;。)\u4e00-\u9fff][(\[【]?B[ \t]?[.、:)\]】][ \t]*[^\s,、]",
    re.DOTALL,
)


def look_over(questions: Sequence[Found]) -> None:
    """Doubt every question that a wrong cut may have made."""
    for found in questions:
        for sign in _SIGNS:
            if reason := sign(found):
                found.doubt(CODE, f"请核对：{reason}")
                break


def _next(found: Found) -> int:
    return int(found.number) + 1 if found.number.isdigit() else 0


def _holds_next(text: str, following: int) -> bool:
    """Whether a text goes on with the next question: …的开关3、绝缘棒平时应…"""
    if not following:
        return False
    scan = text.translate(SCAN)
    numbers = {int(match[1]) for match in _COUNTED.finditer(scan)}
    # 1、…；2、… counts inside the text itself.
    if following - 1 in numbers:
        return False
    return any(int(match[1]) == following and match.start() for match in _GOES_ON.finditer(scan))


def _option_words(found: Found) -> str:
    if len(found.options) < 2:
        return ""
    verdicts = [letter for letter, text in found.options.items() if judged(text) is not None]
    for letter, text in found.options.items():
        words = bare(text)
        # The label stands behind the options, so the cut makes it the last one.
        alone = verdicts == [letter] and words == "正确" and letter == [*found.options][-1]
        if (words in _LABELS and words != "正确") or alone:
            return f"选项 {letter} 只有“{text}”，像是从“正确答案”里切下来的"
        if not words and not re.search(r"[^\s.。,，、]", text):
            return f"选项 {letter} 是空的"
        if any(
            mark.kind == "answer" and mark.word != "said"
            for mark in find_marks(text.translate(SCAN))
        ):
            return f"选项 {letter} 里还有答案"
    lone = [re.fullmatch("[A-J]", text.strip()) is not None for text in found.options.values()]
    led = any(_LED.match(text.translate(SCAN)) for text in found.options.values())
    again = any(
        re.match(rf"{letter}[ \t]+[\u4e00-\u9fff]", text) for letter, text in found.options.items()
    )
    shifted = [
        re.match(rf"{chr(ord(letter) + 1)}[ \t]+[\u4e00-\u9fff]", text) is not None
        for letter, text in found.options.items()
    ]
    again = again or sum(shifted) >= 2
    if led or again or (any(lone) and not all(lone)):
        return "有的选项只有字母，或以选项的字母开头"
    if _goes_on(found):
        return "最后一个选项里像是还有下一个选项"
    if any(_LEFT_OPEN.search(text) for text in found.options.values()):
        return "有的选项没有说完就断了，可能切错了地方"
    if any(_TITLED.search(text.translate(SCAN)) for text in found.options.values()):
        return "选项里像是粘着大题的标题"
    if any(_TICKED.search(text) for text in found.options.values()):
        return "选项里像是还有一个选项"
    ends = [letter for letter, text in found.options.items() if _TAILED.search(text)]
    return f"选项 {ends[0]} 的末尾粘着“答案”" if len(ends) == 1 else ""


def _goes_on(found: Found) -> bool:
    """Whether an option holds the letter behind its own: …随意挂D. 不挂; 和E、F两类 is a list."""
    for letter, text in found.options.items():
        scan, after = text.translate(SCAN), chr(ord(letter) + 1)
        glued = rf"(?<![和与及或、,(A-Za-z类]){after}(?:[ \t]?[.、:)](?!\d|[ \t]?[A-Z])|[ \t]+(?=[\u4e00-\u9fff]))"
        glued += rf"|\S[(\[【]{after}[)\]】](?=[\u4e00-\u9fff])"
        glued += rf"|[ \t]{after}(?=[a-z]{{2}}[a-z]*[\-/_])"
        ended = re.search(rf"[\u4e00-\u9fff。;]{after}$", scan)
        place = len(found.options)
        if place < len(CIRCLES) and re.search(
            rf"[\u4e00-\u9fff;。]{CIRCLES[place]}[\u4e00-\u9fff]", scan
        ):
            return True
        if ended or any(match.start() for match in re.finditer(glued, scan)):
            return True
    return False


def _option_numbers(found: Found) -> str:
    lengths = sorted(len(text) for text in found.options.values())
    for letter, text in found.options.items():
        if _holds_next(text, _next(found)):
            return f"选项 {letter} 里像是有第 {_next(found)} 题"
        scan = text.translate(SCAN)
        long = len(text) > 40 and len(text) > 3 * lengths[len(lengths) // 2]
        match = re.search(r"\d{1,3}[ \t]*[、.](?!\d)", scan) if long else None
        if match and _BLANK.search(scan, match.end()):
            return f"选项 {letter} 比别的长得多，里面像是还有一题"
    return ""


def _option_brackets(found: Found) -> str:
    """（A、B、C 三项）: an option that opens a bracket which a later one closes."""
    texts = [found.stem, *found.options.values()]
    scans = [text.translate(SCAN) for text in texts]
    for one, two in pairwise(scans):
        opened = one.count("(") - one.count(")")
        closed = two.count(")") - two.count("(")
        first = two.find(")") >= 0 and (two.find("(") < 0 or two.find(")") < two.find("("))
        if opened > 0 and closed > 0 and first and len(found.options) >= 2:
            return "有一对括号跨在两个选项之间，可能切错了地方"
    return ""


def _stem_marks(found: Found) -> str:
    scan = found.stem.translate(SCAN)
    marked = [mark for mark in find_marks(scan) if mark.kind == "answer" and mark.word != "said"]
    if marked and found.type != "short":
        return "题干里还有“答案”"
    if found.type in ("judge", "single", "multiple") and _ENDED_VERDICT.search(scan):
        return "题干里还有判断的括号，可能是几道题连在一起"
    if found.type != "short" and (
        _LABEL.search(scan) or _TITLED.search(scan) or _TYPED.match(scan)
    ):
        return "题干里还有“选项”一类的标签，或大题的标题"
    if found.type != "short" and _LABELLED.search(scan):
        return "题干末尾粘着“答案”"
    if _RULED.match(scan):
        return "题干以横线或选项的符号开头"
    if found.type != "short" and _POINTS.search(scan):
        return "题干末尾像是分数"
    if found.type == "judge" and _JOINED.search(scan):
        return "题干里像是还有别的题，或选项"
    if found.options and _VERDICT.search(scan):
        return "题干里有判断的括号，题目却有选项"
    if found.options and _LETTERED_BLANK.search(scan):
        return "题干里有空，又有填了字母的括号，可能是两道题"
    if found.type == "judge" and _VERDICT.search(scan):
        return "题干里还有判断的括号，可能是几道题连在一起"
    if found.type == "judge" and _VERDICT.search(found.explanation.translate(SCAN)):
        return "解析里还有判断的括号，可能是下一题"
    return ""


def _stem_numbers(found: Found) -> str:
    scan = found.stem.translate(SCAN)
    glued = _GLUED.match(scan)
    if glued and found.type != "short" and (not found.number or int(glued[1]) == _next(found)):
        return f"题干开头的“{glued[1]}”像是题号"
    lead = _NUMBERED.match(scan)
    if lead and found.type != "short":
        return f"题干以题号一样的“{lead[0].strip()}”开头"
    if found.type == "short":
        return ""
    if _HEADING.search(scan):
        return "题干末尾像是粘着一个大题的标题"
    following = _next(found)
    if found.type == "blank" and _counts_on(scan):
        return "题干里像是有好几道题"
    # 先看：1、…；2、…: the list begins inside the stem.
    listed = following - 1 in {int(match[1]) for match in _COUNTED.finditer(scan)}
    for place in () if listed else _INNER.finditer(scan):
        blank = _BLANK.search(scan, place.end()) is not None
        if int(place[1]) == following and (blank or found.type == "judge"):
            return f"题干里像是还有第 {place[1]} 题"
        if found.type == "blank" and not following and blank:
            return f"题干里像是还有第 {place[1]} 题"
    return ""


def _counts_on(scan: str) -> bool:
    """Whether 8、…____。9、…____ counts on inside a stem, with a blank behind each number."""
    spots = list(re.finditer(r"(?<=[。?!;])[ \t]*(\d{1,3})[ \t]*(?:、|\.)(?!\d{1,2}[^\d])", scan))
    return any(
        int(two[1]) == int(one[1]) + 1
        and _BLANK.search(scan, one.end(), two.start())
        and _BLANK.search(scan, two.end())
        for one, two in pairwise(spots)
    )


def _swallowed(found: Found) -> str:
    """An explanation or a blank's answer that goes on with the next question."""
    following, scan = _next(found), found.explanation.translate(SCAN)
    if following and _LETTERS.search(scan):
        spots = [match for match in _APART.finditer(scan) if int(match[1]) == following]
        if spots and scan.find("B", spots[0].end()) > 0:
            return f"解析里像是有第 {following} 题"
    if isinstance(found.answer, list) and any(
        _holds_next(text, following) for text in found.answer
    ):
        return f"填空的答案里像是有第 {following} 题"
    if found.type != "short" and _LETTERS.search(found.stem.translate(SCAN)):
        return "题干里像是还有选项 A、B"
    if found.type in ("judge", "single", "multiple") and _TICKED.search(found.stem.translate(SCAN)):
        return "题干里像是还有选项"
    answers = found.answer if isinstance(found.answer, list) else []
    if found.type == "blank" and answers and all(map(_BY_LETTER.fullmatch, answers)):
        return "填空的答案只有字母，选项可能丢了"
    return ""


_SIGNS: tuple[Callable[[Found], str], ...] = (
    _option_words,
    _option_numbers,
    _option_brackets,
    _stem_marks,
    _stem_numbers,
    _swallowed,
)
