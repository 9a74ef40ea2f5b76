"""Line formats of banks that programs keep: Markdown tables, hash and dollar signs, answer rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions.answers import read_answer
from jingzhong.exchange.questions.found import Found, Haul, Row
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.table import read_table
from jingzhong.exchange.questions.tidy import Line
from jingzhong.exchange.questions.value import Value

_PIPES = re.compile(r"^[ \t]*\|.*\|[ \t]*$")
_RULE = re.compile(r"^[ \t]*\|?[ \t:|\-]*-{2,}[ \t:|\-]*\|?[ \t]*$")
# 0#stem#first$second$third — the first option is the right one, which the file does not say.
_HASHED = re.compile(
    r"^[ \t]*(?P<number>\d{1,5})[ \t]*#(?P<stem>[^#\n]{2,})#(?P<options>[^#\n]*\$[^#\n]*)(?:#(?P<rest>[^\n]*))?$"
)
# 140stem; 140choice1text; 140answerB;
_ROWS = re.compile(
    r"^[ \t]*(?P<number>\d{1,5})[ \t]*(?:(?P<choice>choice|option|选项)[ \t]*(?P<place>[1-9A-H])[ \t:：]?(?P<text>.*?)|(?P<answer>answer|答案)[ \t:：]*(?P<value>.*?)|(?P<stem>.*?))[ \t]*[;；]?[ \t]*$",
    re.IGNORECASE,
)


def read_pattern(lines: Sequence[Line]) -> Haul | None:
    """The questions of a line format; None for ordinary text."""
    told = [line for line in lines if line.text.strip()]
    if not told:
        return None
    if (divided := _divided(told)) is not None:
        return divided
    if sum(bool(_HASHED.match(line.text)) for line in told) > len(told) * 0.6:
        return _hashed(told)
    answers = [
        line
        for line in told
        if re.match(r"\d{1,5}(?:answer|答案)", line.text.strip(), re.IGNORECASE)
    ]
    choices = [
        line
        for line in told
        if re.match(r"\d{1,5}(?:choice|option|选项)", line.text.strip(), re.IGNORECASE)
    ]
    if len(answers) >= 2 and len(choices) >= len(answers):
        return _in_rows(told)
    if sum(bool(_PIPES.match(line.text)) for line in told) > len(told) * 0.6:
        return _piped(told)
    return None


def pipe_rows(lines: Sequence[Line]) -> list[Row]:
    """The rows of a Markdown table, rules left out; cells keep their empty places."""
    rows = []
    for line in lines:
        if _PIPES.match(line.text) and not _RULE.match(line.text):
            cells = re.split(r"(?<!\\)\|", line.text.strip()[1:-1])
            rows.append(Row(line.number, [cell.strip().replace("\\|", "|") for cell in cells]))
    return rows


def parted(lines: Sequence[Line]) -> list[tuple[list[Line], Haul | None]] | None:
    """A text as stretches of lines and what its Markdown tables of questions hold; None without one.

    A table with 题号 and 答案 only is a key and stays with the lines around it.
    """
    parts: list[tuple[list[Line], Haul | None]] = []
    kept, block, title = list[Line](), list[Line](), ""
    for line in [*lines, Line(0, "")]:
        if _PIPES.match(line.text):
            block.append(line)
            continue
        if block:
            headed = any(_RULE.match(row.text) for row in block)
            table = read_table(pipe_rows(block), title, headed_only=True) if headed else None
            if table is not None and table.questions:
                parts += [(kept, None), ([], table)]
                kept = []
            else:
                kept += block
            block = []
        title = line.text.strip() or title
        kept.append(line)
    return [*parts, (kept, None)] if parts else None


def _piped(lines: Sequence[Line]) -> Haul | None:
    """Markdown tables, each under the heading above it."""
    blocks: list[tuple[str, list[Row]]] = []
    block, title = list[Line](), ""
    for line in [*lines, Line(0, "")]:
        if _PIPES.match(line.text):
            block.append(line)
            continue
        if block:
            blocks.append((title, pipe_rows(block)))
            block = []
        title = line.text.strip() or title
    widths = [sum(bool(cell) for cell in row.cells) for _, rows in blocks for row in rows]
    wide = sum(width > 3 for width in widths) >= 2 and min(widths, default=0) == 3
    parts = [read_table(rows, title, open_ended=wide) for title, rows in blocks]
    if not any(part is not None for part in parts):
        return None
    haul = Haul()
    for part in parts:
        haul.take(part or Haul())
    return haul


# 276|||stem|||错: signs that no text holds by themselves, as programs write them between fields.
_DIVIDERS = re.compile(r"\|{2,}|@{2,}|#{2,}|\^{2,}|&{2,}|\${2,}|~{3,}|%{2,}|<>|=>")


def _divided(lines: Sequence[Line]) -> Haul | None:
    """A table whose every line holds the same divider, the same number of times (twice at least)."""
    first = _DIVIDERS.search(lines[0].text)
    if first is None or len(lines) < 3:
        return None
    sign = first[0]
    rows = [Row(line.number, [cell.strip() for cell in line.text.split(sign)]) for line in lines]
    width = len(rows[0].cells)
    if width < 3 or any(len(row.cells) != width for row in rows):
        return None
    haul = read_table(rows)
    return haul if haul is not None and haul.questions else None


# 148 <tab> stem <tab> a@b@c@d <tab> 3
_JOINED = re.compile(
    r"[ ]*(?P<number>\d{1,6})\t(?P<stem>[^\t]{4,})\t(?P<options>[^\t]+)\t[ ]*(?P<index>\d{1,2})\s*"
)


def read_joined(lines: Sequence[Line]) -> Haul | None:
    """Lines of number, stem, options joined by one sign, and the place of the right one.

    Places count from 1 where the last option is right at least once and 0 never occurs, from 0
    where 0 occurs and no place is beyond the last option; a file that shows neither is not read.
    """
    lines = [line for line in lines if line.text.strip()]
    if len(lines) < 3 or _JOINED.fullmatch(lines[0].text) is None:
        return None
    rows = [_JOINED.fullmatch(line.text) for line in lines]
    told = [row for row in rows if row is not None]
    if len(told) < len(rows):
        return None
    sign = next((sign for sign in "@|#$^~" if all(sign in row["options"] for row in told)), "")
    if not sign:
        return None
    offered = [[text.strip() for text in row["options"].split(sign)] for row in told]
    places = [int(row["index"]) for row in told]
    beyond = [place - len(texts) for place, texts in zip(places, offered, strict=True)]
    base = 0 if 0 in places else 1
    if max(beyond) >= base or (base and max(beyond) < 0):
        return None
    if any(len(texts) > 8 or not all(texts) for texts in offered):
        return None
    haul = Haul()
    for line, row, texts, place in zip(lines, told, offered, places, strict=True):
        options = {chr(ord("A") + at): text for at, text in enumerate(texts)}
        found = Found("single", "", line.number, options=options, number=row["number"])
        letter = chr(ord("A") + place - base)
        settle(found, row["stem"], [read_answer(letter, options, "single")], "")
        haul.questions.append(found)
    return haul


def _hashed(lines: Sequence[Line]) -> Haul:
    haul = Haul()
    for line in lines:
        match = _HASHED.match(line.text)
        if not match:
            continue
        texts = [text.strip() for text in match["options"].split("$") if text.strip()]
        options = {chr(ord("A") + place): text for place, text in enumerate(texts[:10])}
        found = Found("single", "", line.number, options=options, number=match["number"])
        rest = (match["rest"] or "").strip()
        value = read_answer(rest, options, "single") if rest else Value()
        if value.answer is None and len(options) >= 2:
            doubt = (
                "answer_is_implicit",
                "文件没有写答案；这种格式常把正确的选项放在第一个，要确认",
            )
            value = Value(
                None, implied="A", convention="first_option", doubts=[doubt], kind="single"
            )
        settle(found, match["stem"], [value], "")
        haul.questions.append(found)
    if haul.questions:
        haul.note(
            lines[0].number,
            "answer_is_implicit",
            "没有写答案，选项之间用 $ 隔开：是不是第一个选项总是正确的？",
        )
    return haul


def _in_rows(lines: Sequence[Line]) -> Haul:
    """One thing a line, each led by the question's number."""
    haul = Haul()
    stem, number, start, value, options, order = "", "", 0, "", dict[str, str](), list[str]()

    def close() -> None:
        if stem:
            found = Found("", "", start, options=options, number=number)
            settle(found, stem, [read_answer(value, options, "")] if value else [], "")
            haul.questions.append(found)

    for line in lines:
        match = _ROWS.match(line.text)
        if match is None:
            continue
        if match["choice"]:
            place = match["place"]
            letter = chr(ord("A") + int(place) - 1) if place.isdigit() else place.upper()
            options[letter] = match["text"].strip()
        elif match["answer"]:
            value = match["value"].strip()
        else:
            if match["number"] == number and stem and not options:
                stem += match["stem"]
                continue
            close()
            stem, number, start, value, options = (
                match["stem"].strip(),
                match["number"],
                line.number,
                "",
                {},
            )
            order.append(number)
    close()
    return haul
