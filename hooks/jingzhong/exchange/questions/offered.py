"""Options in whatever shape a value has: lists, objects, pairs, text with signs between."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingzhong.exchange.questions.answers import judged
from jingzhong.exchange.questions.markup import plain_markup
from jingzhong.exchange.questions.names import evidence, place_of, tokens
from jingzhong.exchange.questions.option_cells import bare_letters, split_options
from jingzhong.exchange.questions.tidy import SCAN

MOST = 10
_TEXT_NAMES = [
    "content",
    "text",
    "optioncontent",
    "optiontext",
    "选项内容",
    "内容",
    "desc",
    "description",
    "label",
    "title",
    "name",
    "value",
    "body",
    "option",
    "html",
    "answer",
    "选项",
]
_NO_TEXT = re.compile(
    r"(?:^|_)(?:id|guid|uuid|img|image|pic|url|time|date|count|sort|seq|type)(?:$|_)"
)
_ORDERED = re.compile(r"(?:^|_)(?:sort|order|seq|sequence|index|score|weight|count|rank)")
_CODE = re.compile(r"[0-9a-fA-F]{16,}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,}|https?://\S+")


@dataclass
class Offered:
    """The options of one question: texts by letter, letters marked right, what else names one.

    `marks` says how they were marked: "" not at all, "flags", "twos" (1 right, 2 wrong) or
    "unclear" (marks that say neither). `hollow`: there were options, all of them empty. `unsorted`: they
    have numbers of their own for their order, which is another than the one they stand in.
    """

    options: dict[str, str] = field(default_factory=dict)
    rights: str = ""
    marks: str = ""
    hollow: bool = False
    unsorted: bool = False
    names: dict[str, str] = field(default_factory=dict)


def words(value: Any) -> str:
    """A value's text; markup inside is taken off, line breaks of code stay."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "正确" if value else "错误"
    if isinstance(value, list):
        return "；".join(filter(None, (words(part) for part in value)))
    if isinstance(value, dict):
        return words([part for part in value.values() if isinstance(part, str | int | float)])
    return plain_markup(str(value))


def read_options(value: Any, sign: str = "") -> Offered:
    """The options that a value holds; none where it holds none. `sign` parts those of other records."""
    if isinstance(value, str):
        return _from_texts(split_options(plain_markup(value, lines=True), sign))
    if isinstance(value, Mapping):
        return _from_items(_as_items(value))
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], str):
            return read_options(value[0])
        if len(value) == 1 and isinstance(value[0], Mapping):
            inner = value[0]
            return read_options(inner) if len(inner) > 1 else Offered()
        return _from_items([_as_fields(part) for part in value[:MOST] if part is not None])
    return Offered()


def read_apart(values: Sequence[Any]) -> Offered:
    """The right answers (the first value) and the wrong ones, each a text or a list of texts."""
    told = [value if isinstance(value, list) else [value] for value in values]
    rights = [text for one in told[0] if (text := words(one))]
    wrongs = [text for value in told[1:] for one in value if (text := words(one))]
    if not rights or not wrongs:
        return Offered()
    texts = [*rights, *wrongs][:MOST]
    letters = [chr(65 + at) for at in range(len(texts))]
    return Offered(dict(zip(letters, texts, strict=True)), "".join(letters[: len(rights)]), "apart")


def read_family(values: Sequence[Any], names: Sequence[str] = ()) -> Offered:
    """The options that parallel columns or keys hold; empty ones behind the last are none.

    An answer may name one by the name of its column or key.
    """
    told = list(values)
    while told and words(told[-1]) == "":
        told.pop()
    found = _from_items([_as_fields(value) for value in told[:MOST]])
    for letter, name in zip(found.options, names, strict=False):
        if len(name) > 1:
            found.names.setdefault(name, letter)
    return found


def _from_texts(texts: Mapping[str, str]) -> Offered:
    return Offered({letter: words(text) for letter, text in texts.items()})


def _as_items(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """{"A": "x"}, {"A": {…}}, {"x": true} as a list of objects."""
    lists = {key: value for key, value in given.items() if isinstance(value, list)}
    if len(lists) >= 2 and len({len(value) for value in lists.values()}) == 1:
        # {"text": […], "label": […]}
        size = len(next(iter(lists.values())))
        return [{key: value[at] for key, value in lists.items()} for at in range(min(size, MOST))]
    items = []
    for key, value in list(given.items())[: MOST + 2]:
        name = str(key).strip()
        if name.startswith("__") or value is None or value == "":
            continue
        if isinstance(value, bool) and not re.fullmatch(r"[A-Ja-j]|\d{1,2}", name):
            items.append({"text": name, "iscorrect": value})
        elif isinstance(value, Mapping):
            items.append({"letter": name, **value})
        elif not isinstance(value, list):
            items.append({"letter": name, "text": value})
    return items[:MOST]


def _as_fields(part: Any) -> dict[str, Any]:
    """One option as an object; a pair [text, true] or [letter, text] gets names by its content."""
    if isinstance(part, Mapping):
        plain = {str(key): value for key, value in part.items() if not str(key).startswith("__")}
        only = next(iter(plain.items())) if len(plain) == 1 else None
        if only and re.fullmatch(r"[A-Ja-j]", only[0]):
            return {"letter": only[0], "text": only[1]}
        return plain
    if isinstance(part, list):
        named: dict[str, Any] = {}
        for one in part:
            if isinstance(one, bool) or (one in (0, 1) and not isinstance(one, str)):
                named.setdefault("iscorrect", one)
            elif isinstance(one, str) and re.fullmatch(r"[A-Ja-j]", one) and "letter" not in named:
                named["letter"] = one
            else:
                named.setdefault("text", one)
        return named
    return {"text": part}


def _from_items(items: Sequence[Mapping[str, Any]]) -> Offered:
    """Options from objects: which key is the letter, the text, the mark, is told by all of them."""
    if not items:
        return Offered()
    keys = list(dict.fromkeys(key for item in items for key in item))
    columns = {key: [item.get(key) for item in items] for key in keys}
    letters = next((key for key in keys if _lettered(columns[key])), "")
    right = next((key for key in keys if _marks_right(key, columns[key])), "")
    text = _text_key([key for key in keys if key not in (letters, right)], columns)
    if right and (not text or not any(words(value) for value in columns[text])):
        right, text = "", _text_key([key for key in keys if key != letters], columns)
    if not text and letters and len(keys) == 1:
        text, letters = letters, ""
    found = Offered()
    shown = [words(value) for value in columns[text]] if text else [""] * len(items)
    signs = (
        [chr(65 + place_of(str(value).strip())) for value in columns[letters]]
        if letters
        else [chr(65 + at) for at in range(len(items))]
    )
    found.options = bare_letters(dict(zip(signs, shown, strict=True)), given=bool(letters))
    if letters:
        found.options = dict(sorted(found.options.items()))
    signs = list(found.options) if not letters else signs
    for key in keys:
        if key in (text, right) and len(keys) > 1 and key != letters:
            continue
        if _ORDERED.search(tokens(key)) and key not in (text, letters):
            order = [value for value in columns[key] if isinstance(value, int)]
            shuffled = sorted(order) != order and _counted(sorted(order))
            found.unsorted |= shuffled and len(order) == len(items) and not letters
            continue
        told = [str(value) for value in columns[key] if isinstance(value, str | int)]
        if len(told) == len(items) == len(set(told)):
            found.names |= {name: sign for name, sign in zip(told, signs, strict=True) if name}
    if right:
        found.rights, found.marks = _rights(signs, columns[right])
    while found.options and not list(found.options.values())[-1]:
        del found.options[list(found.options)[-1]]
    found.hollow = not found.options
    return found


def _lettered(values: Sequence[Any]) -> bool:
    """Whether values are the letters of options, each another, beginning with A."""
    told = [value.strip().upper() if isinstance(value, str) else "" for value in values]
    return (
        len(told) > 1
        and all(re.fullmatch("[A-J]", one) for one in told)
        and len(set(told)) == len(told)
        and min(told) == "A"
    )


def _counted(values: Sequence[Any]) -> bool:
    """Whether values are 0, 1, 2 … or 1, 2, 3 … in order."""
    told = [str(value).strip() for value in values]
    return len(told) > 1 and told in (
        [str(at) for at in range(len(told))],
        [str(at + 1) for at in range(len(told))],
    )


def _marks_right(key: str, values: Sequence[Any]) -> bool:
    told = [value for value in values if value is not None]
    if len(told) * 2 <= len(values) or any(isinstance(value, dict | list) for value in told):
        return False
    name = evidence(key)
    if name.get("own", 0) > 0 or not all(len(str(value)) <= 6 for value in told):
        return False
    sure = name.get("right", 0) > 0 or tokens(key) in _MARK_NAMES
    if _lettered(values) or not (sure or name.get("answer", 0) > 1.5):
        return False
    return all(truth(value) is not None or re.fullmatch(r"\d", str(value)) for value in told)


_MARK_NAMES = (
    "correct",
    "right",
    "answer",
    "iskey",
    "isok",
    "correctflag",
    "is_ok",
    "checkedanswer",
    "正确",
    "key",
    "flag",
    "truth",
    "valid",
    "true",
)


def _text_key(keys: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> str:
    """The key whose values are the texts: by name, but never one of codes where another has words."""

    def rank(key: str) -> tuple[int, int, int]:
        told = [words(value) for value in columns[key] if not isinstance(value, dict | list)]
        shown = [text for text in told if text]
        coded = bool(shown) and all(_CODE.fullmatch(text) for text in shown)
        worth = (
            0
            if not shown
            else 1
            if coded or _NO_TEXT.search(tokens(key)) or evidence(key).get("explanation", 0) >= 3
            else 2
            if _counted(columns[key]) or _lettered(columns[key])
            else 3
        )
        name = tokens(key).replace("_", "")
        order = _TEXT_NAMES.index(name) if name in _TEXT_NAMES else len(_TEXT_NAMES)
        return worth, len(set(shown)) > 1, -order

    best = max(keys, key=rank, default="")
    return best if best and rank(best)[0] else ""


def _rights(letters: Sequence[str], marks: Sequence[Any]) -> tuple[str, str]:
    """Letters marked right: true/false, 1/0, or 1/2 where some are 1 and some 2 (1 is right there)."""
    told = [truth(mark) for mark in marks]
    if None in told:
        return "", "unclear"
    rights = "".join(letter for letter, right in zip(letters, told, strict=True) if right)
    return rights, "twos" if any(str(mark) == "2" for mark in marks) else "flags"


def truth(mark: Any) -> bool | None:
    """isCorrect is true, 1 or "1" for right; false, 0, 2 or nothing for wrong."""
    if mark is None:
        return False
    if isinstance(mark, bool):
        return mark
    text = str(mark).translate(SCAN).strip().lower().removesuffix(".0")
    if text in ("1", "yes", "y", "*", "★", "●"):
        return True
    if text in ("0", "2", "no", "n", ""):
        return False
    return judged(text)
