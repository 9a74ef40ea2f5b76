"""Lines of a document made fit to be read: invisible signs, Markdown, pinyin, PDF spacing.

Two strings of equal length come out of it: `text`, which questions are cut from, and `scan`,
its twin for finding marks (half-width signs, simplified marks, plain blanks).
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from jingzhong.exchange.questions.markdown import (
    HEADED,
    headed,
    settled_emphasis,
    spelled,
    unfolded,
    with_folds,
)

# Emphasis, kept because an answer may be marked by nothing else; a picture's place.
BOLD, UNDER, TINTED, PICTURED = "\ue000", "\ue001", "\ue002", "\ue003"
_KEPT = str.maketrans(dict.fromkeys((BOLD, UNDER, TINTED, PICTURED, HEADED), ""))
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

_GONE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\uffff\ue004-\ue00f\ud800-\udfff]"
)
# A blank is told by three signs; thousands of one sign only cost time.
_LONGEST = 24
_RUNS = re.compile(r"[ \t\u3000\xa0]{25,}|_{60,}|([^\w\s])\1{40,}")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = str.maketrans(
    dict.fromkeys(
        "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f",
        " ",
    )
)
# Check marks of the Wingdings and Symbol fonts, which Word keeps as private characters.
_SYMBOLS = str.maketrans(
    {"\uf0fc": "√", "\uf0d6": "√", "\uf050": "√", "\uf0fb": "×", "\uf0b4": "×", "\uf04f": "×"}
)

_PINYIN = re.compile(rf"(?<=[{HAN}])[(（]([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{{1,6}})[)）]")
_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
_SPACED = re.compile(rf"(?<=[{HAN}，。、；：？！（）“”《》]) (?=[{HAN}，。、；：？！（）“”《》])")

_GAP = re.compile(r"(?<=(\S)) (?=(\S))")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|$])")
_STRONG = re.compile(r"\*\*(?=\S)(.{1,400}?)(?<=\S)\*\*")
_LIGHT = re.compile(rf"(?<![\w*{HAN}])\*(?=[^\s*])([^*\n]{{1,200}}?)(?<=[^\s*])\*(?![\w*])")
_TAG_BREAK = re.compile(
    r"(?i)<\s*(?:br|hr|/p|/div|/?li|/?[uo]l|/?details|/?summary)(?:\s[^<>]{0,300})?/?>"
)
_TAG_UNDER = re.compile(r"(?i)<\s*/?\s*(?:u|ins)\s*>")
_TAG = re.compile(
    r"(?i)</?(?:b|strong|i|em|font|span|p|div|center|sub|sup|small|big|code|mark|a|li|ul|ol|img|details|summary|h[1-6])(?:\s[^<>]{0,300})?/?>"
)
_ENTITY = re.compile(
    r"&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|mdash|hellip|middot|times|radic|emsp|ensp|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)")
_BOX = re.compile(r"^([ \t]*)(?:[-*+•·][ \t]*)?\[([ xX√])\][ \t]+(?=\S)")

_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIMPLE = dict(
    zip(
        "單選題斷簡對錯誤確參準標項問釋論說說難識點總計試卷據擇與個為應滿績績",
        "单选题断简对错误确参准标项问释论说说难识点总计试卷据择与个为应满绩绩",
        strict=True,
    )
)
_LIKE = dict(
    zip(
        "АВСЕНКМОРТХабвсеΑΒΕΖΗΙΚΜΝΟΡΤΥΧ﹙﹚﹝﹞﹕︰∶﹒｡﹑﹔﹐〔〕〖〗［］✓✔☑✅✗✘✕✖❌❎☒╳",
        "ABCEHKMOPTXabvceABEZHIKMNOPTYX()():::.。、;,【】【】[]√√√√×××××××ｘ",
        strict=True,
    )
)
_LIKE["╳"] = "×"
SCAN = str.maketrans(
    {chr(code): chr(plain) for code, plain in _FULL.items()}
    | _SIMPLE
    | _LIKE
    | {
        "\u3000": " ",
        "\xa0": " ",
        BOLD: " ",
        UNDER: " ",
        TINTED: " ",
        PICTURED: "▣",
        HEADED: " ",
        "‐": "-",
        "–": "-",
        "—": "-",
        "－": "-",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document: its number in the source, counted from 1, and its text.

    `breaks`: (offset, number) of the lines that it was put together from, where there were more.
    """

    number: int
    text: str
    breaks: tuple[tuple[int, int], ...] = ()


class Paper:
    """A document's lines joined into one string, with the way back to their numbers."""

    def __init__(self, lines: Iterable[Line]) -> None:
        kept = list(lines)
        self.text = "\n".join(line.text for line in kept)
        self.scan = self.text.translate(SCAN)
        self._starts = [0]
        for line in kept[:-1]:
            self._starts.append(self._starts[-1] + len(line.text) + 1)
        self._sources = [(0, 1)]
        for start, line in zip(self._starts, kept, strict=False):
            told = line.breaks or ((0, line.number),)
            self._sources += [(start + offset, number) for offset, number in told]

    def line_of(self, offset: int) -> int:
        """The source line that an offset stands on."""
        return self._sources[bisect_right(self._sources, offset, key=lambda one: one[0]) - 1][1]

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """The offset at which the line of an offset ends."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    @cached_property
    def longest(self) -> int:
        """The length of the longest line."""
        return max((end - start for start, end in self.spans), default=0)

    @cached_property
    def common(self) -> int:
        """The greatest length that several lines share, from 24 on; 0 where none do."""
        lengths = Counter(end - start for start, end in self.spans)
        return max((size for size, count in lengths.items() if size >= 24 and count > 1), default=0)

    @cached_property
    def plain_answers(self) -> bool:
        """Whether the paper writes 答案： and not 正确答案： where it answers."""
        plain = len(re.findall(r"(?<!正确)(?<!参考)(?<!标准)答案[】]?[ \t]*:", self.scan))
        return plain > len(re.findall(r"正确答案[】]?[ \t]*:", self.scan))

    @cached_property
    def width(self) -> int:
        """The length at which lines were wrapped by hand or on print; 0 where they were not."""
        lengths = Counter(end - start for start, end in self.spans if end > start)
        total = longer = lengths.total()
        for length in sorted(lengths):
            longer -= lengths[length]
            full = sum(lengths[length - step] for step in range(3))
            if 24 <= length <= 60 and full >= 3 and full * 20 >= total and longer * 8 <= total:
                return length
        return 0

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of every line."""
        ends = [*(start - 1 for start in self._starts[1:]), len(self.text)]
        return tuple(zip(self._starts, ends, strict=True))


def split_lines(text: str) -> list[Line]:
    """The lines of a text, numbered as an editor numbers them (form feeds end a line here too)."""
    lines: list[Line] = []
    text = text.translate(_KEPT)
    number, start = 1, 0
    for match in _BREAK.finditer(text):
        lines.append(Line(number, text[start : match.start()]))
        start = match.end()
        number += match[0] in ("\n", "\r\n", "\r")
    lines.append(Line(number, text[start:]))
    return lines


def tidy(lines: Iterable[Line], *, markdown: bool = False) -> list[Line]:
    """Take out what nobody sees and turn what only looks different into one form."""
    cleaned = [_visible(line) for line in lines]
    joined = "\n".join(line.text for line in cleaned)
    if markdown or _looks_marked_down(joined):
        cleaned = _plain_lines(cleaned)
    elif "<" in joined and _TAG.search(joined):
        cleaned = [
            Line(line.number, part) for line in cleaned for part in _untagged(line.text).split("\n")
        ]
    if len(_TONE.findall(" ".join(m[1] for m in _PINYIN.finditer(joined)))) >= 3:
        cleaned = [Line(line.number, _PINYIN.sub("", line.text)) for line in cleaned]
    done, empty = [], 0
    spread = _spread(cleaned)
    for line in cleaned:
        text = _unspaced(line.text, all_lines=spread).rstrip()
        empty = 0 if text else empty + 1
        # Many empty lines part paragraphs no better than a few.
        if empty <= 4:
            done.append(Line(line.number, text))
    return done


def plain(text: str) -> str:
    """A field without emphasis marks and outer blanks."""
    return text.translate(_KEPT).strip()


def join_lines(text: str) -> str:
    """Wrapped lines as one: no blank between Chinese signs, one between Latin words."""
    out = ""
    for part in text.split("\n"):
        piece = part.strip()
        if out and piece and out[-1].isascii() and piece[0].isascii() and out[-1] not in "(-/":
            out += " "
        out += piece
    return out


def _visible(line: Line) -> Line:
    text = _RUNS.sub(lambda match: match[0][:_LONGEST], line.text.translate(_SYMBOLS))
    if "\\" in text or "![" in text or "$" in text:
        text = spelled(text, PICTURED)
    if not text.isascii() or not text.isprintable():
        text = _GONE.sub("", text.translate(_BLANKS))
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]).replace("\xa0", " "), text)
        text = _GONE.sub("", text)
    return Line(line.number, text)


def _looks_marked_down(text: str) -> bool:
    """Whether a plain text uses Markdown: many strong marks, escapes or headings."""
    strong = len(_STRONG.findall(text[:200_000]))
    escapes = len(_ESCAPE.findall(text[:200_000]))
    headings = len(re.findall(r"(?m)^#{1,6} ", text[:200_000]))
    boxes = len(re.findall(r"(?m)^[ \t]*[-*+] \[[ xX]\] ", text[:200_000]))
    return strong > 0 or escapes >= 3 or headings > 0 or boxes >= 2


def _plain_lines(lines: list[Line]) -> list[Line]:
    """Markdown as plain lines; code keeps its signs, without the fence around it."""
    told = unfolded([line.text for line in lines])
    done = []
    for line, text in zip(lines, told, strict=True):
        parts = [line.text] if text is None else _unmarked(text).split("\n")
        done += [Line(line.number, part) for part in parts]
    texts = with_folds([line.text for line in done])
    return [Line(line.number, text) for line, text in zip(done, texts, strict=True)]


def _untagged(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub("", _TAG_UNDER.sub(UNDER, _TAG_BREAK.sub("\n", text)))


def _unmarked(text: str) -> str:
    text = _untagged(headed(text))
    text = _QUOTE.sub("", text)
    text = settled_emphasis(text)
    if box := _BOX.match(text):
        text = box[1] + ("√" if box[2] in "xX√" else "☐") + text[box.end() :]
    text = _BULLET.sub("• ", text)
    if "*" in text:
        text = _STRONG.sub(f"{BOLD}\\1{BOLD}", text)
        text = _LIGHT.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _spread(lines: list[Line]) -> bool:
    """Whether a whole text has a blank between nearly all its signs."""
    sample = "\n".join(line.text for line in lines[:2000])
    signs = len(re.findall(f"[{HAN}]", sample))
    return signs > 20 and len(_SPACED.findall(sample)) * 10 >= signs * 5


def _unspaced(text: str, *, all_lines: bool = False) -> str:
    """Undo a PDF's blanks between Chinese signs, where nearly all of them have one."""
    if " " not in text:
        return text
    gaps = len(_SPACED.findall(text))
    if not all_lines and gaps < 3:
        return text
    signs = len(re.findall(f"[{HAN}]", text))
    return _GAP.sub(_closed, text) if all_lines or gaps * 10 >= signs * 6 else text


def _closed(match: re.Match[str]) -> str:
    """No blank, except between two Latin words."""
    return " " if re.fullmatch("[A-Za-z]{2}", match[1] + match[2]) else ""
