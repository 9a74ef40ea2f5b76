"""Cells that hold options, and rows of labels (答案 beside B) as lines of text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jingzhong.exchange.questions.loose_json import read_loose
from jingzhong.exchange.questions.options import find_options, option_text
from jingzhong.exchange.questions.tidy import SCAN, join_lines, plain

_LABELS = re.compile(
    r"(?:题目|题干|试题|问题|选项|备选项|(?:正确|参考|标准)?答案|(?:答案|试题|题目)?解析|题型|依据|难度|知识点)[：:]?"
)

# What parts options in one cell, the rarer signs first.
SIGNS = (
    r"\n", r"#{2,}|@{2,}|\|{2,}|\${2,}|&{2,}|;{2,}|\^\*\^", r"\$", r"[|｜]", r"\^", r"#", r"[;；]", r"\t", r"&", r"、", r" / ", r"(?<!\d)[,，]", r"[ \u3000]+",
)  # fmt: skip
_SECOND = {
    **dict.fromkeys(";；", r"[;；]"),
    **dict.fromkeys("|｜", r"[|｜]"),
    **dict.fromkeys("$", r"\$"),
    **dict.fromkeys("#", r"#"),
    **dict.fromkeys("^", r"\^"),
    **dict.fromkeys("、", r"、"),
}
_OWN = re.compile(r"[(\[【]?[ \t]*([A-Ja-j])[ \t]*(?:[)\]】]|[.、:,])[.、:)]?[ \t]*")
# A-2018: a letter only where every piece has its own; A-level alone keeps it.
_DASHED = re.compile(r"([A-J])-(?=.)")


def cells_as_text(cells: Sequence[str]) -> str:
    """A row that is no row of questions as lines of text: 答案 beside B is 答案：B."""
    told = [cell for cell in cells if cell.strip()]
    if len(told) == 2 and _LABELS.fullmatch(told[0].strip()):
        line = "\n" if "\n" in told[1] else ""
        return f"{told[0].strip().rstrip('：:')}：{line}{told[1]}"
    return ("\t" if all("\n" not in cell for cell in told) else "\n").join(told)


def own_letter(letter: str, cell: str) -> str:
    """An option's cell without the letter that its column has already."""
    text = cell.strip()
    match = re.match(
        r"[(（\[【]?[ \t]*([A-J])[ \t]*(?:[)）\]】]|[.、．:：,，])[ \t]*(?=\S)",
        text.translate(SCAN),
    )
    if match and match[1] == letter:
        text = text[match.end() :]
    return join_lines(plain(text)).strip()


def sign_of(cell: str) -> str:
    """The pattern of the sign that parts a cell's options; "" where letters or brackets do, or none."""
    text = cell.strip()
    if (text[:1] in "[{" and text[-1:] in "]}") or lettered(text):
        return ""
    for sign in SIGNS:
        pieces = parts(text, sign)
        if len(pieces) < 2:
            continue
        # A second sign that every later part begins with is the one that parts them.
        first = {piece[0] for piece in pieces[1:]}
        if sign == r"\n" and len(first) == 1 and (other := _SECOND.get(first.pop())):
            return other
        return sign
    return ""


def parts(text: str, sign: str) -> list[str]:
    """The pieces of a text between signs, the empty ones left out."""
    return [part.strip() for part in re.split(sign, text) if part.strip()]


def split_options(cell: str, sign: str = "") -> dict[str, str]:
    """The options of one cell: with letters, as a JSON list, or parted by signs.

    `sign`: the pattern that parts most cells of the file; another is taken where it parts nothing.
    """
    text = cell.strip()
    if text[:1] in "[{" and text[-1:] in "]}":
        parsed = read_loose(text)
        if isinstance(parsed, Mapping):
            parsed = [
                f"{key}.{item}" if len(str(key)) == 1 else item for key, item in parsed.items()
            ]
        if isinstance(parsed, list):
            texts = [_json_text(item) for item in parsed]
            return bare_letters(_by_letters([text for text in texts if text]))
    scan = text.translate(SCAN)
    found = find_options(scan, 0, len(scan), ())
    if len(found) >= 2:
        return {
            option.letter: option_text(text[option.text : option.end]).strip("|$")
            for option in found
        }
    for one in (sign, sign_of(text)):
        pieces = parts(text, one) if one else []
        if len(pieces) >= 2:
            return bare_letters(_by_letters(pieces))
    return {}


def _json_text(item: object) -> str:
    if isinstance(item, Mapping):
        for key in ("text", "content", "value", "label", "name", "option", "title"):
            if item.get(key):
                return str(item[key]).strip()
        return ""
    return "" if item is None else str(item).strip()


def _by_letters(pieces: Sequence[str]) -> dict[str, str]:
    return {chr(ord("A") + place): part for place, part in enumerate(pieces[:10])}


def bare_letters(options: Mapping[str, str], *, given: bool = False) -> dict[str, str]:
    """Texts without the letters they begin with, where every one of them begins with its own.

    Where no key `given` the letters and all texts begin with one, those are the letters.
    """
    dashed = [_DASHED.match(text.translate(SCAN).strip()) for text in options.values()]
    if (
        len(dashed) > 1
        and [match and match[1] for match in dashed] == list("ABCDEFGHIJ")[: len(dashed)]
    ):
        return {
            letter: join_lines(plain(text.strip()[2:])).strip() for letter, text in options.items()
        }
    if not any(_OWN.match(text.translate(SCAN)) for text in options.values()):
        return {letter: own_letter(letter, text) for letter, text in options.items()}
    told = [_OWN.match(text.translate(SCAN)) for text in options.values()]
    signs = [match[1].upper() if match else "" for match in told]
    shown = [text.strip() for text in options.values()]
    full = [sign for sign, text in zip(signs, shown, strict=True) if text]
    own = list(options) if given else sorted(set(full))
    if "" in full or len(set(full)) < len(full) or (given and signs != list(options)):
        return {letter: own_letter(letter, text) for letter, text in options.items()}
    if not given and (not own or own[0] != "A" or own != [chr(65 + at) for at in range(len(own))]):
        return {letter: own_letter(letter, text) for letter, text in options.items()}
    letters = signs if not given else list(options)
    return {
        letter: join_lines(plain(text[match.end() :] if match else text)).strip()
        for letter, text, match in zip(letters, shown, told, strict=True)
    }


def lettered(text: str) -> bool:
    """Whether a text holds A. … B. …, or is a list in brackets."""
    scan = text.translate(SCAN)
    return bool(
        re.search(r"(?:^|[^A-Za-z])\(?A[ \t]?[.、:),].*\(?B[ \t]?[.、:),]", scan, re.DOTALL)
    )
