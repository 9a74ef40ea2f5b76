"""Options without letters: bullets, or bare lines behind a stem that asks for a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions.answers import bare, judged
from jingzhong.exchange.questions.cutting import Cut
from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.marks import RIGHT_MARK
from jingzhong.exchange.questions.options import bulleted, is_bullet, lettered, option_text
from jingzhong.exchange.questions.tidy import SCAN, TINTED

CHOICES = ("single", "multiple", "choice", "order")


def take_unlettered(found: Found, cut: Cut, stem: str, typed: str) -> None:
    """Options without letters: bullets, or bare lines behind a stem that asks for a letter."""
    found.stem = stem
    if cut.options or _behind_answer(cut):
        return
    lines = [
        line for line in stem.split("\n") if line.strip() and not re.fullmatch(r"[\s_＿—\-]+", line)
    ]
    if len(lines) < 2:
        return
    first = next((place for place, line in enumerate(lines) if place and is_bullet(line)), 0)
    if first and all(is_bullet(line) for line in lines[first:]) and len(lines) - first >= 2:
        items = bulleted(lines[first:])
    else:
        asked = _asking_line(lines, typed, cut)
        items = (
            [("", line) for line in _bare_items(lines[asked + 1 :])] if asked is not None else []
        )
        first = (asked or 0) + 1
    if not 2 <= len(items) <= 10:
        return
    texts, rights = [], ""
    for place, (sign, text) in enumerate(items):
        right = RIGHT_MARK.search(text.translate(SCAN))
        if (right and right.start() > 0) or "√" in sign.translate(SCAN):
            rights += chr(ord("A") + place)
        if TINTED in text:
            cut.tinted += chr(ord("A") + place)
        texts.append(option_text(text[: right.start()] if right and right.start() > 0 else text))
    if not all(bare(text) for text in texts):
        return
    cut.options, cut.rights = lettered(texts), cut.rights + rights
    found.stem = "\n".join(lines[:first])


def _behind_answer(cut: Cut) -> bool:
    """Whether bullets stand below the answer, which stood on the stem's line; takes them."""
    for place, (mark, words) in enumerate(cut.answers):
        first, *lines = [line for line in words.split("\n") if line.strip()] or [""]
        items = bulleted(lines) if first and not is_bullet(first) else []
        texts = [option_text(text) for _, text in items]
        if 2 <= len(items) <= 10 and all(bare(text) for text in texts):
            cut.options = lettered(texts)
            cut.answers[place] = (mark, first)
            return True
    return False


def _asking_line(lines: Sequence[str], typed: str, cut: Cut) -> int | None:
    """The line that ends a stem whose options are bare lines; None where nothing says so."""
    ticked = [
        place
        for place, line in enumerate(lines)
        if place and (m := RIGHT_MARK.search(line.translate(SCAN))) and m.start() > 0
    ]
    # A judgement of several lines has its verdict behind its last stop; none of them is an option.
    rights = bool(ticked) and not _states(lines, ticked)
    rights = rights and (typed != "judge" or all(map(_is_verdict, lines[-2:])))
    for place, line in enumerate(lines):
        scan = line.translate(SCAN)
        told = re.search(
            r"\([ \t]*(?:[A-H](?:[ \t]{0,8}(?:[,、][ \t]{0,8})?[A-H])*)?[ \t]*\)", scan
        )
        if told and (
            typed in CHOICES or rights or (re.search("[A-H]", told[0]) and len(lines) - place > 2)
        ):
            return place
    if rights or (typed in CHOICES and cut.answers):
        return 0
    return (
        0
        if typed in CHOICES and len(lines) >= 4 and re.search(r"[:：?？是有为]$", lines[0].strip())
        else None
    )


def _is_verdict(line: str) -> bool:
    """Whether a line offers right or wrong, ticked or not: 对(正确答案)."""
    right = RIGHT_MARK.search(line.translate(SCAN))
    words = line[: right.start()] if right and right.start() > 0 else line
    return judged(option_text(words).lstrip("○◯□☐√ ")) is not None


def _states(lines: Sequence[str], ticked: Sequence[int]) -> bool:
    """Whether only the last of several lines, a sentence with its stop, has a verdict behind it."""
    if [*ticked] != [len(lines) - 1]:
        return False
    ended = [
        re.search(r"[。][ \t]*(?:[(\[【][^()]{0,8}[)\]】])?[ \t]*$", line.translate(SCAN))
        for line in lines
    ]
    return ended[-1] is not None and not any(ended[:-1])


def _bare_items(lines: Sequence[str]) -> list[str]:
    if len(lines) == 1:
        return [part for part in re.split(r"\t+|[ \u3000]{2,}", lines[0].strip()) if part.strip()]
    parted = [re.split(r"\t+|[ \u3000]{3,}", line.strip()) for line in lines]
    if all(len(parts) == 2 for parts in parted):
        return [part for parts in parted for part in parts]
    return list(lines)
