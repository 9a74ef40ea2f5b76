"""What the values of a column or key look like over all records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jingzhong.exchange.questions.answers import judged
from jingzhong.exchange.questions.loose_json import read_loose
from jingzhong.exchange.questions.marks import TYPES
from jingzhong.exchange.questions.offered import words
from jingzhong.exchange.questions.option_cells import lettered
from jingzhong.exchange.questions.tidy import SCAN

_LETTERS = re.compile(r"[A-Ja-j](?:[ ,、;，；/|]*[A-Ja-j]){0,9}[ .。;；,，:：]*")
_CODED = re.compile(
    r"[0-9a-fA-F]{16,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4,}){2,}|\d{5,}|https?://\S+|[\w./\\-]+\.(?:png|jpe?g|gif|mp[34]|webp)|"
    r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}.{0,16}|[A-Za-z]{0,4}[-_]?\d{3,}[\w-]*"
)
_FLAGS = frozenset(
    ("", "true", "false", "1", "0", "√", "×", "y", "n", "是", "否", "对", "错", "yes", "no")
)
_SPACED = re.compile(r"[\u4e00-\u9fff\d%]{1,20}(?:[ \u3000]+[\u4e00-\u9fff\d%]{1,20}){1,7}")
_ASKS = re.compile(r"[（(]\s*[)）]|_{2,}|[?？]|下列|以下|哪|应当|什么|[。：:]\s*$")
_TYPE = re.compile(rf"(?:{TYPES})")


@dataclass(frozen=True)
class Look:
    """Shares (0–1) among the filled values; `filled` among all, `length` in signs."""

    filled: float = 0.0
    distinct: float = 0.0
    length: float = 0.0
    prose: float = 0.0
    asks: float = 0.0
    letters: float = 0.0
    verdict: float = 0.0
    answerish: float = 0.0
    index: float = 0.0
    flag: float = 0.0
    typed: float = 0.0
    coded: float = 0.0
    several: float = 0.0
    listed: float = 0.0
    lettered: float = 0.0
    parted: float = 0.0
    boolean: float = 0.0
    counting: bool = False
    constant: bool = False
    nested: bool = False


def look(values: Sequence[Any]) -> Look:
    """The shares of what a field's values look like."""
    told = [value for value in values if not empty(value)]
    if not told:
        return Look()
    texts = [words(value).strip() for value in told]
    scans = [text.translate(SCAN) for text in texts]
    total = len(told)

    def share(fits: Sequence[bool]) -> float:
        return sum(fits) / total

    numbers = [int(scan) for scan in scans if scan.isdigit() and scan.isascii() and len(scan) < 7]
    prose = [
        isinstance(value, str)
        and (len(re.findall("[\u4e00-\u9fff]", text)) >= 4 or text.count(" ") >= 2)
        for value, text in zip(told, texts, strict=True)
    ]
    return Look(
        filled=total / len(values),
        distinct=len(set(texts)) / total,
        length=sum(map(len, texts)) / total,
        prose=share(prose),
        asks=share(
            [yes and bool(_ASKS.search(text)) for yes, text in zip(prose, texts, strict=True)]
        ),
        letters=share([_letters(value, scan) for value, scan in zip(told, scans, strict=True)]),
        verdict=share(
            [
                judged(scan) is not None or isinstance(value, bool)
                for value, scan in zip(told, scans, strict=True)
            ]
        ),
        answerish=share(
            [
                _letters(value, scan)
                or judged(scan) is not None
                or bool(re.fullmatch("[0-2]", scan))
                for value, scan in zip(told, scans, strict=True)
            ]
        ),
        index=share([bool(re.fullmatch(r"\d{1,2}(?:[ ,;、|]+\d{1,2})*", scan)) for scan in scans]),
        flag=share(
            [
                isinstance(value, bool | int | float | str) and str(value).strip().lower() in _FLAGS
                for value in told
            ]
        ),
        typed=share(
            [(len(scan) <= 24 and bool(_TYPE.search(scan))) or type_code(scan) for scan in scans]
        ),
        coded=share([bool(_CODED.fullmatch(scan)) for scan in scans]),
        several=share([_several(value) for value in told]),
        listed=share([isinstance(value, list | dict) or _json_list(value) for value in told]),
        parted=share([_parted(value) for value in told]),
        lettered=share([isinstance(value, str) and lettered(value) for value in told]),
        nested=any(_nested(value) for value in told),
        boolean=share([isinstance(value, bool) for value in told]),
        constant=len(set(texts)) == 1 and total > 1,
        counting=len(numbers) == total
        and numbers == sorted(numbers)
        and len(set(numbers)) == total
        and total > 1,
    )


def _json_list(value: Any) -> bool:
    """Whether a text is a list in brackets."""
    return (
        isinstance(value, str)
        and bool(re.match(r"\s*\[\s*[\"'{]", value))
        and value.rstrip()[-1] == "]"
    )


def _parted(value: Any) -> bool:
    """Whether a text is short parts with one sign between, as options in one cell are."""
    if not isinstance(value, str):
        return False
    for sign in ("|", "｜", "$", "#", "^", ";", "；", "\n"):
        parts = [part.strip() for part in value.split(sign)]
        if 2 <= len([part for part in parts if part]) <= 10 and value.count(sign) < 11:
            return len({part for part in parts if part}) > 1
    return False


def type_code(word: str) -> bool:
    """Whether a word is a code such as single_choice that names a type."""
    return bool(
        re.fullmatch(
            r"(?i)(?:single|multi(?:ple)?|radio|checkbox|judge?ment|judge|true_?false|blank|fill|short|essay)[\w\- ]*",
            word,
        )
    )


def empty(value: Any) -> bool:
    """Whether a value says nothing."""
    return (
        value is None
        or value == []
        or value == {}
        or (isinstance(value, str) and not value.strip())
    )


def _letters(value: Any, scan: str) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) and re.fullmatch("[A-Ja-j]", one.strip()) for one in value)
    row = re.sub(r"[^A-Za-z]", "", scan)
    return bool(_LETTERS.fullmatch(scan)) and (row.isupper() or "".join(sorted(set(row))) == row)


def _several(value: Any) -> bool:
    """Whether a value may hold the options of one question."""
    if isinstance(value, str):
        text = value.strip()
        if text[:1] in "[{" and text[-1:] in "]}":
            value = read_loose(text)
        else:
            return lettered(text) or (
                bool(re.search(r"[|｜;；$#^\n&\t@、,，]|<br| / ", text)) and len(text) < 2000
            )
    if isinstance(value, dict):
        sizes = {len(one) for one in value.values() if isinstance(one, list)}
        if sizes and all(isinstance(one, list) for one in value.values()):
            return len(value) <= 3 and len(sizes) == 1 and 2 <= sizes.pop() <= 12
        return (
            2 <= len(value) <= 12
            and not sizes
            and not any(_holds_lists(one) for one in value.values())
        )
    if isinstance(value, list):
        if len(value) == 1:
            return (isinstance(value[0], dict) and len(value[0]) > 1) or (
                isinstance(value[0], str) and lettered(value[0])
            )
        plain = [one for one in value if isinstance(one, str | int | float)]
        if len(plain) == len(value) and all(re.fullmatch("[A-Ja-j]", str(one)) for one in plain):
            return False
        return 2 <= len(value) <= 12 and not any(_holds_lists(one) for one in value)
    return False


def _holds_lists(item: Any) -> bool:
    """Whether an object holds further lists of objects: a section or a question, no option."""
    return isinstance(item, dict) and any(
        isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict | str)
        for value in item.values()
    )


def _nested(value: Any) -> bool:
    """Whether a value holds objects that hold further objects or lists: no answer does."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(
        isinstance(deep, dict)
        for one in inner
        for deep in (
            one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        )
    )
