"""One question's stretch of a paper, cut at its marks: stem, options, answers, reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jingzhong.exchange.questions.answers import bare, value_end
from jingzhong.exchange.questions.markdown import HEADED
from jingzhong.exchange.questions.marks import JUDGED, RIGHT_MARK, Mark
from jingzhong.exchange.questions.options import Option, find_options, option_text
from jingzhong.exchange.questions.tidy import PICTURED, SCAN, TINTED, Paper

BARE_LINE = re.compile(
    rf"[ \t]*[(\[【]?[ \t]*(?P<word>[A-H]{{1,8}}|[A-H](?:(?:[ \t]{{1,8}}|[ \t]{{0,8}}[,、][ \t]{{0,8}})[A-H]){{1,7}}|{JUDGED}|正确|错误|对|错)[ \t]*[)\]】]?[ \t]*[。.,;]?[ \t]*$"
)
# The captions of two buttons, 正确 and 错误, behind a judgement.
_CAPTIONS = re.compile(r"(?:[\s○◯□☐]*(?:正确|错误|对|错|是|否|√|×))+\s*$")
# A 119    B 120    （A）: the answer behind the last option, set apart.
_BEHIND = re.compile(r"(?:[ \t]{2,}|\t)\([ \t]*(?P<letters>[A-H]{1,8})[ \t]*\)[ \t]*$")
# What no option ends with.
_LEFT_OPEN = re.compile(r"(?:都|均|全|全部|皆|不|完全|基本|选项|是否)[ \t]*$")
PICTURE = "［图］"
# A new chapter or clause, which ends whatever stands before it.
_CHAPTER = re.compile(
    r"\n[ \t]*(?:第[ \t]?[一二三四五六七八九十百\d]{1,4}[ \t]?(?:章|节|部分|篇|讲|单元)|\d{1,2}\.\d{1,2}(?:\.\d{1,2})*[ \t]|目[ \t]*录[ \t]*$)",
    re.MULTILINE,
)


@dataclass
class Cut:
    """The parts of a stretch as offsets and texts, before they are understood."""

    stem: str = ""
    answers: list[tuple[Mark, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    rights: str = ""
    tinted: str = ""
    pictured: bool = False
    tail: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    restored: str = ""


def cut_stretch(paper: Paper, start: int, end: int, marks: Sequence[Mark], typed: str) -> Cut:
    """Cut a question's stretch; `typed` is its declared type, "" where nothing declares it."""
    text, scan = paper.text, paper.scan
    edges = [*(mark.start for mark in marks[1:]), end] if marks else []
    segments = list(zip(marks, edges, strict=True))
    options = _options(scan, start, end, segments, typed)
    cut = Cut()
    options, cut.restored = _mended(scan, options)
    first_mark = marks[0].start if marks else end
    stem_end = min([first_mark, *(option.start for option in options[:1])])
    cut.stem = text[start:stem_end]
    if marks and stem_end == first_mark > start and _eaten(paper, cut.stem, stem_end):
        cut.stem += "正确"
    for mark, stop in segments:
        left = min([stop, *(option.start for option in options if option.start >= mark.end)])
        words = text[mark.end : left]
        if mark.kind == "answer":
            if mark.word == "paren":
                if words.strip() and not options and not _CAPTIONS.match(words):
                    cut.stem += "\n" + words
                words = text[mark.start : mark.end]
                inner = words.translate(SCAN)
                place = inner.find(mark.inner) if mark.inner else -1
                words = words[place : place + len(mark.inner)] if place >= 0 else ""
            if not words.strip() and scan.startswith("正确", stop) and stop < end:
                # 答案：正确答案解析：… — the verdict was taken for a part of 正确答案.
                words = "正确"
            cut.answers.append((mark, _this_chapter(words)))
        elif mark.kind in ("explain", "basis"):
            label = f"{mark.word.strip('【】[]:： ')}：" if mark.kind == "basis" else ""
            words = _this_chapter(words)
            cut.reasons.append(label + words.strip() if words.strip() else "")
    for place, option in enumerate(options):
        words, tail = text[option.text : option.end], ""
        if place + 1 == len(options):
            least = _lines_each([text[one.text : one.end] for one in options[:-1]])
            full = _full_lines(paper, option.text, option.end)
            words, tail = _last_option(words, full, least)
            behind = _BEHIND.search(words.translate(SCAN))
            if behind and not cut.answers:
                words, tail = words[: behind.start()], behind["letters"] + "\n" + tail
        trimmed = words.rstrip()
        right = RIGHT_MARK.search(trimmed.translate(SCAN))
        if right and right.start() > 0:
            trimmed = trimmed[: right.start()]
        if (right and right.start() > 0) or option.right:
            cut.rights += option.letter
        starred = "*" in text[option.start : option.text]
        if starred or text.count(TINTED, start, option.text) % 2 or TINTED in words:
            cut.tinted += option.letter
        if _eaten(paper, trimmed, option.end):
            trimmed += "正确"
        if option.letter in cut.restored:
            # The letter had slipped behind its text.
            trimmed = re.sub(rf"[ \t]+{option.letter}[.、．]?$", "", trimmed)
        if option.letter not in cut.options:
            shown = option_text(trimmed)
            cut.options[option.letter] = shown or (PICTURE if PICTURED in trimmed else "")
        if tail.strip():
            cut.tail.append(tail)
    cut.pictured = PICTURED in text[start:end]
    if not bare(cut.stem) and cut.answers and not options:
        _stem_behind_answer(cut)
    return cut


def _stem_behind_answer(cut: Cut) -> None:
    """The answer stands before the stem: 答案：B 应当（ ）。"""
    mark, words = cut.answers[0]
    end = value_end(words.translate(SCAN), 0, len(words))
    if end and bare(words[end:]):
        cut.answers[0] = (mark, words[:end])
        cut.stem = words[end:]


def _options(
    scan: str, start: int, end: int, segments: Sequence[tuple[Mark, int]], typed: str
) -> list[Option]:
    """Options before the marks; else between or behind them (the answer stands before)."""
    closed = [(mark.start, stop) for mark, stop in segments]
    found = find_options(scan, start, end, closed)
    if len(found) >= 2 or typed in ("short", "blank"):
        return found if len(found) >= 2 else []
    narrow = []
    for mark, stop in segments:
        if mark.kind == "answer" and mark.word != "paren":
            value = value_end(scan, mark.end, stop)
            if value == mark.end:
                narrow.append((mark.start, stop))
                continue
            line = scan.find("\n", value, stop)
            whole = line >= 0 and not re.search(
                r"A[ \t]?[.、:)]|[ \t]A(?=[\u4e00-\u9fff0-9])", scan[value:line]
            )
            narrow.append((mark.start, line if whole else value))
        elif mark.kind in ("own", "meta"):
            line = scan.find("\n", mark.end, stop)
            narrow.append((mark.start, line if line >= 0 else stop))
        elif mark.kind == "answer":
            narrow.append((mark.start, mark.end))
        else:
            narrow.append((mark.start, stop))
    found = find_options(scan, start, end, narrow)
    if len(found) >= 2:
        return found
    return []


def _eaten(paper: Paper, words: str, at: int) -> bool:
    """D.以上都正确答案：A — whether the 正确 taken for a part of 正确答案 ends the words before."""
    if not paper.scan.startswith("正确", at) or paper.scan[at - 1] == "\n":
        # 正确答案 on a line of its own is one word, whatever is missing above it.
        return False
    if not bare(words):
        return True
    glued = not paper.scan[at - 1].isspace()
    return glued and (_LEFT_OPEN.search(words) is not None or paper.plain_answers)


def _full_lines(paper: Paper, start: int, end: int) -> list[bool]:
    """Whether each line of a stretch is as long as the paper's lines get before they wrap."""
    width = paper.width or max(paper.common or paper.longest, 24)
    full = []
    while start <= end:
        left, right = paper.line_start(start), paper.line_end(start)
        full.append(right - left >= width - (2 if paper.width else 1))
        start = right + 1
    if not paper.width and not any(full):
        return []
    return full


def _lines_each(texts: Sequence[str]) -> int:
    """How many lines every option before the last takes, where three at least take as many."""
    counts = {sum(bool(line.strip()) for line in text.split("\n")) for text in texts}
    return counts.pop() if len(texts) >= 3 and len(counts) == 1 else 1


def _last_option(words: str, full: Sequence[bool], least: int = 1) -> tuple[str, str]:
    """(the last option's words, what follows on later lines and is not its continuation).

    `least`: as many lines as every other option takes are its own.
    """
    lines = words.split("\n")
    kept, filled = 1, int(bool(lines[0].strip()))
    while least > 1 and kept < len(lines) and filled < least:
        if filled and not lines[kept].strip():
            break
        filled += bool(lines[kept].strip())
        kept += 1
    # A letter alone on its line takes the text below it, blank lines or not.
    while kept < len(lines) and not "".join(lines[:kept]).strip():
        kept += 1
    while kept < len(lines):
        line, before = lines[kept], lines[kept - 1].strip()
        told = bare("".join(lines[:kept]))
        answer = BARE_LINE.match(line.translate(SCAN)) if told else None
        # 以上都 / 不对: no verdict answers where options stand, so it ends a full line's words.
        ends = (
            kept <= len(full) and full[kept - 1] and answer and answer["word"][0] not in "ABCDEFGH"
        )
        if not line.strip() or (answer and not ends):
            break
        wrapped = len(before) >= 14 and not re.search(r"[。；;！？]$", before)
        if full:
            wrapped = kept <= len(full) and full[kept - 1]
        opened = any(before.count(a) > before.count(b) for a, b in ("“”", "（）", "《》", "()"))
        opened = opened or "".join(lines[:kept]).count("{") > "".join(lines[:kept]).count("}")
        if opened:
            wrapped = True
        if not wrapped:
            break
        kept += 1
    return "\n".join(lines[:kept]), "\n".join(lines[kept:])


def cut_cell(cell: str, typed: str) -> tuple[str, dict[str, str], str]:
    """(stem, options, letters marked right) of a table's cell that may hold options too."""
    scan = cell.translate(SCAN)
    options = (
        find_options(scan, 0, len(scan), ()) if typed not in ("judge", "blank", "short") else []
    )
    if len(options) < 2:
        return cell, {}, ""
    texts, rights = {}, ""
    for option in options:
        words = cell[option.text : option.end].rstrip()
        right = RIGHT_MARK.search(words.translate(SCAN))
        if right and right.start() > 0:
            words, rights = words[: right.start()], rights + option.letter
        texts[option.letter] = option_text(words)
    return cell[: options[0].start], texts, rights


def _this_chapter(words: str) -> str:
    """A text up to where the next chapter or clause of a document begins."""
    told = words.find("\n" + HEADED, len(words) - len(words.lstrip()))
    words = words[:told] if told >= 0 else words
    chapter = _CHAPTER.search(words)
    return words[: chapter.start()] if chapter and words[: chapter.start()].strip() else words


def _mended(scan: str, options: list[Option]) -> tuple[list[Option], str]:
    """Options with a letter that was lost on its own line put back: A x / y / C z."""
    done: list[Option] = []
    restored = ""
    for place, option in enumerate(options):
        done.append(option)
        if place + 1 == len(options) or ord(options[place + 1].letter) - ord(option.letter) != 2:
            continue
        lines = list(re.finditer(r"[^\n]*\S[^\n]*", scan[option.text : option.end]))
        if len(lines) != 2:
            continue
        begin = option.text + lines[1].start()
        letter = chr(ord(option.letter) + 1)
        done[-1] = Option(option.letter, option.start, option.text, begin, option.right)
        done.append(Option(letter, begin, begin, option.end))
        restored += letter
    return done, restored
